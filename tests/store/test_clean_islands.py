"""Doubted sentences below an article are let go where much, or a closing line, stands between; near ones, many ones,
sure ones stay."""

from __future__ import annotations

import pytest

from store.text.islands import islands

ARTICLE = 10  # lines


def found(
    between: list[str], island: int, odds: float, *, words: int = 30, reason: str = "", below: int = 0
) -> list[int]:
    """What goes of an island below lines that are dropped, the last of them for reason; below: lines of the article
    that follow it."""
    texts = [
        *(f"paragraph {i}" for i in range(ARTICLE)),
        *between,
        *(f"comment {i}" for i in range(island)),
        *(f"more {i}" for i in range(below)),
    ]
    dropped = range(ARTICLE, ARTICLE + len(between))
    return islands(
        texts,
        [i not in dropped for i in range(len(texts))],
        words=[words] * len(texts),
        weighed=[6.0] * dropped.stop + [odds] * island + [6.0] * below,
        reasons=[reason if i == dropped.stop - 1 else "" for i in range(len(texts))],
    )


def links(count: int) -> list[str]:
    return [f"link {i}" for i in range(count)]


def test_an_island_that_is_doubted_goes() -> None:
    assert found(links(6), 3, 0.5) == [16, 17, 18]


@pytest.mark.parametrize(
    ("gap", "count", "odds"),
    [(5, 3, 0.5), (6, 5, 0.5), (6, 3, 2.0)],
    ids=["near", "five paragraphs", "sure"],
)
def test_what_may_be_the_article_going_on_stays(gap: int, count: int, odds: float) -> None:
    assert found(links(gap), count, odds) == []


def test_five_short_lines_are_no_paragraphs() -> None:
    assert found(links(6), 5, 0.5, words=8) == [16, 17, 18, 19, 20]


def test_labels_that_a_page_repeats_set_nothing_apart() -> None:
    assert found(["Article content"] * 9, 3, 0.5) == []


@pytest.mark.parametrize("reason", ["share prompt", "comment prompt", "copyright"])
def test_what_follows_a_closing_line_goes_however_long_it_is(reason: str) -> None:
    assert found(["closing"], 4, 1.5, reason=reason) == [11, 12, 13, 14]
    assert found(["closing"], 4, 3.0, reason=reason) == []


def test_a_line_that_closes_nothing_sets_nothing_apart() -> None:
    assert found(["subscribe"], 3, 0.5, reason="newsletter") == []


def test_a_share_prompt_in_the_first_half_closes_nothing() -> None:
    assert found(["closing"], 3, 0.5, reason="share prompt", below=12) == []


def test_a_closing_line_with_much_of_the_article_below_it_closes_nothing() -> None:
    assert found(["closing"], ARTICLE - 2, 1.5, reason="share prompt") == []


def test_the_longest_stretch_is_the_article_however_much_it_is_doubted() -> None:
    kept = [*[True] * 3, *[False] * 6, True]
    odds = [*[0.5] * 9, 6.0]
    assert islands([str(i) for i in range(10)], kept, words=[30] * 10, weighed=odds, reasons=[""] * 10) == []


def test_what_stands_above_the_article_is_no_island() -> None:
    kept = [True, *[False] * 8, *[True] * ARTICLE]
    texts = [str(i) for i in range(19)]
    assert islands(texts, kept, words=[30] * 19, weighed=[0.5] * 19, reasons=[""] * 19) == []


def test_the_mean_is_that_of_words() -> None:
    texts, words = [str(i) for i in range(18)], [30] * 16 + [40, 4]
    kept = [*[True] * ARTICLE, *[False] * 6, True, True]
    high, low = [6.0] * 16 + [2.0, -1.0], [6.0] * 16 + [0.5, 5.0]
    assert islands(texts, kept, words=words, weighed=high, reasons=[""] * 18) == []
    assert islands(texts, kept, words=words, weighed=low, reasons=[""] * 18) == [16, 17]


def test_where_nothing_is_kept_there_is_none() -> None:
    said = ["share prompt"] * 3
    assert islands(["a", "b", "c"], [False] * 3, words=[3] * 3, weighed=[0.0] * 3, reasons=said) == []
    assert islands([], [], words=[], weighed=[], reasons=[]) == []
