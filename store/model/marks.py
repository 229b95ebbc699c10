"""What the reader did with stories, and the acts that undo goes by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import chain, islice
from typing import overload

from store.model.crowd import MANY, crowded
from store.model.ids import StoryId
from store.model.rules import RuleChange


@dataclass(frozen=True, slots=True)
class Mark:
    """What the reader did with one story. tags are sorted and unique; highlights are passages of its text, as given."""

    read: bool = False
    starred: bool = False
    dismissed: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""
    highlights: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "tags", tuple(sorted(set(self.tags))))
        if self.highlights:
            object.__setattr__(self, "highlights", tuple(dict.fromkeys(self.highlights)))


UNMARKED = Mark()
MARK_FIELDS = tuple(f.name for f in fields(Mark))


@dataclass(frozen=True, slots=True)
class Change:
    """One story's mark, before and after an act."""

    story: StoryId
    before: Mark
    after: Mark


@dataclass(frozen=True, slots=True)
class Alike:
    """Stories, each once, whose marks go from one and the same to one and the same."""

    before: Mark
    after: Mark
    stories: Sequence[StoryId]


@dataclass(frozen=True, slots=True)
class Changes(Sequence[Change]):
    """The changes of an act on very many stories, by what they have in common: of each mark the fields that differ."""

    parts: tuple[Alike, ...]

    def __len__(self) -> int:
        return sum(len(part.stories) for part in self.parts)

    def __iter__(self) -> Iterator[Change]:
        return (Change(story, part.before, part.after) for part in self.parts for story in part.stories)

    @overload
    def __getitem__(self, at: int) -> Change: ...
    @overload
    def __getitem__(self, at: slice) -> list[Change]: ...
    def __getitem__(self, at: int | slice) -> Change | list[Change]:
        return list(self)[at]

    def undone(self) -> Changes:
        return Changes(tuple(Alike(part.after, part.before, part.stories) for part in reversed(self.parts)))


def changes_of(changed: Iterable[tuple[StoryId, Mark, Mark]]) -> Sequence[Change]:
    """The changes of stories, each once, from a mark to another."""
    changed = iter(changed)
    first = tuple(islice(changed, MANY))
    if len(first) < MANY:
        return tuple(Change(*change) for change in first)
    alike: dict[tuple[Mark, Mark], list[StoryId]] = {}
    known: dict[tuple[int, int], tuple[Mark, Mark, list[StoryId]]] = {}  # an act on many meets few marks many times
    for story, before, after in chain(first, changed):
        found = known.get((id(before), id(after)))
        if found is None:
            stories = alike.setdefault(_differing(before, after), [])
            found = known[id(before), id(after)] = before, after, stories
        found[2].append(story)
    return Changes(tuple(Alike(*marks, crowded(stories)) for marks, stories in alike.items()))


def _differing(before: Mark, after: Mark) -> tuple[Mark, Mark]:
    """Both marks with the fields alone in which they differ."""
    names = [f for f in MARK_FIELDS if getattr(before, f) != getattr(after, f)]
    old, new = (replace(UNMARKED, **{f: getattr(mark, f) for f in names}) for mark in (before, after))
    return old, new


@dataclass(frozen=True, slots=True)
class Act:
    """One thing the reader did, to one story or a thousand: the unit of undo. label is past tense: "starred 3".

    back says that it takes another act back.
    """

    label: str
    changes: Sequence[Change] = ()
    rules: tuple[RuleChange, ...] = ()
    back: bool = False

    @property
    def stories(self) -> list[StoryId]:
        """What it changes, one that it changes twice twice."""
        return [*self.each()]

    def each(self) -> Iterator[StoryId]:
        """The same, one after the other: of a million the first is there at once."""
        if isinstance(self.changes, Changes):
            return (story for part in self.changes.parts for story in part.stories)
        return (change.story for change in self.changes)

    def undone(self) -> Act:
        """The act that takes this one back."""
        if isinstance(self.changes, Changes):
            changes: Sequence[Change] = self.changes.undone()
        else:
            changes = tuple(Change(c.story, c.after, c.before) for c in reversed(self.changes))
        rules = tuple(RuleChange(r.rule, not r.made) for r in reversed(self.rules))
        return Act(self.label, changes, rules, not self.back)
