"""Widths: text whose columns terminals count differently from the library that lays it out, made to agree.

Measured in tmux 3.3a and screen 4.9: an emoji of several parts takes two to six columns there, one with a selector of
its look one, and a vowel sign that stands beside its letter (Devanagari, Tamil, Khmer …) one, where rich counts none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from itertools import groupby
from unicodedata import category

from rich import cells
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_TONES = r"\U0001f3fb-\U0001f3ff"
_BEHIND = rf"\ufe0e\ufe0f\u20e3{_TONES}\U000e0020-\U000e007f"  # selectors of a look, keycaps, tones of skin, regions
_EXTRA = f"[{_BEHIND}]"
_EMOJI = r"[\u2190-\u2bff\U0001f000-\U0001faff]"
_PARTS = re.compile(
    rf"([^{_BEHIND}]){_EXTRA}+(?:\u200d.{_EXTRA}*)*|({_EMOJI})(?:\u200d.{_EXTRA}*)+|{_EXTRA}", re.DOTALL
)
# Emoji of Unicode 15 to 17: two columns, or none, or one, by how old a terminal is.
_LATELY = (
    r"\U0001f6d8\U0001f6dc\U0001fa75-\U0001fa77\U0001fa87-\U0001fa8f\U0001faad-\U0001faaf\U0001fabb-\U0001fabf"
    r"\U0001fac6-\U0001fac8\U0001facd-\U0001facf\U0001fada-\U0001fadf\U0001fae8-\U0001faef\U0001faf7\U0001faf8"
)
_NEW = re.compile(f"[{_LATELY}]")
_RISKY = re.compile(rf"[{_BEHIND}\u200d{_LATELY}]")  # looked for in all that is drawn
UNKNOWN = "□"  # in the place of an emoji that few terminals know


class OneWidth(LineFilter):
    """Draws what terminals count differently so that all count it alike: an emoji of several parts as the first of
    them, one too new as a box. What is stored, copied and exported stays as it was written."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        return [s if s.text.isascii() or not _risky(s.text) else Segment(plain(s.text), *s[1:]) for s in segments]


@lru_cache(maxsize=4096)
def _risky(text: str) -> bool:
    """Asked of all that is drawn, which is mostly what was drawn before."""
    return _RISKY.search(text) is not None


def plain(text: str) -> str:
    """The text as it is drawn, in as many columns."""
    if not _RISKY.search(text):
        return text
    shown = _NEW.sub(_box, _PARTS.sub(_first, text))
    return shown if cell_len(shown) == cell_len(text) else text  # a joiner between letters, with a selector behind


def _first(parts: re.Match[str]) -> str:
    first = parts[1] or parts[2] or ""
    return first + " " * (cell_len(parts[0]) - cell_len(first))


def _box(emoji: re.Match[str]) -> str:
    return UNKNOWN + " " * (cell_len(emoji[0]) - cell_len(UNKNOWN))


def count_vowel_signs() -> None:
    """Has rich count a column for a vowel sign that stands beside its letter, as wcwidth of most systems does.

    Its table is edited in place, because the library's functions are imported by name all over it; where there is no
    such table, nothing is done.
    """
    widths = _table()
    if widths is None or any(start == _FIRST_SIGN and width for start, _, width in widths):
        return
    widths[:] = [part for span in widths for part in _parted(*span)]
    for kept in (cells.get_character_cell_size, cells.cached_cell_len):
        kept.cache_clear()


_FIRST_SIGN, _LAST_SIGN = 0x903, 0x11FFF  # where Unicode has such signs


def _table() -> list[tuple[int, int, int]] | None:
    widths: object = None
    try:
        widths = import_module("rich._unicode_data").load().widths
    except ImportError:  # rich before 14.3
        with suppress(ImportError):
            widths = import_module("rich._cell_widths").CELL_WIDTHS
    return widths if isinstance(widths, list) else None


def _parted(start: int, end: int, width: int) -> Iterator[tuple[int, int, int]]:
    """A span of the table, cut where signs that take a column stand in it."""
    if width or end < _FIRST_SIGN or start > _LAST_SIGN:
        yield start, end, width
        return
    for beside, run in groupby(range(start, end + 1), key=lambda c: category(chr(c)) == "Mc"):
        some = list(run)
        yield some[0], some[-1], int(beside)
