"""A copy of the archive as it is at one moment, and such a copy put in the archive's place."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from store.archive import sums
from store.archive.database import Database, Told, check, refuses_writers, teach, telling
from store.archive.schema import SCHEMA
from store.errors import ArchiveDamaged, LibraryError

__all__ = ["SCHEMA", "alone", "damage_in", "keep_beside", "put_back", "snapshot", "stories_in"]

FILE = "archive.sqlite3"
_SIDES = ("-wal", "-shm", "-end")
_PAGES = 2_000  # copied between two reports of progress
_EXCLUSIVE_SECONDS = 2.0


def snapshot(folder: Path, to: Path, told: Callable[[int, int], None], *, upgrading: Told = lambda _: None) -> None:
    """Copy the archive in folder to a new file, whoever writes meanwhile; told gets pages done and pages there are,
    upgrading how far one of an older program is first brought up to date.

    Raises ArchiveDamaged, SchemaTooNew, LibraryError.
    """
    database = Database(folder / FILE, upgrading)
    try:
        with database.reading() as source, telling(to), closing(sqlite3.connect(to)) as target:
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # fixes the moment: no copying anew
            source.backup(target, pages=_PAGES, progress=lambda _, left, total: told(total - left, total))
            target.execute("PRAGMA journal_mode = DELETE")  # one file, whatever lies beside it
    finally:
        database.close()


def stories_in(file: Path) -> int:
    """How many stories a copy holds. Raises ArchiveDamaged, SchemaTooNew, LibraryError."""
    with telling(file), closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as db:
        check(db, file)
        (number,) = db.execute("SELECT count(*) FROM stories").fetchone()
        return int(number)


def damage_in(file: Path) -> tuple[str, ...]:
    """What a copy does not hold that it should, a sentence each; reads all of it."""
    with telling(file), closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as db:
        teach(db)
        return tuple(sums.wrong(db))


def put_back(folder: Path, copy: Path, aside: Path) -> None:
    """The copy, on the same disk, becomes the archive; the one that was there is kept in aside.

    Raises LibraryError where another program has the archive open: what it adds would go to the one that is put away.
    """
    path = folder / FILE
    try:
        if path.exists():
            alone(path)
            keep_beside(path, aside / path.name)
            for (
                side
            ) in _SIDES:  # but for the last of a damaged archive alone; beside another file a log would be its ruin
                with suppress(FileNotFoundError):
                    path.with_name(path.name + side).replace(aside / (path.name + side))
        copy.replace(path)
    except OSError as error:
        raise LibraryError(f"{path} cannot be put away: {error.strerror or error}. It was not changed.") from error


def alone(path: Path) -> None:
    """Raises LibraryError where another program has the archive open, as far as a damaged one lets it be known.

    Takes what the write-ahead log holds into the file. In WAL mode only one who is alone gets an exclusive lock."""
    try:
        with telling(path), closing(sqlite3.connect(path, timeout=_EXCLUSIVE_SECONDS, isolation_level=None)) as db:
            db.execute("PRAGMA locking_mode = EXCLUSIVE")
            db.execute("BEGIN EXCLUSIVE")
            db.execute("COMMIT")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except ArchiveDamaged:
        return
    except LibraryError as error:
        cause = error.__cause__
        if isinstance(cause, sqlite3.Error) and refuses_writers(cause, path):
            return
        if "busy" not in str(error):
            raise
        raise LibraryError(
            f"Another program has {path} open (a desk, or an add that runs): close it and try again. "
            "Nothing was changed."
        ) from error


def keep_beside(path: Path, kept: Path) -> None:
    """kept is the same file under a second name, or a copy where the disk knows no second names."""
    try:
        os.link(path, kept)
    except OSError:
        shutil.copyfile(path, kept)
        with kept.open("rb") as file:
            os.fsync(file.fileno())
