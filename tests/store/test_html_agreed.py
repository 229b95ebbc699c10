"""Where the block model keeps little of what the extractor took, what it only doubts stands if both have seen it."""

from __future__ import annotations

from store.text.html.article import agreed
from store.text.html.blocks import Block
from store.text.html.words import own

TEXTS = (
    "Vardania reopened its border with Orlesia after four hours of talks in the capital.",
    "Both sides agreed to set up a commission of engineers before the summer begins.",
    "Trade between the two neighbours fell by a third after the crossing was closed.",
)
SEEN = [own(Block(text, 0, 0, 0, 0, 0)) for text in TEXTS]


def test_a_doubted_paragraph_stands_where_the_extractor_took_it_and_little_else_is_kept() -> None:
    assert agreed([4.0, -1.0, -1.0], SEEN, "\n".join(TEXTS[:2])) == [True, True, False]


def test_a_paragraph_that_the_model_rules_out_stays_out_whatever_the_extractor_says() -> None:
    assert agreed([4.0, -3.0, 4.0], SEEN, "\n".join(TEXTS)) == [True, False, True]


def test_where_the_model_keeps_as_much_as_the_extractor_its_word_stands() -> None:
    assert agreed([4.0, -1.0, 4.0], SEEN, TEXTS[1]) == [True, False, True]


def test_where_nobody_asked_the_extractor_the_model_s_word_stands() -> None:
    assert agreed([4.0, -1.0, 0.0], SEEN, None) == [True, False, True]
