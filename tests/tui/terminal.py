"""A terminal with a person at it: starts the program on a pseudo-terminal, presses keys, reads the screen."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

import pexpect  # type: ignore[import-untyped]
import pyte

import tui
from tests.tui import programs

ALTERNATE_ON, ALTERNATE_OFF = "\x1b[?1049h", "\x1b[?1049l"
EDGE = "▏"  # between panes
PATIENCE = 60.0  # seconds until what should appear must have appeared


def installed() -> list[str]:
    """The installed script where it runs this tree, else this tree as a module."""
    script = Path(sys.executable).with_name("diplo-reader")
    in_use = Path(tui.__path__[0]).parent == programs.ROOT
    return [str(script)] if script.exists() and in_use else [sys.executable, "-m", "tui"]


class Terminal:
    """columns x rows; use with `with`, so that the program never outlives the test."""

    def __init__(self, line: Sequence[str], *, columns: int, rows: int, env: dict[str, str]) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self.screen)
        self.written = ""
        self._program = pexpect.spawn(
            line[0],
            list(line[1:]),
            dimensions=(rows, columns),
            env={**env, "TERM": "xterm-256color", "COLUMNS": str(columns), "LINES": str(rows)},
            encoding="utf-8",
            codec_errors="replace",
            timeout=PATIENCE,
        )

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._program.close(force=True)

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    def pane(self, number: int) -> str:
        """What stands in one of the panes side by side, counted from 0, as one line."""
        rows = [row.split(EDGE) for row in self.screen.display]
        return " ".join(" ".join(row[number] for row in rows if len(row) > number).split())

    def press(self, *keys: str) -> None:
        for key in keys:
            self._program.send(key)

    def wait_for(self, *texts: str) -> None:
        """Waits until all of these stand on the screen at once."""
        self.wait_until(lambda: all(text in self.text for text in texts), f"{texts} on the screen")

    def wait_until(self, true: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < until, f"no {what} in {PATIENCE:.0f} s:\n{self.text}"
            assert self._read(), f"the program has ended without {what}:\n{self.text}"

    def tell(self, number: int) -> None:
        """Sends a signal."""
        self._program.kill(number)

    def hang_up(self) -> None:
        """Closes the window: the terminal is gone, and the program must be."""
        self._program.ptyproc.fileobj.close()  # spawn.close gives the program 0.3 s, which a busy machine does not
        until = time.monotonic() + PATIENCE
        while self._program.isalive():
            assert time.monotonic() < until, "the program outlives its window"
            time.sleep(0.05)

    def leave(self) -> int:
        """Reads to the program's end; its exit status."""
        until = time.monotonic() + PATIENCE
        while self._read():
            assert time.monotonic() < until, f"the program does not end:\n{self.text}"
        self._program.wait()
        return int(self._program.exitstatus if self._program.exitstatus is not None else -1)

    def _read(self) -> bool:
        """Takes in what the program has written; false at its end."""
        try:
            new = self._program.read_nonblocking(1 << 16, timeout=0.2)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.written += new
        self._stream.feed(new)
        return True
