"""The program as another process: this tree's, wherever the tests are run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOOK_TOO_LONG = 90  # seconds, on a machine that is busy with other things


def environment(**more: str) -> dict[str, str]:
    """What a process of ours is started with: the home folder of the test, this tree first."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", **more}


def program(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "tui", *map(str, arguments)]


def run(
    *arguments: str | Path, given: bytes = b"", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Runs the program to its end."""
    return subprocess.run(
        program(*arguments), input=given, capture_output=True, env=env or environment(), timeout=TOOK_TOO_LONG
    )
