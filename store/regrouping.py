"""Regrouping: which event each story of a library stands in, kept in step with what comes and the reader's rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from store.archive import Archive
from store.marks import Marks
from store.model import UNMARKED, Moved, Progress, StoryId

if TYPE_CHECKING:
    from store.group import Groups
    from store.group.vectors import Whole

GROUPS_FILE = "groups.index"  # a throwaway
Told = Callable[[Progress], None]


class Regrouping:
    """Loads the grouping when it is first asked for."""

    def __init__(self, folder: Path, archive: Archive, marks: Marks) -> None:
        self.archive = archive
        self.marks = marks
        self.moved: tuple[Moved, ...] = ()
        """Of the stories that the reader marked, those that the last regrouping moved."""
        self._file = folder / GROUPS_FILE
        self._known: Groups | None = None

    def place(
        self, new: Sequence[StoryId], told: Told, *, placed: tuple[Moved, ...] | None = None
    ) -> tuple[Moved, ...]:
        """Places what came, among the events near it where the library is large, else all anew; gives what moved.
        placed: what moved when that was placed, if it was, at once."""
        moved = self._near(new, told) if placed is None else placed
        if moved is None or self.archive.unplaced():
            return self.all(told)
        self.moved = self.of_marked(moved)
        return moved

    def at_once(self, new: Sequence[StoryId]) -> tuple[Moved, ...] | None:
        """Places what came, and was stored, if that takes milliseconds; None where it would take more: nothing is
        placed then."""
        stories = len(set(new))
        if self._known is None or not self._known.at_hand(self.archive.tally() - stories, new):
            return None
        return self._near(new, lambda _: None)

    def _near(self, new: Sequence[StoryId], told: Told) -> tuple[Moved, ...] | None:
        """Places what came among the events near it; None where all should be placed."""
        from store.group import moves

        if not new:
            return ()
        stories = list(dict.fromkeys(new))
        others, rules = self.archive.tally() - len(stories), self.marks.rules()
        placed = self._groups.extend(stories, self.archive, others, rules=rules, progress=told)
        if placed is None:
            return None
        first = {s: p.event for s, p in self.archive.placements(p.story for p in placed).items()}
        self.archive.place(placed)
        return moves.moved(first, {p.story: p.event for p in placed})

    def all(self, told: Told = lambda _: None) -> tuple[Moved, ...]:
        """Groups all stories anew and gives those that moved; events keep their ids as long as any of their stories.

        Another program may add meanwhile, and the last to place would place too few; so it looks again.
        """
        from store.group import moves

        first = before = self.archive.event_of()
        while True:
            rules = self.marks.rules()
            placed = self._groups.regroup(self.archive, before=before, rules=rules, progress=told)
            self.archive.place(placed)
            if len(placed) == self.archive.count():
                break
            before = self.archive.event_of()
        moved = moves.moved(first, self.archive.event_of())
        self.moved = self.of_marked(moved)
        return moved

    def whole(self) -> Whole | None:
        """What is known of the words of the whole library; None where it was never grouped."""
        return self._groups.whole()

    @property
    def _groups(self) -> Groups:
        """What grouping remembers of this library."""
        from store.group import Groups

        self._known = self._known or Groups(self._file)
        return self._known

    def of_marked(self, moved: Iterable[Moved]) -> tuple[Moved, ...]:
        """Those that the reader must be told of."""
        from store.group import moves

        return moves.of_marked(moved, lambda story: self.marks.get(story) != UNMARKED)
