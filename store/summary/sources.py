"""Several stories of one event: which of them are copies of one another, what each of them says, and which one stands
nearest to what all say."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice, pairwise

from store.model import Story
from store.summary.features import hangs
from store.summary.page import Page, Placed
from store.text import words

# Two stories of one origin: one holds half of the other's five-word sequences. Of 69 pairs of stories in the
# development events half share under a hundredth and ten share half or more.
_SHINGLE, _COPIED = 5, 0.5
_MOST_WORDS = 5_000  # of a story that are compared
# A bigram counts 1 / (1 + fade x place) where it stands in the story's sentence `place` (0 the first). 0.2 to 1 were
# equal within noise on the development events.
_FADE = 0.5

Concept = tuple[str, str]


def origins(stories: Sequence[Story]) -> tuple[Story, ...]:
    """One story for each origin, in the order given: of near-copies only the longest (the first of equals)."""
    cut = [_shingles(story) for story in stories]
    kept: list[int] = []
    holder: dict[tuple[str, ...], int] = {}
    for number in sorted(range(len(stories)), key=lambda n: -len(cut[n])):
        shared = Counter(map(holder.get, cut[number]))
        del shared[None]
        if not shared or max(shared.values()) < _COPIED * len(cut[number]):
            kept.append(number)
            holder.update(dict.fromkeys(cut[number], number))
    return tuple(stories[number] for number in sorted(kept))


def _shingles(story: Story) -> set[tuple[str, ...]]:
    every = chain.from_iterable(paragraph.lower().split() for paragraph in story.body)
    tokens = list(islice(every, _MOST_WORDS))
    return set(zip(*(tokens[at:] for at in range(min(_SHINGLE, len(tokens)))), strict=False))


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence as the pairs of stems in it; order counts in the page, place in its story."""

    sentence: Placed
    order: int
    place: int
    length: int
    concepts: frozenset[Concept]

    @property
    def hanging(self) -> bool:
        return self.place > 0 and hangs(self.sentence.text)


class _Stems(dict[str, tuple[str, bool]]):
    """Each word met with its stem and whether it is a stop word."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._lang = lang
        self._stop = words.stop_words(lang)

    def __missing__(self, word: str) -> tuple[str, bool]:
        self[word] = found = words.stem(word, self._lang), word.lower() in self._stop
        return found

    def concepts(self, tokens: Sequence[str]) -> frozenset[Concept]:
        """Neighbouring stems that are not both stop words."""
        marked = [self[token] for token in tokens]
        return frozenset((one, other) for (one, idle), (other, also) in pairwise(marked) if not (idle and also))


def said(page: Page) -> tuple[tuple[Said, ...], ...]:
    """What each story of the page says, sentence by sentence; stories without sentences are left out."""
    stems = _Stems(page.lang)
    stories = groupby(enumerate(page.sentences), key=lambda pair: pair[1].story)
    return tuple(
        tuple(
            Said(sentence, order, place, len(sentence.text.split()), stems.concepts(sentence.words))
            for place, (order, sentence) in enumerate(group)
        )
        for _, group in stories
    )


def heard(sentences: Sequence[Said]) -> dict[Concept, float]:
    """How much each concept of a story weighs: as in the first sentence that has it."""
    weights: dict[Concept, float] = {}
    for one in reversed(sentences):
        weights.update(dict.fromkeys(one.concepts, 1 / (1 + _FADE * one.place)))
    return weights


def nearest(weights: Sequence[dict[Concept, float]]) -> int:
    """The story nearest the event's centre, given what is heard from each: the one most like the others by cosine. Of
    equals, as two stories always are, the first. (Which of two has the better opening could not be told from how much
    of it the other confirms: tried in thirty ways on the development events.)"""
    norms = [math.sqrt(math.fsum(weight * weight for weight in own.values())) or 1.0 for own in weights]
    total: dict[Concept, float] = {}
    for own, norm in zip(weights, norms, strict=True):
        for concept, weight in own.items():
            total[concept] = total.get(concept, 0.0) + weight / norm
    likeness = [
        math.fsum(total[concept] * weight for concept, weight in own.items()) / norm
        for own, norm in zip(weights, norms, strict=True)
    ]
    return max(range(len(weights)), key=lambda number: round(likeness[number], 6), default=0)
