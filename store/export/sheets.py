"""Sheets as Markdown: what the desk shows of one event, for a note or a mail."""

from __future__ import annotations

from collections.abc import Mapping

from store.export import escape
from store.export.front import scalar, seal
from store.model import StoryId, Why


def why(told: Why, titles: Mapping[StoryId, str]) -> str:
    """Why a story stands in its event, or what keeps two apart."""
    lines = [f"# Why: {escape.heading(titles.get(told.story, told.story))}", "", escape.line(told.sentence), ""]
    if told.other:
        lines += [f"Nearest: {escape.inline(titles.get(told.other, told.other))} ({told.likeness:.0%} alike)", ""]
    if told.shared:
        lines += ["| shared | kind | stories |", "|---|---|---|"]
        lines += [f"| {escape.cell(s.text)} | {s.kind} | {s.stories} |" for s in told.shared]
        lines.append("")
    lines += [f"- apart: {escape.inline(reason)}" for reason in told.apart]
    return finished("why", lines)


def finished(name: str, lines: list[str]) -> str:
    """The lines as a file of ours, which a later export of the same may replace unless a hand has been at it."""
    return seal((("sheet", scalar(name)),), "\n".join(lines).rstrip("\n") + "\n")
