"""The saved queries above the list: how they stand there, and what each finds now, counted in a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date

from rich.cells import cell_len

from store.library import Library, Skeleton
from store.queries import Tally, tallies
from tui.desk import Desk
from tui.present import FEW_ROWS, UNREAD, Line, Piece, cut

SHARE = 8  # of the terminal's rows one goes to the queries
WIDE = 36  # columns from which counts are said in words
SETTLED = 0.25  # seconds after an act before it is counted: nobody reads counts in mid-key


class SavedQueries:
    """Names at once, counts when they are there; asked anew when marks, rules or stories have changed."""

    def __init__(self, library: Library, desk: Desk, *, today: date) -> None:
        self.library = library
        self.desk = desk
        self.today = today
        self.counts: Mapping[str, Tally] = {}
        self._counted: tuple[int, int] | None = None
        self._listed: Skeleton | None = None
        self._known: tuple[int, Mapping[str, str]] = -1, {}

    @property
    def known(self) -> Mapping[str, str]:
        """The queries by name, read anew only when a rule has changed: it is asked for with every key."""
        version = self.library.marks.rules_version
        if self._known[0] != version:
            self._known = version, self.library.queries()
        return self._known[1]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.known)

    @property
    def active(self) -> str:
        """The name of the query that the list is shown under; empty where it is none."""
        text = "" if self.desk.search else self.desk.filter.strip()
        return next(
            (n for n, query in self.known.items() if text.casefold() == f"@{n}".casefold() or text == query), ""
        )

    def _versions(self) -> tuple[int, int]:
        return self.library.marks.version, self.library.marks.rules_version

    @property
    def stale(self) -> bool:
        """Whether the counts are other than they should be; never where nothing is saved."""
        same = self._counted == self._versions() and self._listed is self.desk.skeleton
        return self.desk.whole and not same and bool(self.names)

    async def count(self) -> None:
        """Counts, in a thread. Raises StoreError."""
        await asyncio.sleep(SETTLED)
        versions, known, listed = self._versions(), self.known, self.desk.skeleton
        found = await asyncio.to_thread(tallies, self.library, known, today=self.today, listed=listed)
        self.counts, self._counted, self._listed = {tally.name: tally for tally in found}, versions, listed

    def lines(self, width: int, rows: int) -> tuple[Line, ...]:
        """How they stand above the list in a terminal of so many rows; none where nothing is saved."""
        names = self.names
        if not names:
            return ()
        if rows < FEW_ROWS:
            return (_one_line(names, self.counts, self.active, width),)
        most = max(2, rows // SHARE)
        shown = names if len(names) <= most else names[: most - 1]
        lines = [
            _own_line(number, name, self.counts.get(name), width, active=name == self.active)
            for number, name in enumerate(shown, 1)
        ]
        if left := len(names) - len(shown):
            lines.append(cut([Piece(f"   … {left} more", "faint")], width))
        return tuple(lines)

    def at(self, line: int, rows: int) -> str:
        """The name on a line; empty where there is none, or are several."""
        names = self.names
        most = max(2, rows // SHARE)
        own = names if len(names) <= most else names[: most - 1]
        return own[line] if rows >= FEW_ROWS and line < len(own) else ""


def _own_line(number: int, name: str, tally: Tally | None, width: int, *, active: bool) -> Line:
    said = _said(tally, width)
    room = width - 3 - cell_len(said) - 1
    role = "headline" if active else "outlet" if tally and tally.unread else "read"
    left = cut([Piece(name, role)], max(1, room))
    gap = " " * max(1, room - sum(cell_len(p.text) for p in left) + 1)
    sign = f"{number if number < 10 else ' '} "
    pieces = (Piece("▌" if active else " ", "sign"), Piece(sign, "sign"), *left, Piece(gap), Piece(said, "meta"))
    return cut(pieces, width)


def _said(tally: Tally | None, width: int) -> str:
    if tally is None:
        return "…"
    if tally.wrong:
        return "no query"
    if width >= WIDE:
        return f"{tally.unread:,} unread of {tally.stories:,}" if tally.stories else "nothing"
    return f"{tally.unread:,}/{tally.stories:,}"


def _one_line(names: Sequence[str], counts: Mapping[str, Tally], active: str, width: int) -> Line:
    pieces = [Piece(" ", "sign")]
    for number, name in enumerate(names, 1):
        tally = counts.get(name)
        role = "headline" if name == active else "outlet" if tally and tally.unread else "read"
        pieces += [Piece(f"{number} " if number < 10 else "", "sign"), Piece(name, role)]
        pieces.append(Piece(f" {UNREAD}{tally.unread:,}" if tally and tally.unread else "", "meta"))
        pieces.append(Piece("  "))
    return cut([p for p in pieces[:-1] if p.text], width)
