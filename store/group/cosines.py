"""The cosines of many pairs of stories.

The rows of those that are compared are laid side by side in a table, a term a column: numpy takes whole lines of it,
several times as fast as rows of unlike lengths.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from store.group.rows import FEW, Floats, Ints, Singles, Small, edges, spans, starts, table

HEAVIEST = 64  # terms of a story by which its cosine is guessed
_WIDE = 64  # columns of a table
_FEW = 400_000  # numbers that are worked on at once
_NARROW = 32  # columns up to which a call of numpy for each first story costs more than what it does
_ROWS = 1 << 18  # numbers in which a few of these stand in full, side by side
_STEP = 16  # columns by which a table is made narrower, where few stories have more
_CALLS = 8  # columns that one table more costs as much as
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
        width = _width(sizes[at] - beyond)
        whole = len(at) == len(first)
        result[at] += _sums(vectors, first if whole else first[at], second if whole else second[at], beyond, width)
        beyond += width
        at = at[sizes[at] > beyond]
    return result


def _width(left: Ints) -> int:
    """The columns of a table for rows of which so much is left; the few that have more than most get another."""
    widest = min(_WIDE, int(left.max()))
    tried = [
        (width + float((left > width).mean()) * (widest - width + _CALLS), width)
        for width in (*range(_STEP, widest, _STEP), widest)
    ]
    width: int = min(tried)[1]
    return width


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
    together = max(1, _ROWS // len(vectors.df)) if terms.shape[1] <= _NARROW else 1
    scratch = np.zeros(together * len(vectors.df), dtype=np.float32)
    row = np.arange(len(bounds) - 1) % together * len(vectors.df)
    rows = np.repeat(row, np.diff(bounds)) if together > 1 else None
    for begin, end, mine, worth in _rows(vectors, bounds, first, row):
        scratch[mine] = worth
        lines = line[begin:end]
        # take with a mode is three times as fast as an index in brackets, which is checked first
        wanted = terms.take(lines, axis=0, mode="clip")
        if rows is not None:
            wanted += rows[begin:end, None]
        there = scratch.take(wanted, mode="clip")
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


def _rows(vectors: Weighted, bounds: Ints, first: Ints, row: Ints) -> Iterator[tuple[int, int, Ints, Singles]]:
    """Where the pairs of first stories that stand in full together begin and end, and their terms and weights. row:
    where that of each begins; 0 for the first of those together."""
    stories = first[bounds[:-1]]
    lengths = vectors.start[stories + 1] - vectors.start[stories]
    place = spans(vectors.start[stories], lengths)
    terms, weights = vectors.terms[place].astype(np.int64) + np.repeat(row, lengths), vectors.weights[place]
    cut = np.append(np.flatnonzero(row == 0), len(row))
    pairs, held = bounds[cut].tolist(), starts(lengths)[cut].tolist()
    for pair, till, begin, end in zip(pairs, pairs[1:], held, held[1:], strict=False):
        yield pair, till, terms[begin:end], weights[begin:end]
