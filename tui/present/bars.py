"""The lines above and below the panes."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from tui.desk import ORDERS, Desk, Layout, Order, counted
from tui.present.rows import woke
from tui.present.words import STAR

BETWEEN = "  │  "
NEWS = 8  # of the parts of the status line, what goes first where room is short
WORTH = 5  # columns of a part that are worth showing, the rest of it cut
ENOUGH = 60  # columns that what is new in an event takes at most, in words


def top_line(
    library: str, counts: tuple[int, int, int] | None, *, read_only: bool, unwritten: int = 0, arrived: int = 0
) -> str:
    """counts are not known while the library is still being listed; unwritten: acts that the disk would not take;
    arrived: stories that came in and were not looked at."""
    total, unread, starred = counts or (0, 0, 0)
    parts = [f"NOT ON THE DISK: {counted(unwritten, 'act', 'acts')}"] if unwritten else []
    parts += [counted(total, "story", "stories"), f"{unread:,} unread"] if counts else ["…"]
    parts += [f"{STAR} {starred:,}"] if starred else []
    parts += [f"{arrived:,} came in"] if arrived else []
    parts += ["READ ONLY"] if read_only else []
    return f" {' · '.join(parts)}   {library}"


def status_line(desk: Desk, work: str, width: int = 1000) -> str:
    """Position, filter, selection, and what runs in the background, in at most so many columns: what matters least is
    left out first, and only then something cut."""
    total = len(desk.rows)
    here = f"{desk.cursor + 1:,}/{total:,}" if total else "0/0"
    parts = [  # the number says what goes first
        (0, here if desk.whole else "…"),
        (6, f"by {desk.layout.value}" if desk.layout is not Layout.EVENTS else ""),
        (7, ORDERS[desk.order] if desk.order is not Order.NEWEST else ""),
        (3, f"{counted(desk.found, 'story', 'stories')} found" if desk.whole and desk.found is not None else ""),
        (4, f"search: {desk.search}" if desk.search else ""),
        (5, f"filter: {desk.filter}" if desk.filter else ""),
        (1, f"{len(desk.selected):,} selected" if desk.selected else ""),
        (2, work),
        (NEWS, _new_here(desk)),
    ]
    parts = [part for part in parts if part[1]]
    while _columns(parts) > width and (len(parts) > 2 or max(parts)[0] == NEWS):
        parts.remove(max(parts))
    if len(parts) == 2 and _columns(parts) > width and width - _columns(parts[:1]) - len(BETWEEN) < WORTH:
        parts.pop()
    line = " " + BETWEEN.join(text for _, text in parts)
    return line if cell_len(line) <= width else set_cell_size(line, max(1, width - 1)).rstrip() + "…"


def _new_here(desk: Desk) -> str:
    """What came to the event under the cursor since the reader read of it: a row of one line has hardly more than the
    figures."""
    row = desk.row
    return woke(row.event, desk, ENOUGH) if row and row.story is None and desk.lines.one_line else ""


def _columns(parts: list[tuple[int, str]]) -> int:
    return 1 + sum(cell_len(text) for _, text in parts) + len(BETWEEN) * (len(parts) - 1)
