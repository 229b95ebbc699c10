"""A set of numbers is a set, whatever it is kept in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.desk.numbers import Later, Numbers, both, either, flagged

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


def flags(numbers: list[int], size: int) -> bytearray:
    found = bytearray(size)
    for number in numbers:
        found[number] = 1
    return found


@given(NUMBERS, NUMBERS, st.integers(301, 400))
def test_by_flags_it_is_the_same_set(first: list[int], second: list[int], size: int) -> None:
    marked = flags(second, size)
    assert Numbers(first).has_flagged(marked) is set(first).issuperset(second)
    held = Numbers(first)
    held.add_flagged(marked)
    assert (list(held), len(held)) == (sorted({*first, *second}), len({*first, *second}))
    held = Numbers(first)
    held.keep_flagged(marked)
    assert (list(held), len(held)) == (sorted({*first} & {*second}), len({*first} & {*second}))
    assert held.has_flagged(bytearray(held.flags)) and Numbers(second).has_flagged(marked)
    assert list(flagged(first, marked)) == [n for n in first if n in set(second)]
    assert len(both(marked, b"")) == size == len(either(marked, b""))


def test_numbers_that_come_later_are_worked_out_once_when_they_are_looked_at() -> None:
    asked: list[int] = []

    def make() -> list[int]:
        asked.append(1)
        return [3, 1, 2]

    later = Later(2, make)
    assert (later.least, asked) == (2, [])
    assert (list(later[:2]), len(asked)) == ([3, 1], 1)
    assert (list(later), len(later), later[-1], list(later[1:]), len(asked)) == ([3, 1, 2], 3, 2, [1, 2], 2)
    known = Later(3, make, number=3)
    assert (len(known), len(asked)) == (3, 2)
