"""Luhn's method (1958): runs of frequent words, as sumy has it."""

from __future__ import annotations

from typing import Any

from sumy.summarizers.luhn import LuhnSummarizer

from store.summary.page import prepared


class Luhn(LuhnSummarizer):  # type: ignore[misc]  # sumy has no types
    """sumy's, looking frequent words up in a set."""

    def _get_significant_words(self, words: Any) -> frozenset[str]:
        return frozenset(super()._get_significant_words(words))


def make(lang: str) -> Luhn:
    return prepared(Luhn, lang)
