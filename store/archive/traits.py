"""What grouping keeps of each story, so that a text is taken apart once: bytes that only store.group understands. All
of it can be made again from the stories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from store.archive.database import Connection, Database
from store.errors import LibraryError
from store.model import StoryId

_AT_ONCE = 500  # ids in one query


class KeptTraits:
    """A story that was read anew has none until they are kept again."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def moment(self) -> int:
        """A number that changes whenever any story does."""
        with self._db.reading() as db:
            return int(db.execute("SELECT n FROM changes").fetchone()[0])

    def keep(self, traits: Iterable[tuple[StoryId, bytes]], read_at: int) -> None:
        """Keeps them in one transaction, unless some story has changed since the moment they were read at.

        Never fails: what is not kept is made again.
        """
        batch = list(traits)
        with suppress(LibraryError):
            if batch and not self._db.read_only:
                with self._db.writing() as db:
                    if db.execute("SELECT n FROM changes").fetchone() == (read_at,):
                        for story, packed in batch:
                            write(db, story, packed)

    def of(self, ids: Iterable[StoryId] | None = None) -> Iterator[tuple[StoryId, bytes | None]]:
        """Of the stories asked for that are held; of all, in order of arrival, for None. None where none are kept."""
        query = "SELECT n, id, packed FROM stories LEFT JOIN traits USING (n)"
        if ids is None:
            last = 0
            while found := self._rows(f"{query} WHERE n > ? ORDER BY n LIMIT {_AT_ONCE}", [last]):
                last = found[-1][0]
                yield from ((StoryId(story), _bytes(packed)) for _, story, packed in found)
            return
        wanted = list(ids)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            places = ", ".join("?" * len(some))
            for _, story, packed in self._rows(f"{query} WHERE id IN ({places})", some):
                yield StoryId(story), _bytes(packed)

    def _rows(self, query: str, values: list[int] | list[StoryId]) -> list[tuple[int, str, object]]:
        with self._db.lent() as db:
            found: list[tuple[int, str, object]] = db.execute(query, values).fetchall()
        return found


def write(db: Connection, story: StoryId, packed: bytes) -> None:
    db.execute("INSERT OR REPLACE INTO traits SELECT n, ? FROM stories WHERE id = ?", (packed, story))


def forget(db: Connection, n: int) -> None:
    """Those of a story whose text changes."""
    db.execute("DELETE FROM traits WHERE n = ?", (n,))


def _bytes(packed: object) -> bytes | None:
    return packed if isinstance(packed, bytes) else None
