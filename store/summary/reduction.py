"""Reduction (Fabish), as sumy has it: how much a sentence shares with all others. TextRank's graph without its walk."""

from __future__ import annotations

import numpy as np
from sumy.summarizers.reduction import ReductionSummarizer

from store.summary.graph import Floats, Ints, Scored, bags, graph, settled, totals
from store.summary.page import prepared


class Reduction(Scored, ReductionSummarizer):  # type: ignore[misc]  # sumy has no types
    """The same ranking as sumy's."""

    def scores(self, sentences: list[list[str]]) -> list[float]:
        """Words shared with the others over the sum of the logarithms of both lengths; 0 beyond the limit."""
        if not sentences:
            return []
        found = bags(sentences)
        length = np.log(np.maximum(totals(found.sentence, found.count, found.size), 1))

        def edge(row: Ints, col: Ints, shared: Floats) -> Floats:
            norm = length[row] + length[col]
            return np.where((row != col) & (norm > 0), shared / np.where(norm > 0, norm, 1.0), 0.0)

        linked = graph(found, found.count, edge)
        return settled(linked.times(np.ones(linked.size)), len(sentences), 9)


def make(lang: str) -> Reduction:
    return prepared(Reduction, lang)
