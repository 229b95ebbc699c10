"""What the desk tells can be read to its end, however narrow the terminal."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.widgets._toast import Toast

from store.config import Settings
from store.library import Library
from tests.conftest import TODAY
from tests.tui.fakes import Idle
from tests.tui.test_app import settled
from tui import present
from tui.app import DiploApp

FILE = "~/reviews/of-the-desk/2026/november/press-review-of-the-forty-seventh-week-for-the-whole-section.md"


def toasts(app: DiploApp) -> str:
    """All that stands on toasts, without the room and the frames."""
    strips = app.screen._compositor.render_strips()
    places = [toast.region for toast in app.screen.query(Toast)]
    lines = [strips[y].crop(place.x, place.right).text for place in places for y in range(place.y, place.bottom)]
    return "".join("".join(lines).replace("▌", "").split())


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_what_has_no_room_in_the_status_line_is_told_whole_all_the_same(
    sample_library: Library, size: tuple[int, int]
) -> None:
    app = DiploApp(sample_library, Idle(), today=TODAY)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settled(app, pilot)
        app.say("Starred 1 story")
        assert app._said == "Starred 1 story" not in [toast.message for toast in app._notifications]
        app.say(f"Exported 12 stories to {FILE}")
        await pilot.pause(0.1)
        assert "".join(f"Exported 12 stories to {FILE}".split()) in toasts(app)


async def test_why_a_desk_is_read_only_is_told_whole_at_sixty_columns(
    sample_library: Library, sample_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    other = Library.open(sample_folder, Settings(), desk=True)
    assert other.marks.read_only
    app = DiploApp(other, Idle(), today=TODAY)
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        await settled(app, pilot)
        await pilot.pause(0.1)
        assert "".join(f"Read-only: {other.marks.why_read_only}".split()) in toasts(app)
    other.close()


def test_an_export_into_the_home_folder_is_told_with_a_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/desk")
    inside = {"written": 3, "asked": 3, "file": "/home/desk/reviews/week.md"}
    assert present.exported(inside) == "Exported 3 stories to ~/reviews/week.md"
    assert present.exported({**inside, "written": 1, "asked": 1}) == "Exported 1 story to ~/reviews/week.md"
    assert present.exported({**inside, "file": "/srv/week.md"}) == "Exported 3 stories to /srv/week.md"


async def test_what_was_told_goes_with_the_next_key_that_does_something(sample_library: Library) -> None:
    app = DiploApp(sample_library, Idle(), today=TODAY)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(app, pilot)
        await pilot.press("j", "(")
        assert "selected · Esc drops them" in app._said
        await pilot.press("escape")
        assert not app.desk.selected and app._said == ""
        await pilot.press("s", "j")
        assert app._said.startswith("Starred"), "a step in the list leaves it to be read"
        await pilot.press("v")
        assert app._said == ""


async def test_where_nothing_is_above_or_below_that_is_what_is_said(sample_library: Library) -> None:
    app = DiploApp(sample_library, Idle(), today=TODAY)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(app, pilot)
        await pilot.press("(")
        assert app._said == "No story is above this row" and not app.desk.selected
        await pilot.press("G", ")")
        assert app._said == "No story is below this row" and not app.desk.selected
        await pilot.press("(")
        assert "selected" in app._said
