"""Glyphs: what is drawn where a terminal shows only ASCII. The one table of it, and the filter that every line of the
screen goes through then. A form is as wide as what it stands for, so that no column moves.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

OURS = {
    "●": "*", "★": "!", "✎": "n", "×": "x", "▸": "+", "▾": "-", "✓": "v", "▪": "=", "┆": ":", "▌": ">", "│": "|",
    "“": '"', "”": '"', "‘": "'", "’": "'",
    "·": "-", "…": "~", "—": "-", "–": "-", "↑": "^", "↓": "v", "←": "<", "→": ">", "━": "=", "╸": "=", "╺": "=",
    "¶": "#", "≠": "!", "≈": "~", "▁": ".", "▂": ".", "▃": "-", "▄": "-", "▅": "=", "▆": "=", "▇": "#",
    **{chr(0x2460 + n): str(n + 1) for n in range(9)},  # numbers in circles
}  # fmt: skip
"""What the desk draws itself."""

WRITTEN = {
    "‚": ",", "„": '"', "«": '"', "»": '"', "‹": "'", "›": "'", "•": "*",
    "ß": "s", "æ": "a", "Æ": "A", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "‑": "-",
    "\N{NO-BREAK SPACE}": " ", "£": "L", "€": "E", "°": "o",
}  # fmt: skip
"""Letters and signs of stories that no decomposition makes ASCII."""

_FROM, _TO = 0x2500, 0x25A0  # box drawing and blocks: frames, rules, scroll bars


def _frame(char: str) -> str:
    name = unicodedata.name(char)
    if "BLOCK" in name or "SHADE" in name or "QUADRANT" in name:
        return {"▀": " ", "▄": " ", "█": "#"}.get(char, "|" if "LEFT" in name or "RIGHT" in name else " ")
    straight = name.endswith(("HORIZONTAL", "VERTICAL")) and " AND " not in name
    return "+" if not straight else "-" if name.endswith("HORIZONTAL") else "|"


MARKS: Mapping[str, str] = {**{chr(c): _frame(chr(c)) for c in range(_FROM, _TO)}, **OURS}
"""One ASCII character for each glyph that a part of the screen is drawn with, ours or the library's."""

KEYS = {"↑": "Up", "↓": "Down", "←": "Left", "→": "Right"}
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
    """The filter for the settings' ascii, None for whatever the terminal can show. A console's own font has few glyphs
    beside letters; under a locale that is not UTF-8 the letters of stories are spelled in ASCII too."""
    if not utf8(environ):
        return None if ascii is False else Ascii(letters=True)
    wanted = environ.get("TERM") == "linux" if ascii is None else ascii
    return Ascii(letters=False) if wanted else None


class Ascii(LineFilter):
    def __init__(self, *, letters: bool) -> None:
        super().__init__()
        self.letters = letters

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        return [s if s.text.isascii() else Segment(plain(s.text, self.letters), s.style, s.control) for s in segments]


@lru_cache(maxsize=1 << 12)
def plain(text: str, letters: bool) -> str:
    """The text with marks and frames in ASCII, and with letters all of it, in as many columns."""
    text = text.translate(_MARKS)
    if not letters or text.isascii():
        return text
    spelled = "".join(c if c.isascii() else _spelled(c) for c in text)
    return spelled if len(spelled) == cell_len(text) else set_cell_size(spelled, cell_len(text))


def _spelled(char: str) -> str:
    """A character in ASCII: its base letter, or a question mark a column."""
    width = cell_len(char)
    base = WRITTEN.get(char) or "".join(c for c in unicodedata.normalize("NFKD", char) if c.isascii())
    return base[:width].ljust(width) if base.strip() or char in WRITTEN else "?" * width
