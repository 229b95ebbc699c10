"""The numbers behind the list say what a plain list of rows would say, whatever is folded, filtered or marked."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from store.archive.skeleton import build
from tui.desk.arrangement import DISMISSED, READ, Arrangement

WIDTH = 20

sizes = st.lists(st.integers(1, 5), min_size=1, max_size=700).flatmap(
    lambda some: st.tuples(st.just(some), st.randoms(use_true_random=False))
)


def plain(made: Arrangement) -> list[tuple[int, int, int]]:
    """(entry, place in it, height) of every row."""
    rows = []
    for k in range(len(made.skeleton.units)):
        shown = made.shown(k)
        if not shown:
            continue
        rows.append((k, 0, 2 if made.skeleton.columns[k] <= WIDTH else 3))
        if made.size(k) > 1 and k not in made.folded:
            rows += [(k, j, 1) for j in range(1, len(shown) + 1)]
    return rows


def check(made: Arrangement) -> None:
    rows = plain(made)
    assert len(made) == len(rows)
    line = 0
    for number, (k, j, height) in enumerate(rows):
        assert made.at(number) == (k, j)
        assert made.line_of(number) == line
        assert made.row_at_line(line) == made.row_at_line(line + height - 1) == number
        line += height
    assert made.lines == made.line_of(len(rows)) == line
    for k in range(len(made.skeleton.units)):
        assert bool(made.fresh[k]) == any(not made.flags[n] & READ for n in made.shown(k))


@settings(max_examples=60, deadline=None)
@given(sizes, st.booleans())
def test_rows_and_lines_are_those_of_a_plain_list(drawn: tuple[list[int], object], filtered: bool) -> None:
    many, chance = drawn
    rows, n = [], 0
    for unit, size in enumerate(many):
        columns = chance.randint(1, 60)  # type: ignore[attr-defined]
        for _ in range(size):
            n += 1
            rows.append((unit + 7, columns, n))
    skeleton = build(rows, n, whole=True)
    flags = bytearray(chance.choice([0, 0, 0, READ, DISMISSED]) for _ in range(n + 1))  # type: ignore[attr-defined]
    share = chance.choice([0.02, 0.9])  # type: ignore[attr-defined]
    fits = bytearray(chance.random() < share for _ in range(n + 1)) if filtered else None  # type: ignore[attr-defined]
    folded = {unit + 7 for unit in range(len(many)) if chance.random() < 0.2}  # type: ignore[attr-defined]
    made = Arrangement(skeleton, flags, fits, folded)
    made.measure(WIDTH)
    check(made)
    others = Arrangement(skeleton, flags, fits, folded, all_folded=True)
    assert others.folded == set(range(len(many))) - made.folded
    other = others.under(fits, hides=others.hides)
    other.measure(WIDTH)
    check(other)
    for _ in range(5):
        story = chance.randint(1, n)  # type: ignore[attr-defined]
        made.flag(story, flags[story] ^ chance.choice([READ, DISMISSED]))  # type: ignore[attr-defined]
        assert made.count_flagged(bool) == len(flags) - flags.count(0)
        assert made.count_flagged(lambda held: bool(held & READ)) == sum(bool(held & READ) for held in flags)
        k = made.rank(story)
        assert k is not None
        made.change([k])
    made.fold({k for k in range(len(many)) if chance.random() < 0.3})  # type: ignore[attr-defined]
    check(made)
    for folds in (made.folded, (), range(len(many))):
        made.fold(folds)
        first, last = sorted((chance.randrange(len(made) + 1), chance.randrange(len(made) + 1)))  # type: ignore[attr-defined]
        expected: list[int] = []
        for k, j, _ in plain(made)[first : last + 1]:
            shown = made.shown(k)
            expected += [shown[j - 1]] if j else [] if made.extra[k] else shown
        assert made.stories(first, last) == expected
