"""What another hand did to marks.json, or a disk: what it held before is known from the backup and the journals, and
what differs becomes an act that can be taken back as any other."""

from __future__ import annotations

import os

from store.errors import LibraryError
from store.marks import journal
from store.marks.changes import OUTSIDE, Entry, entry_of
from store.marks.files import Files
from store.marks.held import Held
from store.marks.load import Unreadable, read_saved
from store.marks.memory import Memory
from store.model import UNMARKED, Act, Change, RuleChange

LABEL = "Took over what changed in marks.json"


def before(files: Files, generation: int) -> Held | None:
    """What we wrote to the marks.json of this generation: the backup, and the acts since as the journal before holds
    them. None unless both are whole and nothing is missing between."""
    try:
        saved = read_saved(files.backup)
        if not saved.sealed:
            return None
        if saved.generation == generation:
            return saved.held
        old = journal.scan(files.old_journal)
    except (OSError, Unreadable, LibraryError):
        return None
    whole = old.header is not None and not old.bad and not old.torn and old.header.generation == saved.generation
    if not whole or saved.generation + 1 != generation:
        return None
    Memory(saved.held).take(old.entries[old.folded :])
    return saved.held


def difference(known: Held, held: Held, *, time: str) -> Entry | None:
    """The act that makes held of what is known; None where they are the same."""
    stories = dict.fromkeys((*known.marks, *held.marks))
    pairs = ((s, known.marks.get(s, UNMARKED), held.marks.get(s, UNMARKED)) for s in stories)
    changes = tuple(Change(story, old, new) for story, old, new in pairs if old != new)
    gone = (RuleChange(rule, False) for rule in known.rules if rule not in held.rules)
    made = (RuleChange(rule, True) for rule in held.rules if rule not in known.rules)
    act = Act(LABEL, changes, (*gone, *made))
    if not act.changes and not act.rules:
        return None
    return entry_of(act, time=time, name=f"{os.urandom(4).hex()}-1", by=OUTSIDE)
