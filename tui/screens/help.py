"""Help: every command by group, made from the key table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from textual.app import ComposeResult

from tui import commands, glyphs
from tui.commands import Command
from tui.pages import BLANK, Block
from tui.screens.keys import Acts, Frame, OverTheDesk, bindings
from tui.widgets.page import Page

TOUR = (
    "The list groups the stories that report one event. Move with {down} and {up}, open with {open}, go on with "
    "{space}: a page of text at a time, and at its end the next unread story. {read} marks read and goes on, {dismiss} "
    "puts a story aside, {star} stars, {tags} tags; {undo} takes anything back. {export} writes what you tagged to a "
    "Markdown press review."
)
ACTS: Acts = {
    "dismiss": ("back", "quit", "help", "open"),
    "scroll(1)": ("down",),
    "scroll(-1)": ("up",),
    "scroll(1000000000)": ("bottom",),
    "scroll(-1000000000)": ("top",),
    "turn(1)": ("space", "page-down", "half-down"),
    "turn(-1)": ("page-up", "half-up"),
}


@lru_cache(maxsize=1)
def with_keys(table: tuple[Command, ...]) -> type[Help]:
    return type("Help", (Help,), {"BINDINGS": bindings(table, ACTS)})


class Help(OverTheDesk[None]):
    def __init__(self, table: Sequence[Command], pane: str, here: Mapping[str, str] | None = None) -> None:
        """here: by command, what it does where that is no pane."""
        super().__init__()
        self.table = table
        self.pane = pane
        self.here = here
        self.page = Page(id="help-page")
        self.frame = Frame(self.page, id="help")

    def compose(self) -> ComposeResult:
        yield self.frame

    def on_mount(self) -> None:
        in_ascii = any(isinstance(f, glyphs.Ascii) for f in self.app.get_line_filters())
        self.frame.border_title = "Keys"
        self.frame.border_subtitle = commands.worded("{back} closes", commands.key_names(self.table))
        self.page.show(help_blocks(self.table, self.pane, glyphs.KEYS if in_ascii else {}, self.here))
        self.page.focus()

    def action_scroll(self, by: int) -> None:
        self.page.move(by)

    def action_turn(self, pages: int) -> None:
        self.page.turn(pages)


def help_blocks(
    table: Sequence[Command],
    pane: str,
    names: Mapping[str, str] = MappingProxyType({}),
    labels: Mapping[str, str] | None = None,
) -> tuple[Block, ...]:
    """The key table to be read, this pane's keys first; names are what keys are called that cannot be drawn,
    labels what commands do here, where they do something else than at the desk."""
    keys = {name: names.get(key, key) for name, key in commands.key_names(table).items()}
    blocks = [Block(commands.worded(TOUR, keys), "body"), BLANK]
    by_id = {command.id: command for command in table}
    wanted = commands.FOOT[pane] if labels is None else labels
    here = tuple(
        replace(by_id[name], label=(labels or {}).get(name, by_id[name].label)) for name in wanted if name in by_id
    )
    for group, known in {f"Here, in the {pane}": here, **commands.groups(table)}.items():
        blocks.append(Block(group, "label"))
        for command in known:
            shown = " ".join(names.get(name, name) for name in map(commands.key_name, command.keys))
            blocks.append(Block(command.label, "body", indent=16, margin=f"  {shown or '(no key)'}"))
        blocks.append(BLANK)
    return tuple(blocks)
