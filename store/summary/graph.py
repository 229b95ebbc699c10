"""Likeness between the sentences of a text as a sparse symmetric matrix, built from the words they share and no more:
numpy alone, memory and time bounded by MOST_PAIRS."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Pairs of sentences that share a word, counted once a word: 5,000 sentences of news make 2.4 million. Beyond it the
# sentences at the end of the text are left out (a text of one sentence five thousand times, a language unknown to us).
MOST_PAIRS = 4_000_000
# Cells of the full matrix held at a time (larger arrays take twice the time, as the C library gives each back to
# the system), and how many such parts are kept as one.
_CELLS, _JOINED = 16_000, 16


# Rows, columns and scalar products of some pairs of sentences -> what stands between them; 0 where nothing does.
Edge = Callable[[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Bags:
    """Sentences as bags of words, as three parallel arrays sorted by sentence. size sentences; the rest is left out."""

    size: int
    sentence: Ints
    term: Ints
    count: Floats


def bags(sentences: Sequence[Sequence[str]]) -> Bags:
    """The bags of as many sentences from the first as MOST_PAIRS allows, at least one if there is one."""
    ids: defaultdict[str, int] = defaultdict()
    ids.default_factory = ids.__len__
    lengths = np.fromiter(map(len, sentences), dtype=np.int64, count=len(sentences))
    flat = map(ids.__getitem__, chain.from_iterable(sentences))
    terms = np.fromiter(flat, dtype=np.int64, count=int(lengths.sum()))
    width = max(len(ids), 1)
    keys, count = np.unique(np.repeat(np.arange(len(sentences)), lengths) * width + terms, return_counts=True)
    sentence, term = keys // width, keys % width
    size = _affordable(sentence, term, len(sentences))
    kept = int(np.searchsorted(sentence, size))
    return Bags(size, sentence[:kept], term[:kept], count[:kept].astype(np.float64))


def _affordable(sentence: Ints, term: Ints, size: int) -> int:
    """How many sentences from the first make at most MOST_PAIRS pairs with themselves and those before them."""
    by_term = np.argsort(term, kind="stable")
    frequency = np.bincount(term)
    before = np.empty(len(term), dtype=np.int64)
    before[by_term] = np.arange(len(term)) - np.repeat(np.cumsum(frequency) - frequency, frequency)
    pairs = np.cumsum(totals(sentence, (2 * before + 1).astype(np.float64), size))
    return max(int(np.searchsorted(pairs, MOST_PAIRS, side="right")), min(size, 1))


def totals(at: Ints, value: Floats, size: int) -> Floats:
    """What the values at each of 0..size-1 add up to."""
    return np.bincount(at, value, minlength=size).astype(np.float64, copy=False)


@dataclass(frozen=True, slots=True)
class Band:
    """Some rows of a symmetric matrix, their entries that are not zero one after the other: filled are the rows that
    have any, begins where each of these begins, col and value what they hold."""

    filled: Ints
    begins: Ints
    col: NDArray[np.integer[Any]]
    value: Floats


@dataclass(frozen=True, slots=True)
class Graph:
    """A sparse symmetric matrix of size x size in bands, so that nothing as large as itself is made beside it."""

    size: int
    bands: tuple[Band, ...]

    def times(self, vector: Floats) -> Floats:
        product = np.zeros(self.size)
        for band in self.bands:
            product[band.filled] = np.add.reduceat(band.value * vector[band.col], band.begins)
        return product

    def over(self, columns: Floats) -> Graph:
        """Each column divided by its number; in numpy's own indices, which are multiplied faster and take more room."""
        return Graph(
            self.size,
            tuple(Band(b.filled, b.begins, b.col.astype(np.intp), b.value / columns[b.col]) for b in self.bands),
        )

    def whole(self) -> Floats:
        """Zeros and all."""
        full = np.zeros((self.size, self.size))
        for band in self.bands:
            row = np.repeat(band.filled, np.diff(band.begins, append=len(band.col)))
            full[row, band.col] = band.value
        return full


