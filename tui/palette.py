"""Palette: what the command palette offers: every act, saved query, tag and outlet, and the themes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand

from tui import commands
from tui.desk import counted

if TYPE_CHECKING:
    from tui.app import DiploApp


def offers(app: DiploApp) -> Iterable[SystemCommand]:
    for command in app.table:
        if command.id != "palette":
            keys = " ".join(commands.key_name(k) for k in command.keys)
            label = command.label[0].upper() + command.label[1:]
            yield SystemCommand(label, f"{command.group} · {keys}", partial(app.carry_out, command))
    for name, query in app.library.queries().items():
        yield SystemCommand(f"Saved query @{name}", query, partial(app.filtering.go_to_query, name))
    for field, what in (("tag", "Stories tagged"), ("outlet", "Stories of")):
        for found in app.library.completions(f"{field}:", len(field) + 1):
            stories = counted(found.stories or 0, "story", "stories")
            name = found.word.partition(":")[2].strip('"')
            yield SystemCommand(f"{what} {name}", stories, partial(app.filtering.go_to, found.line.strip()))
    yield SystemCommand("Change the theme", "Colours, light and dark", app.action_change_theme)
