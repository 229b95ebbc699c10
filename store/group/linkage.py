"""Average-linkage clustering of a sparse set of likenesses: a pair that is not there counts as 0."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, nan, sqrt
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from store.group.rows import FEW, Floats, Ints, edges

# The mean likeness inside a cluster is taken as if one more pair were in it, this much alike: what one pair tells of a
# cluster is little. 0.15 to 0.3 measured within 0.003 B3 F1.
_USUAL = 0.3
# Where the mean across two clusters is this share of the means inside them they look like parts of one: from the first
# on wariness fades, at the second it is gone. Without this an event of 500 stories falls into 58; between 0.4 and 1.0
# the mean B3 F1 of four labelled sets moves by 0.007, the more cautious pair being better.
_PARTS = (0.5, 0.9)
_MIDDLES = 0.3  # how much the days between the middles of two clusters count, beside those between their nearest ends
# Merits down to which parts are worked out one by one.
_LEVELS = (0.7, 0.55, 0.45, 0.37, 0.3, 0.24, 0.19, 0.15, 0.12, 0.095, 0.075, 0.06, 0.048)
_FEW = 5000  # pairs that are worked out at one level
_FULL = (12, 1500)  # clusters of a part from which, and to which, a full table of them is quicker
_AT_ONCE = 1 << 18  # links looked at
_CELLS = 100_000  # of a table that are worked out at once
_DENSE = 0.1  # share of its pairs that must be there

Days = TypeVar("Days", float, Floats)


class Fade(Protocol):
    """What some days leave of a likeness, of one pair or of many."""

    def __call__(self, days: Days, /) -> Days: ...


def lasting(days: Days, /) -> Days:
    """All of it."""
    return days * 0 + 1


def average(
    stories: int,
    pairs: tuple[NDArray[np.integer], NDArray[np.integer], NDArray[np.floating]],
    *,
    least: float,
    wary: float = 0.0,
    days: Floats | None = None,
    fade: Fade = lasting,
) -> list[int]:
    """A label for each of `stories`: the smallest number in its cluster. pairs: first, second and likeness of each.

    Joins the two clusters of highest merit while that is at least `least`; equals are joined in the order of their
    smallest numbers, so the numbering alone decides ties. Merit is the mean likeness over all pairs across, times what
    `fade` leaves of it for the days between the clusters (where both have dated stories; days holds nan for others),
    divided by (stories in the smaller cluster) ** wary: a story finds its cluster easily, two clusters become one with
    effort, unless they are as like each other as each is in itself, as the parts of a large event are.

    No merit is above the mean, and no mean of two joined clusters with a third above the higher of both. So what joins
    above some level joins within a part connected by means above it: parts are worked out one by one, level by level,
    each level beginning with the clusters of the one before. That changes nothing and keeps the tables small.
    """
    first, second, total = (np.asarray(column) for column in pairs)
    links = _Links(first, second, total)
    clusters = _single(stories, np.full(stories, np.nan) if days is None else days)
    label = np.arange(stories)
    rule = _Rule(wary, fade)
    if stories < FEW:
        _work_out(clusters, links, least, rule, label)
        return label.tolist()
    levels = [x for x in _LEVELS if x > least] if len(total) > _FEW else []
    for level in (*levels, least):
        joined = _joined(clusters, links, level, rule)
        label = joined[label]
        if level > least:
            clusters, links = _contracted(clusters, links, joined)
    labels: list[int] = label.tolist()
    return labels


@dataclass(frozen=True, slots=True)
class _Links:
    """Pairs of clusters (first < second) by their smallest numbers, and the sum of likenesses across each."""

    first: NDArray[np.integer]
    second: NDArray[np.integer]
    total: NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class _Clusters:
    """By the smallest number in each: stories, sum of likenesses within, first and last day, sum and number of days."""

    size: Ints
    inside: Floats
    first: Floats
    last: Floats
    days: Floats
    dated: Ints


@dataclass(frozen=True, slots=True)
class _Rule:
    wary: float
    fade: Fade


def _single(stories: int, days: Floats) -> _Clusters:
    dated = ~np.isnan(days)
    return _Clusters(
        np.ones(stories, np.int64),
        np.zeros(stories),
        np.where(dated, days, np.inf),
        np.where(dated, days, -np.inf),
        np.where(dated, days, 0.0),
        dated.astype(np.int64),
    )


def _contracted(clusters: _Clusters, links: _Links, joined: Ints) -> tuple[_Clusters, _Links]:
    """The same with each cluster in the one that `joined` names."""
    number = len(joined)
    one, other = (joined.astype(np.int32)[column] for column in (links.first, links.second))
    within = one == other
    inside = clusters.inside + np.bincount(one[within], links.total[within], minlength=number)
    first, last = np.full(number, np.inf), np.full(number, -np.inf)
    np.minimum.at(first, joined, clusters.first)
    np.maximum.at(last, joined, clusters.last)

    def summed(column: NDArray[np.number]) -> Floats:
        return np.bincount(joined, column, minlength=number).astype(np.float64)

    sizes, dated = summed(clusters.size).astype(np.int64), summed(clusters.dated).astype(np.int64)
    made = _Clusters(sizes, summed(inside), first, last, summed(clusters.days), dated)
    across = ~within
    one, other = one[across].astype(np.int64), other[across]
    keys, place = np.unique(np.minimum(one, other) * number + np.maximum(one, other), return_inverse=True)
    total = np.bincount(place, links.total[across], minlength=len(keys)).astype(np.float64)
    low, high = np.divmod(keys, max(number, 1))
    return made, _Links(low, high, total)


def _joined(clusters: _Clusters, links: _Links, level: float, rule: _Rule) -> Ints:
    """For each cluster the one it joins, itself for most: all joins of a merit of at least `level`."""
    size = clusters.size
    strong = np.empty(len(links.total), dtype=bool)
    for at in range(0, len(strong), _AT_ONCE):
        some = slice(at, at + _AT_ONCE)
        both = size[links.first[some]] * size[links.second[some]]
        strong[some] = links.total[some] >= level * (1 - 1e-12) * both
    part = _parts(len(size), links.first[strong], links.second[strong]).astype(np.int32)
    inside = np.flatnonzero(part[links.first] == part[links.second])
    inside = inside[np.argsort(part[links.first[inside]], kind="stable")]
    joined = np.arange(len(size))
    first, second, total = links.first[inside], links.second[inside], links.total[inside]
    bounds = edges(part[first])
    alone = np.flatnonzero(np.diff(bounds) == 1)
    one = bounds[alone]
    _join_alone(clusters, _Links(first[one], second[one], total[one]), level, rule, joined)
    for at in np.flatnonzero(np.diff(bounds) > 1).tolist():
        some = slice(bounds[at], bounds[at + 1])
        _work_out(clusters, _Links(first[some], second[some], total[some]), level, rule, joined)
    return joined


def _join_alone(clusters: _Clusters, links: _Links, level: float, rule: _Rule, joined: Ints) -> None:
    """Joins parts of two clusters, which most are, all at once: what `_Sparse` does one by one."""
    a, b = links.first, links.second
    size, dated = clusters.size, clusters.dated
    mean = links.total.astype(np.float64) / (size[a] * size[b])
    merit = mean.copy()
    at = np.flatnonzero((dated[a] > 0) & (dated[b] > 0))
    one, other = a[at], b[at]
    ends = np.maximum(clusters.first[other] - clusters.last[one], clusters.first[one] - clusters.last[other])
    middles = np.abs(clusters.days[one] / dated[one] - clusters.days[other] / dated[other])
    merit[at] *= rule.fade((1 - _MIDDLES) * np.maximum(ends, 0.0) + _MIDDLES * middles)
    smaller = np.minimum(size[a], size[b])
    density = (clusters.inside + _USUAL) / (size * (size - 1) / 2 + 1)
    parts, same = _PARTS
    strange = np.clip((same - mean / np.sqrt(density[a] * density[b])) / (same - parts), 0.0, 1.0)
    merit /= smaller ** (rule.wary * strange)
    good = merit >= level
    joined[b[good]] = a[good]


def _parts(number: int, first: NDArray[np.integer], second: NDArray[np.integer]) -> Ints:
    """The smallest number that each can be reached from."""
    label = np.arange(number)
    while True:
        one, other = label[first], label[second]
        apart = one != other
        if not apart.any():
            return label
        first, second = first[apart], second[apart]
        one, other = one[apart], other[apart]
        np.minimum.at(label, np.maximum(one, other), np.minimum(one, other))
        while (label[label] != label).any():
            label = label[label]


def _work_out(clusters: _Clusters, links: _Links, level: float, rule: _Rule, joined: Ints) -> None:
    """Joins what joins within one part; `joined` is told of it."""
    members = np.array(sorted({*links.first.tolist(), *links.second.tolist()}), dtype=np.int64)
    number = len(members)
    full = (
        len(joined) >= FEW and _FULL[0] <= number <= _FULL[1] and len(links.total) >= _DENSE * number * (number - 1) / 2
    )
    part = (_Table if full else _Sparse)(clusters, members, links, rule)
    into = list(range(number))
    for kept, gone in part.join(level):
        into[gone] = kept
    for at, kept in enumerate(into):  # kept is the smaller, so what it is part of is known
        into[at] = into[kept]
    joined[members] = members[into]


class _Sparse:
    """One part, pair by pair. The sums of a cluster stand in the row of the one in it that had most of them, so that
    joining costs no more than the smaller row."""

    def __init__(self, clusters: _Clusters, members: Ints, links: _Links, rule: _Rule) -> None:
        number = len(members)
        self._across: list[dict[int, float]] = [{} for _ in range(number)]  # sums between clusters, by row
        at = {name: place for place, name in enumerate(members.tolist())}
        for one, other, total in zip(links.first.tolist(), links.second.tolist(), links.total.tolist(), strict=True):
            a, b = at[one], at[other]
            self._across[a][b] = self._across[b][a] = total
        self._row = list(range(number))  # of a cluster
        self._name = list(range(number))  # of the cluster that a row is of
        self._changed: list[float] = [0] * number  # the join after which a cluster is as it is; endless for none
        self._size: list[int] = clusters.size[members].tolist()
        self._inside: list[float] = clusters.inside[members].tolist()
        self._first: list[float] = clusters.first[members].tolist()
        self._last: list[float] = clusters.last[members].tolist()
        self._days: list[float] = clusters.days[members].tolist()
        self._dated: list[int] = clusters.dated[members].tolist()
        self._middle = [days / dated if dated else nan for days, dated in zip(self._days, self._dated, strict=True)]
        self._density = [
            _density(size, inside) if size > 1 else _ALONE
            for size, inside in zip(self._size, self._inside, strict=True)
        ]
        self._wary = rule.wary
        self._fade = rule.fade

    def join(self, least: float) -> Iterator[tuple[int, int]]:
        """Joins while there is a merit of `least`: (what is kept, what becomes part of it)."""
        changed = self._changed
        queue = [(-merit, a, b, 0) for a in range(len(changed)) for b, merit in self._merits(a, least, a)]
        heapq.heapify(queue)
        joins = 0
        while queue:
            _, a, b, after = heapq.heappop(queue)
            if changed[a] > after or changed[b] > after:
                continue  # one of them has been joined to another cluster since
            self._become_one(a, b)
            joins += 1
            changed[a], changed[b] = joins, inf
            yield a, b
            for other, merit in self._merits(a, least):
                heapq.heappush(queue, (-merit, a, other, joins) if a < other else (-merit, other, a, joins))

    def _merits(self, a: int, least: float, above: int = -1) -> Iterator[tuple[int, float]]:
        """Clusters, of those above some number, whose merit with this one is at least `least`."""
        name, sizes, dated, first, last, middle = (
            *(self._name, self._size, self._dated, self._first, self._last, self._middle),
        )
        mine, begin, end, centre, known = sizes[a], first[a], last[a], middle[a], dated[a]
        for row, total in self._across[self._row[a]].items():
            b = name[row]
            if b <= above:
                continue
            size = sizes[b]
            merit = mean = total / (mine * size)
            if mean >= least and known and dated[b]:
                ends = max(0.0, first[b] - end, begin - last[b])
                merit *= self._fade((1 - _MIDDLES) * ends + _MIDDLES * abs(centre - middle[b]))
            if merit >= least and (smaller := min(mine, size)) > 1 and self._wary:
                merit /= smaller ** (self._wary * self._strange(mean, a, b))
            if merit >= least:
                yield b, merit

    def _become_one(self, a: int, b: int) -> None:
        """Makes b part of a."""
        kept, gone = self._row[a], self._row[b]
        between = self._across[kept].pop(gone)
        del self._across[gone][kept]
        self._inside[a] += self._inside[b] + between
        self._size[a] += self._size[b]
        self._first[a] = min(self._first[a], self._first[b])
        self._last[a] = max(self._last[a], self._last[b])
        self._days[a] += self._days[b]
        self._dated[a] += self._dated[b]
        self._middle[a] = self._days[a] / self._dated[a] if self._dated[a] else nan
        self._density[a] = _density(self._size[a], self._inside[a])
        if len(self._across[kept]) < len(self._across[gone]):
            kept, gone = gone, kept
        large, small = self._across[kept], self._across[gone]
        for other, total in small.items():
            row = self._across[other]
            del row[gone]
            large[other] = row[kept] = large.get(other, 0.0) + total
        self._across[gone] = {}
        self._row[a], self._name[kept] = kept, a

    def _strange(self, mean: float, a: int, b: int) -> float:
        """0 where two clusters look like parts of one, 1 where they do not."""
        parts, same = _PARTS
        share = mean / sqrt(self._density[a] * self._density[b])
        return min(1.0, max(0.0, (same - share) / (same - parts)))


def _density(stories: int, inside: float) -> float:
    """Mean likeness within."""
    return (inside + _USUAL) / (stories * (stories - 1) / 2 + 1)


_ALONE = _density(1, 0.0)


class _Table:
    """The same with a full table of sums and merits, for a part in which many pairs are there."""

    def __init__(self, clusters: _Clusters, members: Ints, links: _Links, rule: _Rule) -> None:
        number = len(members)
        self._across = np.zeros((number, number))
        first, second = np.searchsorted(members, links.first), np.searchsorted(members, links.second)
        self._across[first, second] = self._across[second, first] = links.total
        self._stands = np.ones(number, dtype=bool)
        self._size = clusters.size[members].astype(np.float64)
        self._inside = clusters.inside[members]
        self._first = clusters.first[members]
        self._last = clusters.last[members]
        self._days = clusters.days[members]
        self._dated = clusters.dated[members].astype(np.float64)
        self._rule = rule
        self._faded = bool(self._dated.any())
        strip = max(1, _CELLS // number)
        self._merits = np.concatenate([self._merit(slice(at, at + strip)) for at in range(0, number, strip)])

    def join(self, least: float) -> Iterator[tuple[int, int]]:
        merits = self._merits
        like = merits.argmax(axis=1)
        best = merits[np.arange(len(like)), like]
        while best[a := int(best.argmax())] >= least:
            b = int(like[a])  # a is the smaller: of equals the first is taken
            self._become_one(a, b)
            yield a, b
            row = self._merit(a)
            merits[a] = merits[:, a] = row
            merits[b] = merits[:, b] = -1.0
            better = (row > best) | ((row == best) & (a < like))
            best[better], like[better] = row[better], a
            stale = np.flatnonzero((like == b) | ((like == a) & ~better))
            stale = np.append(stale[(stale != a) & (stale != b)], a)
            like[stale] = merits[stale].argmax(axis=1)
            best[stale] = merits[stale, like[stale]]
            best[b] = -1.0

    def _become_one(self, a: int, b: int) -> None:
        self._inside[a] += self._inside[b] + self._across[a, b]
        self._across[a] += self._across[b]
        self._across[a, a] = 0.0
        self._across[:, a] = self._across[a]
        self._across[b] = self._across[:, b] = 0.0
        self._stands[b] = False
        self._size[a] += self._size[b]
        self._first[a] = min(self._first[a], self._first[b])
        self._last[a] = max(self._last[a], self._last[b])
        self._days[a] += self._days[b]
        self._dated[a] += self._dated[b]

    def _merit(self, a: int | slice) -> Floats:
        """Of one cluster, or of each, with all; -1 with those that are nothing like it."""
        size, mine = self._size, _column(self._size, a)
        mean = self._across[a] / (mine * size)
        merit: Floats = mean * self._left(a) if self._faded else mean.copy()
        if self._rule.wary and (mine > 1).any():
            smaller = np.minimum(size, mine)
            merit /= smaller ** (self._rule.wary * self._strange(mean, a))
        merit[mean <= 0] = -1.0
        return merit

    def _left(self, a: int | slice) -> Floats:
        """What the days between leave."""
        first, last, days, number = (_column(c, a) for c in (self._first, self._last, self._days, self._dated))
        ends = np.maximum(np.maximum(self._first - last, first - self._last), 0.0)
        dated = (self._dated > 0) & (number > 0)
        middles = np.abs(self._days / np.maximum(self._dated, 1) - days / np.maximum(number, 1))
        apart = np.where(dated, (1 - _MIDDLES) * np.where(dated, ends, 0.0) + _MIDDLES * middles, 0.0)
        left: Floats = np.where(dated, self._rule.fade(apart), 1.0)
        return left

    def _strange(self, mean: Floats, a: int | slice) -> Floats:
        parts, same = _PARTS
        pairs = self._size * (self._size - 1) / 2
        density = (self._inside + _USUAL) / (pairs + 1)
        share = mean / np.sqrt(density * _column(density, a))
        strange: Floats = np.clip((same - share) / (same - parts), 0.0, 1.0)
        return strange


def _column(each: Floats, a: int | slice) -> Floats:
    """That of one cluster, or of each beside what it has with all."""
    column: Floats = each[a]
    return column if isinstance(a, int) else column[:, None]
