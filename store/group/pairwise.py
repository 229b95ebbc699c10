"""Evidence that is looked up pair by pair: counts, leading names and cited dates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from store.group.columns import Columns, Rows
from store.group.rows import Floats, Ints, Small, find, overlap, spans, starts
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
    named = np.fmax(_shares(stories, leading, first, second), _shares(stories, leading, second, first))
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
    row = np.searchsorted(stories.words.start, at, side="right") - 1
    held = stories.words.held[at]
    weight = np.sqrt(stories.counts[at]) * idf[held]
    order = np.lexsort((held, -weight, row))
    rank = np.arange(len(at)) - starts(np.bincount(row, minlength=len(stories)))[row]
    order = order[rank < _LEADING]
    row, held, weight = row[order], held[order], weight[order]
    whole = np.bincount(row, weight, minlength=len(stories))
    sizes = np.bincount(row, minlength=len(stories))
    return Leading(starts(sizes), held, weight / np.maximum(whole[row], 1e-12))


def _shares(stories: Columns, leading: Leading, one: Ints, other: Ints) -> Floats:
    """What the second of each pair has of the leading names of the first, by weight; nan if that has none."""
    lengths = np.diff(leading.start)[one]
    at = spans(leading.start[one], lengths)
    words = stories.words
    there = find(words.start, words.held, np.repeat(other, lengths), leading.held[at]) >= 0
    pair = np.repeat(np.arange(len(one)), lengths)
    shares = np.bincount(pair, leading.share[at] * there, minlength=len(one))
    return np.where(lengths > 0, shares, np.nan)
