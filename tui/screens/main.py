"""The desk's screen: list, text and summary side by side as far as the terminal is wide. Draws from the Desk."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Static

from tui import present
from tui.commands import COMMANDS, FOOT, LIST, PANES, SUMMARY, TEXT
from tui.desk import Desk
from tui.widgets.foot import Foot
from tui.widgets.page import Page
from tui.widgets.prompt import Prompt
from tui.widgets.rows import Rows
from tui.widgets.saved import Saved

STEP, LEAST, MOST = 4, 20, 64  # percent of the width that the list takes
SIDE_BY_SIDE = 80  # columns: under it one pane is shown


def bindings() -> list[BindingType]:
    """The key table as Textual wants it. The palette's key is the app's own."""
    return [
        Binding(
            ",".join(c.keys),
            f"app.command('{c.id}')",
            c.footer or c.label,
            id=c.id,
            show=bool(c.footer),
        )
        for c in COMMANDS
        if c.id != "palette"
    ]


class Main(Screen[None]):
    """Three panes, a line above, a line and the footer below."""

    BINDINGS: ClassVar[list[BindingType]] = bindings()
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-one"),
        (80, "-two"),
        (120, "-three"),
    ]

    def __init__(self, desk: Desk, rows: Rows, saved: Saved) -> None:
        super().__init__()
        self.desk = desk
        self.rows = rows
        self.saved = saved
        self.text = Page(id=TEXT)
        self.summary = Page(id=SUMMARY)
        self.prompt = Prompt(id="prompt")
        self.top = Static("", id="top", markup=False)
        self.status = Static("", id="status", markup=False)
        self.said = Static("", id="said", markup=False)
        self.pane = LIST
        self.share: int | None = None
        self._dragging = False

    def compose(self) -> ComposeResult:
        yield self.top
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield self.saved
                yield self.rows
            yield self.text
            yield self.summary
        with Horizontal(id="foot"):
            yield self.status
            yield self.said
            yield Static("? help  q quit ", id="ways-out", markup=False)
        yield self.prompt
        yield Foot(lambda: {f"app.command('{name}')": label for name, label in FOOT[self.pane].items()})

    def on_mount(self) -> None:
        self.focus_pane(LIST)

    # --- panes

    def focus_pane(self, pane: str) -> None:
        """Gives a pane the focus; where not all fit, it comes into sight."""
        self.pane = pane
        for name in PANES:
            self.set_class(name == pane, f"-on-{name}")
        self.set_focus(self.widget(pane))

    def widget(self, pane: str) -> Rows | Page:
        panes: dict[str, Rows | Page] = {LIST: self.rows, TEXT: self.text, SUMMARY: self.summary}
        return panes[pane]

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        for pane in PANES:
            if event.widget is self.widget(pane) and pane != self.pane:
                self.focus_pane(pane)

    # --- sizes

    def widen(self, by: int) -> None:
        """Makes the list wider or narrower by so many steps."""
        width = self.size.width or 1
        now = self.share if self.share is not None else round(100 * self.rows.size.width / width)
        self.set_share(now + STEP * by)

    def set_share(self, share: int | None) -> None:
        """Gives the list this share of the width, in percent; None for what the style sheet says."""
        self.share = None if share is None else max(LEAST, min(share, MOST))
        self._fit()

    def _fit(self) -> None:
        left = self.query_one("#left")
        if self.share is None or self.size.width < SIDE_BY_SIDE:
            for rule in ("width", "min_width", "max_width"):
                left.styles.clear_rule(rule)
        else:
            left.styles.width, left.styles.min_width, left.styles.max_width = f"{self.share}%", 20, "100%"

    def on_resize(self) -> None:
        self._fit()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        edge = self.text.region.x if self.text.display else self.summary.region.x
        over_panes = self.rows.region.y <= event.screen_y < self.rows.region.bottom
        if self.size.width >= SIDE_BY_SIDE and over_panes and event.screen_x in (edge - 1, edge):
            self._dragging = True
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragging:
            self.set_share(round(100 * event.screen_x / (self.size.width or 1)))

    def on_mouse_up(self) -> None:
        if self._dragging:
            self._dragging = False
            self.capture_mouse(False)

    def set_zen(self, on: bool) -> None:
        self.set_class(on, "-zen")
        if on:
            self.focus_pane(TEXT)

    @property
    def zen(self) -> bool:
        return self.has_class("-zen")

    # --- drawing

    def redraw(self, top: str) -> None:
        """Draws the list and the top line from the desk."""
        self.saved.redraw()
        self.rows.redraw()
        self.top.update(top)

    def draw_status(self, work: str, said: str) -> None:
        self.status.update(present.status_line(self.desk, work))
        message = self.said
        message.update(said)
        message.display = bool(said)

    @on(Prompt.Answered)
    @on(Prompt.GivenUp)
    def _prompt_closed(self) -> None:
        self.focus_pane(self.pane)
