"""Stories as weighted terms, and the pairs of stories worth comparing.

Weight = (1 + ln count) x idf, the heaviest 200 terms of a story, scaled to length 1. idf comes from the collection
itself; a small collection leans on the shares of common English words in `common.txt`, as if it held that many more
ordinary stories.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from store.group import common as ordinary
from store.group.common import UNSEEN, background
from store.group.cosines import HEAVIEST, cosines, guesses
from store.group.packed import Codes
from store.group.rows import FEW, Floats, Ints, Singles, Small, owners, places, sizes, spans, starts
from store.group.traits import code

__all__ = ["Floats", "Ints", "Vectors", "background", "build", "cosines", "pairs"]

TERMS = 200  # a story; 60 terms lose 1.5 points of B3 F1
# Terms of a story by which it is found, rarest first, by the stories there are. 40 and 200 find B3 F1 0.918 and 0.947
# in the four labelled sets alone, 0.947 and 0.952 among 1,500 others; 40 and 80 0.945 and 0.949 in all 11,703 stories.
# Where there are more, what tells of a matter has rarer words in common, and pairs cost most.
_FINDERS = {4000: 200, 12_000: 80, 50_000: 40}
_COMMON, _GROWN = 300, 12_000  # a term in more stories finds nobody; beyond so many this grows with their square root
_SMALL = 1000  # in a collection no larger every term finds: one summit may fill half of it
_BACKGROUND = 3000.0  # ordinary stories that a collection is thought to hold beside its own
_AT_ONCE = 2000  # stories weighed at a time
_CELLS = 4_000_000  # stories to find for times stories that may be found, at a time
_HOLDERS = 2_000_000  # met on the way, at a time
_CANDIDATES = 500_000  # pairs whose cosine is guessed at a time
_GUESS = 0.8  # of the least cosine: a lower guess is not measured
_TIMES: Floats = 1 + np.log(np.maximum(np.arange(256), 1))  # how much a word counts that stands there so often
_ONE, _UNSEEN = np.array([1]), np.array([UNSEEN])

Part = tuple[Ints, Small, NDArray[np.integer]]  # where rows begin, their terms, how often each stands there


@dataclass(frozen=True, slots=True)
class Vectors:
    """Rows of terms in one flat array: story i holds terms[start[i]:start[i+1]] with weights beside them, heaviest
    first; of stories that are compared in full tables (fewer than rows.FEW) in any order.

    codes: of the terms that at least two stories share, ascending; df and idf are indexed by a term's place there, its
    number. lonely is the idf of a term that one story holds alone.
    """

    codes: Codes
    df: Ints
    idf: Floats
    start: Ints
    terms: Small
    weights: Singles
    lonely: float
    _told: dict[str, float] = field(default_factory=dict)

    def row(self, story: int) -> tuple[Small, Singles]:
        part = slice(self.start[story], self.start[story + 1])
        return self.terms[part], self.weights[part]

    def weight(self, term: str) -> float:
        """idf of a word."""
        known = self._told.get(term)
        if known is None:
            wanted = code(term)
            number = bisect_left(self.codes.data, wanted)  # np.searchsorted makes a copy of all of them for one
            here = number < len(self.codes) and int(self.codes[number]) == wanted
            known = self._told[term] = float(self.idf[number]) if here else self.lonely
        return known


class Collection(Protocol):
    """The library that some stories are part of."""

    def __len__(self) -> int: ...
    def holders(self, codes: Codes) -> Small: ...


class Whole(Collection, Protocol):
    """The same, with what stands in the leads and in the names of its stories."""

    @property
    def leads(self) -> Collection: ...
    @property
    def names(self) -> Collection: ...


def build(stories: Sequence[Mapping[str, int]], among: Collection | None = None) -> Vectors:
    """One row a story, from its terms and how often each stands there."""
    words = [np.array([code(word) for word in story], dtype=np.uint32) for story in stories]
    order = [np.argsort(some) for some in words]
    codes = [some[at] for some, at in zip(words, order, strict=True)]
    counts = [np.array([*story.values()], np.int64)[at] for story, at in zip(stories, order, strict=True)]
    known = np.unique(np.concatenate([np.empty(0, np.uint32), *codes]))
    terms = np.searchsorted(known, np.concatenate([np.empty(0, np.uint32), *codes])).astype(np.int32)
    start = starts(np.array([len(some) for some in codes], dtype=np.int64))
    return weigh(known, start, terms, np.concatenate([np.empty(0, np.int64), *counts]), among)


def weigh(
    codes: Codes, start: Ints, terms: Small, counts: NDArray[np.integer], among: Collection | None = None
) -> Vectors:
    """The same from rows of numbers of codes, ascending.

    among: the library that these stories are part of, where they are not all of it: it says how rare a term is.
    """
    stories = len(start) - 1
    if stories < FEW:
        return weigh_parts(codes, [(start, terms, counts)], [among])[0]
    df = np.bincount(terms, minlength=len(codes))
    if among is not None:
        df = np.maximum(df, among.holders(codes))
    size = max(stories, len(among or ()))
    shared = df > 1
    idf = _idf(df, ordinary.shares(codes), size)
    lonely = _lonely(size)
    idf[~shared] = lonely
    number = np.where(shared, shared.cumsum() - 1, -1).astype(np.int32)
    times = _times(counts)
    parts = [
        _weighed(start[at : at + _AT_ONCE + 1], terms, counts, idf, number, times) for at in range(0, stories, _AT_ONCE)
    ]
    nothing = (np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, np.float32))
    lengths, kept, weights = (np.concatenate(column) for column in zip(nothing, *parts, strict=True))
    return Vectors(codes[shared], df[shared], idf[shared], starts(lengths), kept, weights, lonely)


def weigh_parts(codes: Codes, parts: Sequence[Part], among: Sequence[Collection | None]) -> list[Vectors]:
    """The same of several parts of a few stories, each part by its own count of the library, in about the time of one:
    that goes into calls of numpy, not into what they do."""
    words, stories = len(codes), len(parts[0][0]) - 1
    whole = max((len(some) for some in among if some is not None), default=0)
    size = max(stories, whole)
    ends = starts(np.array([len(held) for _, held, _ in parts])).tolist()
    start = np.concatenate([begin[:-1] + end for (begin, _, _), end in zip(parts, ends, strict=False)] + [ends[-1:]])
    terms = np.concatenate([held + words * at for at, (_, held, _) in enumerate(parts)])
    counts = np.concatenate([often for *_, often in parts])
    df = np.bincount(terms, minlength=words * len(parts)).reshape(len(parts), words)
    for held, known in zip(df, among, strict=True):
        if known is not None:
            np.maximum(held, known.holders(codes), out=held)
    shared = df > 1
    lonely = _lonely(size)
    idf = np.where(shared, _idf(df, ordinary.shares(codes), size), lonely)
    number = np.where(shared, shared.cumsum(axis=1) - 1, -1).astype(np.int32)
    lengths, kept, weights = _weighed_few(
        start, terms, _times(counts)[counts] * idf.ravel()[terms], number.ravel(), stories
    )
    begin = starts(lengths)
    found = []
    for at, told in enumerate(map(places, shared)):
        rows = begin[at * stories : (at + 1) * stories + 1]
        inside = slice(int(rows[0]), int(rows[-1]))
        found.append(
            Vectors(codes[told], df[at, told], idf[at, told], rows - rows[0], kept[inside], weights[inside], lonely)
        )
    return found


def _times(counts: NDArray[np.integer]) -> Floats:
    """How much a word counts that stands there so often."""
    if counts.dtype == np.uint8:
        return _TIMES
    times: Floats = 1 + np.log(np.maximum(np.arange(int(counts.max(initial=0)) + 1), 1))
    return times


def _lonely(stories: int) -> float:
    return float(_idf(_ONE, _UNSEEN, stories)[0])


def _idf(df: NDArray[np.int64], share: Floats, stories: int) -> Floats:
    idf: Floats = np.log((stories + _BACKGROUND + 1) / (df + _BACKGROUND * share + 0.5))
    return np.maximum(idf, 0.0)


def _weighed(
    start: Ints, terms: Small, counts: NDArray[np.integer], idf: Floats, number: Small, times: Floats
) -> tuple[Ints, Small, Singles]:
    """How many terms each row has; their numbers; their weights, heaviest first. A term that no other story holds
    counts in the length alone; its number is -1."""
    begin, end = int(start[0]), int(start[-1])
    owner = owners(start)
    held = terms[begin:end]
    weights = times[counts[begin:end]] * idf[held]
    order = heaviest_first(owner, weights)
    order = order[np.arange(len(order)) - (start[:-1] - begin)[owner] < TERMS]
    return _of_length_one(owner[order], number[held[order]], weights[order], len(start) - 1)


def _weighed_few(
    start: Ints, terms: Small, weights: Floats, number: Small, stories: int
) -> tuple[Ints, Small, Singles]:
    """The same of parts of so many stories each, in whatever order, for they are compared in full."""
    owner = owners(start)
    lengths = sizes(start)
    if int(lengths.max(initial=0)) > TERMS:
        orders = []
        for row in range(0, len(lengths), stories):
            some = slice(int(start[row]), int(start[row + stories]))
            order = np.arange(some.start, some.stop)
            if int(lengths[row : row + stories].max()) > TERMS:
                order = order[heaviest_first(owner[some], weights[some])]
                order = order[np.arange(some.start, some.stop) - start[:-1][owner[some]] < TERMS]
            orders.append(order)
        order = np.concatenate(orders)
        owner, terms, weights = owner[order], terms[order], weights[order]
    return _of_length_one(owner, number[terms], weights, len(lengths))


def _of_length_one(owner: Ints, held: Small, weights: Floats, rows: int) -> tuple[Ints, Small, Singles]:
    length = np.sqrt(np.bincount(owner, weights**2, minlength=rows))
    length[length == 0] = 1.0
    kept = held >= 0
    owner = owner[kept]
    return np.bincount(owner, minlength=rows), held[kept], (weights[kept] / length[owner]).astype(np.float32)


def heaviest_first(owner: Ints, weights: Floats | Singles) -> Ints:
    """The order of terms by whom they belong to, then by weight, which is not below 0."""
    # The bits of such numbers are in the order of the numbers.
    light = np.uint64(0xFFFFFFFF) - weights.astype(np.float32).view(np.uint32)
    return (owner.astype(np.uint64) << np.uint64(32) | light).argsort()


class Finder:
    """Finds stories by the rare terms they share. days: of the stories, nan for none; pairs of dated stories more than
    `within` days apart are left out, for little if stories are in the order of their days, undated ones first."""

    def __init__(self, vectors: Vectors, days: Floats | None = None, within: float = np.inf) -> None:
        self._vectors = vectors
        self._stories = len(vectors.start) - 1
        self._days = np.full(self._stories, np.nan) if days is None else days
        self._within = within
        holders = np.bincount(vectors.terms, minlength=len(vectors.df))
        lengths, finders = _rare(vectors, holders <= common(self._stories), _finders(self._stories))
        holder = np.repeat(np.arange(self._stories, dtype=np.int32), lengths)
        order = finders.argsort(kind="stable")
        self._holder = holder[order]
        end = np.searchsorted(finders[order], np.arange(len(vectors.df)), side="right")
        self._after = np.empty(len(order), dtype=np.int64)  # each finder's place among the holders, and one
        self._after[order] = np.arange(1, len(order) + 1)
        # A story without a day meets the whole library: ten times as large, it has ten times as many of any term.
        everywhere = (holders > common(min(self._stories, _GROWN)))[finders]
        everywhere &= np.repeat(np.isnan(self._days), lengths) & np.isfinite(within)
        self._end = np.where(everywhere, self._after, end[finders])
        self._start = starts(lengths)
        self._met_before = starts(self._end - self._after)[self._start]
        self._last = _last(self._days, within)

    def pairs(
        self, begin: int, end: int, least: float, left: Callable[[Ints, Ints], Floats] | None = None, hope: float = 0.0
    ) -> tuple[Ints, Ints, Floats]:
        """Every pair (first < second, first from begin to end) that shares a rare term and has a cosine of `least`, and
        one of `hope` in what `left` says that other things leave of it."""
        none = np.empty(0, np.int64)
        found: list[tuple[Ints, Ints, Floats]] = [(none, none, np.empty(0))]
        for first, second in self._candidates(begin, end):
            wanted = least if left is None else np.maximum(least, hope / np.maximum(left(first, second), 1e-9))
            guess = guesses(self._vectors, first, second)
            likely = guess >= _GUESS * wanted
            found.append((first[likely], second[likely], guess[likely]))
        first, second, cosine = (np.concatenate(column) for column in zip(*found, strict=True))
        cosine = cosine + cosines(self._vectors, first, second, beyond=HEAVIEST)
        close = cosine >= least
        return first[close], second[close], cosine[close]

    def _candidates(self, begin: int, end: int) -> Iterator[tuple[Ints, Ints]]:
        """The pairs that share a finder, many at a time."""
        held: list[tuple[Ints, Ints]] = []
        for block in self._blocks(begin, end):
            held.append(self._met(*block))
            if block[1] == end or sum(len(first) for first, _ in held) >= _CANDIDATES:
                first, second = (np.concatenate(column) for column in zip(*held, strict=True))
                held.clear()
                yield first, second

    def _blocks(self, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Stories to look for, and the last that they may find."""
        while begin < end:
            some = max(1, _CELLS // max(int(self._last[begin]) - begin, 1))
            enough = np.searchsorted(self._met_before, self._met_before[begin] + _HOLDERS, side="right")
            stop = min(begin + some, end, max(int(enough) - 1, begin + 1))
            yield begin, stop, int(self._last[begin:stop].max())
            begin = stop

    def _met(self, begin: int, end: int, last: int) -> tuple[Ints, Ints]:
        """The pairs that share a finder."""
        width = last - begin
        if width <= 0:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        part = slice(int(self._start[begin]), int(self._start[end]))
        after = self._after[part]
        lengths = self._end[part] - after
        others = self._holder[spans(after, lengths)].astype(np.int64)
        owner = np.repeat(np.arange(end - begin), np.diff(self._start[begin : end + 1]))
        met = np.zeros((end - begin) * width, dtype=bool)
        cell = np.repeat(owner * width - begin, lengths) + others
        near = others < last
        met[cell if near.all() else cell[near]] = True
        first, second = np.divmod(np.flatnonzero(met), width)
        first, second = first + begin, second + begin
        if np.isfinite(self._within):
            near = ~(np.abs(self._days[first] - self._days[second]) > self._within)
            first, second = first[near], second[near]
        return first, second


def pairs(
    vectors: Vectors, *, least: float, days: Floats | None = None, within: float = np.inf
) -> tuple[Ints, Ints, Floats]:
    """Every pair (first < second) that shares a rare term, of a few stories any, and whose cosine is at least `least`,
    with the cosine."""
    stories = len(vectors.start) - 1
    if stories < FEW and days is None:
        first, second = all_pairs(stories)
        cosine = cosines(vectors, first, second)
        close = (cosine >= least) & (cosine > 0)
        return first[close], second[close], cosine[close]
    finder = Finder(vectors, days, within)
    found = [finder.pairs(at, min(at + _AT_ONCE, stories), least) for at in range(0, max(stories, 1), _AT_ONCE)]
    first, second, cosine = (np.concatenate(column) for column in zip(*found, strict=True))
    return first, second, cosine


@lru_cache(64)
def all_pairs(stories: int) -> tuple[Ints, Ints]:
    """Every pair of a few stories, first < second, sorted; not to be written to."""
    first, second = np.triu_indices(stories, 1)
    return first, second


def common(stories: int) -> int:
    """How many stories may hold a term that others are found by."""
    return stories if stories <= _SMALL else max(_COMMON, int(_COMMON * (stories / _GROWN) ** 0.5))


def _finders(stories: int) -> int:
    """By how many terms a story is found."""
    return int(np.interp(np.log(max(stories, 1)), np.log(list(_FINDERS)), list(_FINDERS.values())))


def _rare(vectors: Vectors, finding: NDArray[np.bool_], most: int) -> tuple[Ints, Small]:
    """How many finders each story has, and these: its rarest terms, so many at most, of equally rare ones those of the
    lowest number."""
    rank = np.empty(len(vectors.df), dtype=np.int64)
    rank[np.argsort(vectors.df, kind="stable")] = np.arange(len(vectors.df))
    ranks = rank[vectors.terms]
    kept = np.ones(len(ranks), dtype=bool)
    start = vectors.start.tolist()
    for story in np.flatnonzero(np.diff(vectors.start) > most).tolist():
        row = ranks[start[story] : start[story + 1]]
        kept[start[story] : start[story + 1]] = row <= np.partition(row, most - 1)[most - 1]
    kept &= finding[vectors.terms]
    return np.diff(starts(kept)[vectors.start]), vectors.terms[kept]


def _last(days: Floats, within: float) -> Ints:
    """For each story, the one before which all end that may be near it, if stories are in the order of their days."""
    stories = len(days)
    last = np.full(stories, stories, dtype=np.int64)
    undated = int(np.isnan(days).sum())
    dated = days[undated:]
    if np.isfinite(within) and not np.isnan(dated).any() and bool((np.diff(dated) >= 0).all()):
        last[undated:] = undated + np.searchsorted(dated, dated + within, side="right")
    return last
