"""A sheet over the desk: one page, filled when the command that makes it has answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.message import Message

from tui import commands
from tui.commands import Command
from tui.pages import BLANK, Block, Stop
from tui.screens import help
from tui.screens.keys import Acts, Frame, OverTheDesk, bindings
from tui.widgets.page import Page
from tui.widgets.prompt import Offer, Prompt, Question

KEYS: Mapping[str, str] = {
    "down": "a line down, or to the next place",
    "up": "a line up, or to the place before",
    "space": "a page down",
    "page-up": "a page up",
    "top": "to the top",
    "bottom": "to the end",
    "open": "go there",
    "filter": "who said what: one speaker alone",
    "export": "export this sheet to Markdown",
    "help": "help",
    "back": "back to the desk",
}
"""What commands do here, for the help."""
FOOT = (  # the number says what is kept first where room is short
    (6, "{down} {up} move"),
    (5, "{space} page"),
    (7, "{top} {bottom} ends"),
    (2, "{open} goes there"),
    (3, "{filter} "),
    (4, "{export} exports"),
    (1, "{help} help"),
    (0, "{back} closes"),
)
GOES, NARROWS = 2, 3
BETWEEN = " · "
WIDTH = 100  # columns of a sheet, where the screen has them, as in style.tcss
BORDER = 4  # columns of the frame's edge that a foot cannot have
ACTS: Acts = {
    "dismiss": ("back", "quit"),
    "follow": ("open",),
    "narrow": ("filter",),
    "export": ("export",),
    "help": ("help",),
    "scroll(1)": ("down",),
    "scroll(-1)": ("up",),
    "turn(1)": ("space", "page-down", "half-down"),
    "turn(-1)": ("page-up", "half-up"),
    "scroll(-1000000000)": ("top",),
    "scroll(1000000000)": ("bottom",),
}
MOST = 50  # names offered at once


@lru_cache(maxsize=1)
def with_keys(table: tuple[Command, ...]) -> type[SheetScreen]:
    made = {"BINDINGS": bindings(table, ACTS), "key_names": commands.key_names(table), "table": table}
    return type("SheetScreen", (SheetScreen,), made)


class SheetScreen(OverTheDesk[Stop | None]):
    """Closes with where the reader wants to go, None for back to where the desk was."""

    table: Sequence[Command] = commands.COMMANDS
    key_names = commands.key_names()

    class Export(Message):
        """The reader wants this sheet in a file."""

        def __init__(self, file: str, options: tuple[str, ...] = ()) -> None:
            super().__init__()
            self.file = file
            self.options = options  # of the command, where the sheet is narrowed

    def __init__(self, title: str, file: str) -> None:
        super().__init__()
        self.page = Page(id="sheet-page")
        self.frame = Frame(self.page, id="sheet")
        self._prompt: Prompt | None = None
        self._title = title
        self._file = file
        self._whole: tuple[Block, ...] = ()
        self._by = ""
        self._foot = ""
        self._parts: Mapping[str, tuple[Block, ...]] = {}
        self._narrowed = ""

    def compose(self) -> ComposeResult:
        yield self.frame

    def on_mount(self) -> None:
        self.frame.border_title = self._title
        self.show((Block(commands.worded("Reading … {back} gives up", self.key_names), "faint"),))
        self.page.focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw_foot)

    def _draw_foot(self) -> None:
        """Before the frame is laid out by the width it will have: another foot would draw it twice."""
        width = self.frame.region.width or min(WIDTH, self.app.size.width * 96 // 100)
        goes = any(block.stop for block in self._whole)
        if (told := foot(width - BORDER, self.key_names, self._by, goes=goes)) != self._foot:
            self._foot = self.frame.border_subtitle = told

    def show(self, blocks: tuple[Block, ...]) -> None:
        self._whole = blocks
        self.page.show(blocks)
        self._draw_foot()

    def can_narrow(self, by: str, parts: Mapping[str, tuple[Block, ...]]) -> None:
        """Lets the reader narrow what is shown to the parts of some names: by says what they are names of."""
        if len(parts) > 1:
            self._by, self._parts = by, parts
            self._draw_foot()

    def action_scroll(self, by: int) -> None:
        self.page.move(by)

    def action_turn(self, pages: int) -> None:
        self.page.turn(pages)

    def action_follow(self) -> None:
        if self.page.stop:
            self.dismiss(self.page.stop)

    def action_help(self) -> None:
        here = {name: label for name, label in KEYS.items() if name != "filter" or self._by}
        self.app.push_screen(help.with_keys(self.table)(self.table, "sheet", here))

    async def _ask(self, question: Question) -> None:
        """Asks below the page. Most sheets are read and closed, and putting up what asks takes as long as the rest."""
        if self._prompt is None:
            self._prompt = Prompt(id="sheet-prompt")
            await self.frame.mount(self._prompt)
        self._prompt.ask(question)

    async def action_export(self) -> None:
        await self._ask(Question("sheet", "export to ", self._file, "Enter writes"))

    async def action_narrow(self) -> None:
        if self._parts:
            hint = "a number, or part of a name"
            await self._ask(
                Question(
                    "narrow",
                    f"{self._by} ",
                    self._narrowed,
                    hint,
                    self._offers,
                    fresh=True,
                    numbered=True,
                    at_once=True,
                )
            )

    def _offers(self, typed: str, _cursor: int) -> list[Offer]:
        return [Offer(name, len(name), name) for name in self._named(typed)[:MOST]]

    def _named(self, typed: str) -> list[str]:
        words = typed.casefold().split()
        return [name for name in self._parts if all(word in name.casefold() for word in words)]

    def _narrow(self, typed: str) -> None:
        self._narrowed = typed.strip()
        parts = [block for name in self._named(typed) for block in (*self._parts[name], BLANK)]
        nobody = (Block(f"No {self._by} of that name.", "faint"),)
        self.page.show((tuple(parts) or nobody) if self._narrowed else self._whole)

    @on(Page.Followed)
    def _followed(self, message: Page.Followed) -> None:
        message.stop()
        self.dismiss(message.target)

    @on(Prompt.Answered)
    def _answered(self, message: Prompt.Answered) -> None:
        message.stop()
        self.page.focus()
        if message.question.what == "narrow":
            self._narrow(message.value)
        elif message.value.strip():
            options = (f"--{self._by}", self._narrowed) if self._narrowed else ()
            self.post_message(self.Export(message.value.strip(), options))

    @on(Prompt.Typed)
    def _typed(self, message: Prompt.Typed) -> None:
        message.stop()
        if message.question.what == "narrow":
            self._narrow(message.value)

    @on(Prompt.GivenUp)
    def _given_up(self, message: Prompt.GivenUp) -> None:
        message.stop()
        self.page.focus()
        if message.question.what == "narrow":
            self._narrow("")


def foot(width: int, names: Mapping[str, str], by: str = "", *, goes: bool = True) -> str:
    """The keys that matter most in so many columns, none of them cut; by: what the sheet can be narrowed by; goes:
    whether it has a place to go to."""
    told = {at: commands.worded(text, names) for at, text in FOOT}
    told[NARROWS] += by
    kept: set[int] = set()
    left = width + len(BETWEEN)
    for at in sorted(told):
        if (at == NARROWS and not by) or (at == GOES and not goes):
            continue
        left -= cell_len(told[at]) + len(BETWEEN)
        if left < 0:
            break
        kept.add(at)
    return BETWEEN.join(text for at, text in told.items() if at in kept)