def graph(found: Bags, weight: Floats, edge: Edge) -> Graph:
    """What edge makes of the scalar products of all sentences that share a word, each word of a sentence weighing as
    given."""
    postings = _postings(found, weight)
    rows = max(1, _CELLS // max(found.size, 1))
    starts = range(0, max(found.size, 1), rows)
    made = (
        _band(found.size, [_entries(found, weight, postings, low, low + rows, edge) for low in some])
        for some in (starts[at : at + _JOINED] for at in range(0, len(starts), _JOINED))
    )
    return Graph(found.size, tuple(band for band in made if len(band.col)))


@dataclass(frozen=True, slots=True)
class _Postings:
    """The bags sorted by term: term t stands in sentence[first[t] : first[t] + frequency[t]], with these weights."""

    sentence: Ints
    weight: Floats
    first: Ints
    frequency: Ints


def _postings(found: Bags, weight: Floats) -> _Postings:
    by_term = np.argsort(found.term, kind="stable")
    frequency = np.bincount(found.term)
    return _Postings(found.sentence[by_term], weight[by_term], np.cumsum(frequency) - frequency, frequency)


def _entries(
    found: Bags, weight: Floats, postings: _Postings, low: int, high: int, edge: Edge
) -> tuple[Ints, Ints, Floats]:
    """Row, column and value of the entries of rows low..high: every word of theirs meets every sentence that holds
    it."""
    start, stop = np.searchsorted(found.sentence, (low, high))
    sentence, term = found.sentence[start:stop], found.term[start:stop]
    many = postings.frequency[term]
    at = np.repeat(postings.first[term] - (np.cumsum(many) - many), many) + np.arange(many.sum())
    keys = np.repeat((sentence - low) * found.size, many) + postings.sentence[at]
    cells = totals(keys, np.repeat(weight[start:stop], many) * postings.weight[at], 0)
    filled = np.flatnonzero(cells)
    row, col = filled // max(found.size, 1) + low, filled % max(found.size, 1)
    value = edge(row, col, cells[filled])
    kept = np.flatnonzero(value)
    return row[kept], col[kept], value[kept]


def _band(size: int, parts: Sequence[tuple[Ints, Ints, Floats]]) -> Band:
    row, value = (np.concatenate([part[column] for part in parts]) for column in (0, 2))
    index = np.min_scalar_type(size)
    begins = np.flatnonzero(np.diff(row, prepend=-1))
    return Band(row[begins], begins, np.concatenate([part[1].astype(index) for part in parts]), value)


class _Stems(dict[str, str]):
    """Each word met with its stem as a sumy summariser has it; "" for one of its stop words."""

    def __init__(self, summariser: Any) -> None:
        super().__init__()
        self._summariser = summariser

    def __missing__(self, word: str) -> str:
        normal = self._summariser.normalize_word(word)
        self[word] = stem = "" if normal in self._summariser.stop_words else self._summariser.stem_word(normal)
        return stem


class Scored:
    """What sumy's summarisers lack: a sentence is chosen by the score of its place. sumy's own ratings by sentence give
    two equal sentences one rating, so that either both are chosen or neither."""

    def scores(self, sentences: list[list[str]]) -> list[float]:
        """The score of each sentence, given by its stems."""
        raise NotImplementedError

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        """The sentences of the highest scores, as many as the budget holds, in their order. A page of ours knows its
        stems; those of another document are made as sumy makes them."""
        each = getattr(document, "stems", None)
        if each is None:
            stems = _Stems(self)
            words = [sentence.words for sentence in document.sentences]
            each = [[stem for stem in map(stems.__getitem__, said) if stem] for said in words]
        ranks = iter(self.scores(each))
        chosen: tuple[Any, ...] = self._get_best_sentences(  # type: ignore[attr-defined]  # sumy's
            document.sentences, sentences_count, lambda _: next(ranks)
        )
        return chosen


def settled(rank: Floats, given: int, digits: int) -> list[float]:
    """The ranks, rounded, so that sentences of equal rank stay in the order of the text; 0 for what is beyond the limit
    of the bags, so that each of the given sentences has one."""
    return [*np.round(rank, digits).tolist(), *[0.0] * (given - len(rank))]
