"""Which stories changed their event between two groupings; nothing that the reader marked moves without being told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from store.model import EventId, Moved, StoryId


def moved(before: Mapping[StoryId, EventId], after: Mapping[StoryId, EventId]) -> tuple[Moved, ...]:
    """Stories that stand in another event than before, in the order of `after`; new ones have not moved."""
    return tuple(Moved(s, before[s], event) for s, event in after.items() if s in before and before[s] != event)


def of_marked(moves: Iterable[Moved], marked: Callable[[StoryId], bool]) -> tuple[Moved, ...]:
    """The moves that the reader must be told of: those of stories that were read, starred, tagged or noted on."""
    return tuple(move for move in moves if marked(move.story))
