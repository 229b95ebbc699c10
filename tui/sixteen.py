"""Sixteen: what a terminal of 16 colours is sent. Each has a palette of its own, so that an ink is chosen that can be
read on its ground in all the usual ones, and no ground is used on which none can."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tui.contrast import FRAMES, LEAST_CONTRAST, MOST_STYLES, contrast

BRIGHT = 8  # of 16 colours, the first of the bright ones, in the order of the dark ones
_BLACK, _BLUE, _WHITE = 0, 4, 15
_HEX: Mapping[str, str] = {
    "VGA, Linux console": "000 a00 0a0 a50 00a a0a 0aa aaa 555 f55 5f5 ff5 55f f5f 5ff fff",
    "xterm": "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f f00 0f0 ff0 5c5cff f0f 0ff fff",
    "Windows, older": "000 800000 008000 808000 000080 800080 008080 c0c0c0 808080 f00 0f0 ff0 00f f0f 0ff fff",
}
PALETTES: Sequence[Sequence[Color]] = [[Color.parse(f"#{name}") for name in names.split()] for names in _HEX.values()]


def least(ink: int, ground: int) -> float:
    """The contrast of two of the 16 colours where it is least."""
    return min(contrast(palette[ink], palette[ground]) for palette in PALETTES)


LEGIBLE: Mapping[int, Sequence[int]] = {
    ground: [ink for ink in range(16) if least(ink, ground) >= LEAST_CONTRAST] for ground in range(16)
}
"""The inks that can be read on each ground: on the greens, browns and the darker grey, none."""
_SAFE: Mapping[int, int] = {ground: 7 if ground == BRIGHT else ground ^ BRIGHT for ground in range(16)}


class Sixteen(LineFilter):
    """Puts every colour into one of the 16 so that what is written can be read.

    Bold is left out where the bright colour, which many terminals show for it, would be grey on grey: blue stands out
    there instead, so that keys, headlines and their like are told apart all the same.
    """

    def __init__(self) -> None:
        super().__init__()
        self._mended: dict[tuple[Style, bool], Style] = {}

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        return [self._shown(*s) for s in segments]

    def _shown(self, text: str, style: Style | None, control: object) -> Segment:
        if style is None or control or not text:
            return Segment(text, style, control)  # type: ignore[arg-type]
        drawn = all(c in FRAMES for c in text)
        if drawn and style.reverse:  # bars: nothing is written on them
            return Segment(text, style)
        key = (style, drawn)
        if key not in self._mended:
            if len(self._mended) > MOST_STYLES:
                self._mended.clear()
            self._mended[key] = _of_16(style, _drawn_on if drawn else _written_on)
        return Segment(text, self._mended[key])


def _of_16(style: Style, on: Callable[[int, int], int]) -> Style:
    ink, ground = (style.bgcolor, style.color) if style.reverse else (style.color, style.bgcolor)
    if ground is None or ground.triplet is None or (ink is not None and ink.triplet is None):
        return style  # the terminal's own colours, of which we know nothing
    under = _number(ground)
    under = under if LEGIBLE[under] else _SAFE[under]
    number = on(_number(ink or ground), under)
    bold = bool(style.bold)
    if bold and number < BRIGHT and number + BRIGHT not in LEGIBLE[under]:
        number = _BLUE if number == _BLACK and _BLUE in LEGIBLE[under] else number
        bold = number + BRIGHT in LEGIBLE[under]
    colours = [RichColor.from_ansi(n) for n in ((under, number) if style.reverse else (number, under))]
    return style + Style(color=colours[0], bgcolor=colours[1], bold=bold)


def _number(colour: RichColor) -> int:
    return colour.downgrade(ColorSystem.STANDARD).number or 0


def _written_on(ink: int, ground: int) -> int:
    """The ink that can be read: this one, the same bright or dark, else black or white."""
    legible = LEGIBLE[ground]
    wanted = (ink, ink ^ BRIGHT, _WHITE, _BLACK)
    return next(number for number in wanted if number in legible)


def _drawn_on(ink: int, ground: int) -> int:
    """Frames and bars need no more than to be seen."""
    return ink if ink != ground else _written_on(ink, ground)
