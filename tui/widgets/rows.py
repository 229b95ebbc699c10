"""Rows: the list of events and stories, drawn by the line. The desk knows which row stands on which line, whatever the
length of the list; what a row says comes from present."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui import present
from tui.desk import Desk, Row
from tui.widgets.lines import LINES_KEPT, Lines


class Rows(Lines):
    """The desk's rows, as many lines each as they need, one of them under the cursor."""

    STYLED_BY_FOCUS = False

    class Clicked(Message):
        """A row was clicked; twice means that it is to be opened."""

        def __init__(self, index: int, *, twice: bool) -> None:
            super().__init__()
            self.index = index
            self.twice = twice

    def __init__(self, desk: Desk, *, today: date, id: str) -> None:
        super().__init__(id=id)
        self.desk = desk
        self.today = today
        self.empty_text = ""
        self._laid_out: tuple[int, int, bool] | None = None
        self._looked = -1
        self._settling = False
        self._drawn: dict[tuple[int, int, str], tuple[Strip, ...]] = {}
        self._places: dict[int, tuple[int, int]] = {}
        """By line of the list, its row, and which of the row's lines it is."""
        self._placed = -1

    def redraw(self) -> None:
        """Draws from the desk as it now is, the cursor in sight."""
        if not self.is_attached:  # the first frame draws from the desk of itself
            return
        self._settling = True  # a list in another order is scrolled twice on its way, and would be drawn each time
        try:
            self._lay_out()
            self._follow()
        finally:
            self._settling = False
        self.draw()

    def draw(self) -> None:
        if not self._settling:
            super().draw()

    def in_sight(self) -> Iterator[Row]:
        """The rows that stand on the screen."""
        lines, top = self.desk.lines, self.scroll_offset.y
        if self.desk.rows:
            last = lines.row_at_line(min(top + self.size.height, lines.lines) - 1)
            yield from (self.desk.rows[n] for n in range(lines.row_at_line(top), last + 1))

    def draw_anew(self) -> None:
        """Draws what is on the screen once more: more is known of it."""
        self.forget()
        self.draw()

    def _lay_out(self) -> None:
        width = self._text_width
        if self._looked != self.desk.version:
            self._looked = self.desk.version
            self.forget()
        stamp = (self.desk.arranged, width, self.one_line)
        if stamp == self._laid_out:
            return
        self.desk.lines.measure(width - 2, one_line=self.one_line)
        self._laid_out = stamp
        self.forget()
        self.reach(Size(self.scrollable_content_region.width, self.desk.lines.lines))
        if self.desk.above is not None:  # rows came or went above: what the reader looks at stays where it is
            self._scroll(self.desk.lines.line_of(self.desk.cursor) - self.desk.above)

    @property
    def one_line(self) -> bool:
        return self.app.size.height < present.FEW_ROWS

    @property
    def _text_width(self) -> int:
        return max(10, self.scrollable_content_region.width - 2)

    def _scroll(self, line: int) -> None:
        self.scroll_to(y=line, animate=False, force=True, immediate=True)

    def _follow(self) -> None:
        if not self.desk.rows:
            return
        lines = self.desk.lines
        top, bottom = lines.line_of(self.desk.cursor), lines.line_of(self.desk.cursor + 1)
        height = self.scrollable_content_region.height
        margin = min(2, height // 4)
        if top - margin < self.scroll_offset.y:
            self._scroll(max(0, top - margin))
        elif bottom + margin > self.scroll_offset.y + height:
            self._scroll(min(top, bottom + margin - height))
        self.desk.above = top - self.scroll_offset.y

    def rows_per_page(self, pages: float) -> int:
        """How many rows a page of this height holds around the cursor, at least one."""
        height = int(self.scrollable_content_region.height * abs(pages))
        lines = self.desk.lines
        at = lines.line_of(self.desk.cursor)
        other = lines.row_at_line(at + height if pages > 0 else at - height)
        return max(1, abs(other - self.desk.cursor)) * (1 if pages > 0 else -1)

    def on_resize(self) -> None:
        self.redraw()

    def forget(self) -> None:
        self._drawn.clear()
        self._places.clear()

    def line_at(self, line: int, width: int) -> Strip:
        if not self.desk.rows:
            return self._empty_line(line, width)
        if line >= self.desk.lines.lines:
            return self.line((), width)
        index, own = self._place(line)
        strips = self._strips(index, width)
        return strips[own] if own < len(strips) else self.line((), width)

    def _place(self, line: int) -> tuple[int, int]:
        """Asked twice for each line of a frame."""
        if self._placed != self.desk.arranged:
            self._placed = self.desk.arranged
            self._places.clear()
        place = self._places.get(line)
        if place is None:
            if len(self._places) > LINES_KEPT:
                self._places.clear()
            index = self.desk.lines.row_at_line(line)
            place = self._places[line] = index, line - self.desk.lines.line_of(index)
        return place

    @property
    def top_line(self) -> int:
        """In the first frame, which is drawn before a widget is told of its size and can scroll, where it will be."""
        if self._laid_out or not self.desk.rows:
            return self.scroll_offset.y
        lines = self.desk.lines
        lines.measure(self._text_width - 2, one_line=self.one_line)
        return max(0, lines.line_of(self.desk.cursor) - (self.desk.above or 0))

    def _strips(self, index: int, width: int) -> tuple[Strip, ...]:
        under = ""
        if index == self.desk.cursor:
            under = "cursor" if self.has_focus else "cursor-away"
        key = (index, width, under)
        strips = self._drawn.get(key)
        if strips is None:
            if len(self._drawn) > LINES_KEPT:
                self._drawn.clear()
            lines = present.row_lines(
                self.desk.rows[index], self.desk, max(10, width - 2), self.today, one_line=self.one_line
            )
            bar = present.Piece("▌" if under else " ", "sign")
            strips = tuple(self.line((bar, *line), width, under=under) for line in lines)
            self._drawn[key] = strips
        return strips

    def _empty_line(self, y: int, width: int) -> Strip:
        lines = [line for part in self.empty_text.split("\n") for line in present.fit(part, width - 4, 4)]
        return self.line((present.Piece(lines[y - 1] if 0 < y <= len(lines) else "", "faint"),), width, pad=2)

    def on_focus(self) -> None:
        self._draw_cursor()

    def on_blur(self) -> None:
        self._draw_cursor()

    def _draw_cursor(self) -> None:
        if self._laid_out and self.desk.rows:
            self.draw()

    def on_click(self, event: events.Click) -> None:
        at = event.y + self.scroll_offset.y
        if 0 <= at < self.desk.lines.lines:
            self.post_message(self.Clicked(self.desk.lines.row_at_line(at), twice=event.chain > 1))
