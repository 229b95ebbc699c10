"""Lines that were learned as furniture of an outlet: how many of its stories hold each. Made anew by `rebuild`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from store.archive.database import Database
from store.archive.rows import bindable


@dataclass(frozen=True, slots=True)
class Recurring:
    """A line that several stories of one outlet hold. key is what such lines share, text the line as one has it."""

    outlet: str
    key: str
    text: str
    stories: int


class Furniture:
    def __init__(self, database: Database) -> None:
        self._db = database

    def of(self, outlet: str | None = None) -> tuple[Recurring, ...]:
        """The lines learned of an outlet, or of all of them: by outlet, then the most frequent first."""
        query = "SELECT outlet, key, text, stories FROM furniture"
        with self._db.reading() as db:
            if outlet is None:
                found = db.execute(f"{query} ORDER BY outlet, stories DESC, key").fetchall()
            else:
                found = db.execute(f"{query} WHERE outlet = ? ORDER BY stories DESC, key", (outlet,)).fetchall()
        return tuple(Recurring(str(o), str(k), str(t), int(n)) for o, k, t, n in found)

    def outlets(self) -> frozenset[str]:
        with self._db.reading() as db:
            return frozenset(str(o) for (o,) in db.execute("SELECT DISTINCT outlet FROM furniture"))

    def repeating(self, events: Iterable[str], stories: int) -> tuple[int, ...]:
        """The numbers of those of these events in which one outlet may have as many stories."""
        query = "SELECT u FROM events WHERE id = ?1 AND stories >= ?2 AND stories - outlets >= ?2 - 1"
        with self._db.reading() as db:
            found = (db.execute(query, (bindable(event), stories)).fetchone() for event in events)
            return tuple(int(row[0]) for row in found if row)

    def replace(self, lines: Iterable[Recurring]) -> None:
        """Forgets what was learned and keeps these lines."""
        with self._db.writing() as db:
            db.execute("DELETE FROM furniture")
            db.executemany("INSERT OR REPLACE INTO furniture VALUES (?, ?, ?, ?)", _rows(lines))

    def learn(self, outlet: str, lines: Iterable[Recurring]) -> None:
        """These are the lines of one outlet; what is known of others stays."""
        with self._db.writing() as db:
            db.execute("DELETE FROM furniture WHERE outlet = ?", (bindable(outlet),))
            db.executemany("INSERT OR REPLACE INTO furniture VALUES (?, ?, ?, ?)", _rows(lines))


def _rows(lines: Iterable[Recurring]) -> Iterator[tuple[str, str, str, int]]:
    return ((bindable(r.outlet), bindable(r.key), bindable(r.text), r.stories) for r in lines)
