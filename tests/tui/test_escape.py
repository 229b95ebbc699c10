"""A lone Esc waits no longer than it must, and arrows are arrows."""

from __future__ import annotations

import os
import threading
from datetime import date

import pytest
from textual import constants
from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.message import Message

from store.library import Library
from tests.tui.fakes import Idle
from tui.app import DiploApp
from tui.entry import esc_delay
from tui.escape import IDLE, PromptEscape, patience

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a terminal of POSIX")


def test_nothing_is_waited_for_but_the_end_of_a_sequence() -> None:
    parser = XTermParser()
    assert patience(parser) == IDLE
    list(parser.feed("\x1b"))
    assert 0 < patience(parser) <= constants.ESCAPE_DELAY
    list(parser.feed("[A"))
    assert patience(parser) == IDLE


def test_over_a_network_the_rest_of_a_sequence_is_waited_for_longer() -> None:
    here, afar = esc_delay({}), esc_delay({"SSH_CONNECTION": "192.0.2.1 22 192.0.2.2 22"})
    assert 0 < int(here) < int(afar) < 100


class Heard(PromptEscape):
    """Reads a pipe, tells nobody but this test."""

    def __init__(self, file: int, until: int) -> None:
        self._debug = False
        self.fileno = file
        self.exit_event = threading.Event()
        self.keys: list[str] = []
        self._until = until

    def process_message(self, message: Message) -> None:
        assert isinstance(message, Key)
        self.keys.append(message.key)
        if len(self.keys) == self._until:
            self.exit_event.set()


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        (b"\x1b", ["escape"]),
        (b"\x1b[A\x1b[Bj", ["up", "down", "j"]),
        ("é\x1bOA".encode(), ["é", "up"]),
    ],
)
def test_what_is_typed_is_told(typed: bytes, keys: list[str]) -> None:
    end, begin = os.pipe()
    try:
        os.write(begin, typed)
        driver = Heard(end, len(keys))
        driver.run_input_thread()
        assert [key.replace("latin_small_letter_e_with_acute", "é") for key in driver.keys] == keys
    finally:
        os.close(begin)
        os.close(end)


def test_the_desk_reads_its_keys_so(sample_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "DRIVER", None)
    assert DiploApp(sample_library, Idle(), today=date(2031, 1, 1)).driver_class is PromptEscape
    monkeypatch.setattr(constants, "DRIVER", "textual.drivers.web_driver:WebDriver")
    assert DiploApp(sample_library, Idle(), today=date(2031, 1, 1)).driver_class.__name__ == "WebDriver"
