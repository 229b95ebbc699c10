"""A program on a pseudo-terminal, timed from outside: when it shows something, how soon it answers a key."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from pathlib import Path

QUIET = 0.25  # seconds without output after which a program is taken to be at rest
PATIENCE = 120.0
ANSWERED = 0.45  # seconds after which a key is taken to change nothing: other output comes each half second
_SHAPE = re.compile(rb"\x1b\]22;[a-z-]*\x07")


class OnTerminal:
    """120x40; answers what programs ask terminals at start, so that none waits for it."""

    def __init__(self, line: Sequence[str], env: dict[str, str] | None = None) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.began = time.perf_counter()
        told = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **(env or {})}
        self.process = subprocess.Popen(
            list(line), stdin=slave, stdout=slave, stderr=slave, env=told, start_new_session=True
        )
        os.close(slave)

    def shown(self, *texts: bytes) -> float:
        """Seconds from the start until one of these was written."""
        seen = b""
        until = time.perf_counter() + PATIENCE
        while not any(text in seen for text in texts):
            chunk = self._read(until - time.perf_counter())
            if not chunk:
                raise RuntimeError(f"not shown: {texts!r}; the last it wrote is {seen[-300:]!r}")
            seen = seen[-4096:] + chunk
        return time.perf_counter() - self.began

    def rest(self, quiet: float = QUIET, most: float = PATIENCE) -> None:
        """Waits until nothing is written any more, or so many seconds: a cursor that blinks writes twice in each."""
        until = time.perf_counter() + most
        while self._read(quiet) and time.perf_counter() < until:
            pass

    def worked(self) -> float:
        """Seconds of CPU it has taken so far, in all its threads, which other programs do not lengthen. Linux."""
        total = 0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            with contextlib.suppress(OSError):  # a thread that has just ended
                total += int((task / "schedstat").read_text().split()[0])
        return total / 1e9

    def screen_worked(self) -> float:
        """Seconds of CPU of the thread that draws. Linux."""
        pid = self.process.pid
        return int(Path(f"/proc/{pid}/task/{pid}/schedstat").read_text().split()[0]) / 1e9

    def key(self, key: str) -> float:
        """Milliseconds from a key to the first output after it."""
        pressed = time.perf_counter()
        os.write(self.master, key.encode())
        while answered := self._read(ANSWERED):
            if _SHAPE.sub(b"", answered):  # another shape of the mouse's pointer is nothing that is seen of the desk
                return (time.perf_counter() - pressed) * 1000
        return float("nan")

    def typed(self, key: str) -> None:
        """A key whose answer, if there is any, is not timed."""
        os.write(self.master, key.encode())
        self.rest()

    def memory(self) -> float:
        """Megabytes resident, of the program itself."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def end(self) -> None:
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self.process.poll() is None:
                self.process.send_signal(number)
                for _ in range(100):
                    self._read(0.02)
                    if self.process.poll() is not None:
                        break
        os.close(self.master)

    def _read(self, seconds: float) -> bytes:
        ready, _, _ = select.select([self.master], [], [], max(0.0, seconds))
        if not ready:
            return b""
        try:
            return os.read(self.master, 1 << 16)
        except OSError:  # the program has ended
            return b""
