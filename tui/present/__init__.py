"""From stories and marks to what stands on the screen: lines of a row, the lines above and below, messages.

Pages of text are made in pages.py. Plain Python: roles name what a piece is ("headline", "meta"); the widgets know how
each role looks. Text from outside passes through here as plain strings and is never markup.
"""

from tui.present.bars import status_line, top_line
from tui.present.messages import about_keys, added, exported, from_home, progress, refused
from tui.present.rows import FEW_ROWS, row_height, row_lines
from tui.present.words import (
    GONE,
    NOTE,
    STAR,
    UNDATED,
    UNREAD,
    Line,
    Piece,
    cut,
    fit,
    reporters,
    source,
    tag_text,
    when,
    when_full,
    without_spaces,
    wrapped,
)

__all__ = [
    "FEW_ROWS",
    "GONE",
    "NOTE",
    "STAR",
    "UNDATED",
    "UNREAD",
    "Line",
    "Piece",
    "about_keys",
    "added",
    "cut",
    "exported",
    "fit",
    "from_home",
    "progress",
    "refused",
    "reporters",
    "row_height",
    "row_lines",
    "source",
    "status_line",
    "tag_text",
    "top_line",
    "when",
    "when_full",
    "without_spaces",
    "wrapped",
]
