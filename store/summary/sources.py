"""Several stories of one event: which of them are copies of one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, islice

import numpy as np

from store.model import Story, StoryId
from store.summary.endings import sentence
from store.summary.graph import Ints
from store.summary.times import later, when

# Two stories of one origin: one holds half of the other's five-word sequences. Of 69 pairs of stories in the
# development events half share under a hundredth and ten share half or more.
_SHINGLE, _COPIED = 5, 0.5
_AS_LONG = 0.8
# A copy has lost its opening where that of another stands before its own first lines: of the sequences that each begins
# with, so many, the other has half of its own, and it few of the other's.
_OPENING, _HAS, _LACKS = 12, 0.5, 0.25
_MOST_WORDS = 5_000  # of a story that are compared
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio: Fibonacci hashing (Knuth, TAOCP 6.4)


def originals(stories: Sequence[Story]) -> tuple[Story, ...]:
    """The stories without near-copies, in the order given: of those only the longest (the first of equals), or one that
    is certainly newer and nearly as long, or one whose opening the longest has lost."""
    cut, begun = _shingles(stories)
    holder = np.full(max((int(one.max(initial=-1)) for one in cut), default=-1) + 1, -1)
    days = [when(story.head.published) for story in stories]
    kept: list[int] = []
    for number in sorted(range(len(stories)), key=lambda n: -len(cut[n])):
        own = cut[number]
        shared = np.bincount(holder[own] + 1, minlength=2)[1:]
        if len(own) and shared.max() >= _COPIED * len(own):
            copied = int(shared.argmax())
            newer = later(days[number], days[copied]) and len(own) >= _AS_LONG * len(cut[copied])
            whole = _share(begun[copied], own) >= _HAS and _share(begun[number], cut[copied]) <= _LACKS
            if copied not in kept or not (newer or (whole and _begins(stories[number]))):
                continue
            kept.remove(copied)
        kept.append(number)
        holder[own] = number
    return tuple(stories[number] for number in sorted(kept))


def copied(given: Sequence[Story], among: Sequence[Story], *, whole: bool = False) -> list[Story]:
    """Those among some stories of which one of those given has half; or, unless whole is asked for, that have half of
    one of them."""
    if not given or not among:
        return []
    cut, _ = _shingles((*given, *among))
    mine, theirs = cut[: len(given)], cut[len(given) :]
    return [
        story
        for story, own in zip(among, theirs, strict=True)
        if len(own)
        and any(
            len(one) and len(np.intersect1d(one, own)) >= _COPIED * (len(own) if whole else min(len(one), len(own)))
            for one in mine
        )
    ]


def _share(some: Ints, among: Ints) -> float:
    return float(np.isin(some, among).mean()) if len(some) else 0.0


def _begins(story: Story) -> bool:
    """Whether a story begins with a sentence, and not with its headline or whose it is."""
    return any(map(sentence, islice(story.body, 1)))


def _shingles(stories: Sequence[Story]) -> tuple[list[Ints], list[Ints]]:
    """The five-word sequences of each story, each once, numbered through, a shorter story being one; and those that
    each begins with."""
    ids: dict[str, int] = {}
    hashed = []
    for story in stories:
        every = chain.from_iterable(paragraph.lower().split() for paragraph in story.body)
        words = np.array([ids.setdefault(word, len(ids) + 1) for word in islice(every, _MOST_WORDS)], dtype=np.uint64)
        size = min(_SHINGLE, len(words))
        rolled = np.zeros(len(words) - size + 1 if size else 0, dtype=np.uint64)
        for at in range(size):  # unsigned numbers wrap around, as a hash may
            rolled = rolled * _FACTOR + words[at : at + len(rolled)]
            rolled ^= rolled >> np.uint64(29)
        hashed.append(rolled)
    _, number = np.unique(np.concatenate([*hashed, np.zeros(0, dtype=np.uint64)]), return_inverse=True)
    stops = np.cumsum([len(one) for one in hashed])
    cut = np.split(number.ravel(), stops[:-1]) if hashed else []
    return [np.unique(one) for one in cut], [one[:_OPENING] for one in cut]


def groups(stories: Sequence[Story], origins: Mapping[StoryId, str]) -> Ints:
    """For each story the number of its origin, from 0 in order of appearance; one that names none is its own."""
    seen: dict[tuple[str, str], int] = {}
    named = ((origins.get(story.id, ""), story.id) for story in stories)
    keys = [("origin", name) if name else ("story", own) for name, own in named]
    return np.array([seen.setdefault(key, len(seen)) for key in keys], dtype=np.int64)
