"""Notes that two programs wrote to one story at the same moment: the last one stands, and none is lost to undo.

What an act says of the note before it is what its program knew. Where another program was faster that is put right
before the act is written, so that undo, here or after a restart, brings back the note that really stood there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from store.marks.changes import Entry, Switch
from store.model import Mark, StoryId, crowded

NOTE = "note"
FEW = 1_000  # stories of an act whose notes are watched: of a crowd's nobody remembers each


class Notes:
    """Which notes were written here, and what of others' stood in their place or took it. For the holder of a lock."""

    def __init__(self) -> None:
        self._own: set[StoryId] = set()
        self._stood: dict[tuple[StoryId, str], str] = {}  # by story and by the note that was written over it here
        self._over: list[Entry] = []
        self._overwrote = 0

    def applied(self, entry: Entry) -> Entry:
        """An act that is done here; one that takes another back leads to the note that really stood before that one."""
        if not _on_notes(entry):
            return entry
        if entry.back and self._stood:
            entry = replace(entry, switches=tuple(s for switch in entry.switches for s in self._led_back(switch)))
        self._own |= noted((entry,)) if sum(len(s.stories) for s in entry.switches) <= FEW else set()
        return entry

    def heard(self, entries: Iterable[Entry], pending: Iterable[Entry]) -> None:
        """What others did; what is pending here comes after it, and so was not overwritten."""
        if any(map(_on_notes, entries)):
            written = self._own - noted(pending)
            self._over += filter(None, (_over(entry, written) for entry in entries))

    def after(self, entry: Entry, touched: set[StoryId] | None, mark: Callable[[StoryId], Mark]) -> Entry:
        """An act that waits to be written, told of the notes that others wrote before it, on these stories or any."""
        if touched == set() or not _on_notes(entry):
            return entry
        switches: list[Switch] = []
        for switch in entry.switches:
            among = switch.stories if switch.field == NOTE and switch.new else ()
            stood = {s: mark(s).note for s in among if touched is None or s in touched}
            others = {s: note for s, note in stood.items() if note and note not in (switch.old, switch.new)}
            self._stood.update({(s, str(switch.new)): note for s, note in others.items()})
            self._overwrote += len(others)
            switches += _split(switch, {s: replace(switch, old=note) for s, note in others.items()})
        return replace(entry, switches=tuple(switches))

    def overruled(self) -> tuple[list[Entry], int]:
        """What others wrote over notes of ours, and how many of theirs we wrote over, since this was asked."""
        found = self._over, self._overwrote
        self._over, self._overwrote = [], 0
        return found

    def _led_back(self, switch: Switch) -> Sequence[Switch]:
        if switch.field != NOTE:
            return (switch,)
        stood = {s: self._stood.get((s, str(switch.old))) for s in switch.stories}
        return _split(switch, {s: replace(switch, new=note) for s, note in stood.items() if note is not None})


def noted(entries: Iterable[Entry]) -> set[StoryId]:
    """The stories whose notes these acts change."""
    return {story for entry in entries for switch in entry.switches if switch.field == NOTE for story in switch.stories}


def _on_notes(entry: Entry) -> bool:
    return any(switch.field == NOTE for switch in entry.switches)


def _over(entry: Entry, own: set[StoryId]) -> Entry | None:
    """Of another program's act what it wrote in the place of notes on our own stories; None where that is nothing."""
    found = []
    for switch in entry.switches:
        stories = [story for story in switch.stories if story in own] if switch.field == NOTE and switch.old else []
        found += [replace(switch, stories=crowded(stories))] if stories else []
    return replace(entry, switches=tuple(found), rules=()) if found and not entry.back else None


def _split(switch: Switch, others: dict[StoryId, Switch]) -> Sequence[Switch]:
    if not others:
        return (switch,)
    rest = crowded([story for story in switch.stories if story not in others])
    apart = [replace(other, stories=(story,)) for story, other in others.items()]
    return [*([replace(switch, stories=rest)] if rest else []), *apart]
