"""What each table should hold: the number of its rows and the sum of a checksum of each. Triggers keep them, so that
nothing that writes need know, and no row changes, comes or goes unseen.

SQLite finds pages that cannot be, not a letter that is another. The full-text index has no sums: it is checked against
the texts that it was made from.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.archive.database import Connection

MODULUS = (1 << 32) - 1  # of a mask
_WRITTEN: dict[type, Callable[[Any], bytes]] = {
    int: lambda value: b"\0i%d" % value,
    float: lambda value: b"\0f" + str(value).encode(),
    str: lambda value: b"\0t" + value.encode("utf-8", "backslashreplace"),
    bytes: lambda value: b"\0b" + value,
    type(None): lambda _: b"\0nNone",
}
_AT_ONCE = 500


def row_sum(*values: float | str | bytes | None) -> int:
    """A checksum of what one row holds, 32 bits."""
    return zlib.crc32(b"".join([_WRITTEN[type(value)](value) for value in values]))


def keep(db: Connection) -> None:
    """Begins to keep the sums of all tables, as they are now; to be done again where a table has changed its shape."""
    db.execute("DELETE FROM sums")
    for table in _tables(db):
        db.execute("INSERT INTO sums VALUES (?, ?, ?)", (table, *_counted(db, table)))
        new, old = _sum_of(db, table, "new."), _sum_of(db, table, "old.")
        for event, rows, total in (
            ("INSERT", 1, f"+ {new}"),
            ("DELETE", -1, f"- {old}"),
            ("UPDATE", 0, f"+ {new} - {old}"),
        ):
            name = f"sum_{table}_{event.lower()}"
            db.execute(f"DROP TRIGGER IF EXISTS {name}")
            db.execute(
                f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN UPDATE sums SET rows = rows + {rows}, "
                f"total = (total {total}) & {MODULUS} WHERE name = '{table}'; END"
            )


def wrong(db: Connection) -> Iterator[str]:
    """What tables do not hold that they should, a sentence each. For one transaction, or another program's writing in
    between would look like damage."""
    for table in _tables(db):
        should = db.execute("SELECT rows, total FROM sums WHERE name = ?", (table,)).fetchone()
        if should is None:
            yield f"there is no sum of the table {table}"
            continue
        number, total = _counted(db, table)
        if number != should[0]:
            yield f"the table {table} has {number} rows and should have {should[0]}"
        elif total != should[1]:
            yield f"the table {table} is not as it was written"


def rows_of(db: Connection, table: str) -> int | None:
    """How many rows a table should have."""
    found = db.execute("SELECT rows FROM sums WHERE name = ?", (table,)).fetchone()
    return found[0] if found and type(found[0]) is int else None


def _tables(db: Connection) -> list[str]:
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%' "
        "AND name != 'sums' ORDER BY name"
    )
    return [name for (name,) in db.execute(query)]


def _sum_of(db: Connection, table: str, prefix: str = "") -> str:
    columns = (name for _, name, *_ in db.execute(f"PRAGMA table_info({table})"))
    return f"row_sum({', '.join(f'{prefix}{name}' for name in columns)})"


def _counted(db: Connection, table: str) -> tuple[int, int]:
    number = total = 0
    found = db.execute(f"SELECT {_sum_of(db, table)} FROM {table} NOT INDEXED")
    while some := found.fetchmany(_AT_ONCE):
        number += len(some)
        total += sum(one for (one,) in some)
    return number, total & MODULUS
