"""One SQLite file shared by threads and programs: connections, transactions, and what its errors mean to a reader.
Beside snapshot.py the one file that imports sqlite3."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from math import inf
from pathlib import Path

from store.archive import noted, sums
from store.archive.pages import PAGE, frames_ended, log_is_damaged, log_of
from store.archive.rows import searchable_body
from store.archive.schema import APPLICATION_ID, MIGRATIONS, SCHEMA
from store.errors import ArchiveDamaged, LibraryError, SchemaTooNew
from store.model import Progress

Connection = sqlite3.Connection
Told = Callable[[Progress], None]

UPGRADING = "bringing the archive up to date"

BUSY_SECONDS = 20.0
_BETWEEN_LOOKS = 0.05  # seconds
_LOG_DAMAGED = "{} was damaged: what was added last may not be in this library. Add the same again to be sure."
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_FORMAT)
# Of messages that a sound archive never gives: text that is none, a table that is gone or there already, a row that
# our own functions cannot read.
_SIGNS = ("decode", "no such", "already exists", "duplicate column", "user-defined function")


class _Own(threading.local):
    """The connection in whose transaction a thread is."""

    connection: Connection | None = None


class Database:
    """Connections are lent from a pool, one user at a time each; writers of this program queue behind one lock,
    those of other programs behind SQLite's own."""

    def __init__(self, path: Path, told: Told = lambda _: None) -> None:
        """told: the steps of a migration, where there is one to be made."""
        self.path = path
        self._idle: list[Connection] = []
        self._guard = threading.Lock()
        self._writer = threading.RLock()
        self._own = _Own()
        self._closed = False
        self._read_only = False
        self.busy = False
        """Whether another program was writing for so long that the last writing here was given up."""
        damaged, before = _look_at_log(path), noted.read(path)
        with telling(path):
            self._prepare(told)
        self._noted = now = noted.present(self._idle[0])
        self.notes = (_LOG_DAMAGED.format(log_of(path)),) if damaged or _passed_over(self._idle[0], path) else ()
        """What was wrong with the files and cannot be mended, a sentence each."""
        ours = before is not None and now is not None and before.archive == now.archive
        self.behind = bool(ours and before and now and now.changes < before.changes)
        """Whether the archive is older than it was when it was last written to."""
        self.another = bool(before and before.texts and not ours)
        """Whether there was another archive here, with texts in it, since which nothing was written."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One moment of the file, whatever other programs write meanwhile. Nothing may be written."""
        with self.lent() as connection:
            if connection is self._own.connection:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                with suppress(sqlite3.Error):  # where it is damaged SQLite may have ended it already
                    connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing."""
        with self._writer, self.lent() as connection:
            if connection is self._own.connection:
                yield connection
                return
            self.busy = True  # until it is known better
            connection.execute("BEGIN IMMEDIATE")
            self.busy = False
            try:
                yield connection
                connection.execute("COMMIT")
                self._note_end(connection)
            except BaseException:
                with suppress(sqlite3.Error):  # SQLite has already rolled back where the disk is full
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def as_one(self) -> Iterator[Connection]:
        """One transaction of all that this thread writes meanwhile: it sees that at once, all others when it has ended.
        Others wait to write as long."""
        with self.writing() as connection:
            outer, self._own.connection = self._own.connection, connection
            try:
                yield connection
            finally:
                self._own.connection = outer

    def accept(self) -> None:
        """Takes the archive as it is for all there is: that it is behind is not told again."""
        with self.lent() as connection:
            if now := noted.present(connection):
                noted.write(self.path, now)

    def _note_end(self, connection: Connection) -> None:
        """Keeps beside the archive how far it has come, where its stories were changed."""
        now = noted.present(connection)
        if now and now != self._noted:
            noted.write(self.path, now)
            self._noted = now

    @contextmanager
    def lent(self) -> Iterator[Connection]:
        """A connection to this user alone, each of whose statements is a transaction of its own."""
        with telling(self.path):
            if self._own.connection is not None:
                yield self._own.connection
                return
            connection = self._borrow()
            try:
                yield connection
            finally:
                self._give_back(connection)

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written: the folder, or the medium, is read-only."""
        return self._read_only

    def close(self) -> None:
        with self._guard:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _borrow(self) -> Connection:
        with self._guard:
            if self._closed:
                raise LibraryError(f"{self.path} is closed.")
            if self._idle:
                return self._idle.pop()
        return self._connect()

    def _give_back(self, connection: Connection) -> None:
        with self._guard:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    def _connect(self) -> Connection:
        if self._read_only:
            return _read_only(self.path)
        connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            connection.execute(f"PRAGMA page_size = {PAGE}")  # of a new file; it changes no other
            teach(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, told: Told) -> None:
        """Make the file or bring it to this schema; fall back to reading alone where nothing may be written."""
        try:
            connection = self._connect()
            try:
                _migrate(connection, self.path, told)
                _try_writing(connection, self.path)
            except BaseException:
                connection.close()
                raise
        except sqlite3.OperationalError as error:
            if _code(error) not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                raise
            if not self.path.exists() and self.path.parent.is_dir() and not os.access(self.path.parent, os.W_OK):
                raise LibraryError(
                    f"{self.path} is gone, or never was, and its folder may not be written to. "
                    "Put the file back, or make the folder writable."
                ) from error
            if not self.path.is_file():
                raise
            self._read_only = True
            connection = self._connect()
            try:
                check(connection, self.path)
            except BaseException:
                connection.close()
                raise
        self._idle.append(connection)


