"""The marks while the program runs: a dictionary that entries are taken into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from store.marks.changes import Entry, Switch
from store.model import UNMARKED, Mark, StoryId


class Memory:
    """Not safe by itself: whoever changes it holds a lock. Reading one mark needs none."""

    def __init__(self, marks: dict[StoryId, Mark]) -> None:
        self.marks = marks
        self.version = 0
        self.tags: Counter[str] = Counter(tag for mark in marks.values() for tag in mark.tags)
        self._all: tuple[int, Mapping[StoryId, Mark]] | None = None

    def get(self, story: StoryId) -> Mark:
        return self.marks.get(story, UNMARKED)

    def all(self) -> Mapping[StoryId, Mark]:
        """The marks as they are now; the mapping does not change any more."""
        if self._all is None or self._all[0] != self.version:
            self._all = (self.version, MappingProxyType(dict(self.marks)))
        return self._all[1]

    def take(self, entries: Iterable[Entry]) -> set[StoryId]:
        """Apply entries in order; the stories whose marks are different now."""
        changed: set[StoryId] = set()
        for entry in entries:
            for switch in entry.switches:
                changed.update(self._switch(switch))
        self.version += bool(changed)
        return changed

    def replace(self, marks: dict[StoryId, Mark]) -> set[StoryId]:
        """Take marks for all there is; the stories whose marks are different now."""
        old, self.marks = self.marks, marks
        changed = {s for s, mark in marks.items() if old.get(s, UNMARKED) != mark} | (old.keys() - marks.keys())
        self.tags = Counter(tag for mark in marks.values() for tag in mark.tags)
        self.version += bool(changed)
        return changed

    def _switch(self, switch: Switch) -> Iterable[StoryId]:
        after: dict[int, tuple[Mark, Mark]] = {}  # by identity: a bulk act meets few marks many times
        changed = []
        for story in switch.stories:
            old = self.marks.get(story, UNMARKED)
            if id(old) not in after:
                after[id(old)] = (old, switch.on(old))
            new = after[id(old)][1]
            if new is old:
                continue
            changed.append(story)
            if new.tags != old.tags:
                self._count(old, new)
            if new == UNMARKED:
                self.marks.pop(story, None)
            else:
                self.marks[story] = new
        return changed

    def _count(self, old: Mark, new: Mark) -> None:
        self.tags.update(new.tags)
        self.tags.subtract(old.tags)
        for tag in old.tags:
            if not self.tags[tag]:
                del self.tags[tag]
