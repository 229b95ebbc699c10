"""Help: every command by group, made from the key table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from tui import commands, glyphs
from tui.commands import Command
from tui.pages import BLANK, Block
from tui.widgets.page import Page

TOUR = (
    "The list groups the stories that report one event. Move with j and k, open with Enter, go on with Space: a page "
    "of text at a time, and at its end the next unread story. r marks read and goes on, x puts a story aside, s stars, "
    "t tags; u takes anything back. e writes what you tagged to a Markdown press review."
)


class Help(ModalScreen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "dismiss", "close", id="help.close"),
        Binding("j,down", "scroll(1)", "down", id="help.down"),
        Binding("k,up", "scroll(-1)", "up", id="help.up"),
        Binding("space,pagedown,ctrl+d", "turn(1)", "page down", id="help.page-down"),
        Binding("pageup,ctrl+u", "turn(-1)", "page up", id="help.page-up"),
    ]

    def __init__(self, table: Sequence[Command], pane: str) -> None:
        super().__init__()
        self.table = table
        self.pane = pane

    def compose(self) -> ComposeResult:
        yield Page(id="help")

    def on_mount(self) -> None:
        page = self.query_one(Page)
        in_ascii = any(isinstance(f, glyphs.Ascii) for f in self.app.get_line_filters())
        page.border_title = "Keys"
        page.border_subtitle = "Esc closes"
        page.show(help_blocks(self.table, self.pane, glyphs.KEYS if in_ascii else {}))
        page.focus()

    def action_scroll(self, by: int) -> None:
        self.query_one(Page).move(by)

    def action_turn(self, pages: int) -> None:
        self.query_one(Page).turn(pages)


def help_blocks(
    table: Sequence[Command], pane: str, names: Mapping[str, str] = MappingProxyType({})
) -> tuple[Block, ...]:
    """The key table to be read, this pane's keys first; names are what keys are called that cannot be drawn."""
    blocks = [Block(TOUR, "body"), BLANK]
    by_id = {command.id: command for command in table}
    here = tuple(by_id[name] for name in commands.FOOT[pane] if name in by_id)
    for group, known in {f"Here, in the {pane}": here, **commands.groups(table)}.items():
        blocks.append(Block(group, "label"))
        for command in known:
            keys = " ".join(names.get(name, name) for name in map(commands.key_name, command.keys))
            blocks.append(Block(command.label, "body", indent=16, margin=f"  {keys}"))
        blocks.append(BLANK)
    return tuple(blocks)
