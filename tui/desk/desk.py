"""Desk: the reader's place among the stories, what is selected, what was done and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import partial

from store.library import Layout, Order
from store.model import Act, EventId, StoryId
from store.text.passages import Span
from tui.desk import acts
from tui.desk.arrangement import FEW, GONE, READ, STARRED, Arrangement
from tui.desk.history import Done, History, Where
from tui.desk.numbers import Later, Numbers, both
from tui.desk.place import Place
from tui.desk.plan import Plan
from tui.desk.shown import Key, Marking
from tui.desk.targets import Selection, Targets

MOST_ARRIVED = 2000  # stories looked through at each key
Counts = tuple[int, int, int]
"""Stories, unread, starred."""


class Reach(StrEnum):
    """How far an act goes from the cursor."""

    ABOVE = "above"
    BELOW = "below"
    SHOWN = "shown"


class Desk(Place):
    """Plain Python: no Textual, no files. The screen draws from a Desk and calls it; the desk calls only the marks and
    a shelf of stories."""

    def __init__(self, marks: Marking) -> None:
        super().__init__(marks)
        self.selected = Selection(lambda some: self._shelf.ids(some), self.number)
        self.filter = ""
        self.search = ""
        self.length = 3
        self.last_tags: tuple[str, ...] = ()
        self.new_sentences: dict[tuple[StoryId, ...], int] = {}
        """By the key of some news, how many of its sentences are new, where that was counted; at most MOST_NEW."""
        self._anchor: Key | None = None  # the row at which a range of selected rows begins
        self._history = History(marks.moot)
        self._was: Where | None = None  # where the reader was before the act that is to be undone
        self._returns = False  # whether that row has gone since, or the act itself moved the cursor to where it is
        self._taken_on: tuple[Done, Key] | None = None  # an act that moved the cursor, and where to
        self.arrived: set[int] = set()
        """Numbers of stories that came in while the desk was open and that the cursor has not been on."""
        self._found: tuple[tuple[int, int], int] = (0, -1), 0

    # --- selecting

    def _swap(self, plan: Plan) -> None:
        """Of the selection stays what the new list shows; a page of a list tells nothing of the rest."""
        super()._swap(plan)
        if self.selected and self.whole:
            self.selected.numbers.keep_flagged(self._list.shown_flags())

    def toggle_selected(self) -> None:
        """Selects or deselects the row under the cursor and steps on."""
        if self.row is None:
            return
        chosen, numbers = self.selected.numbers, self._numbers_at_cursor()
        if numbers & chosen and numbers - chosen:
            chosen |= numbers
        else:
            chosen ^= numbers
        self._anchor = self.row.key
        self.version += 1
        self.move(1)

    def _numbers_at_cursor(self) -> set[int]:
        found = (self.number(s.id) for s in (self.row.stories if self.row else ()))
        return {n for n in found if n is not None}

    def select_range(self) -> bool:
        """Selects from the row last toggled to the cursor; an event's row at either end takes all its stories. False
        where no row was, or that one is not shown any more: then the cursor's alone is selected, and the next range
        begins there."""
        begun = self._row_of(self._anchor) if self._anchor and self.selected else None
        if begun is None and self.row:
            self._anchor = self.row.key
        low, high = sorted((self.cursor if begun is None else begun, self.cursor))
        self._select(self._list.stories(low, high))
        for end in {low, high} if len(self._list) else ():
            k, inside = self._list.at(end)
            self._select(() if inside else self._list.shown(k))
        return begun is not None

    def select(self, stories: Iterable[StoryId]) -> None:
        """Selects these stories too."""
        found = stories.numbers if isinstance(stories, Targets) else self._numbers_of(list(stories)).values()
        self._select(found)

    def _select(self, numbers: Iterable[int]) -> None:
        self.selected.numbers.update(numbers)
        self.version += 1

    def select_flagged(self, flags: bytearray) -> None:
        """Selects the stories that have a 1 there by their number."""
        self.selected.numbers.add_flagged(flags)
        self.version += 1

    def select_fitting(self, fits: bytearray) -> int:
        """Selects, of the stories that are shown, those that have a 1 there by their number; gives how many."""
        found = both(self._list.shown_flags(), fits)
        self.select_flagged(found)
        return found.count(1)

    def toggle_all(self) -> None:
        """Selects all that is shown; nothing, where all of it was selected."""
        shown = self._list.shown_flags()
        if self.selected.numbers.has_flagged(shown):
            self.clear_selected()
        else:
            self.select_flagged(shown)

    def clear_selected(self) -> None:
        self.selected.numbers.clear()
        self._anchor = None
        self.version += 1

    @property
    def targets(self) -> Sequence[StoryId]:
        """The stories that an act hits: the selection, else the row under the cursor (an event's row: all of it)."""
        if self.selected:
            return self._targets(self._list.in_order(self.selected.numbers))
        return tuple(s.id for s in self.row.stories) if self.row else ()

    def _targets(self, numbers: Sequence[int]) -> Targets:
        return Targets(numbers, lambda some: self._shelf.ids(some))

    @property
    def event_targets(self) -> Sequence[StoryId]:
        """The stories that an act on events hits: the whole events of the selection, else the cursor's, whatever the
        filter hides of them; but what was dismissed only where it is shown."""
        at, chosen = self._at(), self.selected.numbers
        if not chosen:
            return self._targets(self._of_events(self._list, self._list.members(at[0])[:1] if at else ()))
        if len(chosen) <= FEW:
            return self._targets(self._of_events(self._list, chosen))
        held = Numbers()
        held.add_flagged(bytearray(chosen.flags))  # as it is now, whatever becomes of it
        return self._targets(Later(len(held), partial(self._of_events, self._list, held)))

    def _of_events(self, arrangement: Arrangement, chosen: Iterable[int]) -> Sequence[int]:
        if self._plan.wanted.layout is Layout.STORIES:
            stand: Iterable[int] = self._shelf.beside([*chosen])
        else:
            ranks = sorted({k for k in map(arrangement.rank, chosen) if k is not None})
            stand = (n for k in ranks for n in arrangement.members(k))
        return [n for n in stand if arrangement.is_shown(n) or arrangement.is_left(n)]

    def out_of_sight(self, stories: Sequence[StoryId]) -> Collection[StoryId]:
        """Those of an act's stories that the filter hides. In whatever thread."""
        shown = self._list
        if shown.fits is None:
            return ()
        numbers = stories.numbers if isinstance(stories, Targets) else self._numbers_of(stories).values()
        return frozenset(self._shelf.ids([n for n in numbers if not shown.is_shown(n)]))

    def within(self, reach: Reach) -> Sequence[StoryId]:
        """The stories that are shown above the cursor, below it, or anywhere in the list."""
        return self._targets(self._list.stories(*self._rows_within(reach))) if len(self._list) else ()

    def selecting(self, reach: Reach) -> tuple[int, Callable[[], bytearray]]:
        """How many stories there are above the cursor, below it, or anywhere, shown or not, and what finds those that
        are shown, as flags, in whatever thread."""
        rows = self._rows_within(reach)
        return self._list.between(*rows), partial(self._list.flags_between, *rows)

    def _rows_within(self, reach: Reach) -> tuple[int, int]:
        last = len(self._list) - 1
        return {Reach.ABOVE: (0, self.cursor - 1), Reach.BELOW: (self.cursor + 1, last)}.get(reach, (0, last))

    # --- acting

    def do(self, act: Act | None) -> Act | None:
        """Does an act that `acts` made, and gives it. Raises LibraryReadOnly."""
        if act:
            where = self.where
            self._apply(act)
            self._history.did(act, where)
        return act

    @property
    def where(self) -> Where | None:
        return Where(self.row.key, self.above) if self.row else None

    def _apply(self, act: Act) -> None:
        self.marks.apply(act)
        self._marked(set(act.stories))

    def did(self, act: Act, where: Where | None) -> None:
        """Takes note of an act that was applied to the marks elsewhere, and of where the reader was; the list is for
        `take_marked` to take in."""
        self._history.did(act, where)

    def taken_on(self) -> None:
        """Takes note that the act done last moved the cursor to where it is: undo takes that back too."""
        last = self._history.done_last
        self._taken_on = (last, self.row.key) if last and self.row else None

    def rule(self, act: Act) -> Act:
        """Does an act that makes rules or takes them back. Raises LibraryReadOnly."""
        self.do(act)
        return act

    def set_read(self, stories: Collection[StoryId], read: bool = True) -> Act | None:
        return self.do(acts.read(self.marks, stories, read))

    def toggle_read(self, stories: Collection[StoryId]) -> Act | None:
        return self.do(acts.toggle_read(self.marks, stories))

    def toggle_star(self, stories: Collection[StoryId]) -> Act | None:
        return self.do(acts.toggle_star(self.marks, stories))

    def toggle_dismissed(self, stories: Collection[StoryId]) -> Act | None:
        return self.do(acts.toggle_dismissed(self.marks, stories))

    def retagging(self, before: Collection[str], after: Collection[str]) -> acts.Making:
        """Adds the tags that are new in after and takes off those that are gone since before."""
        self.last_tags = tuple(sorted(set(after))) or self.last_tags
        return acts.retag(before, after)

    def set_tags(self, stories: Collection[StoryId], before: Collection[str], after: Collection[str]) -> Act | None:
        return self.do(self.retagging(before, after)(self.marks, stories))

    def set_note(self, stories: Collection[StoryId], note: str) -> Act | None:
        return self.do(acts.note(note)(self.marks, stories))

    def highlight(self, story: StoryId, paragraphs: Sequence[str], picked: Sequence[Span]) -> Act | None:
        """Highlights what was picked of a story's text, or takes it off where all of it was highlighted."""
        return self.do(acts.highlight(self.marks, story, paragraphs, picked))

    def shared_tags(self, stories: Iterable[StoryId]) -> tuple[str, ...]:
        """The tags that all the stories have."""
        shared: set[str] | None = None
        for story in stories:
            tags = set(self.mark(story).tags)
            shared = tags if shared is None else shared & tags
            if not shared:  # which is soon known, of however many stories
                break
        return tuple(sorted(shared or ()))

    def shared_note(self, stories: Iterable[StoryId]) -> str:
        """The note that all the stories have."""
        notes = (self.mark(story).note for story in stories)
        first = next(notes, "")
        return first if first and all(note == first for note in notes) else ""

    def remember_done(self, done: Iterable[Act]) -> None:
        """Lets undo go on with acts from before this start, oldest first."""
        self._history.remember(done)

    def undo(self) -> Act | None:
        """Takes the last act back, moves to what it was on and gives it; None when there is nothing to take back.

        Acts are passed over whose effect another program took back already.
        """
        self._look_back()
        return self.gone_to(self._history.undo(self._apply))

    def redo(self) -> Act | None:
        self._was = None
        return self.gone_to(self._history.redo(self._apply))

    def undoing(self, *, again: bool = False) -> tuple[int, Callable[[], Act | None]]:
        """How many stories the act is of that undo (again: redo) is at, and what takes it back, or does it again, in
        whatever thread: the marks alone, the list is for `take_marked`."""
        history = self._history
        last = history.undone_last if again else history.done_last
        self._was = None
        if not again:
            self._look_back()
        return len(last.act.changes) if last else 0, partial(history.redo if again else history.undo, self.marks.apply)

    def gone_to(self, act: Act | None) -> Act | None:
        """Gives an act that was taken back or done again; moves to the one thing it changed, and after one on many
        things stays, but where the row that the reader was on had gone with it, or the act had moved the cursor on to
        where it still is: there it goes back to that."""
        was, self._was = self._was, None
        back = self._row_of(was.key) if act and was and self._returns else None
        if back is not None:
            self.go(back)
        elif act:
            self.go_to_one(act.each)
        if was and self.row and self.row.key == was.key:
            self.above = was.above
        return act

    def _look_back(self) -> None:
        last = self._history.done_last
        self._was = last.where if last else None
        gone = self._was is not None and self._row_of(self._was.key) is None
        act, to = self._taken_on or (None, None)
        self._returns = gone or (act is not None and act is last and self.row is not None and self.row.key == to)

    # --- counting, remembering

    def counts(self) -> Counts:
        """Stories in the list, unread, starred; the dismissed are not counted."""
        count = self._list.count_flagged
        alive = len(self._list.skeleton.members) - count(lambda flags: bool(flags & GONE))
        read = count(lambda flags: bool(flags & READ) and not flags & GONE)
        starred = count(lambda flags: bool(flags & STARRED) and not flags & GONE)
        return alive, alive - read, starred

    @property
    def found(self) -> int | None:
        """How many stories the filter finds; None without one. Counted once for each change of the list."""
        if self._list.fits is None:
            return None
        stamp = (id(self._list), self.version)
        if self._found[0] != stamp:
            self._found = stamp, self._list.count_shown()
        return self._found[1]

    def take_arrivals(self, before: int) -> tuple[int, int, int]:
        """Takes note of the stories in the list with a higher number than there was before, as far as they are to be
        read. How many of those are shown, how many the filter hides, and how many came to what the reader dismissed."""
        flags = self._list.flags
        came = {n for n in self._list.skeleton.members if n > before} if self.top > before else set()
        new = {n for n in came if not flags[n] & (READ | GONE)}
        self.arrived |= new
        shown = sum(map(self._list.stands, new))
        return shown, len(new) - shown, sum(bool(flags[n] & GONE) for n in came)

    def forget_arrivals(self) -> int:
        """Forgets those that were read or dismissed since, and gives how many are left."""
        flags = self._list.flags
        if self.arrived and len(self.arrived) <= MOST_ARRIVED:
            self.arrived = {n for n in self.arrived if n >= len(flags) or not flags[n] & (READ | GONE)}
        return len(self.arrived)

    def to_arrival(self) -> bool:
        """To the next story that came in and was neither read nor looked at; false where none is left that is shown."""
        self.forget_arrivals()
        for n in self._list.in_order(Numbers(self.arrived)):
            if self._go_to(n):
                self.arrived.discard(n)
                return True
        return False

    def others_marked(self, stories: Collection[StoryId]) -> None:
        """Another program changed the marks of these stories."""
        self._marked(stories)

    def others_judged(self, done: Iterable[Act]) -> None:
        """Another program put stories together or set them apart: undo can take that back."""
        self._history.heard(done)

    def state(self) -> dict[str, object]:
        """What the next start needs to put the reader back where they were."""
        row = self.row
        return {
            "event": row.event.id if row else None,
            "story": row.story.id if row and row.story else None,
            "above": self.above,
            "folded": sorted(self.folded),
            "all_folded": self.all_folded,
            "filter": self.filter,
            "search": self.search,
            "length": self.length,
            "last_tags": list(self.last_tags),
            "layout": self.layout.value,
            "order": self.order.value,
        }

    def restore(self, state: Mapping[str, object]) -> None:
        """Puts back what state() gave, as far as it still fits. The filter's text is put back, not yet applied; layout
        and order hold for the next list that is planned."""
        folded = state.get("folded")
        self.folded = {EventId(str(e)) for e in folded} if isinstance(folded, list) else set()
        self.all_folded = state.get("all_folded") is True
        self.filter, self.search = str(state.get("filter") or ""), str(state.get("search") or "")
        self.above = above if isinstance(above := state.get("above"), int) else None
        length = state.get("length")
        self.length = length if isinstance(length, int) and not isinstance(length, bool) and 0 < length < 100 else 3
        tags = state.get("last_tags")
        self.last_tags = tuple(str(t) for t in tags) if isinstance(tags, list) else ()
        self.layout = next((known for known in Layout if known == state.get("layout")), Layout.EVENTS)
        self.order = next((known for known in Order if known == state.get("order")), Order.NEWEST)
        story, event = state.get("story"), state.get("event")
        self.arrange()
        if event:
            self._target = EventId(str(event)), StoryId(str(story)) if story else None
            self.placed = True
            if len(self._list):
                self._find(self._target, 0)
