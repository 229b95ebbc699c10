"""Desk: the reader's place among the stories, what is selected, what was done and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from store.library import Layout, Order
from store.model import Act, Change, EventId, Mark, StoryId
from store.text.passages import Span, toggled
from tui.desk.arrangement import GONE, READ, STARRED
from tui.desk.history import History
from tui.desk.place import Marking, Place
from tui.desk.plan import Plan

Counts = tuple[int, int, int]
"""Stories, unread, starred."""


class Reach(StrEnum):
    """How far an act goes from the cursor."""

    EVENT = "event"
    ABOVE = "above"
    BELOW = "below"
    SHOWN = "shown"


class Desk(Place):
    """Plain Python: no Textual, no files. The screen draws from a Desk and calls it; the desk calls only the marks and
    a shelf of stories."""

    def __init__(self, marks: Marking) -> None:
        super().__init__(marks)
        self.selected: set[StoryId] = set()
        self.filter = ""
        self.search = ""
        self.length = 3
        self.last_tags: tuple[str, ...] = ()
        self._anchor: int | None = None
        self._history = History(marks.moot)

    # --- selecting

    def _swap(self, plan: Plan) -> None:
        """Of the selection stays what the new list shows; a page of a list tells nothing of the rest."""
        super()._swap(plan)
        if self.selected and self.whole:
            self.selected = {s for s, n in self._numbers_of(self.selected).items() if self._list.stands(n)}

    def toggle_selected(self) -> None:
        """Selects or deselects the row under the cursor and steps on."""
        if self.row is None:
            return
        ids = {s.id for s in self.row.stories}
        self.selected ^= ids if not (ids & self.selected and ids - self.selected) else ids - self.selected
        self._anchor = self.cursor
        self.version += 1
        self.move(1)

    def select_range(self) -> None:
        """Selects from the row last toggled (else from the top) to the cursor."""
        low, high = sorted((self._anchor if self._anchor is not None else 0, self.cursor))
        self.select(self._shelf.ids(self._list.stories(low, high)))

    def select(self, stories: Iterable[StoryId]) -> None:
        """Selects these stories too."""
        self.selected.update(stories)
        self.version += 1

    def select_fitting(self, fits: bytearray) -> int:
        """Selects, of the stories that are shown, those that have a 1 there by their number; gives how many."""
        shown = self._list.stories(0, len(self._list) - 1)
        found = [n for n in shown if n < len(fits) and fits[n]]
        self.select(self._shelf.ids(found))
        return len(found)

    def clear_selected(self) -> None:
        self.selected.clear()
        self._anchor = None
        self.version += 1

    @property
    def targets(self) -> tuple[StoryId, ...]:
        """The stories that an act hits: the selection, else the row under the cursor (an event's row: all of it)."""
        if self.selected:
            numbers = self._numbers_of(self.selected)
            return tuple(self._shelf.ids(self._list.in_order(numbers.values())))
        return tuple(s.id for s in self.row.stories) if self.row else ()

    @property
    def event_shown(self) -> tuple[StoryId, ...]:
        """The stories of the cursor's event that are shown."""
        return self.within(Reach.EVENT)

    @property
    def event_targets(self) -> tuple[StoryId, ...]:
        """The stories that an act on events hits: of those shown all that stand in the events of the selection, else in
        the cursor's event."""
        if not self.selected:
            return self.event_shown
        ranks = {k for k in map(self._list.rank, self._numbers_of(self.selected).values()) if k is not None}
        if self._plan.wanted.layout is not Layout.STORIES:
            return tuple(self._shelf.ids([n for k in sorted(ranks) for n in self._list.shown(k)]))
        found = (n for k in sorted(ranks) for n in self._entries[k].numbers if self._list.is_shown(n))
        return tuple(self._shelf.ids(list(dict.fromkeys(found))))

    def within(self, reach: Reach) -> tuple[StoryId, ...]:
        """The stories that are shown in the cursor's event, above the cursor, below it, or anywhere in the list."""
        at, last = self._at(), len(self._list) - 1
        if at is None:
            return ()
        if reach is Reach.EVENT:
            entry = self._entries[at[0]]
            return tuple(
                s.id for s, n in zip(entry.event.stories, entry.numbers, strict=True) if self._list.is_shown(n)
            )
        first, last = {Reach.ABOVE: (0, self.cursor - 1), Reach.BELOW: (self.cursor + 1, last)}.get(reach, (0, last))
        return tuple(self._shelf.ids(self._list.stories(first, last)))

    # --- acting

    def act(self, label: str, stories: Collection[StoryId], change: Callable[[Mark], Mark]) -> Act | None:
        """Changes the marks of stories as one act; None when nothing would change. Raises LibraryReadOnly."""
        changes = []
        after: dict[int, tuple[Mark, Mark]] = {}  # by identity: a bulk act meets few marks many times
        for story in stories:
            before = self.mark(story)
            if id(before) not in after:
                after[id(before)] = before, change(before)
            if after[id(before)][1] != before:
                changes.append(Change(story, before, after[id(before)][1]))
        if not changes:
            return None
        act = Act(f"{label} {counted(len(changes), 'story', 'stories')}", tuple(changes))
        self._apply(act)
        self._history.did(act)
        return act

    def _apply(self, act: Act) -> None:
        self.marks.apply(act)
        self._marked(tuple({c.story for c in act.changes}))

    def rule(self, act: Act) -> Act:
        """Does an act that makes rules or takes them back. Raises LibraryReadOnly."""
        self._apply(act)
        self._history.did(act)
        return act

    def set_read(self, stories: Collection[StoryId], read: bool = True) -> Act | None:
        return self.act("Read" if read else "Unread", stories, lambda m: replace(m, read=read))

    def toggle_read(self, stories: Collection[StoryId]) -> Act | None:
        """Marks the stories read, or unread when all of them were."""
        return self.set_read(stories, not all(self.mark(s).read for s in stories))

    def toggle_star(self, stories: Collection[StoryId]) -> Act | None:
        on = not all(self.mark(s).starred for s in stories)
        return self.act("Starred" if on else "Unstarred", stories, lambda m: replace(m, starred=on))

    def toggle_dismissed(self, stories: Collection[StoryId]) -> Act | None:
        on = not all(self.mark(s).dismissed for s in stories)
        return self.act("Dismissed" if on else "Brought back", stories, lambda m: replace(m, dismissed=on))

    def set_tags(self, stories: Collection[StoryId], before: Collection[str], after: Collection[str]) -> Act | None:
        """Adds the tags that are new in after and takes off those that are gone since before."""
        added, gone = set(after) - set(before), set(before) - set(after)
        self.last_tags = tuple(sorted(set(after))) or self.last_tags
        return self.act("Tagged", stories, lambda m: replace(m, tags=tuple((set(m.tags) | added) - gone)))

    def set_note(self, stories: Collection[StoryId], note: str) -> Act | None:
        return self.act("Noted" if note else "Took the note off", stories, lambda m: replace(m, note=note))

    def highlight(self, story: StoryId, paragraphs: Sequence[str], picked: Sequence[Span]) -> Act | None:
        """Highlights what was picked of a story's text, or takes it off where all of it was highlighted."""
        passages, on = toggled(self.mark(story).highlights, paragraphs, picked)
        label = "Highlighted in" if on else "Took a highlight off in"
        return self.act(label, [story], lambda m: replace(m, highlights=passages))

    def shared_tags(self, stories: Collection[StoryId]) -> tuple[str, ...]:
        """The tags that all the stories have."""
        sets = [set(self.mark(s).tags) for s in stories]
        return tuple(sorted(set.intersection(*sets))) if sets else ()

    def remember_done(self, acts: Iterable[Act]) -> None:
        """Lets undo go on with acts from before this start, oldest first."""
        self._history.remember(acts)

    def undo(self) -> Act | None:
        """Takes the last act back, moves to it and gives it; None when there is nothing to take back.

        Acts are passed over whose effect another program took back already.
        """
        return self._gone_to(self._history.undo(self._apply))

    def redo(self) -> Act | None:
        return self._gone_to(self._history.redo(self._apply))

    def _gone_to(self, act: Act | None) -> Act | None:
        if act and act.changes:
            self.go_to(act.changes[0].story)
        return act

    # --- counting, remembering

    def counts(self) -> Counts:
        """Stories in the list, unread, starred; the dismissed are not counted."""
        count = self._list.count_flagged
        alive = len(self._list.skeleton.members) - count(lambda flags: bool(flags & GONE))
        read = count(lambda flags: bool(flags & READ) and not flags & GONE)
        starred = count(lambda flags: bool(flags & STARRED) and not flags & GONE)
        return alive, alive - read, starred

    def others_marked(self, stories: Collection[StoryId]) -> None:
        """Another program changed the marks of these stories."""
        self._marked(stories)

    def state(self) -> dict[str, object]:
        """What the next start needs to put the reader back where they were."""
        row = self.row
        return {
            "event": row.event.id if row else None,
            "story": row.story.id if row and row.story else None,
            "folded": sorted(self.folded),
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
        self.filter, self.search = str(state.get("filter") or ""), str(state.get("search") or "")
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


def counted(number: int, one: str, many: str) -> str:
    """ "1 story", "3 stories"."""
    return f"{number:,} {one if number == 1 else many}"
