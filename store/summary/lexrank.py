"""LexRank (Erkan and Radev 2004), as sumy has it, computed on a sparse graph."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from sumy.summarizers.lex_rank import LexRankSummarizer

from store.summary.graph import Bags, Floats, Graph, Ints, Scored, bags, graph, settled, totals
from store.summary.page import prepared

_MOST_ROUNDS = 500
_SMALL = 200  # sentences


class LexRank(Scored, LexRankSummarizer):  # type: ignore[misc]  # sumy has no types
    """The same ranking as sumy's with the same epsilon. epsilon is finer than sumy's 0.1, which stops after two or
    three rounds, before the ranking has settled."""

    epsilon = 1e-6

    def scores(self, sentences: list[list[str]]) -> list[float]:
        """The centrality of each sentence, given by its stems; 0 for one that is like no other or beyond the limit."""
        if not sentences:
            return []
        found = bags(sentences)
        rank = _power(_linked(found, self.threshold), self.epsilon)
        return settled(rank, len(sentences), 12)


def _linked(found: Bags, threshold: float) -> Graph:
    """1 between sentences whose idf-modified cosine is over the threshold; a word weighs its count, as part of the
    commonest word's, times idf."""
    frequency = np.bincount(found.term)
    commonest = np.ones(found.size)
    np.maximum.at(commonest, found.sentence, found.count)
    idf = np.log(found.size / (1 + frequency))
    weight = found.count / commonest[found.sentence] * idf[found.term]
    length = np.sqrt(totals(found.sentence, weight**2, found.size))

    def edge(row: Ints, col: Ints, product: Floats) -> Floats:
        norm = length[row] * length[col]
        cosine: Floats = np.divide(product, norm, out=np.zeros_like(norm), where=norm > 0)
        linked: Floats = (cosine > threshold).astype(np.float64)
        return linked

    return graph(found, weight, edge)


def _power(linked: Graph, epsilon: float) -> Floats:
    """The power method on the graph whose columns add up to 1; a sentence that links to none keeps nothing."""
    degree = np.maximum(linked.times(np.ones(linked.size)), 1.0)
    times = _times(linked.over(degree))
    rank = np.full(linked.size, 1.0 / linked.size)
    for _ in range(_MOST_ROUNDS):
        following = times(rank)
        norm = math.sqrt(following.dot(following))
        if norm == 0:  # no sentence is like another, or itself
            return rank
        following /= norm
        moved = following - rank
        rank = following
        if moved.dot(moved) <= epsilon**2:
            break
    return rank


def _times(linked: Graph) -> Callable[[Floats], Floats]:
    """The product of the graph with a vector; a small graph is multiplied faster as a whole."""
    if linked.size > _SMALL:
        return linked.times
    times: Callable[[Floats], Floats] = linked.whole().dot
    return times


def make(lang: str) -> LexRank:
    return prepared(LexRank, lang)
