"""Which sentences of a page speak of one thing, whatever they say of it: the stems that each pair shares."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from store.summary.graph import Ints, totals
from store.summary.page import Page

_ALIKE, _ALIKE_LONGER, _FEWEST = (
    0.5,
    0.25,
    4,
)  # of the stems of the shorter and of the longer, and stems at least: two sentences that can be set against each other
_HALF = 0.5
_NEAR = 0.35  # of the stems of a sentence that are in another, from which on the other may well say it


class Likeness:
    """The sentences of a page by their numbers; each asked for costs a pass over the page."""

    def __init__(self, page: Page) -> None:
        self._said = page.said
        held = self._said.stems.sentence
        self.sizes = totals(held, np.ones(len(held)), self._said.size)
        spread = np.bincount(self._said.stems.thing, minlength=self._said.stems.size)
        self._weight = np.log1p(self._said.size / np.maximum(spread, 1))
        self._last: tuple[int, Ints] = (-1, np.zeros(0, dtype=np.int64))

    def beside(self, number: int) -> Ints:
        """The other sentences that speak of the same thing: one of two may say more besides."""
        shared = self._shared(number)
        least, most = np.minimum(self.sizes, self.sizes[number]), np.maximum(self.sizes, self.sizes[number])
        enough = np.maximum(np.maximum(_ALIKE * least, _ALIKE_LONGER * most), _FEWEST)
        return self._without(number, shared >= enough)

    def holding(self, number: int, among: Ints) -> Ints:
        """Of some sentences those that hold half of this one, where a stem weighs less the more sentences have it: what
        an event is called is in all of them, and says nothing."""
        stems = self._said.stems
        own = stems.of(number)
        least = _HALF * float(self._weight[own].sum())
        held = [float(self._weight[np.intersect1d(own, stems.of(other), assume_unique=True)].sum()) for other in among]
        found: Ints = among[np.array(held) >= least] if len(among) else among
        return found

    def alike(self, one: int, other: int, share: float) -> bool:
        """Whether two sentences have so much of their stems in common."""
        both = float(self._shared(one)[other])
        return both >= share * max(float(self.sizes[one]), float(self.sizes[other]))

    def near(self, number: int) -> Ints:
        """The other sentences that may well say what this one does."""
        return self._without(number, self._shared(number) >= max(_NEAR * self.sizes[number], 1))

    def _shared(self, number: int) -> Ints:
        if self._last[0] != number:
            self._last = number, self._said.stems.shared(self._said.stems.of(number), self._said.size)
        return self._last[1]

    def _without(self, number: int, chosen: NDArray[np.bool_]) -> Ints:
        found: Ints = np.flatnonzero(chosen)
        others: Ints = found[found != number]
        return others
