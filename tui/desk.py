"""Where the reader is: what is shown, in which order, under the cursor, selected; what was done and can be undone.

Plain Python: no Textual, no files. The screen draws from a Desk and calls it; the desk calls only the marks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from store.model import Act, Change, Event, EventId, Listed, Mark, StoryId

UNDO_DEPTH = 500


class Marking(Protocol):
    """What the desk needs of the marks."""

    @property
    def read_only(self) -> bool: ...
    def get(self, story: StoryId) -> Mark: ...
    def apply(self, act: Act) -> None: ...
    def moot(self, act: Act) -> bool: ...


Shown = Callable[[Listed, Mark, Event], bool]
"""Whether a story is shown under the present filter."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list: an event's own (story is None), a story below it, or an event of one story (alone)."""

    event: Event
    story: Listed | None = None
    alone: bool = False
    shown: tuple[Listed, ...] = ()
    """On an event's own row: those of its stories that are shown."""

    @property
    def stories(self) -> tuple[Listed, ...]:
        """What an act on this row hits: never a story that is not shown."""
        return (self.story,) if self.story else self.shown

    @property
    def key(self) -> tuple[EventId, StoryId | None]:
        return self.event.id, self.story.id if self.story else None


Counts = tuple[int, int, int]
"""Stories, unread, starred."""


