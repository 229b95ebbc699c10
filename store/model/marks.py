"""What the reader did with stories, and the acts that undo goes by."""

from __future__ import annotations

from dataclasses import dataclass, fields

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
class Act:
    """One thing the reader did, to one story or a thousand: the unit of undo. label is past tense: "starred 3".

    back says that it takes another act back.
    """

    label: str
    changes: tuple[Change, ...] = ()
    rules: tuple[RuleChange, ...] = ()
    back: bool = False

    def undone(self) -> Act:
        """The act that takes this one back."""
        changes = tuple(Change(c.story, c.after, c.before) for c in reversed(self.changes))
        rules = tuple(RuleChange(r.rule, not r.made) for r in reversed(self.rules))
        return Act(self.label, changes, rules, not self.back)
