"""Place: the cursor in the list, and the ways to move it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from store.model import EventId, StoryId
from tui.desk.remarked import RemarkedList


class Place(RemarkedList):
    """Every method leaves the cursor on a row."""

    def move(self, by: int) -> None:
        self.go(self.cursor + by)

    def go(self, index: int) -> None:
        """Puts the cursor on a row; rows that no longer fit the filter leave once the cursor has left them."""
        self.cursor = max(0, min(index, len(self._list) - 1))
        self.placed = True
        self._target = None
        kept, at = self._list.kept, self._at()
        if not kept or at is None or at[1] in kept or (at[1] is None and kept & set(self._list.members(at[0]))):
            return
        self._list.kept = frozenset()
        ranks = {k for k in map(self._list.rank, kept) if k is not None}
        self._list.change(ranks)
        self._redrawn(rows=True)
        self._back(at, self.cursor)

    def go_to(self, story: StoryId) -> bool:
        """Puts the cursor on a story, unfolding its event; false when it is not shown."""
        n = self.number(story)
        return n is not None and self._go_to(n)

    def _go_to(self, n: int) -> bool:
        k = self._list.rank(n)
        if k is None or not self._list.is_shown(n):
            return False
        if k in self._list.folded and self._list.size(k) > 1:
            self._unfold(k)
        row = self._row_at(k, n)
        if row is None:
            return False
        self.go(row)
        return True

    def go_to_one(self, each: Callable[[], Iterable[StoryId]]) -> None:
        """Puts the cursor on a story, or on the entry that these stories stand in, and unfolds nothing. It stays where
        they stand in several, where none of them is shown, and on one of them."""
        story = next(iter(each()), None)
        first = self.number(story) if story else None
        k = self._list.rank(first) if first is not None else None
        if k is None:
            return
        within = set(self._list.members(k))
        # As far as they stand in one entry: there may be very many.
        if not all(self.number(story) in within for story in each()):
            return
        stories = [*each()]
        found = {n for n in map(self.number, stories) if n is not None and self._list.is_shown(n)}
        at = self._at()
        if not found or (at and at[1] in found):
            return
        row = self._row_at(k, found.pop()) if len(stories) == 1 else None
        row = self._row_at(k, None) if row is None else row
        if row is not None:
            self.go(row)

    def _unfold(self, k: int) -> None:
        self._turn(self._entries[k].event.id, folded=False)
        self._list.fold(self._list.folded - {k})
        self._redrawn(rows=True)

    def _turn(self, entry: EventId, *, folded: bool) -> None:
        if folded == self.all_folded:
            self.folded.discard(entry)
        else:
            self.folded.add(entry)

    def turn_all(self) -> bool:
        """Folds every entry of the next list that is planned; where every one was folded, unfolds them. Whether they
        are folded then."""
        self.all_folded = not self.all_folded or bool(self.folded)
        self.folded.clear()
        return self.all_folded

    def to_unread(self, step: int) -> bool:
        """To the next (1) or previous (-1) unread story, going round once; false when nothing is unread."""
        at = self._at()
        found = self._next_unread(at, step)
        return found is not None and self._go_to(found)

    def _next_unread(self, at: tuple[int, int | None] | None, step: int) -> int | None:
        k, n = at or (-1, None)
        here = self._list.shown(k) if at else []
        place = here.index(n) if n is not None else (-1 if step > 0 else 0)
        unread = set(self._list.unread(k)) - {n} if at else set()
        ahead = here[place + 1 :] if step > 0 else here[:place][::-1]
        behind = here[: place + 1] if step > 0 else here[place:][::-1]
        for some in (ahead, None, behind):
            if some is not None:
                found = next((m for m in some if m in unread), None)
            else:
                other = self._list.next_fresh(k, step)
                if other is None:  # round the end
                    other = self._list.next_fresh(-1 if step > 0 else len(self._list.fresh), step)
                    other = None if other == k else other
                left = self._list.unread(other) if other is not None else []
                found = (left[0] if step > 0 else left[-1]) if left else None
            if found is not None:
                return found
        return None

    def to_event(self, step: int) -> bool:
        """To the next or previous entry's first row; false at either end."""
        if not len(self._list):
            return False
        k, inside = self._list.at(self.cursor)
        head = self._list.row_of(k)
        if step > 0:
            row = head + 1 + self._list.extra[k]
        elif inside:
            row = head
        else:
            row = self._list.row_of(self._list.at(head - 1)[0]) if head else -1
        if not 0 <= row < len(self._list):
            return False
        self.go(row)
        return True

    def open(self) -> StoryId | None:
        """Steps in: unfolds a folded event, goes from an event to its first unread story, opens a story.

        Gives the story that was opened, None when the step stayed in the list.
        """
        row, at = self.row, self._at()
        if row is None or at is None:
            return None
        if row.story:
            return row.story.id
        k = at[0]
        if k in self._list.folded:
            self._unfold(k)
            return None
        below = self._list.unread(k) or self._list.shown(k)
        if below:
            self._go_to(below[0])
        return None

    def close(self) -> None:
        """Steps out: from a story to its event, from an event to its folded row."""
        row, at = self.row, self._at()
        if row is None or at is None or row.alone:
            return
        if row.story is None:
            self._turn(row.event.id, folded=True)
            self._list.fold(self._list.folded | {at[0]})
            self._redrawn(rows=True)
            return
        self.go(self._list.row_of(at[0]))
