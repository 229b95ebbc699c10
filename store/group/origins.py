"""Whose copy a story runs, and who reported first what it tells: stories of one origin confirm each other no more than
one story would."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from store.group import sources
from store.group.compare import Evidence, copies
from store.group.near import CONTAINED
from store.group.traits import Traits
from store.model import Story, StoryId

MERELY = 0.5  # share of a story's shingles in another's text from which on it reports nothing of its own


@dataclass(frozen=True, slots=True)
class Source:
    """What a story says of its own origin: the agency or outlet it has its report from, and its own name."""

    credited: str | None = None
    own: str | None = None

    @property
    def wire(self) -> bool:
        """Whether an agency itself publishes the story."""
        return self.own is not None and sources.agency(self.own)


def read(story: Story) -> Source:
    own = sources.own_name(story)
    return Source(own if own and sources.agency(own) else sources.credited(story), own)


def originals(
    stories: Sequence[Traits],
    evidence: Evidence,
    events: Sequence[int],
    said: Mapping[StoryId, Source] = MappingProxyType({}),
) -> dict[int, int]:
    """Story -> the first of its event whose text it runs, whole, cut or reworked; stories that copy nobody are absent.

    Earlier is by date; on one day, or where the dates tell nothing, an agency's own piece, else the longer: a cut copy
    is shorter than what it was cut from.
    """
    wires = {story for story, source in said.items() if source.wire}
    found: dict[int, int] = {}
    for pair in _pairs(evidence, events):
        original, copy = sorted(pair, key=lambda n: _rank(stories[n], wires, undated=_undated(stories, pair)))
        if copy not in found or _rank(stories[original], wires) < _rank(stories[found[copy]], wires):
            found[copy] = original
    return found


def named(
    stories: Sequence[Traits], said: Mapping[StoryId, Source], evidence: Evidence, events: Sequence[int]
) -> list[str]:
    """The origin of each story: the agency or outlet that it, or the text it merely copies, is credited to; else its
    own outlet. Copies that name nobody share the id of the first of them; one that copies nobody gets "".
    """
    leader = _leaders(stories, evidence, events)
    members: dict[int, list[int]] = defaultdict(list)
    for number in sorted(range(len(stories)), key=lambda n: _rank(stories[n])):
        members[leader[number]].append(number)
    names = [""] * len(stories)
    for copied in members.values():
        told = [said.get(stories[n].story, Source()) for n in copied]
        name = next((s.credited for s in told if s.credited), None) or next((s.own for s in told if s.own), None)
        for number in copied:
            names[number] = name or (stories[copied[0]].story if len(copied) > 1 else "")
    return _spelt_alike(names, events)


def _leaders(stories: Sequence[Traits], evidence: Evidence, events: Sequence[int]) -> list[int]:
    """A label for each story, the same for all that are made of one text."""
    parent = list(range(len(stories)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for one, other in _pairs(evidence, events):
        if _share(stories[one], stories[other]) >= MERELY:
            first, last = sorted((root(one), root(other)))
            parent[last] = first
    return [root(number) for number in range(len(stories))]


def _share(one: Traits, other: Traits) -> float:
    """How much of the later of both is in the earlier; where dates tell nothing, of the shorter in the longer."""
    copy = max((one, other), key=lambda s: _rank(s, undated=one.day is None or other.day is None))
    both = np.intersect1d(one.shingles, other.shingles, assume_unique=True)
    return len(both) / max(len(copy.shingles), 1)


def _spelt_alike(names: Sequence[str], events: Sequence[int]) -> list[str]:
    """One spelling of a name an event: that of its first story."""
    spelt: dict[tuple[int, str], str] = {}
    return [spelt.setdefault((event, sources.same(n)), n) if n else n for n, event in zip(names, events, strict=True)]


def _pairs(evidence: Evidence, events: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of one event of which one runs the other's text."""
    at = np.flatnonzero(copies(evidence) >= CONTAINED)
    found = zip(evidence.first[at].tolist(), evidence.second[at].tolist(), strict=True)
    return [(one, other) for one, other in found if events[one] == events[other]]


def _undated(stories: Sequence[Traits], pair: tuple[int, int]) -> bool:
    return any(stories[n].day is None for n in pair)


def _rank(story: Traits, wires: Collection[StoryId] = (), *, undated: bool = False) -> tuple[int, bool, int, str]:
    """Originals first. The hour counts for nothing: a page's clock tells when it was put up."""
    day = 0 if undated or story.day is None else story.day
    return (day, story.story not in wires, -len(story.shingles), story.story)
