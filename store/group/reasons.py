"""Why each story of one grouping stands where it does, in one plain sentence: what it shares with the story most like
it, or what kept the two apart. More than that is store.group.why's, on demand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from store.group.compare import Evidence
from store.group.dates import CALENDAR
from store.group.shared import short, telling
from store.group.traits import Traits
from store.group.vectors import Floats, Vectors

RULED = "together by your own rule"
_NAMES = 4
_HEADLINE = 60  # characters of another story's headline
_QUOTE = 40


class Reasons:
    """The reasons for one grouping; numbers are those of the stories."""

    def __init__(
        self,
        stories: Sequence[Traits],
        vector: Vectors,
        evidence: Evidence,
        likeness: Floats,
        events: Sequence[int],
    ) -> None:
        self._stories = stories
        self._vector = vector
        self._evidence = evidence
        self._likeness = likeness
        self._events = events
        self._sizes = Counter(events)
        self._inside = _best(evidence, likeness, events, inside=True)
        self._outside = _best(evidence, likeness, events, inside=False)

    def nearest(self, story: int) -> tuple[int | None, float]:
        """The story most like this one, of the same event if there is another in it, and their likeness."""
        at = self._pair(story)
        if at is None:
            return None, 0.0
        return self._other(at, story), round(float(self._likeness[at]), 4)

    def sentence(self, story: int) -> str:
        at = self._pair(story)
        if self._ruled(story):
            return RULED
        if at is None:
            return "alone: no other story shares its rarer words"
        other = self._other(at, story)
        shared = self._shared(self._stories[story], self._stories[other])
        name = f'"{short(self._stories[other].headline, _HEADLINE)}" ({self._likeness[at]:.2f})'
        if story in self._inside:
            copied = float(self._evidence.contained[at])
            parts = [f"{copied:.0%} of the shorter text is in the other"] if copied else []
            return f"with {name}: " + "; ".join((parts + shared) or ["many of the same words"])
        apart = self._apart(at)
        return f"alone: nearest is {name}" + (f", {apart}" if apart else "") + "".join(f"; {s}" for s in shared)

    def _ruled(self, story: int) -> bool:
        """Whether no likeness, and so only a rule, holds a story in its event."""
        return story not in self._inside and self._sizes[self._events[story]] > 1

    def _pair(self, story: int) -> int | None:
        return self._inside.get(story, self._outside.get(story))

    def _other(self, at: int, story: int) -> int:
        first, second = int(self._evidence.first[at]), int(self._evidence.second[at])
        return second if first == story else first

    def _apart(self, at: int) -> str:
        gap = float(self._evidence.gap[at])
        if np.isnan(gap):
            return "and no date says that they belong together"
        return f"{gap:.0f} days apart" if gap > 1 else "but too few of its words"

    def _shared(self, one: Traits, other: Traits) -> list[str]:
        """What both hold, heaviest kind first."""
        told = []
        if names := self._names(one, other):
            told.append("both name " + ", ".join(names))
        if quotes := sorted(one.quotes.keys() & other.quotes.keys(), key=lambda q: (-len(q), q)):
            told.append(f'both quote "{short(one.quotes[quotes[0]], _QUOTE)}"')
        if dates := sorted(one.cited & other.cited):
            told.append("both cite " + ", ".join(map(str, dates[:2])))
        if numbers := sorted(filter(telling, one.numbers.keys() & other.numbers.keys()), key=lambda n: (-len(n), n)):
            told.append("both count " + ", ".join(short(one.numbers[n], 30) for n in numbers[:2]))
        return told

    def _names(self, one: Traits, other: Traits) -> list[str]:
        both = [t for t in one.names if t in other.names and t not in CALENDAR]
        both.sort(key=lambda t: (-self._vector.weight(t) * min(one.terms.get(t, 0), other.terms.get(t, 0), 3), t))
        told: dict[str, str] = {}
        for term in both:
            if not any(one.surface(term) in one.names[t].split() for t in told) and len(told) < _NAMES:
                told[term] = short(one.surface(term), 30)
        return list(told.values())


def _best(evidence: Evidence, likeness: Floats, events: Sequence[int], *, inside: bool) -> dict[int, int]:
    """For each story the position of its likeliest pair within (or out of) its event; of equals the first."""
    event = np.array(events, dtype=np.int64)
    same = event[evidence.first] == event[evidence.second] if len(event) else np.empty(0, bool)
    at = np.flatnonzero(same == inside)
    at = at[np.argsort(-likeness[at], kind="stable")]
    best: dict[int, int] = {}
    for column in (evidence.first[at], evidence.second[at]):
        stories, places = np.unique(column, return_index=True)
        for story, place in zip(stories.tolist(), places.tolist(), strict=True):
            if story not in best or place < best[story]:
                best[story] = place
    return {story: int(at[place]) for story, place in best.items()}
