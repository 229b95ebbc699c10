"""Where the marks lie, and writing that a kill or a full disk cannot leave half done."""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import LibraryBusy, LibraryError

if TYPE_CHECKING:
    from filelock import BaseFileLock

Move = Callable[[Path, Path], None]

LOCK_SECONDS = 15.0  # a checkpoint of a million marks takes less
AGAIN_SECONDS = 1.0  # waited for a lock that was not free for that long
_LOCK_POLL = 0.005
_PIECE = 1 << 20  # bytes of a file that is copied


@dataclass(frozen=True, slots=True)
class Files:
    folder: Path

    @property
    def marks(self) -> Path:
        return self.folder / "marks.json"

    @property
    def backup(self) -> Path:
        """The generation of marks before; with old_journal and journal it makes up the whole again."""
        return self.folder / "marks.json.bak"

    @property
    def journal(self) -> Path:
        return self.folder / "marks.journal"

    @property
    def end(self) -> Path:
        """How long the journal is at least."""
        return self.folder / "marks.end"

    @property
    def old_journal(self) -> Path:
        return self.folder / "marks.journal.bak"

    @property
    def history(self) -> Path:
        return self.folder / "marks.history"

    @property
    def bad_lines(self) -> Path:
        return self.folder / "marks.journal.bad"

    def aside(self, why: str, stamp: str, suffix: str) -> Path:
        """A name that nothing has yet: marks.damaged-20310501T101500Z.json."""
        base, number = f"marks.{why}-{stamp}", 1
        while True:
            path = self.folder / (f"{base}{suffix}" if number == 1 else f"{base}-{number}{suffix}")
            if not os.path.lexists(path):
                return path
            number += 1

    @property
    def lock(self) -> Path:
        return self.folder / "marks.lock"

    def damaged(self) -> list[Path]:
        """What was set aside and never replaced."""
        return sorted(self.folder.glob("marks.damaged-*.json"))

    @contextmanager
    def locked(self, seconds: float | None = None, *, since: float | None = None) -> Iterator[None]:
        """Nobody else writes marks meanwhile. Waits so long, or LOCK_SECONDS. since: when, by the monotonic clock, it
        was first waited for in vain. Raises LibraryError."""
        from filelock import Timeout

        if self.lock.is_dir():
            raise LibraryError(
                f"The marks cannot be written: {self.lock} is a folder, where a file belongs. "
                "`diplo-reader check --repair` sets it aside."
            )
        seconds = LOCK_SECONDS if seconds is None else seconds
        since = time.monotonic() if since is None else since
        lock = lock_at(self.lock)
        try:
            lock.acquire(timeout=seconds)
        except Timeout as error:
            waited = int(max(seconds, time.monotonic() - since))
            told = f"has had the marks in {self.folder} locked for more than {waited} s"
            told = told if waited else f"has the marks in {self.folder} locked"
            raise LibraryBusy(f"Another program {told}.") from error
        except OSError as error:
            raise unwritable(self.folder, error) from error
        try:
            yield
        finally:
            lock.release()


class QuickLock:
    """The lock of Files.locked for who takes it at each key and never waits: in some microseconds, on a file that stays
    open. For one thread at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle = -1

    def take(self) -> bool:
        """Whether it is ours. Raises OSError where this disk knows no locks, or where nobody has locked yet: the file
        is not made here, because without flock its being there is the lock."""
        from filelock import lock_descriptor

        if self._handle < 0:
            self._handle = os.open(self._path, os.O_RDWR)
        if not lock_descriptor(self._handle, blocking=False):
            return False
        if os.fstat(self._handle).st_nlink:
            return True
        self.close()  # somebody took the file away, and others lock another one now
        return False

    def let_go(self) -> None:
        from filelock import unlock_descriptor

        unlock_descriptor(self._handle)

    def close(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def lock_at(path: Path) -> BaseFileLock:
    """A lock that nobody holds once its process is dead.

    flock (Linux, macOS) and msvcrt.locking (Windows) are let go of by the system. On a disk that knows no flock (some
    network and phone disks) filelock writes process and host into the file, and takes over from a process that is gone;
    it warns of that on the terminal, where nobody could act on it and a desk may be drawn.
    """
    import warnings

    from filelock import FileLock

    warnings.filterwarnings("ignore", "flock not supported", UserWarning)
    return FileLock(path, poll_interval=_LOCK_POLL, thread_local=False)


def unwritable(path: Path, error: OSError) -> LibraryError:
    return LibraryError(f"The marks cannot be written to {path}: {error.strerror or error}.")


def replace_file(path: Path, data: bytes | Iterable[bytes], *, first: Callable[[int], bytes] | None = None) -> None:
    """path holds all of data, or what it held before, whenever the machine stops. For holders of the lock only.

    data may come in pieces, for one who need not hold them all. first: what stands before them, from the CRC-32 of all,
    of the same length whatever that is.
    """
    temporary = path.with_name(path.name + ".tmp")
    try:
        with temporary.open("wb") as file:
            crc = 0
            file.write(first(crc) if first else b"")
            for piece in (data,) if isinstance(data, bytes) else data:
                file.write(piece)
                crc = zlib.crc32(piece, crc)
            if first:
                file.seek(0)
                file.write(first(crc))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        with suppress(OSError):  # on a full disk half a file takes room that others need
            temporary.unlink()
        raise
    sync_folder(path.parent)


def keep_as(path: Path, kept: Path) -> None:
    """kept becomes a copy of path, in one step. No link: an editor that writes in place would change both."""
    with path.open("rb") as file:
        replace_file(kept, iter(partial(file.read, _PIECE), b""))


@contextmanager
def moving() -> Iterator[Move]:
    """Puts files under other names. They come back, in the place of what was made meanwhile, where that raises."""
    moved: list[tuple[Path, Path]] = []

    def move(path: Path, aside: Path) -> None:
        path.rename(aside)
        moved.append((path, aside))

    try:
        yield move
    except BaseException:
        for path, aside in reversed(moved):
            with suppress(OSError):
                aside.replace(path)
        raise


def sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot open a folder to sync it, and writes names through
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
