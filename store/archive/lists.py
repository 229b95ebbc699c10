"""Lists of any length: their skeletons, one page of them, the rows that are on the screen; each an indexed query."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import groupby
from typing import Any, TypeVar

from store.archive import rows
from store.archive.database import Connection, Database
from store.archive.phrases import fts_phrase, fts_query
from store.archive.skeleton import Coded, Layout, Order, Shelved, Skeleton, build, code, in_batches
from store.archive.units import EVENTS, STORYLINES, Table
from store.model import Event, EventId, Listed, StoryId, StorylineId
from store.model.crowd import shared

H = TypeVar("H")

_AT_ONCE = 500  # numbers or ids in one query
_CHUNK = 4000  # rows fetched between two chances for the screen's thread; about 3 ms
_MANY = 2000  # ids above which reading the whole index is cheaper than looking each of them up
_LISTED = ", ".join(rows.LISTED)

_TABLES: Mapping[Layout, Table] = {Layout.EVENTS: EVENTS, Layout.STORYLINES: STORYLINES}
# What the entries are sorted by, of events and storylines; all but the oldest with the highest first.
_KEYS: Mapping[Order, tuple[str, ...]] = {
    Order.NEWEST: ("newest",),
    Order.UNREAD: ("newest",),
    Order.OLDEST: ("newest",),
    Order.OUTLETS: ("outlets", "newest"),
    Order.ORIGINS: ("origins", "newest"),
}
_BY_EVENT = (Order.OUTLETS, Order.ORIGINS)  # a story stands where its event does, the newest of each first


class Lists:
    """Safe to use from several threads."""

    def __init__(self, database: Database, reading_row: Callable[[], AbstractContextManager[None]]) -> None:
        self._db = database
        self._reading_row = reading_row
        self._codes: dict[str, Coded] = {}
        self._codes_of: object = None

    def skeleton(self, layout: Layout, order: Order) -> Skeleton:
        """The whole list: about 1 s for a million stories, in chunks that leave room for the screen's thread."""
        with self._db.reading() as db, self._reading_row():
            return build(_fetched(db, _whole(layout, order), ()), _top(db), whole=True)

    def page(self, layout: Layout, order: Order, *, near: str | None, size: int) -> Skeleton:
        """As many entries as asked for around the one with this id (an event, storyline or story), else the first.
        whole where there are no more."""
        with self._db.reading() as db, self._reading_row():
            units, whole = _around(db, layout, order, near, size)
            if layout is Layout.STORIES:
                found = [(n, w, n) for n, w in _looked_up(db, "SELECT n, columns FROM stories WHERE n IN", units)]
            else:
                table = _TABLES[layout]
                joined = f"{table.name} AS t JOIN stories AS s ON s.{table.number} = u"
                query = f"SELECT u, t.columns, n FROM {joined} WHERE u IN"
                found = list(_looked_up(db, query, units, " ORDER BY u, s.newest, n"))
            rank = {unit: k for k, unit in enumerate(units)}
            found.sort(key=lambda row: rank[row[0]])
            return build(found, _top(db), whole=whole)

    def shelved(self, layout: Layout, units: Sequence[int]) -> dict[int, Shelved]:
        """The entries with these numbers, as they are shown; one that is gone is left out."""
        with self._db.reading() as db, self._reading_row():
            if layout is Layout.STORIES:
                pairs = dict(_looked_up(db, "SELECT n, e FROM stories WHERE n IN", units))
                events = _shelved(db, EVENTS, sorted(set(pairs.values())))
                return {n: events[e] for n, e in pairs.items() if e in events}
            return _shelved(db, _TABLES[layout], units)

    def events_of(self, storyline: StorylineId) -> tuple[Event, ...]:
        """The events of one storyline, newest first."""
        query = "SELECT DISTINCT e FROM stories WHERE l IN (SELECT u FROM storylines WHERE id = ?) AND e IS NOT NULL"
        with self._db.reading() as db, self._reading_row():
            units = [int(e) for (e,) in db.execute(query, (rows.bindable(storyline),))]
            found = _shelved(db, EVENTS, units).values()
        return tuple(sorted((s.event for s in found), key=lambda e: (e.newest, e.id), reverse=True))

    def numbers(self, ids: Sequence[StoryId]) -> dict[StoryId, int]:
        """The numbers of stories; those that are not in the archive are left out."""
        with self._db.reading() as db, self._reading_row():
            if len(ids) > _MANY:
                wanted = set(ids)
                return {i: n for i, n in _fetched(db, "SELECT id, n FROM stories", ()) if i in wanted}
            return dict(_looked_up(db, "SELECT id, n FROM stories WHERE id IN", [rows.bindable(i) for i in ids]))

    def numbered(self, held: Mapping[StoryId, H]) -> Iterable[tuple[int, H]]:
        """What is held of stories, by their numbers, to be gone through once; those that are not in the archive are
        left out."""
        if len(held) <= _MANY:
            return [(n, held[i]) for i, n in self.numbers(list(held)).items()]
        numbers, found = array("q"), list[H]()  # no pair for each: they took 64 MB of a million
        with self._db.reading() as db, self._reading_row():
            for i, n in _fetched(db, "SELECT id, n FROM stories", ()):
                if (what := held.get(i)) is not None:
                    numbers.append(n)
                    found.append(what)
        return zip(numbers, found, strict=True)

    def ids(self, numbers: Sequence[int]) -> list[StoryId]:
        """The ids of stories by their numbers, in the order asked for."""
        with self._db.reading() as db, self._reading_row():
            if len(numbers) > _MANY:
                return _ids_of_many(db, numbers)
            known = dict(_looked_up(db, "SELECT n, id FROM stories WHERE n IN", numbers))
        return [StoryId(known[n]) for n in numbers if n in known]

    def holding(self, words: str) -> Iterable[int]:
        """The numbers of the stories that hold all the words typed, the last as far as it is typed."""
        return self._matching(fts_query(rows.bindable(words)))

    def with_term(self, term: str) -> Iterable[int]:
        """The numbers of the stories that hold this word or phrase; `talk*` is every word that begins so."""
        return self._matching(fts_phrase(rows.bindable(term)))

    def _matching(self, wanted: str | None) -> list[int]:
        if wanted is None:
            return []
        with self._db.reading() as db, self._reading_row():
            # In one row: to fetch 50,000 of them took three times as long, all of it the screen's thread's time too.
            (told,) = db.execute("SELECT group_concat(rowid) FROM search WHERE search MATCH ?", (wanted,)).fetchone()
            numbers: list[int] = json.loads(f"[{told or ''}]")
            return numbers

    def coded(self, columns: Sequence[str]) -> Coded:
        """What these columns, or expressions over them, say of every story; kept until stories change."""
        return self._coded(f"SELECT n, {', '.join(columns)} FROM stories")

    def event_counts(self) -> Coded:
        """How many stories, outlets and origins the event of every story has; kept until stories change."""
        return self._coded("SELECT n, stories, outlets, origins FROM stories JOIN events ON e = u")

    def _coded(self, query: str) -> Coded:
        with self._db.reading() as db, self._reading_row():
            version = db.execute("SELECT max(n) FROM changes").fetchone()[0]
            if version != self._codes_of:
                self._codes, self._codes_of = {}, version
            if query not in self._codes:
                self._codes[query] = code(_fetched(db, query, ()), _top(db))
        return self._codes[query]

    def beside(self, numbers: Sequence[int]) -> list[int]:
        """The stories of the events of these stories, themselves among them."""
        with self._db.reading() as db, self._reading_row():
            events = sorted({e for (e,) in _looked_up(db, "SELECT e FROM stories WHERE n IN", numbers)})
            return [n for (n,) in _looked_up(db, "SELECT n FROM stories WHERE e IN", events)]

    def unit_numbers(self, layout: Layout, ids: Iterable[str]) -> dict[str, int]:
        """The numbers of entries by their ids; a story is an entry by its own id where stories are."""
        table, number = ("stories", "n") if layout is Layout.STORIES else (_TABLES[layout].name, "u")
        wanted = [rows.bindable(i) for i in ids]
        with self._db.reading() as db, self._reading_row():
            return dict(_looked_up(db, f"SELECT id, {number} FROM {table} WHERE id IN", wanted))


