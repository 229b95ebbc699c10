"""Killed at any moment, and several at once: what was acknowledged is there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the programs are forked to be many in little time")


def run(*arguments: str | Path) -> dict[str, int]:
    """The counts; a run that lost anything shows its own errors."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.programs_on_marks", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    counts: dict[str, int] = json.loads(done.stdout)
    print(counts, done.stderr[-2000:])  # noqa: T201
    return counts


@pytest.mark.timeout(300)
def test_200_kills_leave_no_unreadable_file_and_lose_nothing_acknowledged(tmp_path: Path) -> None:
    counts = run("kill", tmp_path, "200", "1")
    assert counts["acknowledged"] > 200
    assert (counts["trials"], counts["unreadable"], counts["lost"]) == (200, 0, 0)


def test_four_programs_on_the_same_stories_lose_nothing(tmp_path: Path) -> None:
    counts = run("crowd", tmp_path)
    assert (counts["failed"], counts["unreadable"], counts["lost"]) == (0, 0, 0)
