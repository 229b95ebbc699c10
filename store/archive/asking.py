"""Asking an archive: queries whose answers are rows of ours, at one moment or in order of arrival, some at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from store.archive import rows
from store.archive.database import Database
from store.errors import ArchiveDamaged

AT_ONCE = 500  # ids in one query; SQLite before 3.32 takes 999 parameters


class Asking:
    """What all that read the archive have in common."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def _one(self, query: str, values: Iterable[str | int] = ()) -> Any:
        return next(iter(self._rows(query, values)), None)

    def _rows(self, query: str, values: Iterable[str | int] = ()) -> list[Any]:
        with self._db.lent() as db:  # one statement sees one moment by itself
            return db.execute(query, [rows.bindable(v) if isinstance(v, str) else v for v in values]).fetchall()

    def _all(self, query: str) -> Iterator[Any]:
        """The rows of all stories in order of arrival, some at a time: nothing stays open between two of them."""
        query, last = query.replace("SELECT", "SELECT n,", 1) + f" WHERE n > ? ORDER BY n LIMIT {AT_ONCE}", 0
        while found := self._rows(query, (last,)):
            yield from (row[1:] for row in found)
            with self._reading_row():
                last = _beyond(last, found[-1][0])

    @contextmanager
    def _reading_row(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, TypeError, LookupError, AttributeError, OverflowError) as error:
            raise ArchiveDamaged(
                f"{self._db.path} holds a row that cannot be read ({error}). Run `diplo-reader rebuild`."
            ) from error


def holes(values: Sequence[object]) -> str:
    """As many question marks."""
    return ", ".join("?" * len(values))


def _beyond(last: int, number: int) -> int:
    if number <= last:
        raise ValueError("rows out of order")
    return number
