"""differences, storyline and statistics: what the desk's sheets show, for a person, as records, or as Markdown."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TypeVar

from store.export import surveys
from store.library import Library
from store.sheets import Count, Day, Differences, Statistics, Timeline
from tui import plots
from tui.desk import counted
from tui.headless import documents

T = TypeVar("T", Differences, Timeline, Statistics)


def differences(library: Library, options: Namespace) -> int:
    """What the stories of an event agree on, what one alone says, and where they disagree."""
    told = library.differences(options.id)
    return _shown(options, told, surveys.differences, _compared)


def _shown(options: Namespace, told: T, document: Callable[[T], str], lines: Callable[[T], Iterable[str]]) -> int:
    return documents.shown(options, document=lambda: document(told), record=lambda: asdict(told), lines=lines(told))


def _compared(told: Differences) -> Iterator[str]:
    names = [voice.name for voice in told.voices]
    yield told.headline
    for name, voice in zip(names, told.voices, strict=True):
        yield f"    {name}{plots.run_by(asdict(voice))}"
    for disagreement in told.disagreements:
        yield f"They disagree on a {disagreement.kind}:"
        for version in disagreement.versions:
            yield f"    {version.value}  ({', '.join(names[v] for v in version.voices)}): {version.text}"
    for number, claim in enumerate(told.shared, 1):
        yield f"{len(claim.voices)} of {len(told.voices)} say [{number}]: {claim.text}"
    number = len(told.shared)
    for alone in told.alone:
        if len(told.voices) < 2:
            break
        for claim in alone.claims:
            number += 1
            yield f"Only {names[alone.voice]} says [{number}]: {claim.text}"
        left_out = ", ".join(f"[{n + 1}]" for n in alone.leaves_out)
        yield f"{names[alone.voice]} leaves out {left_out or 'nothing, as far as can be told'}"
    if len(told.voices) < 2:
        yield "One origin reports it: there is nothing to compare."


def storyline(library: Library, options: Namespace) -> int:
    """The days of a storyline: what happened, who reported it, where it was silent."""
    told = library.storyline(options.id)
    return _shown(options, told, surveys.storyline, _days)


def _days(told: Timeline) -> Iterator[str]:
    yield f"{told.headline}  [{counted(told.events, 'event', 'events')}, {counted(told.stories, 'story', 'stories')}]"
    if told.first_at:
        yield f"First report: {told.first_by or 'no outlet'}, {told.first_at}"
    most = max((day.stories for day in told.days), default=1)
    for day in told.days:
        if day.silent > 1:
            yield f"            {counted(day.silent, 'day', 'days')} of silence"
        yield f"{day.day}  {plots.bar(day.stories, most, 12):12} {day.stories:3}  {_turn(day)}"
        for happening in day.happenings:
            yield f"                {happening.headline}"
    for happening in told.undated:
        yield f"no date     {happening.headline}"


def _turn(day: Day) -> str:
    told = [counted(len(day.outlets), "outlet", "outlets")]
    told += ["burst"] if day.burst else []
    told += [f"first from {', '.join(day.new_origins[:3])}"] if day.new_origins else []
    return " · ".join(told)


def statistics(library: Library, options: Namespace) -> int:
    """The library and its reader in figures."""
    told = library.statistics(now=datetime.now())
    return _shown(options, told, surveys.statistics, _figures)


def _figures(told: Statistics) -> Iterator[str]:
    yield f"{told.unread} of {counted(told.stories, 'story', 'stories')} unread"
    yield from _bars("Unread by outlet", told.unread_by_outlet)
    yield from _bars("Unread by day", [day for day in told.unread_by_day if day.count])
    if told.tags:
        yield "Stories that have a tag, by the week in which it was put on, from " + ", ".join(told.weeks)
    for usage in told.tags:
        yield f"    {usage.tag:24} {' '.join(f'{n:3}' for n in usage.weeks)}"
    if told.starred_events:
        yield from _bars(f"Of {counted(told.starred_events, 'starred event', 'starred events')} covered", told.coverage)


def _bars(title: str, counts: Sequence[Count]) -> Iterator[str]:
    most = max((each.count for each in counts), default=1)
    if counts:
        yield title
    for each in counts:
        yield f"    {each.name[:24]:24} {plots.bar(each.count, most, 24)} {each.count}"
