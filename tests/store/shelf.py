"""Stands in for the archive where stories are grouped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from store.model import EventId, Placement, Story, StoryId


class Kept(dict[StoryId, bytes]):
    """Traits, as the archive keeps them."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def moment(self) -> int:
        return 0

    def keep(self, traits: Iterable[tuple[StoryId, bytes]], read_at: int) -> None:
        self.update(traits)

    def of(self, ids: Iterable[StoryId] | None = None) -> Iterator[tuple[StoryId, bytes | None]]:
        wanted = list(self.shelf.texts if ids is None else ids)
        self.shelf.looked |= set(wanted)
        return ((story, self.get(story)) for story in wanted)


@dataclass
class Shelf:
    """Where stories stand; every text that was asked for is in `looked`."""

    texts: dict[StoryId, Story] = field(default_factory=dict)
    placed: dict[StoryId, Placement] = field(default_factory=dict)
    events: dict[EventId, dict[StoryId, None]] = field(default_factory=dict)
    looked: set[StoryId] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.traits = Kept(self)

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
        new = {s.id: s for s in stories}
        self.texts |= new
        for story in new:
            self.traits.pop(story, None)

    def place(self, placements: Iterable[Placement]) -> None:
        for placement in placements:
            if old := self.placed.get(placement.story):
                del self.events[old.event][placement.story]
            self.placed[placement.story] = placement
            self.events.setdefault(placement.event, {})[placement.story] = None
