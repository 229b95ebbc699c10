"""A library and its reader in figures: what is unread, which tags are in use, who covers what was starred."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from store.archive import Archive
from store.archive.skeleton import Layout, Order
from store.late import late
from store.marks import Marks
from store.model import EventId, Head, StoryId
from store.sheets import Count, Statistics, Usage

_OUTLETS = 12  # that are told
_DAYS = 28
_WEEKS = 8  # the marks remember the use of tags for 60 days
_TAGS = 8
_COLUMNS = ("coalesce(outlet, agency)", "CASE WHEN outlet IS NULL AND agency IS NULL THEN url END")


def statistics(archive: Archive, marks: Marks, *, now: datetime) -> Statistics:
    """Unread are the stories neither read nor dismissed; their days are the 28 that end with the newest of them."""
    outlets, days, total = _unread(archive, marks)
    weeks = [now - timedelta(days=7 * back - 1) for back in range(_WEEKS, 0, -1)]
    starred = [story for story, mark in marks.all().items() if mark.starred]
    events, coverage = _coverage(archive, starred)
    return Statistics(
        archive.count(),
        total,
        _most(outlets, _OUTLETS),
        tuple(_by_day(days)),
        tuple(week.date().isoformat() for week in weeks),
        tuple(_usage(marks, weeks)),
        events,
        _most(coverage, _OUTLETS),
    )


def _most(found: Counter[str], most: int) -> tuple[Count, ...]:
    ranked = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Count(name, count) for name, count in ranked[:most])


def _unread(archive: Archive, marks: Marks) -> tuple[Counter[str], Counter[str], int]:
    """The unread stories by outlet and by day, and how many they are."""
    whole = archive.lists.skeleton(Layout.EVENTS, Order.NEWEST)
    dismissed, gone = bytearray(whole.top + 1), set[int]()
    for number, mark in archive.lists.numbered(marks.all()):
        if number < len(dismissed) and (mark.read or mark.dismissed):
            dismissed[number] = mark.dismissed
            gone.add(number)
    gone |= late(archive.lists, whole, dismissed)
    coded = archive.lists.coded((*_COLUMNS, "substr(published, 1, 10)"))
    left = Counter(code for number, code in enumerate(coded.codes) if code and number not in gone)
    outlets, days = Counter[str](), Counter[str]()
    for code, count in left.items():
        name, url, day = coded.values[code]
        outlets[name or Head("", url=url).source or ""] += count
        days[day or ""] += count
    outlets["no outlet"] += outlets.pop("", 0)
    return +outlets, days, left.total()


def _by_day(days: Counter[str]) -> Iterator[Count]:
    known = {day: count for day, count in days.items() if _date(day)}
    last = _date(max(known, default=""))
    for back in range(_DAYS - 1, -1, -1):
        if last:
            day = (last - timedelta(days=back)).isoformat()
            yield Count(day, known.get(day, 0))


def _date(day: str) -> date | None:
    try:
        return date.fromisoformat(day) if day else None
    except ValueError:
        return None


def _usage(marks: Marks, weeks: list[datetime]) -> Iterator[Usage]:
    """Of the tags put on most stories; a week's are those tagged since it began less those since the next."""
    since = [marks.tagged_since(week) for week in weeks]
    ranked = sorted(since[0].items(), key=lambda pair: (-pair[1], pair[0]))
    for tag, _ in ranked[:_TAGS]:
        counts = [uses[tag] for uses in since]
        yield Usage(tag, tuple(a - b for a, b in zip(counts, [*counts[1:], 0], strict=True)))


def _coverage(archive: Archive, starred: list[StoryId]) -> tuple[int, Counter[str]]:
    placed = archive.placements(starred)
    known = archive.lists.numbers(starred)
    events = dict.fromkeys(placed[s].event if s in placed else EventId(s) for s in starred if s in known)
    shelved = archive.lists.shelved(Layout.EVENTS, list(archive.lists.unit_numbers(Layout.EVENTS, events).values()))
    found = Counter(outlet for entry in shelved.values() for outlet in entry.event.outlets)
    return len(shelved), found
