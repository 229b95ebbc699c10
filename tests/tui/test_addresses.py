"""Addresses on the screen: nothing in one can act on the terminal, and without a browser the reader sees it whole."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from textual.app import App, ComposeResult

from store.library import Library
from tests.tui.test_app import opened
from tui import addresses
from tui.pages import Block
from tui.screens.address import AddressScreen
from tui.widgets.page import Page

LONG = "https://www.harbourpost.example/2025/04/02/world/" + "talks-on-the-straits-" * 8 + "?utm=letter&lang=vd#top"


@given(st.text())
def test_whatever_stands_in_an_address_it_is_printable(text: str) -> None:
    for url in (f"https://v.example/{text}", f"http://{text}", text):
        assert re.fullmatch(r"(https?://[\x21-\x7e]*)?", addresses.safe(url))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "", "ftp://v.example", " https://v.example"]
)
def test_only_the_web_is_linked(url: str) -> None:
    assert addresses.safe(url) == addresses.link(url) == addresses.shown(url) == ""


def test_an_address_of_the_web_stays_as_it_is() -> None:
    assert addresses.safe(LONG) == LONG
    assert addresses.safe("https://v.example/a%20b?q=[x]") == "https://v.example/a%20b?q=[x]"
    assert addresses.safe("https://v.example/é") == "https://v.example/%C3%A9"


def test_an_address_is_shown_short_and_linked_whole() -> None:
    assert addresses.shown("https://www.v.example/a/") == "v.example/a"
    assert len(addresses.shown(LONG)) == addresses.SHOWN and addresses.shown(LONG).endswith("…")
    assert addresses.link(LONG) == LONG
    assert addresses.link("https://v.example/" + "a" * 3000) == ""


async def test_on_an_events_row_the_story_that_leads_it_is_opened_and_copied(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        addressed = [n for n, r in enumerate(app.desk.rows) if not r.story and any(s.head.url for s in r.stories)]
        app.desk.go(addressed[0])
        row = app.desk.row
        assert row is not None and row.leading[0].head.title == row.event.headline
        urls = [s.head.url for s in row.leading if s.head.url]
        await pilot.press("y")
        assert app.clipboard == urls[0] and app._said.startswith("Copied the link of ")
        await pilot.press("o")
        screen = app.screen
        assert isinstance(screen, AddressScreen) and screen.url == addresses.safe(urls[0])
        await pilot.press("escape")
        bare = [n for n, r in enumerate(app.desk.rows) if not r.story and not any(s.head.url for s in r.stories)]
        app.desk.go(bare[0])
        await pilot.press("o")
        assert app._said == "No story here has a web address"
        await pilot.press("y")
        row = app.desk.row
        assert row is not None and app.clipboard == row.event.headline


@pytest.mark.parametrize(
    ("environ", "opens"),
    [
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": ":0", "SSH_CONNECTION": "a b c d"}, False),
        ({"DISPLAY": ":0", "SSH_TTY": "/dev/pts/1"}, False),
        ({"BROWSER": "/usr/bin/fox %s"}, True),
        ({"BROWSER": "/usr/bin/lynx", "DISPLAY": ":0"}, False),
    ],
)
def test_whether_a_browser_opens_before_the_reader(environ: dict[str, str], opens: bool) -> None:
    assert addresses.opens_here(environ) is opens


class _OnePage(App[None]):
    CSS_PATH = "../../tui/style.tcss"

    def compose(self) -> ComposeResult:
        yield Page(id="page")


async def test_the_line_of_an_address_is_a_link_for_the_terminal() -> None:
    app = _OnePage()
    async with app.run_test(size=(40, 10)) as pilot:
        page = app.query_one(Page)
        hostile = "https://v.example/\x1b]52;c;cm0=\a/" + "a" * 60
        page.show([Block(addresses.shown(hostile), "address", link=addresses.link(hostile))])
        await pilot.pause()
        console = Console(color_system="truecolor", force_terminal=True)
        lines = [page.render_line(y).render(console) for y in range(3)]
    links = [re.findall(r"\x1b\]8;id=[\d-]+;([^\x1b]*)\x1b\\", line) for line in lines]
    assert links[:2] == [["https://v.example/%1B]52;c;cm0=%07/" + "a" * 60]] * 2
    assert "\a" not in "".join(lines) and "\x1b]52" not in "".join(lines)


async def test_without_a_browser_o_shows_the_whole_address_and_y_copies_it(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 5 192.0.2.2 22")
    async with opened(sample_library, size=(60, 20)) as (app, pilot):
        went: list[str] = []
        monkeypatch.setattr(app, "open_url", went.append)
        linked = next(s for e in app.desk.events for s in e.stories if s.head.url)
        app.desk.go_to(linked.id)
        await pilot.press("o")
        await pilot.pause()
        assert isinstance(app.screen, AddressScreen) and went == []
        strips = app.screen._compositor.render_strips()
        shown = "".join("".join(segment.text for segment in strip).strip() for strip in strips)
        assert linked.head.url and linked.head.url in shown
        await pilot.press("y")
        assert app.clipboard == linked.head.url
        assert not isinstance(app.screen, AddressScreen)
