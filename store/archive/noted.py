"""How far an archive had come when it was last written to, kept in a small file beside it: after a kill, what was added
last stands in the write-ahead log alone, and an archive whose log was removed or emptied looks whole to SQLite.

A number that is too small does no harm; none is too large, because it is written when the transaction has ended.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_BINARY = getattr(os, "O_BINARY", 0)
_PRESENT = "SELECT archive, n, (SELECT rows FROM sums WHERE name = 'revisions') FROM changes"


class Noted(NamedTuple):
    """archive is a name that no other has, changes how often its stories were changed, texts how many raw texts it
    holds."""

    archive: str
    changes: int
    texts: int


def note_of(path: Path) -> Path:
    return path.with_name(path.name + "-end")


def present(db: sqlite3.Connection) -> Noted | None:
    """What the archive itself says, where it can be read."""
    try:
        row = db.execute(_PRESENT).fetchone()
    except (sqlite3.Error, UnicodeDecodeError):
        return None
    return Noted(*row) if row and [type(value) for value in row] == [str, int, int] else None


def read(path: Path) -> Noted | None:
    """What was noted of the archive at path; to be asked before the archive is."""
    try:
        archive, changes, texts = note_of(path).read_text("ascii").split()
        return Noted(archive, int(changes), int(texts))
    except (OSError, ValueError):
        return None


def write(path: Path, noted: Noted) -> None:
    """In place, always as many bytes, and without waiting for the disk; where that is full the old number stays."""
    with suppress(OSError):
        handle = os.open(note_of(path), os.O_WRONLY | os.O_CREAT | _BINARY, 0o666)
        try:
            os.write(handle, b"%s %015d %015d\n" % (noted.archive.encode(), noted.changes, noted.texts))
        finally:
            os.close(handle)
