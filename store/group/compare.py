"""How like two stories are, for every pair worth comparing: first the evidence, then one number made of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from store.group import cases, near, pairwise, vectors
from store.group.columns import Columns
from store.group.linkage import Days, Fade
from store.group.packed import day_of
from store.group.pairwise import Leading
from store.group.rows import FEW, Floats, Ints, Singles, Small, edges, owners, places, sizes, starts
from store.group.vectors import Vectors, Whole

_AT_ONCE = 1000  # stories whose pairs are compared together
_LEAST = 0.08  # a cosine below this never brought two stories of one event together
_WORTH = 0.03  # faded mean of the cosines below which a pair is dropped: what is fainter moves no mean
_HOPE = 0.02  # faded cosine below which no lead is looked at
_SURELY = 0.15  # faded mean of the cosines from which all pairs are kept; of fainter ones so many a story, the likest
_MOST_FAINT = 32
_CITED_DAYS = (
    1  # an undated story that cites a day this near to another's date tells of the same days; 3 joined examples
)
WINDOW = 30.0  # days between two dated stories from where they are not compared; none at all adds 0.0001 B3 F1
_FRAME = 0.2  # cosine of the leads without which they do not tell the same; 0.3 does as well
_COPY_DAYS = 7.0  # a copy published later than this is taken for a repeated template ...
# ... and one later than two days unless it holds nearly all: weekly briefings, lists and results share their frame, and
# no labelled event rests on a later partial copy.
_SOON, _WHOLE = 2.0, 0.8
# What has none of the names that the other is about, to speak of, and names of its own, is no copy but the same done by
# others: of 504 copies in labelled sets and among 6,000 other stories the least has 0.12 of them.
_STRANGERS = 0.1


@dataclass(frozen=True, slots=True)
class Evidence:
    """Pairs of stories by number, first < second, each once, sorted; every column is as long as `first`.

    cosine: of the weighted terms; lead: of title and first words; actors: of the names. contained: share of the shorter
    story's shingles in the other (0 below near.CONTAINED). gap: days between both, nan if a date is missing, unless the
    undated one cites a day near that of the other; years: between the years they speak of, nan if unknown; half: 1
    where one of the two is dated and the other is not. agree, conflict: nouns counted alike and differently. names: how
    much of the leading names of one the other has, nan without names. cited: dates that both cite. rare: names that
    both hold, each by how rare it is, as a share of six; nan without names. weekdays, figures, places, ages: how the
    days of the week, the numbers and the places in the leads, and the ages of people agree, from -1 to 1, 0 for nothing
    to compare. another: how surely the leads tell the same of different days, or both the same of others. Of
    stories more than WINDOW days apart there are only pairs that may tell of one case.
    """

    first: Ints
    second: Ints
    cosine: Floats
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
    rare: Floats
    weekdays: Floats
    figures: Floats
    places: Floats
    ages: Floats
    another: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """The scorer: these numbers and no others, each of which can only move likeness one way. The searches of
    bench/train_group.py end near them; with a labelled set left out they reach 0.940 B3 F1 on that set in the mean
    (0.932 when stories were found by fewer words, 0.925 then without the last four, 0.906 without rare names, weekdays
    and figures). Boosted trees on thirty features of a pair were tried, alone and blended with this rule: better on
    kinds of news they had seen, and no better on one left out.

    content = (weighted mean of the three cosines, plus `cited` for each shared date)
    x (1 - names x the share of leading names that is missing) x e^(agree x nouns counted alike
    - conflict x nouns counted differently + rare x (rare names shared - 0.2) + weekdays x how these agree
    + figures, places, ages x how these do - `strange` for dated stories that differ in more of these facts than they
    agree in) x `undated`, `same_year` or `other_year` where no gap is known
    x `half` where one story is dated and the other not: in such a library the same people are in the news for weeks.
    In the labelled sets no such pair is one event, for the dates of a set are known or are not, so the searches end at
    0.6; with the dates of a third taken away 0.7 finds B3 F1 0.930 for 0.924, at no cost where they stand.
    A copy is as like as it is contained. Pairs that may tell of one case and are as like as `case` lose nothing by the
    days between.
    content x e^(-another) where the leads tell the same in the same words of different days, of no case. This alone is
    chosen by made-up pairs (tests/data/group/frames.jsonl), for labelled sets hardly have any: on those 0 to 2.4 are
    equally good.
    likeness = content x what the days between leave: floor + (1 - floor) x e^(-gap / days).
    """

    cosine: float = 0.5
    lead: float = 0.4
    actors: float = 0.05
    cited: float = 0.02
    names: float = 0.1
    agree: float = 0.12
    conflict: float = 0.03
    days: float = 5.0
    floor: float = 0.15
    undated: float = 0.55
    same_year: float = 0.9
    other_year: float = 0.55
    half: float = 0.7
    rare: float = 0.7
    weekdays: float = 0.2
    figures: float = 0.1
    places: float = 0.05
    ages: float = 0.35
    case: float = 0.35
    strange: float = 0.15
    another: float = 1.8


WEIGHTS = Weights()
_LOOKED_FOR = replace(WEIGHTS, half=0.6)  # by which pairs are found: what is kept of them is judged by other weights
_MOST = 3.0  # nouns counted alike, or differently, beyond which more say no more
_USUAL_NAMES = 0.7  # share of leading names that two stories of one event have in common
_RARE = (5.0, 7.0)  # idf from which on a name begins to be rare, and from which on it is; 5.5 and 6.5 do as well
_RARE_NAMES = 6  # shared, beyond which more say no more; 4 and 10 lose 0.001 B3 F1
_ALIKE = 0.2  # how far facts agree, or do not, from where it counts
_DIFFER = 2
_USUAL_RARE = 0.2  # share of these that two stories have in common which are worth comparing


@dataclass(frozen=True, slots=True)
class Weighed:
    """Stories and what their words weigh: in all of the text, in title and first words, of names alone; and names by
    how rare they are, so that the sum over two stories is that of the names they share."""

    stories: Columns
    words: Vectors
    leads: Vectors
    names: Vectors
    rare: Vectors
    leading: Leading


def weigh(stories: Columns, among: Whole | None = None) -> Weighed:
    """among: the library that these stories are part of, where they are not all of it."""
    words = stories.words
    parts = [(words.start, words.held, stories.counts)]
    for kept, counts in ((stories.lead > 0, stories.lead), (stories.named, stories.counts)):
        parts.append((starts(kept)[words.start], words.held[kept], counts[kept]))
    known = [None] * 3 if among is None else [among, among.leads, among.names]
    if len(stories) < FEW:
        whole, leads, names = vectors.weigh_parts(words.codes, parts, known)
    else:
        whole, leads, names = (vectors.weigh(words.codes, *parts.pop(0), part) for part in known)
    begins, is_ = _RARE
    worth = np.sqrt(np.minimum(np.maximum((names.idf - begins) / (is_ - begins), 0.0), 1.0)).astype(np.float32)
    rare = replace(names, weights=worth[names.terms])
    return Weighed(stories, whole, leads, names, rare, pairwise.lead(stories, whole))


def gather(weighed: Weighed) -> Evidence:
    """All pairs at once; for a library see `blocks`."""
    found = list(blocks(weighed))
    return Evidence(**{f.name: np.concatenate([getattr(some, f.name) for some in found]) for f in fields(Evidence)})


def blocks(weighed: Weighed) -> Iterator[Evidence]:
    """The pairs whose first stories follow each other, a thousand or so at a time; at least one block."""
    stories = weighed.stories
    copies = near.Copies(stories.shingles)
    far = cases.pairs(stories, weighed.rare, WINDOW)
    if len(stories) < FEW:
        yield _compared(weighed, copies, *_with(_few(weighed), weighed.words, far, 0, len(stories)))
        return
    finder = vectors.Finder(weighed.words, stories.day, WINDOW)
    for begin in range(0, max(len(stories), 1), _AT_ONCE):
        end = min(begin + _AT_ONCE, len(stories))
        found = finder.pairs(begin, end, _LEAST, lambda a, b: _times(stories, a, b)[3], _HOPE)
        yield _compared(weighed, copies, *_with(found, weighed.words, far, begin, end))


def _few(weighed: Weighed) -> tuple[Ints, Ints, Floats]:
    """Every pair of a few stories that has a cosine of _LEAST, whatever terms they share."""
    day = weighed.stories.day
    first, second = vectors.all_pairs(len(day))
    cosine = vectors.cosines(weighed.words, first, second)
    at = places((cosine >= _LEAST) & ~(np.abs(day[first] - day[second]) > WINDOW))
    return first[at], second[at], cosine[at]


def _with(
    found: tuple[Ints, Ints, Floats], words: Vectors, far: tuple[Ints, Ints], begin: int, end: int
) -> tuple[Ints, Ints, Floats]:
    """What was found, and the pairs far apart whose first stories are from begin to end; none is in both."""
    part = slice(*np.searchsorted(far[0], (begin, end)))
    if part.start == part.stop:
        return found
    more = (far[0][part], far[1][part], vectors.cosines(words, far[0][part], far[1][part]))
    first, second, cosine = (np.concatenate(column) for column in zip(found, more, strict=True))
    order = np.lexsort((second, first))
    return first[order], second[order], cosine[order]


def _compared(weighed: Weighed, copies: near.Copies, first: Ints, second: Ints, cosine: Floats) -> Evidence:
    stories = weighed.stories
    gap, years, half, left = _times(stories, first, second)
    likely = places(cosine * left >= _HOPE)
    lead = vectors.cosines(weighed.leads, first[likely], second[likely])
    faded = (cosine[likely] + lead) / 2 * left[likely]
    kept = places(faded >= _WORTH)
    if len(stories) > _MOST_FAINT:
        kept = kept[_sure(first[likely[kept]], faded[kept])]
    worth, lead = likely[kept], lead[kept]
    first, second, gap, half = first[worth], second[worth], gap[worth], half[worth]
    contained = np.zeros(len(first))
    soon = places(~(gap > _COPY_DAYS))  # see copies()
    contained[soon] = copies.contained(first[soon], second[soon])
    _infer(stories, first, second, gap, half)
    agree, conflict, cited, alike = pairwise.facts(stories, first, second)
    names = pairwise.names(stories, weighed.leading, first, second)
    rare = np.minimum(vectors.cosines(weighed.rare, first, second) / _RARE_NAMES, 1.0)
    another, frame = np.zeros(len(first)), places(lead >= _FRAME)
    another[frame] = pairwise.another(stories, first[frame], second[frame], gap[frame])
    others = places((contained > 0) & (names < _STRANGERS))
    others = others[weighed.leading.any(first[others]) & weighed.leading.any(second[others])]
    another[others], contained[others] = 1.0, 0.0
    return Evidence(
        first=first,
        second=second,
        cosine=cosine[worth],
        lead=lead,
        actors=vectors.cosines(weighed.names, first, second),
        contained=contained,
        gap=gap,
        years=years[worth],
        half=half,
        agree=agree,
        conflict=conflict,
        names=names,
        cited=cited,
        rare=np.where(np.isnan(names), np.nan, rare),
        weekdays=alike[0],
        figures=alike[1],
        places=alike[2],
        ages=alike[3],
        another=another,
    )


def _times(stories: Columns, first: Ints, second: Ints) -> tuple[Floats, Floats, Floats, Floats]:
    """gap, years and half of Evidence, and what they leave of a likeness."""
    gap, years = (np.abs(column[first] - column[second]) for column in (stories.day, stories.year))
    undated = np.isnan(stories.day)
    half = (undated[first] != undated[second]).astype(np.float64)
    left = np.where(gap > WINDOW, 1.0, _left(gap, WEIGHTS))  # beyond it only what may be one case
    return gap, years, half, left * _undated(gap, years, half, _LOOKED_FOR)


def _sure(first: Ints, faded: Floats) -> NDArray[np.bool_]:
    """Which pairs are no fainter than others of their first story that there are enough of. `first` is sorted; of
    equals the first counts."""
    sure: NDArray[np.bool_] = faded >= _SURELY
    bounds = edges(first)
    run = owners(bounds) if len(bounds) else first
    # One number a pair, which sorts four times as fast as three columns: its first story, how faint it is, its place.
    faint = np.minimum((1.0 - np.minimum(faded, 1.0)) * 2.0**32, 2.0**32 - 1).astype(np.uint64)
    place = np.arange(len(first)) - bounds[run]
    keys = np.sort((run.astype(np.uint64) << 52) | (faint << 20) | place.astype(np.uint64))
    likest = keys[place < _MOST_FAINT]
    sure[bounds[(likest >> 52).astype(np.int64)] + (likest & 0xFFFFF).astype(np.int64)] = True
    return sure


def likeness(evidence: Evidence, weights: Weights = WEIGHTS) -> Floats:
    """In 0..1 for each pair."""
    return np.maximum(content(evidence, weights) * _left(evidence.gap, weights), copies(evidence))


def content(evidence: Evidence, weights: Weights = WEIGHTS) -> Floats:
    """The same before the days between two dated stories take from it; of one case so much that they take nothing."""
    e, w = evidence, weights
    words = w.cosine * e.cosine + w.lead * e.lead + w.actors * e.actors
    told = words / (w.cosine + w.lead + w.actors) + w.cited * np.minimum(e.cited, 2)
    named = 1 - w.names * (1 - np.where(np.isnan(e.names), 0.6, e.names) / _USUAL_NAMES)
    counted = w.agree * np.minimum(e.agree, _MOST) - w.conflict * np.minimum(e.conflict, _MOST)
    known = w.rare * np.where(np.isnan(e.rare), 0.0, e.rare - _USUAL_RARE)
    agreed = np.exp(
        counted
        + known
        + w.weekdays * e.weekdays
        + w.figures * e.figures
        + w.places * e.places
        + w.ages * e.ages
        - w.strange * _strange(e)
    )
    result: Floats = np.maximum(told * named * agreed * _undated(e.gap, e.years, e.half, w), copies(evidence))
    result = np.minimum(result, 1.0)
    alone = np.where(e.gap > WINDOW, 0.0, result)
    case = cases.same(e.rare, e.ages)
    kept = np.where(case & (result >= w.case), result / _left(e.gap, w), alone)
    return np.where(case, kept, kept * np.exp(-w.another * e.another))


def _strange(e: Evidence) -> NDArray[np.bool_]:
    """Which dated stories differ in two kinds of facts more than they agree in."""
    facts = np.stack([e.weekdays, e.figures, e.places, e.ages, e.agree - e.conflict])
    differ, agree = (facts < -_ALIKE).sum(axis=0), (facts > _ALIKE).sum(axis=0)
    strange: NDArray[np.bool_] = (differ - agree >= _DIFFER) & ~np.isnan(e.gap)
    return strange


def fading(weights: Weights = WEIGHTS) -> Fade:
    """What some days between two dated stories leave of their likeness."""
    floor, rest, rate = weights.floor, 1 - weights.floor, -1 / weights.days

    def fade(days: Days, /) -> Days:
        left: Days = floor + rest * math.e ** (days * rate)
        return left

    return fade


def _infer(stories: Columns, first: Ints, second: Ints, gap: Floats, half: Floats) -> None:
    """Where an undated story cites a day near the date of the other, that is the gap between both."""
    cites = sizes(stories.cited.start) > 0
    undated = np.where(np.isnan(stories.day[first]), first, second)
    for at in places((half > 0) & cites[undated]).tolist():
        there = int(stories.day[first[at] + second[at] - undated[at]])
        cited = stories.cited.codes[stories.cited.row(int(undated[at]))]
        days = min(abs(day_of(int(code)).near(there) - there) for code in cited)
        if days <= _CITED_DAYS:
            gap[at], half[at] = days, 0.0


def _left(gap: Floats, weights: Weights) -> Floats:
    return np.where(np.isnan(gap), 1.0, weights.floor + (1 - weights.floor) * np.exp(-gap / weights.days))


def _undated(gap: Floats, years: Floats, half: Floats, weights: Weights) -> Floats:
    """What is left where not both stories are dated."""
    known = np.where(years == 0, weights.same_year, np.where(years > 0, weights.other_year, weights.undated))
    return np.where(np.isnan(gap), known, 1.0) * np.where(half > 0, weights.half, 1.0)


@dataclass(frozen=True, slots=True)
class Pairs:
    """What is kept of the pairs of a library: see Evidence; content and likeness are as below, copied is `copies`."""

    first: Small
    second: Small
    content: Singles
    likeness: Singles
    copied: Singles
    gap: Singles

    def lookup(self) -> Callable[[int, int], float]:
        """The likeness of two stories by number, in any order; 0 for a pair that was not worth comparing."""
        keys = zip(self.first.tolist(), self.second.tolist(), strict=True)
        known = dict(zip(keys, self.likeness.tolist(), strict=True))
        return lambda one, other: known.get((min(one, other), max(one, other)), 0.0)


def pairs(weighed: Weighed, weights: Weights = WEIGHTS) -> Pairs:
    """Every pair that is worth comparing, in 24 bytes each."""
    found = [_kept(some, weights) for some in blocks(weighed)]
    return Pairs(*(np.concatenate([getattr(some, f.name) for some in found]) for f in fields(Pairs)))


def _kept(e: Evidence, weights: Weights) -> Pairs:
    whole, copy = content(e, weights), copies(e)
    near = np.maximum(whole * _left(e.gap, weights), copy)  # see likeness()
    told, like, copied, gap = (c.astype(np.float32) for c in (whole, near, copy, e.gap))
    return Pairs(e.first.astype(np.int32), e.second.astype(np.int32), told, like, copied, gap)


def copies(evidence: Evidence) -> Floats:
    """Containment where one of both is a copy of the other, else 0."""
    again = (evidence.gap > _SOON) | (evidence.another > 0)
    template = (evidence.gap > _COPY_DAYS) | (again & (evidence.contained < _WHOLE))
    return np.where(template, 0.0, evidence.contained)
