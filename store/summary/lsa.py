"""Latent semantic analysis (Steinberger and Ježek 2004), as sumy has it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from typing import Any

from sumy.summarizers.lsa import LsaSummarizer

from store.summary.page import prepared

_SMOOTH = 0.4  # sumy's share of every term in every sentence


class Lsa(LsaSummarizer):  # type: ignore[misc]  # sumy has no types
    """The same ranking as sumy's. sumy keeps every dimension of the decomposition, so that a sentence's rank, the root
    of sum(sigma_k^2 v_k^2), is the length of its column in the matrix of terms: that is what is computed."""

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        terms = self._create_dictionary(document)
        stem: Callable[[str], str] = self.stem_word
        ranks = iter(
            [_length(Counter(filter(terms.__contains__, map(stem, s.words))), len(terms)) for s in document.sentences]
        )
        return tuple(self._get_best_sentences(document.sentences, sentences_count, lambda _: next(ranks)))


def _length(counts: Counter[str], terms: int) -> float:
    """The length of a sentence's column: a term is its smoothed share of the commonest, an absent one the smoothing."""
    if not counts:
        return 0.0
    most = max(counts.values())
    shares = math.fsum((_SMOOTH + (1 - _SMOOTH) * count / most) ** 2 for count in counts.values())
    return round(math.sqrt(shares + (terms - len(counts)) * _SMOOTH**2), 9)


def make(lang: str) -> Lsa:
    return prepared(Lsa, lang)
