"""Writing into an archive, within a transaction that the archive opens: stories put and read anew, and their places.
Events, storylines and the index are kept in step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from store.archive import rows, schema, traits, units
from store.archive.asking import AT_ONCE, holes
from store.archive.database import Connection
from store.archive.pending import Name
from store.archive.skeleton import columns as columns_of
from store.archive.skeleton import in_batches
from store.errors import UnknownStory
from store.model import Placement, Raw, Story, StoryId

Ready = tuple[StoryId, Raw, str, Story]  # id, raw text, its digest, the story read from it

_HEAD = ", ".join(schema.HEAD)
_MARKS = ", ".join("?" * (5 + len(schema.HEAD)))


def put(db: Connection, batch: Sequence[Ready], added: str, traits_of: Mapping[StoryId, bytes]) -> None:
    """Adds or revises stories. The newest of one id is shown."""
    if batch:
        _count_change(db)
    for item in batch:
        _put_one(db, item, added)
        if item[0] in traits_of:
            traits.write(db, item[0], traits_of[item[0]])
    units.refresh(db, *_units_of(db, [story for story, *_ in batch]))


def learn(db: Connection, names: Iterable[Name]) -> list[Name]:
    """Records what else stories that are held are known by; gives those recorded."""
    known = [name for name in names if _row_of(db, name.seen.story)]
    for name in known:
        db.execute("INSERT OR REPLACE INTO names VALUES (?, ?, ?)", (name.name, name.seen.story, name.seen.digest))
        db.execute("UPDATE stories SET address = coalesce(address, ?) WHERE id = ?", (name.address, name.seen.story))
    return known


def place(db: Connection, placements: Iterable[Placement]) -> None:
    """Says where stories stand. Those not named keep their place."""
    columns = ", ".join(f"{name} = ?" for name in schema.PLACE)
    touched_events: dict[str, None] = {}
    touched_storylines: dict[str, None] = {}
    _count_change(db)
    for some in in_batches(list(placements), AT_ONCE):
        moved = _moved(db, some)
        if not moved:
            continue
        ids = [p.story for p in moved]
        before = _units_of(db, ids)
        values = [(*rows.place_row(p), p.story) for p in moved]
        db.executemany(f"UPDATE stories SET {columns} WHERE id = ?", values)
        events, storylines = (old | new for old, new in zip(before, _units_of(db, ids), strict=True))
        touched_events |= events
        touched_storylines |= storylines
    units.refresh(db, touched_events, touched_storylines)


def replace_all(db: Connection, stories: Iterable[Story]) -> int:
    """Puts every story anew, read from the raw text there is; how many there were."""
    number = 0
    _count_change(db)
    db.execute("DELETE FROM summaries")
    db.execute("DROP TABLE IF EXISTS search")
    db.execute(schema.SEARCH)
    for story in stories:
        _write_story(db, _row_to_replace(db, story), story)
        number += 1
    units.refresh_all(db)
    return number


def replace(db: Connection, stories: Iterable[Story]) -> None:
    """Puts stories that were read anew in the place of what was read before."""
    _count_change(db)
    for story in stories:
        found = _row_to_replace(db, story)
        _unindex(db, found)
        _write_story(db, found, story)
        stands = "SELECT coalesce(event, id), coalesce(storyline, id) FROM stories WHERE n = ?"
        event, storyline = db.execute(stands, (found,)).fetchone()
        units.refresh(db, [event], [storyline])


def _row_to_replace(db: Connection, story: Story) -> int:
    found = _row_of(db, story.id)
    if found is None:
        raise UnknownStory(f"There is no story {story.id} to read anew.")
    return found


def _units_of(db: Connection, ids: Sequence[StoryId]) -> tuple[dict[str, None], dict[str, None]]:
    """The events and storylines that stories stand in: in the order of the stories, which is that of equal days in the
    list, the same in every run."""
    events: dict[str, None] = {}
    storylines: dict[str, None] = {}
    for some in in_batches(ids, AT_ONCE):
        places = f"id IN ({holes(some)}) ORDER BY n"
        query = f"SELECT coalesce(event, id), coalesce(storyline, id) FROM stories WHERE {places}"
        for event, storyline in db.execute(query, some):
            events[event] = storylines[storyline] = None
    return events, storylines


def _moved(db: Connection, placements: Sequence[Placement]) -> list[Placement]:
    """Those that say something new: a story that stays where it is costs no writing."""
    places = ", ".join(schema.PLACE)
    ids = [p.story for p in placements]
    held = {
        i: tuple(place) for i, *place in db.execute(f"SELECT id, {places} FROM stories WHERE id IN ({holes(ids)})", ids)
    }
    return [p for p in placements if p.story in held and held[p.story] != rows.place_row(p)]


def _put_one(db: Connection, item: Ready, added: str) -> None:
    story, raw, digest, ready = item
    address = rows.bound(raw.given.url)
    db.execute(
        "INSERT OR IGNORE INTO revisions (story, digest, added, packed) VALUES (?, ?, ?, ?)",
        (story, digest, added, rows.pack_raw(raw)),
    )
    found = _row_of(db, story)
    if found is None:
        values = (story, digest, address, added, 0, *rows.head_row(ready.head))
        columns = f"id, digest, address, added, words, {_HEAD}"
        found = db.execute(f"INSERT INTO stories ({columns}) VALUES ({_MARKS})", values).lastrowid
        assert found is not None
    else:
        db.execute(
            "UPDATE stories SET digest = ?, address = coalesce(?, address) WHERE n = ?", (digest, address, found)
        )
        _unindex(db, found)
    _write_story(db, found, ready)


def _write_story(db: Connection, n: int, story: Story) -> None:
    """Everything that is read from the raw text: head, passages, index. The index must not hold row n any more."""
    columns = ", ".join(f"{name} = ?" for name in schema.HEAD)
    values = (*rows.head_row(story.head), rows.word_count(story), columns_of(story.head.title), n)
    db.execute(f"UPDATE stories SET {columns}, words = ?, columns = ? WHERE n = ?", values)
    db.execute("UPDATE stories SET newest = coalesce(published, newest) WHERE n = ?", (n,))
    db.execute("INSERT OR REPLACE INTO passages VALUES (?, ?)", (n, rows.pack_passages(story.passages)))
    traits.forget(db, n)
    db.execute("INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)", (n, *rows.searchable(story)))


def _unindex(db: Connection, n: int) -> None:
    """A contentless index forgets a row only when told exactly what it was made from."""
    query = f"SELECT id, packed, {_HEAD} FROM stories JOIN passages USING (n) WHERE n = ?"
    story, packed, *head = db.execute(query, (n,)).fetchone()
    old = rows.searchable(Story(story, rows.read_head(head), rows.unpack_passages(packed)))
    db.execute("INSERT INTO search (search, rowid, title, body) VALUES ('delete', ?, ?, ?)", (n, *old))


def _count_change(db: Connection) -> None:
    db.execute("UPDATE changes SET n = n + 1")


def _row_of(db: Connection, story: StoryId) -> int | None:
    row = db.execute("SELECT n FROM stories WHERE id = ?", (story,)).fetchone()
    return None if row is None else int(row[0])
