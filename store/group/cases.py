"""One case told of again: somebody named so rarely, at the age told before, is the same person, however long after."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from store.group.columns import Columns
from store.group.rows import Floats, Ints, spans, starts
from store.group.vectors import Vectors

# What two stories need beside an age in common. Of labelled pairs more than a month apart that have it, and are as like
# as compare.Weights.case, 239 are one event and 30 are not, and of all pairs of 6,000 unlabelled stories 14 have it; of
# pairs without ages half were wrong.
_NAMED = 0.35  # rare names in common (see compare.Evidence.rare): about three
_RARE = 0.5  # weight of a name (see compare.Weighed.rare) by which a case is found
_NAMES, _AGES = 16, 8  # of a story that are looked at
_REACH = 30  # stories: a name beside an age that stands in more says nothing


def same(rare: Floats, ages: Floats) -> NDArray[np.bool_]:
    """Which pairs may tell of one case, by what compare.Evidence says of them; what is not known is not enough."""
    found: NDArray[np.bool_] = (rare >= _NAMED) & (ages > 0)
    return found


def pairs(stories: Columns, rare: Vectors, beyond: float) -> tuple[Ints, Ints]:
    """Stories more than so many days apart that have a rare name and an age in common, first < second, sorted."""
    if not len(stories.ages.held):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    owner, signs = _signs(stories, rare)
    order = np.argsort(signs, kind="stable")
    owner, signs = owner[order], signs[order]
    begin = np.flatnonzero(np.diff(signs, prepend=-1))
    size = np.diff(np.append(begin, len(signs)))
    begin, size = begin[(size > 1) & (size <= _REACH)], size[(size > 1) & (size <= _REACH)]
    after = spans(np.zeros_like(size), size)  # the place of each story among those of its sign
    left = np.repeat(size, size) - after - 1
    at = spans(begin, size)
    first, second = owner[np.repeat(at, left)], owner[spans(at + 1, left)]
    apart = np.abs(stories.day[first] - stories.day[second]) > beyond
    met = np.unique(first[apart] * len(stories) + second[apart])
    first, second = np.divmod(met, max(len(stories), 1))
    return first, second


def _signs(stories: Columns, rare: Vectors) -> tuple[Ints, Ints]:
    """Stories, ascending, and each rare name of theirs with each age, as one number."""
    ages = np.minimum(np.diff(stories.ages.start), _AGES)
    named = (rare.weights >= _RARE) & np.repeat(ages > 0, np.diff(rare.start))
    place = np.flatnonzero(named)
    start = starts(named)[rare.start]
    rank = np.arange(len(place)) - np.repeat(start[:-1], np.diff(start))
    place = place[rank < _NAMES]
    owner = np.searchsorted(rare.start, place, side="right") - 1
    each = ages[owner]
    age = stories.ages.held[spans(stories.ages.start[owner], each)].astype(np.int64)
    name = np.repeat(rare.terms[place].astype(np.int64), each)
    return np.repeat(owner, each), name << 32 | age
