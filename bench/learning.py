"""What both training scripts do alike: trees, words as a matrix, what words sound like, the means of scores and
where they are kept. Needs scikit-learn."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
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


Score = tuple[float, float, float]  # precision, recall, exact


def means(scores: Sequence[Score]) -> tuple[float, float, float, float]:
    """F1 of the means, precision, recall and share of exact texts."""
    precision, recall, exact = (statistics.mean(score[i] for score in scores) for i in range(3))
    return 2 * precision * recall / (precision + recall), precision, recall, exact


def tabled(found: Mapping[str, Sequence[Score]]) -> dict[str, dict[str, float]]:
    """The means of each group's scores, printed too."""
    table: dict[str, dict[str, float]] = {}
    for group, scores in sorted(found.items()):
        f1, precision, recall, exact = means(scores)
        table[group] = {"pages": len(scores), "f1": f1, "precision": precision, "recall": recall, "exact": exact}
        numbers = "".join(f"{n:>9.4f}" for n in (f1, precision, recall, exact))
        print(f"{group:<24}{len(scores):>6}{numbers}", flush=True)
    return table


def remember(path: Path, name: str, table: dict[str, dict[str, float]]) -> None:
    """Keep table under name with the weights in path."""
    with np.load(path, allow_pickle=False) as data:
        arrays = dict(data)
    about = json.loads(str(arrays["provenance"]))
    arrays["provenance"] = np.array(json.dumps({**about, name: table}))
    np.savez_compressed(path, **arrays)
