"""The marks as files to take along, and marks brought back from such files."""

from __future__ import annotations

import os
from contextlib import nullcontext, suppress
from pathlib import Path

from store.errors import LibraryError
from store.marks import gone, journal
from store.marks.files import Files, keep_as, replace_file, sync_folder, unwritable
from store.marks.load import Unreadable, load

SCHEMA = journal.SCHEMA
_FAR = 1_000  # generations; no unreadable marks.json is so far ahead of its journal


def pack(folder: Path) -> dict[str, bytes]:
    """The files of the marks by name, as they are at one moment. Raises LibraryError."""
    files = Files(folder)
    try:
        with files.locked() if os.access(folder, os.W_OK) else nullcontext():
            return {path.name: path.read_bytes() for path in _all(files) if path.exists()}
    except OSError as error:
        raise LibraryError(f"The marks in {folder} cannot be read: {error.strerror or error}.") from error


def count(folder: Path) -> tuple[int, int]:
    """Marked stories and rules in a folder of packed files. Raises LibraryError where they cannot be read whole."""
    try:
        loaded = load(Files(folder), alone=True)
    except FileNotFoundError:
        return 0, 0
    except Unreadable as error:
        raise LibraryError(f"The marks in the backup cannot be read: {error}.") from error
    return len(loaded.held.marks), len(loaded.held.rules)


def put_back(folder: Path, packed: Path, aside: Path) -> None:
    """The marks of the packed folder become those of the library; what was there is copied to aside first.

    Wherever the machine stops, marks.json and its journal are those from before or those that were packed; where this
    raises, all is as before.
    """
    files = Files(folder)
    try:
        with files.locked():
            there = [path for path in (*_all(files), *files.damaged()) if path.exists()]
            try:
                for path in there:
                    keep_as(path, aside / path.name)
                _put_back(files, Files(packed), aside)
                gone.forget(folder, aside)
            except BaseException:
                for path in there:  # the copies as they were, which takes no room
                    with suppress(OSError):
                        (aside / path.name).replace(path)
                raise
    except OSError as error:
        raise unwritable(folder, error) from error


def _put_back(files: Files, packed: Files, aside: Path) -> None:
    from store.marks.storage import save

    generation = _folded(files)
    try:
        brought = load(packed, alone=True)
    except FileNotFoundError:
        return
    save(files.marks, brought.held, generation=generation + 1)
    journal.note_end(files.end, journal.create(files.journal, generation=generation + 1))
    keep_as(files.marks, files.backup)
    if files.old_journal.exists():
        files.old_journal.replace(aside / files.old_journal.name)
    entries = journal.lines(brought.scan.entries)
    before = packed.history.read_bytes() if packed.history.exists() else b""
    replace_file(files.history, before + entries)
    for damaged in files.damaged():
        damaged.replace(aside / damaged.name)
    sync_folder(files.folder)


def _folded(files: Files) -> int:
    """A generation above all others; no act in the present journal is left to be added to what is put back.

    Where marks.json cannot be read the journal stays until the new marks.json is there: its acts are all there is.
    """
    from store.marks.storage import save

    try:
        loaded = load(files, alone=True)
    except (FileNotFoundError, Unreadable, LibraryError):
        found = journal.scan(files.journal) if files.journal.exists() else journal.Scan()
        return (found.header.generation if found.header else 0) + _FAR
    save(files.marks, loaded.held, generation=loaded.generation + 1)
    journal.create(files.journal, generation=loaded.generation + 1)
    return loaded.generation + 1


def _all(files: Files) -> tuple[Path, ...]:
    return (files.marks, files.journal, files.history, files.backup, files.old_journal, files.bad_lines)
