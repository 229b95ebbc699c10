"""Sheets over the desk: filled by a headless command, followed, exported, closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.library import Library
from store.model import StoryId
from tests.tui import background
from tests.tui.fakes import Idle
from tests.tui.test_app import opened, settled, story_row
from tests.tui.test_glyphs import drawn
from tui import present
from tui.commands import BY_ID, key_names
from tui.desk import Row
from tui.pages import Block, Stop
from tui.screens.help import Help
from tui.screens.sheet import SheetScreen, foot
from tui.sheets import SHEETS
from tui.widgets.page import Page

NEAR = {
    "sentence": "It shares Solmark and 1.40 crowns with the nearest story.",
    "likeness": 0.42,
    "shared": [
        {"kind": "name", "text": "Solmark", "weight": 2.0, "stories": 4},
        {"kind": "number", "text": "1.40 crowns", "weight": 1.0, "stories": 2},
    ],
    "apart": [],
}


def texts(screen: SheetScreen) -> list[str]:
    return [block.text for block in screen.page._blocks]


def test_why_tells_that_a_story_was_placed_without_a_date() -> None:
    said = [
        any("no date of its own" in block.text for block in SHEETS["why"].blocks([{**NEAR, "inferred": inferred}], str))
        for inferred in (True, False)
    ]
    assert said == [True, False]


def test_why_is_laid_out_by_kind_heaviest_bar_longest() -> None:
    blocks = SHEETS["why"].blocks([{**NEAR, "other": "s2"}], lambda story: f"Harbour Post: {story}")
    lines = [(block.margin.strip(), block.text) for block in blocks if block.text]
    assert lines == [
        ("", NEAR["sentence"]),
        ("", "nearest story"),
        ("", "Harbour Post: s2  (42 % alike)"),
        ("", "shared names"),
        ("▪▪▪▪▪▪▪▪", "Solmark  2.0  in 4 stories"),
        ("", "shared numbers"),
        ("▪▪▪▪", "1.40 crowns  1.0"),
    ]
    assert [block.stop.story for block in blocks if block.stop] == ["s2"]


async def test_w_asks_the_command_and_enter_goes_to_the_story_it_names(sample_library: Library) -> None:
    work = Idle()
    async with opened(sample_library, work=work) as (app, pilot):
        app.desk.go(next(n for n, r in enumerate(app.desk.rows) if r.story and len(r.event.stories) > 1))
        assert app.desk.row is not None and app.desk.story is not None
        event, story = app.desk.row.event, app.desk.story.id
        other = next(s.id for s in event.stories if s.id != story)
        work.says = [{**NEAR, "other": other}]
        await pilot.press("w")
        await background.done(app)
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SheetScreen)
        assert work.ran[-1] == ("why", "--json", story)
        assert NEAR["sentence"] in texts(screen)
        await pilot.press("j", "enter")
        await settled(app, pilot)
        assert app.desk.story is not None and app.desk.story.id == other


async def test_w_on_an_events_row_names_the_story_it_is_about_and_takes_one_that_is_shown(
    sample_library: Library,
) -> None:
    work = Idle()
    async with opened(sample_library, work=work) as (app, pilot):
        number, row = next((n, r) for n, r in enumerate(app.desk.rows) if r.story is None and len(r.shown) > 2)
        app.desk.go(number)
        story = row.leading[0]
        work.says = [{**NEAR, "story": story.id}]
        await pilot.press("w")
        await background.done(app)
        await pilot.pause()
        assert isinstance(app.screen, SheetScreen) and story.head.title == row.event.headline
        assert work.ran[-1] == ("why", "--json", story.id)
        assert texts(app.screen)[0] == f"{present.source(story) or 'no outlet'}: {story.head.title}"
        assert story.head.title in str(app.screen.query_one("#sheet").border_title)
    shown = tuple(s for s in row.shown if s.head.title != row.event.headline)[:1]
    event_row = Row(row.event, shown=shown)
    why = SHEETS["why"]
    assert why.arguments is not None and why.arguments(event_row) == [shown[0].id]
    assert why.about(event_row) == shown[0].head.title


async def test_e_writes_the_sheet_and_escape_goes_back(sample_library: Library) -> None:
    work = Idle()
    async with opened(sample_library, work=work) as (app, pilot):
        story = story_row(app)
        await pilot.press("w")
        await background.done(app)
        await pilot.pause()
        assert texts(app.screen) == ["There is nothing to tell of this story."]  # type: ignore[arg-type]
        await pilot.press("e")
        await pilot.pause()
        work.says = [{"file": str(Path.home() / "why.md")}]
        await pilot.press("enter")
        await background.done(app)
        assert "Written to ~/why.md" in [toast.message for toast in app._notifications], "a sheet hides the status line"
        verb, *rest = work.ran[-1]
        assert (verb, rest[:3]) == ("why", ["--json", "--markdown", "-o"])
        assert Path(rest[3]).name.startswith("why-") and rest[4:] == [story]
        await pilot.press("escape")
        assert not isinstance(app.screen, SheetScreen)


async def test_a_complaint_of_the_command_is_shown_in_its_place(sample_library: Library) -> None:
    work = Idle()
    work.says = [{"complaint": "There is no story x"}]
    async with opened(sample_library, work=work) as (app, pilot):
        story_row(app)
        await pilot.press("w")
        await background.done(app)
        await pilot.pause()
        assert texts(app.screen) == ["There is no story x"]  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
@pytest.mark.parametrize("name", list(SHEETS))
async def test_each_sheet_fits_every_size_and_names_its_keys_whole(
    sample_library: Library, name: str, size: tuple[int, int]
) -> None:
    async with opened(sample_library, size=size) as (app, pilot):
        await pilot.press(BY_ID[name].keys[0])
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SheetScreen)
        frame = screen.query_one("#sheet")
        assert frame.region.right <= size[0] and frame.region.bottom <= size[1]
        assert (frame.region.width == size[0]) == (size[0] < 80)
        screen.show((Block("somewhere", "body", stop=Stop(StoryId("s1"))),))
        screen.can_narrow("speaker", {"a": (), "b": ()})
        foot = str(frame.border_subtitle)
        assert (
            foot
            == {
                120: "j k move · Space page · Enter goes there · f speaker · e exports · ? help · Esc closes",
                80: "Enter goes there · f speaker · e exports · ? help · Esc closes",
                60: "Enter goes there · f speaker · ? help · Esc closes",
            }[size[0]]
        )
        assert len(foot) <= frame.region.width - 4
        assert screen.page.scrollable_content_region.height >= size[1] // 2
        await pilot.press("e", "enter")
        await pilot.pause()
        assert app.screen is screen
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen_stack == [app.main]


async def test_a_sheet_is_there_at_once_and_escape_gives_up_what_is_still_read(sample_library: Library) -> None:
    work = Idle()
    work.waits = True
    async with opened(sample_library, work=work) as (app, pilot):
        story_row(app)
        await pilot.press("w")
        await pilot.pause()
        assert "Reading … Esc gives up" in drawn(app)
        reading = [w for w in app.workers if w.group == "sheet"]
        assert len(reading) == 1 and not reading[0].is_finished
        await pilot.press("escape")
        await background.done(app)
        assert reading[0].is_cancelled and app.screen is app.main
        assert work.made_ready, "for the next sheet"


@pytest.mark.parametrize("width", range(20, 130))
def test_the_foot_has_whole_keys_alone_and_the_way_out_and_the_help_first(width: int) -> None:
    told = foot(width, key_names(), "speaker").split(" · ")
    every = foot(1000, key_names(), "speaker").split(" · ")
    assert [entry for entry in every if entry in told] == told and len(every) == 8
    assert told[-2:] == ["? help", "Esc closes"] and len(" · ".join(told)) <= width
    assert "f speaker" not in foot(1000, key_names())
    assert "Enter goes there" in every and "Enter" not in foot(1000, key_names(), goes=False)


async def test_the_help_of_a_sheet_names_its_keys_first_and_leads_back_to_it(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        story_row(app)
        await pilot.press("w")
        await background.done(app)
        await pilot.pause()
        sheet = app.screen
        await pilot.press("?")
        await pilot.pause()
        assert isinstance(app.screen, Help)
        blocks = app.screen.query_one(Page)._blocks
        start = next(n for n, block in enumerate(blocks) if block.text == "Here, in the sheet")
        here = [(block.margin.split()[0], block.text) for block in blocks[start + 1 : start + 11]]
        assert ("e", "export this sheet to Markdown") in here and ("Esc", "back to the desk") in here
        assert blocks[start + 11].text == "" and "f" not in dict(here)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is sheet
