"""What is offered while a query is being typed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.query import complete, parse, span

VALUES = {
    "tag": ["gas", "transit gas", "grain"],
    "outlet": ["Harbour Post", "Kessaly Ledger", 'The "Bell"'],
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("out", ["outlet:", "outlets:"]),
        ("-OUT", ["outlet:", "outlets:"]),
        ("gas (outl", ["outlet:", "outlets:"]),
        ("tag:", ["tag:gas", 'tag:"transit gas"', "tag:grain"]),
        ("tag:ga", ["tag:gas", 'tag:"transit gas"']),
        ("-tag:gr", ["tag:grain"]),
        ('outlet:"har', ['outlet:"Harbour Post"']),
        ('outlet:"harbour p', ['outlet:"Harbour Post"']),
        ("outlet:ledger", ['outlet:"Kessaly Ledger"']),
        ("outlet:bell", []),
        ("is:st", ["is:starred"]),
        ("since:mon", ["since:monday"]),
        ("nonsense:x", []),
    ],
)
def test_completions_at_the_end(text: str, expected: list[str]) -> None:
    assert complete(text, len(text), VALUES) == expected


def test_completion_in_the_middle_replaces_that_word_alone() -> None:
    text = "grain -is:un since:2d"
    start, end = span(text, len("grain -is:un"))
    (only,) = [c for c in complete(text, len("grain -is:un"), VALUES) if c == "is:unread"]
    assert text[:start] + only + text[end:] == "grain -is:unread since:2d"


@given(st.sampled_from(["tag", "outlet"]), st.text(max_size=12))
def test_every_completion_offered_is_a_query(name: str, value: str) -> None:
    for offered in complete(f"{name}:", len(name) + 1, {name: [value]}):
        if value.strip():
            assert parse(offered, today=date(2025, 4, 16)).fields_used == (name,)


@given(st.text(max_size=40), st.integers(min_value=0, max_value=40))
def test_the_span_stands_within_the_text(text: str, cursor: int) -> None:
    cursor = min(cursor, len(text))
    start, end = span(text, cursor)
    assert 0 <= start <= cursor <= end <= len(text)
