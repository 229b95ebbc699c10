"""The lock of a dead process is free, also on a disk that knows no flock."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import errno, os, signal, sys
from pathlib import Path
if "no-flock" in sys.argv:
    import fcntl
    def flock(*_): raise OSError(errno.ENOSYS, "Function not implemented")
    fcntl.flock = flock
from store.marks import Marks
from store.model import UNMARKED, Act, Change, Mark, StoryId
marks = Marks.open(Path(sys.argv[1]), desk=True)
if "while-writing" in sys.argv:
    with marks._files.locked():
        os.kill(os.getpid(), signal.SIGKILL)
marks.apply(Act("x", (Change(StoryId(sys.argv[2]), UNMARKED, Mark(read=True)),)))
marks.flush()
print(marks.read_only, len(marks.all()), flush=True)
if "die" in sys.argv:
    os.kill(os.getpid(), signal.SIGKILL)
marks.close()
"""


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM, *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="flock and SIGKILL")
@pytest.mark.parametrize("disk", ["flock", "no-flock"])
def test_the_locks_of_killed_programs_are_taken_over(tmp_path: Path, disk: str) -> None:
    first = run(tmp_path, "a", disk, "die")
    assert (first.stdout, first.stderr) == ("False 1\n", "")
    assert run(tmp_path, "b", disk, "while-writing").returncode < 0
    third = run(tmp_path, "c", disk)
    assert (third.stdout, third.stderr) == ("False 2\n", "")
