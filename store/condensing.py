"""Condensing: the summaries of a library's stories and events, kept so that the next asking is a look-up."""

from __future__ import annotations

from collections.abc import Sequence

from store import summary
from store.archive import Archive
from store.marks import Marks
from store.model import Story, StoryId, Summary
from store.summary.asked import Asked


def condensed(
    archive: Archive, marks: Marks, stories: Sequence[StoryId], *, method: str, sentences: int, words: int | None
) -> Summary:
    """The summary of one story or of several that report one event.

    The method `new` tells what the stories of their event that were read do not hold: of one story, the others.
    """
    read = _read_beside(archive, marks, stories) if method == summary.NEW else frozenset()
    found = tuple(archive.stories(dict.fromkeys((*stories, *sorted(read)))))
    return Asked(found, method, sentences, words, _origins(archive, found), read).answer(archive.summaries)


def _read_beside(archive: Archive, marks: Marks, stories: Sequence[StoryId]) -> frozenset[StoryId]:
    """Of the events of these stories those that were read; of a story asked for alone only others."""
    events = {place.event for place in archive.placements(stories).values()}
    beside = {member for event in events for member in archive.members(event)}
    return frozenset(s for s in beside - (set(stories) if len(stories) == 1 else set()) if marks.get(s).read)


def _origins(archive: Archive, stories: Sequence[Story]) -> dict[StoryId, str]:
    """Who reported each first: as it was placed, else its agency or outlet."""
    placed = archive.placements([s.id for s in stories]) if len(stories) > 1 else {}
    origins = {s: place.origin for s, place in placed.items()}
    return {s.id: origins.get(s.id) or s.head.agency or s.head.source or "" for s in stories}
