"""Saved: the saved queries above the list, as many lines as they need, gone where there are none."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.strip import Strip

from tui.present import Line
from tui.saved import SavedQueries
from tui.widgets.lines import Lines


class Saved(Lines, can_focus=False):
    class Chosen(Message):
        """A query was clicked; empty for the line that names several."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, queries: SavedQueries, *, id: str) -> None:
        super().__init__(id=id)
        self.queries = queries
        self._lines: tuple[Line, ...] = ()

    def redraw(self) -> None:
        """Draws what is saved as it now is."""
        lines = self.queries.lines(
            max(10, self.scrollable_content_region.width or self.size.width), self.app.size.height
        )
        if lines != self._lines:
            self._lines = lines
            self.styles.height = len(lines) + 1  # and the rule below
            self.display = bool(lines)
            self.refresh()

    def on_mount(self) -> None:
        self.display = False

    def on_resize(self) -> None:
        self.redraw()

    def line_at(self, line: int, width: int) -> Strip:
        return self.line(self._lines[line] if line < len(self._lines) else (), width)

    def on_click(self, event: events.Click) -> None:
        self.post_message(self.Chosen(self.queries.at(event.y, self.app.size.height)))
