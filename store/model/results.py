"""What long work tells on its way, and gives at its end."""

from __future__ import annotations

from dataclasses import dataclass

from store.model.ids import StoryId
from store.model.placement import Moved
from store.model.raw import Rejected


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work has come: done of total (0 when not yet known), and what it is at."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Added:
    """What one `add` did. Every story that came in is in exactly one of the first four. moved: stories that the reader
    had marked and that stand in another event now."""

    added: tuple[StoryId, ...] = ()
    same: tuple[StoryId, ...] = ()
    revised: tuple[StoryId, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class Exported:
    """An export's text and its books: stories asked for, stories written, events they made."""

    text: str
    asked: int
    written: int
    events: int


@dataclass(frozen=True, slots=True)
class Checked:
    """One part of a library, looked through: what it holds, by name, and what is wrong with it, a sentence each.

    notes say what is not wrong and yet not done. unseen says why it could not be looked at, or not at all of it: busy,
    written by a newer program; that is no damage, and nothing to be repaired.
    """

    part: str
    counts: tuple[tuple[str, int], ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unseen: str = ""
