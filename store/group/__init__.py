"""Which stories report one event, which events make one storyline, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from store.model import EventId, Placement, Progress, Rule, Story, StoryId

__all__ = ["place"]

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
