"""The first sentences: the baseline that all others must beat."""

from __future__ import annotations

from typing import Any

from sumy.summarizers._summarizer import AbstractSummarizer


class Lead(AbstractSummarizer):  # type: ignore[misc]  # sumy has no types
    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        first = iter(range(len(document.sentences)))
        return tuple(self._get_best_sentences(document.sentences, sentences_count, lambda _: -next(first)))


def make(_lang: str) -> Lead:
    return Lead()
