"""Whether a library is sound, and making it so: the marks from their backup and journal, the archive from its raw
texts. What is damaged is set aside, never deleted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from store import strange
from store.adding import Told
from store.archive import examine as archives
from store.archive.archive import FILE
from store.archive.reading import BEHIND
from store.config import Settings
from store.errors import ArchiveDamaged, LibraryError
from store.holdings import archive_gone
from store.library import Library
from store.marks import desk, inspect
from store.marks import gone as gone_marks
from store.marks.inspect import mend as mend_marks
from store.model import Checked

_FILES = "files"
_MARKS = "marks"  # what inspect calls them
_NO_STORY = "the archive holds no story"


def check(folder: Path, told: Told = lambda _: None) -> tuple[Checked, ...]:
    """Reads all of a library and changes nothing. What cannot be looked at (a busy archive, a newer program's) is told
    beside all that can. Raises LibraryError where there is no library."""
    if not folder.is_dir():
        raise LibraryError(f"There is no library in {folder}.")
    if found := strange.told(folder):
        return (Checked(_FILES, problems=found),)  # nothing else can be looked at before
    gone = archive_gone(folder)
    parts = (*inspect.inspect(folder), *archives.examine(folder, told))
    lost, marks_lost = _lost(parts, gone=gone), _marks_lost(parts, folder)
    return tuple(
        _with_marks(part, lost, folder)
        if part.part == archives.ARCHIVE
        else replace(part, problems=(*part.problems, *marks_lost))
        if part.part == _MARKS
        else part
        for part in parts
    )


def _marks_lost(parts: tuple[Checked, ...], folder: Path) -> tuple[str, ...]:
    """That no file of the marks is there beside stories: who opens a library makes them before the first comes."""
    stories = dict(next(part.counts for part in parts if part.part == archives.ARCHIVE)).get("stories", 0)
    if not stories or gone_marks.any_file(folder):
        return ()
    return (f"there is no file of the marks, though {stories:,} {'story is' if stories == 1 else 'stories are'} here",)


def _with_marks(archive: Checked, lost: str, folder: Path) -> Checked:
    """What is said of the archive, and of it beside the marks."""
    if lost:
        return replace(archive, problems=(*archive.problems, lost))
    if archive.problems or archive.unseen or not dict(archive.counts).get("stories"):
        return archive
    absent = archives.absent(folder, inspect.marked(folder))
    if not absent:
        return archive
    stories = "1 marked story is" if absent == 1 else f"{absent:,} marked stories are"
    return replace(
        archive, notes=(*archive.notes, f"{stories} not here: marks wait until their stories are added again")
    )


def _lost(parts: tuple[Checked, ...], *, gone: bool) -> str:
    """What is wrong with an archive that is whole and holds no story; empty for one that never held any."""
    counts = {part.part: dict(part.counts) for part in parts}
    if counts[archives.ARCHIVE].get("stories") != 0:
        return ""
    marked = counts[_MARKS].get("marked stories", 0)
    if marked:
        return f"{_NO_STORY}, though {marked} {'is' if marked == 1 else 'are'} marked"
    return f"{_NO_STORY}, though stories were grouped here: {FILE} is gone or was emptied" if gone else ""


def repair(
    folder: Path, settings: Settings, checked: tuple[Checked, ...], *, now: datetime, told: Told = lambda _: None
) -> Iterator[str]:
    """Mends what check found; what was done, a sentence each. Raises LibraryError where a desk has the library open,
    or the archive is busy or cannot be written: it is then left where it is."""
    stamp = f"{now:%Y%m%dT%H%M%SZ}"
    if any(part.part == _FILES for part in checked):
        yield from strange.set_aside(folder, stamp, locks=True)  # which nobody can hold
        with _alone(folder, now):
            yield from strange.set_aside(folder, stamp, locks=False)
        checked = check(folder, told)
    said = [problem for part in checked for problem in part.problems]
    lost = any(problem.startswith(_NO_STORY) for problem in said)
    behind = BEHIND.format(folder / FILE)
    wrong = {part.part for part in checked if any(not p.startswith(_NO_STORY) and p != behind for p in part.problems)}
    with _alone(folder, now):
        if any(part.problems for part in inspect.inspect(folder)):
            yield from mend_marks(folder, stamp=stamp)
        if (folder / FILE).is_dir():
            yield _set_folder_aside(folder, stamp)
        elif archives.ARCHIVE in wrong:
            yield from _mend_archive(folder, settings, now=now, told=told)
        elif wrong & {archives.INDEX, archives.PLACES, archives.SUMMARIES}:
            yield from _rebuild(folder, settings, now=now, told=told)
        if behind in said and archives.ARCHIVE not in wrong:
            with closing(Library.open(folder, settings)) as library:
                library.archive.accept()
            yield "The archive was left as it is, without what was added last: add the same again."
        if lost:
            yield "The archive was left as it is, with nothing to save. `restore FILE` or `add` brings stories back."


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
    mended = Library.mend(folder, now=now, told=told)
    yield f"The archive was damaged; it was set aside as {mended.aside.name}. {mended.told}."
    with closing(Library.open(folder, settings)) as library:
        done = library.rebuild(told)
    yield f"{done} stories were read, indexed and grouped anew from their raw texts."


def _set_folder_aside(folder: Path, stamp: str) -> str:
    """A folder in the place of the archive: nothing can be saved of it, and nothing be added while it is there."""
    aside = folder / f"archive.damaged-{stamp}.sqlite3"
    try:
        (folder / FILE).rename(aside)
    except OSError as error:
        raise LibraryError(f"{folder / FILE} cannot be set aside: {error.strerror or error}.") from error
    return f"{FILE} is a folder; it was set aside as {aside.name}. `restore FILE` or `add` brings stories back."


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
