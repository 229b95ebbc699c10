"""One summary of several stories: starts from the story nearest the event's centre and adds what it lacks.

Greedy coverage of weighted concepts (Gillick and Favre 2009, "A scalable global model for summarization"): a concept is
a pair of neighbouring stems, weighs more the more origins say it and the nearer to their top, and counts once. So what
is already said is worth nothing the second time, and no likeness has to be measured."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from typing import Any

from sumy.summarizers._summarizer import AbstractSummarizer

from store.summary.budget import Budget
from store.summary.sources import Concept, Said, heard, nearest, said

# Chosen on the development events; the neighbours (1.2..1.6, 0.5..0.8) are equal within noise.
_BASE = 1.4  # what the base story's concepts and sentences count for against another's
_LENGTH = 0.8  # a sentence's worth is divided by its words to this power ...
_SHORTEST = 8  # ... of which it has at least so many, so that fragments do not win
_REPEATED = 0.5  # a sentence of which this share is already said is left out


class Event(AbstractSummarizer):  # type: ignore[misc]  # sumy has no types
    def __call__(self, document: Any, sentences_count: Budget) -> tuple[Any, ...]:
        stories = said(document)
        weights = [heard(story) for story in stories]
        base = nearest(weights)
        chosen = _Choice(stories, weights, base, sentences_count).made() or list(stories[base][:1])
        number = stories[base][0].sentence.story
        chosen.sort(key=lambda one: (one.sentence.story != number, one.order))
        return tuple(one.sentence for one in chosen)


class _Choice:
    """The greedy choice. A sentence's gain only falls as others are chosen, so that the best of a heap, weighed again,
    is the best of all when it stays on top."""

    def __init__(
        self, stories: Sequence[Sequence[Said]], weights: list[dict[Concept, float]], base: int, budget: Budget
    ) -> None:
        self._budget = budget
        self._base = stories[base][0].sentence.story
        self._weight = {concept: (_BASE - 1) * weight for concept, weight in weights[base].items()}
        for own in weights:
            for concept, weight in own.items():
                self._weight[concept] = self._weight.get(concept, 0.0) + weight
        self._told: set[Concept] = set()
        self._given: set[int] = set()
        self._waiting: dict[int, Said] = {}
        self._heap: list[tuple[float, int, Said]] = []
        for one in (one for sentences in stories for one in sentences):
            self._enter(one)

    def made(self) -> list[Said]:
        chosen: list[Said] = []
        while self._heap:
            _, _, one = heapq.heappop(self._heap)
            if not self._budget.fits([other.length for other in chosen], one.length):
                continue
            if self._heap and self._worth(one) < -self._heap[0][0]:
                self._push(one)
                continue
            if self._repeats(one):
                continue
            chosen.append(one)
            self._told |= one.concepts
            self._given.add(one.order)
            if one.order + 1 in self._waiting:
                self._enter(self._waiting.pop(one.order + 1))
        return chosen

    def _enter(self, one: Said) -> None:
        if one.sentence.torn:
            return
        if one.hanging and one.order - 1 not in self._given:
            self._waiting[one.order] = one
        else:
            self._push(one)

    def _push(self, one: Said) -> None:
        worth = self._worth(one)
        if worth > 0:
            heapq.heappush(self._heap, (-worth, one.order, one))

    def _worth(self, one: Said) -> float:
        gain = math.fsum(self._weight[concept] for concept in one.concepts - self._told)
        factor = _BASE if one.sentence.story == self._base else 1.0
        worth: float = factor * gain / max(one.length, _SHORTEST) ** _LENGTH
        return round(worth, 9)

    def _repeats(self, one: Said) -> bool:
        return len(one.concepts & self._told) >= _REPEATED * len(one.concepts)


def make(_lang: str) -> Event:
    return Event()
