"""Saved queries at the desk: kept under a name, listed with live counts, gone to, deleted, undone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import Input

from store.errors import InputError
from store.library import Library
from store.model import StoryId
from store.queries import Tally
from tests.conftest import TODAY
from tests.tui.test_app import opened, settled, story_row
from tui import palette, prompts
from tui.app import DiploApp
from tui.saved import SavedQueries


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    for _ in range(300):
        await pilot.pause()
        if holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came to that")


def section(app: DiploApp) -> list[str]:
    """The lines above the list."""
    return ["".join(piece.text for piece in line) for line in app.main.saved._lines]


def shown(app: DiploApp) -> set[StoryId]:
    return {s.id for row in app.desk.rows for s in row.stories}


async def test_the_filter_is_saved_listed_with_counts_and_gone_to_by_its_number(sample_library: Library) -> None:
    wanted = set(sample_library.archive.search_all("straits"))
    async with opened(sample_library) as (app, pilot):
        assert section(app) == [] and not app.main.saved.display
        await pilot.press("f", *"straits", "enter", "ctrl+s", *"sea ways", "enter")
        assert sample_library.queries() == {"sea-ways": "straits"}
        assert app._said == "Saved as @sea-ways · u takes it back"
        every = len(wanted)
        await until(pilot, lambda: f"{every} unread of {every}" in "".join(section(app)))
        assert section(app)[0].startswith("▌1 sea-ways")
        await pilot.press("F")
        await settled(app, pilot)
        assert len(shown(app)) > every and section(app)[0].startswith(" 1 sea-ways")
        await pilot.press("'")
        await settled(app, pilot)
        assert [o.word for o in app.main.prompt.offered] == ["sea-ways"]
        await pilot.press("1")
        await settled(app, pilot)
        assert app.desk.filter == "@sea-ways" and shown(app) == wanted
        assert not app.main.prompt.display


async def test_counts_follow_what_is_read_and_undone(sample_library: Library) -> None:
    sample_library.save_query("all", "is:unread OR is:read", today=TODAY)
    total = sample_library.archive.count()
    async with opened(sample_library) as (app, pilot):
        await until(pilot, lambda: f"{total} unread of {total}" in "".join(section(app)))
        story_row(app)
        await pilot.press("m")
        await until(pilot, lambda: f"{total - 1} unread of {total}" in "".join(section(app)))
        await pilot.press("u")
        await until(pilot, lambda: f"{total} unread of {total}" in "".join(section(app)))


async def test_a_query_is_deleted_and_undo_brings_it_back(sample_library: Library) -> None:
    sample_library.save_query("a", "straits", today=TODAY)
    sample_library.save_query("b", "grain", today=TODAY)
    async with opened(sample_library) as (app, pilot):
        await pilot.press("ctrl+k")
        await settled(app, pilot)
        await pilot.press("down", "down", "enter")
        await settled(app, pilot)
        assert list(sample_library.queries()) == ["a"] and app._said == "Deleted @b · u takes it back"
        await pilot.press("u")
        assert list(sample_library.queries()) == ["a", "b"]
        assert [line[:4] for line in section(app)] == [" 1 a", " 2 b"]


async def test_saving_under_a_name_again_replaces_and_undo_brings_the_old_back(sample_library: Library) -> None:
    sample_library.save_query("a", "straits", today=TODAY)
    async with opened(sample_library) as (app, pilot):
        await pilot.press("/", *"grain", "enter", "ctrl+s", "a", "enter")
        await settled(app, pilot)
        assert sample_library.queries() == {"a": "grain*"}, "as it was searched for: the last word may go on"
        await pilot.press("u")
        assert sample_library.queries() == {"a": "straits"}


async def test_what_cannot_be_saved_or_found_is_told(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        for key, told in (("'", "No query is saved"), ("ctrl+s", "Nothing to save"), ("ctrl+k", "No query is saved")):
            await pilot.press(key)
            assert told in app._said
        sample_library.save_query("straits", "straits", today=TODAY)
        await pilot.press("'", *"gra", "enter")
        await settled(app, pilot)
        assert any("There is no saved query @gra: there is @straits" in n.message for n in app._notifications)
        await pilot.press("'", "enter")
        await settled(app, pilot)
        assert [n.message for n in app._notifications] == [
            "No saved query was chosen: type its name or number, or choose one with ↓"
        ]
        await pilot.press("f", *"x @strait", "enter")
        await settled(app, pilot)
        asked = app.main.prompt.question
        assert asked is not None and asked.wrong == (2, 9) and "did you mean `@straits`?" in asked.error
        assert app.desk.filter == "" and app.main.prompt.query_one(Input).value == "x @strait"


async def test_names_are_completed_in_the_filter_line(sample_library: Library) -> None:
    sample_library.save_query("straits", "straits", today=TODAY)
    async with opened(sample_library) as (app, pilot):
        await pilot.press("f", *"is:unread @st")
        await settled(app, pilot)
        await pilot.press("tab", "enter")
        await settled(app, pilot)
        assert app.desk.filter == "is:unread @straits"
        assert shown(app) == set(sample_library.archive.search_all("straits"))


async def test_what_another_program_saves_is_listed(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        sample_library.save_query("straits", "straits", today=TODAY)  # as a poll would bring it
        await until(pilot, lambda: bool(section(app)))
        await pilot.click("#saved", offset=(6, 0))
        await settled(app, pilot)
        assert app.desk.filter == "@straits"


async def test_the_palette_finds_saved_queries(sample_library: Library) -> None:
    sample_library.save_query("straits", "straits", today=TODAY)
    async with opened(sample_library) as (app, pilot):
        found = {command.title: command for command in palette.offers(app, ())}
        found["Saved query @straits"].callback()
        await settled(app, pilot)
        assert shown(app) == set(sample_library.archive.search_all("straits"))


async def test_under_thirty_rows_all_share_one_line(sample_library: Library) -> None:
    for name in ("straits", "grain", "talks"):
        sample_library.save_query(name, name, today=TODAY)
    async with opened(sample_library, size=(80, 24)) as (app, pilot):
        await until(pilot, lambda: "●" in "".join(section(app)))
        (line,) = section(app)
        assert line.startswith(" 1 grain ●") and cell_len(line) <= app.main.saved.size.width
        assert app.main.rows.size.height > 15


@pytest.mark.parametrize("width", [12, 20, 34, 60])
@pytest.mark.parametrize("rows", [20, 40])
def test_no_line_is_wider_than_the_pane(sample_library: Library, width: int, rows: int) -> None:
    names = [f"a-rather-long-name-{n}" for n in range(20)]
    for name in names:
        sample_library.save_query(name, "straits", today=TODAY)
    saved = SavedQueries(sample_library, DiploApp(sample_library, None, today=TODAY).desk, today=TODAY)  # type: ignore[arg-type]
    saved.counts = {name: Tally(name, 12_345, 1_234) for name in names[1:]}
    lines = saved.lines(width, rows)
    assert len(lines) == (1 if rows < 30 else 5)
    assert all(sum(cell_len(p.text) for p in line) <= width for line in lines)
    assert saved.at(0, rows) == ("" if rows < 30 else names[0]) and saved.at(4, rows) == ""


@pytest.mark.parametrize(
    ("filter", "search", "query"),
    [("a", "b", "a b*"), ("a OR b", "c", "(a OR b) c*"), ("", "b", "b*"), ("a", "", "a"), ("", "", "")],
)
def test_filter_and_search_are_saved_as_one_query(
    sample_library: Library, filter: str, search: str, query: str
) -> None:
    desk = DiploApp(sample_library, None, today=TODAY).desk  # type: ignore[arg-type]
    desk.filter, desk.search = filter, search
    assert prompts.in_force(desk) == query


def test_a_saved_query_is_found_under_its_name_as_it_was_typed_its_beginning_and_its_number() -> None:
    known = ["straits", "my-gas"]
    assert [prompts.chosen_query(typed, known) for typed in ("my gas", "@my-gas", "MY", "2", "str")] == [
        *["my-gas"] * 4,
        "straits",
    ]
    with pytest.raises(InputError, match="No query is saved yet"):
        prompts.chosen_query("", [])
    with pytest.raises(InputError, match="did you mean @straits"):
        prompts.chosen_query("starits", known)
