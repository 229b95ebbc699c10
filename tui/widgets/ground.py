"""Ground: what widgets stand on, drawn once. Textual looks the lines of each container up, and cuts them, at every
key, though widgets hide them all."""

from __future__ import annotations

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class Ground(Widget):
    """For a container, or a screen, that is the same in all of its lines: no border above, below or with a title."""

    _drawn_as: object = None
    _line: Strip

    def render_lines(self, crop: Region) -> list[Strip]:
        key = (crop.column_span, self.outer_size.width, self.background_colors, *self.get_line_filters())
        if key != self._drawn_as:
            self._styles_cache.clear()
            self._line = super().render_lines(Region(crop.x, 0, crop.width, 1))[0]
            self._drawn_as = key
        return [self._line] * crop.height
