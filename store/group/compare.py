"""How like two stories are, for every pair worth comparing: first the evidence, then one number made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from store.group import local, near, pairwise, vectors
from store.group.dates import CALENDAR
from store.group.traits import Traits
from store.group.vectors import Floats, Ints, Vectors

_LEAST = 0.08  # a cosine below this never brought two stories of one event together
_WORTH = 0.02  # faded mean of the cosines below which a pair is dropped; 0.05 loses 0.015 B3 F1 in large events
_COPY_DAYS = 7.0  # a copy published later than this is taken for a repeated template


@dataclass(frozen=True, slots=True)
class Evidence:
    """Pairs of stories by number, first < second, each once, sorted; every column is as long as `first`.

    cosine: of the weighted terms; local: with the words of the neighbourhood played down; lead: of title and first
    words; actors: of the names. contained: share of the shorter story's shingles in the other (0 below near.CONTAINED).
    gap: days between both, nan if a date is missing; years: between the years they speak of, nan if unknown; half: 1
    where one of the two is dated and the other is not. agree, conflict: nouns counted alike and differently. names: how
    much of the leading names of one the other has, nan without names. cited: dates that both cite.
    """

    first: Ints
    second: Ints
    cosine: Floats
    local: Floats
    lead: Floats
    actors: Floats
    contained: Floats
    gap: Floats
    years: Floats
    half: Floats
    agree: Floats
    conflict: Floats
    names: Floats
    cited: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """The scorer: these numbers and no others. Searches such as bench/train_group.py makes ended near them; they were
    rounded, and leaned towards precision until two rounds of one negotiation stood apart in the sample stories.

    likeness = (weighted mean of the four cosines, plus `cited` for each shared date)
    x (1 - names x the share of leading names that is missing) x e^(agree x nouns counted alike
    - conflict x nouns counted differently) x what the days between leave; a copy is as like as it is contained.
    Days leave floor + (1 - floor) x e^(-gap / days), or `undated`, `same_year`, `other_year` where no gap is known;
    `half` more where one story is dated and the other not: in such a library the same people are in the news for weeks.
    """

    cosine: float = 0.25
    local: float = 0.45
    lead: float = 0.25
    actors: float = 0.05
    cited: float = 0.02
    names: float = 0.15
    agree: float = 0.1
    conflict: float = 0.05
    days: float = 5.0
    floor: float = 0.15
    undated: float = 0.6
    same_year: float = 0.9
    other_year: float = 0.6
    half: float = 0.8


WEIGHTS = Weights()
_MOST = 3.0  # nouns counted alike, or differently, beyond which more say no more
_USUAL_NAMES = 0.7  # share of leading names that two stories of one event have in common


def gather(stories: Sequence[Traits], vector: Vectors) -> Evidence:
    first, second, cosine, contained = _candidates(stories, vector)
    own = local.reweighted(vector, first, second, cosine)
    locals_ = vectors.cosines(own, first, second)
    lead = vectors.cosines(vectors.build([story.lead for story in stories]), first, second)
    gap, years = (_apart(numbers, first, second) for numbers in ([s.day for s in stories], [s.year for s in stories]))
    dated = np.array([story.day is not None for story in stories], dtype=np.float64)
    half = np.abs(dated[first] - dated[second])
    worth = ((cosine + locals_ + lead) / 3 * fade(gap, years) >= _WORTH) | (contained > 0)
    first, second = first[worth], second[worth]
    agree, conflict, names, cited = pairwise.columns(stories, vector, first, second)
    return Evidence(
        first=first,
        second=second,
        cosine=cosine[worth],
        local=locals_[worth],
        lead=lead[worth],
        actors=vectors.cosines(vectors.build([_names(story) for story in stories]), first, second),
        contained=contained[worth],
        gap=gap[worth],
        years=years[worth],
        half=half[worth],
        agree=agree,
        conflict=conflict,
        names=names,
        cited=cited,
    )


def likeness(evidence: Evidence, weights: Weights = WEIGHTS) -> Floats:
    """In 0..1 for each pair."""
    e, w = evidence, weights
    words = w.cosine * e.cosine + w.local * e.local + w.lead * e.lead + w.actors * e.actors
    told = words / (w.cosine + w.local + w.lead + w.actors) + w.cited * np.minimum(e.cited, 2)
    named = 1 - w.names * (1 - np.where(np.isnan(e.names), 0.6, e.names) / _USUAL_NAMES)
    counted = np.exp(w.agree * np.minimum(e.agree, _MOST) - w.conflict * np.minimum(e.conflict, _MOST))
    left = fade(e.gap, e.years, w) * np.where(e.half > 0, w.half, 1.0)
    result: Floats = np.maximum(told * named * counted * left, copies(evidence))
    return np.minimum(result, 1.0)


def lookup(evidence: Evidence, likeness: Floats) -> Callable[[int, int], float]:
    """The likeness of two stories by number, in any order; 0 for a pair that was not worth comparing."""
    keys = zip(evidence.first.tolist(), evidence.second.tolist(), strict=True)
    known = dict(zip(keys, likeness.tolist(), strict=True))
    return lambda one, other: known.get((min(one, other), max(one, other)), 0.0)


def fade(gap: Floats, years: Floats, weights: Weights = WEIGHTS) -> Floats:
    """What the time between two stories leaves of their likeness."""
    undated = np.where(years == 0, weights.same_year, np.where(years > 0, weights.other_year, weights.undated))
    dated = weights.floor + (1 - weights.floor) * np.exp(-gap / weights.days)
    return np.where(np.isnan(gap), undated, dated)


def copies(evidence: Evidence) -> Floats:
    """Containment where one of both is a copy of the other, else 0."""
    return np.where(evidence.gap > _COPY_DAYS, 0.0, evidence.contained)


def _names(story: Traits) -> dict[str, int]:
    return {name: story.terms.get(name, 1) for name in story.names if name not in CALENDAR}


def _candidates(stories: Sequence[Traits], vector: Vectors) -> tuple[Ints, Ints, Floats, Floats]:
    """Pairs found by rare terms or by shingles; their cosine and containment."""
    first, second, cosine = vectors.pairs(vector, least=_LEAST)
    copier, copied, share = near.contained(stories)
    number = max(len(stories), 1)
    words, shingles = first * number + second, copier * number + copied
    keys = np.union1d(words, shingles)
    contained = np.zeros(len(keys))
    contained[np.searchsorted(keys, shingles)] = share
    cosines = np.zeros(len(keys))
    cosines[np.searchsorted(keys, words)] = cosine
    unknown = ~np.isin(keys, words, assume_unique=True)
    cosines[unknown] = vectors.cosines(vector, keys[unknown] // number, keys[unknown] % number)
    return keys // number, keys % number, cosines, contained


def _apart(numbers: Sequence[int | None], first: Ints, second: Ints) -> Floats:
    column: NDArray[np.float64] = np.array([np.nan if n is None else n for n in numbers], dtype=np.float64)
    return np.abs(column[first] - column[second])
