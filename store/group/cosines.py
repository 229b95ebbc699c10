"""The cosines of many pairs of stories.

The rows of those that are compared are laid side by side in a table, a term a column: numpy takes whole lines of it,
several times as fast as rows of unlike lengths.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from store.group.rows import FEW, Floats, Ints, Singles, Small, edges, spans, table

HEAVIEST = 64  # terms of a story by which its cosine is guessed
_WIDE = 64  # columns of a table
_FEW = 400_000  # numbers that are worked on at once
_TALL = 16_384  # its lines: with the terms 12 MB

Table = tuple[NDArray[np.int64], Singles]


class Weighted(Protocol):
    """Rows of terms and weights in flat arrays, each row heaviest first (see vectors.Vectors)."""

    @property
    def df(self) -> Ints: ...
    @property
    def start(self) -> Ints: ...
    @property
    def terms(self) -> Small: ...
    @property
    def weights(self) -> Singles: ...


def cosines(vectors: Weighted, first: Ints, second: Ints, *, beyond: int = 0) -> Floats:
    """The cosine of each given pair, by the second's terms beyond its heaviest so many; `first` is sorted."""
    if len(vectors.start) <= FEW and not beyond:
        full = table(vectors.start, vectors.terms, vectors.weights, len(vectors.df))
        return (full @ full.T)[first, second].astype(np.float64)
    result = np.zeros(len(first))
    sizes = np.diff(vectors.start)[second]
    at = np.flatnonzero(sizes > beyond)
    while len(at):
        width = min(_WIDE, int(sizes[at].max()) - beyond)
        whole = len(at) == len(first)
        result[at] += _sums(vectors, first if whole else first[at], second if whole else second[at], beyond, width)
        beyond += width
        at = at[sizes[at] > beyond]
    return result


def guesses(vectors: Weighted, first: Ints, second: Ints) -> Floats:
    """The same by the heaviest terms of the second story, a little too low."""
    return _sums(vectors, first, second, 0, HEAVIEST).astype(np.float64)


def _sums(vectors: Weighted, first: Ints, second: Ints, skip: int, width: int) -> Singles:
    """What some columns of the second's row add to each cosine."""
    if not len(second) or not len(vectors.terms):
        return np.zeros(len(second), np.float32)
    begin, end = int(second.min()), int(second.max()) + 1
    if end - begin <= _TALL:
        return _from(_table(vectors, begin, end, skip, width), vectors, first, second - begin)
    result = np.empty(len(second), np.float32)
    for low in range(begin, end, _TALL):
        at = np.flatnonzero((second >= low) & (second < low + _TALL))
        table = _table(vectors, low, min(low + _TALL, end), skip, width)
        result[at] = _from(table, vectors, first[at], second[at] - low)
    return result


def _table(vectors: Weighted, begin: int, end: int, skip: int, width: int) -> Table:
    """The terms of some stories, as many columns of them, and their weights; 0 where a story has no more."""
    start = vectors.start[begin : end + 1]
    column = np.arange(skip, skip + width)
    place = start[:-1, None] + column
    weights = vectors.weights.take(place, mode="clip")
    weights *= column < np.diff(start)[:, None]
    return vectors.terms.take(place, mode="clip").astype(np.int64), weights


def _from(table: Table, vectors: Weighted, first: Ints, line: Ints) -> Singles:
    terms, weights = table
    bounds = edges(first)
    if (len(bounds) - 1) * len(vectors.df) <= _FEW and terms.shape[1] * len(line) <= _FEW:
        return _from_few(table, vectors, bounds, first, line)
    result = np.empty(len(line), np.float32)
    scratch = np.zeros(len(vectors.df), dtype=np.float32)
    for begin, end, mine, worth in _rows(vectors, bounds, first):
        scratch[mine] = worth
        lines = line[begin:end]
        # take with a mode is three times as fast as an index in brackets, which is checked first
        there = scratch.take(terms.take(lines, axis=0, mode="clip"), mode="clip")
        np.einsum("ij,ij->i", there, weights.take(lines, axis=0, mode="clip"), out=result[begin:end])
        scratch[mine] = 0.0
    return result


def _from_few(table: Table, vectors: Weighted, bounds: Ints, first: Ints, line: Ints) -> Singles:
    """The same with all first stories at once, each with words of its own: for a few stories among themselves."""
    terms, weights = table
    stories = first[bounds[:-1]]
    lengths = vectors.start[stories + 1] - vectors.start[stories]
    place = spans(vectors.start[stories], lengths)
    own = np.arange(len(stories)) * len(vectors.df)
    scratch = np.zeros(len(stories) * len(vectors.df), dtype=np.float32)
    scratch[vectors.terms[place] + np.repeat(own, lengths)] = vectors.weights[place]
    there = scratch.take(terms.take(line, axis=0, mode="clip") + np.repeat(own, np.diff(bounds))[:, None], mode="clip")
    result: Singles = np.einsum("ij,ij->i", there, weights.take(line, axis=0, mode="clip"))
    return result


def _rows(vectors: Weighted, bounds: Ints, first: Ints) -> Iterator[tuple[int, int, Ints, Singles]]:
    """Where the pairs of each first story begin and end, and its terms and weights."""
    stories = first[bounds[:-1]]
    lengths = vectors.start[stories + 1] - vectors.start[stories]
    place = spans(vectors.start[stories], lengths)
    terms, weights = vectors.terms[place].astype(np.int64), vectors.weights[place]
    begin = 0
    for pair, till, end in zip(bounds.tolist(), bounds[1:].tolist(), np.cumsum(lengths).tolist(), strict=False):
        yield pair, till, terms[begin:end], weights[begin:end]
        begin = end
