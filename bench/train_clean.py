"""Train the line model of store/text on the development pages and write its weights.

    python bench/train_clean.py BENCH/clean [--out store/text/linemodel.npz] [--folds DIR] [--cache FILE]

Needs lightgbm and scikit-learn, which the program itself does not. Every page comes in several shapes (and as its bare
body); all shapes of all pages of a site are in one fold. --folds writes, beside the report, the weights of each fold
(fold0.npz, ...), with which the gate's floors are measured: no page is judged by weights that have seen its site.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import pickle
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zlib import crc32

import lightgbm
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from train_clean_labels import label

from store.text import features, html
from store.text.features import Measured
from store.text.lines import split

FOLDS = 3
SHAPES = ("cont", "graft", "insc")
MOST_OF_A_KIND = 90  # lines of one page and one label that are trained on; the rest are sampled and weigh more
SHARE_OF_BARE_BODIES = 0.3  # weight of pages shown as nothing but their body, so that clean text stays whole
WEIGHT_OF_NEWS = 2.0
TREES = 120
PARAMETERS: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.1,
    "num_leaves": 31,
    "max_depth": 7,
    "min_data_in_leaf": 150,
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


@dataclass(slots=True)
class Page:
    fold: int
    bare: bool
    news: bool
    labels: list[int]
    gaps: list[bool]
    lines: list[Measured]


@dataclass(slots=True)
class Rows:
    """All lines of all pages, one after the other; page i is rows[at[i] : at[i + 1]]."""

    pages: list[Page]
    at: list[int]
    labels: Any
    weights: Any
    folds: Any
    sampled: Any
    bare: Any


def fold_of(site: str) -> int:
    return crc32(site.encode()) % FOLDS


def pages(bench: Path) -> Iterator[Page]:
    seen: set[str] = set()
    for shape in SHAPES:
        for record in _records(bench / f"{shape}.jsonl.gz"):
            lines = split(record["text"])
            yield _page(record, [line.text for line in lines], [line.gap for line in lines], bare=False)
            if record["id"] not in seen:
                seen.add(record["id"])
                body = [line.strip() for line in record["body"].split("\n") if line.strip()]
                yield _page(record, body, [True] * len(body), bare=True)
    for record in _records(bench / "html.jsonl.gz"):
        lines = split(html.read(record["html"], record["url"])[0])
        yield _page(record, [line.text for line in lines], [line.gap for line in lines], bare=False)


def _page(record: dict[str, Any], lines: list[str], gaps: list[bool], *, bare: bool) -> Page:
    labels = [1] * len(lines) if bare else label(lines, record["body"])
    return Page(
        fold_of(record["site"]), bare, _is_news(record), labels, gaps, [features.measure(line) for line in lines]
    )


def _is_news(record: dict[str, Any]) -> bool:
    """Whether the page was collected as a newspaper's, which is what this program reads."""
    return bool(record["id"].startswith("fundus/"))


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def gather(found: list[Page]) -> Rows:
    found = [page for page in found if page.lines]
    rng = np.random.default_rng(5)
    at = [0]
    weights, sampled = [], []
    for page in found:
        at.append(at[-1] + len(page.lines))
        weight, taken = _weigh(page, rng)
        weights.append(weight * (WEIGHT_OF_NEWS if page.news else 1.0))
        sampled.append(taken)
    return Rows(
        found,
        at,
        np.concatenate([np.array(page.labels, np.int8) for page in found]),
        np.concatenate(weights),
        np.concatenate([np.full(len(page.lines), page.fold, np.int8) for page in found]),
        np.concatenate(sampled),
        np.concatenate([np.full(len(page.lines), page.bare) for page in found]),
    )


def _weigh(page: Page, rng: np.random.Generator) -> tuple[Any, Any]:
    """Weights, a line's share of the words of its page's body as in the measure; and which lines are trained on."""
    words = np.array([line.words + 3.0 for line in page.lines])
    labels = np.array(page.labels)
    weights = np.minimum(words / ((words * labels).sum() + 60), 0.15) * (SHARE_OF_BARE_BODIES if page.bare else 1.0)
    taken = np.ones(len(words), bool)
    for kind in (0, 1):
        these = np.flatnonzero(labels == kind)
        if len(these) > MOST_OF_A_KIND:
            share = MOST_OF_A_KIND / len(these)
            taken[these[rng.random(len(these)) > share]] = False
            weights[these] /= share
    return weights, taken


@dataclass(slots=True)
class Trained:
    words: Any
    bias: float
    looks: list[lightgbm.Booster]


def train(rows: Rows, folds: Path | None) -> Trained:
    """The model trained on everything. Each stage learns from what the one before said of folds it had not seen."""
    started = time.monotonic()
    everything = np.ones(len(rows.labels), bool)
    parts: list[Trained] = [Trained(None, 0.0, []) for _ in range(FOLDS)]
    whole = Trained(*_words(rows, everything), [])
    sounds = np.zeros(len(rows.labels), np.float32)
    for fold, part in enumerate(parts):
        part.words, part.bias = _words(rows, rows.folds != fold)
        sounds = np.where(rows.folds == fold, _sounds(rows, part), sounds)
    seen = ~rows.bare
    print("words: AUC", roc_auc_score(rows.labels[seen], sounds[seen], sample_weight=rows.weights[seen]))
    matrix = np.vstack([features.context(p.lines, p.gaps, sounds[a:b]) for p, a, b in _spans(rows)])
    for look in (1, 2):
        odds = np.zeros(len(rows.labels), np.float32)
        for fold, part in enumerate(parts):
            own = rows.folds == fold
            part.looks.append(_trees(matrix, rows, ~own))
            odds[own] = part.looks[-1].predict(matrix[own], raw_score=True)
        whole.looks.append(_trees(matrix, rows, everything))
        auc = roc_auc_score(rows.labels[seen], odds[seen], sample_weight=rows.weights[seen])
        print(f"look {look}: AUC {auc:.4f} after {time.monotonic() - started:.0f} s", flush=True)
        if look == 1:
            matrix = np.vstack([features.again(matrix[a:b], odds[a:b], p.lines) for p, a, b in _spans(rows)])
    if folds:
        folds.mkdir(exist_ok=True)
        for fold, part in enumerate(parts):
            write(part, folds / f"fold{fold}.npz", {"fold": fold, "of": FOLDS})
    return whole


