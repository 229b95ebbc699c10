"""Whether a library is sound, and making it so: the marks from their backup and journal, the archive from its raw
texts. What is damaged is set aside, never deleted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from store.adding import Told
from store.archive import examine as archives
from store.config import Settings
from store.errors import ArchiveDamaged, LibraryError
from store.library import Library
from store.marks import desk, inspect
from store.marks.inspect import mend as mend_marks
from store.model import Checked


def check(folder: Path, told: Told = lambda _: None) -> tuple[Checked, ...]:
    """Reads all of a library and changes nothing. Raises SchemaTooNew, and LibraryError where there is no library or
    its archive cannot be looked at now (busy, a full disk): that is no damage, and nothing to be repaired."""
    if not folder.is_dir():
        raise LibraryError(f"There is no library in {folder}.")
    return (*inspect.inspect(folder), *archives.examine(folder, told))


def repair(
    folder: Path, settings: Settings, checked: tuple[Checked, ...], *, now: datetime, told: Told = lambda _: None
) -> Iterator[str]:
    """Mends what check found; what was done, a sentence each. Raises LibraryError where a desk has the library open,
    or the archive is busy or cannot be written: it is then left where it is."""
    wrong = {part.part for part in checked if part.problems}
    stamp = f"{now:%Y%m%dT%H%M%SZ}"
    with _alone(folder, now):
        if any(part.problems for part in inspect.inspect(folder)):
            yield from mend_marks(folder, stamp=stamp)
        if archives.ARCHIVE in wrong:
            yield from _mend_archive(folder, settings, now=now, told=told)
        elif wrong & {archives.INDEX, archives.PLACES, archives.SUMMARIES}:
            yield from _rebuild(folder, settings, now=now, told=told)


def _rebuild(folder: Path, settings: Settings, *, now: datetime, told: Told) -> Iterator[str]:
    """Texts, index and places anew in the archive that is there; where that does not help, in a new one."""
    try:
        with closing(Library.open(folder, settings)) as library:
            done = library.rebuild(told)
    except ArchiveDamaged as error:  # one that is busy, or on a full disk, is told and left where it is
        yield str(error)
        yield from _mend_archive(folder, settings, now=now, told=told)
        return
    if any(part.problems for part in archives.examine(folder)):
        yield from _mend_archive(folder, settings, now=now, told=told)
        return
    yield f"{done} stories were read, indexed and grouped anew from their raw texts."


def _mend_archive(folder: Path, settings: Settings, *, now: datetime, told: Told) -> Iterator[str]:
    mended = Library.mend(folder, now=now)
    lost = f"; {mended.lost} raw texts could not be read" if mended.lost else ""
    yield f"The archive was damaged; it was set aside as {mended.aside.name}. {mended.kept} stories are saved{lost}."
    with closing(Library.open(folder, settings)) as library:
        done = library.rebuild(told)
    yield f"{done} stories were read, indexed and grouped anew from their raw texts."


@contextmanager
def _alone(folder: Path, now: datetime) -> Iterator[None]:
    try:
        let_go = desk.take(folder, since=now.isoformat(timespec="seconds"))
    except OSError as error:
        raise LibraryError(f"{folder} cannot be written: {error.strerror or error}. Nothing was repaired.") from error
    if let_go is None:
        raise LibraryError(
            f"A desk has this library open ({desk.who_holds(folder)}): close it and repair then. Nothing was changed."
        )
    try:
        yield
    finally:
        let_go()
