"""Average-linkage clustering of a sparse set of likenesses: a pair that is not there counts as 0."""

from __future__ import annotations

import heapq
from collections.abc import Iterable


def average(
    stories: int, likenesses: Iterable[tuple[int, int, float]], *, least: float, wary: float = 0.0
) -> list[int]:
    """A label for each of `stories`: the smallest number in its cluster.

    Joins the two clusters with the highest mean likeness over all pairs across, while that is at least `least`;
    equals are joined in the order of their smallest numbers, so the numbering alone decides ties. The mean is divided
    by (stories in the smaller cluster) ** wary: a story finds its cluster easily, two clusters become one with effort.
    O(p log p) for p pairs, as long as clusters stay small beside the collection.
    """
    sums: dict[int, dict[int, float]] = {}
    for first, second, likeness in likenesses:
        sums.setdefault(first, {})[second] = likeness
        sums.setdefault(second, {})[first] = likeness
    size = [1] * stories
    parent = list(range(stories))

    def merit(a: int, b: int) -> float:
        return sums[a][b] / (size[a] * size[b] * float(min(size[a], size[b]) ** wary))

    queue = [(-s, a, b) for a, row in sums.items() for b, s in row.items() if a < b and s >= least]
    heapq.heapify(queue)
    while queue:
        negative, a, b = heapq.heappop(queue)
        if parent[a] != a or parent[b] != b or -negative != merit(a, b):
            continue  # one of them has been joined to another cluster since
        parent[b] = a
        size[a] += size[b]
        _join(sums, a, b)
        for other in sums[a]:
            if (likely := merit(a, other)) >= least:
                heapq.heappush(queue, (-likely, min(a, other), max(a, other)))
    return [_root(parent, story) for story in range(stories)]


def _join(sums: dict[int, dict[int, float]], a: int, b: int) -> None:
    """Adds b's sums to a's. The larger row is kept, so that a growing cluster is not copied at every step."""
    del sums[a][b], sums[b][a]
    small, large = sorted((sums[a], sums.pop(b)), key=len)
    for other, total in small.items():
        large[other] = large.get(other, 0.0) + total
    sums[a] = large
    for other, total in large.items():
        sums[other].pop(b, None)
        sums[other][a] = total


def _root(parent: list[int], story: int) -> int:
    while parent[story] != story:
        parent[story] = parent[parent[story]]
        story = parent[story]
    return story
