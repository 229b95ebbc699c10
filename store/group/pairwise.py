"""Evidence that is looked up pair by pair: counts, leading names and cited dates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from store.group.columns import Columns, Rows
from store.group.rows import FEW, Floats, Ints, Small, find, overlap, owners, spans, starts, table
from store.group.vectors import Vectors

_LEADING = 5  # names
_DAYS: Ints = np.array([bin(mask).count("1") for mask in range(128)], dtype=np.int64)  # in a mask of days of the week


@dataclass(frozen=True, slots=True)
class Leading:
    """The names that each story is about, heaviest first, as numbers of words, and their shares of its whole."""

    start: Ints
    held: Small
    share: Floats


def columns(stories: Columns, leading: Leading, first: Ints, second: Ints) -> tuple[Floats, Floats, Floats, Floats]:
    """agree, conflict, names and cited of compare.Evidence for each pair."""
    nouns, numbers, cited = (
        overlap(signs.start, signs.held, first, second) for signs in (stories.nouns, stories.numbers, stories.cited)
    )
    agree = np.minimum(numbers, nouns).astype(np.float64)
    shares = _all_shares if len(stories) < FEW else _shares
    named = np.fmax(*shares(stories, leading, first, second))
    return agree, nouns - agree, named, cited.astype(np.float64)


def weekdays(stories: Columns, first: Ints, second: Ints) -> Floats:
    """1 where all days of the week that the lead of one names are among those of the other, -1 where none is, 0 where
    one names none."""
    one, other = stories.weekdays[first], stories.weekdays[second]
    return _alike(_DAYS[one & other], _DAYS[one], _DAYS[other])


def alike(held: Rows, first: Ints, second: Ints) -> Floats:
    """The same of the figures, the places or the ages that stories hold."""
    sizes = np.diff(held.start)
    return _alike(overlap(held.start, held.held, first, second), sizes[first], sizes[second])


def _alike(both: Ints, one: Ints, other: Ints) -> Floats:
    fewer = np.minimum(one, other)
    return np.where(fewer > 0, 2 * both / np.maximum(fewer, 1) - 1, 0.0)


def lead(stories: Columns, vector: Vectors) -> Leading:
    """The names that each story is about."""
    idf = np.full(len(stories.words.codes), vector.lonely)
    idf[np.searchsorted(stories.words.codes, vector.codes)] = vector.idf
    at = np.flatnonzero(stories.named)
    row = owners(stories.words.start)[at]
    held = stories.words.held[at]
    weight = np.sqrt(stories.counts[at]) * idf[held]
    order = np.lexsort((held, -weight, row))
    rank = np.arange(len(at)) - starts(np.bincount(row, minlength=len(stories)))[row]
    order = order[rank < _LEADING]
    row, held, weight = row[order], held[order], weight[order]
    whole = np.bincount(row, weight, minlength=len(stories))
    sizes = np.bincount(row, minlength=len(stories))
    return Leading(starts(sizes), held, weight / np.maximum(whole[row], 1e-12))


def _shares(stories: Columns, leading: Leading, first: Ints, second: Ints) -> tuple[Floats, Floats]:
    """What the second of each pair has of the leading names of the first, by weight, and the first of those of the
    second; nan if there are none."""
    return _share(stories, leading, first, second), _share(stories, leading, second, first)


def _share(stories: Columns, leading: Leading, one: Ints, other: Ints) -> Floats:
    lengths = np.diff(leading.start)[one]
    at = spans(leading.start[one], lengths)
    words = stories.words
    there = find(words.start, words.held, np.repeat(other, lengths), leading.held[at]) >= 0
    pair = np.repeat(np.arange(len(one)), lengths)
    shares = np.bincount(pair, leading.share[at] * there, minlength=len(one))
    return np.where(lengths > 0, shares, np.nan)


def _all_shares(stories: Columns, leading: Leading, first: Ints, second: Ints) -> tuple[Floats, Floats]:
    """The same of a few stories, from tables of all with all."""
    words, width = stories.words, len(stories.words.codes)
    held = table(words.start, words.held, 1.0, width)
    shares = (table(leading.start, leading.held, leading.share, width) @ held.T).astype(np.float64)
    shares[leading.start[1:] == leading.start[:-1]] = np.nan
    return shares[first, second], shares[second, first]
