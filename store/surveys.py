"""What the sheets ask of a library: an event's stories compared, a storyline by day. The library calls it."""

from __future__ import annotations

from collections.abc import Mapping

from store.archive import Archive
from store.archive.skeleton import Layout
from store.errors import UnknownStory
from store.model import Event, EventId, StoryId, StorylineId
from store.sheets import Differences, Timeline

_COMPARED = 60  # stories of an event; the newest and the oldest of more


def event(archive: Archive, given: str) -> Event:
    """The event with this id, or that of the story whose id begins so. Raises UnknownStory."""
    found = _event(archive, EventId(given.strip()))
    if found is None:
        story = archive.find(given)
        placed = archive.placements([story])
        found = _event(archive, placed[story].event if story in placed else EventId(story))
    if found is None:
        raise UnknownStory(f"No event and no story has an id that begins with {given!r}.")
    return found


def differences(archive: Archive, given: str) -> Differences:
    """The stories of an event compared: under 2 s for 60 stories, and of more so many are read."""
    from store.summary import differences as comparing

    chosen = event(archive, given)
    ids = [story.id for story in chosen.stories]
    half = _COMPARED // 2
    kept = ids if len(ids) <= _COMPARED else [*ids[:half], *ids[-half:]]
    found = {story.id: story for story in archive.stories(kept)}
    return comparing.compare(chosen.headline, [found[i] for i in kept if i in found], _origins(chosen))


def storyline(archive: Archive, given: str) -> Timeline:
    """The days of the storyline that an event, or a story's, is part of."""
    from store.timeline import timeline

    events = archive.lists.events_of(StorylineId(given.strip()))
    if events:
        return timeline(events[-1].headline, events)
    chosen = event(archive, given)
    return timeline(chosen.headline, archive.lists.events_of(chosen.storyline) or (chosen,))


def _event(archive: Archive, ident: EventId) -> Event | None:
    units = list(archive.lists.unit_numbers(Layout.EVENTS, [ident]).values())
    return next((entry.event for entry in archive.lists.shelved(Layout.EVENTS, units).values()), None)


def _origins(chosen: Event) -> Mapping[StoryId, str]:
    return {s.id: s.origin or s.head.agency or s.head.source or "" for s in chosen.stories}
