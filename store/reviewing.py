"""Reviewing: chosen stories of a library as one document."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from store import export
from store.archive import Archive
from store.errors import UnknownStory
from store.marks import Marks
from store.model import Event, Exported, Progress, StoryId, Summary


def reviewed(
    chosen: Sequence[Event],
    *,
    archive: Archive,
    marks: Marks,
    summarise: Callable[[Sequence[StoryId]], Summary],
    format: str,
    named: str,
    told: Callable[[Progress], None],
) -> Exported:
    """The press review of these stories; named says in it what they are."""
    texts = {s.id: s for s in archive.stories([s.id for e in chosen for s in e.stories])}
    summaries = {}
    for number, event in enumerate(chosen):
        told(Progress("summarising", number, len(chosen)))
        summaries[event.id] = summarise([s.id for s in event.stories])
    review = export.review(chosen, texts, {s: marks.get(s) for s in texts}, summaries, query=named)
    asked = sum(len(e.stories) for e in chosen)
    return Exported(export.EXPORTERS[format](review), asked, review.stories, len(review.sections))


def holding(events: Iterable[Event], stories: Collection[StoryId]) -> tuple[Event, ...]:
    """Of these events exactly these stories. Raises UnknownStory."""
    wanted = set(stories)
    found = []
    for event in events:
        kept = tuple(s for s in event.stories if s.id in wanted)
        wanted -= {s.id for s in kept}
        if kept:
            found.append(replace(event, stories=kept))
    if wanted:
        raise UnknownStory(f"There is no story {sorted(wanted)[0]} in this library")
    return tuple(found)
