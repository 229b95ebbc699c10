"""Looking the marks through without changing anything, and mending what was found. Nothing is deleted here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from store.errors import LibraryError, SchemaTooNew
from store.marks import between, gone, history, journal, kept, repair
from store.marks.changes import Entry
from store.marks.disk import Disk, prepare
from store.marks.files import Files, Move, keep_as, moving, sync_folder, unwritable
from store.marks.held import Held
from store.marks.load import Loaded, Unreadable, load, missing, read_saved
from store.model import Checked, StoryId

_NO_END = "{} is gone: whether the journal ends where it did cannot be told. The next act makes it again"


def inspect(folder: Path) -> tuple[Checked, ...]:
    """The marks, their backup and their history; what is wrong is a problem told, what cannot be looked at is too."""
    files = Files(folder)
    return _marks(files), _backup(files), _history(files)


def marked(folder: Path) -> tuple[StoryId, ...]:
    """The marked stories, as far as they can be read."""
    try:
        return tuple(load(Files(folder)).held.marks)
    except (OSError, Unreadable, LibraryError):
        return ()


def mend(folder: Path, *, stamp: str) -> Iterator[str]:
    """Make marks, backup and history sound again, with what is damaged under a name with stamp in it; what was done,
    a sentence each. Where nothing is left to make marks.json from, it stays as it is."""
    files = Files(folder)
    checked = inspect(folder)
    try:
        if checked[0].problems:
            yield from _mend_marks(files, stamp)
        with files.locked():
            if checked[1].problems and files.marks.exists():
                yield from _mend_backup(files, stamp)
            if checked[2].problems:
                yield _mend_history(files, stamp)
    except OSError as error:
        raise unwritable(folder, error) from error


def _marks(files: Files) -> Checked:
    problems: list[str] = []
    if files.journal.is_dir():
        return Checked("marks", (), (f"{files.journal} is a folder: acts that stood in a file there may be missing",))
    if files.lock.is_dir():
        return Checked("marks", (), (f"{files.lock} is a folder: nothing can be marked while it is there",))
    try:
        loaded = load(files)
    except FileNotFoundError:
        loaded = Loaded(Held(), 0, place=journal.Place("", 0, journal.UNREAD))
        loaded.scan.header = journal.Header(0, "", 0)
    except Unreadable as error:
        offer = repair.offer(files)
        back = offer.told if offer else "there is no backup"
        return Checked("marks", (), (f"{files.marks} cannot be read ({error}); {back}",))
    except LibraryError as error:
        return Checked("marks", unseen=str(error))
    scan = loaded.scan
    if loaded.place is None and (loaded.generation > 1 or loaded.held.marks or journal.noted_end(files.end)[1]):
        problems.append(missing(files))
    elif loaded.place and scan.header is None:
        problems.append(f"the first line of {files.journal} cannot be read")
    if scan.bad:
        problems.append(f"{len(scan.bad)} line(s) of {files.journal} cannot be read")
    if scan.torn and not journal.entry_in(scan.torn):
        problems.append(f"the last line of {files.journal} was not written to its end")
    if loaded.cut:
        problems.append(f"{files.journal} is shorter than it was")
    if loaded.replaced:
        problems.append(f"{files.journal} is an older one than that which was written to: acts in that may be lost")
    if loaded.by_hand:
        problems += loaded.notices
    if not loaded.sealed and (whole := repair.instead(files)):
        problems.append(
            f"{files.backup} and the journals hold all marks ({len(whole.held.marks)} marked stories): if nobody "
            "changed the file on purpose, `diplo-reader restore` takes them; a repair keeps what the file says now"
        )
    held = loaded.held
    counts = {"marked stories": len(held.marks), "rules": len(held.rules), "acts in the journal": len(loaded.fresh)}
    aside = [*files.damaged(), *([files.bad_lines] if files.bad_lines.exists() else [])]
    no_end = _NO_END.format(files.end) if files.journal.exists() and not files.end.exists() else ""
    put_back = loaded.notices if loaded.put_back else ()
    notes = tuple(filter(None, (no_end, gone.told(files.folder), *put_back, _copies(files))))
    set_aside = (("files set aside earlier", len(aside)),) if aside else ()
    return Checked("marks", (*counts.items(), *set_aside), tuple(problems), notes)


def _copies(files: Files) -> str:
    """What is kept beside, though nobody asked for it."""
    found = kept.copies(files)
    size = 0
    with suppress(OSError):
        size = sum(path.stat().st_size for path in found)
    if not found:
        return ""
    number = "1 earlier copy" if len(found) == 1 else f"{len(found)} earlier copies"
    return (
        f"{number} of the marks, {size / 1e6:.1f} MB, in marks.kept-*.json, from when all marks were taken off or the "
        f"file was changed: the newest {kept.NEWEST} stay, and older ones with marks that stand nowhere else"
    )


def _backup(files: Files) -> Checked:
    try:
        saved = read_saved(files.backup)
    except FileNotFoundError:
        lost = f"{files.backup} is gone: it is made again at the next checkpoint, or by a repair"
        return Checked("backup of the marks", (("marked stories", 0),), (lost,) if _generation(files) > 1 else ())
    except Unreadable as error:
        return Checked("backup of the marks", (), (f"{files.backup} cannot be read ({error})",))
    except LibraryError as error:
        return Checked("backup of the marks", unseen=str(error))
    found = Checked("backup of the marks", (("marked stories", len(saved.held.marks)),))
    if not saved.sealed:
        return replace(found, problems=(f"{files.backup} was changed by another program",))
    missing = _gap(files)
    return replace(found, problems=(missing,)) if missing else found


def _gap(files: Files) -> str:
    """What is not known of the time after a backup that is as we wrote it."""
    try:
        saved = read_saved(files.backup)
    except (OSError, Unreadable, LibraryError):
        return ""
    return between.unknown(files, saved.generation, _generation(files)) if saved.sealed else ""


def _generation(files: Files) -> int:
    """That of marks.json and of the journal beside it, whichever is older: a checkpoint may be between the two."""
    found = []
    with suppress(OSError, Unreadable, LibraryError):
        found.append(read_saved(files.marks).generation)
    with suppress(OSError, LibraryError):
        if header := journal.scan(files.journal).header:
            found.append(header.generation)
    return min(found, default=0)


def _history(files: Files) -> Checked:
    damaged = history.damaged(files.history)
    counts = (("acts", len(history.kept(files.history))),)
    problems = (f"{damaged} line(s) of {files.history} cannot be read",) if damaged else ()
    if not damaged and _beyond_history(files):
        wrong = "lacks the last acts that it had" if files.history.exists() else "is gone"
        problems = (f"{files.history} {wrong}: undo after a restart cannot go through them",)
    return Checked("history of acts", counts, problems)


def _beyond_history(files: Files) -> list[Entry]:
    """What the history had taken in of the journal before when that was cut, and does not have now."""
    try:
        before = journal.scan(files.old_journal).entries
    except (OSError, SchemaTooNew):
        return []
    known = {entry.act for entry in history.kept(files.history)}
    return before if before and before[-1].act not in known else []  # of older ones it may have let go


def _mend_marks(files: Files, stamp: str) -> Iterator[str]:
    try:
        if files.lock.is_dir():
            files.lock.rename(aside := files.aside("damaged", stamp, ".lock"))
            yield f"{files.lock.name} is a folder; it was set aside as {aside.name}."
        with files.locked():
            if files.journal.is_dir():
                files.journal.rename(aside := files.aside("damaged", stamp, ".journal"))
                yield f"{files.journal.name} is a folder; it was set aside as {aside.name}."
            read_saved(files.marks)
            loaded = prepare(files)
            yield from loaded.notices
            if not loaded.by_hand:
                return
            yield from _fold(files, loaded, stamp)
            yield f"{files.marks.name} was written anew."
    except (FileNotFoundError, Unreadable):
        if repair.offer(files) is None:
            yield f"There is no backup to make {files.marks.name} from, and no act: it was left as it is."
            return
        yield repair.restore(files, use_backup=True, stamp=stamp)


def _fold(files: Files, loaded: Loaded, stamp: str) -> Iterator[str]:
    """marks.json anew with all that is known, as a checkpoint has it; the journals as they were are kept too."""
    for path in (files.journal, files.old_journal):
        if path.exists():
            keep_as(path, files.aside("changed", stamp, "." + path.name.removeprefix("marks.")))
    yield from Disk(files, loaded).fold(loaded.held, stamp=stamp)
    if not files.backup.exists():
        keep_as(files.marks, files.backup)


def _mend_backup(files: Files, stamp: str) -> Iterator[str]:
    """A backup of marks.json as it is now, to which no journal before belongs."""
    if not _backup(files).problems:  # marks.json was made from it, and it anew
        return
    with moving() as move:
        told = ""
        if gap := _gap(files):
            told = f"{gap}. "
            keep_as(files.backup, files.aside("kept", stamp, ".json"))
            if files.old_journal.exists():
                move(files.old_journal, files.aside("damaged", stamp, ".journal.bak"))
        elif files.backup.exists():
            told = _put_aside(files, files.backup, stamp, move)
        keep_as(files.marks, files.backup)
    yield f"{told}The backup of the marks was made anew."


def _mend_history(files: Files, stamp: str) -> str:
    entries = list({entry.act: entry for entry in (*history.kept(files.history), *_beyond_history(files))}.values())
    with moving() as move:
        told = _put_aside(files, files.history, stamp, move) if files.history.exists() else ""
        history.keep(files.history, entries)
    return f"{told}The {len(entries)} act(s) of the history that can be read were kept."


def _put_aside(files: Files, path: Path, stamp: str, move: Move) -> str:
    aside = files.aside("damaged", stamp, "." + path.name.removeprefix("marks."))
    move(path, aside)
    sync_folder(files.folder)
    return f"{path.name} cannot be read to its end; it was set aside as {aside.name}. "
