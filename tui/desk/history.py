"""History: what was done at the desk and can be taken back."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from store.model import Act
from tui.desk.shown import Key

UNDO_DEPTH = 500


@dataclass(frozen=True, slots=True)
class Where:
    """Where the reader was: the cursor's row, and how many lines of the screen stood above it."""

    key: Key
    above: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """An act, and where the reader was before it."""

    act: Act
    where: Where | None = None


class History:
    """Acts done and undone. moot says that an act would change nothing any more."""

    def __init__(self, moot: Callable[[Act], bool]) -> None:
        self._moot = moot
        self._done: deque[Done] = deque(maxlen=UNDO_DEPTH)
        self._undone: deque[Done] = deque(maxlen=UNDO_DEPTH)

    def did(self, act: Act, where: Where | None = None) -> None:
        self._done.append(Done(act, where))
        self._undone.clear()

    @property
    def done_last(self) -> Done | None:
        return self._done[-1] if self._done else None

    @property
    def undone_last(self) -> Done | None:
        return self._undone[-1] if self._undone else None

    def remember(self, acts: Iterable[Act]) -> None:
        """Puts acts from before this start below those of this one, oldest first."""
        here = tuple(self._done)
        self._done.clear()
        self._done.extend((*map(Done, acts), *here))

    def heard(self, acts: Iterable[Act]) -> None:
        """Puts acts of other programs on top; what was undone can still be done again."""
        self._done.extend(map(Done, acts))

    def undo(self, apply: Callable[[Act], None]) -> Act | None:
        """Takes the last act back that still has an effect, and gives it."""
        return self._again(self._done, self._undone, apply, undo=True)

    def redo(self, apply: Callable[[Act], None]) -> Act | None:
        return self._again(self._undone, self._done, apply, undo=False)

    def _again(
        self, source: deque[Done], target: deque[Done], apply: Callable[[Act], None], *, undo: bool
    ) -> Act | None:
        while source and self._moot(source[-1].act.undone() if undo else source[-1].act):
            source.pop()
        if not source:
            return None
        act = source[-1].act
        apply(act.undone() if undo else act)
        target.append(source.pop())
        return act
