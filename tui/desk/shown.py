"""ShownList: the list as it is shown: planned, taken over, folded, filtered, its rows made when they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

from store.library import Layout, Order, Skeleton
from store.model import Act, Event, EventId, Listed, Mark, StoryId
from tui.desk import plan as plans
from tui.desk.arrangement import Arrangement
from tui.desk.filters import Filter, Shown, Tested
from tui.desk.plan import Plan, Wanted
from tui.desk.rows import OnDemand, Row
from tui.desk.shelf import Entries, Held, Shelf

ROWS_KEPT = 600  # rows kept as they were made, until the list changes


class Marking(plans.Reading, Protocol):
    """What the desk needs of the marks."""

    @property
    def read_only(self) -> bool: ...
    @property
    def why_read_only(self) -> str: ...
    def apply(self, act: Act) -> None: ...
    def moot(self, act: Act) -> bool: ...


Key = tuple[EventId, StoryId | None]
_Entry = tuple[Event, Mapping[int, Listed], Sequence[int]]


class ShownList:
    """The rows, and the one under the cursor. Every method leaves the cursor on a row."""

    def __init__(self, marks: Marking) -> None:
        self.marks = marks
        self.rows: Sequence[Row] = OnDemand(lambda: len(self._list), self._row)
        self.events: Sequence[Event] = OnDemand(lambda: len(self._list.skeleton.units), self._event)
        """Every entry of the list, shown or not."""
        self.cursor = 0
        self.above: int | None = None
        """How many lines of the screen stand above the cursor's row, where the list was drawn."""
        self.folded: set[EventId] = set()
        self.all_folded = False
        """Whether entries are folded unless the reader unfolds them: `folded` then holds those that are not."""
        self.layout = Layout.EVENTS
        self.order = Order.NEWEST
        self.version = 0
        """Grows with whatever changes how the list looks; arranged grows only when its rows are others."""
        self.arranged = 0
        self.placed = False
        """Whether the reader has put the cursor somewhere; until then it stays on the newest story."""
        self._plan = plans.make(Held(()), marks, Wanted())
        self._changed: list[tuple[StoryId, int]] = []  # whose marks changed, for plans that were made meanwhile
        self._numbers: dict[StoryId, int] = {}
        self._made: dict[int, Row] = {}
        self._made_for = -1
        self._entry_made: tuple[tuple[int, int], _Entry] | None = None
        self._folded_as: set[EventId] | None = None
        self._target: Key | None = None  # where the cursor is to be once the list holds it
        self._was_at: Key | None = None  # before the filter

    # --- the list

    @property
    def _list(self) -> Arrangement:
        return self._plan.arrangement

    @property
    def _shelf(self) -> Shelf:
        return self._plan.shelf

    @property
    def _entries(self) -> Entries:
        return self._plan.entries

    @property
    def _filter(self) -> Filter | None:
        return self._plan.wanted.filter

    @property
    def whole(self) -> bool:
        """Whether the list is all there, and not only its first page."""
        return self._list.skeleton.whole

    @property
    def skeleton(self) -> Skeleton:
        """The list as numbers; another one whenever it is read anew."""
        return self._list.skeleton

    @property
    def top(self) -> int:
        """The highest number of a story in the list."""
        return self._list.skeleton.top

    @property
    def lines(self) -> Arrangement:
        """The list as lines: measure, line_of, row_at_line."""
        return self._list

    def load(self, source: Shelf | Sequence[Event]) -> None:
        """Takes the library's lists, or events, newest first; the cursor stays on its story, the filter as it is."""
        shelf = Held(source) if isinstance(source, Sequence) else source
        filter = self._filter
        if isinstance(filter, Tested):
            filter = filter.on(shelf)
        self.take(self.plan(shelf, filter)())

    def plan(self, shelf: Shelf, filter: Filter | None = None, *, page: bool = False) -> Callable[[], Plan]:
        """Makes the list as it is wanted now, in whatever thread that is called; then `take` it."""
        key = self._target or (self.row.key if self.row else None)
        near = key and (str(key[1] or key[0]) if self.layout is Layout.STORIES else str(key[0]))
        wanted = Wanted(self.layout, self.order, frozenset(self.folded), self.all_folded, filter, page, near)
        return partial(plans.make, shelf, self.marks, wanted, began=len(self._changed))

    def plan_filter(self, filter: Filter | None) -> Callable[[], Plan]:
        """Makes the list as it is under another filter, in whatever thread that is called; then `take_filter` it."""
        wanted = replace(self._plan.wanted, filter=filter)
        return partial(plans.refiltered, self._plan, wanted, began=len(self._changed))

    def take(self, plan: Plan) -> None:
        """Shows a list that was planned; the cursor stays on its story."""
        at, index = self._target or (self.row.key if self.row else None), self.cursor
        kept = self._list.kept if plan.wanted.filter else frozenset()
        if plan.shelf is not self._shelf:
            self._numbers.clear()
        self._swap(plan)
        self._keep(kept)
        self._find(at, index)
        if self.whole:
            self._target = None
        if not self.placed:
            self.cursor = 0

    def _keep(self, kept: frozenset[int]) -> None:
        """Goes on showing these stories until the cursor leaves them, though they do not fit the filter."""
        if kept and self.whole:
            self._list.kept = kept
            self._list.change(k for k in map(self._list.rank, kept) if k is not None)
            self._redrawn(rows=True)

    def take_filter(self, plan: Plan) -> None:
        """Shows a list under another filter; the cursor stays on its story, or goes to the top."""
        if self.row:
            self._was_at = self.row.key
        self._swap(plan)
        self._find(self._was_at, 0)

    def _swap(self, plan: Plan) -> None:
        self._plan = plan
        self._folded_as = None
        self._redrawn(rows=True)

    def show_only(self, shown: Shown | Filter | None) -> None:
        """Shows the stories that fit; None shows all but the dismissed."""
        filter = Tested(self._shelf, self.marks.get, shown) if callable(shown) else shown
        self.take_filter(self.plan_filter(filter)())

    def arrange(self) -> None:
        """Folds what is to be folded, and finds the cursor's row again."""
        at, index = self._at(), self.cursor
        self._fold()
        self._redrawn(rows=True)
        self._back(at, index)

    def _fold(self) -> None:
        if self.folded == self._folded_as:
            return
        self._folded_as = set(self.folded)
        units = set(self._shelf.unit_numbers(self._plan.wanted.layout, self.folded).values()) if self.folded else set()
        found = self._shelf.shelved(self._plan.wanted.layout, sorted(units))
        ranks = {k for u in found for n in found[u].numbers[:1] if (k := self._list.rank(n)) is not None}
        self._list.fold(set(range(len(self._list.skeleton.units))) - ranks if self.all_folded else ranks)

    def is_folded(self, entry: EventId) -> bool:
        return (entry in self.folded) != self.all_folded

    def _redrawn(self, *, rows: bool = False) -> None:
        self.version += 1
        self.arranged += rows

    # --- rows

    def _row(self, index: int) -> Row:
        if self._made_for != self.arranged or len(self._made) > ROWS_KEPT:
            self._made, self._made_for = {}, self.arranged
        if index not in self._made:
            self._made[index] = self._make_row(*self._list.at(index))
        return self._made[index]

    def _make_row(self, k: int, inside: int) -> Row:
        event, stories, shown = self._entry(k)
        columns = self._list.skeleton.columns[k]
        if self._list.size(k) == 1:
            return Row(event, stories.get(shown[0]), alone=bool(stories), columns=columns)
        if inside:
            return Row(event, stories.get(shown[inside - 1]), columns=columns)
        return Row(event, shown=tuple(stories[n] for n in shown if n in stories), columns=columns)

    def _entry(self, k: int) -> _Entry:
        """The event of an entry, its stories by number, and the numbers of those that are shown. Kept for its next row:
        some have hundreds."""
        if self._entry_made is None or self._entry_made[0] != (k, self.version):
            event, numbers = self._entries[k]
            self._numbers.update((story.id, n) for story, n in zip(event.stories, numbers, strict=True))
            stories = dict(zip(numbers, event.stories, strict=True))
            self._entry_made = (k, self.version), (event, stories, self._list.shown(k))
        return self._entry_made[1]

    def _event(self, k: int) -> Event:
        return self._entries[k].event

    # --- where the cursor is

    @property
    def row(self) -> Row | None:
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    @property
    def story(self) -> Listed | None:
        return self.row.story if self.row else None

    @property
    def event(self) -> Event | None:
        return self.row.event if self.row else None

    def _at(self) -> tuple[int, int | None] | None:
        """The cursor's entry, and the number of its story: None on an entry's own row."""
        if not 0 <= self.cursor < len(self._list):
            return None
        k, inside = self._list.at(self.cursor)
        if inside or self._list.size(k) == 1:
            return k, self._list.shown(k)[max(inside, 1) - 1]
        return k, None

    def _back(self, at: tuple[int, int | None] | None, index: int) -> None:
        row = self._row_at(*at) if at else None
        self.cursor = row if row is not None else max(0, min(index, len(self._list) - 1))

    def _row_at(self, k: int, n: int | None) -> int | None:
        """The row of a story, or of an entry's head."""
        if not self._list.heads[k]:
            return None
        head = self._list.row_of(k)
        if n is None:
            return head
        shown = self._list.shown(k)
        if n not in shown:
            return None
        if self._list.size(k) == 1:
            return head
        return head + 1 + shown.index(n) if self._list.extra[k] else None

    def _find(self, key: Key | None, index: int) -> None:
        self.cursor = max(0, min(index, len(self._list) - 1))
        if key is None:
            return
        k, n = self._place_of(key)
        if k is not None:
            row = self._row_at(k, n)
            if row is None and n is not None:
                row = self._row_at(k, None)
            if row is not None:
                self.cursor = row

    def _place_of(self, key: Key) -> tuple[int | None, int | None]:
        """The entry of a row, and the number of its story: None on an entry's own row."""
        event, story = key
        n = self.number(story) if story else None
        return self._list.rank(n) if n is not None else self._rank_of(event), n

    def _row_of(self, key: Key) -> int | None:
        """The number of a row that is shown."""
        k, n = self._place_of(key)
        return self._row_at(k, n) if k is not None else None

    def _rank_of(self, unit: EventId) -> int | None:
        layout = self._plan.wanted.layout
        for number in self._shelf.unit_numbers(layout, [unit]).values():
            entry = self._shelf.shelved(layout, [number]).get(number)
            return self._list.rank(entry.numbers[0]) if entry and entry.numbers else None
        return None

    def number(self, story: StoryId) -> int | None:
        """The number of a story in the archive."""
        if story not in self._numbers:
            self._numbers.update(self._shelf.numbers([story]))
        return self._numbers.get(story)

    def mark(self, story: StoryId) -> Mark:
        return self.marks.get(story)
