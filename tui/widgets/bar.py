"""Bar: a scrollbar whose lines are kept. Textual makes a renderable and lines of it anew whenever the bar is told to be
drawn, which it is with each change of the focus, of the style or of the text beside it, mostly as it was. And of the
lines of any bar there are a few kinds: one that was drawn before is taken as it was, at another position too."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip


class Bar(ScrollBar):
    _drawn_as: object = None
    _lines: Sequence[Strip] = ()
    _look: object = None

    def __init__(self, vertical: bool = True, name: str | None = None, *, thickness: int = 1) -> None:
        super().__init__(vertical, name, thickness=thickness)
        self._kinds: dict[Segment, Strip] = {}
        """As they are drawn, by what they are made of."""

    def render_lines(self, crop: Region) -> list[Strip]:
        assert self.parent is not None
        look = (
            self.outer_size,
            self.app.theme,
            self.app.native_ansi_color,
            self.parent.background_colors,
            *self.get_line_filters(),
        )
        if look != self._look:
            self._look, self._drawn_as = look, None
            self._kinds.clear()
        if crop != Region(0, 0, *self.outer_size):
            return super().render_lines(crop)
        at = self.window_virtual_size, self.window_size, self.position
        key = (*at, self.mouse_over, self.grabbed is None)
        if key != self._drawn_as:
            self._lines, self._drawn_as = self._drawn(crop), key
        return [*self._lines]

    def _drawn(self, crop: Region) -> Sequence[Strip]:
        kinds = self._of_now() if self.vertical else []
        if kinds and all(map(self._kinds.__contains__, kinds)):
            return [self._kinds[kind] for kind in kinds]
        lines = super().render_lines(crop)
        if len(kinds) == len(lines):
            self._kinds.update(zip(kinds, lines, strict=True))
        return lines

    def _of_now(self) -> list[Segment]:
        """What each line is made of."""
        bar = self.render()
        if not isinstance(bar, ScrollBarRender) or isinstance(bar.style, str):
            return []
        ink, ground = bar.style.color, bar.style.bgcolor
        if ink is None or ground is None:
            return []
        made = bar.render_bar(
            size=self.size.height,
            virtual_size=bar.virtual_size,
            window_size=bar.window_size,
            position=bar.position,
            thickness=bar.thickness,
            vertical=True,
            back_color=ground,
            bar_color=ink,
        )
        return [*made.segments]
