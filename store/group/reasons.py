"""Why each story of one grouping stands where it does, in one plain sentence: what it shares with the story most like
it, or what kept the two apart. More than that is store.group.why's, on demand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from store.group.compare import Evidence
from store.group.shared import between, sentences, short
from store.group.traits import Traits
from store.group.vectors import Floats, Vectors
from store.model import Shared

RULED = "together by your own rule"
_HEADLINE = 60  # characters of another story's headline


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
        self._last: tuple[tuple[int, int], tuple[Shared, ...]] = (-1, -1), ()
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
        told = sentences(self._between(story, other))
        name = f'"{short(self._stories[other].headline, _HEADLINE)}" ({self._likeness[at]:.2f})'
        if story in self._inside:
            copied = float(self._evidence.contained[at])
            parts = [f"{copied:.0%} of the shorter text is in the other"] if copied else []
            return f"with {name}: " + "; ".join((parts + told) or ["many of the same words"])
        apart = self._apart(at)
        return f"alone: nearest is {name}" + (f", {apart}" if apart else "") + "".join(f"; {s}" for s in told)

    def shared(self, story: int) -> tuple[Shared, ...]:
        """What a story and the one nearest to it in its event both hold."""
        at = self._inside.get(story)
        return () if at is None else self._between(story, self._other(at, story))

    def _between(self, story: int, other: int) -> tuple[Shared, ...]:
        if self._last[0] != (story, other):
            self._last = (story, other), between(self._stories[story], self._stories[other], self._vector)
        return self._last[1]

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
