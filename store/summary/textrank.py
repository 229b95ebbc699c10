"""TextRank (Mihalcea and Tarau 2004), as sumy has it, computed on a sparse graph."""

from __future__ import annotations

from typing import Any

import numpy as np
from sumy.summarizers.text_rank import TextRankSummarizer

from store.summary.graph import Bags, Floats, Graph, Ints, Scored, bags, graph, settled, totals
from store.summary.page import prepared


class TextRank(Scored, TextRankSummarizer):  # type: ignore[misc]  # sumy has no types
    """The same ranking as sumy's, epsilon and damping included."""

    def rate_sentences(self, document: Any) -> Any:
        raise NotImplementedError("ratings by sentence would give two equal sentences one rating; use scores")

    def scores(self, sentences: list[list[str]]) -> list[float]:
        """The rank of each sentence, given by its stems; 0 beyond the limit."""
        if not sentences:
            return []
        found = bags(sentences)
        rank = self._power(_overlaps(found))
        return settled(rank, len(sentences), 12)

    def _power(self, overlaps: Graph) -> Floats:
        size = overlaps.size
        total = overlaps.times(np.ones(size)) + self._ZERO_DIVISION_PREVENTION
        rank = np.full(size, 1.0 / size)
        moved = 1.0
        while moved > self.epsilon:  # damping < 1 makes every round shorter than the last
            following = (1 - self.damping) / size * rank.sum() + self.damping * overlaps.times(rank / total)
            moved = float(np.linalg.norm(following - rank))
            rank = following
        return rank


def _overlaps(found: Bags) -> Graph:
    """Words two sentences share, over the sum of the logarithms of their lengths; two sentences of one word each, whose
    sum is 0, are as like as the words they share."""
    length = np.log(np.maximum(totals(found.sentence, found.count, found.size), 1))

    def edge(row: Ints, col: Ints, shared: Floats) -> Floats:
        norm = length[row] + length[col]
        return shared / np.where(norm > 0, norm, 1.0)

    return graph(found, found.count, edge)


def make(lang: str) -> TextRank:
    return prepared(TextRank, lang)
