"""Events and storylines as lists need them: one row each, kept in step with the stories by whoever writes those.

A story that has not been placed is an event, and a storyline, of its own. Stories are ordered by `newest`: the date
they were published, or, where they give none, the newest date of their event; where that has none either, the day they
were added, below the news of that day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from store.archive.database import Connection, Told
from store.archive.rows import Row
from store.archive.skeleton import columns
from store.model import Head, Progress, outlet_key

_AFTER_DAY = "~"  # sorts after any time of the day before
_WORD = re.compile(r"\w+")
_TELLING = 200  # units made between two reports of progress
_LONG = 4  # letters of a word that says something
_SHORT = 4  # words by which a headline is thought longer than it is, so that one word shared is no match for five


class Table(NamedTuple):
    """A table of units, the stories' column that holds a unit's number, and that which holds its id."""

    name: str
    number: str
    id: str


EVENTS = Table("events", "e", "event")
STORYLINES = Table("storylines", "l", "storyline")
TABLES = (EVENTS, STORYLINES)


class _Member(NamedTuple):
    """A story as its unit is made of it."""

    n: int
    id: str
    unit: int | None
    newest: str | None
    published: str | None
    added: str
    title: str
    title_made: int
    columns: int | None
    outlet: str | None
    agency: str | None
    url: str | None
    origin: str | None
    event: str | None

    @property
    def named(self) -> str | None:
        return self.outlet or self.agency or Head("", url=self.url).source

    @property
    def own_origin(self) -> str:
        return self.origin or self.agency or Head("", outlet=self.outlet, url=self.url).source or self.id


_MEMBER = "n, id, {number}, newest, published, added, title, title_made, columns, outlet, agency, "
_MEMBER += "url, origin, coalesce(event, id)"


def refresh(db: Connection, events: Iterable[str], storylines: Iterable[str]) -> None:
    """Makes the rows of these events and storylines anew from their stories; a unit without stories goes."""
    for table, ids in ((EVENTS, events), (STORYLINES, storylines)):
        for unit in ids:
            _refresh(db, table, unit)


def refresh_all(db: Connection, told: Told = lambda _: None) -> None:
    """Makes every unit anew: after a migration, or where another hand has left stories without."""
    db.execute("UPDATE stories SET newest = published WHERE published IS NOT NULL AND newest IS NULL")
    for table in TABLES:
        ids = [unit for (unit,) in db.execute(f"SELECT DISTINCT coalesce({table.id}, id) FROM stories")]
        known = {unit for (unit,) in db.execute(f"SELECT id FROM {table.name}")}
        units = (*ids, *(known - set(ids)))
        for number, unit in enumerate(units):
            if number % _TELLING == 0:
                told(Progress(f"listing the {table.name}", number, len(units)))
            _refresh(db, table, unit)


def stale(db: Connection) -> bool:
    """Whether there are stories without a unit; costs one look into an index."""
    return db.execute("SELECT 1 FROM stories WHERE e IS NULL LIMIT 1").fetchone() is not None


def _refresh(db: Connection, table: Table, unit: str) -> None:
    members = _members(db, table, unit)
    if not members:
        db.execute(f"DELETE FROM {table.name} WHERE id = ?", (unit,))
        return
    if table is EVENTS:
        members = list(_dated(members))
    members.sort(key=lambda m: (m.newest or "", m.n))
    middle = _middle(table, members)
    row = (
        unit,
        middle.title,
        middle.columns if middle.columns is not None else columns(middle.title),
        members[-1].newest or "",
        len(members),
        len({outlet_key(m.named) for m in members if m.named}),
        len({outlet_key(m.own_origin) for m in members}),
    )
    names = ("id", "headline", "columns", "newest", "stories", "outlets", "origins")
    db.execute(
        f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))}) "
        f"ON CONFLICT (id) DO UPDATE SET {', '.join(f'{n} = excluded.{n}' for n in names[1:])}",
        row,
    )
    (number,) = db.execute(f"SELECT u FROM {table.name} WHERE id = ?", (unit,)).fetchone()
    for member in members:
        if member.unit != number or table is EVENTS:
            db.execute(
                f"UPDATE stories SET {table.number} = ?, newest = ?, columns = ? WHERE n = ? AND "
                f"({table.number} IS NOT ? OR newest IS NOT ? OR columns IS NULL)",
                (number, member.newest, columns(member.title), member.n, number, member.newest),
            )


def _members(db: Connection, table: Table, unit: str) -> list[_Member]:
    what = _MEMBER.format(number=table.number)
    query = (
        f"SELECT {what} FROM stories WHERE {table.id} = ?1 "
        f"UNION ALL SELECT {what} FROM stories WHERE id = ?1 AND {table.id} IS NULL"
    )
    return [_Member(*_checked(row)) for row in db.execute(query, (unit,))]


def _checked(row: Row) -> Row:
    """A damaged file may hold anything in any column; a unit is made of text and numbers."""
    if any(isinstance(value, bytes) for value in row):
        raise ValueError("bytes in the place of text")
    return row


def _dated(members: list[_Member]) -> Iterator[_Member]:
    dates = [m.published for m in members if m.published]
    for member in members:
        if member.published:
            yield member._replace(newest=member.published)
        elif dates:
            yield member._replace(newest=max(dates))
        else:
            yield member._replace(newest=below_news(member.added))


def below_news(added: str) -> str:
    """Where a story without a date stands: below the news of the day it was added."""
    try:
        return (date.fromisoformat(added[:10]) - timedelta(days=1)).isoformat() + _AFTER_DAY
    except (ValueError, OverflowError):
        return ""


def _middle(table: Table, members: list[_Member]) -> _Member:
    """Whose headline stands for all: that whose words stand in most of the others, of the largest event. What likeness
    the stories had when they came says nothing here: it depends on which of them came first."""
    if table is STORYLINES:
        sizes = Counter(m.event for m in members)
        largest = min(sizes, key=lambda event: (-sizes[event], event or ""))
        members = [m for m in members if m.event == largest]
    # A headline that an editor wrote, where there is one: a made one is only a first sentence.
    members = [m for m in members if not m.title_made] or members
    words = [_words(m.title) for m in members]
    held = Counter(word for some in words for word in some)
    shared = (sum(held[word] - 1 for word in some) / (len(some) + _SHORT) ** 0.5 for some in words)
    ranked = ((-share, m.published or _AFTER_DAY, m.id, m) for share, m in zip(shared, members, strict=True))
    return min(ranked, key=lambda one: one[:3])[3]


def _words(title: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(title.casefold()) if len(word) >= _LONG or word.isdigit())
