"""Mending on a disk that fills in the middle: all is as it was, and mending again goes to the end."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from store import backup, soundness
from store.config import Settings
from store.errors import LibraryError, MarksDamaged
from store.marks import Marks
from tests.store.libraries import held, make, marked

NOW = datetime(2031, 5, 1, 10, 15)
NAMES = ("marks.json", "marks.json.bak", "marks.journal", "marks.journal.bak", "marks.history")


def restore(folder: Path) -> None:
    Marks.restore(folder, use_backup=True)


def empty(folder: Path) -> None:
    Marks.restore(folder, use_backup=False)


def repair(folder: Path) -> None:
    list(soundness.repair(folder, Settings(), soundness.check(folder), now=NOW))


def bring_back(folder: Path) -> None:
    backup.restore(folder, folder.parent / "kept.zip", settings=None, now=NOW)


def there(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in NAMES if (folder / name).exists()}


@pytest.mark.parametrize(
    ("damaged", "mend"),
    [
        ("marks.json", restore),
        ("marks.json", empty),
        ("marks.json", repair),
        ("marks.json.bak", repair),
        ("marks.history", repair),
        ("nothing", bring_back),
        ("marks.json", bring_back),
    ],
)
def test_what_was_renamed_comes_back_where_mending_cannot_be_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damaged: str, mend: Callable[[Path], None]
) -> None:
    folder = tmp_path / "library"
    make(folder)
    backup.make(folder, tmp_path / "kept.zip", settings=None, now=NOW)
    expected = held(folder)[:2]
    if mend is bring_back:
        with Marks.open(folder, desk=True) as marks:
            marks.apply(marked(9))
    if damaged != "nothing":
        file = folder / damaged
        file.write_bytes(b"damaged\n" + file.read_bytes()[8:])
    before, fsync = there(folder), os.fsync
    for room in range(100):
        left = iter(range(room))

        def filling(handle: int, left: object = left) -> None:
            if next(left, None) is None:  # type: ignore[call-overload]
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            fsync(handle)

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", filling)
            try:
                mend(folder)
            except MarksDamaged:
                raise
            except LibraryError as told:
                assert "No space left" in str(told)
            else:
                break
        now = there(folder)
        history = now.pop("marks.history"), before["marks.history"]
        assert history[0].startswith(history[1])
        assert now == {name: data for name, data in before.items() if name != "marks.history"}, room
        assert not list(folder.rglob("*.tmp"))
    else:
        raise AssertionError("mending never comes to its end")
    assert room > 1
    assert held(folder)[:2] == (({}, ()) if mend is empty else expected)
