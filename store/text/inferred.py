"""The day of a story that says it only by half ("Tuesday", "May 3"), where another date in the story fixes it. What is
found here is never a date that the story does not imply, and its head says that it was inferred."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from store.text import dates
from store.text.dates import Partial

_FUTURE = timedelta(days=60)  # a date with its year so soon after a day of a month is of the same year, or of the next
_PAST = timedelta(days=14)  # and so soon before it, unless it is told as years ago
_PARAGRAPHS = 40  # that are searched for dates
_LONGEST = 3000  # characters of each
_YEARS = re.compile(
    r"anniversar|years?\b|\bago\b|\bans\b|\baños\b|\bjahr|\bлет\b|\bгод|річниц|\bрок|\byıl|ذكرى|عام|سنوات",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"/(?P<y>20\d\d)[/-]?(?P<m>\d\d)[/-]?(?P<d>\d\d)(?=[/_.-]|$)")


def published(
    stated: Partial | None, *, updated: str | None, body: Sequence[str], url: str | None, lead: Partial | None = None
) -> str | None:
    """The day, ISO 8601, with the time where stated has one. stated is what a date line or the dateline says by half,
    lead the weekday that the first paragraph names, updated a full date that the head gives for a later state."""
    anchor = _day(updated) or _in_address(url)
    written = _written(body)
    found: date | None = None
    if stated and stated.month:
        found = _of_month(stated, anchor, written)
    elif stated:
        found = _last(stated.weekday, anchor) if anchor else _named(stated.weekday, written)
    elif lead:
        found = _named(lead.weekday, written) if not anchor else None
    found = found or (_in_address(url) if not updated else None)
    if found is None:
        return None
    return f"{found.isoformat()}T{stated.clock}" if stated and stated.clock else found.isoformat()


def lead_weekday(paragraph: str) -> Partial | None:
    """The one weekday that a first paragraph names, and without its date."""
    named = {weekday for weekday, _ in dates.weekdays(paragraph[:_LONGEST])}
    dated = any(dates.dates(paragraph[:_LONGEST]))
    return Partial(weekday=named.pop()) if len(named) == 1 and not dated else None


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written[:10]) if written else None
    except ValueError:
        return None


def _in_address(url: str | None) -> date | None:
    match = _IN_ADDRESS.search(url) if url else None
    return _date(int(match["y"]), int(match["m"]), int(match["d"])) if match else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _written(body: Sequence[str]) -> Iterator[tuple[date, bool, bool]]:
    """Each full date of the body, whether its weekday stands beside it, and whether its paragraph speaks of years."""
    for paragraph in body[:_PARAGRAPHS]:
        text = paragraph[:_LONGEST]
        for found in dates.dates(text):
            day = date.fromisoformat(found.iso[:10])
            beside = text[max(0, found.start - 16) : found.start] + " " + text[found.end : found.end + 16]
            named = any(weekday == day.weekday() for weekday, _ in dates.weekdays(beside))
            yield day, named, _YEARS.search(text) is not None


def _last(weekday: int | None, anchor: date) -> date | None:
    """The last such weekday up to anchor."""
    return None if weekday is None else anchor - timedelta(days=(anchor.weekday() - weekday) % 7)


def _named(weekday: int | None, written: Iterable[tuple[date, bool, bool]]) -> date | None:
    """The one date of the body that is written with that weekday."""
    days = {day for day, named, _ in written if named and day.weekday() == weekday}
    return days.pop() if len(days) == 1 else None


def _of_month(stated: Partial, anchor: date | None, written: Iterable[tuple[date, bool, bool]]) -> date | None:
    """The day of a month in the year that every date near it gives; none where two years come into question."""
    found: set[date] = set()
    if anchor:
        found = {d for d in _in_years(stated, anchor) if timedelta(0) <= anchor - d <= _FUTURE}
    else:
        for day, named, years in written:
            for own in _in_years(stated, day):
                near = timedelta(0) < day - own <= _FUTURE or timedelta(0) < own - day <= _PAST
                if (named and abs(own - day) <= _PAST) or (near and not years):
                    found.add(own)
    return found.pop() if len(found) == 1 else None


def _in_years(stated: Partial, anchor: date) -> Iterator[date]:
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        own = _date(year, stated.month or 0, stated.day or 0)
        if own and stated.weekday in (None, own.weekday()):
            yield own
