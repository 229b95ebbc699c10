"""What is put in the clipboard reaches the terminal through tmux and screen as they come, where they are installed."""

from __future__ import annotations

import base64
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pexpect")
pytest.importorskip("pyte")

if os.name != "posix":
    pytest.skip("pseudo-terminals as POSIX has them", allow_module_level=True)

from tests.tui import programs
from tests.tui.terminal import Terminal

TEXT = "https://lanncourier.example/2025/04/" + "talks-on-the-straits-" * 40 + " hä!"
SAYS = f"""
import os, sys, time
from tui import clipboard
sys.stdout.write(clipboard.sequences({TEXT!r}, os.environ))
sys.stdout.write("\\x1b]8;;https://lanncourier.example/a\\x1b\\\\a link\\x1b]8;;\\x1b\\\\ and more\\n")
sys.stdout.flush()
clipboard.through_tmux_itself({TEXT!r}, os.environ)
sys.stdin.readline()
"""


def copied(terminal: Terminal) -> set[str]:
    found = re.findall(r"\x1b\]52;[a-z]*;([A-Za-z0-9+/=]+)(?:\x07|\x1b\\)", terminal.written)
    return {base64.b64decode(text).decode() for text in found}


@pytest.mark.parametrize(
    "settings", ["", "set -g set-clipboard on", "set -g set-clipboard off\nset -g allow-passthrough on"]
)
def test_tmux_hands_it_on(tmp_path: Path, settings: str) -> None:
    if shutil.which("tmux") is None:
        pytest.skip("no tmux here")
    (tmp_path / "conf").write_text(settings)
    (tmp_path / "says.py").write_text(SAYS)
    server = ["tmux", "-S", str(tmp_path / "socket")]
    inside = shlex.join([sys.executable, str(tmp_path / "says.py")])
    try:
        with Terminal([*server, "-f", str(tmp_path / "conf"), "new-session", inside], **ROOM) as terminal:
            terminal.wait_for("a link and more")
            terminal.wait_until(lambda: copied(terminal) == {TEXT}, "text in the clipboard")
            assert "52;c" not in terminal.text and "8;;" not in terminal.text
    finally:
        subprocess.run([*server, "kill-server"], capture_output=True, check=False)


def test_screen_hands_it_on_in_one_piece(tmp_path: Path) -> None:
    if shutil.which("screen") is None:
        pytest.skip("no screen here")
    (tmp_path / "conf").write_text("startup_message off\n")
    (tmp_path / "says.py").write_text(SAYS)
    line = ["screen", "-c", str(tmp_path / "conf"), sys.executable, str(tmp_path / "says.py")]
    with Terminal(line, **ROOM) as terminal:
        terminal.wait_for("a link and more")
        terminal.wait_until(lambda: copied(terminal) == {TEXT}, "text in the clipboard")
        assert "52;c" not in terminal.text and "8;;" not in terminal.text
        terminal.press("\r")
        terminal.leave()


def _outside() -> dict[str, str]:
    environ = programs.environment(LC_ALL="C.UTF-8")
    return {name: value for name, value in environ.items() if name not in ("TMUX", "STY")}


ROOM = {"columns": 80, "rows": 24, "env": _outside()}
