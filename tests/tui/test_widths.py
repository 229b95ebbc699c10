"""What terminals count differently is drawn so that all count it alike, and stored as it was written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from store.archive.skeleton import columns
from store.library import Library
from store.model import StoryId
from tests.conftest import NOW
from tests.tui.test_app import opened, settled
from tests.tui.test_glyphs import drawn
from tui import present, widths

FAMILY, JUDGE, RAINBOW = "👨\u200d👩\u200d👧", "👩🏽\u200d⚖\ufe0f", "🏳\ufe0f\u200d🌈"
CHINESE = "瓦尔达尼亚与奥尔莱西亚结束港口费争端双方代表离开海关大楼"


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        (FAMILY, "👨"),
        (JUDGE, "👩"),
        (RAINBOW, "🏳 "),
        ("👍🏽", "👍"),
        ("❤\ufe0f", "❤ "),
        ("1\ufe0f\u20e3", "1 "),
        ("🏽", ""),
        ("🫨", "□ "),
        ("🎉 signed", "🎉 signed"),
        ("Tellmárk 東京 القاهرة", "Tellmárk 東京 القاهرة"),
    ],
)
def test_an_emoji_of_several_parts_is_drawn_as_its_first_in_as_many_columns(written: str, drawn: str) -> None:
    assert widths.plain(f"a {written} b") == f"a {drawn} b"
    assert cell_len(widths.plain(written)) == cell_len(written)


risky = st.text(st.sampled_from("ab👨👩👍🏽🏳⚖❤🌈🫨1\ufe0f\u200d\u20e3नि東é́ "), max_size=20)


@given(risky)
def test_no_column_moves_and_no_letter_is_lost(text: str) -> None:
    shown = widths.plain(text)
    assert cell_len(shown) == cell_len(text)
    if not {"\u200d", "\u0301"} & set(text):  # between a character and its selector they are left as they are
        assert not set(shown) & set("\ufe0f🏽🫨")
        assert [c for c in shown if c.isalpha()] == [c for c in text if c.isalpha()]


def test_a_vowel_sign_beside_its_letter_takes_a_column() -> None:
    assert cell_len("नमस्ते हिन्दी") == 10
    assert cell_len("தமிழ்") == 4
    signs = [chr(c) for c in range(0x900, 0x1100) if unicodedata.category(chr(c)) == "Mc"]
    assert len(signs) > 100 and {cell_len(f"k{sign}") for sign in signs} == {2}
    above = [chr(c) for c in range(0x300, 0x1100) if unicodedata.category(chr(c)) == "Mn"]
    assert {cell_len(f"k{mark}") for mark in above} == {1}


@pytest.mark.parametrize("width", [12, 20, 38])
def test_a_headline_without_spaces_goes_on_in_its_second_line(width: int) -> None:
    first, second = present.fit(CHINESE, width, 2)
    assert width - 1 <= cell_len(first) <= width
    assert CHINESE.startswith(first + second.rstrip("…"))
    assert second
    short, _ = present.fit("Xinhua " + CHINESE, width, 2)
    assert cell_len(short) >= width - 1


def test_no_line_begins_with_what_closes_a_sentence() -> None:
    first, second = present.fit("瓦尔达尼亚与奥尔，莱西亚", 16, 2)
    assert (first, second) == ("瓦尔达尼亚与奥", "尔，莱西亚")


def test_a_headline_is_measured_by_the_columns_it_is_drawn_in() -> None:
    for title in (CHINESE, f"Judge {JUDGE} sits", f"{FAMILY} home", "नमस्ते हिन्दी", "مُحَمَّد", "ภาษาไทย กำลัง", "👍🏽👍🏽"):
        assert columns(title) == cell_len(widths.plain(title)), title


async def test_the_desk_draws_no_joiner_and_keeps_it_in_the_story(sample_library: Library) -> None:
    file = sample_library.folder / "x.txt"
    title = f"Judge {JUDGE} and family {FAMILY} leave"
    file.write_text(f"{title}\n\nThe judge {JUDGE} left the court in Brinmouth on Monday, her family said.\n", "utf-8")
    before = {s.id for e in sample_library.events() for s in e.stories}
    sample_library.add([str(file)], now=NOW)
    (new,) = {s.id for e in sample_library.events() for s in e.stories} - before
    async with opened(sample_library) as (app, pilot):
        app.desk.go_to(StoryId(new))
        app.redraw()
        await settled(app, pilot)
        await pilot.press("enter")
        await settled(app, pilot)
        screen = drawn(app)
        assert "Judge 👩 and family 👨 leave" in screen
        assert not set(screen) & set("\u200d\ufe0f")
        assert app.desk.story is not None and JUDGE in app.desk.story.head.title
