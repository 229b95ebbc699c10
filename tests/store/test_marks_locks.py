"""The lock of a dead process is free, also on a disk that knows no flock."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from store.marks import Marks, desk
from store.model import UNMARKED, Act, Change, Mark, StoryId

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


def test_who_holds_the_desk_is_told_with_a_time_that_can_be_read(tmp_path: Path) -> None:
    let_go = desk.take(tmp_path, since="2031-05-01T10:15:27.567+00:00")
    assert let_go is not None
    assert re.search(r"process \d+ on .*, since 2031-0[45]-[0-9]{2} [0-9]{2}:[0-9]{2}$", desk.who_holds(tmp_path))
    let_go()


def test_a_desk_beside_another_holds_the_library_when_that_has_gone(tmp_path: Path) -> None:
    a, read, starred = StoryId("a"), Mark(read=True), Mark(read=True, starred=True)
    first, second = Marks.open(tmp_path, desk=True), Marks.open(tmp_path, desk=True)
    assert second.beside
    assert not second.take_over()
    first.apply(Act("read", (Change(a, UNMARKED, read),)))
    first.close()
    assert second.take_over()
    assert not second.take_over()  # it is ours by now
    assert second.beside == ""
    second.apply(Act("starred", (Change(a, read, starred),)))
    assert [act.label for act in second.done()] == ["read", "starred"]
    third = Marks.open(tmp_path, desk=True)
    assert third.beside
    third.close()
    second.close()
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == {a: starred}


def test_undo_at_a_second_desk_leaves_alone_what_is_being_done_at_the_first(tmp_path: Path) -> None:
    def made(label: str) -> Act:
        return Act(label, (Change(StoryId(label), UNMARKED, Mark(read=True)),))

    with Marks.open(tmp_path, desk=True) as before:
        before.apply(made("before"))
    first, second = Marks.open(tmp_path, desk=True), Marks.open(tmp_path, desk=True)
    first.apply(made("first"))
    second.apply(made("second"))
    first.flush()
    second.flush()
    first.apply(made("first").undone())
    first.flush()
    second.poll()
    assert [act.label for act in second.done()] == ["before", "second"]
    first.close()
    second.close()
    with Marks.open(tmp_path, desk=True) as after:  # "second" stands between "first" and its undo
        assert [act.label for act in after.done()] == ["before", "second"]


def test_who_is_no_desk_takes_nothing_over(tmp_path: Path) -> None:
    with Marks.open(tmp_path) as cron:
        assert not cron.take_over()