def _whole(layout: Layout, order: Order) -> str:
    if layout is Layout.STORIES and order in _BY_EVENT:
        return (
            "SELECT n, s.columns, n FROM events AS t CROSS JOIN stories AS s ON s.e = u "
            f"ORDER BY {_sorting(order, 'u', Layout.EVENTS)}, s.newest DESC, n DESC"
        )
    if layout is Layout.STORIES:
        return f"SELECT n, columns, n FROM stories WHERE newest IS NOT NULL ORDER BY {_sorting(order, 'n', layout)}"
    table = _TABLES[layout]
    # CROSS JOIN keeps SQLite from turning the loops round: the outer one walks an index in the order asked for.
    return (
        f"SELECT u, t.columns, n FROM {table.name} AS t CROSS JOIN stories AS s ON s.{table.number} = u "
        f"ORDER BY {_sorting(order, 'u', layout)}, s.newest, n"
    )


def _sorting(order: Order, number: str, layout: Layout) -> str:
    way = "" if order is Order.OLDEST else " DESC"
    prefix = "" if layout is Layout.STORIES else "t."
    return ", ".join(f"{name}{way}" for name in (*(f"{prefix}{k}" for k in _KEYS[order]), number))


def _around(db: Connection, layout: Layout, order: Order, near: str | None, size: int) -> tuple[list[int], bool]:
    """The numbers of so many entries, and whether there are no others."""
    if layout is Layout.STORIES and order in _BY_EVENT:
        return _inside(db, order, near, size)
    table, number = ("stories", "n") if layout is Layout.STORIES else (_TABLES[layout].name, "u")
    keys = (*_KEYS[order], number)
    names = ", ".join(keys)
    at = None
    if near is not None:
        at = db.execute(f"SELECT {names} FROM {table} WHERE id = ?", (rows.bindable(near),)).fetchone()
    down, up = ("ASC", "DESC") if order is Order.OLDEST else ("DESC", "ASC")
    if at is None or None in at:
        query = f"SELECT {number} FROM {table} ORDER BY {_each(keys, down)} LIMIT ?"
        first = [int(u) for (u,) in db.execute(query, (size,))]
        return first, len(first) < size
    after, before = (">", "<") if order is Order.OLDEST else ("<", ">")
    holes = ", ".join("?" * len(keys))
    query = f"SELECT {number} FROM {table} WHERE ({names}) {{}} ({holes}) ORDER BY {{}} LIMIT ?"
    above = db.execute(query.format(before, _each(keys, up)), (*at, size // 2)).fetchall()
    below = db.execute(query.format(f"{after}=", _each(keys, down)), (*at, size - len(above))).fetchall()
    whole = len(above) < size // 2 and len(below) < size - len(above)
    return [int(u) for (u,) in (*reversed(above), *below)], whole


def _inside(db: Connection, order: Order, near: str | None, size: int) -> tuple[list[int], bool]:
    """So many stories around one, in the order of the events around its own, and whether there are no others."""
    query = "SELECT n, events.id FROM events JOIN stories ON e = u WHERE stories.id = ?"
    at = db.execute(query, (rows.bindable(near),)).fetchone() if near is not None else None
    near_event = at[1] if at else None
    for events in (max(1, size // 20), max(1, size // 5), size):  # a few of them have stories enough
        units, whole = _around(db, Layout.EVENTS, order, near_event, events)
        found: dict[int, list[int]] = {}
        for e, n in _looked_up(db, "SELECT e, n FROM stories WHERE e IN", units, " ORDER BY newest DESC, n DESC"):
            found.setdefault(e, []).append(n)
        numbers = [n for unit in units for n in found.get(unit, ())]
        first = max(0, numbers.index(at[0]) - size // 2) if at else 0
        if whole or len(numbers) - first >= size:
            break
    return numbers[first : first + size], whole and not first and len(numbers) <= size


def _each(keys: Sequence[str], way: str) -> str:
    return ", ".join(f"{key} {way}" for key in keys)


def _ids_of_many(db: Connection, numbers: Sequence[int]) -> list[StoryId]:
    """In a table of as many places as the highest number, not in a dictionary: that took 150 MB of a million."""
    held: list[StoryId | None] = [None] * (min(max(numbers), _top(db)) + 1)
    for n, story in _fetched(db, "SELECT n, id FROM stories WHERE n BETWEEN 0 AND ?", (len(held) - 1,)):
        held[n] = shared(story)
    return [story for n in numbers if 0 <= n < len(held) and (story := held[n])]


def _shelved(db: Connection, table: Table, units: Sequence[int]) -> dict[int, Shelved]:
    heads = {u: rest for u, *rest in _looked_up(db, f"SELECT u, id, headline FROM {table.name} WHERE u IN", units)}
    query = f"SELECT {table.number}, n, {_LISTED} FROM stories WHERE {table.number} IN"
    inside = list(_looked_up(db, query, list(heads), " ORDER BY 1, newest, n"))
    found = {}
    for unit, group in groupby(inside, key=lambda row: row[0]):
        members = [(row[1], rows.read_listed(row[2:])) for row in group]
        ident, headline = heads[unit]
        if not (isinstance(ident, str) and isinstance(headline, str)):
            raise ValueError("bytes in the place of text")
        found[unit] = _entry(ident, headline, members)
    return found


def _entry(ident: str, headline: str, members: Sequence[tuple[int, Listed]]) -> Shelved:
    stories = tuple(story for _, story in members)
    return Shelved(Event(EventId(ident), stories[0].storyline, headline, stories), [n for n, _ in members])


def _looked_up(db: Connection, query: str, values: Sequence[Any], after: str = "") -> Iterator[Any]:
    for some in in_batches(values, _AT_ONCE):
        yield from db.execute(f"{query} ({', '.join('?' * len(some))}){after}", tuple(some))


def _fetched(db: Connection, query: str, values: tuple[Any, ...]) -> Iterator[Any]:
    found = db.execute(query, values)
    while chunk := found.fetchmany(_CHUNK):
        yield from chunk


def _top(db: Connection) -> int:
    return int(db.execute("SELECT max(n) FROM stories").fetchone()[0] or 0)