def _look_at_log(path: Path) -> bool:
    """Whether the log is damaged as SQLite would not tell: it takes a zeroed one for an empty one, and deletes one
    beside no archive. Raises ArchiveDamaged where there is nothing but the log; LibraryError where it is unreadable."""
    log = log_of(path)
    try:
        if log.is_file() and log.stat().st_size and not (path.exists() and path.stat().st_size):
            raise ArchiveDamaged(
                f"{path} is gone, and what was added last stands in {log.name} alone. Run `diplo-reader rebuild`, "
                "which saves that; your marks are not affected."
            )
        return log_is_damaged(path)
    except OSError as error:
        raise LibraryError(f"{error.filename or log} cannot be read: {error.strerror or error}.") from error


def _try_writing(connection: Connection, path: Path) -> None:
    """Raises ArchiveDamaged where a number in the header was changed that has SQLite read the file alone, told at
    the first writing. Asked of SQLite: the file may not be opened by anybody else (see `_passed_over`)."""
    connection.execute("PRAGMA busy_timeout = 0")  # whoever is busy with it writes
    try:
        connection.execute("DELETE FROM changes WHERE 0")
    except sqlite3.OperationalError as error:
        if _code(error) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            if refuses_writers(error, path):
                raise ArchiveDamaged(
                    f"{path} is damaged (its header). Run `diplo-reader rebuild`; your marks are not affected."
                ) from error
            raise
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")


def refuses_writers(error: sqlite3.Error, path: Path) -> bool:
    """Whether SQLite may only read a file that the system lets us write: a number in its header was changed."""
    read_only = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY
    return read_only and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _passed_over(connection: Connection, path: Path) -> bool:
    """Whether the log holds a transaction that ended, and that SQLite has not found: it reads up to the first frame
    whose checksum is wrong. Asked twice: another program may begin the log anew between the two looks that this takes.

    How far SQLite reads is asked of itself. Its index of the log, where that stands too, must not be opened by anybody
    else: closing it gives up the locks of all connections of this process (https://www.sqlite.org/howtocorrupt.html,
    2.2), another program takes itself for the first, cuts the index short, and those who have it mapped are killed.
    """
    with suppress(OSError, sqlite3.Error):
        for look in range(2):
            if look:
                time.sleep(_BETWEEN_LOOKS)
            ended = frames_ended(path)
            if not ended or ended <= _frames_known(connection):
                return False
        return True
    return False


