"""Matching: what a query means in one library, the events it finds, and how it could go on while it is typed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from store import query
from store.archive import Archive
from store.archive.lists import Lists
from store.archive.skeleton import Layout, Order, Shelved, Skeleton, in_batches
from store.errors import QueryError
from store.filtering import Asked, anywhere
from store.late import late
from store.marks import Marks
from store.model import Event, Mark

TERM = re.compile(r'"([^"]+)"?|([^\s"]+)')


def asked(text: str, words: str, *, archive: Archive, marks: Marks, saved: Mapping[str, str], today: date) -> Asked:
    """What a query, and another that is searched for, make together; the last word searched for counts as far as it is
    typed. Raises QueryError."""
    parsed = query.parse(text, today=today, saved=saved)
    if not query.is_simple(words):
        searched = query.parse(words, today=today, saved=saved)
        if not searched.is_plain:
            searched = query.parse(query.as_typed(words), today=today, saved=saved)
            parsed, words = query.both(parsed, searched), ""
    terms = (*parsed.terms, *(phrase or word for phrase, word in TERM.findall(words)))
    with_dismissed = query.asks_for_dismissed(parsed.form)
    return Asked(archive, marks, parsed.form, words, terms=terms, with_dismissed=with_dismissed)


def events(lists: Lists, marks: Marks, fitting: Asked | None) -> tuple[Event, ...]:
    """The events, each with only those of its stories that fit and are not dismissed, newest first; fitting None: all.

    The dismissed stay where they were asked for.
    """
    whole = lists.skeleton(Layout.EVENTS, Order.NEWEST)
    fits = fitting.all(whole.top) if fitting else bytearray(b"\1") * (whole.top + 1)
    with_dismissed = fitting is not None and fitting.with_dismissed
    for n, mark in _late(lists, marks, whole):
        fits[n] = (fits[n] or fitting.fits(n, mark)) if fitting and with_dismissed else 0
    some = [
        unit
        for unit, start, end in zip(whole.units, whole.starts, whole.starts[1:], strict=False)
        if any(fits[n] for n in whole.members[start:end])
    ]
    found = []
    for event, numbers in _shelved(lists, some):
        kept = tuple(
            s
            for s, n in zip(event.stories, numbers, strict=True)
            if n < len(fits) and fits[n] and (with_dismissed or not marks.get(s.id).dismissed)
        )
        if kept:
            found.append(replace(event, stories=kept, left_out=len(event.stories) - len(kept)))
    return tuple(found)


def _late(lists: Lists, marks: Marks, whole: Skeleton) -> Iterator[tuple[int, Mark]]:
    """What came late to dismissed events, with the mark it counts as having."""
    gone = {story: mark for story, mark in marks.all().items() if mark.dismissed}
    dismissed = bytearray(whole.top + 1)
    for n, _ in lists.numbered(gone) if gone else ():
        if n < len(dismissed):
            dismissed[n] = 1
    for n in late(lists, whole, dismissed) if gone else ():
        yield n, replace(marks.get(lists.ids([n])[0]), dismissed=True)


_NO = {
    "tag": "no story has the tag",
    "outlet": "no outlet is named",
    "agency": "no agency is named",
    "place": "no story is from",
    "lang": "no story is in the language",
    "event": "there is no event",
    "storyline": "there is no storyline",
    "id": "there is no story",
}
_IDS = {"event": "coalesce(event, id)", "storyline": "coalesce(storyline, id)", "id": "id"}
_ID = 8  # letters of an id that are shown
_ALIKE = 3  # first letters that a slip in an id is thought to have right
_TOLD = 5  # values named where none is near


def nowhere(text: str, *, archive: Archive, marks: Marks, saved: Mapping[str, str], today: date) -> QueryError | None:
    """The first value that a query asks for and nothing in the library has, with the nearest that something has.

    What stands behind a minus may well be nowhere. Raises QueryError where the text is no query.
    """
    for form in query.wanted(query.parse(text, today=today, saved=saved).form):
        if form.at >= 0 and not anywhere(archive.lists, marks, form):
            said = f"{_NO[form.name]} `{form.value}`{_instead(form, archive, marks)}"
            return QueryError(said, query=text, at=form.at)
    return None


def _instead(form: query.Form, archive: Archive, marks: Marks) -> str:
    """The nearest value, by the whole of it or by one of its words; else some of those there are."""
    if form.name in _IDS:
        known = [str(i)[:_ID] for (i,) in archive.lists.coded([_IDS[form.name]]).values[1:]]
        known = [i for i in known if i[:_ALIKE] == form.value[:_ALIKE].casefold()]
    else:
        known = list(marks.tags()) if form.name == "tag" else [value for value, _ in archive.values(form.name)]
    if near := query.near(form.value, known):
        return f" - did you mean `{form.name}:{near}`?"
    if form.name in _IDS:
        return f"; `list --json` gives the ids, of which the first {query.SHORTEST_ID} letters are enough"
    some = ", ".join(known[:_TOLD])
    return f" - there {'is' if len(known) == 1 else 'are'} {some}{' …' if len(known) > _TOLD else ''}" if some else ""


def _shelved(lists: Lists, units: Sequence[int]) -> Iterator[Shelved]:
    for some in in_batches(units, 500):
        entries = lists.shelved(Layout.EVENTS, some)
        yield from (entries[unit] for unit in some if unit in entries)


_LISTED = {"event": Layout.EVENTS, "storyline": Layout.STORYLINES}
_NEWEST = 300  # events or storylines offered


def _newest(lists: Lists, layout: Layout) -> Iterator[query.Named]:
    """What there is to choose from, newest first."""
    units = lists.page(layout, Order.NEWEST, near=None, size=_NEWEST).units
    entries = lists.shelved(layout, units)
    for unit in units:
        if entry := entries.get(unit):
            yield query.Named(entry.event.id, entry.event.headline, len(entry.numbers))


def _bylines(lists: Lists) -> dict[str, int | None]:
    """Whoever signs stories, most often first, and how many; whom the texts name is too much to offer."""
    said = lists.coded(["byline"])
    most = Counter(said.codes).most_common()
    named = ((said.values[code], number) for code, number in most if code)
    return {str(byline): number for (byline,), number in named if byline}


def completions(
    typed: str, cursor: int, *, archive: Archive, marks: Marks, saved: Mapping[str, str]
) -> tuple[query.Completion, ...]:
    """How a query could go on at the cursor, likeliest first; tags, outlets and the like are those there are."""
    field = query.field_at(typed, cursor)
    if layout := _LISTED.get(field):
        return query.chosen(typed, cursor, _newest(archive.lists, layout))
    counts: dict[str, int | None]
    if field == "saved":
        counts = dict.fromkeys(saved)
    elif field == "tag":
        tags = marks.tags()
        counts = {tag: tags[tag] for tag in sorted(tags, key=lambda tag: (-tags[tag], tag))}
    elif field == "who":
        counts = _bylines(archive.lists)
    else:
        counts = dict(archive.values(field))
    return query.completions(typed, cursor, {field: counts})
