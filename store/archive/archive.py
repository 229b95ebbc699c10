"""The stories as they came and as they read, their places and a full-text index. All of it can be made again from
the raw texts in it, so nothing the reader did may live here (that is store.marks)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from store.archive import rows, schema, sums, traits, units
from store.archive.database import Connection, Database, Told
from store.archive.furniture import Furniture
from store.archive.lists import Lists
from store.archive.pending import Pending
from store.archive.phrases import fts_phrase, fts_query
from store.archive.skeleton import Layout, in_batches
from store.archive.skeleton import columns as columns_of
from store.archive.summaries import Summaries
from store.archive.traits import KeptTraits
from store.archive.verdicts import Arrival, Held, Seen, Verdict, judge
from store.errors import ArchiveDamaged, LibraryError, UnknownStory
from store.model import Event, EventId, Listed, Placement, Raw, Story, StoryId

if TYPE_CHECKING:
    from store.archive.mend import Mended

FILE = "archive.sqlite3"
TITLE_WEIGHT = 8.0  # a word in a title counts as eight in a body; order only, tuned by nothing yet
_AT_ONCE = 500  # ids in one query; SQLite before 3.32 takes 999 parameters

_HEAD = ", ".join(schema.HEAD)
_VALUED = {"outlet": "outlet", "agency": "agency", "place": "place", "lang": "language"}
_LISTED = ", ".join(rows.LISTED)
_MARKS = ", ".join("?" * (5 + len(schema.HEAD)))


class Archive:
    """Safe to use from several threads and several programs at once."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._pending = Pending(lambda: self)
        self.summaries = Summaries(database)
        self.furniture = Furniture(database)
        self.traits = KeptTraits(database)
        self.lists = Lists(database, self._reading_row)

    @classmethod
    def open(cls, folder: Path, told: Told = lambda _: None) -> Archive:
        """Make or open the archive in folder; told how far an older one is brought to this schema, which takes minutes
        for a hundred thousand stories. Raises ArchiveDamaged, SchemaTooNew, LibraryError."""
        _make(folder)
        archive = cls(Database(folder / FILE, told))
        try:
            archive._make_units(told)
        except BaseException:
            archive.close()
            raise
        return archive

    def _make_units(self, told: Told) -> None:
        """Lists the stories that an older program, or a rescue, has left unlisted."""
        with self._db.reading() as db:
            stale = units.stale(db)
        if stale and not self._db.read_only:
            with self._db.writing() as db, self._reading_row():
                units.refresh_all(db, told)

    def close(self) -> None:
        """Also remembers the sources of stories that came again and were the same."""
        if self._pending.names:
            with suppress(LibraryError):  # they are learned again the next time
                self.put((), added="")
        self._db.close()

    @staticmethod
    def mend(folder: Path, *, stamp: str) -> Mended:
        """Set a damaged archive aside, under a name with stamp in it, and save what can be read of it into a new one.

        Its stories must then be read anew: `replace_all` with what `raws` holds.
        """
        from store.archive.mend import mend

        return mend(folder / FILE, stamp=stamp)

    def check(self) -> tuple[str, ...]:
        """What is wrong with the archive, a sentence each; reads all of it."""
        found = []
        try:
            with self._db.writing() as db:
                found += [told for (told,) in db.execute("PRAGMA quick_check(20)") if told != "ok"]
                db.execute("INSERT INTO search (search) VALUES ('integrity-check')")
        except LibraryError as error:
            found.append(str(error))
        for read in (self.raws, self.stories, self.listed):
            try:
                deque(read(), maxlen=0)
            except LibraryError as error:
                found.append(str(error))
        return tuple(dict.fromkeys(found))

    def verify(self) -> None:
        """Reads every row. Raises ArchiveDamaged where one is not as it was written, or is gone."""
        with self._db.reading() as db:
            wrong = list(sums.wrong(db))
        if wrong:
            raise ArchiveDamaged(f"{self._db.path} is damaged ({'; '.join(wrong)}). Run `diplo-reader rebuild`.")

    # What is held

    def count(self) -> int:
        (number,) = self._one("SELECT count(*) FROM stories")
        return int(number)

    def holds_any(self) -> bool:
        """Whether there is a story; one look, however many there are."""
        return self._one("SELECT 1 FROM stories LIMIT 1") is not None

    def changes(self) -> int:
        """A number that grows with every change of stories or places, by whatever program."""
        (number,) = self._one("SELECT max(n) FROM changes")
        return int(number or 0)

    def story(self, story: StoryId) -> Story:
        for found in self.stories((story,)):
            return found
        raise UnknownStory(f"There is no story {story} in this library.")

    def stories(self, ids: Iterable[StoryId] | None = None) -> Iterator[Story]:
        """The stories asked for that are held, in the order asked for; all of them, in order of arrival, for None."""
        query = f"SELECT id, packed, {_HEAD} FROM stories JOIN passages USING (n)"
        if ids is None:
            yield from (self._story(row) for row in self._all(query))
            return
        for some in _batches(list(ids)):
            held = {row[0]: row for row in self._rows(f"{query} WHERE id IN ({_places(some)})", some)}
            yield from (self._story(held[story]) for story in some if story in held)

    def raws(self) -> Iterator[tuple[StoryId, Raw]]:
        """The raw text of every story, of the revision that is shown, in order of arrival."""
        query = "SELECT id, packed FROM stories JOIN revisions ON story = id AND revisions.digest = stories.digest"
        for story, packed in self._all(query):
            with self._reading_row():
                raw = rows.unpack_raw(packed)
            yield StoryId(story), raw

    def raw(self, story: StoryId) -> Raw:
        """The newest raw text of one story."""
        return self.revisions(story)[-1]

    def revisions(self, story: StoryId) -> tuple[Raw, ...]:
        """Every raw text the story has had, each once, oldest first, with the one that is shown last."""
        query = (
            "SELECT packed FROM revisions JOIN stories ON story = id WHERE id = ? "
            "ORDER BY revisions.digest = stories.digest, r"
        )
        with self._reading_row():
            found = tuple(rows.unpack_raw(packed) for (packed,) in self._rows(query, (story,)))
        if not found:
            raise UnknownStory(f"There is no story {story} in this library.")
        return found

    # Lists

    def listed(self) -> tuple[Listed, ...]:
        """Every story without its text, in order of arrival."""
        with self._reading_row():
            return tuple(rows.read_listed(row) for row in self._rows(f"SELECT {_LISTED} FROM stories ORDER BY n"))

    def events(self) -> tuple[Event, ...]:
        """Every event, in the order of the list: newest first. A story that has not been placed is one of its own."""
        order = [e for (e,) in self._rows("SELECT u FROM events ORDER BY newest DESC, u DESC")]
        found = self.lists.shelved(Layout.EVENTS, order)
        return tuple(found[e].event for e in order if e in found)

    def event_of(self) -> Mapping[StoryId, EventId]:
        """The event of every story that has been placed."""
        return dict(self._rows("SELECT id, event FROM stories WHERE event IS NOT NULL ORDER BY n"))

    def unplaced(self) -> bool:
        """Whether a story has not been placed; one look into an index."""
        return self._one("SELECT 1 FROM stories WHERE event IS NULL LIMIT 1") is not None

    def placements(self, ids: Iterable[StoryId]) -> dict[StoryId, Placement]:
        """Where those of the stories stand that have been placed."""
        query = f"SELECT id, {', '.join(schema.PLACE)} FROM stories WHERE event IS NOT NULL AND id IN "
        with self._reading_row():
            found = [
                rows.read_place(row)
                for some in _batches(list(ids))
                for row in self._rows(f"{query}({_places(some)})", some)
            ]
        return {placement.story: placement for placement in found}

    def members(self, event: EventId) -> tuple[StoryId, ...]:
        """The stories of an event, in order of arrival; none for an event that there is not."""
        return tuple(
            StoryId(story) for (story,) in self._rows("SELECT id FROM stories WHERE event = ? ORDER BY n", (event,))
        )

    # Looking

    def find(self, prefix: str) -> StoryId:
        """A story by its id or by the beginning of it, if no other begins so."""
        short = rows.bindable(prefix.strip())
        query = "SELECT id FROM stories WHERE substr(id, 1, ?) = ? ORDER BY id = ? DESC LIMIT 100"
        found = [StoryId(story) for (story,) in self._rows(query, (len(short), short, short))] if short else []
        if found and (len(found) == 1 or found[0] == short):
            return found[0]
        if not found:
            raise UnknownStory(f"No story has an id that begins with {prefix!r}.")
        number = "100 or more" if len(found) == 100 else str(len(found))
        raise UnknownStory(f"{number} stories have an id that begins with {prefix!r}; give more of it.")

    def search(self, text: str, limit: int) -> tuple[StoryId, ...]:
        """The stories that hold all the words typed, best first; the last word counts as far as it is typed."""
        wanted = fts_query(rows.bindable(text))
        if wanted is None:
            return ()
        query = (
            "SELECT id FROM (SELECT rowid AS n, rank FROM search WHERE search MATCH ? "
            f"AND rank MATCH 'bm25({TITLE_WEIGHT}, 1.0)' ORDER BY rank LIMIT ?) JOIN stories USING (n) "
            "ORDER BY rank, n DESC"
        )
        return tuple(StoryId(story) for (story,) in self._rows(query, (wanted, limit)))

    def snippets(self, text: str, ids: Sequence[StoryId]) -> dict[StoryId, str]:
        """Where those of the stories hold the words typed: twenty words or so on one line, those found in brackets."""
        wanted = fts_query(rows.bindable(text))
        found: dict[StoryId, str] = {}
        for some in in_batches(ids, _AT_ONCE) if wanted else ():
            query = (
                "SELECT id, snippet(search, -1, '[', ']', '…', 20) FROM search JOIN stories ON n = search.rowid "
                f"WHERE search MATCH ? AND search.rowid IN (SELECT n FROM stories WHERE id IN ({_places(some)}))"
            )
            found |= {StoryId(i): " ".join(said.split()) for i, said in self._rows(query, (str(wanted), *some))}
        return found

    def search_all(self, term: str) -> frozenset[StoryId]:
        """Every story that holds this word or phrase; `talk*` is every word that begins so."""
        wanted = fts_phrase(rows.bindable(term))
        if wanted is None:
            return frozenset()
        query = "SELECT id FROM stories WHERE n IN (SELECT rowid FROM search WHERE search MATCH ?)"
        return frozenset(StoryId(story) for (story,) in self._rows(query, (wanted,)))

    def values(self, field: str) -> tuple[tuple[str, int], ...]:
        """What the stories have as outlet, agency, place or lang, and how many have it, most used first; nothing for
        another field. Outlets that are known by their host alone are left out."""
        column = _VALUED.get(field)
        if column is None:
            return ()
        query = f"SELECT {column}, count(*) FROM stories WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
        return tuple((str(value), int(number)) for value, number in self._rows(query, ()))

    # Adding

    def verdict(self, raw: Raw, story: StoryId, digest: str) -> tuple[Verdict, StoryId]:
        """Whether raw is new, and the story it is. story and digest are what intake makes of it.

        Counts what was judged before and not yet put; the source is remembered with the next `put`, or `close`.
        """
        source = rows.bound(raw.source)
        arrival = Arrival(story, digest, source, rows.bound(raw.given.url))
        verdict, meant = judge(arrival, self._pending)
        self._pending.note(verdict, meant, arrival)
        return verdict, meant

    def put(
        self,
        items: Iterable[tuple[StoryId, Raw, str, Story]],
        *,
        added: str,
        traits_of: Mapping[StoryId, bytes] = MappingProxyType({}),
    ) -> None:
        """Add or revise stories in one transaction: (id, raw, digest, story). The newest of one id is shown.

        traits_of: what grouping will want of them, where that is known already.
        """
        batch = list(items)
        with self._db.writing() as db:
            if batch:
                _count_change(db)
            for story, raw, digest, ready in batch:
                _put(db, (story, raw, digest, ready), added)
                if story in traits_of:
                    traits.write(db, story, traits_of[story])
            units.refresh(db, *_units_of(db, [story for story, *_ in batch]))
            known = [name for name in self._pending.names.values() if _row_of(db, name.seen.story)]
            for name in known:
                db.execute(
                    "INSERT OR REPLACE INTO names VALUES (?, ?, ?)", (name.name, name.seen.story, name.seen.digest)
                )
                db.execute(
                    "UPDATE stories SET address = coalesce(address, ?) WHERE id = ?", (name.address, name.seen.story)
                )
        for name in known:
            self._pending.names.pop(name.name, None)
        for story, _, digest, _ in batch:
            self._pending.settle(story, digest)

    def place(self, placements: Iterable[Placement]) -> None:
        """Say where stories stand, in one transaction. Those not named keep their place."""
        columns = ", ".join(f"{name} = ?" for name in schema.PLACE)
        touched_events: dict[str, None] = {}
        touched_storylines: dict[str, None] = {}
        with self._db.writing() as db:
            _count_change(db)
            for some in in_batches(list(placements), _AT_ONCE):
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

    def replace_all(self, stories: Iterable[Story]) -> int:
        """Read every story anew, in one transaction; how many there were.

        Raw texts, sources, times and places stay. Other programs see the old archive until the new one is whole.
        """
        number = 0
        with self._db.writing() as db:
            _count_change(db)
            db.execute("DELETE FROM summaries")
            db.execute("DROP TABLE IF EXISTS search")
            db.execute(schema.SEARCH)
            for story in stories:
                found = _row_of(db, story.id)
                if found is None:
                    raise UnknownStory(f"There is no story {story.id} to read anew.")
                _write_story(db, found, story)
                number += 1
            units.refresh_all(db)
        return number

    def replace(self, stories: Iterable[Story]) -> None:
        """Puts stories that were read anew in the place of what was read before, in one transaction."""
        with self._db.writing() as db:
            _count_change(db)
            for story in stories:
                found = _row_of(db, story.id)
                if found is None:
                    raise UnknownStory(f"There is no story {story.id} to read anew.")
                _unindex(db, found)
                _write_story(db, found, story)
                place = "SELECT coalesce(event, id), coalesce(storyline, id) FROM stories WHERE n = ?"
                event, storyline = db.execute(place, (found,)).fetchone()
                units.refresh(db, [event], [storyline])

    # What the verdict asks

    def named(self, name: str) -> Seen | None:
        row = self._one("SELECT story, digest FROM names WHERE name = ?", (name,))
        return Seen(StoryId(row[0]), row[1]) if row else None

    def held(self, story: StoryId) -> Held | None:
        row = self._one("SELECT digest, address FROM stories WHERE id = ?", (story,))
        return Held(row[0], row[1]) if row else None

    def has_revision(self, story: StoryId, digest: str) -> bool:
        return self._one("SELECT 1 FROM revisions WHERE story = ? AND digest = ?", (story, digest)) is not None

    def stories_with(self, digest: str) -> list[StoryId]:
        query = "SELECT DISTINCT story FROM revisions WHERE digest = ? ORDER BY r"
        return [StoryId(story) for (story,) in self._rows(query, (digest,))]

    # Rows

    def _one(self, query: str, values: Iterable[str | int] = ()) -> Any:
        return next(iter(self._rows(query, values)), None)

    def _rows(self, query: str, values: Iterable[str | int] = ()) -> list[Any]:
        with self._db.reading() as db:
            return db.execute(query, [rows.bindable(v) if isinstance(v, str) else v for v in values]).fetchall()

    def _all(self, query: str) -> Iterator[Any]:
        """The rows of all stories in order of arrival, some at a time: nothing stays open between two of them."""
        query, last = query.replace("SELECT", "SELECT n,", 1) + f" WHERE n > ? ORDER BY n LIMIT {_AT_ONCE}", 0
        while found := self._rows(query, (last,)):
            yield from (row[1:] for row in found)
            with self._reading_row():
                last = _beyond(last, found[-1][0])

    def _story(self, row: rows.Row) -> Story:
        with self._reading_row():
            story, packed, *head = row
            return Story(StoryId(story), rows.read_head(head), rows.unpack_passages(packed))

    @contextmanager
    def _reading_row(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, TypeError, LookupError, AttributeError, OverflowError) as error:
            raise ArchiveDamaged(
                f"{self._db.path} holds a row that cannot be read ({error}). Run `diplo-reader rebuild`."
            ) from error


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(f"The library folder {folder} cannot be made: {error.strerror}.") from error


