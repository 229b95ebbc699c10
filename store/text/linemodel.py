"""How likely each line is body, by a small trained model: words first, then two looks of boosted trees, the second of
which sees what the first thought of the neighbours. Weights and where they come from are in linemodel.npz."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from store.text import features
from store.text.features import Matrix
from store.text.measured import Measured

_MOST_LINES = 4000  # looked at together: bounds the memory, and no page that was measured is longer
_LONG = 300
_PIECE = 150
_MOSTLY_PROSE = 0.4  # whole pages of that length have a fifth
_AT_ONCE = 512  # lines a tree pass


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted trees as flat arrays; a leaf is a node that points at itself. depth is that of the deepest tree.

    children holds, for node n, at 2n where values up to the threshold go and at 2n + 1 where larger ones go."""

    feature: npt.NDArray[np.intp]
    threshold: npt.NDArray[np.float32]
    children: npt.NDArray[np.intp]
    value: npt.NDArray[np.float32]
    roots: npt.NDArray[np.intp]
    depth: int

    def odds(self, rows: Matrix) -> npt.NDArray[np.float32]:
        """The sum of the trees' leaves for each row, as log odds."""
        return np.concatenate([self._some(rows[i : i + _AT_ONCE]) for i in range(0, len(rows), _AT_ONCE)])

    def _some(self, rows: Matrix) -> npt.NDArray[np.float32]:
        flat = np.ascontiguousarray(rows).ravel()
        start = (np.arange(len(rows)) * rows.shape[1])[:, None]
        node = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            larger = flat.take(self.feature.take(node) + start) > self.threshold.take(node)
            node = self.children.take(2 * node + larger)
        total: npt.NDArray[np.float32] = self.value.take(node).sum(axis=1, dtype=np.float32)
        return total


@dataclass(frozen=True, slots=True)
class Weights:
    words: npt.NDArray[np.float32]
    bias: float
    looks: tuple[Trees, Trees]


def load(path: Path) -> Weights:
    """Weights as bench/train_clean.py writes them."""
    with np.load(path, allow_pickle=False) as data:
        return Weights(data["words"].astype(np.float32), float(data["bias"]), two_looks(data))


def two_looks(data: Mapping[str, Any]) -> tuple[Trees, Trees]:
    """The trees of the first and the second look, as bench/train_clean.py writes them."""

    def look(number: int) -> Trees:
        return Trees(
            data[f"feature{number}"].astype(np.intp),
            data[f"threshold{number}"],
            data[f"children{number}"].astype(np.intp),
            data[f"value{number}"].astype(np.float32),
            data[f"roots{number}"].astype(np.intp),
            int(data[f"depth{number}"]),
        )

    return look(1), look(2)


_SHIPPED = Path(__file__).parent / "linemodel.npz"


@cache
def weights() -> Weights:
    return load(_SHIPPED)


def provenance() -> dict[str, Any]:
    """When, on what and with which parameters the weights were trained, and what they reach on pages of sites that they
    had not seen: F1, precision and recall by shape and set."""
    return provenance_of(_SHIPPED)


def provenance_of(weights: Path) -> dict[str, Any]:
    """What a training script wrote about the weights in a file."""
    with np.load(weights, allow_pickle=False) as data:
        told: dict[str, Any] = json.loads(str(data["provenance"]))
    return told


def odds(lines: Sequence[Measured], gaps: Sequence[bool]) -> list[float]:
    """Log odds that each line is body: above zero, rather yes. Very long texts are judged in parts."""
    size = _part(lines)
    if len(lines) <= size:
        return [] if not lines else _odds(lines, gaps, weights())
    # Pieces overlap by half; of each the middle counts, where the model cannot take an edge for the article's end.
    out: list[float] = []
    margin = size // 4
    for start in range(0, len(lines), size - 2 * margin):
        piece = slice(start, start + size)
        judged = _odds(lines[piece], gaps[piece], weights())
        last = start + size >= len(lines)
        out.extend(judged[margin if start else 0 : None if last else size - margin])
        if last:
            break
    return out


def _part(lines: Sequence[Measured]) -> int:
    """How many lines are looked at together. A page has one article, far from whose middle all is furniture; a book, a
    transcript or a text of several articles is mostly sentences throughout, and is looked at a piece at a time."""
    prose = sum(line.prose for line in lines)
    return _PIECE if len(lines) > _LONG and prose > _MOSTLY_PROSE * len(lines) else _MOST_LINES


def _odds(lines: Sequence[Measured], gaps: Sequence[bool], trained: Weights) -> list[float]:
    sounds = features.lexical(lines, trained.words, trained.bias)
    used = features.words(lines)
    rows = features.context(lines, gaps, sounds, used)
    first = trained.looks[0].odds(rows)
    second = trained.looks[1].odds(features.again(rows, first, lines, used))
    # Their mean was better on unseen pages than either.
    return [float(o) for o in (first + second) / 2]
