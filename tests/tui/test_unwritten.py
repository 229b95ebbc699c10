"""A disk that takes no more under an open desk: told at once, held at the door, written when there is room again."""

from __future__ import annotations

import asyncio
import errno
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from filelock import FileLock
from textual.pilot import Pilot

from store.config import Settings
from store.library import Library
from store.marks import Marks, journal
from tests.tui.test_app import opened, settled, story_row
from tui.app import DiploApp

TOP = "NOT ON THE DISK: 1 act "


@contextmanager
def full_disk() -> Iterator[None]:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal, "append", refuse)
        yield


async def starred(app: DiploApp, pilot: Pilot[None]) -> None:
    story_row(app)
    await pilot.press("s")
    await settled(app, pilot)
    await app.listing.poll()
    await pilot.pause()


def toasts(app: DiploApp) -> list[str]:
    return [toast.message for toast in app._notifications]


def top(app: DiploApp) -> str:
    return str(app.main.top.content)


async def test_an_act_that_the_disk_does_not_take_is_told_at_once_and_as_long_as_it_lasts(
    sample_library: Library,
) -> None:
    async with opened(sample_library) as (app, pilot):
        with full_disk():
            await starred(app, pilot)
            assert "No space left on device. 1 act is in memory alone." in toasts(app)[-1]
            assert "without a restart" in toasts(app)[-1]
            assert TOP in top(app)
            await pilot.press("j")
            assert toasts(app) == []
            assert TOP in top(app)
            await pilot.press("s")
            await app.listing.poll()
            await pilot.pause()
            assert "2 acts are in memory alone" in toasts(app)[-1]
            assert "2 acts" in top(app)


async def test_with_room_again_what_was_done_is_written_and_told(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        with full_disk():
            await starred(app, pilot)
        await app.listing.poll()
        await pilot.pause()
        assert "NOT ON THE DISK" not in top(app)
        assert toasts(app) == []
        assert sample_library.marks.unwritten == 0
        await pilot.press("q")
        assert app._exit
    with Marks.open(sample_library.folder) as marks:
        assert sum(mark.starred for mark in marks.all().values()) == 1


async def test_the_first_quit_stays_with_what_is_not_written_and_the_second_leaves(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        with full_disk():
            await starred(app, pilot)
            await pilot.press("q")
            await app.workers.wait_for_complete(w for w in app.workers if w.group == "leave")
            await pilot.pause()
            assert not app._exit
            assert "press q again to leave and lose it" in toasts(app)[-1]
            await pilot.press("j", "s")
            await app.listing.poll()
            await pilot.pause()
            await pilot.press("q")  # for another act: asked anew
            await app.workers.wait_for_complete(w for w in app.workers if w.group == "leave")
            await pilot.pause()
            assert not app._exit
            await pilot.press("q")
            assert app._exit


async def test_a_quit_right_behind_an_act_on_a_full_disk_stays_too(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        with full_disk():
            story_row(app)
            await pilot.press("s", "q")
            await app.workers.wait_for_complete(w for w in app.workers if w.group == "leave")
            await pilot.pause()
            assert not app._exit
            assert TOP in top(app)


async def told(app: DiploApp, pilot: Pilot[None]) -> None:
    for _ in range(500):
        await pilot.pause()
        if app.unwritten.acts:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the desk does not tell")


@pytest.mark.parametrize(("seen", "behind"), [(0.0, " · everything is written to the disk again"), (1000.0, "")])
async def test_a_library_that_another_program_holds_is_told_behind_the_key_and_not_first_by_who_polls(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch, seen: float, behind: str
) -> None:
    monkeypatch.setattr("tui.unwritten.SEEN_SECONDS", seen)
    monkeypatch.setattr("tui.starting.POLL_SECONDS", 1000)
    async with opened(sample_library) as (app, pilot):
        with FileLock(sample_library.folder / "marks.lock"):
            story_row(app)
            await pilot.press("s")
            assert sample_library.marks.unwritten == 1  # the key is answered all the same
            await told(app, pilot)
            assert TOP in top(app)
            assert "Another program has the marks in" in toasts(app)[-1]
            assert "locked. 1 act is in memory alone. It is tried again" in toasts(app)[-1]
            assert app._said.startswith("Not kept yet: Starred 1 story")
        await app.listing.poll()
        await pilot.pause()
        assert "NOT ON THE DISK" not in top(app)
        assert app._said == f"Starred 1 story · u takes it back{behind}"
        assert toasts(app) == []
    with Marks.open(sample_library.folder) as marks:
        assert sum(mark.starred for mark in marks.all().values()) == 1


async def test_what_an_act_did_is_not_lost_to_what_the_disk_does_with_the_one_before(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        with full_disk():
            await starred(app, pilot)
            await app.workers.wait_for_complete(w for w in app.workers if w.group == "unwritten")
        await pilot.press("u")
        app.notify("told in a toast")
        await app.listing.poll()
        await pilot.pause()
        assert app._said.startswith("Undone: starred 1 story")
        assert toasts(app) == ["told in a toast"]


@pytest.mark.parametrize(("patience", "alarmed"), [(1000.0, 0), (0.0, 1)])
async def test_a_disk_that_is_only_slow_is_told_when_it_takes_long(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch, patience: float, alarmed: int
) -> None:
    monkeypatch.setattr("tui.unwritten.SLOW_SECONDS", patience)
    async with opened(sample_library) as (app, pilot):
        story_row(app)
        with sample_library.marks._disk_guard:  # as who writes holds it
            await pilot.press("s")
            assert sample_library.marks.unwritten == 1
            await app.unwritten.look(0.01)
            await pilot.pause()
            assert app.unwritten.acts == alarmed
            assert ("NOT ON THE DISK" in top(app)) == bool(alarmed) == bool(toasts(app))
            assert app._said.startswith("Not kept yet: Starred 1 story" if alarmed else "Starred 1 story")
        await app.listing.poll()
        await pilot.pause()
        assert sample_library.marks.unwritten == 0
        assert app._said == "Starred 1 story · u takes it back"


async def test_what_is_written_at_once_is_told_as_it_always_was(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        await starred(app, pilot)
        await app.workers.wait_for_complete(w for w in app.workers if w.group == "unwritten")
        assert app._said.startswith("Starred 1 story")
        assert toasts(app) == []


async def test_a_key_behind_one_that_is_not_written_waits_for_no_lock(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting: list[str] = []
    acquire = FileLock.acquire

    def noted(lock: FileLock, timeout: float, **more: object) -> object:
        waiting.append(threading.current_thread().name)
        return acquire(lock, timeout=timeout, **more)  # type: ignore[arg-type]

    async with opened(sample_library) as (app, pilot):
        with FileLock(sample_library.folder / "marks.lock"):
            monkeypatch.setattr(FileLock, "acquire", noted)
            story_row(app)
            await pilot.press("s", "s", "s")
            await told(app, pilot)
            monkeypatch.undo()
        assert waiting
        assert threading.main_thread().name not in waiting


async def test_a_second_desk_marks_beside_the_first_and_holds_the_library_when_that_has_gone(
    sample_library: Library,
) -> None:
    second = Library.open(sample_library.folder, Settings(), desk=True)
    async with opened(second) as (app, pilot):
        assert "READ ONLY" not in top(app)
        story = story_row(app)
        await pilot.press("s")
        assert second.marks.get(story).starred
        second.marks.flush()
        assert story in sample_library.poll().marks
        sample_library.close()
        await app.listing.poll()
        assert not second.marks.beside
        await pilot.press("u")
        assert not second.marks.get(story).starred
    second.close()
