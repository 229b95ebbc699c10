"""What is written to a terminal, byte by byte, to put a text in the clipboard of whoever sits at it."""

from __future__ import annotations

import base64
import re

import pytest

from store.library import Library
from tests.tui.test_app import opened, story_row
from tui import clipboard

PLAIN = "\x1b]52;c;aMOkIQ==\a"  # "hä!"


def test_a_terminal_gets_osc_52_as_it_is() -> None:
    assert clipboard.sequences("hä!", {"TERM": "xterm-256color"}) == PLAIN
    assert clipboard.sequences("hä!", {}) == PLAIN


@pytest.mark.parametrize("environ", [{"TMUX": "/tmp/t,1,0", "TERM": "screen-256color"}, {"TERM": "tmux-256color"}])
def test_tmux_gets_it_plain_for_itself_and_wrapped_for_its_terminal(environ: dict[str, str]) -> None:
    assert clipboard.sequences("hä!", environ) == PLAIN + "\x1bPtmux;\x1b\x1b]52;c;aMOkIQ==\a\x1b\\"


def test_screen_gets_it_wrapped() -> None:
    assert clipboard.sequences("hä!", {"STY": "1.pts", "TERM": "screen"}) == "\x1bP\x1b]52;c;aMOkIQ==\a\x1b\\"


def test_a_screen_behind_ssh_may_be_tmux_and_gets_what_both_read() -> None:
    assert clipboard.sequences("hä!", {"TERM": "screen"}) == PLAIN + "\x1bP\x1b]52;c;aMOkIQ==\a\x1b\\"


def test_a_long_text_reaches_screen_in_pieces_that_it_keeps() -> None:
    text = "Forty ships wait outside the breakwater. " * 50
    written = clipboard.sequences(text, {"STY": "1.pts"})
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", written, re.DOTALL)
    assert len(pieces) > 10 and max(map(len, pieces)) <= 256
    assert "".join(f"\x1bP{p}\x1b\\" for p in pieces) == written
    whole = "".join(pieces)
    assert whole.startswith("\x1b]52;c;") and whole.endswith("\a")
    assert base64.b64decode(whole[7:-1]).decode() == text


@pytest.mark.parametrize("hostile", ["\x1b]0;owned\a", "a\udc80b", "\a\x1b\\rm"])
def test_no_text_can_end_the_sequence_early(hostile: str) -> None:
    written = clipboard.sequences(hostile, {"TMUX": "x"})
    assert re.fullmatch(r"\x1b\]52;c;[A-Za-z0-9+/=]*\a\x1bPtmux;\x1b\x1b\]52;c;[A-Za-z0-9+/=]*\a\x1b\\", written)


async def test_y_writes_it_to_the_terminal(sample_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMUX", "/tmp/t,1,0")
    async with opened(sample_library) as (app, pilot):
        story_row(app)
        written: list[str] = []
        assert app._driver is not None
        monkeypatch.setattr(app._driver, "write", written.append)
        await pilot.press("y")
        story = app.desk.story
        assert story is not None
        assert clipboard.sequences(story.head.url or story.head.title, {"TMUX": "x"}) in "".join(written)
        assert app.clipboard == (story.head.url or story.head.title)
