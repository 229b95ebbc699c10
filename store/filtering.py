"""Filtering: the stories a query stands for, as numbers, answered part by part: what the index or a column can tell is
asked of the archive once, what marks tell is told by the marked stories alone. No object a story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, reduce
from operator import and_, or_
from typing import Any

from store.archive import Archive
from store.archive.lists import Lists
from store.archive.skeleton import Layout, Order, in_batches
from store.marks import Marks
from store.model import UNMARKED, EventId, Head, Listed, Mark, StoryId, StorylineId
from store.query.fields import Subject, Test, fold
from store.query.form import Form

# What of a story a field looks at, as the archive's columns give it. Days suffice for dates, and are few.
# Agency and address only where they stand for the outlet (see Head.reporter): every story has another address.
_OUTLET = {
    "outlet": "outlet",
    "agency": "CASE WHEN coalesce(outlet, '') = '' THEN agency END",
    "url": "CASE WHEN coalesce(nullif(outlet, ''), agency, '') = '' THEN url END",
}
_DAY = {"published": "substr(published, 1, 10)"}
_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "outlet": _OUTLET,
    "agency": {"agency": "agency"},
    "place": {"place": "place"},
    "who": {"byline": "byline"},
    "lang": {"language": "language"},
    "since": _DAY,
    "before": _DAY,
    "on": _DAY,
    "event": {"event": "coalesce(event, id)"},
    "storyline": {"storyline": "coalesce(storyline, id)"},
    "id": {"id": "id"},
    "is:withdrawn": {"title": "title"},
    "has:url": {"url": "url"},
    "has:date": _DAY,
    "has:outlet": _OUTLET,
    "has:agency": {"agency": "agency"},
    "has:place": {"place": "place"},
    "has:byline": {"byline": "byline"},
}
_OF_MARKS = {"tag", "note", "has:note", "has:tag", "has:highlight"} | {
    f"is:{word}" for word in ("unread", "read", "starred", "dismissed", "tagged", "noted")
}
NAMED = ("outlet", "agency", "place", "lang", "event", "storyline", "id")
"""Fields whose value is the name of something that is there or is not."""
_OF_EVENTS = {"outlets", "origins", "is:grouped"}
_NOBODY = Listed(StoryId(""), Head(""), EventId(""), StorylineId(""))
_AT_ONCE = 200  # events looked at together where nothing but looking helps


class Asked:
    """A query, and words searched for, over a library. `all` takes a thread's time; `fits` none."""

    def __init__(
        self,
        archive: Archive,
        marks: Marks,
        form: Form | None,
        words: str,
        *,
        terms: tuple[str, ...],
        with_dismissed: bool,
    ) -> None:
        self.terms = terms
        self.with_dismissed = with_dismissed
        self._archive = archive
        self._lists: Lists = archive.lists
        self._marks = marks
        self._form = form
        self._words = words.strip()
        self._known: dict[Form, bytearray] = {}  # what parts hold that marks do not change
        self._searched: bytearray | None = None
        self._top = 0

    def all(self, top: int) -> bytearray:
        """1 for each story that fits, by number up to top; the dismissed are for the caller to leave out."""
        self._top = top
        self._known.clear()
        self._searched = self._set(self._lists.holding(self._words)) if self._words else None
        bits = [_int(self._searched)] if self._searched is not None else []
        bits += [self._bits(self._form)] if self._form else []
        return _bytes(reduce(and_, bits), top) if bits else bytearray(b"\1") * (top + 1)

    def fits(self, number: int, mark: Mark) -> bool:
        """Whether one story fits under this mark, by what `all` found out."""
        if self._searched is not None and not _at(self._searched, number):
            return False
        return self._form is None or self._holds(self._form, number, mark)

    # --- one story

    def _holds(self, form: Form, number: int, mark: Mark) -> bool:
        if form.kind == "all":
            return all(self._holds(part, number, mark) for part in form.parts)
        if form.kind == "either":
            return any(self._holds(part, number, mark) for part in form.parts)
        if form.kind == "without":
            return not self._holds(form.parts[0], number, mark)
        name = _name(form)
        if name in _OF_MARKS:
            return form.test(_subject(mark))
        if name == "is:new":
            beside = self._lists.ids(self._lists.beside([number]))
            return not mark.read and any(self._marks.get(other).read for other in beside)
        return _at(self._known[form], number) if form in self._known else False

    # --- all stories

    def _bits(self, form: Form) -> int:
        if form.kind == "all":
            return reduce(and_, (self._bits(part) for part in form.parts))
        if form.kind == "either":
            return reduce(or_, (self._bits(part) for part in form.parts))
        if form.kind == "without":
            return _int(bytearray(b"\1") * (self._top + 1)) ^ self._bits(form.parts[0])
        name = _name(form)
        if name in _OF_MARKS:
            return _int(self._marked(form.test))
        if name == "is:new":
            return _int(self._new())
        self._known[form] = self._static(form, name)
        return _int(self._known[form])

    def _static(self, form: Form, name: str) -> bytearray:
        if form.kind == "term":
            return self._set(self._lists.with_term(form.value))
        if name in _OF_EVENTS:
            return self._cut(self._lists.event_counts().where(lambda *counts: form.test(_in_event(*counts))))
        if name in _COLUMNS:
            wanted = _COLUMNS[name]
            said = self._lists.coded(list(wanted.values()))
            found = self._cut(
                said.where(
                    lambda *values: form.test(_subject(UNMARKED, _listed(dict(zip(wanted, values, strict=True)))))
                )
            )
            if name == "who":
                return _bytes(_int(found) | _int(self._set(self._lists.with_term(fold(form.value)))), self._top)
            return found
        return self._looked_at(form.test)

    def _marked(self, test: Test) -> bytearray:
        """By marks alone: a story without a mark is as any other without one."""
        found = bytearray([test(_subject(UNMARKED))]) * (self._top + 1)
        holds: dict[int, tuple[Mark, bool]] = {}  # by identity: many stories have few marks
        for story, mark in self._numbered():
            if id(mark) not in holds:
                holds[id(mark)] = mark, test(_subject(mark))
            if story <= self._top:
                found[story] = holds[id(mark)][1]
        return found

    def _new(self) -> bytearray:
        marked = dict(self._numbered())
        found = self._set(self._lists.beside([n for n, mark in marked.items() if mark.read]))
        for n, mark in marked.items():
            if mark.read and n <= self._top:
                found[n] = 0
        return found

    def _numbered(self) -> Iterable[tuple[int, Mark]]:
        return self._lists.numbered(self._marks.all())

    def _cut(self, found: bytearray) -> bytearray:
        """For exactly the stories that were asked about: some may have come since."""
        return found[: self._top + 1].ljust(self._top + 1, b"\0")

    def _looked_at(self, test: Test) -> bytearray:
        """For a field that none of the quick ways answers: every event is read, some at a time."""
        found = bytearray(self._top + 1)
        holding = cache(self._archive.search_all)
        units = self._lists.skeleton(Layout.EVENTS, Order.NEWEST).units
        for some in in_batches(units, _AT_ONCE):
            for event, numbers in self._lists.shelved(Layout.EVENTS, some).values():
                for story, n in zip(event.stories, numbers, strict=True):
                    if n <= self._top:
                        mark = self._marks.get(story.id)
                        found[n] = test(Subject(story, mark, event, holding, self._marks.get))
        return found

    def _set(self, numbers: Iterable[int]) -> bytearray:
        found, top = bytearray(self._top + 1), self._top
        for n in numbers:
            if n <= top:
                found[n] = 1
        return found


