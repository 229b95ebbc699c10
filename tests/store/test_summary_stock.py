"""Our methods rank as sumy's own, where sumy's own give an answer."""

from __future__ import annotations

import math
import random
import tracemalloc
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from store.model import Head, Passage, Story, StoryId
from store.summary import SUMMARISERS, kl, lexrank, lsa, luhn, reduction, steps, sumbasic, textrank
from store.summary.budget import Budget
from store.summary.page import Page, prepared

NOUNS = (
    "envoy",
    "dam",
    "river",
    "pact",
    "Tarsia",
    "Vardania",
    "Orsk",
    "treaty",
    "farmers",
    "council",
    "water",
    "border",
)
VERBS = ("signed", "left", "measured", "closed", "joined", "refused")
SENTENCES = st.lists(
    st.tuples(st.lists(st.sampled_from(NOUNS), min_size=1, max_size=5), st.sampled_from(VERBS)).map(
        lambda drawn: f"The {' and the '.join(drawn[0])} {drawn[1]}."
    ),
    min_size=3,
    max_size=25,
    unique=True,
)


class ConvergedLexRank(LexRankSummarizer):  # type: ignore[misc]
    """sumy's own at our epsilon: at its own 0.1 it stops before its ranking has settled."""

    epsilon = lexrank.LexRank.epsilon


def page(sentences: list[str]) -> Page:
    return Page((Story(StoryId("a"), Head(""), tuple(Passage(text) for text in sentences)),))


def scored(kind: type[Any], document: Page) -> dict[str, float]:
    """What a summariser thinks of each sentence, got by asking it for all of them."""
    seen: dict[str, float] = {}

    def take(infos: Any) -> Any:
        seen.update({info.sentence.text: info.rating for info in infos})
        return infos

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # stock LSA warns of few words, and divides by nothing
        prepared(kind, document.lang)(document, take)
    return seen


@pytest.mark.parametrize(
    ("stock", "ours"),
    [
        (ConvergedLexRank, lexrank.LexRank),
        (TextRankSummarizer, textrank.TextRank),
        (LsaSummarizer, lsa.Lsa),
        (LuhnSummarizer, luhn.Luhn),
        (ReductionSummarizer, reduction.Reduction),
    ],
    ids=["lexrank", "textrank", "lsa", "luhn", "reduction"],
)
@settings(max_examples=60, deadline=None)
@given(sentences=SENTENCES)
def test_sentences_score_as_in_stock_sumy(stock: type[Any], ours: type[Any], sentences: list[str]) -> None:
    expected, got = scored(stock, page(sentences)), scored(ours, page(sentences))
    assume(not any(map(math.isnan, expected.values())))  # stock LexRank, where no sentence is like another
    assert got == pytest.approx(expected, abs=1e-5)


@dataclass(frozen=True)
class Watching(Budget):
    """A budget that remembers what each sentence was thought to be worth."""

    seen: list[float] = field(default_factory=list)

    def __call__(self, rated: Any) -> Any:
        self.seen.extend(float(info.rating[-1] if isinstance(info.rating, tuple) else info.rating) for info in rated)
        return super().__call__(rated)


WORDLESS = st.sampled_from(["***", "?!", "Да.", "外交部。", "a", "THE END", "2031.", "The the.", "قال الوزير."])


@pytest.mark.parametrize("method", [name for name in SUMMARISERS if name != "event"])
@settings(max_examples=80, deadline=None)
@given(texts=st.lists(st.text(max_size=30) | WORDLESS, max_size=6))
def test_every_rating_is_a_number(method: str, texts: list[str]) -> None:
    document, budget = page(texts), Watching(2)
    if document.sentences:
        SUMMARISERS[method](document.lang)(document, budget)  # a warning of numpy's is an error here
    assert len(budget.seen) >= len(document.sentences)
    assert all(map(math.isfinite, budget.seen))


SAMPLES = sorted((Path(__file__).parents[2] / "store" / "samples" / "stories").iterdir())


