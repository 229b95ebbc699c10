"""Sweeping: the collector works while the reader rests."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from store.library import Library
from tests.tui.test_app import opened
from tui import sweeping
from tui.sweeping import Sweeping


class Ring:
    """Garbage that only the collector finds."""

    alive = 0

    def __init__(self) -> None:
        self.own = self
        Ring.alive += 1

    def __del__(self) -> None:
        Ring.alive -= 1


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    now = [1000.0]
    monkeypatch.setattr(sweeping, "monotonic", lambda: now[0])
    Ring.alive = 0
    gc.collect()
    yield now
    gc.enable()
    gc.unfreeze()


def test_nothing_is_collected_between_two_keys_and_all_of_it_in_a_rest(clock: list[float]) -> None:
    sweep = Sweeping()
    sweep.begin()
    sweep.pressed()
    rings = sweeping.SOME
    for _ in range(rings):
        Ring()
    sweep.look()
    assert Ring.alive == rings
    clock[0] += sweeping.RESTED * 1.1
    sweep.look()
    assert Ring.alive == 0
    sweep.end()


def test_keys_without_end_do_not_keep_garbage_without_end(clock: list[float]) -> None:
    sweep = Sweeping()
    sweep.begin()
    for _ in range(sweeping.MANY + 100):
        Ring()
    sweep.pressed()
    sweep.look()
    assert Ring.alive == 0
    sweep.end()


def test_what_is_old_is_swept_once_in_a_long_rest(clock: list[float]) -> None:
    sweep = Sweeping()
    sweep.begin()
    ring: Ring | None = Ring()
    gc.collect()  # it is old now
    del ring
    clock[0] += sweeping.LONG_RESTED * 1.1
    gc.collect(1)
    assert Ring.alive == 1
    sweep.look()
    assert Ring.alive == 0
    sweep.end()


async def test_the_collector_is_as_it_was_when_the_desk_has_gone(sample_library: Library) -> None:
    assert gc.isenabled()
    async with opened(sample_library):
        assert not gc.isenabled()
    assert gc.isenabled()
