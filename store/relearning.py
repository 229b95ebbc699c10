"""Learning as stories come: where an outlet's stories were put into one event by the lines they repeat, those lines are
learned at once, and the stories read without them. What else an outlet repeats waits for `rebuild`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from store.adding import ReadingFailed, read
from store.archive import Archive
from store.archive.furniture import Recurring
from store.archive.skeleton import Layout
from store.learning import FEWEST, Lines, recurring
from store.marks import Marks
from store.model import Story, StoryId

_MOST = 40  # stories of one outlet in one event that are looked at: furniture is in all of them


def stories_parted(archive: Archive, marks: Marks, new: Iterable[StoryId]) -> tuple[StoryId, ...]:
    """Reads the stories anew that furniture alone put beside the new ones; to be grouped again. Mostly none."""
    parted: list[StoryId] = []
    for outlet, some in _together(archive, list(new)):
        stories = list(archive.stories(some))
        known = {line.key for line in archive.furniture.of(outlet)}
        lines = [line for line in recurring(outlet, stories) if line.key not in known]
        if lines:
            parted += _parted(archive, marks, stories, lines)
    return tuple(parted)


def _together(archive: Archive, new: Sequence[StoryId]) -> Iterator[tuple[str, list[StoryId]]]:
    """Three or more stories of one outlet, one of them new, that stand in one event."""
    placed = archive.placements(new)
    numbers = archive.furniture.repeating(dict.fromkeys(p.event for p in placed.values()), FEWEST)
    for shelved in archive.lists.shelved(Layout.EVENTS, numbers).values():
        by_outlet: dict[str, list[StoryId]] = defaultdict(list)
        for story in shelved.event.stories:
            by_outlet[story.head.source or ""].append(story.id)
        for outlet, some in by_outlet.items():
            if outlet and len(some) >= FEWEST and not placed.keys().isdisjoint(some):
                yield outlet, some[-_MOST:]


def _parted(archive: Archive, marks: Marks, stories: Sequence[Story], lines: Sequence[Recurring]) -> Iterator[StoryId]:
    """Learns these lines and reads the stories without them if that parts the stories; if they tell of one event all
    the same, what they repeat may be what it is about."""
    from store import group

    outlet = lines[0].outlet
    before = archive.furniture.of(outlet)
    archive.furniture.learn(outlet, (*before, *lines))
    told = Lines(archive, marks)
    anew = []
    for story in stories:
        with suppress(ReadingFailed):
            anew.append(read(archive.raw(story.id), story.id, told))
    if len({p.event for p in group.place(anew)}) > 1:
        archive.replace(anew)
        yield from (story.id for story in anew)
    else:
        archive.furniture.learn(outlet, before)
