"""Whether the full-text index holds what the texts say: it is made once more, beside, and the two are compared."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from store.archive.schema import BEGINNINGS, PREFIX, TOKENIZE

if TYPE_CHECKING:
    from store.archive.database import Connection

# SQLite's own check sums up places by exclusive or: a word that changed in an even number of stories can escape it.
# Here each place of a word goes into a sum through a division by a prime that leaves nothing in line.
_MIX = "sum((doc * 1000003 + offset * 3 + (col = 'title')) * 7919 % 4294967291)"
_PLACES = f"SELECT term, count(*), {_MIX} FROM temp.{{}} GROUP BY term"
# The lists of words' beginnings cannot be read, only asked: the rank hangs on how often and in which column they stand.
_BEGUN = "SELECT count(*), sum(rowid * 7919 % 4294967291), total(rank * (rowid % 7919 + 1)) FROM {0} WHERE {1} MATCH ?"


def differing(db: Connection) -> int:
    """How many words, or beginnings of words, the index has elsewhere than the texts, or not at all. Makes tables that
    end with the transaction, on the system's temporary disk, as large as the index; takes half a second for a thousand
    stories."""
    db.execute(f"CREATE VIRTUAL TABLE temp.fresh USING fts5(title, body, content='', {TOKENIZE}, {PREFIX})")
    db.execute("INSERT INTO temp.fresh (rowid, title, body) SELECT n, title, body FROM main.searchable")
    db.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, 'search', 'instance')")
    db.execute("CREATE VIRTUAL TABLE temp.fresh_words USING fts5vocab(temp, 'fresh', 'instance')")
    held, should = (db.execute(_PLACES.format(table)) for table in ("words", "fresh_words"))
    beginnings: set[str] = set()
    found = 0
    for mine, theirs in zip_longest(held, should):
        found += mine != theirs
        if theirs:
            beginnings.update(theirs[0][:length] for length in BEGINNINGS)
    return found + sum(_begun(db, "main.search", one) != _begun(db, "temp.fresh", one) for one in sorted(beginnings))


def _begun(db: Connection, table: str, beginning: str) -> object:
    query = _BEGUN.format(table, table.partition(".")[2])
    return db.execute(query, ('"' + beginning.replace('"', '""') + '"*',)).fetchone()
