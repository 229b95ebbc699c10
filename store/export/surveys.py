"""Differences, storylines and statistics as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store.export import escape
from store.export.sheets import finished
from store.model import outlet_key
from store.sheets import Count, Day, Differences, Happening, Statistics, Timeline, Voice


def differences(told: Differences) -> str:
    """The stories of an event compared: who tells it, where they disagree, what they share, what is one's own."""
    names = [voice.name for voice in told.voices]
    lines = [f"# Differences: {escape.heading(told.headline)}", "", "## Who tells it", ""]
    lines += [f"- {escape.line(n)}{_run_by(v)}" for n, v in zip(names, told.voices, strict=True)]
    if told.disagreements:
        lines += ["", "## Where they disagree", "", "| what | value | who | sentence |", "|---|---|---|---|"]
    for disagreement in told.disagreements:
        for version in disagreement.versions:
            who = ", ".join(names[v] for v in version.voices) + (f" ({version.day})" if version.day else "")
            cells = (disagreement.kind, version.value, who, version.text)
            lines.append(f"| {' | '.join(escape.cell(c) for c in cells)} |")
    if told.shared:
        lines += ["", "## What several say", ""]
    for number, claim in enumerate(told.shared, 1):
        who = "all" if len(claim.voices) == len(names) else ", ".join(escape.inline(names[v]) for v in claim.voices)
        lines.append(f"{number}. {escape.line(claim.text)} ({len(claim.voices)} of {len(names)}: {who})")
    number = len(told.shared)
    for alone in told.alone if len(told.voices) > 1 else ():
        only = "Only " if alone.claims else ""
        lines += ["", f"## {only}{escape.heading(names[alone.voice])}", ""]
        lines += [f"{n}. {escape.line(claim.text)}" for n, claim in enumerate(alone.claims, number + 1)]
        number += len(alone.claims)
        left_out = ", ".join(str(n + 1) for n in alone.leaves_out)
        lines += [*([""] if alone.claims else []), f"Leaves out: {left_out or 'nothing, as far as can be told'}"]
    return finished("differences", lines)


def _run_by(voice: Voice) -> str:
    others = [escape.inline(outlet) for outlet in voice.outlets if outlet_key(outlet) != outlet_key(voice.name)]
    return f", run by {', '.join(others)}" if others else ""


def storyline(told: Timeline) -> str:
    """A storyline by day, oldest first."""
    lines = [f"# Storyline: {escape.heading(told.headline)}", "", f"{told.events} events, {told.stories} stories."]
    if told.first_at:
        lines.append(f"First report: {escape.inline(told.first_by or 'no outlet')}, {told.first_at}.")
    for day in told.days:
        if day.silent > 1:
            lines += ["", f"*{day.silent} days of silence*"]
        lines += ["", f"## {day.day}: {_counts(day)}", ""]
        lines += _happenings(day.happenings)
    if told.undated:
        lines += ["", "## No date", "", *_happenings(told.undated)]
    return finished("storyline", lines)


def _counts(day: Day) -> str:
    told = [f"{day.stories} {'story' if day.stories == 1 else 'stories'}"]
    told += [escape.heading(", ".join(day.outlets))] if day.outlets else []
    told += ["burst"] if day.burst else []
    told += [f"first from {escape.heading(', '.join(day.new_origins))}"] if day.new_origins else []
    return "; ".join(told)


def _happenings(happenings: Sequence[Happening]) -> Iterator[str]:
    for each in happenings:
        number = f" ({each.stories} stories)" if each.stories > 1 else ""
        why = f"; linked: {escape.inline(each.why)}" if each.why else ""
        yield f"- {escape.line(each.headline)}{number}{why}"


def statistics(told: Statistics) -> str:
    """The library and its reader in figures."""
    lines = ["# Statistics", "", f"{told.unread} of {told.stories} stories unread."]
    lines += _table("Unread by outlet", "outlet", told.unread_by_outlet)
    lines += _table("Unread by day", "day", [day for day in told.unread_by_day if day.count])
    if told.tags:
        lines += ["", "## Stories that have a tag, by the week in which it was put on", ""]
        lines += [f"| tag | {' | '.join(told.weeks)} |", "|---" * (len(told.weeks) + 1) + "|"]
        lines += [f"| {escape.cell(u.tag)} | {' | '.join(map(str, u.weeks))} |" for u in told.tags]
    return finished(
        "statistics", lines + _table(f"Who covers the {told.starred_events} starred", "outlet", told.coverage)
    )


def _table(title: str, of: str, counts: Sequence[Count]) -> list[str]:
    if not counts:
        return []
    rows = [f"| {escape.cell(each.name)} | {each.count} |" for each in counts]
    return [
        "",
        f"## {title}",
        "",
        f"| {of} | stories |" if "starred" not in title else f"| {of} | events |",
        "|---|---|",
        *rows,
    ]
