"""Bar: a scrollbar whose lines are kept. Textual makes a renderable and lines of it anew whenever the bar is told to be
drawn, which it is with each change of the focus, of the style or of the text beside it, mostly as it was."""

from __future__ import annotations

from textual.geometry import Region
from textual.scrollbar import ScrollBar
from textual.strip import Strip


class Bar(ScrollBar):
    _drawn_as: object = None
    _lines: list[Strip]

    def render_lines(self, crop: Region) -> list[Strip]:
        assert self.parent is not None
        key = (
            crop,
            self.window_virtual_size,
            self.window_size,
            self.position,
            self.mouse_over,
            self.grabbed is None,
            self.app.theme,
            self.app.native_ansi_color,
            self.parent.background_colors,
            *self.get_line_filters(),
        )
        if key != self._drawn_as:
            self._lines, self._drawn_as = super().render_lines(crop), key
        return self._lines
