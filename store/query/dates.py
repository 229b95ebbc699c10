"""How a query names a day or a stretch of days. Today is an argument, never the clock."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WORDS = ("today", "yesterday", *DAYS)
HOW = "write a day as 2025-04-12, 2025-04, 2d (days ago), 2w, today, yesterday or monday"

_AGO = re.compile(r"([0-9]{1,9})([dw])")
_CALENDAR = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?")


def period(text: str, today: date) -> tuple[str, str]:
    """The first and the last day that text names, as ISO days; a weekday is the latest one, today included.

    Raises ValueError, fit to be shown, where it names none.
    """
    word = text.casefold()
    if word in WORDS:
        return _day(_named(word, today))
    if ago := _AGO.fullmatch(word):
        return _day(_back(today, int(ago[1]) * (7 if ago[2] == "w" else 1)))
    if calendar := _CALENDAR.fullmatch(word):
        return _stretch(text, *(int(part) if part else None for part in calendar.groups()))
    raise ValueError(f"`{text}` is no day: {HOW}")


def _named(word: str, today: date) -> date:
    if word in DAYS:
        return _back(today, (today.weekday() - DAYS.index(word)) % 7)
    return today if word == "today" else _back(today, 1)


def _back(today: date, days: int) -> date:
    """Days ago; before the year 1 there is nothing to find, so the count stops there."""
    return today - timedelta(days=min(days, today.toordinal() - 1))


def _day(day: date) -> tuple[str, str]:
    return day.isoformat(), day.isoformat()


def _stretch(text: str, year: int | None, month: int | None, day: int | None) -> tuple[str, str]:
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        raise ValueError(f"`{text}` is not in the calendar: {HOW}") from None
    if day:
        return _day(first)
    last_month = month or 12
    last = date(first.year, last_month, monthrange(first.year, last_month)[1])
    return first.isoformat(), last.isoformat()
