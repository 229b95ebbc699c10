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

    def place(self, new: Sequence[StoryId], told: Told) -> tuple[Moved, ...]:
        """Places what came, among the events near it where the library is large, else all anew; gives what moved."""
        from store.group import moves

        moved: tuple[Moved, ...] = ()
        if new:
            stories = list(dict.fromkeys(new))
            others, rules = self.archive.tally() - len(stories), self.marks.rules()
            placed = self._groups.extend(stories, self.archive, others, rules=rules, progress=told)
            if placed is None:
                return self.all(told)
            first = {s: p.event for s, p in self.archive.placements(p.story for p in placed).items()}
            self.archive.place(placed)
            moved = moves.moved(first, {p.story: p.event for p in placed})
        if self.archive.unplaced():
            return self.all(told)
        self.moved = self.of_marked(moved)
        return moved

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
