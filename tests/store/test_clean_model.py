"""The line model's machinery: smoothing, trees, and what it is fed. Quality is the gate's business."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.text import features, linemodel, measured, vocabulary
from store.text.clean import clean
from store.text.judge import runs
from store.text.measured import OWN, measure
from store.text.table import table
from store.text.together import Question


def total(answers: tuple[bool, ...], odds: list[float], cost: float) -> float:
    changes = sum(a != b for a, b in pairwise(answers))
    return sum(odd for odd, yes in zip(odds, answers, strict=True) if yes) - cost * changes


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(-5, 5).map(float), min_size=1, max_size=7), st.sampled_from([0.0, 0.3, 2.0]))
def test_the_runs_are_the_best_there_are(odds: list[float], cost: float) -> None:
    best = max(total(answers, odds, cost) for answers in product((True, False), repeat=len(odds)))
    assert total(tuple(runs(odds, cost)), odds, cost) == pytest.approx(best)


def test_a_doubtful_line_between_sure_ones_goes_with_them() -> None:
    assert runs([3.0, -0.4, 3.0], 0.5) == [True, True, True]
    assert runs([3.0, -0.4, 3.0], 0.1) == [True, False, True]


def test_trees_add_up_the_leaves_a_row_falls_into() -> None:
    leaf = np.inf
    trees = linemodel.trees(
        {
            "feature": np.array([1, 0, 0, 0, 1, 0]),
            "threshold": np.array([0.5, leaf, leaf, leaf, 0.55, leaf], np.float32),
            "children": np.array([1, 4, 1, 1, 2, 2, 3, 3, 5, 2, 5, 5]),
            "value": np.array([0.0, -1.0, 2.0, 0.25, 0.0, 7.0], np.float32),
            "roots": np.array([0, 3]),
            "depth": 2,
        }
    )
    rows = np.array([[9.0, 0.5], [9.0, 0.6], [9.0, 0.55]], np.float32)
    assert trees.odds(rows).tolist() == [-0.75, 2.25, 7.25]


def test_the_weights_ask_for_no_column_that_is_not_there() -> None:
    lines = table([measure("One line of text, and no more.")] * 3)
    weights = linemodel.weights()
    rows = features.context(lines, [True] * 3, features.lexical(lines, weights.words, weights.bias))
    again = features.again(rows, weights.looks[0].odds(rows), lines)
    for look, matrix in zip(weights.looks, (rows, again), strict=True):
        assert max(int(level.feature.max()) for level in look.levels) < matrix.shape[1]
        assert np.isfinite(matrix).all()


@pytest.mark.parametrize("lines", [[""], ["word"], ["", ""], ["x"] * 5000, ["12", "...", "—", "A.", "Ж" * 70_000]])
def test_every_line_gets_its_odds(lines: list[str]) -> None:
    odds = linemodel.odds([measure(line) for line in lines], [True] * len(lines))
    assert len(odds) == len(lines)
    assert np.isfinite(odds).all()


def test_blank_lines_everywhere_or_nowhere_make_no_difference() -> None:
    lines = [measure(text) for text in ("A heading", "A sentence that says something at length.", "More")]
    assert linemodel.odds(lines, [True] * 3) == linemodel.odds(lines, [True, False, False])


def test_a_long_text_of_several_articles_keeps_them_all() -> None:
    # Every paragraph differs: the same words over and over are what furniture looks like.
    names = ("Marren", "Kovel", "Ress", "Thorne", "Aldemar", "Brusk", "Tolmen", "Eskeld", "Ferrin", "Halpas", "Dorvil")
    deeds = ("reopen the crossing at Old Bridge", "pay for the dredging of the channel", "send the draft to parliament")
    paragraphs = [
        f"Minister {names[n % 11]} told reporters in the port of Selm on day {n} that his government, after talks with "
        f"{names[n * 7 % 11]} and {n + 3} other delegates, would {deeds[n % 3]} before the {n % 30 + 1}th of the month."
        for n in range(700)
    ]
    assert sum(p.kept for p in clean("\n\n".join(paragraphs)).passages) >= 690


def test_a_line_of_megabytes_and_a_text_of_many_lines_are_cleaned() -> None:
    endless = "The commission met again in the port of Selm, and nothing was agreed. " * 30_000
    assert sum(len(p.text) for p in clean(endless).passages) > 2_000_000
    assert len(clean("Read next\nFish prices fall in Selm\n" * 6_000).passages) == 12_000


@pytest.mark.parametrize(
    "line", ["Excellencies,", "Article 7", "18:42", "The persons listed here are these:", "a b c d e"]
)
def test_a_hundred_thousand_lines_of_a_kind_keep_their_places(line: str) -> None:
    passages = clean("\n".join([line] * 100_000)).passages
    assert len(passages) == 100_000
    assert {passage.text for passage in passages} == {line}


def test_a_line_has_as_many_numbers_as_the_model_was_told() -> None:
    line = measure("Anna Kovel opens the bridge in Selm on May 3, 2031. Supplied")
    assert table([line]).own.shape == (1, OWN)


def test_what_is_left_of_a_text_is_judged_as_if_it_stood_alone() -> None:
    texts = ("A heading", "A sentence that says something of the port.", "More", "A sentence that says more of Selm.")
    lines = [measure(text) for text in texts]
    left = [lines[1], lines[3]]
    reader = linemodel.Reader()
    reader.odds(lines, [True] * 4)
    assert reader.odds(left, [True] * 2) == linemodel.odds(left, [True] * 2)
    assert reader.odds(lines, [True] * 4) == linemodel.odds(lines, [True] * 4)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab7_ .-’'“”–é\t"), max_size=12))
def test_words_are_the_same_however_they_are_read(text: str) -> None:
    assert measured._words(text, unspaced=False) == measured._WORD.findall(text)


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("The bridge opens on May 3, 2031 in Selm", True),
        ("Selm, 3rd, 14 de marzo de 2031", True),
        ("Sept. 14th, 2031", True),
        ("3 May 2031.", True),
        ("14:07, in May 2031", False),
        ("3, 1931 or 2031", False),
    ],
)
def test_a_full_date_has_day_month_and_year(text: str, full: bool) -> None:
    assert measured._fully(text) is full


def test_texts_that_are_looked_at_together_get_the_odds_that_each_gets_alone() -> None:
    line = "Envoys of Vardania said in Selm that talks would go on. {}".format
    texts = [
        ["A heading", line("None of them left."), line("None of them left."), "Read next", "More:"],
        ["Share"],
        [line("The port stays shut."), "Read next", line("None of them left."), "A heading"] * 3,
        ["x"] * 40 + [line("The port stays shut.")],
    ]
    read = [[measure(text) for text in lines] for lines in texts]
    for blank in (lambda at: True, lambda at: False, lambda at: at % 3 == 0):
        asked = {n: Question(lines, [blank(at) for at in range(len(lines))]) for n, lines in enumerate(read)}
        reader = linemodel.Reader()
        for _ in range(2):
            found = reader.together(asked)
            assert list(found) == list(asked)
            for which, question in asked.items():
                assert found[which] == pytest.approx(linemodel.odds(*question), abs=1e-5)
            # What is left for the next pass: a text is settled, of others a line has gone.
            asked = {n: Question(lines[1:], gaps[1:]) for n, (lines, gaps) in asked.items() if n != 1}


def test_texts_without_lines_and_long_ones_are_looked_at_beside_others() -> None:
    long = [measure(f"Clause {n} binds both parties to the port of Selm, as the other {n} do.") for n in range(400)]
    some = [measure("A heading"), measure("A sentence that says something of the port.")]
    asked = {3: Question([], []), 5: Question(long, [True] * 400), 8: Question(some, [True] * 2)}
    found = linemodel.Reader().together(asked)
    assert found[3] == []
    assert found[5] == linemodel.odds(long, [True] * 400)
    assert found[8] == linemodel.odds(some, [True] * 2)


def test_words_of_a_line_are_counted_by_kind() -> None:
    words = vocabulary.read([("you", "and", "the", "harbour"), (), ("harbour", "harbour", "ferry", "said")])
    assert words.times(vocabulary.YOU).tolist() == [1, 0, 0]
    assert words.times(vocabulary.SPOKEN).tolist() == [0, 0, 1]
    owner, which = vocabulary.long_words(words, np.zeros(3, bool))
    assert owner.tolist() == [0, 2, 2]
    assert which[0] in which[1:]


def test_a_long_line_is_hashed_by_its_ends() -> None:
    first, middle, last = ([f"{part}{n}" for n in "abcdefghijklmnopqrstuvwx"] for part in "fml")
    whole, other, short = (tuple(words) for words in (first + middle + last, first + last + last, first + last[-12:]))
    made = [vocabulary.buckets(vocabulary.read([words]))[1].tolist() for words in (whole, other, short)]
    assert made[0] == made[1] != made[2]


def test_a_line_that_another_one_says_too_has_a_twin() -> None:
    quote = "“We have put it in writing, and both parliaments have the text.”"
    lines = [
        measure(text) for text in (quote, "The talks went on.", f"{quote} Marren told reporters in Selm on Monday.")
    ]
    twins = features._twins(table(lines))
    share, longer, below = twins[0]
    assert share == 1.0
    assert longer > 0 and below > 0
    assert twins[1].tolist() == [0.0, 0.0, 0.0]


def test_the_weights_say_where_they_come_from() -> None:
    told = linemodel.provenance()
    assert {"made", "data", "pages", "lines", "trees", "parameters", "cross-validated"} <= set(told)
    assert 0.5 < told["cross-validated"]["cont"]["f1"] <= 1.0


@pytest.mark.parametrize(
    "line", ["A" * 300, "Ab'" * 90, "(" + "A " * 140, "/A" * 100, "May " * 60, "«" * 250, "1.2" * 90]
)
def test_a_hostile_line_costs_no_more_than_its_length(line: str) -> None:
    # A pattern that backtracks would run for hours here, and the test's time would run out.
    assert np.isfinite(table([measure(line)]).own).all()
