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
"""ISO day in UTC -> tag -> acts that put it on; or stories that have it and had it put on then."""


@dataclass(slots=True)
class Held:
    marks: dict[StoryId, Mark] = field(default_factory=dict)
    rules: Rules = field(default_factory=dict)
    uses: Uses = field(default_factory=dict)
    placed: Uses = field(default_factory=dict)
    """Stories by the day on which the tag they have was put on."""

    def put_on(self, tag: str, stories: int, day: str) -> None:
        self.placed.setdefault(day, Counter())[tag] += stories

    def take_off(self, tag: str, stories: int) -> None:
        """Of those that had it put on last: most of what is taken off is undone at once, and nothing says of a story
        when its tags were put on."""
        for day in sorted(self.placed, reverse=True):
            tags = self.placed[day]
            taken = min(stories, tags[tag])
            stories -= taken
            tags[tag] -= taken
            if not tags[tag]:
                del tags[tag]
            if not tags:
                del self.placed[day]
            if not stories:
                return


def is_day(text: object) -> bool:
    try:
        return isinstance(text, str) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def bounded(uses: Uses) -> Uses:
    """What of the uses is worth keeping: the last days on which there were any, and what was used most on each."""
    return {day: most(uses[day]) for day in sorted(uses)[-USES_DAYS:]}


def most(tags: Counter[str]) -> Counter[str]:
    return Counter({tag: number for tag, number in tags.most_common(USES_TAGS) if number})
