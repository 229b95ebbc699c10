"""What was done between the backup of the marks and the present journal: the journal before has it, and where that is
damaged or gone, the history has the last acts of it. What neither has is told."""

from __future__ import annotations

from contextlib import suppress

from store.errors import SchemaTooNew
from store.marks import history, journal
from store.marks.changes import Entry
from store.marks.files import Files


def acts_between(files: Files, generation: int, newest: int) -> list[Entry]:
    """The acts from the backup of a generation to the present journal: of the journal before, or, where that has not
    all of them, of the history, which may begin before the backup: acts taken again in their order change nothing."""
    old = _scan(files)
    follows = old.header is not None and old.header.generation == generation and not old.bad
    if generation == newest or follows or history.damaged(files.history):
        return old.entries[old.folded :]
    return acts(files)


def acts(files: Files) -> list[Entry]:
    """Every act that any file still has, once and in order: what the journal before has and the history has not is
    older than what that keeps."""
    kept = history.recall(files.history)
    known = {entry.act for entry in kept}
    older = [entry for entry in _scan(files).entries if entry.act not in known]
    newer: list[Entry] = []
    with suppress(OSError, SchemaTooNew):
        newer = journal.scan(files.journal).entries
    return list({entry.act: entry for entry in (*older, *kept, *newer)}.values())


def unknown(files: Files, generation: int, newest: int) -> str:
    """What the backup of a generation and the acts since do not hold, as far as that can be told; empty where they hold
    all. newest: the generation of the present journal, from which on all is known."""
    if generation >= newest:
        return ""
    name, old = files.old_journal.name, _scan(files)
    if old.header is None:
        wrong = "cannot be read" if files.old_journal.exists() else "is gone"
    elif lost := len(old.bad) + bool(old.torn):
        wrong = f"has {lost} {'act' if lost == 1 else 'acts'} that could not be read"
    elif old.header.generation > generation:
        wrong = "is younger than the backup"
    else:
        return ""
    return f"{name}, which goes from the backup to marks.json, {wrong}: {_known(files, old)}"


def _known(files: Files, old: journal.Scan) -> str:
    kept = history.recall(files.history)
    if not kept or history.damaged(files.history):
        return f"acts{_until(files)} may be missing"
    if old.header and (first := _first(files)) and first.act in {entry.act for entry in kept}:
        return "the history has all of it"
    number = "the last act" if len(kept) == 1 else f"the last {len(kept)} acts"
    return f"the history has {number}, since {_when(kept[0])}; older ones that the backup has not are missing"


def _until(files: Files) -> str:
    with suppress(OSError, SchemaTooNew):
        entries = journal.scan(files.journal).entries
        if entries:
            return f" between the backup and {_when(entries[0])}"
    return " since the backup"


def _first(files: Files) -> Entry | None:
    """The act in the first line of the journal before, where that can be read: the history keeps all that come after
    one that it keeps."""
    with suppress(OSError):
        lines = files.old_journal.read_bytes().split(b"\n", 2)
        return journal.entry_in(lines[1]) if len(lines) > 2 else None
    return None


def _when(entry: Entry) -> str:
    return entry.time[:16].replace("T", " ")


def _scan(files: Files) -> journal.Scan:
    try:
        return journal.scan(files.old_journal)
    except (OSError, SchemaTooNew):
        return journal.Scan()
