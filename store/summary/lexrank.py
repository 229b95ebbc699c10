"""LexRank (Erkan and Radev 2004), as sumy has it, computed on a sparse graph."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from sumy.summarizers.lex_rank import LexRankSummarizer

from store.summary.graph import Bags, Floats, Graph, Rows, bags, best, products, totals
from store.summary.page import prepared

_MOST_ROUNDS = 500
_SMALL = 200  # sentences


class LexRank(LexRankSummarizer):  # type: ignore[misc]  # sumy has no types
    """The same ranking as sumy's with the same epsilon. epsilon is finer than sumy's 0.1, which stops after two or
    three rounds, before the ranking has settled."""

    epsilon = 1e-6

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        return best(self, document, sentences_count)

    def scores(self, sentences: list[list[str]]) -> list[float]:
        """The centrality of each sentence, given by its stems; 0 for one that is like no other or beyond the limit."""
        if not sentences:
            return []
        found = bags(sentences)
        rank = _power(_linked(_cosines(found), self.threshold), self.epsilon)
        # Rounded, so that sentences of equal rank stay in the order of the text.
        return [*np.round(rank, 12).tolist(), *[0.0] * (len(sentences) - found.size)]


def _cosines(found: Bags) -> Graph:
    """idf-modified cosine of sentences that share a word: counts as part of the commonest word's, times idf."""
    frequency = np.bincount(found.term)
    commonest = np.ones(found.size)
    np.maximum.at(commonest, found.sentence, found.count)
    idf = np.log(found.size / (1 + frequency))
    weight = found.count / commonest[found.sentence] * idf[found.term]
    length = np.sqrt(totals(found.sentence, weight**2, found.size))
    graph = products(found, weight)
    norm = length[graph.row] * length[graph.col]
    return Graph(
        graph.size, graph.row, graph.col, np.divide(graph.value, norm, out=np.zeros_like(norm), where=norm > 0)
    )


def _linked(graph: Graph, threshold: float) -> Graph:
    linked = graph.where(graph.value > threshold)
    return Graph(linked.size, linked.row, linked.col, np.ones_like(linked.value))


def _power(graph: Graph, epsilon: float) -> Floats:
    """The power method on the graph whose columns add up to 1; a sentence that links to none keeps nothing."""
    degree = np.maximum(totals(graph.row, np.ones(len(graph.row)), graph.size), 1.0)
    times = _times(Graph(graph.size, graph.row, graph.col, graph.value / degree[graph.col]))
    rank = np.full(graph.size, 1.0 / graph.size)
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


def _times(graph: Graph) -> Callable[[Floats], Floats]:
    """The product of the graph with a vector; a small graph is multiplied faster as a whole."""
    if graph.size > _SMALL:
        return Rows.of(graph).times
    whole = np.zeros((graph.size, graph.size))
    whole[graph.row, graph.col] = graph.value
    return whole.dot


def make(lang: str) -> LexRank:
    return prepared(LexRank, lang)
