"""Glyphs: what is drawn where a terminal shows only ASCII. The one table of it, and the filter that every line of the
screen goes through then. A form is as wide as what it stands for, so that no column moves.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

OURS = {
    "●": "*", "★": "!", "✎": "n", "×": "x", "▸": "+", "▾": "-", "✓": "v", "▪": "=", "┆": ":", "▌": ">", "│": "|",
    "“": '"', "”": '"', "‘": "'", "’": "'",
    "·": "-", "…": "~", "—": "-", "–": "-", "↑": "^", "↓": "v", "←": "<", "→": ">", "━": "=", "╸": "=", "╺": "=",
    "¶": "#", "□": "?", "≠": "!", "≈": "~", "▁": ".", "▂": ".", "▃": "-", "▄": "-", "▅": "=", "▆": "=", "▇": "#",
    **{chr(0x2460 + n): str(n + 1) for n in range(9)},  # numbers in circles
}  # fmt: skip
"""What the desk draws itself."""

WRITTEN = {
    "‚": ",", "„": '"', "«": '"', "»": '"', "‹": "'", "›": "'", "•": "*", "‑": "-", "\N{NO-BREAK SPACE}": " ",
    "\N{RIGHT-POINTING MAGNIFYING GLASS}": "> ",
}  # fmt: skip
"""What stories, and the library's palette, are pointed and marked with."""

_FROM, _TO = 0x2500, 0x25A0  # box drawing and blocks: frames, rules, scroll bars


def _frame(char: str) -> str:
    name = unicodedata.name(char)
    if "BLOCK" in name or "SHADE" in name or "QUADRANT" in name:
        return {"▀": " ", "▄": " ", "█": "#"}.get(char, "|" if "LEFT" in name or "RIGHT" in name else " ")
    straight = name.endswith(("HORIZONTAL", "VERTICAL")) and " AND " not in name
    return "+" if not straight else "-" if name.endswith("HORIZONTAL") else "|"


MARKS: Mapping[str, str] = {**{chr(c): _frame(chr(c)) for c in range(_FROM, _TO)}, **OURS, **WRITTEN}
"""An ASCII form for each glyph that a part of the screen is drawn with, ours or the library's."""

KEYS = {
    "↑": "Up", "↓": "Down", "←": "Left", "→": "Right", "Shift+↑": "Shift+Up", "Shift+↓": "Shift+Down"
}  # fmt: skip
"""Keys whose ASCII forms could be taken for other keys."""

_MARKS = str.maketrans(dict(MARKS))
_COERCED = ("C.UTF-8", "C.utf8", "UTF-8")  # what Python sets LC_CTYPE to under LANG=C (PEP 538)


def utf8(environ: Mapping[str, str]) -> bool:
    """Whether the reader's locale is one of UTF-8; where none is set, what Python takes it for."""
    language = environ.get("LANG", "")
    chosen = environ.get("LC_ALL") or environ.get("LC_CTYPE") or language
    if chosen in _COERCED and not environ.get("LC_ALL") and language in ("C", "POSIX"):
        return False
    return not chosen or "utf8" in chosen.lower().replace("-", "")


def line_filter(ascii: bool | None, environ: Mapping[str, str]) -> Ascii | None:
    """The filter for the settings' ascii, None for whatever the terminal can show: by itself under a locale that is not
    UTF-8, and on a console, whose own font has few glyphs beside letters."""
    wanted = not utf8(environ) or environ.get("TERM") == "linux" if ascii is None else ascii
    return Ascii() if wanted else None


class Ascii(LineFilter):
    """Letters are left as they are, of whatever script: they are what is read, and a question mark says nothing. Most
    terminals show them, though the locale of the machine at the other end of the line does not say so."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        return [s if s.text.isascii() else Segment(plain(s.text), s.style, s.control) for s in segments]


def plain(text: str) -> str:
    """The text with marks and frames in ASCII, in as many columns."""
    return text.translate(_MARKS)
