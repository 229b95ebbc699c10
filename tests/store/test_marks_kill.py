"""Killed at any moment, and several at once: what was acknowledged is there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from store.marks import Marks

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


def test_the_desk_of_a_killed_program_is_free(tmp_path: Path) -> None:
    program = "import sys, time; from pathlib import Path; from store.marks import Marks\n"
    program += "marks = Marks.open(Path(sys.argv[1]), desk=True); print('open', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with Marks.open(tmp_path, desk=True) as second:
            assert second.read_only
            assert f"process {other.pid} on" in Marks.who_holds(tmp_path)
        other.kill()
        other.wait()
    with Marks.open(tmp_path, desk=True) as third:
        assert not third.read_only
        assert f"process {os.getpid()} on" in Marks.who_holds(tmp_path)