def _frames_known(connection: Connection) -> float:
    """Of the log, by SQLite; without end where it does not say. As a checkpoint does it takes them into the
    archive, as far as that goes without waiting for others."""
    _, frames, _ = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    return frames if frames >= 0 else inf


def _read_only(path: Path) -> Connection:
    """On a read-only medium WAL needs `immutable`; where a WAL file lies beside, SQLite must be let to read it."""
    wal = path.with_name(path.name + "-wal")
    mode = "mode=ro" if wal.is_file() and wal.stat().st_size else "immutable=1"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    teach(connection)
    return connection


def teach(connection: Connection) -> None:
    """What our triggers and views call; and a row that gives way to another is to be counted out as a deleted one."""
    connection.create_function("row_sum", -1, sums.row_sum, deterministic=True)
    connection.create_function("searchable_body", 2, searchable_body, deterministic=True)
    connection.execute("PRAGMA trusted_schema = ON")
    connection.execute("PRAGMA recursive_triggers = ON")


def check(connection: Connection, path: Path) -> int:
    """The schema number, 0 for an empty file; raises where the file is not an archive of ours or is too new."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    if (tables or version) and owner != APPLICATION_ID:
        raise ArchiveDamaged(f"{path} is a database of another program, or damaged. Run `diplo-reader rebuild`.")
    if version > SCHEMA:
        raise SchemaTooNew(
            f"{path} was written by a newer diplo-reader (schema {version}; this one knows {SCHEMA}). "
            "Use the newer program; nothing was changed."
        )
    return int(version)


def _migrate(connection: Connection, path: Path, told: Told) -> None:
    schema = check(connection, path)
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):  # a new file, or one out of a backup
        connection.execute("PRAGMA journal_mode = WAL")
    if schema == SCHEMA:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        steps = MIGRATIONS[check(connection, path) :]  # asked again: another program may have been first
        for number, step in enumerate(steps):
            if schema:  # not of a new file
                told(Progress(UPGRADING, number, len(steps)))
            for statement in step:
                connection.execute(statement)
        sums.keep(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turns what SQLite raises into what a reader can act on."""
    try:
        yield
    except sqlite3.Error as error:
        raise _told(error, path) from error
    except UnicodeDecodeError as error:  # of a message of SQLite's own, about a damaged schema
        raise ArchiveDamaged(
            f"{path} is damaged ({error}). Run `diplo-reader rebuild`; your marks are not affected."
        ) from error


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _told(error: sqlite3.Error, path: Path) -> LibraryError:
    code = _code(error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LibraryError(
            f"{path} is busy: another program has been writing for {BUSY_SECONDS:.0f} s. Try again when it has ended."
        )
    if code == sqlite3.SQLITE_FULL:
        return LibraryError(
            f"The disk is full: nothing more could be written to {path}. What was in it is intact. "
            "Try again when there is room."
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return LibraryError(f"{path} may not be written to: {error}.")
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR):
        return LibraryError(f"{path} cannot be opened or read: {_why_not(path) or error}. {_what_to_do(path)}")
    if code in _DAMAGE or any(sign in str(error) for sign in _SIGNS):
        return ArchiveDamaged(f"{path} is damaged ({error}). Run `diplo-reader rebuild`; your marks are not affected.")
    return LibraryError(f"{path}: {error}.")


def _why_not(path: Path) -> str:
    """Why a file cannot be opened, where that can be seen."""
    if path.is_dir():
        return "it is a folder"
    if log_of(path).exists() and not os.access(path.parent, os.W_OK):
        return f"what was added last stands in {log_of(path).name}, and its folder may not be written to"
    return ""


def _what_to_do(path: Path) -> str:
    if path.is_dir():
        return "Put the archive's file in its place, or move the folder away; your marks are not affected."
    if _why_not(path):
        return "Make the folder writable, or copy the whole library to one that is; your marks are not affected."
    return "Try again when the disk has room and the file can be read and written."
