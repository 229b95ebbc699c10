"""Killed at any moment, and several at once: what was acknowledged is there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from store.marks import Marks
from tests.store.programs import counted

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the programs are forked to be many in little time")


@pytest.mark.timeout(300)
def test_200_kills_leave_no_unreadable_file_and_lose_nothing_acknowledged(tmp_path: Path) -> None:
    counts = counted("programs_on_marks", "kill", tmp_path, 200, 1)
    assert counts["acknowledged"] > 200
    assert (counts["trials"], counts["unreadable"], counts["lost"]) == (200, 0, 0)


def test_four_programs_on_the_same_stories_lose_nothing(tmp_path: Path) -> None:
    counts = counted("programs_on_marks", "crowd", tmp_path)
    assert (counts["failed"], counts["unreadable"], counts["lost"]) == (0, 0, 0)


def test_the_desk_of_a_killed_program_is_free(tmp_path: Path) -> None:
    program = "import sys, time; from pathlib import Path; from store.marks import Marks\n"
    program += "marks = Marks.open(Path(sys.argv[1]), desk=True); print('open', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with Marks.open(tmp_path, desk=True) as second:
            assert f"process {other.pid} on" in second.beside
        other.kill()
        other.wait()
    with Marks.open(tmp_path, desk=True) as third:
        assert not third.beside
        assert f"process {os.getpid()} on" in Marks.who_holds(tmp_path)