@pytest.mark.parametrize(
    ("stock", "ours"),
    [
        (ConvergedLexRank, lexrank.LexRank),
        (TextRankSummarizer, textrank.TextRank),
        (KLSummarizer, kl.Kl),
        (SumBasicSummarizer, sumbasic.SumBasic),
        (ReductionSummarizer, reduction.Reduction),
    ],
    ids=["lexrank", "textrank", "kl", "sumbasic", "reduction"],
)
def test_the_sentences_are_those_of_stock_sumy_on_every_sample(stock: type[Any], ours: type[Any]) -> None:
    read = 0
    for path in SAMPLES:
        document = page([line for line in path.read_text("utf-8", "replace").splitlines() if line.strip()])
        if len(set(document.sentences)) < len(document.sentences):
            continue  # stock sumy has one rating for two equal sentences
        expected, got = (prepared(kind, document.lang)(document, 3) for kind in (stock, ours))
        assert got == expected, path.name
        read += 1
    assert read > 40


def test_a_document_of_sumys_own_is_ranked_as_by_sumy() -> None:
    from sumy.parsers.plaintext import PlaintextParser

    from store.summary.page import Tokens

    text = "\n".join(path.read_text("utf-8", "replace") for path in SAMPLES[:2])
    document = PlaintextParser.from_string(text, Tokens("en")).document
    kinds: list[tuple[Any, Any]] = [(ConvergedLexRank, lexrank.LexRank), (TextRankSummarizer, textrank.TextRank)]
    for stock, ours in kinds:
        assert prepared(ours, "en")(document, 4) == prepared(stock, "en")(document, 4)


@pytest.mark.parametrize(
    ("kind", "most"), [(lexrank.LexRank, 15), (textrank.TextRank, 60)], ids=["lexrank", "textrank"]
)
def test_memory_is_flat_in_the_number_of_sentences(kind: type[Any], most: int) -> None:
    # a full matrix of 4,000 sentences takes 128 MB, a list of all pairs that share a word as much
    rng = random.Random(1)
    vocabulary = [f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{n}ing" for n in range(3_000)]
    weights = [1 / (rank + 10) for rank in range(len(vocabulary))]
    stems = [rng.choices(vocabulary, weights, k=15) for _ in range(4_000)]
    ranking: Any = prepared(kind, "en")
    tracemalloc.start()
    scores = ranking.scores(stems)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(scores) == 4_000
    assert peak < most * 2**20


@settings(max_examples=60, deadline=None)
@given(sentences=SENTENCES)
def test_sumbasic_takes_at_each_step_what_stock_sumy_thinks_most_of(sentences: list[str]) -> None:
    document = page(sentences)
    stock: Any = prepared(SumBasicSummarizer, document.lang)
    frequency = stock._compute_tf(document.sentences)
    words = {s.text: stock._get_content_words_in_sentence(s) for s in document.sentences}
    for text in _by_rating(scored(sumbasic.SumBasic, document)):
        worth = {other: stock._compute_average_probability_of_words(frequency, own) for other, own in words.items()}
        assert worth[text] == pytest.approx(max(worth.values()), rel=1e-9)
        stock._update_tf(frequency, words.pop(text))


@settings(max_examples=60, deadline=None)
@given(sentences=SENTENCES)
def test_kl_takes_at_each_step_what_stock_sumy_thinks_most_of(sentences: list[str]) -> None:
    document = page(sentences)
    stock: Any = prepared(KLSummarizer, document.lang)
    frequency = stock.compute_tf(document.sentences)
    words = {s.text: stock._get_content_words_in_sentence(s) for s in document.sentences}
    raw = {s.text: list(s.words) for s in document.sentences}
    told: list[str] = []
    for text in _by_rating(scored(kl.Kl, document)):
        far = {o: stock._kl_divergence(stock._joint_freq(own, told), frequency) for o, own in words.items()}
        assert far[text] == pytest.approx(min(far.values()), abs=1e-9)
        told += raw[text]
        del words[text]


def _by_rating(ratings: dict[str, float]) -> list[str]:
    return sorted(ratings, key=lambda text: -ratings[text])


def test_what_is_taken_after_the_last_step_stands_as_in_the_text() -> None:
    taken: list[int] = []
    size = steps.MOST_STEPS + 3
    ranks = steps.steps(size, lambda: np.arange(size, dtype=np.float64), taken.append)
    assert taken == list(range(size - 1, 2, -1))
    assert sorted(range(size), key=lambda number: -ranks[number]) == [*taken, 0, 1, 2]