def anywhere(lists: Lists, marks: Marks, form: Form) -> bool:
    """Whether any story at all has what a field asks for; of fields that are no name, yes."""
    if form.name == "tag":
        return form.test(_subject(Mark(tags=tuple(marks.tags()))))
    if form.name not in NAMED:
        return True
    wanted = _COLUMNS[form.name]
    said = lists.coded(list(wanted.values()))
    return any(form.test(_subject(UNMARKED, _listed(dict(zip(wanted, v, strict=True))))) for v in said.values[1:])


class _Counts:
    """An event of which no more is known than how many it has of everything."""

    def __init__(self, stories: int, outlets: int, origins: int) -> None:
        self.stories, self.outlets, self.origins = range(stories), range(outlets), range(origins)


def _in_event(stories: int, outlets: int, origins: int) -> Subject:
    counts: Any = _Counts(stories, outlets, origins)
    return Subject(_NOBODY, UNMARKED, counts, _nothing)


def _subject(mark: Mark, story: Listed = _NOBODY) -> Subject:
    return Subject(story, mark, None, _nothing)


def _nothing(_term: str) -> frozenset[StoryId]:
    return frozenset()


def _listed(values: Mapping[str, Any]) -> Listed:
    head = Head(
        values.get("title") or "",
        published=values.get("published"),
        place=values.get("place"),
        outlet=values.get("outlet"),
        agency=values.get("agency"),
        byline=values.get("byline"),
        url=values.get("url"),
        language=values.get("language"),
    )
    return Listed(
        StoryId(values.get("id") or ""),
        head,
        EventId(values.get("event") or ""),
        StorylineId(values.get("storyline") or ""),
    )


def _name(form: Form) -> str:
    """The field, with its value where that says what is looked at."""
    return f"{form.name}:{form.value.casefold()}" if form.name in ("is", "has") else form.name


def _at(found: bytearray, number: int) -> bool:
    return number < len(found) and bool(found[number])


def _int(found: bytearray) -> int:
    return int.from_bytes(found, "little")


def _bytes(bits: int, top: int) -> bytearray:
    return bytearray(bits.to_bytes(top + 1, "little"))
