"""Evidence that has to be looked up pair by pair: counts, leading names and cited dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

import numpy as np

from store.group.dates import CALENDAR
from store.group.traits import Traits
from store.group.vectors import Floats, Ints, Vectors, background, runs

_LEADING = 5  # names
_COMMON = 0.2  # a noun in more stories than this is counted everywhere
_LONG = 16  # holders of a sign for each story asked about, from where it is quicker to look each story up

Counts = Mapping[str, set[str]]
Names = Sequence[tuple[float, str]]


def columns(
    stories: Sequence[Traits], vector: Vectors, first: Ints, second: Ints
) -> tuple[Floats, Floats, Floats, Floats]:
    """agree, conflict, names and cited of compare.Evidence for each pair."""
    counts = [_counts(story) for story in stories]
    agree, both, cited = np.zeros(len(first)), np.zeros(len(first)), np.zeros(len(first))
    nouns, numbers = _Holders(counts), _Holders([(n, each) for n in c for each in c[n]] for c in counts)
    dates = _Holders(story.cited for story in stories)
    place = np.full(len(stories), -1, dtype=np.int64)
    for story, begin, end in runs(first):
        others = second[begin:end]
        place[others] = np.arange(begin, end)
        for noun in counts[story]:
            both[nouns.among(noun, others, place)] += 1
            alike = [numbers.among((noun, each), others, place) for each in counts[story][noun]]
            agree[alike[0] if len(alike) == 1 else np.unique(np.concatenate(alike))] += 1
        for date in stories[story].cited:
            cited[dates.among(date, others, place)] += 1
        place[others] = -1
    return agree, both - agree, _named(stories, vector, first, second), cited


class _Holders:
    """Which stories hold each sign."""

    def __init__(self, held: Iterable[Iterable[Hashable]]) -> None:
        lists: dict[Hashable, list[int]] = defaultdict(list)
        for story, signs in enumerate(held):
            for sign in signs:
                lists[sign].append(story)
        self._holders = {sign: np.array(some, dtype=np.int64) for sign, some in lists.items() if len(some) > 1}

    def among(self, sign: Hashable, others: Ints, place: Ints) -> Ints:
        """The places of those of the others (sorted) that hold it; place is -1 for all stories but them."""
        holders = self._holders.get(sign)
        if holders is None:
            return _NOBODY
        if len(holders) > _LONG * len(others):
            at = np.minimum(np.searchsorted(holders, others), len(holders) - 1)
            found: Ints = place[others[holders[at] == others]]
            return found
        places = place[holders]
        return places[places >= 0]


_NOBODY: Ints = np.empty(0, dtype=np.int64)


def _counts(story: Traits) -> Counts:
    """Noun -> the numbers of it that a story gives: {"pirate": {"23"}}."""
    counts: dict[str, set[str]] = defaultdict(set)
    for phrase in story.numbers:
        number, noun = phrase.split(" ", 1)
        if background().get(noun, 0.0) < _COMMON:
            counts[noun].add(number)
    return counts


def _leading(story: Traits, vector: Vectors) -> Names:
    """The names a story is about, heaviest first."""
    names = [(story.terms.get(n, 1) ** 0.5 * vector.weight(n), n) for n in story.names if n not in CALENDAR]
    return sorted(names, reverse=True)[:_LEADING]


def _named(stories: Sequence[Traits], vector: Vectors, first: Ints, second: Ints) -> Floats:
    """The larger share, by weight, of the leading names of one that the other has; nan if neither names anybody."""
    leading = [_leading(story, vector) for story in stories]
    wanted = {name for leads in leading for _, name in leads}
    holders = _Holders((term for term in story.terms if term in wanted) for story in stories)
    order = np.argsort(second, kind="stable")
    back = np.empty(len(first))
    back[order] = _shares(leading, holders, second[order], first[order])
    shares: Floats = np.fmax(_shares(leading, holders, first, second), back)
    return shares


def _shares(leading: Sequence[Names], holders: _Holders, one: Ints, other: Ints) -> Floats:
    """What the second of each pair has of the leading names of the first, which is sorted; nan if that has none."""
    shares = np.zeros(len(one))
    place = np.full(len(leading), -1, dtype=np.int64)
    for story, begin, end in runs(one):
        others = other[begin:end]
        place[others] = np.arange(begin, end)
        for weight, name in leading[story]:
            shares[holders.among(name, others, place)] += weight
        total = sum(weight for weight, _ in leading[story])
        shares[begin:end] = shares[begin:end] / total if total else np.nan
        place[others] = -1
    return shares
