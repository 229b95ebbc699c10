"""A sheet over the desk: one page, filled when the command that makes it has answered."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen

from tui.pages import Block, Stop
from tui.widgets.page import Page
from tui.widgets.prompt import Prompt, Question


class SheetScreen(ModalScreen[Stop | None]):
    """Closes with where the reader wants to go, None for back to where the desk was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "close", id="sheet.close"),
        Binding("enter", "follow", "go there", id="sheet.follow"),
        Binding("e", "export", "export", id="sheet.export"),
        Binding("j,down", "scroll(1)", "down", id="sheet.down"),
        Binding("k,up", "scroll(-1)", "up", id="sheet.up"),
        Binding("space,pagedown,ctrl+d", "turn(1)", "page down", id="sheet.page-down"),
        Binding("pageup,ctrl+u", "turn(-1)", "page up", id="sheet.page-up"),
        Binding("g,home", "scroll(-1000000000)", "top", id="sheet.top"),
        Binding("G,end", "scroll(1000000000)", "end", id="sheet.end"),
    ]

    class Export(Message):
        """The reader wants this sheet in a file."""

        def __init__(self, file: str) -> None:
            super().__init__()
            self.file = file

    def __init__(self, title: str, file: str) -> None:
        super().__init__()
        self.page = Page(id="sheet-page")
        self.prompt = Prompt(id="sheet-prompt")
        self._title = title
        self._file = file

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield self.page
            yield self.prompt

    def on_mount(self) -> None:
        frame = self.query_one("#sheet", Vertical)
        frame.border_title = self._title
        frame.border_subtitle = "Enter goes there · e exports · Esc closes"
        self.show((Block("Looking …", "faint"),))
        self.page.focus()

    def show(self, blocks: tuple[Block, ...]) -> None:
        self.page.show(blocks)

    def action_scroll(self, by: int) -> None:
        self.page.move(by)

    def action_turn(self, pages: int) -> None:
        self.page.turn(pages)

    def action_follow(self) -> None:
        if self.page.stop:
            self.dismiss(self.page.stop)

    def action_export(self) -> None:
        self.prompt.ask(Question("sheet", "export to ", self._file, "Enter writes"))

    @on(Page.Followed)
    def _followed(self, message: Page.Followed) -> None:
        message.stop()
        self.dismiss(message.target)

    @on(Prompt.Answered)
    def _answered(self, message: Prompt.Answered) -> None:
        message.stop()
        self.page.focus()
        if message.value.strip():
            self.post_message(self.Export(message.value.strip()))

    @on(Prompt.Typed)
    @on(Prompt.GivenUp)
    def _asked(self, message: Message) -> None:
        message.stop()
        if isinstance(message, Prompt.GivenUp):
            self.page.focus()