def _units_of(db: Connection, ids: Sequence[StoryId]) -> tuple[dict[str, None], dict[str, None]]:
    """The events and storylines that stories stand in: in the order of the stories, which is that of equal days in the
    list, the same in every run."""
    events: dict[str, None] = {}
    storylines: dict[str, None] = {}
    for some in in_batches(ids, _AT_ONCE):
        places = f"id IN ({_places(some)}) ORDER BY n"
        query = f"SELECT coalesce(event, id), coalesce(storyline, id) FROM stories WHERE {places}"
        for event, storyline in db.execute(query, some):
            events[event] = storylines[storyline] = None
    return events, storylines


def _moved(db: Connection, placements: Sequence[Placement]) -> list[Placement]:
    """Those that say something new: a story that stays where it is costs no writing."""
    places = ", ".join(schema.PLACE)
    ids = [p.story for p in placements]
    held = {
        i: tuple(place)
        for i, *place in db.execute(f"SELECT id, {places} FROM stories WHERE id IN ({_places(ids)})", ids)
    }
    return [p for p in placements if p.story in held and held[p.story] != rows.place_row(p)]


def _put(db: Connection, item: tuple[StoryId, Raw, str, Story], added: str) -> None:
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


def _beyond(last: int, number: int) -> int:
    if number <= last:
        raise ValueError("rows out of order")
    return number


def _batches(ids: list[StoryId]) -> Iterator[list[StoryId]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def _places(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
