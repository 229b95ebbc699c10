"""What is known of the marks at a moment, read without waiting for the disk."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from store.marks.memory import Memory
from store.model import Mark, Rule, RuleKind, StoryId


class Known:
    """The memory of the marks, and the guard under which it changes."""

    def __init__(self, memory: Memory, notices: tuple[str, ...]) -> None:
        self._memory = memory
        self._notices = list(notices)
        self._mutex = threading.RLock()  # never held while the disk works

    @property
    def notices(self) -> tuple[str, ...]:
        """What was found and mended on the way, for the reader."""
        return tuple(self._notices)

    @property
    def version(self) -> int:
        """Grows with every change of any mark."""
        return self._memory.version

    def get(self, story: StoryId) -> Mark:
        return self._memory.get(story)

    def all(self) -> Mapping[StoryId, Mark]:
        """The marked stories, as they are now; the mapping does not change any more."""
        with self._mutex:
            return self._memory.all()

    def live(self) -> Mapping[StoryId, Mark]:
        """The marked stories, which may change meanwhile: to be asked for one after the other, from any thread."""
        return MappingProxyType(self._memory.marks)

    def tags(self) -> Counter[str]:
        """How many stories have each tag."""
        with self._mutex:
            return Counter(self._memory.tags)

    def rules(self, kind: RuleKind | None = None) -> tuple[Rule, ...]:
        """The reader's standing rules, of one kind or all, oldest first; one that was made again is as new as that."""
        with self._mutex:
            return tuple(rule for rule in self._memory.held.rules if kind is None or rule.kind is kind)

    @property
    def rules_version(self) -> int:
        """Grows with every change of any rule."""
        return self._memory.rules_version

    def tag_uses(self, since: datetime) -> Counter[str]:
        """How many acts of any program put each tag on since that day, of the last 60 days on which any did.

        What was taken back by undo counts too: whoever put a tag on the wrong story still uses the tag.
        """
        first = since.astimezone(UTC).date().isoformat()
        with self._mutex:
            found = (tags for day, tags in self._memory.held.uses.items() if day >= first)
            return sum(found, Counter[str]())

    def tagged_since(self, since: datetime) -> Counter[str]:
        """How many of the stories that have each tag had it put on since that day, of the days of `tag_uses`."""
        first = since.astimezone(UTC).date().isoformat()
        with self._mutex:
            return sum((tags for day, tags in self._memory.held.placed.items() if day >= first), Counter[str]())