class Desk:
    """The reader's place among the stories. Every method leaves the cursor on a row, where there is one."""

    def __init__(self, marks: Marking) -> None:
        self.marks = marks
        self.events: tuple[Event, ...] = ()
        self.rows: list[Row] = []
        self.cursor = 0
        self.selected: set[StoryId] = set()
        self.folded: set[EventId] = set()
        self.filter = ""
        self.search = ""
        self.length = 3
        self.last_tags: tuple[str, ...] = ()
        self.version = 0
        """Grows with whatever changes how the list looks; arranged grows only when its rows are others."""
        self.arranged = 0
        self.placed = False
        """Whether the reader has put the cursor somewhere; until then it stays on the newest story."""
        self._counted: Counts | None = None
        self._order: list[tuple[Event, Listed]] = []
        self._row_of: dict[tuple[EventId, StoryId | None], int] = {}
        self._row_of_story: dict[StoryId, int] = {}
        self._place_of: dict[StoryId, int] = {}
        self._event_of: dict[StoryId, Event] = {}
        self._shown: Shown | None = None
        self._anchor: int | None = None
        self._kept: StoryId | None = None
        self._was_at: tuple[EventId, StoryId | None] | None = None
        self._done: deque[Act] = deque(maxlen=UNDO_DEPTH)
        self._undone: deque[Act] = deque(maxlen=UNDO_DEPTH)

    # --- what is shown

    def load(self, events: Sequence[Event]) -> None:
        """Takes the library's events, newest first; the cursor stays on its story."""
        self.events = tuple(events)
        self._event_of = {s.id: e for e in events for s in e.stories}
        self.selected &= self._event_of.keys()
        self._counted = None
        self.arrange()
        if not self.placed:
            self.cursor = 0

    def show_only(self, shown: Shown | None) -> None:
        """Shows the stories for which shown is true; None shows all but the dismissed."""
        self._shown = shown
        if self.row:
            self._was_at = self.row.key
        self._make_rows(kept=None)
        self._find(self._was_at, 0)
        self.selected &= self._place_of.keys()

    def arrange(self) -> None:
        """Makes the rows anew and finds the cursor's row again. Costs a look at every story; moving costs none.

        The story under the cursor stays, though it may no longer fit the filter.
        """
        at, index = (self.row.key if self.row else None), self.cursor
        self._make_rows(kept=self.row.story.id if self.row and self.row.story else None)
        self._find(at, index)

    def _make_rows(self, *, kept: StoryId | None) -> None:
        self._kept = kept
        self.rows, self._order = [], []
        for event in self.events:
            self._add_rows(event)
        self._row_of = {row.key: n for n, row in enumerate(self.rows)}
        self._row_of_story = {row.story.id: n for n, row in enumerate(self.rows) if row.story}
        self._place_of = {story.id: n for n, (_, story) in enumerate(self._order)}
        self.version += 1
        self.arranged += 1

    def _add_rows(self, event: Event) -> None:
        shown = [s for s in event.stories if self._is_shown(s, event)]
        if not shown:
            return
        self._order += ((event, s) for s in shown)
        if len(event.stories) == 1:
            self.rows.append(Row(event, shown[0], alone=True))
            return
        self.rows.append(Row(event, shown=tuple(shown)))
        if event.id not in self.folded:
            self.rows += (Row(event, s) for s in shown)

    def _is_shown(self, story: Listed, event: Event) -> bool:
        mark = self.mark(story.id)
        if self._shown is None:
            return not mark.dismissed
        return story.id == self._kept or self._shown(story, mark, event)

    def _find(self, key: tuple[EventId, StoryId | None] | None, index: int) -> None:
        if key is not None:
            number = self._row_of.get(key)
            if number is None and key[1] is not None:
                number = self._row_of_story.get(key[1])
            if number is not None:
                self.cursor = number
                return
        self.cursor = max(0, min(index, len(self.rows) - 1))

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

    def move(self, by: int) -> None:
        self.go(self.cursor + by)

    def go(self, index: int) -> None:
        """Puts the cursor on a row; a row that no longer fits the filter leaves once the cursor has left it."""
        self.cursor = max(0, min(index, len(self.rows) - 1))
        self.placed = True
        row = self.row
        if self._kept and row and not (row.story and row.story.id == self._kept):
            kept, self._kept = self._kept, None
            if self._shown and kept in self._place_of:
                event, story = self._order[self._place_of[kept]]
                if not self._is_shown(story, event):
                    self.arrange()

    def go_to(self, story: StoryId) -> bool:
        """Puts the cursor on a story, unfolding its event; false when it is not shown."""
        if story in self._row_of_story:
            self.go(self._row_of_story[story])
            return True
        if story not in self._place_of:
            return False
        self.folded.discard(self._order[self._place_of[story]][0].id)
        self.arrange()
        return story in self._row_of_story and self.go_to(story)

    def to_unread(self, step: int) -> bool:
        """To the next (1) or previous (-1) unread story, going round once; false when nothing is unread."""
        here = self.story.id if self.story else None
        start, total = self._before(step), len(self._order)
        for far in range(1, total + 1):
            _, story = self._order[(start + far * step) % total]
            if story.id != here and not self.mark(story.id).read:
                return self.go_to(story.id)
        return False

    def _before(self, step: int) -> int:
        """The place in the order of stories that the cursor's row stands at, an event's row before its stories."""
        row = self.row
        if row is None:
            return -1 if step > 0 else 0
        if row.story:
            return self._place_of[row.story.id]
        first = next(self._place_of[s.id] for s in row.event.stories if s.id in self._place_of)
        return first - 1 if step > 0 else first

    def _all(self) -> Iterable[tuple[Event, Listed]]:
        return ((e, s) for e in self.events for s in e.stories)

    def to_event(self, step: int) -> bool:
        """To the next or previous event's first row; false at either end."""
        at = self.cursor + step
        while 0 <= at < len(self.rows):
            if self.rows[at].alone or self.rows[at].story is None:
                self.go(at)
                return True
            at += step
        return False

    def open(self) -> StoryId | None:
        """Steps in: unfolds a folded event, goes from an event to its first unread story, opens a story.

        Gives the story that was opened, None when the step stayed in the list.
        """
        row = self.row
        if row is None:
            return None
        if row.story:
            return row.story.id
        if row.event.id in self.folded:
            self.folded.discard(row.event.id)
            self.arrange()
            return None
        below = [self._row_of_story[s.id] for s in row.event.stories if s.id in self._row_of_story]
        unread = [n for n in below if not self.mark(self.rows[n].stories[0].id).read]
        if below:
            self.go((unread or below)[0])
        return None

    def close(self) -> None:
        """Steps out: from a story to its event, from an event to its folded row."""
        row = self.row
        if row is None or row.alone:
            return
        if row.story is None:
            self.folded.add(row.event.id)
            self.arrange()
            return
        self.go(self._row_of[row.event.id, None])

    # --- selecting

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
        start = self._anchor if self._anchor is not None else 0
        low, high = sorted((start, self.cursor))
        self.selected |= {s.id for row in self.rows[low : high + 1] for s in row.stories if row.story or row.alone}
        self.version += 1

    def clear_selected(self) -> None:
        self.selected.clear()
        self._anchor = None
        self.version += 1

    @property
    def targets(self) -> tuple[StoryId, ...]:
        """The stories that an act hits: the selection, else the row under the cursor (an event's row: all of it)."""
        if self.selected:
            return tuple(s.id for _, s in self._all() if s.id in self.selected)
        return tuple(s.id for s in self.row.stories) if self.row else ()

    @property
    def event_shown(self) -> tuple[StoryId, ...]:
        """The stories of the cursor's event that are shown."""
        if self.row is None:
            return ()
        return tuple(s.id for s in self.row.event.stories if s.id in self._place_of)

    # --- acting

    def mark(self, story: StoryId) -> Mark:
        return self.marks.get(story)

    def act(self, label: str, stories: Collection[StoryId], change: Callable[[Mark], Mark]) -> Act | None:
        """Changes the marks of stories as one act; None when nothing would change. Raises LibraryReadOnly."""
        changes = []
        for story in stories:
            before = self.mark(story)
            after = change(before)
            if after != before:
                changes.append(Change(story, before, after))
        if not changes:
            return None
        act = Act(f"{label} {counted(len(changes), 'story', 'stories')}", tuple(changes))
        self._apply(act)
        self._done.append(act)
        self._undone.clear()
        return act

    def _apply(self, act: Act) -> None:
        known = () if self._counted is None else {c.story for c in act.changes if c.story in self._event_of}
        before = [(story, self.mark(story)) for story in known]
        self.marks.apply(act)
        self.version += 1
        for story, mark in before:
            assert self._counted is not None
            self._counted = _recounted(self._counted, Change(story, mark, self.mark(story)))

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

    def shared_tags(self, stories: Collection[StoryId]) -> tuple[str, ...]:
        """The tags that all the stories have."""
        sets = [set(self.mark(s).tags) for s in stories]
        return tuple(sorted(set.intersection(*sets))) if sets else ()

    def remember_done(self, acts: Iterable[Act]) -> None:
        """Lets undo go on with acts from before this start, oldest first."""
        here = tuple(self._done)
        self._done.clear()
        self._done.extend((*acts, *here))

    def undo(self) -> Act | None:
        """Takes the last act back, moves to it and gives it; None when there is nothing to take back.

        Acts are passed over whose effect another program took back already.
        """
        return self._again(self._done, self._undone, undo=True)

    def redo(self) -> Act | None:
        return self._again(self._undone, self._done, undo=False)

    def _again(self, source: deque[Act], target: deque[Act], *, undo: bool) -> Act | None:
        while source and self.marks.moot(source[-1].undone() if undo else source[-1]):
            source.pop()
        if not source:
            return None
        act = source[-1]
        self._apply(act.undone() if undo else act)
        target.append(source.pop())
        if self._shown or any(c.before.dismissed != c.after.dismissed for c in act.changes):
            self.arrange()
        if act.changes:
            self.go_to(act.changes[0].story)
        return act

    # --- counting, remembering

    def counts(self) -> Counts:
        """Stories in the library, unread, starred; the dismissed are not counted."""
        if self._counted is None:
            marks = [self.mark(s.id) for _, s in self._all()]
            alive = [m for m in marks if not m.dismissed]
            self._counted = len(alive), sum(not m.read for m in alive), sum(m.starred for m in alive)
        return self._counted

    def recount(self) -> None:
        """Another program changed marks: the counts are no longer known."""
        self._counted = None

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
        }

    def restore(self, state: Mapping[str, object]) -> None:
        """Puts back what state() gave, as far as it still fits. The filter's text is put back, not yet applied."""
        folded = state.get("folded")
        self.folded = {EventId(str(e)) for e in folded} if isinstance(folded, list) else set()
        self.filter, self.search = str(state.get("filter") or ""), str(state.get("search") or "")
        length = state.get("length")
        self.length = length if isinstance(length, int) and not isinstance(length, bool) and 0 < length < 100 else 3
        tags = state.get("last_tags")
        self.last_tags = tuple(str(t) for t in tags) if isinstance(tags, list) else ()
        story, event = state.get("story"), state.get("event")
        self.arrange()
        if event is not None and self.rows:
            self._find((EventId(str(event)), StoryId(str(story)) if story else None), 0)
            self.placed = True
        self._kept = None


def counted(number: int, one: str, many: str) -> str:
    """ "1 story", "3 stories"."""
    return f"{number:,} {one if number == 1 else many}"


def _recounted(counts: Counts, change: Change) -> Counts:
    total, unread, starred = counts
    for mark, sign in ((change.before, -1), (change.after, 1)):
        if not mark.dismissed:
            total, unread, starred = total + sign, unread + sign * (not mark.read), starred + sign * mark.starred
    return total, unread, starred
