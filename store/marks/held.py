"""All that a library's marks make up at one moment: marks, standing rules, and on which days which tags were used."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from store.model import Mark, Rule, StoryId

USES_DAYS = 60  # days of tag use that are kept
USES_TAGS = 200  # tags of one day that are kept, the most used

Rules = dict[Rule, None]
"""In the order in which they were made; a dictionary, because a rule is there once."""
Uses = dict[str, Counter[str]]
"""ISO day in UTC -> tag -> acts that put it on."""


@dataclass(slots=True)
class Held:
    marks: dict[StoryId, Mark] = field(default_factory=dict)
    rules: Rules = field(default_factory=dict)
    uses: Uses = field(default_factory=dict)

    def copy(self) -> Held:
        return Held(dict(self.marks), dict(self.rules), {day: Counter(tags) for day, tags in self.uses.items()})


def is_day(text: object) -> bool:
    try:
        return isinstance(text, str) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def bounded(uses: Uses) -> Uses:
    """What of the uses is worth keeping: the last days on which there were any, and what was used most on each."""
    return {day: Counter(dict(uses[day].most_common(USES_TAGS))) for day in sorted(uses)[-USES_DAYS:]}
