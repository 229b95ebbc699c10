"""A set of numbers is a set, whatever it is kept in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.desk.numbers import Numbers

NUMBERS = st.lists(st.integers(0, 300))


@given(NUMBERS, NUMBERS)
def test_it_holds_what_a_set_would(first: list[int], second: list[int]) -> None:
    held, like = Numbers(first), set(first)
    assert (list(held), len(held)) == (sorted(like), len(like))
    assert held.issuperset(second) is like.issuperset(second)
    assert list(held.among(second)) == [n for n in second if n in like]
    assert list(held.among(first)) == first
    assert (set(second) & held, set(second) - held) == (set(second) & like, set(second) - like)
    held ^= set(second)
    like ^= set(second)
    assert (list(held), len(held), 1000 in held) == (sorted(like), len(like), False)
    held.update(second)
    like.update(second)
    assert (list(held), len(held), bool(held)) == (sorted(like), len(like), bool(like))
    for number in second:
        held.discard(number)
    assert list(held) == sorted(like - set(second))
    held.clear()
    assert (list(held), len(held)) == ([], 0)
