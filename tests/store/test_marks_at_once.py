"""When an act is safe: from a kill when apply returns, from a power cut when it is flushed, with all of its moment."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from store.errors import LibraryError
from store.marks import Marks, marks
from store.marks.files import Files
from store.marks.held import Held
from store.model import UNMARKED, Act, Change, Mark, StoryId

READ = Mark(read=True)
STORIES = tuple(StoryId(f"{n:016x}") for n in range(2 * marks.AT_ONCE))

MARK_AND_DIE = """
import os, sys
from pathlib import Path
from store.marks import Marks
from store.model import UNMARKED, Act, Change, Mark, StoryId
marks = Marks.open(Path(sys.argv[1]), desk=True)
for number in range(50):
    marks.apply(Act("read", (Change(StoryId(str(number)), UNMARKED, Mark(read=True)),)))
os.kill(os.getpid(), 9)
"""


def reading(*stories: StoryId) -> Act:
    return Act("read", tuple(Change(s, UNMARKED, READ) for s in stories))


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The writer's thread sleeps while we look."""
    monkeypatch.setattr(marks, "GROUP_SECONDS", 3600.0)


@pytest.mark.skipif(os.name == "nt", reason="no kill -9")
def test_an_act_is_safe_from_a_kill_when_apply_returns(tmp_path: Path) -> None:
    assert subprocess.run([sys.executable, "-c", MARK_AND_DIE, str(tmp_path)], check=False).returncode == -9
    with Marks.open(tmp_path) as again:
        assert len(again.all()) == 50
        assert again.notices == ()


def test_acts_of_one_moment_go_to_the_disk_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    desk = Marks.open(tmp_path, desk=True)
    monkeypatch.setattr(os, "fsync", synced.append)
    for story in STORIES[:200]:
        desk.apply(reading(story))
    desk.flush()
    assert 1 <= len(synced) < 50
    desk.close()


def test_the_writer_syncs_by_itself_and_waits_less_than_50_ms_to_begin() -> None:
    assert marks.GROUP_SECONDS < 0.05


def test_what_was_applied_is_synced_without_being_asked(tmp_path: Path) -> None:
    desk = Marks.open(tmp_path, desk=True)
    desk.apply(reading(STORIES[0]))
    until = time.monotonic() + 20
    while not (tmp_path / "marks.end").exists() and time.monotonic() < until:
        time.sleep(0.005)
    assert (tmp_path / "marks.end").exists()  # it is noted behind the sync
    desk.close()


@pytest.mark.usefixtures("patient")
def test_a_very_large_act_is_left_to_the_writer(tmp_path: Path) -> None:
    desk = Marks.open(tmp_path, desk=True)
    journal = tmp_path / "marks.journal"
    empty = journal.stat().st_size
    desk.apply(reading(*STORIES))
    assert journal.stat().st_size == empty
    desk.apply(reading(STORIES[0]))  # what comes after does not overtake it
    assert journal.stat().st_size > len(STORIES) * 16


@pytest.mark.usefixtures("patient")
def test_apply_does_not_wait_for_another_program_at_the_files(tmp_path: Path) -> None:
    desk = Marks.open(tmp_path, desk=True)
    journal = tmp_path / "marks.journal"
    empty = journal.stat().st_size
    with Files(tmp_path).locked():
        desk.apply(reading(STORIES[0]))
        assert journal.stat().st_size == empty
        assert desk.get(STORIES[0]) == READ
    desk.flush()
    with Marks.open(tmp_path) as other:
        assert other.get(STORIES[0]) == READ


@pytest.mark.usefixtures("patient")
def test_a_lock_file_that_somebody_took_away_lets_nobody_in_beside_us(tmp_path: Path) -> None:
    desk = Marks.open(tmp_path, desk=True)
    desk.apply(reading(STORIES[0]))
    (tmp_path / "marks.lock").unlink()
    size = (tmp_path / "marks.journal").stat().st_size
    with Files(tmp_path).locked():
        desk.apply(reading(STORIES[1]))
        assert (tmp_path / "marks.journal").stat().st_size == size
    desk.apply(reading(STORIES[2]))
    desk.flush()
    with Marks.open(tmp_path) as other:
        assert set(other.all()) == set(STORIES[:3])


