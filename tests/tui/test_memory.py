"""What is asked of the C library may be asked anywhere."""

from __future__ import annotations

import ctypes

import pytest

from tui import memory


@pytest.fixture(autouse=True)
def asked_anew() -> None:
    memory._libc.cache_clear()


def test_where_there_is_another_c_library_nothing_is_asked_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def other(name: object) -> object:
        asked.append(name)
        return object()

    monkeypatch.setattr(ctypes, "CDLL", other)
    memory.keep_together()
    memory.give_back()
    assert asked == [None]


def test_where_there_is_none_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_: object) -> None:
        raise TypeError("no library of that name")

    monkeypatch.setattr(ctypes, "CDLL", none)
    memory.keep_together()
    memory.give_back()
    assert memory._libc() is None
