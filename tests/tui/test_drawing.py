"""Drawing: only what is new is written, and the screen is what it would be if all were."""

from __future__ import annotations

import pyte
import pytest
from textual._compositor import CompositorUpdate
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from store.library import Library
from tests.tui.test_app import opened, settled
from tui.app import DiploApp
from tui.widgets.bar import Bar
from tui.widgets.ground import Ground
from tui.widgets.lines import Lines

KEYS = (
    *(
        "j",
        "s",
        "v",
        "v",
        "escape",
        "2",
        "j",
        "3",
        "1",
        "G",
        "g",
        "x",
        "u",
        "space",
        "pagedown",
        "h",
        "l",
        "1",
        "z",
        "z",
    ),
    *(
        "greater_than_sign",
        "less_than_sign",
        "asterisk",
        "r",
        "u",
        "escape",
        "slash",
        "t",
        "escape",
        "3",
        "j",
        "j",
        "1",
    ),
    *("R", "]", "E", "E", "O", "full_stop", "c", "a", "enter"),
)


def drawn(app: DiploApp) -> list[str]:
    """All of the screen, drawn at once."""
    return [strip.text for strip in app.main._compositor.render_strips()]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_what_was_written_bit_by_bit_is_what_all_drawn_at_once_would_be(
    sample_library: Library, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = pyte.Screen(*size)
    stream = pyte.Stream(terminal)

    def display(app: DiploApp, _screen: Screen[object], update: object) -> None:
        if isinstance(update, CompositorUpdate):
            stream.feed(update.render_segments(app.console))

    monkeypatch.setattr(DiploApp, "_display", display)
    async with opened(sample_library, size=size) as (app, pilot):
        app.main.refresh()
        await settled(app, pilot)
        for key in KEYS:
            await pilot.press(key)
            await settled(app, pilot)
            await pilot.pause(0.05)
            assert [line.rstrip() for line in terminal.display] == [line.rstrip() for line in drawn(app)], key


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark", "dracula"])
async def test_lines_look_as_textual_draws_them(sample_library: Library, theme: str) -> None:
    async with opened(sample_library) as (app, pilot):
        app.theme = theme
        for key in ("2", "1", "s", "v", "3", "j"):
            await pilot.press(key)
            await settled(app, pilot)
            await pilot.pause(0.05)
            for widget in app.main.query(Lines):
                if widget.display:
                    own = picture(Lines.render_lines, widget)
                    widget._styles_cache.clear()
                    assert own == picture(Widget.render_lines, widget), (key, widget)


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark", "dracula"])
async def test_grounds_and_bars_look_as_textual_draws_them(sample_library: Library, theme: str) -> None:
    met: set[str] = set()
    async with opened(sample_library) as (app, pilot):
        app.theme = theme
        for key in ("2", "1", "G", "g", "w", "escape", "z", "greater_than_sign", "question_mark", "j"):
            await pilot.press(key)
            await settled(app, pilot)
            await pilot.pause(0.05)
            for widget in app.screen._compositor.visible_widgets:
                if isinstance(widget, Ground | Bar):
                    own = picture(type(widget).render_lines, widget)
                    widget._styles_cache.clear()
                    assert own == picture(Widget.render_lines, widget), (key, widget)
                    met.add(type(widget).__name__)
    assert met >= {"Bar", "Main", "Across", "Below", "SheetScreen", "Help"}


async def test_a_bar_at_any_position_looks_as_textual_draws_it(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        await pilot.press("G")
        await settled(app, pilot)
        bar = app.main.rows.vertical_scrollbar
        assert isinstance(bar, Bar) and bar.display
        met = set()
        for eighths in [*range(200), 8, 0]:
            bar.position = eighths / 8
            own = picture(Bar.render_lines, bar)
            bar._styles_cache.clear()
            assert own == picture(Widget.render_lines, bar), bar.position
            met.add(str(own))
        assert len(met) > 20


async def test_a_list_that_is_scrolled_on_its_way_is_drawn_once(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(sample_library, size=(120, 30)) as (app, pilot):
        await pilot.press("G")
        await settled(app, pilot)
        drawn: list[int] = []
        scrolled: list[int] = []
        draw, scroll = Lines.draw, app.main.rows._scroll

        def told(widget: Lines) -> None:
            drawn.append(1)
            draw(widget)

        monkeypatch.setattr(Lines, "draw", told)

        def scrolling(line: int) -> None:
            scrolled.append(line)
            scroll(line)

        monkeypatch.setattr(app.main.rows, "_scroll", scrolling)
        app.desk.all_folded = not app.desk.all_folded
        app.desk.load(app.library.lists)
        app.main.rows.redraw()
        assert len(scrolled) > 0
        assert len(drawn) == 1


def picture(draw: object, widget: Widget) -> list[list[tuple[str, object]]]:
    """Each cell's character and style, of every line; a blank has no ink."""
    assert callable(draw)
    whole = Region(0, 0, *widget.outer_size)
    strips: list[Strip] = draw(widget, whole)
    return [
        [(c, s.style and s.style.bgcolor if c == " " else s.style) for s in strip for c in s.text] for strip in strips
    ]


async def test_an_act_on_a_story_draws_its_row_alone(sample_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(sample_library) as (app, pilot):
        await pilot.press("n")
        await settled(app, pilot)
        asked: list[tuple[Region, ...]] = []
        refresh = app.main.rows.refresh

        def told(*regions: Region, **how: bool) -> Widget:
            asked.append(regions)
            return refresh(*regions, **how)

        monkeypatch.setattr(app.main.rows, "refresh", told)
        await pilot.press("s")
        await settled(app, pilot)
        lines = {line for regions in asked for region in regions for line in region.line_range}
        row = app.desk.cursor
        top = app.desk.lines.line_of(row) - app.main.rows.scroll_offset.y
        assert asked and all(asked) and lines
        assert len(lines) <= 6  # of the story, and of its event
        assert top in lines


async def test_the_screen_is_not_laid_out_anew_for_another_text(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(sample_library) as (app, pilot):
        for key in ("j", "j", "j", "j", "s", "u"):
            await pilot.press(key)
            await settled(app, pilot)
        laid_out: list[str] = []
        monkeypatch.setattr(app.main, "_refresh_layout", lambda *_, **__: laid_out.append(key))
        for key in ("s", "u", "m", "u"):
            await pilot.press(key)
            await settled(app, pilot)
            await pilot.pause(0.05)
        assert laid_out == []
