"""Whose copy a story runs, and who reported first what it tells: stories of one origin confirm each other no more than
one story would."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

import numpy as np

from store.group import sources
from store.group.columns import Columns
from store.group.compare import Pairs
from store.group.credits import Source
from store.group.near import CONTAINED
from store.group.rows import overlap

MERELY = 0.5  # share of a story's shingles in another's text from which on it reports nothing of its own


def originals(stories: Columns, pairs: Pairs, events: Sequence[int], said: Sequence[Source]) -> dict[int, int]:
    """Story -> the first of its event whose text it runs, whole, cut or reworked; stories that copy nobody are absent.

    Earlier is by date; on one day, or where the dates tell nothing, an agency's own piece, else the longer: a cut copy
    is shorter than what it was cut from.
    """
    rank = Ranks(stories, {number for number, source in enumerate(said) if source.wire})
    found: dict[int, int] = {}
    for one, other in _pairs(pairs, events):
        undated = bool(np.isnan(stories.day[one]) or np.isnan(stories.day[other]))
        original, copy = sorted((one, other), key=lambda n: rank(n, undated=undated))
        if copy not in found or rank(original) < rank(found[copy]):
            found[copy] = original
    return found


def named(stories: Columns, said: Sequence[Source], pairs: Pairs, events: Sequence[int]) -> list[str]:
    """The origin of each story: the agency or outlet that it, or the text it merely copies, is credited to; else its
    own outlet. Copies that name nobody share the id of the first of them; one that copies nobody gets "".
    """
    rank = Ranks(stories)
    leader = _leaders(stories, pairs, events, rank)
    members: dict[int, list[int]] = defaultdict(list)
    for number in sorted(range(len(stories)), key=rank):
        members[leader[number]].append(number)
    names = [""] * len(stories)
    for copied in members.values():
        told = [said[n] for n in copied]
        name = next((s.credited for s in told if s.credited), None) or next((s.own for s in told if s.own), None)
        for number in copied:
            names[number] = name or (stories.ids[copied[0]] if len(copied) > 1 else "")
    return _spelt_alike(names, events)


def _leaders(stories: Columns, pairs: Pairs, events: Sequence[int], rank: Ranks) -> list[int]:
    """A label for each story, the same for all that are made of one text."""
    parent = list(range(len(stories)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    copies = _pairs(pairs, events)
    for (one, other), share in zip(copies, _shares(stories, copies, rank), strict=True):
        if share >= MERELY:
            first, last = sorted((root(one), root(other)))
            parent[last] = first
    return [root(number) for number in range(len(stories))]


def _shares(stories: Columns, copies: Sequence[tuple[int, int]], rank: Ranks) -> list[float]:
    """How much of the later of both is in the earlier; where dates tell nothing, of the shorter in the longer."""
    if not copies:
        return []
    day = stories.day
    late = [max(pair, key=lambda n: rank(n, undated=bool(np.isnan(day[[*pair]]).any()))) for pair in copies]
    first, second = np.array(copies, dtype=np.int64).T
    both = overlap(stories.shingles.start, stories.shingles.held, first, second)
    shares: list[float] = (both / np.maximum(np.diff(stories.shingles.start)[late], 1)).tolist()
    return shares


def _spelt_alike(names: Sequence[str], events: Sequence[int]) -> list[str]:
    """One spelling of a name an event: that of its first story."""
    spelt: dict[tuple[int, str], str] = {}
    return [spelt.setdefault((event, sources.same(n)), n) if n else n for n, event in zip(names, events, strict=True)]


def _pairs(pairs: Pairs, events: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of one event of which one runs the other's text."""
    at = np.flatnonzero(pairs.copied >= np.float32(CONTAINED))
    found = zip(pairs.first[at].tolist(), pairs.second[at].tolist(), strict=True)
    return [(one, other) for one, other in found if events[one] == events[other]]


class Ranks:
    """Originals first. The hour counts for nothing: a page's clock tells when it was put up."""

    def __init__(self, stories: Columns, wires: Collection[int] = ()) -> None:
        self._day = np.nan_to_num(stories.day).astype(np.int64).tolist()
        self._length = np.diff(stories.shingles.start).tolist()
        self._ids = stories.ids
        self._wires = wires

    def __call__(self, number: int, *, undated: bool = False) -> tuple[int, bool, int, str]:
        day = 0 if undated else self._day[number]
        return (day, number not in self._wires, -self._length[number], self._ids[number])
