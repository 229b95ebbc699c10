"""Stories as lists need them, and the event they report."""

from __future__ import annotations

from dataclasses import dataclass

from store.model.head import Head
from store.model.ids import EventId, StoryId, StorylineId
from store.model.outlets import distinct


@dataclass(frozen=True, slots=True)
class Listed:
    """A story as lists need it: its head and its place, without its text."""

    id: StoryId
    head: Head
    event: EventId
    storyline: StorylineId
    why: str = ""
    copy_of: StoryId | None = None
    words: int = 0
    added: str = ""
    origin: str = ""
    inferred: bool = False
    storyline_why: str = ""

    @property
    def newest(self) -> str:
        """What stories are ordered by: the publication date, or else the day the story came in."""
        return self.head.published or self.added


@dataclass(frozen=True, slots=True)
class Event:
    """The stories that report one event, oldest first; headline is that whose words stand in most of the others.
    left_out: how many more it has, which a query did not find or which are dismissed."""

    id: EventId
    storyline: StorylineId
    headline: str
    stories: tuple[Listed, ...]
    left_out: int = 0

    @property
    def outlets(self) -> tuple[str, ...]:
        """Each outlet, else agency, else host once, in order of appearance, however it is written."""
        names = (s.head.reporter for s in self.stories)
        return distinct(n for n in names if n)

    @property
    def origins(self) -> tuple[str, ...]:
        """Each independent origin once, in order of appearance; a story that names none is one of its own."""
        return distinct(s.origin or s.head.agency or s.head.source or s.id for s in self.stories)

    @property
    def published(self) -> str | None:
        """The newest publication date; None where no story has one."""
        return max((s.head.published for s in self.stories if s.head.published), default=None)

    @property
    def newest(self) -> str:
        """What events are ordered by: the newest publication date, else the day the newest story came in."""
        return self.published or max((s.added for s in self.stories), default="")
