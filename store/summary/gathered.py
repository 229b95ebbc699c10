"""One summary of several stories by a method that rates sentences: its rating, and beside it where a sentence stands
and how it is told. So LexRank itself was first used on several stories (Erkan and Radev 2004, in the summariser MEAD:
centrality, position, and nothing that is like what was chosen). No method has to find out again what every event
shows: the news stands at the top of a story, and what two stories say is said once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sumy.summarizers._summarizer import AbstractSummarizer

from store.summary.budget import Budget
from store.summary.choice import FEW, told
from store.summary.event import named, telling, told_well
from store.summary.graph import Floats, Ints, totals
from store.summary.page import Page
from store.summary.steps import Steps
from store.summary.told import heard, nearest

# Chosen on the development events, on pairs of stories and on clusters of ten together, for seven methods at once;
# their neighbours are equal within noise.
_AT_LEAST = 0.75  # what the sentence that a method rates lowest counts for, where the highest counts for 1.75
_FADE = 0.2  # a sentence counts 1 / (1 + fade x place) where `place` whole sentences of its story stand before it
_FROM_BASE = 1.5  # of the story nearest the centre
_MOST = 400  # sentences that are rated, the first of each story; what stands below counts as the lowest


class Gathered(AbstractSummarizer):  # type: ignore[misc]  # sumy has no types
    """method is a summariser of one document."""

    def __init__(self, method: Any) -> None:
        super().__init__()
        self._method = method

    def __call__(self, document: Page, sentences_count: Budget) -> tuple[Any, ...]:
        base = nearest(document.said, document.origin[document.said.story])
        return told(document, _Rating(document, base, self._method), sentences_count, base)


class _Rating:
    """The worth of a sentence: how a method rates it among those that may be taken, and where and how it is told."""

    def __init__(self, page: Page, base: int, method: Any) -> None:
        self._rating, self._take = _stepwise(method, page)
        from_base = np.where(page.said.story == base, _FROM_BASE, 1.0)
        near_top = 1 / (1 + _FADE * page.said.place)
        self._beside = from_base * near_top * named(page) * told_well(page) * telling(page) * support(page)

    def worth(self, open_: NDArray[np.bool_]) -> Floats:
        rating = self._rating()
        among = rating[open_]
        low, spread = (float(among.min()), float(np.ptp(among))) if len(among) else (0.0, 0.0)
        return np.asarray((_AT_LEAST + (rating - low) / (spread or 1.0)) * self._beside)

    def take(self, number: int) -> None:
        self._take(number)


def support(page: Page) -> Floats:
    """How many origins have what each sentence says, the mean over its concepts; 1 where there are few of them."""
    said = page.said
    if len(np.unique(page.origin)) <= FEW:
        return np.ones(said.size)
    held = said.concepts
    origins = np.bincount(heard(said, page.origin[said.story]).concept, minlength=held.size).astype(np.float64)
    found: Floats = totals(held.sentence, origins[held.thing], said.size) / np.maximum(held.counted(said.size), 1)
    return np.maximum(found, 1.0)


@dataclass(frozen=True, slots=True)
class _Tops:
    """The document of what stands near the top of each story, as a sumy summariser knows one; numbers are those of its
    sentences in the page."""

    numbers: Ints
    sentences: tuple[Any, ...]
    stems: list[list[str]]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(chain.from_iterable(sentence.words for sentence in self.sentences))


def _tops(page: Page) -> _Tops:
    most = max(_MOST // max(len(page.stories), 1), 1)
    numbers = np.flatnonzero(page.said.place < most)
    return _Tops(numbers, tuple(page.sentences[n] for n in numbers), [page.stems[n] for n in numbers])


def _stepwise(method: Any, page: Page) -> Steps:
    """A method that ranks by steps of its own is asked at each of ours; any other rates once."""
    tops = _tops(page)
    place = {int(number): at for at, number in enumerate(tops.numbers)}
    rating = np.zeros(len(page.sentences))
    if hasattr(method, "stepwise"):
        worth, take = method.stepwise(tops)

        def now() -> Floats:
            rating[:] = (found := worth()).min(initial=0.0)
            rating[tops.numbers] = found
            return rating

        return now, lambda number: take(place[number]) if number in place else None

    def keep(infos: Any) -> list[Any]:
        for info in infos:
            rating[tops.numbers[info.order]] = info.rating
        return []

    method(tops, keep)
    return lambda: rating, lambda _: None
