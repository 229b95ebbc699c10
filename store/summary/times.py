"""When stories were published, so that they can be compared."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

_MONTHS = (
    "january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec"
)
_DAYS = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun"
MONTHS = frozenset(_MONTHS.split())
CALENDAR = MONTHS | frozenset(_DAYS.split())  # say when, and name nobody


@lru_cache(maxsize=4096)
def _parsed(published: str) -> str:
    try:
        at = datetime.fromisoformat(published)
        if at.tzinfo:
            at = at.astimezone(UTC)
    except (ValueError, OverflowError):  # no time, or one before the first year
        return ""
    return at.strftime("%Y-%m-%d") if len(published) <= 10 else at.strftime("%Y-%m-%dT%H:%M")


def when(published: str | None) -> str:
    """A time that can be compared, in UTC where it says so; "" for none."""
    return _parsed(published) if published else ""


def later(one: str, other: str) -> bool:
    """Whether one is certainly later: to the minute where both are so exact, else to the day."""
    exact = min(len(one), len(other))
    return bool(exact) and one[:exact] > other[:exact]
