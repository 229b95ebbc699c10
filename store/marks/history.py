"""The last acts, for undo after a restart: a file of journal lines, each sealed. Not precious: a line that cannot be
read is left out, and marks.json never needs it.

It lies apart from the journal so that opening a library need not read acts that marks.json has already.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from store.marks import journal
from store.marks.changes import Entry
from store.marks.files import replace_file

ACTS = 200
BYTES = 8_000_000  # some 400,000 stories in all acts together; the newest act is kept whatever its size


def recall(path: Path) -> list[Entry]:
    """Oldest first; empty where there is nothing that can be read."""
    return [entry for line in _lines(path) if (entry := journal.entry_in(line))]


def keep(path: Path, entries: Iterable[Entry]) -> None:
    """Put entries behind what is kept. Those that are there already (a checkpoint was killed) stay once."""
    before = _lines(path)
    known = set(before)
    new = [line for entry in entries if (line := journal.lines((entry,))[:-1]) not in known]
    if new:
        replace_file(path, b"".join(line + b"\n" for line in _newest([*before, *new])))


def damaged(path: Path) -> int:
    """How many lines cannot be read."""
    return sum(journal.entry_in(line) is None for line in _lines(path))


def _newest(lines: Sequence[bytes]) -> Sequence[bytes]:
    room, kept = BYTES, 0
    for line in reversed(lines[-ACTS:]):
        room -= len(line)
        if room < 0 and kept:
            break
        kept += 1
    return lines[len(lines) - kept :]


def _lines(path: Path) -> list[bytes]:
    try:
        return [line for line in path.read_bytes().split(b"\n") if line]
    except OSError:
        return []