@pytest.mark.usefixtures("patient")
def test_acts_of_two_programs_stand_in_the_journal_in_the_order_in_which_they_were_written(tmp_path: Path) -> None:
    one, two = Marks.open(tmp_path, desk=True), Marks.open(tmp_path)
    two.apply(Act("note", (Change(STORIES[0], UNMARKED, Mark(note="first")),)))
    one.apply(Act("note", (Change(STORIES[0], UNMARKED, Mark(note="second")),)))
    one.flush()
    two.flush()
    two.poll()
    assert one.get(STORIES[0]) == two.get(STORIES[0])
    with Marks.open(tmp_path) as again:
        assert again.get(STORIES[0]).note == "second"


@pytest.mark.usefixtures("patient")
def test_one_look_tells_whether_another_program_did_anything(tmp_path: Path) -> None:
    desk, other = Marks.open(tmp_path, desk=True), Marks.open(tmp_path)
    desk.apply(reading(STORIES[0]))
    desk.flush()
    told = [desk.unheard]
    other.apply(reading(STORIES[1]))
    other.flush()
    told.append(desk.unheard)
    assert desk.poll() == {STORIES[1]}
    told.append(desk.unheard)
    (tmp_path / "marks.journal").unlink()
    told.append(desk.unheard)  # which is for poll to tell, in its turn
    assert told == [False, True, False, False]


def test_who_could_not_write_says_how_long_it_tried_in_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.marks.files.LOCK_SECONDS", 1.1)
    monkeypatch.setattr("store.marks.marks.AGAIN_SECONDS", 1.0)
    command = Marks.open(tmp_path)
    with Files(tmp_path).locked():
        command.apply(reading(STORIES[0]))
        with pytest.raises(LibraryError, match="locked for more than 1 s"):
            command.flush()
        with pytest.raises(LibraryError, match="locked for more than 2 s"):
            command.close()


def test_a_journal_cut_between_two_lines_is_told(tmp_path: Path) -> None:
    with Marks.open(tmp_path) as headless:
        headless.apply(reading(STORIES[0]))
        headless.flush()
        headless.apply(reading(STORIES[1]))
    journal = tmp_path / "marks.journal"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:-1]))
    with Marks.open(tmp_path) as again:
        assert set(again.all()) == {STORIES[0]}
        assert any("shorter than it was" in notice for notice in again.notices)
    with Marks.open(tmp_path) as once_more:
        assert once_more.notices == ()


def test_a_note_of_the_end_that_is_damaged_or_of_another_journal_says_nothing(tmp_path: Path) -> None:
    with Marks.open(tmp_path) as headless:
        headless.apply(reading(STORIES[0]))
    end = tmp_path / "marks.end"
    whole = end.read_bytes()
    for noted in (b"", whole[:-9], whole.replace(b"end", b"emd"), whole.replace(whole[12:18], b"000000"), b"\xff" * 40):
        end.write_bytes(noted)
        with Marks.open(tmp_path) as again:
            assert (set(again.all()), again.notices) == ({STORIES[0]}, ())


def test_checkpoints_written_behind_keep_their_distance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from store.marks import disk

    monkeypatch.setattr(disk, "LONG_JOURNAL", 0)
    monkeypatch.setattr(marks, "GROUP_SECONDS", 0.0)
    folded: list[Held] = []
    fold = disk.Disk.fold

    def counted(self: disk.Disk, held: Held, *, stamp: str) -> tuple[str, ...]:
        folded.append(held)
        return fold(self, held, stamp=stamp)

    monkeypatch.setattr(disk.Disk, "fold", counted)
    desk = Marks.open(tmp_path, desk=True)
    for story in STORIES[:60]:
        desk.apply(reading(story))
        desk.flush()
        time.sleep(0.002)
    assert len(folded) <= 2
    desk.close()
    with Marks.open(tmp_path) as again:
        assert len(again.all()) == 60
