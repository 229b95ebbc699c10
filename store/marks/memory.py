"""The marks while the program runs: dictionaries that entries are taken into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from weakref import ref

from store.marks.changes import Entry, Switch
from store.marks.held import Held, is_day
from store.model import UNMARKED, Mark, RuleChange, StoryId


class _Copy(dict[StoryId, Mark]):
    """One that can be let go of as soon as nobody needs it."""

    __slots__ = ("__weakref__",)


class Memory:
    """Not safe by itself: whoever changes it holds a lock. Reading one mark needs none."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self.marks = marks = held.marks
        self.version = 0
        self.rules_version = 0
        self.tags: Counter[str] = Counter(tag for mark in marks.values() for tag in mark.tags)
        self._copy: Callable[[], _Copy | None] = lambda: None
        self._copy_of = -1  # a version

    def get(self, story: StoryId) -> Mark:
        return self.marks.get(story, UNMARKED)

    def all(self) -> Mapping[StoryId, Mark]:
        """The marks as they are now; the mapping does not change any more."""
        return MappingProxyType(self._copied())

    def snapshot(self) -> Held:
        """All there is now, for reading."""
        held = self.held
        uses, placed = ({day: Counter(tags) for day, tags in of.items()} for of in (held.uses, held.placed))
        return Held(self._copied(), dict(held.rules), uses, placed)

    def _copied(self) -> _Copy:
        """One copy for all who ask of the same marks, kept for as long as any of them has it: 42 MB of a million."""
        copy = self._copy() if self._copy_of == self.version else None
        if copy is None:
            copy = _Copy(self.marks)
            self._copy, self._copy_of = ref(copy), self.version
        return copy

    def take(self, entries: Iterable[Entry], *, again: bool = False) -> set[StoryId]:
        """Apply entries in order; the stories whose marks are different now. again for entries that were taken before
        and must come last: they count no use of a tag twice."""
        changed: set[StoryId] = set()
        for entry in entries:
            for switch in entry.switches:
                changed.update(self._switch(switch, entry.time[:10]))
            for change in entry.rules:
                self._rule(change)
            if not again:
                self._use(entry)
        self.version += bool(changed)
        return changed

    def replace(self, held: Held) -> set[StoryId]:
        """Take held for all there is; the stories whose marks are different now."""
        self.rules_version += list(self.held.rules) != list(held.rules)
        self.held = held
        old, self.marks = self.marks, held.marks
        marks = held.marks
        changed = {s for s, mark in marks.items() if old.get(s, UNMARKED) != mark} | (old.keys() - marks.keys())
        self.tags = Counter(tag for mark in marks.values() for tag in mark.tags)
        self.version += bool(changed)
        return changed

    def has(self, entry: Entry) -> bool:
        """Whether taking the entry would change nothing, the order of rules apart. A rule that is lifted and made again
        counts as changed while it stands: it is newer then; where it stands no more another lifted it for good."""
        marks, rules = self.marks, self.held.rules
        first = {change.rule: change.made for change in reversed(entry.rules)}
        last = {change.rule: change.made for change in entry.rules}
        return all((first[r] and made) is (r in rules) for r, made in last.items()) and all(
            switch.on(mark) is mark
            for switch in entry.switches
            for mark in (marks.get(story, UNMARKED) for story in switch.stories)
        )

    def _rule(self, change: RuleChange) -> None:
        rules = self.held.rules
        newest = next(reversed(rules), None)
        if (change.rule in rules) is change.made and (not change.made or newest == change.rule):
            return
        rules.pop(change.rule, None)
        if change.made:
            rules[change.rule] = None
        self.rules_version += 1

    def _use(self, entry: Entry) -> None:
        """Count the tags that an act put on, each once, on the day that its clock showed."""
        put_on = {tag for s in entry.switches if s.field == "tags" for tag in _added(s)}
        day = entry.time[:10]
        if put_on and is_day(day):
            self.held.uses.setdefault(day, Counter()).update(put_on)

    def _switch(self, switch: Switch, day: str) -> Iterable[StoryId]:
        after: dict[int, tuple[Mark, Mark]] = {}  # by identity: a bulk act meets few marks many times
        retagged = Counter[int]()
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
                retagged[id(old)] += 1
            if new == UNMARKED:
                self.marks.pop(story, None)
            else:
                self.marks[story] = new
        for mark, stories in retagged.items():
            self._count(*after[mark], stories, day)
        return changed

    def _count(self, old: Mark, new: Mark, stories: int, day: str) -> None:
        for tag in set(new.tags) - set(old.tags):
            self.tags[tag] += stories
            if is_day(day):
                self.held.put_on(tag, stories, day)
        for tag in set(old.tags) - set(new.tags):
            self.tags[tag] -= stories
            if not self.tags[tag]:
                del self.tags[tag]
            self.held.take_off(tag, stories)


def _added(switch: Switch) -> set[str]:
    old, new = switch.old, switch.new
    return set(new) - set(old) if isinstance(old, tuple) and isinstance(new, tuple) else set()
