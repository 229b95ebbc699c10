"""The first sentences: the baseline that all others must beat."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sumy.summarizers._summarizer import AbstractSummarizer

from store.summary.budget import Budget


class Lead(AbstractSummarizer):  # type: ignore[misc]  # sumy has no types
    def __call__(self, document: Any, sentences_count: Budget) -> tuple[Any, ...]:
        first = iter(range(len(document.sentences)))
        budget = replace(sentences_count, in_order=True)
        return tuple(self._get_best_sentences(document.sentences, budget, lambda _: -next(first)))


def make(_lang: str) -> Lead:
    return Lead()