def _spans(rows: Rows) -> Iterator[tuple[Page, int, int]]:
    return zip(rows.pages, rows.at, rows.at[1:], strict=False)


def _hashed(rows: Rows) -> Any:
    lines = [line for page in rows.pages for line in page.lines]
    sizes = np.array([len(line.buckets) for line in lines])
    data = np.repeat(1 / np.sqrt(np.maximum(1, sizes)), sizes).astype(np.float32)
    columns = np.fromiter((b for line in lines for b in line.buckets), np.int32, int(sizes.sum()))
    return csr_matrix((data, columns, np.append(0, np.cumsum(sizes))), shape=(len(lines), features.BUCKETS))


_HASHED: dict[int, Any] = {}


def _matrix_of_words(rows: Rows) -> Any:
    if id(rows) not in _HASHED:
        _HASHED[id(rows)] = _hashed(rows)
    return _HASHED[id(rows)]


def _words(rows: Rows, mask: Any) -> tuple[Any, float]:
    mask = mask & ~rows.bare & rows.sampled
    weights = rows.weights[mask]
    model = LogisticRegression(C=0.02, max_iter=60, tol=1e-3)
    model.fit(_matrix_of_words(rows)[mask], rows.labels[mask], sample_weight=weights / weights.mean())
    # As it will be stored: so much of each weight the trees must learn from.
    return model.coef_[0].astype(np.float16).astype(np.float32), float(model.intercept_[0])


def _sounds(rows: Rows, part: Trained) -> Any:
    return (_matrix_of_words(rows) @ part.words + part.bias).astype(np.float32)


def _trees(matrix: Any, rows: Rows, mask: Any) -> lightgbm.Booster:
    mask = mask & rows.sampled
    data = lightgbm.Dataset(matrix[mask], rows.labels[mask], weight=rows.weights[mask])
    return lightgbm.train(PARAMETERS, data, TREES)


def write(trained: Trained, path: Path, provenance: dict[str, Any]) -> None:
    arrays: dict[str, Any] = {"words": trained.words.astype(np.float16), "bias": np.float32(trained.bias)}
    for number, look in enumerate(trained.looks, 1):
        arrays.update({f"{name}{number}": array for name, array in _flat(look.dump_model()["tree_info"]).items()})
    arrays["provenance"] = np.array(json.dumps(provenance))
    np.savez_compressed(path, **arrays)


def _flat(trees: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The trees as arrays, a leaf as a node that points at itself; see linemodel.Trees."""
    feature: list[int] = []
    threshold: list[float] = []
    children: list[int] = []
    value: list[float] = []
    deepest = 0

    def add(node: dict[str, Any], depth: int) -> int:
        nonlocal deepest
        deepest = max(deepest, depth)
        at = len(feature)
        leaf = "leaf_value" in node
        feature.append(0 if leaf else node["split_feature"])
        threshold.append(np.inf if leaf else node["threshold"])
        value.append(node["leaf_value"] if leaf else 0.0)
        children.extend((at, at))
        if not leaf:
            children[2 * at] = add(node["left_child"], depth + 1)
            children[2 * at + 1] = add(node["right_child"], depth + 1)
        return at

    roots = [add(tree["tree_structure"], 0) for tree in trees]
    return {
        "feature": np.array(feature, np.int16),
        "threshold": np.array(threshold, np.float32),
        "children": np.array(children, np.int32),
        "value": np.array(value, np.float16),
        "roots": np.array(roots, np.int32),
        "depth": np.array(deepest, np.int32),
    }


def digest(bench: Path) -> str:
    """Of the development data, short enough to be read aloud."""
    names = (*(f"{shape}.jsonl.gz" for shape in SHAPES), "html.jsonl.gz")
    return hashlib.sha256(b"".join((bench / name).read_bytes() for name in names)).hexdigest()[:12]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("bench", type=Path)
    arguments.add_argument("--out", type=Path)
    arguments.add_argument("--folds", type=Path)
    arguments.add_argument("--cache", type=Path, help="measured pages, kept between runs")
    given = arguments.parse_args()
    if given.cache and given.cache.exists():
        found = pickle.loads(given.cache.read_bytes())
    else:
        found = list(pages(given.bench))
        if given.cache:
            given.cache.write_bytes(pickle.dumps(found))
    rows = gather(found)
    print(f"{len(rows.pages)} pages, {len(rows.labels)} lines, {int(rows.sampled.sum())} trained on", flush=True)
    trained = train(rows, given.folds)
    if given.out:
        made = datetime.now(UTC).date().isoformat()
        about = {"made": made, "data": digest(given.bench), "pages": len(rows.pages), "lines": len(rows.labels)}
        write(trained, given.out, {**about, "trees": TREES, "parameters": PARAMETERS})


if __name__ == "__main__":
    main()
