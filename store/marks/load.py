"""A library's marks as they lie on the disk: marks.json and what the journal has since."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from store.errors import LibraryError, SchemaTooNew
from store.marks import gone, journal, saved
from store.marks.changes import Entry
from store.marks.files import Files, replace_file, sync_folder
from store.marks.held import Held
from store.marks.memory import Memory

_PUT_BACK = (
    "both seem to have been put back from a copy. What was marked since that copy is not there; if you have the newer "
    "files, put them in place before you mark anything, else `diplo-reader restore FILE` takes a backup."
)
_RETRIES = 50
_PAUSE = 0.02  # seconds; a checkpoint puts its two files in place within a few of these


class Unreadable(Exception):
    """marks.json is damaged, or is gone while something beside it says that it was there."""


@dataclass(slots=True)
class Loaded:
    """What was read; saved counts the marks in marks.json alone. place is None where there is no journal."""

    held: Held
    generation: int
    saved: int = 0
    sealed: bool = True
    stamp: journal.Stamp | None = None
    scan: journal.Scan = field(default_factory=journal.Scan)
    place: journal.Place | None = None
    notices: tuple[str, ...] = ()
    end: int = 0  # the journal was as long as this
    put_back: bool = False  # marks.json and its journal are older than the backup beside them
    replaced: bool = False  # the journal is an older one than that which was written to last
    by_hand: bool = False  # marks.json is not as we left it; once it is written anew, nothing is left to tell

    @property
    def old(self) -> bool:
        """Whether an older program wrote the journal: nothing that it does not know may be appended to it."""
        header = self.scan.header
        return header is not None and header.schema < journal.SCHEMA

    @property
    def whole(self) -> bool:
        scan = self.scan
        read = self.place is not None and not scan.bad and not scan.torn and scan.header is not None
        return read and not self.cut and not self.replaced

    @property
    def cut(self) -> bool:
        """Whether the journal has fewer lines than its own header counts, or ends before where it once did."""
        header = self.scan.header
        lines = len(self.scan.entries) + len(self.scan.bad)
        return header is not None and (lines < header.folded or self.scan.end + len(self.scan.torn) < self.end)

    @property
    def fresh(self) -> list[Entry]:
        """The acts that marks.json does not have."""
        return self.scan.entries[self.scan.folded :]


def read_saved(path: Path) -> saved.Saved:
    """Raises Unreadable, FileNotFoundError, SchemaTooNew, LibraryError."""
    try:
        return saved.read(path.read_bytes())
    except ValueError as error:
        raise Unreadable(str(error)) from error
    except SchemaTooNew as error:
        raise SchemaTooNew(
            f"{path} was written by a newer diplo-reader ({error}). Use the newer program; nothing was changed."
        ) from error
    except FileNotFoundError:
        raise
    except OSError as error:
        if path.is_dir():
            raise Unreadable("it is a folder") from error
        raise LibraryError(f"The marks in {path} cannot be read: {error.strerror or error}.") from error


def load(files: Files, *, alone: bool = False) -> Loaded:
    """Read without a lock: a checkpoint of another program may come between, so ask again until both files agree;
    alone for who holds the lock.

    Raises FileNotFoundError in a library without any marks yet, Unreadable, SchemaTooNew, LibraryError.
    """
    for _ in range(_RETRIES):
        loaded = _once(files)
        header = loaded.scan.header
        if loaded.place is not None and (header is None or header.generation <= loaded.generation):
            return loaded
        if alone or (loaded.place is None and loaded.generation <= 1):
            break  # or a library in the making
        time.sleep(_PAUSE)
    return _with_older_acts(files, loaded)


def _once(files: Files) -> Loaded:
    try:
        stamp = journal.stamp(files.marks)
        found = read_saved(files.marks)
    except FileNotFoundError:
        if any(p.exists() for p in (files.backup, files.journal, files.old_journal, files.end)) or files.damaged():
            raise Unreadable("it is missing") from None
        raise
    changed = "does not match its checksum: it was changed by another program than diplo-reader, or is damaged"
    notices = () if found.sealed else (f"{files.marks} {changed}.",)
    loaded = Loaded(
        found.held,
        found.generation,
        len(found.held.marks),
        found.sealed,
        stamp,
        notices=notices,
        by_hand=not found.sealed,
    )
    of, end = journal.noted_end(files.end)  # first: it grows with the journal
    try:
        seen = journal.stamp(files.journal)
        loaded.scan = journal.scan(files.journal)
    except FileNotFoundError:
        return loaded
    except OSError as error:
        raise LibraryError(f"The journal {files.journal} cannot be read: {error.strerror or error}.") from error
    edition = loaded.scan.header.edition if loaded.scan.header else ""
    loaded.end = end if of == edition else 0
    header = loaded.scan.header
    loaded.replaced = bool(of and header and of != edition and header.generation < loaded.generation)
    if loaded.replaced:  # what an older journal holds went into marks.json, and other acts came after it
        loaded.scan.folded = len(loaded.scan.entries)
    elif of and of != edition and _behind_backup(files, loaded.generation):
        loaded.put_back = True
        loaded.notices += (f"{files.marks} and its journal are older than {files.backup.name}: {_PUT_BACK}",)
    loaded.place = journal.Place(edition, loaded.scan.end, journal.UNREAD if loaded.scan.torn or loaded.old else seen)
    _replay(loaded.held, loaded.fresh)
    return loaded


def _behind_backup(files: Files, generation: int) -> bool:
    """Whether the backup is as new as a marks.json of this generation, or newer, as it never is where we wrote both.
    Read only where marks.end speaks of another journal than is there."""
    try:
        return read_saved(files.backup).generation >= generation
    except (Unreadable, LibraryError, OSError):
        return False


def _with_older_acts(files: Files, loaded: Loaded) -> Loaded:
    """For a marks.json that is older than the journal beside it (a copy put back by hand), or without a journal."""
    if loaded.place is None:
        if loaded.generation > 1 or loaded.held.marks or journal.noted_end(files.end)[1]:  # else it was being made
            loaded.notices += (f"The journal {missing(files)}",)
        return loaded
    header = loaded.scan.header
    loaded.generation = max(loaded.generation, header.generation if header else 0)
    _replay(loaded.held, old_entries(files) + loaded.scan.entries)
    loaded.scan.folded, loaded.by_hand = 0, True
    loaded.notices += (f"{files.marks} is older than its journal; the acts that are still known were added to it.",)
    return loaded


def missing(files: Files) -> str:
    """What a journal that is gone may cost, and what to do: "x/marks.journal is gone: acts since ..."."""
    try:
        since = f"{datetime.fromtimestamp(files.marks.stat().st_mtime):%Y-%m-%d %H:%M}, when marks.json was written,"
    except (OSError, ValueError, OverflowError):
        since = "the last checkpoint"
    return (
        f"{files.journal} is gone: acts since {since} may be missing, all before are there. "
        "If you have the file, put it back before you mark anything; else `diplo-reader restore FILE` takes a backup."
    )


def old_entries(files: Files) -> list[Entry]:
    """The acts of the journal before, which the backup does not have."""
    try:
        found = journal.scan(files.old_journal)
    except (OSError, SchemaTooNew):
        return []
    return found.entries[found.folded :]


def _replay(held: Held, entries: list[Entry]) -> None:
    if entries:
        Memory(held).take(entries)


def create(files: Files) -> None:
    """An empty library, marks.json first: it alone says that the library has been made. For holders of the lock."""
    from store.marks.storage import save

    save(files.marks, Held(), generation=1)
    journal.note_end(files.end, journal.create(files.journal, generation=1))


def mend(files: Files, loaded: Loaded) -> Loaded:
    """Put the lines that cannot be read aside and go on with the rest. For holders of the lock."""
    scan, notices = loaded.scan, list(loaded.notices)
    late = journal.entry_in(scan.torn)
    entries = [*scan.entries, *([late] if late else [])]
    unread = [*scan.bad, *([scan.torn] if scan.torn and not late else [])]
    if unread:
        _set_lines_aside(files, unread)
    if scan.bad:
        kept = f"{len(scan.bad)} line(s) of {files.journal} could not be read and were set aside in"
        notices.append(f"{kept} {files.bad_lines.name}; the other {len(entries)} act(s) were kept.")
    if scan.header is None and loaded.place is not None:  # else the journal is gone, which is told
        notices.append(f"The first line of {files.journal} could not be read; acts in it may be lost.")
    if loaded.cut:
        notices.append(f"{files.journal} is shorter than it was; acts since the last checkpoint may be lost.")
    if loaded.replaced:
        notices.append(f"{files.journal} is an older one; acts since the last checkpoint may be lost.")
    if scan.torn and not late:
        notices.append(f"The last line of {files.journal} had not been written to its end; it was dropped.")
    if loaded.place is None or loaded.cut or loaded.replaced or scan.header is None or scan.bad:
        # told once, maybe to nobody
        gone.keep(files.folder, *notices)
    generation = scan.header.generation if scan.header else loaded.generation
    place = journal.create(
        files.journal, generation=generation, folded=entries[: scan.folded], fresh=entries[scan.folded :]
    )
    journal.note_end(files.end, place)
    if late:
        _replay(loaded.held, [late])
    mended = journal.Scan(
        journal.Header(generation, place.edition, scan.folded), entries, scan.folded, end=place.offset
    )
    return replace(loaded, scan=mended, place=place, replaced=False, notices=tuple(notices))


def _set_lines_aside(files: Files, lines: list[bytes]) -> None:
    before = files.bad_lines.read_bytes() if files.bad_lines.exists() else b""
    replace_file(files.bad_lines, before + b"".join(line + b"\n" for line in lines))
    sync_folder(files.folder)
