"""Escape: a lone Esc is told as soon as nothing can follow it any more.

A terminal sends Esc alone and as the first of what an arrow sends, so that a program waits a moment for the rest. How
long, ESCDELAY says; Textual's driver looks only every tenth of a second whether that moment is over.
"""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder

from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

IDLE = 0.1  # seconds of one look for input
READ = 4096  # bytes of one look


class PromptEscape(LinuxDriver):
    def run_input_thread(self) -> None:
        """As LinuxDriver has it, but for the time of a look."""
        parser, decode = XTermParser(self._debug), getincrementaldecoder("utf-8")().decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                self._hear(parser, decode(os.read(self.fileno, READ)) if selector.select(patience(parser)) else "")
            if selector.select(IDLE):  # what the terminal still answers is not for whoever reads it next
                os.read(self.fileno, READ)

    def _hear(self, parser: XTermParser, text: str) -> None:
        for event in parser.feed(text) if text else ():
            self.process_message(event)
        for event in parser.tick():
            self.process_message(event)


def patience(parser: XTermParser) -> float:
    """Seconds until there is something to do without any input."""
    due = parser._timeout_time
    return IDLE if due is None else max(0.0, min(IDLE, due - get_time()))
