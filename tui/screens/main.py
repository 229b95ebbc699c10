"""The desk's screen: list, text and summary side by side as far as the terminal is wide. Draws from the Desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tui import keymap, present
from tui.commands import COMMANDS, LIST, PANES, SUMMARY, TEXT, Command, at_hand, key_names, worded
from tui.desk import Desk
from tui.saved import SavedQueries
from tui.screens.edges import SIDE_BY_SIDE, THREE, Edges
from tui.widgets.ground import Ground
from tui.widgets.rows import Rows
from tui.widgets.status import StatusLine

if TYPE_CHECKING:
    from tui.widgets.foot import Foot
    from tui.widgets.page import Page
    from tui.widgets.prompt import Prompt
    from tui.widgets.saved import Saved

LEAST_STATUS = 12  # columns of the position, beside whatever is told
AROUND_SAID = 4  # columns left free beside what is told


def with_keys(table: Sequence[Command]) -> type[Main]:
    """The screen with these keys. A keymap would do the same, but Textual works it out anew at each key press."""
    return type("Main", (Main,), {"BINDINGS": bindings(table), "key_names": key_names(table)})


def bindings(table: Sequence[Command]) -> list[BindingType]:
    """The key table as Textual wants it. The palette's key is the app's own."""
    return [
        Binding(keymap.for_textual(c), f"app.command('{c.id}')", c.label, id=c.id, show=False)
        for c in table
        if c.keys and c.id != "palette"
    ]


class Across(Horizontal, Ground):
    """The panes, side by side."""


class Below(Vertical, Ground):
    """The list, below it what is saved."""


class Main(Screen[None], Ground):
    """Three panes, a line above, a line and the footer below.

    The first frame has the list and the two lines alone: the rest costs more than they do, and comes right after it.
    """

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-one"),
        (SIDE_BY_SIDE, "-two"),
        (THREE, "-three"),
    ]

    # As Textual has it, but for the whole screen that it draws anew whenever the focus moves: what had it and what gets
    # it draw themselves.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    key_names = key_names(COMMANDS)
    saved: Saved
    text: Page
    summary: Page
    prompt: Prompt
    foot: Foot

    def __init__(self, desk: Desk, rows: Rows, queries: SavedQueries) -> None:
        super().__init__()
        self.desk = desk
        self.rows = rows
        self.queries = queries
        self.empty = False
        """Whether the library is known to have no story."""
        self.furnished = False
        """Whether more is there than the first frame shows."""
        self.left = Below(id="left")
        self.panes = Across(id="panes")
        self.top = Static("", id="top", markup=False)
        self.status = StatusLine(worded("{help} help  {quit} quit ", self.key_names), id="status")
        self.status.add_class("-alone")
        self.pane = LIST
        self.edges = Edges(self)

    def compose(self) -> ComposeResult:
        yield self.top
        with self.panes, self.left:
            yield self.rows
        yield self.status

    def on_mount(self) -> None:
        self.set_focus(self.rows)

    async def furnish(self) -> None:
        """Puts up what the first frame does without."""
        from tui.widgets.foot import Foot
        from tui.widgets.page import Page
        from tui.widgets.prompt import Prompt
        from tui.widgets.saved import Saved

        self.saved, self.prompt = Saved(self.queries, id="saved"), Prompt(id="prompt")
        self.text, self.summary = Page(id=TEXT), Page(id=SUMMARY)
        self._fold()
        for hidden in (self.saved, self.prompt):
            hidden.display = False
        await self.panes.mount(self.text, self.summary)
        await self.left.mount(self.saved, before=self.rows)
        self.foot = Foot(self._at_hand)
        self.status.remove_class("-alone")
        await self.mount(self.prompt, self.foot)
        self.furnished = True
        self.edges.fit()

    # --- panes

    def focus_pane(self, pane: str) -> None:
        """Gives a pane the focus; where not all fit, it comes into sight."""
        self.pane = pane
        self._fold()
        self.set_focus(self.widget(pane))

    def widget(self, pane: str) -> Rows | Page:
        panes: dict[str, Rows | Page] = {LIST: self.rows, TEXT: self.text, SUMMARY: self.summary}
        return panes[pane]

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if event.widget is not self.focused:  # told late, and keys have moved on since
            return
        for pane in PANES if self.furnished else ():
            if event.widget is self.widget(pane) and pane != self.pane:
                self.focus_pane(pane)

    # --- sizes

    @property
    def beside(self) -> bool:
        """Whether the text and the summary are in sight together."""
        return self.size.width >= THREE and not self.zen

    def _fold(self) -> None:
        """Shows the panes that there is room for. No class says which: it would have them styled anew at every step."""
        shown: Sequence[str] = PANES
        if self.zen or self.size.width < SIDE_BY_SIDE:
            shown = (self.pane,)
        elif self.size.width < THREE:
            shown = (LIST, SUMMARY if self.pane == SUMMARY else TEXT)
        for name, widget in ((LIST, self.left), (TEXT, self.text), (SUMMARY, self.summary)):
            widget.display = name in shown

    def on_resize(self) -> None:
        if self.furnished:
            self._fold()
        self.edges.fit()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if self.furnished and self.edges.grab(event.screen_x, event.screen_y):
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self.edges.drag(event.screen_x)

    def on_mouse_up(self) -> None:
        if self.edges.let_go():
            self.capture_mouse(False)

    def set_zen(self, on: bool) -> None:
        self.panes.set_class(on, "-zen")
        self.focus_pane(TEXT if on else self.pane)

    @property
    def zen(self) -> bool:
        return self.panes.has_class("-zen")

    # --- drawing

    def redraw(self, top: str, *, empty: bool) -> None:
        """Draws the list and the top line from the desk."""
        self.empty = empty
        if self.furnished:
            self.saved.redraw()
            self.foot.look()
        self.rows.redraw()
        if top != str(self.top.content):
            self.top.update(top, layout=False)  # it is as wide as the screen, whatever it says

    def has_room(self, work: str, told: str) -> bool:
        """Whether the status line can hold all of what is told."""
        position = cell_len(present.status_line(self.desk, work, LEAST_STATUS))
        return position + AROUND_SAID + cell_len(told) <= self.size.width

    def draw_status(self, work: str, said: str) -> None:
        """Position and the like, what is told just now, the ways out: what is told goes first where room is short."""
        told = said if self.furnished else ""
        taken = cell_len(told) + AROUND_SAID if told else 0
        line = present.status_line(self.desk, work)
        left = max(self.size.width - taken, LEAST_STATUS)
        place = line if cell_len(line) <= left else present.status_line(self.desk, work, left)
        self.status.tell(place, told)

    def _at_hand(self) -> Mapping[str, str]:
        from tui import addresses

        story = self.desk.story
        return at_hand(
            self.pane,
            empty=self.empty,
            selected=bool(self.desk.selected),
            picking=self.text.picking,
            address=bool(story and addresses.safe(story.head.url)),
        )

    def on_prompt_answered(self) -> None:
        self.focus_pane(self.pane)

    def on_prompt_given_up(self) -> None:
        self.focus_pane(self.pane)
