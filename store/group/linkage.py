"""Average-linkage clustering of a sparse set of likenesses: a pair that is not there counts as 0."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import inf, sqrt

Row = dict[int, float]

# The mean likeness inside a cluster is taken as if one more pair were in it, this much alike: what one pair tells of a
# cluster is little. 0.15 to 0.3 measured within 0.003 B3 F1.
_USUAL = 0.2
# Where the mean across two clusters is this share of the means inside them they look like parts of one: from the first
# on wariness fades, at the second it is gone. Without this an event of 500 stories falls into 58; between 0.4 and 1.0
# the mean B3 F1 of four labelled sets moves by 0.007, the more cautious pair being better.
_PARTS = (0.5, 0.9)
_MIDDLES = 0.3  # how much the days between the middles of two clusters count, beside those between their nearest ends


def average(
    stories: int,
    likenesses: Iterable[tuple[int, int, float]],
    *,
    least: float,
    wary: float = 0.0,
    days: Sequence[float | None] = (),
    fade: Callable[[float], float] = lambda _: 1.0,
) -> list[int]:
    """A label for each of `stories`: the smallest number in its cluster.

    Joins the two clusters of highest merit while that is at least `least`; equals are joined in the order of their
    smallest numbers, so the numbering alone decides ties. Merit is the mean likeness over all pairs across, times what
    `fade` leaves of it for the days between the clusters (where both have dated stories), divided by
    (stories in the smaller cluster) ** wary: a story finds its cluster easily, two clusters become one with effort,
    unless they are as like each other as each is in itself, as the parts of a large event are.
    O(p log p) for p pairs, as long as clusters stay small beside the collection.
    """
    clusters = _Clusters(stories, likenesses, wary=wary, days=days, fade=fade)
    queue = [(-merit, a, b) for a, b, merit in clusters.pairs(least)]
    heapq.heapify(queue)
    while queue:
        negative, a, b = heapq.heappop(queue)
        if not clusters.stands(a, b) or -negative != clusters.merit(a, b):
            continue  # one of them has been joined to another cluster since
        clusters.join(a, b)
        for other, merit in clusters.merits(a, least):
            heapq.heappush(queue, (-merit, a, other) if a < other else (-merit, other, a))
    return clusters.labels()


class _Clusters:
    """The state of one clustering. A cluster goes by the smallest number in it; its sums stand in the row of the part
    that had most of them, so that joining costs no more than the smaller row."""

    def __init__(
        self,
        stories: int,
        likenesses: Iterable[tuple[int, int, float]],
        *,
        wary: float,
        days: Sequence[float | None],
        fade: Callable[[float], float],
    ) -> None:
        self._across: list[Row] = [{} for _ in range(stories)]  # sums of likenesses between clusters, by row
        for a, b, likeness in likenesses:
            self._across[a][b] = self._across[b][a] = likeness
        self._row = list(range(stories))  # of a cluster
        self._name = list(range(stories))  # of the cluster that a row is of
        self._size = [1] * stories
        self._inside = [0.0] * stories  # sums of likenesses within
        self._parent = list(range(stories))
        self._wary = wary
        self._fade = fade
        self._first = [inf if day is None else float(day) for day in days] or [inf] * stories
        self._last = [-inf if day is None else float(day) for day in days] or [-inf] * stories
        self._sum = [float(day or 0) for day in days] or [0.0] * stories
        self._dated = [int(day is not None) for day in days] or [0] * stories

    def pairs(self, least: float) -> Iterator[tuple[int, int, float]]:
        """Those of a merit of at least `least`, before anything is joined."""
        for a, row in enumerate(self._across):
            for b, mean in row.items():  # merit is no higher than the mean
                if a < b and mean >= least and (merit := self.merit(a, b)) >= least:
                    yield a, b, merit

    def stands(self, a: int, b: int) -> bool:
        return self._parent[a] == a and self._parent[b] == b

    def merits(self, a: int, least: float) -> Iterator[tuple[int, float]]:
        """Clusters whose merit with this one is at least `least`."""
        size, name = self._size, self._name
        mine = size[a]
        for row, total in self._across[self._row[a]].items():
            other = name[row]
            if total / (mine * size[other]) >= least and (merit := self.merit(a, other)) >= least:
                yield other, merit

    def merit(self, a: int, b: int) -> float:
        mean = self._across[self._row[a]][self._row[b]] / (self._size[a] * self._size[b])
        merit = mean * self._fade(self._apart(a, b)) if self._dated[a] and self._dated[b] else mean
        smaller = min(self._size[a], self._size[b])
        if smaller > 1 and self._wary:
            merit /= smaller ** (self._wary * self._strange(mean, a, b))
        return merit

    def join(self, a: int, b: int) -> None:
        """Makes b part of a."""
        kept, gone = self._row[a], self._row[b]
        between = self._across[kept].pop(gone)
        del self._across[gone][kept]
        self._parent[b] = a
        self._inside[a] += self._inside[b] + between
        self._size[a] += self._size[b]
        self._first[a] = min(self._first[a], self._first[b])
        self._last[a] = max(self._last[a], self._last[b])
        self._sum[a] += self._sum[b]
        self._dated[a] += self._dated[b]
        if len(self._across[kept]) < len(self._across[gone]):
            kept, gone = gone, kept
        large, small = self._across[kept], self._across[gone]
        for other, total in small.items():
            row = self._across[other]
            del row[gone]
            large[other] = row[kept] = large.get(other, 0.0) + total
        self._across[gone] = {}
        self._row[a], self._name[kept] = kept, a

    def labels(self) -> list[int]:
        return [self._root(story) for story in range(len(self._parent))]

    def _root(self, story: int) -> int:
        while self._parent[story] != story:
            self._parent[story] = self._parent[self._parent[story]]
            story = self._parent[story]
        return story

    def _apart(self, a: int, b: int) -> float:
        """Days between two clusters."""
        ends = max(0.0, self._first[b] - self._last[a], self._first[a] - self._last[b])
        middles = abs(self._sum[a] / self._dated[a] - self._sum[b] / self._dated[b])
        return (1 - _MIDDLES) * ends + _MIDDLES * middles

    def _strange(self, mean: float, a: int, b: int) -> float:
        """0 where two clusters look like parts of one, 1 where they do not."""
        parts, same = _PARTS
        share = mean / sqrt(self._density(a) * self._density(b))
        return min(1.0, max(0.0, (same - share) / (same - parts)))

    def _density(self, a: int) -> float:
        """Mean likeness within."""
        pairs = self._size[a] * (self._size[a] - 1) / 2
        return (self._inside[a] + _USUAL) / (pairs + 1)
