"""Evidence that has to be looked up pair by pair: counts, leading names and cited dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from store.group.dates import CALENDAR
from store.group.traits import Traits
from store.group.vectors import Floats, Ints, Vectors, background

_LEADING = 5  # names
_COMMON = 0.2  # a noun in more stories than this is counted everywhere

Counts = Mapping[str, set[str]]
Names = Sequence[tuple[float, str]]


def columns(
    stories: Sequence[Traits], vector: Vectors, first: Ints, second: Ints
) -> tuple[Floats, Floats, Floats, Floats]:
    """agree, conflict, names and cited of compare.Evidence for each pair."""
    counts = [_counts(story) for story in stories]
    leading = [_leading(story, vector) for story in stories]
    table = np.zeros((4, len(first)))
    for at, (a, b) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        one, other = stories[a], stories[b]
        if counts[a] and counts[b]:
            table[0, at], table[1, at] = _counted(counts[a], counts[b])
        table[2, at] = _named(leading[a], leading[b], one, other)
        if one.cited and other.cited:
            table[3, at] = len(one.cited & other.cited)
    return table[0], table[1], table[2], table[3]


def _counts(story: Traits) -> Counts:
    """Noun -> the numbers of it that a story gives: {"pirate": {"23"}}."""
    counts: dict[str, set[str]] = defaultdict(set)
    for phrase in story.numbers:
        number, noun = phrase.split(" ", 1)
        if background().get(noun, 0.0) < _COMMON:
            counts[noun].add(number)
    return counts


def _counted(one: Counts, other: Counts) -> tuple[int, int]:
    """Nouns counted alike and nouns counted differently."""
    both = one.keys() & other.keys()
    alike = sum(not one[noun].isdisjoint(other[noun]) for noun in both)
    return alike, len(both) - alike


def _leading(story: Traits, vector: Vectors) -> Names:
    """The names a story is about, heaviest first."""
    names = [(story.terms.get(n, 1) ** 0.5 * vector.weight(n), n) for n in story.names if n not in CALENDAR]
    return sorted(names, reverse=True)[:_LEADING]


def _named(one_leads: Names, other_leads: Names, one: Traits, other: Traits) -> float:
    """The larger share, by weight, of the leading names of one that the other has; nan if neither names anybody."""
    shares = [
        sum(weight for weight, name in leads if name in terms) / total
        for leads, terms in ((one_leads, other.terms), (other_leads, one.terms))
        if (total := sum(weight for weight, _ in leads))
    ]
    return max(shares, default=float("nan"))
