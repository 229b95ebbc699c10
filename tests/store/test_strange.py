"""A pipe, a socket or a device in the place of a file is refused at once, by whoever opens the library, and set aside
by a repair: nobody waits for it."""

from __future__ import annotations

import os
import shutil
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store import backup, soundness
from store.config import Settings
from store.errors import LibraryError
from store.library import Library
from store.marks import Marks
from tests.store.libraries import held, make

NOW = datetime(2031, 5, 10, tzinfo=UTC)
FILES = (
    *("archive.sqlite3", "archive.sqlite3-wal", "archive.sqlite3-shm", "archive.sqlite3-end", "groups.index"),
    *("marks.json", "marks.json.bak", "marks.json.tmp", "marks.journal", "marks.journal.bak", "marks.end"),
    *("marks.history", "marks.lock", "desk.lock", "session.json"),
)

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", FILES)
def test_a_pipe_in_the_place_of_a_file_is_refused_at_once_and_set_aside(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "library"
    make(folder)
    assert backup.make(folder, tmp_path / "kept.zip", settings=None, now=NOW).marked
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    told = rf"{name} is a pipe, where a file of the library belongs; .*check --repair` sets it aside"
    for opening in (
        lambda: Library.open(folder, Settings()),
        lambda: Marks.restore(folder, use_backup=True),
        lambda: backup.make(folder, tmp_path / "other.zip", settings=None, now=NOW),
        lambda: backup.restore(folder, tmp_path / "kept.zip", settings=None, now=NOW),
    ):
        with pytest.raises(LibraryError, match=told):
            opening()
    (checked,) = soundness.check(folder)
    assert checked.problems == (f"{name} is a pipe, where a file of the library belongs",)
    done = [*soundness.repair(folder, Settings(), (checked,), now=NOW)]
    assert f"{name} is a pipe; it was set aside as strange-20310510T000000Z-{name}." in done
    assert (folder / f"strange-20310510T000000Z-{name}").is_fifo()
    backup.restore(folder, tmp_path / "kept.zip", settings=None, now=NOW)
    assert len(held(folder)[0]) == 3


def test_a_socket_and_a_link_to_a_device_are_told_for_what_they_are(tmp_path: Path) -> None:
    make(tmp_path)
    shutil.move(tmp_path / "marks.journal", tmp_path / "elsewhere")
    with socket.socket(socket.AF_UNIX) as bound:
        here = Path.cwd()
        os.chdir(tmp_path)  # a socket's path is short
        try:
            bound.bind("marks.journal")
        finally:
            os.chdir(here)
    with pytest.raises(LibraryError, match=r"marks\.journal is a socket"):
        Library.open(tmp_path, Settings())
    (tmp_path / "marks.journal").unlink()
    (tmp_path / "marks.journal").symlink_to("/dev/zero")
    with pytest.raises(LibraryError, match=r"marks\.journal is a device"):
        Library.open(tmp_path, Settings())


def test_a_folder_in_the_place_of_the_lock_is_told_with_what_to_do(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "marks.lock").unlink(missing_ok=True)
    (tmp_path / "marks.lock").mkdir()
    with Marks.open(tmp_path) as marks, pytest.raises(LibraryError, match=r"marks\.lock is a folder.*check --repair"):
        marks.checkpoint()
