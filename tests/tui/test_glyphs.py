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


def test_a_form_is_one_ascii_character_where_the_glyph_was_one_column() -> None:
    for char, form in {**glyphs.MARKS, **glyphs.WRITTEN}.items():
        assert form.isascii() and form.isprintable() and len(form) == cell_len(char) == 1, char


def test_the_marks_of_a_row_stay_apart() -> None:
    assert len({glyphs.MARKS[c] for c in "●★✎×▸▾✓"}) == 7


@given(st.text())
def test_no_column_moves(text: str) -> None:
    for letters in (False, True):
        assert cell_len(glyphs.plain(text, letters)) == cell_len(text)
    assert glyphs.plain(text, True).isascii()


def test_letters_are_spelled_by_their_base_and_others_by_question_marks() -> None:
    assert glyphs.plain("Müller: «Élysée» – 東京 … Киев", True) == 'Muller: "Elysee" - ???? ~ ????'
    assert glyphs.plain("Müller … ●", False) == "Müller ~ *"


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
    ("setting", "environ", "letters"),
    [
        (None, {"LANG": "en_GB.UTF-8"}, None),
        (None, {"LC_ALL": "C"}, True),
        (None, {"LANG": "en_GB.UTF-8", "TERM": "linux"}, False),
        (True, {"LANG": "en_GB.UTF-8"}, False),
        (True, {"LC_ALL": "C"}, True),
        (False, {"LC_ALL": "C"}, None),
        (False, {"TERM": "linux"}, None),
    ],
)
def test_the_setting_goes_before_what_the_locale_says(
    setting: bool | None, environ: dict[str, str], letters: bool | None
) -> None:
    found = glyphs.line_filter(setting, environ)
    assert (found and found.letters) == letters
    assert (found is None) == (letters is None)


async def test_under_an_ascii_locale_the_whole_desk_is_ascii(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    async with opened(sample_library) as (app, pilot):
        story_row(app)
        await pilot.press("s", "c", *"ask", "enter")
        assert drawn(app).isascii()
        assert "Enter open" in drawn(app)
        assert "* " in drawn(app) and "! n " in drawn(app)
        for keys in ("f", "escape", "question_mark"):
            await pilot.press(keys)
            await pilot.pause()
            assert drawn(app).isascii(), keys
        assert "j Down" in drawn(app)
        await pilot.press("escape", "ctrl+p")
        await pilot.pause()
        assert drawn(app).isascii()


async def test_with_ascii_set_letters_stay_and_marks_are_ascii(sample_folder: Path) -> None:
    library = Library.open(sample_folder, Settings(ascii=True), desk=True)
    async with opened(library) as (app, _):
        assert not {c for c in drawn(app) if c in glyphs.MARKS}
    library.close()
