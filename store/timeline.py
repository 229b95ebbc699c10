"""A storyline by day: what was reported when, by whom, after how long a silence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from store.model import Event, Listed, distinct, outlet_key
from store.sheets import Day, Happening, Timeline

_BURST, _TIMES = 4, 2  # stories of one day, and times the mean of the other days, that make a burst

Report = tuple[Event, Listed]


def timeline(headline: str, events: Sequence[Event]) -> Timeline:
    """The days of these events, oldest first. A story without a day stands among the undated."""
    reports = [(event, story) for event in events for story in event.stories]
    by_day: dict[date, list[Report]] = defaultdict(list)
    undated: list[Report] = []
    for report in reports:
        day = _day(report[1])
        (by_day[day] if day else undated).append(report)
    alone = [event for event in events if not any(_day(story) for story in event.stories)]
    first = min((story for _, story in reports if _day(story)), key=_moment, default=None)
    return Timeline(
        headline,
        len(events),
        len(reports),
        tuple(_days(by_day)),
        _source(first) if first else "",
        (first.head.published or "") if first else "",
        tuple(_happenings(undated, {event.id for event, _ in reports if event not in alone})),
    )


def _days(by_day: dict[date, list[Report]]) -> list[Day]:
    found: list[Day] = []
    heard: set[str] = set()
    begun: set[str] = set()
    before: date | None = None
    total = sum(map(len, by_day.values()))
    for day in sorted(by_day):
        reports = sorted(by_day[day], key=lambda report: _moment(report[1]))
        named = distinct(o for _, story in reports if (o := _origin(story)))
        origins = {outlet_key(name): name for name in named}
        others = (total - len(reports)) / max(1, len(by_day) - 1)
        found.append(
            Day(
                day.isoformat(),
                len(reports),
                distinct(name for _, story in reports if (name := _source(story))),
                tuple(_happenings(reports, begun)),
                (day - before).days - 1 if before else 0,
                tuple(name for key, name in origins.items() if key not in heard) if before else (),
                len(by_day) > 1 and len(reports) >= max(_BURST, _TIMES * others),
            )
        )
        heard |= origins.keys()
        begun |= {event.id for event, _ in reports}
        before = day
    return found


def _happenings(reports: Sequence[Report], begun: set[str]) -> list[Happening]:
    """The events of some reports, that with most stories first."""
    inside: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        inside[report[0].id].append(report)
    found = []
    for same in inside.values():
        event, story = next((r for r in same if not r[1].copy_of), same[0])
        first = event.id not in begun
        why = next((s.storyline_why for s in event.stories if s.storyline_why), "") if first else ""
        headline = event.headline if first else story.head.title
        found.append(Happening(event.id, story.id, headline, len(same), first, why))
    return sorted(found, key=lambda happening: -happening.stories)


def _day(story: Listed) -> date | None:
    try:
        return date.fromisoformat(story.head.day) if story.head.day else None
    except ValueError:
        return None


def _moment(story: Listed) -> tuple[str, str]:
    return (story.head.published or "~", story.id)


def _source(story: Listed) -> str:
    return story.head.reporter or ""


def _origin(story: Listed) -> str:
    """Who reported it first; "" for a copy of nobody who is named."""
    named = story.head.agency or story.head.source or ""
    return named if not story.origin or story.origin in (story.id, story.copy_of) else story.origin
