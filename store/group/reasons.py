"""Why each story of one grouping stands where it does, in one plain sentence: what it shares with the story most like
it, or what kept the two apart. More than that is store.group.why's, on demand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cached_property

import numpy as np

from store.group.columns import Columns
from store.group.compare import Pairs
from store.group.rows import FEW, Ints, places
from store.group.shared import between, sentences, short, unnamed
from store.group.traits import Traits
from store.group.vectors import Vectors
from store.model import Shared, StoryId

RULED = "together by your own rule"
ALONE = "alone: no other story shares enough of its rarer words"
ABROAD = "the same names, numbers and days in another language"
_HEADLINE = 60  # characters of another story's headline
_REMEMBERED = 2000  # stories


class Reasons:
    """The reasons for one grouping; numbers are those of the stories. in_full: with what is shared as data; ruled: the
    stories that the reader's rules name."""

    def __init__(
        self,
        stories: Columns,
        vector: Vectors,
        pairs: Pairs,
        events: Sequence[int],
        *,
        in_full: bool = True,
        ruled: Collection[StoryId] = frozenset(),
    ) -> None:
        self._stories = stories
        self._vector = vector
        self._pairs = pairs
        self._events = events
        self._in_full = in_full
        self._by_rule = ruled
        self._last: tuple[tuple[int, int], tuple[Shared, ...]] = (-1, -1), ()
        self._inside, self._outside = (_best_of_few if len(events) < FEW else _best)(pairs, events)
        self._read: dict[int, Traits] = {}

    def nearest(self, story: int) -> tuple[int | None, float]:
        """The story most like this one, of the same event if there is another in it, and their likeness."""
        at = self._pair(story)
        if at is None:
            return None, 0.0
        return self._other(at, story), round(float(self._pairs.likeness[at]), 4)

    def sentence(self, story: int) -> str:
        at = self._pair(story)
        if self._unlike(story):
            return ABROAD if self._abroad(story) else RULED
        if at is None:
            return ALONE
        other = self._other(at, story)
        told = sentences(self._between(story, other))
        name = f'"{short(self._traits(other).headline, _HEADLINE)}" ({self._pairs.likeness[at]:.2f})'
        if story in self._inside:
            copied = float(self._pairs.copied[at])
            parts = [f"{copied:.0%} of the shorter text is in the other"] if copied else []
            languages = self._stories.language
            likeness = float(self._pairs.likeness[at])
            much = unnamed(likeness, one_language=True) if languages[story] == languages[other] else ABROAD
            return f"with {name}: " + "; ".join((parts + told) or [much])
        apart = self._apart(at)
        return f"alone: nearest is {name}" + (f", {apart}" if apart else "") + "".join(f"; {s}" for s in told)

    def shared(self, story: int) -> tuple[Shared, ...]:
        """What a story and the one nearest to it in its event both hold."""
        at = self._inside.get(story)
        return () if at is None else self._between(story, self._other(at, story))

    def _between(self, story: int, other: int) -> tuple[Shared, ...]:
        if self._last[0] != (story, other):
            both = self._traits(story), self._traits(other)
            self._last = (story, other), between(*both, self._vector, told=not self._in_full)
        return self._last[1]

    def _traits(self, story: int) -> Traits:
        """Remembered for a while: stories of one event follow each other."""
        if story not in self._read:
            if len(self._read) >= _REMEMBERED:
                self._read.clear()
            self._read[story] = self._stories.traits(story)
        return self._read[story]

    def _unlike(self, story: int) -> bool:
        """Whether no likeness, and so only a rule or what is said in another language, holds a story in its event."""
        return story not in self._inside and self._sizes[self._events[story]] > 1

    def _abroad(self, story: int) -> bool:
        """Whether its event is told in several languages, and in none of the reader's rules."""
        event = self._events[story]
        return event in self._in_several and event not in self._ruled

    @cached_property
    def _sizes(self) -> Counter[int]:
        return Counter(self._events)

    @cached_property
    def _in_several(self) -> set[int]:
        """Events that are told in several languages."""
        pairs = np.unique(np.stack([np.asarray(self._events), self._stories.language]), axis=1)
        return {event for event, languages in Counter(pairs[0].tolist()).items() if languages > 1}

    @cached_property
    def _ruled(self) -> set[int]:
        return {event for event, story in zip(self._events, self._stories.ids, strict=True) if story in self._by_rule}

    def _pair(self, story: int) -> int | None:
        return self._inside.get(story, self._outside.get(story))

    def _other(self, at: int, story: int) -> int:
        first, second = int(self._pairs.first[at]), int(self._pairs.second[at])
        return second if first == story else first

    def _apart(self, at: int) -> str:
        gap = float(self._pairs.gap[at])
        if np.isnan(gap):
            return "and no date says that they belong together"
        return f"{gap:.0f} days apart" if gap > 1 else "but too few of its words"


def _best(pairs: Pairs, events: Sequence[int]) -> tuple[dict[int, int], dict[int, int]]:
    """For each story the position of its likeliest pair within its event, and out of it; of equals the first."""
    event = np.array(events, dtype=np.int32)
    inside = event[pairs.first] == event[pairs.second]
    return _likeliest(pairs, places(inside), len(event)), _likeliest(pairs, places(~inside), len(event))


def _likeliest(pairs: Pairs, at: Ints, stories: int) -> dict[int, int]:
    at = at[(-pairs.likeness[at]).argsort(kind="stable")]
    best = np.full(stories, len(at), dtype=np.int64)
    for column in (pairs.first[at], pairs.second[at]):
        np.minimum.at(best, column, np.arange(len(at)))
    known = places(best < len(at))
    return dict(zip(known.tolist(), at[best[known]].tolist(), strict=True))


def _best_of_few(pairs: Pairs, events: Sequence[int]) -> tuple[dict[int, int], dict[int, int]]:
    """The same pair by pair."""
    first, second = pairs.first.tolist(), pairs.second.tolist()
    inside, outside = dict[int, int](), dict[int, int]()
    for at in (-pairs.likeness).argsort(kind="stable").tolist():
        one, other = first[at], second[at]
        best = inside if events[one] == events[other] else outside
        best.setdefault(one, at)
        best.setdefault(other, at)
    return inside, outside
