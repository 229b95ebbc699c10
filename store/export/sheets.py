"""Sheets as Markdown: what the desk shows of one event, for a note or a mail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from store.export import escape
from store.export.front import scalar, seal
from store.model import Quote, Saying, StoryId, Why
from store.sheets import INFERRED


def why(told: Why, titles: Mapping[StoryId, str]) -> str:
    """Why a story stands in its event, or what keeps two apart."""
    lines = [f"# Why: {escape.heading(titles.get(told.story, told.story))}", "", escape.line(told.sentence), ""]
    if told.inferred:
        lines += [INFERRED, ""]
    if told.other:
        lines += [f"Nearest: {escape.inline(titles.get(told.other, told.other))} ({told.likeness:.0%} alike)", ""]
    if told.shared:
        lines += ["| shared | kind | weight | stories |", "|---|---|---:|---:|"]
        lines += [f"| {escape.cell(s.text)} | {s.kind} | {s.weight:.1f} | {s.stories} |" for s in told.shared]
        lines.append("")
    lines += [f"- apart: {escape.inline(reason)}" for reason in told.apart]
    return finished("why", lines)


def quotes(events: Sequence[tuple[str, Sequence[Saying]]], sources: Mapping[StoryId, str]) -> str:
    """Who said what under each headline, by speaker. sources: story to its outlet and title."""
    alone = len(events) == 1
    lines = [f"# Who said what: {escape.heading(events[0][0])}" if alone else "# Who said what", ""]
    for title, told in events:
        if not alone:
            lines += [f"## {escape.heading(title)}", ""]
        for speaker, of in groupby(told, key=lambda saying: saying.speaker):
            lines += [f"{'##' if alone else '###'} {escape.heading(speaker)}", ""]
            lines += [line for saying in of for line in _said(saying, sources)]
            lines.append("")
    return finished("quotes", lines)


def _said(saying: Saying, sources: Mapping[StoryId, str]) -> Iterator[str]:
    """The fullest wording and who has it, then each other wording with who has that."""
    for number, (_, quoted) in enumerate(groupby(saying.quotes, key=lambda quote: (quote.direct, quote.text))):
        same = list(quoted)
        yield f"{'    ' if number else ''}- {_wording(same[0])}"
        for quote in same:
            yield f"{'        ' if number else '    '}- *{_told(quote, sources)}*"


def _wording(quote: Quote) -> str:
    return f"“{escape.inline(quote.text)}”" if quote.direct else escape.line(quote.text)


def _told(quote: Quote, sources: Mapping[StoryId, str]) -> str:
    return f"{quote.verb}: {escape.inline(sources.get(quote.story, quote.story))}, paragraph {quote.paragraph + 1}"


def finished(name: str, lines: list[str]) -> str:
    """The lines as a file of ours, which a later export of the same may replace unless a hand has been at it."""
    return seal((("sheet", scalar(name)),), "\n".join(lines).rstrip("\n") + "\n")
