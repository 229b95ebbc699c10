"""SumBasic (Nenkova and Vanderwende 2005), as sumy has it: sentences of probable words, which are less so once told."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from sumy.summarizers.sum_basic import SumBasicSummarizer

from store.summary.graph import Floats, Scored, totals
from store.summary.page import prepared
from store.summary.steps import Steps, steps


class SumBasic(Scored, SumBasicSummarizer):  # type: ignore[misc]  # sumy has no types
    """The same ranking as sumy's, as far as steps go."""

    def scores(self, sentences: list[list[str]]) -> list[float]:
        """The rank of each sentence, given by its stems."""
        return steps(len(sentences), *_steps(sentences))

    def stepwise(self, document: Any) -> Steps:
        """How probable the words of each sentence are, and how one is told."""
        return _steps(document.stems)


def _steps(sentences: Sequence[Sequence[str]]) -> Steps:
    ids: dict[str, int] = {}
    terms = np.array([ids.setdefault(stem, len(ids)) for stem in chain.from_iterable(sentences)], dtype=np.int64)
    length = np.array([len(stems) for stems in sentences], dtype=np.int64)
    at = np.repeat(np.arange(len(sentences)), length)
    probable = np.bincount(terms, minlength=len(ids)) / max(len(terms), 1)

    def worth() -> Floats:
        return totals(at, probable[terms], len(sentences)) / np.maximum(length, 1)

    def take(number: int) -> None:
        for stem in sentences[number]:  # squared as often as it is told
            probable[ids[stem]] **= 2

    return worth, take


def make(lang: str) -> SumBasic:
    return prepared(SumBasic, lang)
