"""Roles can be read: on every theme, on and off the cursor's row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.color import Color

from store.model import StoryId
from tui.contrast import LEAST_CONTRAST, contrast, legible
from tui.pages import Block, Stop
from tui.widgets.lines import ROLES
from tui.widgets.page import END, Page


class OnePage(App[None]):
    CSS_PATH = "../../tui/style.tcss"

    def compose(self) -> ComposeResult:
        yield Page(id="text")


async def test_every_role_can_be_read_in_every_theme() -> None:
    app = OnePage()
    too_faint = []
    async with app.run_test(size=(80, 24)) as pilot:
        page = app.query_one(Page)
        for theme in sorted(app.available_themes):
            app.theme = theme
            await pilot.pause()
            if app.native_ansi_color:
                continue
            for under in ("", "cursor", "cursor-away"):
                for role in ROLES:
                    style = page.rich_style + page.role_style(under) + page.role_style(role, under)
                    assert style.color is not None and style.bgcolor is not None
                    ratio = contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))
                    if ratio < LEAST_CONTRAST:
                        too_faint.append((theme, role, under, round(ratio, 2)))
    assert too_faint == []


async def test_in_the_terminals_own_colours_the_cursor_is_told_by_more_than_colour() -> None:
    app = OnePage()
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = "ansi-dark"
        await pilot.pause()
        page = app.query_one(Page)
        assert page.role_style("cursor").reverse
        assert page.role_style("read").dim


def test_contrast_is_that_of_the_standard() -> None:
    black, white, grey = Color(0, 0, 0), Color(255, 255, 255), Color(119, 119, 119)
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, grey) == pytest.approx(4.48, abs=0.01)  # the example in the standard's own notes


channel = st.integers(0, 255)


@given(channel, channel, channel, channel, channel, channel)
def test_any_ink_is_made_legible_on_any_ground(r: int, g: int, b: int, x: int, y: int, z: int) -> None:
    ink, ground = Color(r, g, b), Color(x, y, z)
    assert contrast(legible(ink, ground), ground) >= LEAST_CONTRAST
    if contrast(ink, ground) >= LEAST_CONTRAST:
        assert legible(ink, ground) == ink


async def test_a_paragraph_of_five_megabytes_is_laid_out_a_slice_at_a_time() -> None:
    app = OnePage()
    async with app.run_test(size=(80, 24)) as pilot:
        page = app.query_one(Page)
        page.show([Block(f"Paragraph {n}. " + "The envoys met again in Solmark. " * 200) for n in range(800)])
        first = len(page._laid)
        assert 24 < first < 2000
        for _ in range(500):
            await pilot.pause(0.01)
            if page._next == 800:
                break
        assert page._next == 800
        assert len(page._laid) > 40_000


async def test_the_end_of_a_long_text_is_reached_though_it_is_still_being_laid_out() -> None:
    app = OnePage()
    async with app.run_test(size=(80, 24)) as pilot:
        page = app.query_one(Page)
        page.show([Block(f"Paragraph {n}. " + "The envoys met again in Solmark. " * 50) for n in range(200)])
        page.move(END)
        for _ in range(500):
            await pilot.pause(0.01)
            if page._next == 200:
                break
        await pilot.pause()
        assert page.scroll_offset.y + page.size.height >= len(page._laid)
        page.move(-1)
        await pilot.pause(0.05)
        assert page.scroll_offset.y + page.size.height < len(page._laid) + 1


async def test_keys_reach_what_stands_above_the_first_stop_and_below_the_last() -> None:
    app = OnePage()
    async with app.run_test(size=(80, 24)) as pilot:
        page = app.query_one(Page)
        around = [Block(f"Line {n}") for n in range(30)]
        page.show([*around, *(Block(name, stop=Stop(StoryId(name))) for name in "ab"), *around])
        await pilot.pause()
        bottom = len(page._laid) - page.size.height
        page.move(END)
        await pilot.pause()
        assert page.scroll_offset.y >= bottom and page.stop == Stop(StoryId("b"))
        page.move(-END)
        await pilot.pause()
        assert page.scroll_offset.y == 0 and page.stop == Stop(StoryId("a"))
        page.move(1)
        await pilot.pause()
        at = page.scroll_offset.y
        assert at > 0 and page.stop == Stop(StoryId("b"))
        page.move(1)
        await pilot.pause()
        assert page.scroll_offset.y == at + 1
