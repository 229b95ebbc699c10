"""KL-Sum (Haghighi and Vanderwende 2009), as sumy has it: the sentence whose words bring the summary's nearest to the
text's, by Kullback and Leibler's divergence, step by step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from sumy.summarizers.kl import KLSummarizer

from store.summary.graph import Floats, Ints, totals
from store.summary.page import prepared
from store.summary.steps import Steps, steps


class Kl(KLSummarizer):  # type: ignore[misc]  # sumy has no types
    """The same ranking as sumy's, as far as steps go, and with its ways: what is told is counted with its stop words
    and in its own case, what may be told without and in small letters."""

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        ranks = iter(self.scores(document.sentences))
        return tuple(self._get_best_sentences(document.sentences, sentences_count, lambda _: next(ranks)))

    def scores(self, sentences: Sequence[Any]) -> list[float]:
        """The rank of each sentence."""
        return steps(len(sentences), *self._steps(sentences))

    def stepwise(self, document: Any) -> Steps:
        """How near each sentence brings the summary to the text, and how one is told."""
        return self._steps(document.sentences)

    def _steps(self, sentences: Sequence[Any]) -> Steps:
        found: dict[str, float] = self.compute_tf(sentences)
        telling = _Telling(found, [self._get_content_words_in_sentence(sentence) for sentence in sentences])
        return telling.nearness, lambda number: telling.tell(sentences[number].words)


class _Telling:
    """What is told so far, and how near each sentence would bring it to the text, whose words are found so often."""

    def __init__(self, found: dict[str, float], sentences: Sequence[Sequence[str]]) -> None:
        self._ids = {word: number for number, word in enumerate(found)}
        self._frequency: Floats = np.array(list(found.values()), dtype=np.float64)
        self._told: Floats = np.zeros(len(found))
        self._all = 0
        counted = [Counter(words) for words in sentences]
        self._length: Ints = np.array([len(words) for words in sentences], dtype=np.int64)
        self._at: Ints = np.repeat(np.arange(len(sentences)), [len(words) for words in counted])
        self._word: Ints = np.array([self._ids[word] for words in counted for word in words], dtype=np.int64)
        self._count: Floats = np.array([n for words in counted for n in words.values()], dtype=np.float64)

    def tell(self, words: Sequence[str]) -> None:
        self._all += len(words)
        for word in words:
            if (number := self._ids.get(word)) is not None:
                self._told[number] += 1

    def nearness(self) -> Floats:
        """Less the divergence, of what is told and each sentence together: the sum over their words w of f(w)
        log(f(w) n / n(w)), where n words are n(w) times w. What is told is summed once, and each sentence's own words
        are mended."""
        frequency, told = self._frequency, self._told
        known = told > 0
        before = np.where(known, frequency * np.log(frequency / np.where(known, told, 1.0)), 0.0)
        share, together = frequency[self._word], told[self._word] + self._count
        own = share * np.log(share / together) - before[self._word]
        size = len(self._length)
        mass = frequency[known].sum() + totals(self._at, np.where(known[self._word], 0.0, share), size)
        total = np.log(np.maximum(self._all + self._length, 1))
        # Rounded, so that of equals the first is taken.
        found: Floats = np.round(before.sum() + totals(self._at, own, size) + mass * total, 12)
        return -found


def make(lang: str) -> Kl:
    return prepared(Kl, lang)
