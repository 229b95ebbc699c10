"""A desk does not outlive its terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")


def test_a_desk_whose_terminal_is_gone_ends_though_no_signal_says_so(tmp_path: Path) -> None:
    mine, its = os.openpty()
    command = [sys.executable, "-m", "tui", "--library", str(tmp_path / "library")]
    # A session of its own, of which this terminal is not the controlling one: nothing is sent when it goes.
    desk = subprocess.Popen(command, stdin=its, stdout=its, stderr=its, start_new_session=True)
    os.close(its)
    try:
        seen = b""
        while b"quit" not in seen:
            seen += os.read(mine, 65536)
        os.close(mine)
        assert desk.wait(60) in (0, 1)
    finally:
        desk.kill()
        desk.wait()
