"""What is taken out of every text, and what must stay."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.text.characters import clean_characters, one_line


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\r\nb\rc\u2028d\u2029e\x85f\x0cg\x0bh", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("a\tb", "a\tb"),
        ("Talks\x1b]52;c;YQ==\x07 stall", "Talks stall"),
        ("\x1b[1;31mTalks\x1b[0m stall\x9b2J", "Talks stall"),
        ("\x1b]8;;http://selm.example\x1b\\Talks\x1b]8;;\x1b\\ stall", "Talks stall"),
        ("\x1bP1$r\x9cTalks\x1b(B \x1b7stall\x1b[?25l", "Talks stall"),
        ("\x1b]0;Talks\nstall [1m]", "Talks\nstall [1m]"),
        ("\x1b\x1b[31mTalks\x1b stall\x1b[", "Talks stall["),
        ("a\x00b\x7fc\x9bd\x08", "abcd"),
        ("\u202etxt.exe\u202c \u2066a\u2069\u200e\u200f\u061c", "txt.exe a"),
        ("diplo\u00admacy, zero\u200bwidth\u2060\ufeff", "diplomacy, zerowidth"),
        ("hidden\U000e0041\U000e007f", "hidden"),
        ("\ud800lone\udfff", "lone"),
        ("\ufdd0\ufffe\uffff\U0001fffe\U0010ffffnone", "none"),
        ("\u00a0«quoted» — “so”…", "\u00a0«quoted» — “so”…"),
    ],
)
def test_hostile_characters_go_and_others_stay(text: str, clean: str) -> None:
    assert clean_characters(text) == clean


@pytest.mark.parametrize("start", ["\x1b]", "\x1b[", "\x1b]0;" + "a" * 300, "\x9d", "\x1b"])
def test_sequences_without_end_cost_no_more_than_their_length(start: str) -> None:
    cleaned = clean_characters(start * 100_000)
    assert "\x1b" not in cleaned and "\x9d" not in cleaned
    assert clean_characters(cleaned) == cleaned


@pytest.mark.parametrize(
    "word",
    [
        "می\u200cشود",
        "خانه\u200cها",
        "क\u094d\u200dष",
        "ന\u0d4d\u200d",
        "ශ\u0dca\u200dරී",
        "👩\u200d👩\u200d👧",
        "❤\ufe0f\u200d🔥",
    ],
)
def test_joiners_stay_where_the_script_needs_them(word: str) -> None:
    assert clean_characters(f"{word} {word}") == f"{word} {word}"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("v\u200ci\u200do", "vio"),
        ("\u200dа\u200cб", "аб"),
        ("می\u200c شود", "می شود"),
        ("می\u200c\u200cشود", "می\u200cشود"),
        ("می\u200b\u200cشود", "می\u200cشود"),
    ],
)
def test_joiners_go_elsewhere_and_never_come_in_pairs(text: str, clean: str) -> None:
    assert clean_characters(text) == clean


def test_a_field_is_one_line() -> None:
    assert one_line(" Talks\r\n\u200b stall\t") == "Talks stall"


ALLOWED = {"\n", "\t"}
BIDI = set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
HOSTILE_LIKELY = st.sampled_from(sorted(BIDI) + list("\u200b\u200c\u200d\ufeff\x1b\r\n\x85\ud800aش👩क\u094d"))


@given(st.lists(st.one_of(HOSTILE_LIKELY, st.characters())).map("".join))
def test_no_control_surrogate_or_bidi_character_is_left_and_twice_is_once(text: str) -> None:
    clean = clean_characters(text)
    assert not [c for c in clean if unicodedata.category(c) in ("Cc", "Cs") and c not in ALLOWED]
    assert not BIDI & set(clean)
    assert clean_characters(clean) == clean
    clean.encode("utf-8")


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"])))
def test_letters_digits_punctuation_and_spaces_are_all_kept(text: str) -> None:
    assert clean_characters(text) == text
