"""Doubted sentences far below an article are let go; near ones, many ones, sure ones stay."""

from __future__ import annotations

import pytest

from store.text.islands import islands

ARTICLE = [True] * 10


def found(gap: int, island: int, odds: float, *, words: int = 30, label: str = "") -> list[int]:
    kept = [*ARTICLE, *[False] * gap, *[True] * island]
    texts = [label or str(i) if 10 <= i < 10 + gap else str(i) for i in range(len(kept))]
    return islands(texts, kept, [words] * len(kept), [6.0] * (10 + gap) + [odds] * island)


def test_an_island_that_is_doubted_goes() -> None:
    assert found(6, 3, 0.5) == [16, 17, 18]


@pytest.mark.parametrize(
    ("gap", "count", "odds"),
    [(5, 3, 0.5), (6, 5, 0.5), (6, 3, 2.0)],
    ids=["near", "five paragraphs", "sure"],
)
def test_what_may_be_the_article_going_on_stays(gap: int, count: int, odds: float) -> None:
    assert found(gap, count, odds) == []


def test_five_short_lines_are_no_paragraphs() -> None:
    assert found(6, 5, 0.5, words=8) == [16, 17, 18, 19, 20]


def test_labels_that_a_page_repeats_set_nothing_apart() -> None:
    assert found(9, 3, 0.5, label="Article content") == []


def test_what_stands_above_the_article_is_no_island() -> None:
    kept = [True, *[False] * 8, *ARTICLE]
    assert islands([str(i) for i in range(19)], kept, [30] * 19, [0.5] * 19) == []


def test_the_mean_is_that_of_words() -> None:
    kept = [*ARTICLE, *[False] * 6, True, True]
    texts, words = [str(i) for i in range(18)], [30] * 16 + [40, 4]
    assert islands(texts, kept, words, [6.0] * 16 + [2.0, -1.0]) == []
    assert islands(texts, kept, words, [6.0] * 16 + [1.0, 5.0]) == [16, 17]


def test_where_nothing_is_kept_there_is_none() -> None:
    assert islands(["a", "b", "c"], [False] * 3, [3] * 3, [0.0] * 3) == []
    assert islands([], [], [], []) == []
