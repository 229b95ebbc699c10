"""Which stories report one event, which events make one storyline, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from store.model import EventId, Placement, Progress, Rule, Story, StoryId

if TYPE_CHECKING:
    from store.group.extending import Growing, Shelf
    from store.group.vectors import Whole

__all__ = ["AGAIN", "Groups", "place"]

AGAIN = "building the index of events again"  # the stage that is told where what Groups keeps was lost
_NOTHING: Mapping[StoryId, EventId] = MappingProxyType({})


def place(
    stories: Sequence[Story],
    *,
    before: Mapping[StoryId, EventId] = _NOTHING,
    rules: Sequence[Rule] = (),
    progress: Callable[[Progress], None] | None = None,
) -> tuple[Placement, ...]:
    """Where each story stands among all of these, in the order given; that order changes nothing else.

    before holds the events the stories stood in: an event keeps the id of the old one it shares most stories with.
    rules, oldest first, are the reader's "together" and "apart": they hold above all likeness, the newest above older.
    progress is called from this thread; an exception it raises ends the work. About a millisecond a story.
    """
    from store.group import placing  # numpy is not wanted at start-up

    return placing.place(stories, before, progress or (lambda _: None), rules)


class Groups:
    """The grouping of one library as it grows. What it remembers between runs is in the file `kept`, which may be lost;
    not safe for two threads at once."""

    def __init__(self, kept: Path) -> None:
        self._kept = kept
        self._growing: Growing | None = None

    def place(
        self,
        stories: Sequence[Story],
        *,
        before: Mapping[StoryId, EventId] = _NOTHING,
        rules: Sequence[Rule] = (),
        progress: Callable[[Progress], None] | None = None,
    ) -> tuple[Placement, ...]:
        """What `place` gives for all stories of the library; `extend` goes on from there."""
        from store.group import placing

        return placing.place(stories, before, progress or (lambda _: None), rules, read=self._known().begin)

    def regroup(
        self,
        shelf: Shelf,
        *,
        before: Mapping[StoryId, EventId] = _NOTHING,
        rules: Sequence[Rule] = (),
        progress: Callable[[Progress], None] | None = None,
    ) -> Sequence[Placement]:
        """The same for all stories of a shelf, from what was kept of them: no text is read again. In no order."""
        return self._known().regroup(shelf, before, progress or (lambda _: None), rules)

    def extend(
        self,
        new: Sequence[StoryId],
        shelf: Shelf,
        known: int,
        *,
        rules: Sequence[Rule] = (),
        progress: Callable[[Progress], None] | None = None,
    ) -> tuple[Placement, ...] | None:
        """Places of stories that are new or revised, and of others that change because of them; None where all should
        be placed. shelf: the archive; known: how many stories it holds besides the new ones. Milliseconds a story;
        where what is remembered was lost progress is told how far it is made again, some seconds for 100,000."""
        return self._known().extend(new, shelf, known, progress or (lambda _: None), rules)

    def at_hand(self, known: int, new: Sequence[StoryId]) -> bool:
        """Whether `extend` has all that it needs, and takes milliseconds."""
        return self._growing is not None and self._growing.at_hand(known, new)

    def whole(self) -> Whole | None:
        """The words of the whole library, for questions about some of its stories; None where none are known."""
        return self._known().whole()

    def _known(self) -> Growing:
        from store.group.extending import Growing

        self._growing = self._growing or Growing(self._kept)
        return self._growing
