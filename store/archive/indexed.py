"""Whether the full-text index holds what the texts say: it is made once more, beside, and the two are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from store.archive.schema import BEGINNINGS, PREFIX, TOKENIZE

if TYPE_CHECKING:
    from store.archive.database import Connection

# SQLite's own check sums up places by exclusive or: a word that changed in an even number of stories can escape it.
# Here each place of a word goes into a sum through a division by a prime that leaves nothing in line.
_MIX = "sum((doc * 1000003 + offset * 3 + (col = 'title')) * 7919 % 4294967291)"
_PLACES = f"SELECT term, count(*), {_MIX} FROM temp.{{}} GROUP BY term"
# The lists of words' beginnings cannot be read, only asked: in which titles and which bodies a word begins so. Where in
# them is for SQLite's own check. To ask for the rank, which hangs on how often, took six times as long.
_BEGUN = "SELECT count(*), sum(rowid * 7919 % 4294967291) FROM {0} WHERE {1} MATCH ?"
_COLUMNS = ("title", "body")
_AT_ONCE = 1_000  # stories


def differing(db: Connection, told: Callable[[int, int], None] = lambda _done, _total: None) -> int:
    """How many words, or beginnings of words, the index has elsewhere than the texts, or not at all. Makes tables that
    end with the transaction, on the system's temporary disk, as large as the index; takes a seventh of a second of CPU
    for a thousand stories. told: how much is done, in stories, of which it goes through all three times."""
    (number,) = db.execute("SELECT count(*) FROM main.stories").fetchone()
    db.execute(f"CREATE VIRTUAL TABLE temp.fresh USING fts5(title, body, content='', {TOKENIZE}, {PREFIX})")
    for done, (first, last) in enumerate(_parts(db)):
        told(min(done * _AT_ONCE, number), 3 * number)
        some = "SELECT n, title, body FROM main.searchable WHERE n > ? AND n <= ?"
        db.execute(f"INSERT INTO temp.fresh (rowid, title, body) {some}", (first, last))
    told(number, 3 * number)
    db.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, 'search', 'instance')")
    db.execute("CREATE VIRTUAL TABLE temp.fresh_words USING fts5vocab(temp, 'fresh', 'instance')")
    held, should = (db.execute(_PLACES.format(table)) for table in ("words", "fresh_words"))
    beginnings: set[str] = set()
    found = 0
    for mine, theirs in zip_longest(held, should):
        found += mine != theirs
        if theirs:
            beginnings.update(theirs[0][:length] for length in BEGINNINGS)
    for done, one in enumerate(sorted(beginnings)):
        told(2 * number + number * done // len(beginnings), 3 * number)
        found += _begun(db, "main.search", one) != _begun(db, "temp.fresh", one)
    return found


def _parts(db: Connection) -> Iterator[tuple[int, int]]:
    """The numbers of stories, some at a time: behind the first, up to the last. Damage may have made them any size."""
    first, end = -(1 << 63), (1 << 63) - 1
    query = f"SELECT n FROM main.stories WHERE n > ? ORDER BY n LIMIT 1 OFFSET {_AT_ONCE - 1}"
    while (found := db.execute(query, (first,)).fetchone()) and first < found[0] < end:
        yield first, found[0]
        (first,) = found
    yield first, end


def _begun(db: Connection, table: str, beginning: str) -> Sequence[object]:
    query = _BEGUN.format(table, table.partition(".")[2])
    words = '"' + beginning.replace('"', '""') + '"*'
    return [db.execute(query, (f"{column} : {words}",)).fetchone() for column in _COLUMNS]
