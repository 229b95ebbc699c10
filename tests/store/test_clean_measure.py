"""The gate's measure itself."""

from __future__ import annotations

import pytest

from tests.gate.clean_measure import compare

WORDS = "one two three four five six seven eight"


def test_the_same_words_score_one_whatever_the_lines() -> None:
    assert compare(WORDS, WORDS.replace(" five", "\n\nfive,")) == (1.0, 1.0, 1.0)


def test_a_lost_half_costs_recall_and_not_precision() -> None:
    assert compare(WORDS, "one two three four five") == pytest.approx((1.0, 2 / 5, 0.0))


def test_a_line_too_many_costs_precision_and_not_recall() -> None:
    assert compare(WORDS, f"{WORDS} nine ten") == pytest.approx((5 / 7, 1.0, 0.0))


def test_nothing_for_something_scores_nothing() -> None:
    assert compare(WORDS, "") == (0.0, 0.0, 0.0)
