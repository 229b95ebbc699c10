"""On a terminal of ASCII: each glyph of the desk has a form of its width, and nothing else is drawn."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

import tui
from store.config import Settings
from store.library import Library
from tests.tui.test_app import opened, story_row
from tui import glyphs
from tui.app import DiploApp


def drawn(app: DiploApp) -> str:
    """The screen as text, a line a row."""
    return "\n".join("".join(s.text for s in strip) for strip in app.screen._compositor.render_strips())


def test_every_glyph_in_the_desks_own_text_has_an_ascii_form() -> None:
    own = Path(tui.__path__[0])
    used = set()
    for file in own.rglob("*.py"):
        if file.name != "glyphs.py":
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    used |= {c for c in node.value if not c.isascii()}
    assert len(used) > 15
    assert used <= glyphs.MARKS.keys()


def test_a_form_is_ascii_and_as_wide_as_its_glyph() -> None:
    for char, form in glyphs.MARKS.items():
        assert form.isascii() and form.isprintable() and len(form) == cell_len(char) > 0, char


def test_the_marks_of_a_row_stay_apart() -> None:
    assert len({glyphs.MARKS[c] for c in "●★✎×▸▾✓"}) == 7


@given(st.text())
def test_no_column_moves_and_no_letter_changes(text: str) -> None:
    shown = glyphs.plain(text)
    assert cell_len(shown) == cell_len(text)
    assert all(c in shown for c in text if c.isalpha())
    assert not set(shown) & glyphs.MARKS.keys()


def test_letters_stay_as_they_are_and_marks_are_spelled() -> None:
    assert glyphs.plain("● «Élysée» – 東京 … Киев — القاهرة") == '* "Élysée" - 東京 ~ Киев - القاهرة'


@pytest.mark.parametrize(
    ("environ", "utf8"),
    [
        ({}, True),
        ({"LANG": "en_GB.UTF-8"}, True),
        ({"LANG": "de_DE.utf8"}, True),
        ({"LANG": "de_DE.ISO-8859-1"}, False),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, False),  # as Python leaves it under LANG=C
        ({"LANG": "C", "LC_CTYPE": "en_GB.UTF-8"}, True),
        ({"LC_ALL": "C.UTF-8", "LANG": "C"}, True),
        ({"LC_ALL": "POSIX"}, False),
    ],
)
def test_what_the_locale_says(environ: dict[str, str], utf8: bool) -> None:
    assert glyphs.utf8(environ) is utf8


@pytest.mark.parametrize(
    ("setting", "environ", "ascii"),
    [
        (None, {"LANG": "en_GB.UTF-8"}, False),
        (None, {"LC_ALL": "C"}, True),
        (None, {"LANG": "en_GB.UTF-8", "TERM": "linux"}, True),
        (True, {"LANG": "en_GB.UTF-8"}, True),
        (False, {"LC_ALL": "C"}, False),
        (False, {"TERM": "linux"}, False),
    ],
)
def test_the_setting_goes_before_what_the_locale_says(
    setting: bool | None, environ: dict[str, str], ascii: bool
) -> None:
    assert (glyphs.line_filter(setting, environ) is not None) == ascii


async def test_under_an_ascii_locale_all_but_letters_is_ascii(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    async with opened(sample_library) as (app, pilot):
        story_row(app)
        await pilot.press("s", "c", *"ask", "enter")
        assert "Enter open" in drawn(app)
        assert "* " in drawn(app) and "! n " in drawn(app)
        for keys in ((), ("f",), ("escape", "question_mark"), ("escape", "ctrl+p")):
            await pilot.press(*keys)
            await pilot.pause()
            assert [c for c in drawn(app) if not c.isascii() and not c.isalpha()] == [], keys
            assert "j Down" in drawn(app) or "question_mark" not in keys


async def test_with_ascii_set_letters_stay_and_marks_are_ascii(sample_folder: Path) -> None:
    library = Library.open(sample_folder, Settings(ascii=True), desk=True)
    async with opened(library) as (app, _):
        assert not {c for c in drawn(app) if c in glyphs.MARKS}
    library.close()
