"""How likely each line is body, by a small trained model: words first, then two looks of boosted trees, the second of
which sees what the first thought of the neighbours. Weights and where they come from are in linemodel.npz."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from store.text import features
from store.text.measured import Measured
from store.text.table import Matrix, Table, table
from store.text.together import Question
from store.text.vocabulary import Indices

_MOST_LINES = 4000  # looked at together: bounds the memory, and no page that was measured is longer
_LONG = 300
_PIECE = 150
_MOSTLY_PROSE = 0.4  # whole pages of that length have a fifth
_AT_ONCE = 512  # lines a tree pass


@dataclass(frozen=True, slots=True)
class Level:
    """The questions of one level of all trees, two to the power of the level a tree; a larger value goes right."""

    feature: npt.NDArray[np.intp]
    threshold: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted trees, all as deep as the deepest: the questions by level, from the roots, and the leaves, from left to
    right, tree by tree. A leaf further up stands for all leaves below it, and what is asked on the way does not count.
    So no node need know its children: those of the nth of a level are the 2nth and the one behind it."""

    levels: tuple[Level, ...]
    value: npt.NDArray[np.float32]
    upper: Level

    def odds(self, rows: Matrix) -> npt.NDArray[np.float32]:
        """The sum of the trees' leaves for each row, as log odds."""
        return np.concatenate([self._some(rows[i : i + _AT_ONCE]) for i in range(0, len(rows), _AT_ONCE)])

    def _some(self, rows: Matrix) -> npt.NDArray[np.float32]:
        flat = np.ascontiguousarray(rows).ravel()
        start = (np.arange(len(rows)) * rows.shape[1])[:, None]
        answers = np.packbits(rows.take(self.upper.feature, axis=1) > self.upper.threshold, axis=1)
        node = _BELOW.take(answers)
        node += 8 * np.arange(answers.shape[1])
        for level in self.levels[_UPPER:]:
            asked = level.feature.take(node)
            asked += start
            larger = flat.take(asked) > level.threshold.take(node)
            node += node
            node += larger
        total: npt.NDArray[np.float32] = self.value.take(node).sum(axis=1, dtype=np.float32)
        return total


_UPPER = 3  # levels that are asked at once: their seven questions a tree, and none, make a byte


def _below(answers: int) -> int:
    """Which of the eight nodes below the upper levels the answers lead to; the root's is the highest bit."""
    node = 0
    for level in range(_UPPER):
        node = 2 * node + (answers >> 8 - 2**level - node & 1)
    return node


_BELOW = np.array([_below(answers) for answers in range(256)], np.intp)


def _upper(levels: Sequence[Level]) -> Level:
    """The questions of the upper levels, eight a tree, the last of which is answered with no."""
    count = len(levels[0].feature)
    features = [level.feature.reshape(count, -1) for level in levels[:_UPPER]]
    thresholds = [level.threshold.reshape(count, -1) for level in levels[:_UPPER]]
    none = np.zeros((count, 1), np.intp), np.full((count, 1), np.inf, np.float32)
    return Level(np.hstack([*features, none[0]]).ravel(), np.hstack([*thresholds, none[1]]).ravel())


def trees(data: Mapping[str, Any]) -> Trees:
    """Trees from flat arrays, where a node n asks whether column feature[n] is above threshold[n] and goes on at
    children[2n] or, where it is, at children[2n + 1]; a leaf goes on at itself. roots are the nodes to begin at, depth
    is that of the deepest tree."""
    feature, children = data["feature"].astype(np.intp), data["children"].astype(np.intp)
    node = data["roots"].astype(np.intp)
    levels = []
    for _ in range(max(_UPPER, int(data["depth"]))):
        levels.append(Level(feature[node], data["threshold"][node]))
        node = children[np.stack([2 * node, 2 * node + 1], axis=1).ravel()]
    return Trees(tuple(levels), data["value"].astype(np.float32)[node], _upper(levels))


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

    names = ("feature", "threshold", "children", "value", "roots", "depth")

    def look(number: int) -> Trees:
        return trees({name: data[f"{name}{number}"] for name in names})

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
    return Reader().odds(lines, gaps)


