"""The last acts, for undo after a restart: a file of journal lines, each sealed, in which acts on very many stories
are packed (`names`). Not precious: a line that cannot be read is left out, and marks.json never needs it.

The last 200 lines are the last 200 acts of all programs; before them stand older acts of readers, as many as make up
200 of those, so that what cron does at night takes nothing from undo.

It lies apart from the journal so that opening a library need not read acts that marks.json has already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from store.marks.changes import DESK, OUTSIDE, Entry
from store.marks.files import replace_file
from store.marks.names import Line, Tables, with_names
from store.model import RuleKind

JUDGEMENTS = (RuleKind.TOGETHER, RuleKind.APART)
ACTS = 200
BYTES = 24_000_000  # of acts without names; 200 on any of 700,000 stories; the newest is kept whatever its size
T = TypeVar("T")

# In a sealed line no text can look like one of these: its quotation marks are escaped.
_OF_READERS = tuple(f'"by":"{by}"'.encode() for by in (DESK, OUTSIDE)) + tuple(
    f'"kind":"{kind.value}"'.encode() for kind in JUDGEMENTS
)


def recall(path: Path) -> list[Entry]:
    """The last acts of all programs, none between them left out, oldest first; empty where nothing can be read."""
    return [line.entry for line in _acts(_lines(path)[0])[-ACTS:] if line.entry]


def kept(path: Path) -> list[Entry]:
    """All that can be read, oldest first: with the older acts of readers."""
    return [line.entry for line in _lines(path)[0] if line.entry]


def newest(entries: Sequence[Entry]) -> list[Entry]:
    """What is kept of acts, oldest first."""
    return _newest_of(entries, of_reader)


def of_reader(entry: Entry) -> bool:
    """Whether undo goes through it: done at a desk, or by hand, or saying what is one event, wherever that is typed."""
    return entry.by in (DESK, OUTSIDE) or judges(entry)


def not_taken_back(entries: Iterable[Entry]) -> list[Entry]:
    """The acts that no later one took back, oldest first. Two desks may have been at work in turns."""
    stack: list[Entry] = []
    for entry in entries:
        if not entry.back:
            stack.append(entry)
            continue
        taken = next((k for k in reversed(range(len(stack))) if entry.takes_back(stack[k])), None)
        if taken is not None:  # else what it took back is older than the history
            del stack[taken]
    return stack


def judges(entry: Entry) -> bool:
    """Whether an act says what is one event, or is not."""
    return any(change.rule.kind in JUDGEMENTS for change in entry.rules)


def keep(path: Path, entries: Iterable[Entry]) -> None:
    """Put entries behind what is kept. Those that are there already (a checkpoint was killed) stay once."""
    lines, tables = _lines(path)
    known = {line.entry.act for line in lines if line.entry}
    if new := [entry for entry in entries if entry.act not in known]:
        packed = [p for line in lines for p in (tables.write(line.unpacked) if line.unpacked else [line])]
        packed += [p for entry in new for p in tables.write(entry)]
        replace_file(path, b"".join(line.data + b"\n" for line in _newest(packed)))


def damaged(path: Path) -> int:
    """How many lines cannot be read."""
    return sum(line.bad for line in _lines(path)[0])


def _newest(lines: Sequence[Line]) -> Sequence[Line]:
    """Where already the last acts of all programs have no room, older ones of readers have none either."""
    acts = _newest_of(_acts(lines), lambda line: any(mark in line.data for mark in _OF_READERS))
    room, count = BYTES, 0
    for line in reversed(acts):
        room -= len(line.data)
        if room < 0 and count:
            break
        count += 1
    return with_names(acts[len(acts) - count :], lines)


def _newest_of(acts: Sequence[T], of_reader: Callable[[T], bool]) -> list[T]:
    last = acts[-ACTS:]
    lacking = ACTS - sum(map(of_reader, last))
    older = [act for act in acts[:-ACTS] if of_reader(act)]
    return [*older[max(0, len(older) - lacking) :], *last]


def _acts(lines: Iterable[Line]) -> list[Line]:
    """Without the names; with what cannot be read, which may have been an act."""
    return [line for line in lines if not line.makes]


def _lines(path: Path) -> tuple[list[Line], Tables]:
    tables = Tables()
    try:
        data = path.read_bytes()
    except OSError:
        return [], tables
    return [tables.read(line) for line in data.split(b"\n") if line], tables
