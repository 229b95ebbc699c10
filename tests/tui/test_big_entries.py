"""Entries of hundreds of stories: no more of them is read at once than the screen shows next."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from store.library import Shelved, Skeleton
from store.model import Event
from tests.tui.fakes import MemoryMarks, event
from tui.desk import Layout, Order
from tui.desk import plan as plans
from tui.desk.plan import PAGE, Wanted
from tui.desk.shelf import MOST, Entries, Held


class Watched(Held):
    """Tells how many entries are asked for at once, and of how many the pages are."""

    def __init__(self, events: Sequence[Event]) -> None:
        super().__init__(events)
        self.asked: list[list[int]] = []
        self.pages: list[int] = []

    def shelved(self, layout: Layout, units: Sequence[int]) -> dict[int, Shelved]:
        self.asked.append(list(units))
        return super().shelved(layout, units)

    def page(self, layout: Layout, order: Order, *, near: str | None, size: int) -> Skeleton:
        self.pages.append(size)
        whole = self.skeleton(layout, order)
        return Skeleton(
            whole.units[:size],
            whole.starts[: size + 1],
            whole.members[: whole.starts[min(size, len(whole.units))]],
            whole.columns[:size],
            whole.top,
            whole=False,
        )


def shelf(stories: int, events: int = 150) -> Watched:
    return Watched([event(f"e{n}", *(f"{n}-{m}" for m in range(stories))) for n in range(events)])


@pytest.mark.parametrize(("stories", "most"), [(1, 32), (10, MOST // 10), (2 * MOST, 1)])
def test_what_is_fetched_at_once_has_about_a_screen_of_stories(stories: int, most: int) -> None:
    source = shelf(stories, 60)
    entries = Entries(source, Layout.EVENTS, source.skeleton(Layout.EVENTS, Order.NEWEST))
    assert entries[30].event.id == "e30"
    assert len(source.asked) == 1
    assert len(source.asked[0]) == most
    assert entries[31].event.id == "e31"
    assert entries[0].event.id == "e0" and entries[59].event.id == "e59"


def test_a_page_of_big_entries_is_as_small_as_a_screen_allows() -> None:
    source = shelf(40)
    plan = plans.make(source, MemoryMarks(), Wanted(order=Order.ORIGINS, page=True))
    assert source.pages == [PAGE // 20]
    assert len(plan.arrangement) >= PAGE


def test_a_page_of_small_entries_is_a_whole_one_in_any_order() -> None:
    for order in Order:
        source = shelf(1)
        plan = plans.make(source, MemoryMarks(), Wanted(order=order, page=True))
        assert source.pages[-1] == PAGE == len(plan.arrangement)
        assert not plan.arrangement.skeleton.whole
