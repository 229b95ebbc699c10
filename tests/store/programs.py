"""The tests' own programs, which kill each other or run at once: started as other processes, and what they count."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def counted(program: str, *arguments: object) -> dict[str, float]:
    """The counts of a module of this folder; a run that lost anything shows its own errors."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.store.{program}", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    counts: dict[str, float] = json.loads(done.stdout)
    print(counts, done.stderr[-2000:])  # noqa: T201
    return counts
