"""The stories as they came and as they read, their places and a full-text index. All of it can be made again from
the raw texts in it, so nothing the reader did may live here (that is store.marks).

How it is read is in reading.py and searching.py, how it is written in writing.py.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from store.archive import rows, sums, units, writing
from store.archive.database import Connection, Database, Told
from store.archive.furniture import Furniture
from store.archive.pending import Pending
from store.archive.reading import Reading
from store.archive.recorded import Recorded
from store.archive.searching import Searching
from store.archive.summaries import Summaries
from store.archive.traits import KeptTraits
from store.archive.verdicts import Arrival, Verdict, judge
from store.archive.writing import Ready, Touched
from store.errors import ArchiveDamaged, LibraryError
from store.model import Placement, Raw, Story, StoryId, outlet_key

if TYPE_CHECKING:
    from store.archive.mend import Mended

FILE = "archive.sqlite3"


class _Own(threading.local):
    """What a thread has changed in a transaction that has not ended."""

    touched: Touched | None = None


class Archive(Reading, Searching):
    """Safe to use from several threads and several programs at once."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._own = _Own()
        self._pending = Pending(Recorded(database))
        self.summaries = Summaries(database)
        self.furniture = Furniture(database)
        self.traits = KeptTraits(database)

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
        if self._pending.names and not self._db.busy:
            with suppress(LibraryError):  # they are learned again the next time
                self.put((), added="")
        self._db.close()

    def accept(self) -> None:
        """Has what is lost of the archive's end, and was told, not be told again."""
        self._db.accept()

    @staticmethod
    def mend(folder: Path, *, stamp: str, told: Told = lambda _: None) -> Mended:
        """Set a damaged archive aside, under a name with stamp in it, and save what can be read of it into a new one.

        Its stories must then be read anew: `replace_all` with what `raws` holds.
        """
        from store.archive.mend import mend

        return mend(folder / FILE, stamp=stamp, told=told)

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

    def verdict(self, raw: Raw, story: StoryId, digest: str, apart: StoryId | None = None) -> tuple[Verdict, StoryId]:
        """Whether raw is new, and the story it is. story, digest and apart are what intake makes of it.

        Counts what was judged before and not yet put; the source is remembered with the next `put`, or `close`.
        """
        source = rows.bound(raw.source)
        outlet = outlet_key(rows.bindable(raw.given.outlet)) if apart and raw.given.outlet else None
        arrival = Arrival(story, digest, source, rows.bound(raw.given.url), apart, outlet)
        verdict, meant = judge(arrival, self._pending)
        self._pending.note(verdict, meant, arrival)
        return verdict, meant

    def put(
        self, items: Iterable[Ready], *, added: str, traits_of: Mapping[StoryId, bytes] = MappingProxyType({})
    ) -> None:
        """Add or revise stories in one transaction: (id, raw, digest, story). The newest of one id is shown.

        traits_of: what grouping will want of them, where that is known already.
        """
        batch = list(items)
        with self._db.writing() as db:
            self._touch(db, writing.put(db, batch, added, traits_of))
            known = writing.learn(db, self._pending.names.values())
        for name in known:
            self._pending.names.pop(name.name, None)
        for story, _, digest, _ in batch:
            self._pending.settle(story, digest)

    def place(self, placements: Iterable[Placement]) -> None:
        """Say where stories stand, in one transaction. Those not named keep their place."""
        with self._db.writing() as db:
            self._touch(db, writing.place(db, placements))

    @contextmanager
    def as_one(self) -> Iterator[None]:
        """All that this thread puts and places meanwhile is one transaction, and events are listed once, at its end.
        For what takes milliseconds: nobody else can write."""
        with self._db.as_one() as db:
            self._own.touched = touched = Touched({}, {})
            try:
                yield
            finally:
                self._own.touched = None
            units.refresh(db, *touched)

    def _touch(self, db: Connection, touched: Touched) -> None:
        """Lists events and storylines anew whose stories have changed."""
        if self._own.touched is None:
            units.refresh(db, *touched)
        else:
            self._own.touched.add(touched)

    def replace_all(self, stories: Iterable[Story]) -> int:
        """Read every story anew, in one transaction; how many there were.

        Raw texts, sources, times and places stay. Other programs see the old archive until the new one is whole.
        """
        with self._db.writing() as db:
            return writing.replace_all(db, stories)

    def replace(self, stories: Iterable[Story]) -> None:
        """Puts stories that were read anew in the place of what was read before, in one transaction."""
        with self._db.writing() as db:
            writing.replace(db, stories)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(f"The library folder {folder} cannot be made: {error.strerror}.") from error
