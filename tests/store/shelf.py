"""Stands in for the archive where stories are grouped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from store.model import EventId, Placement, Story, StoryId


@dataclass
class Shelf:
    """Where stories stand; every text that was asked for is in `looked`."""

    texts: dict[StoryId, Story] = field(default_factory=dict)
    placed: dict[StoryId, Placement] = field(default_factory=dict)
    events: dict[EventId, dict[StoryId, None]] = field(default_factory=dict)
    looked: set[StoryId] = field(default_factory=set)

    def stories(self, ids: Iterable[StoryId] | None = None) -> list[Story]:
        wanted = list(self.texts if ids is None else ids)
        self.looked |= set(wanted)
        return [self.texts[s] for s in wanted]

    def placements(self, ids: Iterable[StoryId]) -> Mapping[StoryId, Placement]:
        return {s: self.placed[s] for s in ids if s in self.placed}

    def members(self, event: EventId) -> tuple[StoryId, ...]:
        return tuple(self.events.get(event, ()))

    def event_of(self) -> Mapping[StoryId, EventId]:
        return {s: p.event for s, p in self.placed.items()}

    def put(self, stories: Iterable[Story]) -> None:
        self.texts |= {s.id: s for s in stories}

    def place(self, placements: Iterable[Placement]) -> None:
        for placement in placements:
            if old := self.placed.get(placement.story):
                del self.events[old.event][placement.story]
            self.placed[placement.story] = placement
            self.events.setdefault(placement.event, {})[placement.story] = None