class Reader:
    """Reads the lines of some texts pass after pass; what is left of those of the pass before is not read again."""

    def __init__(self) -> None:
        self._trained = weights()
        self._texts: dict[int, Sequence[Measured]] = {}
        self._table: Table | None = None
        self._sounds = np.zeros(0, np.float32)

    def odds(self, lines: Sequence[Measured], gaps: Sequence[bool]) -> list[float]:
        """As `linemodel.odds`."""
        return self.together({0: Question(lines, gaps)})[0]

    def together(self, texts: Mapping[int, Question]) -> dict[int, list[float]]:
        """The same for several texts. Each has a number, the same in every pass."""
        short = {which: text for which, text in texts.items() if 0 < len(text.lines) <= _part(text.lines)}
        found = self.look(short)
        for which, text in texts.items():
            if which not in short:
                found[which] = _in_parts(text) if text.lines else []
        return found

    def look(self, texts: Mapping[int, Question]) -> dict[int, list[float]]:
        """The odds of the lines of texts that are short enough to be looked at whole, none of them empty."""
        if not texts:
            return {}
        read = self._read({which: text.lines for which, text in texts.items()})
        rows = features.context(read, [gap for text in texts.values() for gap in text.gaps], self._sounds)
        first = self._trained.looks[0].odds(rows)
        second = self._trained.looks[1].odds(features.again(rows, first, read))
        # Their mean was better on unseen pages than either.
        odds = iter(((first + second) / 2).tolist())
        return {which: list(islice(odds, len(text.lines))) for which, text in texts.items()}

    def _read(self, texts: dict[int, Sequence[Measured]]) -> Table:
        kept = self._left(texts) if self._table else None
        if self._table is None or kept is None:
            self._table = table(*texts.values())
            self._sounds = features.lexical(self._table, self._trained.words, self._trained.bias)
        elif len(kept) < len(self._sounds):
            self._table, self._sounds = self._table.only(kept), self._sounds[kept]
        self._texts = texts
        return self._table

    def _left(self, texts: Mapping[int, Sequence[Measured]]) -> Indices | None:
        """Where the lines of texts, in order, stood before; None where one of them is new."""
        found: list[int] = []
        start = 0
        for which, before in self._texts.items():
            if (lines := texts.get(which)) is not None:
                left = _left(before, lines)
                if left is None:
                    return None
                found += [start + place for place in left]
            start += len(before)
        return np.array(found, np.intp) if len(found) == sum(map(len, texts.values())) else None


def _in_parts(text: Question) -> list[float]:
    """The odds of a long text's lines, in pieces that overlap by half; of each the middle counts, where the model
    cannot take an edge for the article's end."""
    lines, gaps = text
    size = _part(lines)
    out: list[float] = []
    margin = size // 4
    for start in range(0, len(lines), size - 2 * margin):
        piece = slice(start, start + size)
        judged = Reader().look({0: Question(lines[piece], gaps[piece])})[0]
        last = start + size >= len(lines)
        out.extend(judged[margin if start else 0 : None if last else size - margin])
        if last:
            break
    return out


def _left(before: Sequence[Measured], lines: Sequence[Measured]) -> list[int] | None:
    """Where lines, in order, stood before; None where one of them is new."""
    at = 0
    found = []
    for i, line in enumerate(before):
        if at < len(lines) and line is lines[at]:
            found.append(i)
            at += 1
    return found if at == len(lines) else None


def _part(lines: Sequence[Measured]) -> int:
    """How many lines are looked at together. A page has one article, far from whose middle all is furniture; a book, a
    transcript or a text of several articles is mostly sentences throughout, and is looked at a piece at a time."""
    prose = sum(line.prose for line in lines)
    return _PIECE if len(lines) > _LONG and prose > _MOSTLY_PROSE * len(lines) else _MOST_LINES
