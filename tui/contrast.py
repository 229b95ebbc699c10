"""Contrast: whether a text can be read on its ground, and the colour that makes it so; and no colour at all."""

from __future__ import annotations

from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.color import BLACK, WHITE, Color
from textual.filter import LineFilter

MOST_STYLES = 2000  # kept mended; a theme has a few hundred
_SYSTEMS = {"256": ColorSystem.EIGHT_BIT}
FRAMES = frozenset({" "} | {chr(c) for c in range(0x2500, 0x25A0)})
LEAST_CONTRAST = 4.5  # WCAG 2.1, success criterion 1.4.3, for text of normal size


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.1, relative luminance)."""
    low, high = sorted(_luminance(c) for c in (one, other))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: Color) -> float:
    r, g, b = ((c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4) for c in color.normalized)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def legible(ink: Color, ground: Color, system: ColorSystem = ColorSystem.TRUECOLOR) -> Color:
    """The colour nearest to ink that can be read on ground, as a terminal of system shows both: moved towards black or
    white as little as is needed."""
    seen = as_shown(ground, system)
    end = max((BLACK, WHITE), key=lambda c: contrast(c, seen))
    for share in range(0, 105, 5):
        mixed = ink.blend(end, share / 100)
        if contrast(as_shown(mixed, system), seen) >= LEAST_CONTRAST:
            return mixed
    return end


def as_shown(color: Color, system: ColorSystem) -> Color:
    """The colour of a palette that rich puts in the place of color."""
    if system is ColorSystem.TRUECOLOR:
        return color
    return Color(*color.rich_color.downgrade(system).get_truecolor())


class Legible(LineFilter):
    """Mends whatever is drawn in a colour too near its ground, in whatever theme, ours or the library's."""

    def __init__(self, system: str | None) -> None:
        """system as a rich console names it, of more than 16 colours."""
        super().__init__()
        self.system = _SYSTEMS.get(system or "", ColorSystem.TRUECOLOR)
        self._mended: dict[Style, Style] = {}

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        return [self._readable(s) for s in segments]

    def _readable(self, segment: Segment) -> Segment:
        text, style, control = segment
        if style is None or not text or text.isspace() or all(c in FRAMES for c in text):
            return segment
        mended = self._mended.get(style)
        if mended is None:
            if len(self._mended) > MOST_STYLES:
                self._mended.clear()
            mended = self._mended[style] = self._mend(style)
        return segment if mended is style else Segment(text, mended, control)

    def _mend(self, style: Style) -> Style:
        ink, ground = (style.bgcolor, style.color) if style.reverse else (style.color, style.bgcolor)
        if ink is None or ground is None or ink.triplet is None or ground.triplet is None:
            return style  # the terminal's own colours, of which we know nothing
        color = Color.from_rich_color(ink)
        better = legible(color, Color.from_rich_color(ground), self.system)
        if better != color:
            style += Style(bgcolor=better.rich_color) if style.reverse else Style(color=better.rich_color)
        return style


class Colourless(LineFilter):
    """Takes every colour out of what is drawn, and leaves bold, dim, underline and reverse: under NO_COLOR. Textual's
    own two filters for it leave greys, or the codes of the terminal's default colours."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        return [s if s.style is None else Segment(s.text, s.style.without_color, s.control) for s in segments]
