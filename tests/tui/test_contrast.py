"""Everything that is written on the screen can be read: in every theme, on the desk and on all that comes over it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES
from textual.widgets import Input

from store.library import Library
from tests.conftest import TODAY
from tests.tui.fakes import Idle
from tests.tui.test_app import opened, settled, story_row
from tui.app import DiploApp
from tui.contrast import LEAST_CONTRAST, Legible, as_shown, contrast
from tui.sixteen import Sixteen, least

NOT_READ = range(0x2500, 0x25A0)  # frames and bars
SCENES = {
    "desk": ("j", "s", "v", "k"),
    "text": ("enter",),
    "prompt": ("f", *"is:rad", "enter"),
    "tags": ("escape", "t"),
    "help": ("escape", "escape", "question_mark"),
    "palette": ("escape", "ctrl+p"),
    "why": ("escape", "w"),
    "address": ("escape", "o"),
}


def faint(app: DiploApp, system: ColorSystem) -> Iterator[tuple[str, float]]:
    """Each text on the screen that is too near its ground, with its contrast."""
    for strip in app.screen._compositor.render_strips():
        for text, style, _ in strip:
            words = "".join(c for c in text if not c.isspace() and ord(c) not in NOT_READ)
            if not words or style is None or style.color is None or style.bgcolor is None:
                continue
            if (ratio := ratio_of(style, system)) < LEAST_CONTRAST - 0.005:
                yield text.strip(), round(ratio, 2)


def ratio_of(style: Style, system: ColorSystem) -> float:
    """The contrast of a text; of 16 colours the least in any palette, bold shown as it is or as the bright colour."""
    assert style.color and style.bgcolor
    if system is not ColorSystem.STANDARD:
        return contrast(*(as_shown(Color.from_rich_color(c), system) for c in (style.color, style.bgcolor)))
    ink, ground = (c.downgrade(system).number or 0 for c in (style.color, style.bgcolor))
    if style.reverse:
        ink, ground = ground, ink
    return min(least(number, ground) for number in {ink, ink % 8 + 8 if style.bold else ink})


TERMINALS = {
    ColorSystem.TRUECOLOR: {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    ColorSystem.STANDARD: {"TERM": "xterm", "COLORTERM": ""},
}


@pytest.mark.parametrize(
    ("theme", "system"),
    [
        ("textual-dark", ColorSystem.STANDARD),
        ("textual-light", ColorSystem.STANDARD),
        ("textual-light", ColorSystem.TRUECOLOR),
        ("flexoki", ColorSystem.TRUECOLOR),
    ],
)
async def test_all_that_is_written_can_be_read(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch, theme: str, system: ColorSystem
) -> None:
    for name, value in {**TERMINALS[system], "SSH_TTY": "/dev/pts/1"}.items():
        monkeypatch.setenv(name, value)
    app = DiploApp(sample_library, Idle(), today=TODAY)
    found: dict[str, set[tuple[str, float]]] = {}
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(app, pilot)
        app.theme = theme
        app.warn("A warning to be read")
        app.complain("An error to be read")
        story_row(app)
        for scene, keys in SCENES.items():
            await pilot.press(*keys)
            await pilot.pause()
            if too_faint := set(faint(app, system)):
                found[scene] = too_faint
    assert found == {}


Drawn = list[tuple[str, Style]]


def drawn(app: DiploApp) -> Drawn:
    return [
        (text, style or Style.null()) for strip in app.screen._compositor.render_strips() for text, style, _ in strip
    ]


def styled(parts: Drawn, text: str) -> Style:
    return next(style for part, style in parts if text in part)


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
async def test_without_colour_no_colour_reaches_the_terminal(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    for name, value in {**TERMINALS[ColorSystem.TRUECOLOR], "NO_COLOR": "1", "SSH_TTY": "/dev/pts/1"}.items():
        monkeypatch.setenv(name, value)
    app = DiploApp(sample_library, Idle(), today=TODAY)
    seen: Drawn = []
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(app, pilot)
        app.theme = theme
        app.warn("A warning to be read")
        story_row(app)
        for keys in SCENES.values():
            await pilot.press(*keys)
            await pilot.pause()
            seen += drawn(app)
    assert any(style.bold for _, style in seen) and any(style.reverse for _, style in seen)
    assert [text for text, style in seen if style.color or style.bgcolor] == []


async def test_without_colour_cursor_focus_unread_and_offers_are_still_told_apart(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(sample_library) as (app, pilot):
        story_row(app)
        app.redraw()
        await pilot.pause()
        here = [style for text, style in drawn(app) if style.reverse and text.strip()]
        assert here and not any(style.dim for style in here)
        unread = [style for text, style in drawn(app) if "●" in text and not style.reverse]
        assert unread and all(style.bold for style in unread)
        await pilot.press("2")
        await settled(app, pilot)
        assert any("┃" in text for text, _ in drawn(app))  # the edge of the pane that has the focus
        assert any(style.underline for text, style in drawn(app) if "▌" in text)  # where the cursor is in the list
        await pilot.press("1", "f", *"is:un")
        await settled(app, pilot)
        await pilot.press("down")
        await pilot.pause()
        assert styled(drawn(app), "is:unread").underline
        prompt = app.main.prompt.query_one(Input)
        prompt._cursor_visible = True
        await pilot.pause()
        line = prompt.render_line(0)
        assert [text for text, style, _ in line if style and style.reverse] == [" "]  # the cursor behind what is typed
        await pilot.press("escape", "s")
        await pilot.pause()
        assert styled(drawn(app), "Starred").bold


async def test_the_desk_can_be_read_in_every_theme(sample_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in TERMINALS[ColorSystem.TRUECOLOR].items():
        monkeypatch.setenv(name, value)
    app = DiploApp(sample_library, Idle(), today=TODAY)
    found: dict[str, set[tuple[str, float]]] = {}
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await settled(app, pilot)
        app.warn("A warning to be read")
        await pilot.press("f", *"is:rad", "enter")
        for name in (name for name, theme in BUILTIN_THEMES.items() if not theme.ansi):
            app.theme = name
            await pilot.pause()
            if too_faint := set(faint(app, ColorSystem.TRUECOLOR)):
                found[name] = too_faint
    assert found == {}


NAMES = {ColorSystem.EIGHT_BIT: "256", ColorSystem.TRUECOLOR: "truecolor"}
channel = st.integers(0, 255)
colour = st.tuples(channel, channel, channel).map(lambda rgb: Color(*rgb))


@given(ink=colour, ground=colour, system=st.sampled_from(list(NAMES)), back=st.booleans())
def test_no_pair_of_colours_is_too_faint(ink: Color, ground: Color, system: ColorSystem, back: bool) -> None:
    filter = Legible(NAMES[system])
    style = Style(color=ink.rich_color, bgcolor=ground.rich_color, reverse=back)
    ((_, mended, _),) = filter.apply([Segment("read me", style)], ground)
    assert mended is not None and mended.color is not None and mended.bgcolor is not None
    shown = [as_shown(Color.from_rich_color(c), system) for c in (mended.color, mended.bgcolor)]
    assert contrast(*shown) >= LEAST_CONTRAST - 0.005
    same = mended.color if back else mended.bgcolor
    assert same == (ink if back else ground).rich_color


@given(ink=colour, ground=colour, bold=st.booleans(), back=st.booleans())
def test_of_16_colours_no_pair_is_too_faint_in_any_palette(ink: Color, ground: Color, bold: bool, back: bool) -> None:
    style = Style(color=ink.rich_color, bgcolor=ground.rich_color, reverse=back, bold=bold)
    ((_, mended, _),) = Sixteen().apply([Segment("read me", style)], ground)
    assert mended is not None and mended.reverse == back
    assert ratio_of(mended, ColorSystem.STANDARD) >= LEAST_CONTRAST


def test_where_bold_would_be_grey_on_grey_blue_stands_out() -> None:
    filter = Sixteen()

    def shown(ink: str, ground: str, *, bold: bool) -> tuple[int | None, int | None, bool]:
        ((_, style, _),) = filter.apply(
            [Segment("a title", Style(color=ink, bgcolor=ground, bold=bold))], Color(0, 0, 0)
        )
        assert style and style.color and style.bgcolor
        return style.color.number, style.bgcolor.number, bool(style.bold)

    assert shown("#ffffff", "#000000", bold=True) == (15, 0, True)
    assert shown("#e0e0e0", "#555555", bold=False) == (0, 7, False)  # on the darker grey nothing can be read
    assert shown("#e0e0e0", "#555555", bold=True) == (4, 7, False)


async def test_with_16_colours_the_footers_keys_are_told_from_their_labels(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in TERMINALS[ColorSystem.STANDARD].items():
        monkeypatch.setenv(name, value)
    for theme in ("textual-dark", "textual-light", "nord"):
        app = DiploApp(sample_library, Idle(), today=TODAY)
        async with app.run_test(size=(120, 40)) as pilot:
            await settled(app, pilot)
            app.theme = theme
            await pilot.pause()
            foot = list(app.screen._compositor.render_strips()[-1])
            key, label = (next(s for text, s, _ in foot if text.strip() == word) for word in ("Enter", "open"))
            assert key and label and key.color and label.color
            assert (key.color.number, bool(key.bold)) != (label.color.number, bool(label.bold)), theme
