"""The foot of the desk at each width, and where toasts stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets._toast import Toast

from store.config import Settings
from store.library import Library
from tests.conftest import TODAY
from tests.tui.fakes import Idle
from tests.tui.test_app import opened, settled, story_row
from tui import palette
from tui.app import DiploApp
from tui.commands import TEXT
from tui.widgets.page import Page


@pytest.mark.parametrize(("size", "least"), [((120, 40), 8), ((80, 24), 8), ((60, 20), 6)])
async def test_no_key_of_the_footer_is_cut(sample_library: Library, size: tuple[int, int], least: int) -> None:
    async with opened(sample_library, size=size) as (app, pilot):
        await pilot.pause()
        line = str(app.main.foot.render())
        assert least <= len(app.main.foot.offers) <= 8
        assert app.main.foot.size.width == size[0] >= len(line)
        assert [line[o.start : o.end] for o in app.main.foot.offers] == [
            f"{o.name} {o.label}" for o in app.main.foot.offers
        ]


async def test_a_narrower_window_has_fewer_keys_and_a_wider_one_more(sample_library: Library) -> None:
    async with opened(sample_library, size=(120, 40)) as (app, pilot):
        many = len(app.main.foot.offers)
        await pilot.resize_terminal(44, 20)
        await pilot.pause(0.1)
        assert 0 < len(app.main.foot.offers) < many
        await pilot.resize_terminal(120, 40)
        await pilot.pause(0.1)
        assert len(app.main.foot.offers) == many


async def test_a_toast_does_not_lie_over_the_prompt(sample_library: Library) -> None:
    app = DiploApp(sample_library, Idle(), today=TODAY)
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        await settled(app, pilot)
        await pilot.press("/")
        app.warn("something long to be told " * 6)
        toasts: list[Toast] = []
        for _ in range(100):
            await pilot.pause(0.02)
            toasts = [t for t in app.screen.query(Toast) if t.region.height]
            if toasts:
                break
        assert toasts
        assert not any(t.region.overlaps(app.main.prompt.region) for t in toasts)


async def test_the_footer_tells_the_keys_of_the_pane(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        shown = {}
        for key, pane in (("1", "list"), ("2", "text"), ("3", "summary")):
            await pilot.press(key)
            await pilot.pause(0.1)
            shown[pane] = [offer.label for offer in app.main.foot.offers]
            assert 6 <= len(shown[pane]) <= 8
        assert "dismiss" in shown["list"] and "highlight" in shown["text"] and "longer" in shown["summary"]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_the_footer_tells_the_keys_that_matter_now_undo_among_them(
    sample_library: Library, size: tuple[int, int]
) -> None:
    async with opened(sample_library, size=size) as (app, pilot):

        async def shown() -> list[str]:
            await pilot.pause(0.1)
            labels = [offer.label for offer in app.main.foot.offers]
            assert 6 <= len(labels) <= 8
            return labels

        story_row(app)
        app.redraw()
        assert "undo" in await shown()
        await pilot.press("v")
        assert {"drop", "undo"} <= set(await shown())
        await pilot.press("escape")
        story_row(app)
        app.redraw()
        await settled(app, pilot)
        await pilot.press("2")
        assert {"undo", "highlight"} <= set(await shown())
        await pilot.press("v")
        await settled(app, pilot)
        assert {"undo", "extend", "leave"} <= set(await shown())
        await pilot.press("escape", "3")
        assert "go there" in await shown()


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_an_empty_library_offers_the_keys_that_do_something_there(tmp_path: Path, size: tuple[int, int]) -> None:
    library = Library.open(tmp_path / "library", Settings(), desk=True)
    app = DiploApp(library, Idle(), today=TODAY)
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.3)
        for pane in ("1", "2", "3"):
            await pilot.press(pane)
            await pilot.pause(0.1)
            assert [offer.name for offer in app.main.foot.offers] == ["a", "ctrl+x", "I", "?", "ctrl+p", "q"]
        await pilot.click(app.main.foot, offset=(app.main.foot.offers[0].start, 0))
        await pilot.pause(0.1)
        assert app.main.prompt.display
    library.close()


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_stories_that_come_while_a_line_is_asked_for_leave_no_foot_of_its_keys(
    sample_library: Library, tmp_path: Path, size: tuple[int, int]
) -> None:
    library = Library.open(tmp_path / "empty", Settings(), desk=True)
    app = DiploApp(library, Idle(), today=TODAY)
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.3)
        await pilot.press("a")
        assert app.main.empty
        app.desk.load(list(sample_library.events()))
        app.redraw()
        await pilot.pause(0.1)
        await pilot.press("escape")
        await pilot.pause(0.1)
        labels = [offer.label for offer in app.main.foot.offers]
        assert 6 <= len(labels) <= 8 and {"undo", "dismiss"} <= set(labels)
    library.close()


async def test_a_browser_is_offered_where_there_is_an_address(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        rows = list(app.desk.rows)
        without = next(n for n, row in enumerate(rows) if row.story and not row.story.head.url)
        with_one = next(n for n, row in enumerate(rows) if row.story and row.story.head.url)
        app.hands.focus_pane(TEXT)
        for number, offered in ((without, False), (with_one, True), (without, False)):
            app.desk.go(number)
            app.redraw()
            await pilot.pause(0.1)
            labels = [offer.label for offer in app.main.foot.offers]
            assert ("browser" in labels) == offered and "highlight" in labels


@pytest.mark.parametrize("columns", [120, 80, 60])
async def test_what_is_told_is_never_cut_by_what_matters_less(sample_library: Library, columns: int) -> None:
    async with opened(sample_library, size=(columns, 24)) as (app, pilot):
        story_row(app)
        await pilot.press("f", *"is:unread harbour OR straits", "enter")
        await settled(app, pilot)
        await pilot.press("*", "s")
        await pilot.pause()
        line = str(app.main.status.render())
        assert len(app._said) > 20
        assert f"  {app._said} " in line and len(line) <= columns
        assert line.startswith(f" {app.desk.cursor + 1}/")


async def test_help_begins_with_the_keys_of_the_pane(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        await pilot.press("3", "question_mark")
        await pilot.pause()
        page = app.screen.query_one(Page)
        texts = [block.text for block in page._blocks]
        assert texts[2:4] == ["Here, in the summary", "open the event or story; in the summary: jump to the sentence"]


async def test_the_list_is_as_wide_as_the_reader_makes_it_and_stays_so(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        before = app.main.rows.size.width
        await pilot.press(">", ">")
        await pilot.pause()
        assert app.main.rows.size.width > before
        await pilot.press(*"<<<<<<")
        await pilot.pause()
        narrow = app.main.rows.size.width
        assert narrow < before
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert app.main.rows.size.width >= 58
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert app.main.rows.size.width == narrow
        app.starting.remember()
    async with opened(sample_library) as (again, pilot):
        await pilot.pause()
        assert again.main.rows.size.width == narrow


async def test_the_edge_of_the_list_can_be_dragged(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        edge = app.main.text.region.x
        await pilot.mouse_down(app.main, offset=(edge, 10))
        await pilot.hover(app.main, offset=(60, 10))
        await pilot.mouse_up(app.main, offset=(60, 10))
        await pilot.pause()
        assert abs(app.main.text.region.x - 60) <= 1
        await pilot.hover(app.main, offset=(90, 10))
        assert abs(app.main.text.region.x - 60) <= 1


async def test_the_edge_of_the_summary_can_be_dragged_leaves_a_text_and_is_remembered(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        for to, stands in ((74, 74), (10, 62)):  # a fifth of the width is the text's, whatever is asked for
            edge = app.main.summary.region.x
            await pilot.mouse_down(app.main, offset=(edge, 10))
            await pilot.hover(app.main, offset=(to, 10))
            await pilot.mouse_up(app.main, offset=(to, 10))
            await pilot.pause()
            assert abs(app.main.summary.region.x - stands) <= 1
        assert app.main.text.size.width > 20
        await pilot.press("3", "<")
        await pilot.pause()
        narrower = app.main.summary.region.x
        assert narrower > 62
        app.starting.remember()
    async with opened(sample_library) as (again, pilot):
        await pilot.pause()
        assert again.main.summary.region.x == narrower


async def test_the_palette_finds_tags_and_outlets(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        app.desk.go(0)
        app.desk.set_tags(app.desk.targets, (), ("grain",))
        named = {c.title: c for c in palette.offers(app, palette.in_use(sample_library))}
        assert "Stories tagged grain" in named
        outlet = next(s.head.outlet for e in app.desk.events for s in e.stories if s.head.outlet)
        named[f"Stories of {outlet}"].callback()
        await settled(app, pilot)
        assert outlet and outlet in {s.head.outlet for s in app.desk.rows[0].event.stories}
        assert outlet in app.desk.filter
