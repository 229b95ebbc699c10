"""The last acts, for undo after a restart: a file of journal lines, each sealed. Not precious: a line that cannot be
read is left out, and marks.json never needs it.

The last 200 lines are the last 200 acts of all programs; before them stand older acts of readers, as many as make up
200 of those, so that what cron does at night takes nothing from undo.

It lies apart from the journal so that opening a library need not read acts that marks.json has already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from store.marks import journal
from store.marks.changes import DESK, OUTSIDE, Entry
from store.marks.files import replace_file
from store.model import RuleKind, StoryId

JUDGEMENTS = (RuleKind.TOGETHER, RuleKind.APART)
ACTS = 200
BYTES = 24_000_000  # some 1,200,000 stories in all acts together; the newest act is kept whatever its size
T = TypeVar("T")

# In a sealed line no text can look like one of these: its quotation marks are escaped.
_OF_READERS = tuple(f'"by":"{by}"'.encode() for by in (DESK, OUTSIDE)) + tuple(
    f'"kind":"{kind.value}"'.encode() for kind in JUDGEMENTS
)


def recall(path: Path) -> list[Entry]:
    """The last acts of all programs, none between them left out, oldest first; empty where nothing can be read."""
    return _entries(_lines(path)[-ACTS:])


def kept(path: Path) -> list[Entry]:
    """All that can be read, oldest first: with the older acts of readers."""
    return _entries(_lines(path))


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
    before = _lines(path)
    known = set(before)
    new = [line for entry in entries if (line := journal.lines((entry,))[:-1]) not in known]
    if new:
        replace_file(path, b"".join(line + b"\n" for line in _newest([*before, *new])))


def damaged(path: Path) -> int:
    """How many lines cannot be read."""
    return sum(journal.entry_in(line) is None for line in _lines(path))


def _newest(lines: Sequence[bytes]) -> Sequence[bytes]:
    """Where already the last acts of all programs have no room, older ones of readers have none either."""
    lines = _newest_of(lines, lambda line: any(mark in line for mark in _OF_READERS))
    room, count = BYTES, 0
    for line in reversed(lines):
        room -= len(line)
        if room < 0 and count:
            break
        count += 1
    return lines[len(lines) - count :]


def _newest_of(acts: Sequence[T], of_reader: Callable[[T], bool]) -> list[T]:
    last = acts[-ACTS:]
    lacking = ACTS - sum(map(of_reader, last))
    older = [act for act in acts[:-ACTS] if of_reader(act)]
    return [*older[max(0, len(older) - lacking) :], *last]


def _entries(lines: Iterable[bytes]) -> list[Entry]:
    """The names of stories that many acts are on are kept once: they would take 6 MB for each act on 100,000."""
    known: dict[StoryId, StoryId] = {}
    return [_with(known, entry) for line in lines if (entry := journal.entry_in(line))]


def _with(known: dict[StoryId, StoryId], entry: Entry) -> Entry:
    switches = (replace(s, stories=tuple(map(known.setdefault, s.stories, s.stories))) for s in entry.switches)
    return replace(entry, switches=tuple(switches))


def _lines(path: Path) -> list[bytes]:
    try:
        return [line for line in path.read_bytes().split(b"\n") if line]
    except OSError:
        return []
