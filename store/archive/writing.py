"""Writing into an archive, within a transaction that the archive opens: stories put and read anew, and their places.
Events, storylines and the index are kept in step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from store.archive import rows, schema, traits, units
from store.archive.asking import AT_ONCE, holes
from store.archive.database import Connection
from store.archive.pending import Name
from store.archive.skeleton import columns as columns_of
from store.archive.skeleton import in_batches
from store.errors import UnknownStory
from store.model import Placement, Raw, Story, StoryId

Ready = tuple[StoryId, Raw, str, Story]  # id, raw text, its digest, the story read from it
Indexing = list[tuple[str, tuple[int, str, str]]]  # what the index is told, in order

_HEAD = ", ".join(schema.HEAD)
_READ = f"{_HEAD}, words, columns, newest"
_REREAD = f"""UPDATE stories SET {", ".join(f"{name} = ?" for name in schema.HEAD)}, words = ?, columns = ?,
    newest = coalesce(?, newest) WHERE n = ?"""


class Touched(NamedTuple):
    """Events and storylines whose stories have changed, in the order in which they are to be listed anew."""

    events: dict[str, None]
    storylines: dict[str, None]

    def add(self, others: Touched) -> None:
        self.events.update(others.events)
        self.storylines.update(others.storylines)


def put(db: Connection, batch: Sequence[Ready], added: str, traits_of: Mapping[StoryId, bytes]) -> Touched:
    """Adds or revises stories, which are then to be listed. The newest of one id is shown."""
    if batch:
        _count_change(db)
    indexing: Indexing = []
    for item in batch:
        indexing += _put_one(db, item, added)
        if item[0] in traits_of:
            traits.write(db, item[0], traits_of[item[0]])
    _index(db, indexing)
    return _units_of(db, [story for story, *_ in batch])


def learn(db: Connection, names: Iterable[Name]) -> list[Name]:
    """Records what else stories that are held are known by; gives those recorded."""
    known = [name for name in names if _row_of(db, name.seen.story)]
    for name in known:
        db.execute("INSERT OR REPLACE INTO names VALUES (?, ?, ?)", (name.name, name.seen.story, name.seen.digest))
        if name.address:
            query = "UPDATE stories SET address = ? WHERE id = ? AND address IS NULL"
            db.execute(query, (name.address, name.seen.story))
    return known


def place(db: Connection, placements: Iterable[Placement]) -> Touched:
    """Says where stories stand, which are then to be listed. Those not named keep their place."""
    columns = ", ".join(f"{name} = ?" for name in schema.PLACE)
    touched = Touched({}, {})
    _count_change(db)
    for some in in_batches(list(placements), AT_ONCE):
        moved = _moved(db, some)
        if not moved:
            continue
        ids = [p.story for p in moved]
        before = _units_of(db, ids)
        values = [(*rows.place_row(p), p.story) for p in moved]
        db.executemany(f"UPDATE stories SET {columns} WHERE id = ?", values)
        touched.add(before)
        touched.add(_units_of(db, ids))
    return touched


def replace_all(db: Connection, stories: Iterable[Story]) -> int:
    """Puts every story anew, read from the raw text there is; how many there were."""
    number = 0
    _count_change(db)
    db.execute("DELETE FROM summaries")
    db.execute("DROP TABLE IF EXISTS search")
    db.execute(schema.SEARCH)
    for story in stories:
        _index(db, _write_story(db, _row_to_replace(db, story), story))
        number += 1
    units.refresh_all(db)
    return number


def replace(db: Connection, stories: Iterable[Story]) -> None:
    """Puts stories that were read anew in the place of what was read before."""
    _count_change(db)
    for story in stories:
        found = _row_to_replace(db, story)
        _index(db, [*_unindexing(db, found), *_write_story(db, found, story)])
        stands = "SELECT coalesce(event, id), coalesce(storyline, id) FROM stories WHERE n = ?"
        event, storyline = db.execute(stands, (found,)).fetchone()
        units.refresh(db, [event], [storyline])


def _row_to_replace(db: Connection, story: Story) -> int:
    found = _row_of(db, story.id)
    if found is None:
        raise UnknownStory(f"There is no story {story.id} to read anew.")
    return found


def _units_of(db: Connection, ids: Sequence[StoryId]) -> Touched:
    """The events and storylines that stories stand in: in the order of the stories, which is that of equal days in the
    list, the same in every run."""
    found = Touched({}, {})
    for some in in_batches(ids, AT_ONCE):
        places = f"id IN ({holes(some)}) ORDER BY n"
        query = f"SELECT coalesce(event, id), coalesce(storyline, id) FROM stories WHERE {places}"
        for event, storyline in db.execute(query, some):
            found.events[event] = found.storylines[storyline] = None
    return found


def _moved(db: Connection, placements: Sequence[Placement]) -> list[Placement]:
    """Those that say something new: a story that stays where it is costs no writing."""
    places = ", ".join(schema.PLACE)
    ids = [p.story for p in placements]
    held = {
        i: tuple(place) for i, *place in db.execute(f"SELECT id, {places} FROM stories WHERE id IN ({holes(ids)})", ids)
    }
    return [p for p in placements if p.story in held and held[p.story] != rows.place_row(p)]


def _put_one(db: Connection, item: Ready, added: str) -> Indexing:
    story, raw, digest, ready = item
    address = rows.bound(raw.given.url)
    db.execute(
        "INSERT OR IGNORE INTO revisions (story, digest, added, packed) VALUES (?, ?, ?, ?)",
        (story, digest, added, rows.pack_raw(raw)),
    )
    found = _row_of(db, story)
    if found is None:
        columns = f"id, digest, address, added, {_READ}"
        values = (story, digest, address, added, *_read_row(ready))
        found = db.execute(f"INSERT INTO stories ({columns}) VALUES ({holes(values)})", values).lastrowid
        assert found is not None
        return _write_text(db, found, ready)
    db.execute("UPDATE stories SET digest = ?, address = coalesce(?, address) WHERE n = ?", (digest, address, found))
    return [*_unindexing(db, found), *_write_story(db, found, ready)]


def _write_story(db: Connection, n: int, story: Story) -> Indexing:
    """Everything that is read from the raw text: head and passages; gives what the index is to be told."""
    db.execute(_REREAD, (*_read_row(story), n))
    traits.forget(db, n)
    return _write_text(db, n, story)


def _read_row(story: Story) -> tuple[str | int | None, ...]:
    """In the order of _READ."""
    head = rows.head_row(story.head)
    return (*head, rows.word_count(story), columns_of(story.head.title), rows.bound(story.head.published))


def _write_text(db: Connection, n: int, story: Story) -> Indexing:
    db.execute("INSERT OR REPLACE INTO passages VALUES (?, ?)", (n, rows.pack_passages(story.passages)))
    return [("INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)", (n, *rows.searchable(story)))]


def _index(db: Connection, told: Indexing) -> None:
    """After all other changes of a batch: at the next change of another table FTS5 writes out what it holds, a part of
    the index of its own, which is to be merged with others."""
    for statement, values in told:
        db.execute(statement, values)


def _unindexing(db: Connection, n: int) -> Indexing:
    """A contentless index forgets a row only when told exactly what it was made from."""
    query = f"SELECT id, packed, {_HEAD} FROM stories JOIN passages USING (n) WHERE n = ?"
    story, packed, *head = db.execute(query, (n,)).fetchone()
    old = rows.searchable(Story(story, rows.read_head(head), rows.unpack_passages(packed)))
    return [("INSERT INTO search (search, rowid, title, body) VALUES ('delete', ?, ?, ?)", (n, *old))]


def _count_change(db: Connection) -> None:
    db.execute("UPDATE changes SET n = n + 1")


def _row_of(db: Connection, story: StoryId) -> int | None:
    row = db.execute("SELECT n FROM stories WHERE id = ?", (story,)).fetchone()
    return None if row is None else int(row[0])
