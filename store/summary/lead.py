"""The first sentences, of several stories those of the one nearest the event's centre: the baseline that all others
must beat."""

from __future__ import annotations

from typing import Any

from sumy.summarizers._summarizer import AbstractSummarizer

from store.summary.told import nearest


class Lead(AbstractSummarizer):  # type: ignore[misc]  # sumy has no types
    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        sentences = document.sentences
        story = sentences[0].story
        if len(document.stories) > 1:
            story = nearest(document.said, document.origin[document.said.story])
        ranks = iter([(sentence.story == story, -place) for place, sentence in enumerate(sentences)])
        return tuple(self._get_best_sentences(sentences, sentences_count, lambda _: next(ranks)))


def make(_lang: str) -> Lead:
    return Lead()
