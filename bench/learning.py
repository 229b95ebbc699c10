"""What both training scripts do alike: trees, words as a matrix, what words sound like, where a page comes from, and
the means of scores. Needs scikit-learn."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

TREE: dict[str, Any] = {  # LightGBM's parameters; learning rate and leaves' rows are each script's own
    "objective": "binary",
    "num_leaves": 31,
    "max_depth": 7,
    "feature_fraction": 0.35,
    "bagging_fraction": 0.6,
    "bagging_freq": 1,
    "max_bin": 63,
    "lambda_l2": 5.0,
    "num_threads": 1,
    "verbose": -1,
    "seed": 7,
    "deterministic": True,
    "force_row_wise": True,
}
ENGLISH = ("en", "us", "uk", "gb", "au", "ca", "ie", "nz", "za", "ind", "")


def is_news(record: dict[str, Any]) -> bool:
    """Whether the page was collected as a newspaper's, which is what this program reads."""
    return bool(record["id"].startswith("fundus/"))


def set_of(record: dict[str, Any]) -> str:
    """Where a page comes from, by the names that the gate gives the sets."""
    if not is_news(record):
        return "guides"
    return "papers" if (record["lang"] or "") in ENGLISH else "papers abroad"


def hashed(buckets: Sequence[Sequence[int]], width: int) -> Any:
    """One row for each text's buckets, of length one."""
    sizes = np.array([len(own) for own in buckets])
    values = np.repeat(1 / np.sqrt(np.maximum(1, sizes)), sizes).astype(np.float32)
    columns = np.fromiter((bucket for own in buckets for bucket in own), np.int32, int(sizes.sum()))
    return csr_matrix((values, columns, np.append(0, np.cumsum(sizes))), shape=(len(buckets), width))


def sound(matrix: Any, labels: Any, weights: Any, strength: float) -> tuple[Any, float]:
    """Weights of the columns and the bias; strength is that of the fit to these rows."""
    model = LogisticRegression(C=strength, max_iter=60, tol=1e-3)
    model.fit(matrix, labels, sample_weight=weights / weights.mean())
    # As it will be stored: so much of each weight the trees must learn from.
    return model.coef_[0].astype(np.float16).astype(np.float32), float(model.intercept_[0])


def means(scores: Sequence[tuple[float, float, float]]) -> tuple[float, float, float, float]:
    """F1 of the means, precision, recall and share of exact texts."""
    precision, recall, exact = (statistics.mean(score[i] for score in scores) for i in range(3))
    return 2 * precision * recall / (precision + recall), precision, recall, exact
