"""What an exporter is handed: the stories to write, grouped by event, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from store.model import UNMARKED, Event, EventId, Head, Listed, Mark, Story, StoryId, Summary

TITLE = "Press review"
NO_SUMMARY = Summary(method="")


@dataclass(frozen=True, slots=True)
class Piece:
    """One exported story and what the reader did with it."""

    story: Story
    listed: Listed
    mark: Mark = UNMARKED

    @property
    def head(self) -> Head:
        return self.listed.head


@dataclass(frozen=True, slots=True)
class Section:
    """One event: its exported stories, oldest first, and the sentences that sum it up."""

    event: Event
    pieces: tuple[Piece, ...]
    summary: Summary = NO_SUMMARY

    @property
    def tags(self) -> tuple[str, ...]:
        """Each tag of its stories once, in the order of the alphabet."""
        return tuple(sorted({tag for piece in self.pieces for tag in piece.mark.tags}, key=lambda t: (t.casefold(), t)))

    @property
    def newest(self) -> str:
        """The latest publication date; only where no story has one, the day the last of them came in.

        One undated story that came in today would else put an old event before all news.
        """
        dated = [piece.head.published for piece in self.pieces if piece.head.published]
        return max(dated or [piece.listed.newest for piece in self.pieces], default="")

    def head(self, story: StoryId | None) -> Head | None:
        """The head of a story of the event, exported or not; of the only story there is where none is named."""
        if story is None:
            return self.pieces[0].head if len(self.pieces) == 1 else None
        heads = {piece.story.id: piece.head for piece in self.pieces}
        return heads.get(story) or next((listed.head for listed in self.event.stories if listed.id == story), None)


@dataclass(frozen=True, slots=True)
class Review:
    """A press review. first and last are the days its stories cover, None when no story has a date."""

    title: str
    first: str | None
    last: str | None
    query: str
    sections: tuple[Section, ...]

    @property
    def stories(self) -> int:
        return sum(len(section.pieces) for section in self.sections)


def review(
    events: Iterable[Event],
    stories: Mapping[StoryId, Story],
    marks: Mapping[StoryId, Mark],
    summaries: Mapping[EventId, Summary],
    *,
    query: str = "",
    title: str = TITLE,
) -> Review:
    """The review of these stories: an event without one of them is left out, a story without an event too."""
    made = (Section(event, _pieces(event, stories, marks), summaries.get(event.id, NO_SUMMARY)) for event in events)
    sections = sorted((s for s in made if s.pieces), key=lambda s: s.event.id)
    sections.sort(key=lambda s: s.newest, reverse=True)
    days = [piece.head.day for section in sections for piece in section.pieces if piece.head.day]
    return Review(title, min(days, default=None), max(days, default=None), query, tuple(sections))


def _pieces(event: Event, stories: Mapping[StoryId, Story], marks: Mapping[StoryId, Mark]) -> tuple[Piece, ...]:
    exported = (listed for listed in event.stories if listed.id in stories)
    ordered = sorted(exported, key=lambda listed: (listed.newest, listed.id))
    return tuple(Piece(stories[listed.id], listed, marks.get(listed.id, UNMARKED)) for listed in ordered)
