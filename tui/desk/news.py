"""What came to an event since the reader read of it: derived from marks and from when stories came in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from store.model import Event, Listed, Mark, StoryId

MOST_NEW = 40  # sentences that are counted as new in an event: whether there are more matters to nobody


@dataclass(frozen=True, slots=True)
class News:
    """Unread stories that came after all that was read, and the outlets that had not reported before."""

    stories: tuple[Listed, ...] = ()
    outlets: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[StoryId, ...]:
        """What the number of new sentences is kept under, once somebody has counted them."""
        return tuple(s.id for s in self.stories)


def news(event: Event, mark: Callable[[StoryId], Mark]) -> News:
    """Nothing where the reader has read none of the event, or all of it."""
    read = [s.added for s in event.stories if mark(s.id).read]
    if not read:
        return News()
    last = max(read)
    new = tuple(s for s in event.stories if s.added > last and not mark(s.id).read and not mark(s.id).dismissed)
    fresh = {s.id for s in new}
    before = {_outlet(s) for s in event.stories if s.id not in fresh}
    named = (_outlet(s) for s in new)
    return News(new, tuple(dict.fromkeys(name for name in named if name and name not in before)))


def _outlet(story: Listed) -> str | None:
    return story.head.reporter
