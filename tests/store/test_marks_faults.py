"""Marks when something is wrong with the disk, the files or another program: never a traceback, never a silent loss."""

from __future__ import annotations

import errno
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from store.errors import LibraryBusy, LibraryError, MarksDamaged, SchemaTooNew
from store.marks import Marks, files, gone, inspect, journal
from store.marks.marks import BEHIND_SECONDS
from store.model import UNMARKED, Act, Change, Mark, StoryId

A, B, C = StoryId("a"), StoryId("b"), StoryId("c")
READ, STARRED = Mark(read=True), Mark(starred=True)


def act(*changes: tuple[StoryId, Mark, Mark]) -> Act:
    return Act("did", tuple(Change(*change) for change in changes))


def contents(folder: Path) -> list[bytes]:
    return [p.read_bytes() for p in folder.iterdir() if p.is_file()]


def three_generations(folder: Path) -> dict[StoryId, Mark]:
    """A library with a backup, an old journal, a checkpoint and a journal, each with something of its own."""
    with Marks.open(folder, desk=True) as desk:
        desk.apply(act((A, UNMARKED, READ)))
        desk.checkpoint()
        desk.apply(act((B, UNMARKED, READ)))
        desk.checkpoint()
    with Marks.open(folder) as headless:
        headless.apply(act((C, UNMARKED, STARRED)))
    return {A: READ, B: READ, C: STARRED}


def test_damaged_marks_are_set_aside_and_asked_about_until_answered(tmp_path: Path) -> None:
    expected = three_generations(tmp_path)
    damaged = b'{"about": {"1": {"schema": 2'
    (tmp_path / "marks.json").write_bytes(damaged)
    for _ in range(3):
        with pytest.raises(MarksDamaged, match="backup with 3 marked stories") as told:
            Marks.open(tmp_path)
        assert told.value.aside is not None
        assert told.value.aside.read_bytes() == damaged
        assert told.value.backup == tmp_path / "marks.json.bak"
        assert told.value.backup_marks == 3
    assert "3 marked stories are back" in Marks.restore(tmp_path, use_backup=True)
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == expected


def test_a_restored_library_survives_being_damaged_once_more(tmp_path: Path) -> None:
    expected = three_generations(tmp_path)
    for _ in range(3):
        (tmp_path / "marks.json").write_bytes(b"damaged")
        with pytest.raises(MarksDamaged):
            Marks.open(tmp_path)
        Marks.restore(tmp_path, use_backup=True)
        with Marks.open(tmp_path) as again:
            assert dict(again.all()) == expected
            new = StoryId(f"new{len(expected)}")
            again.apply(act((new, UNMARKED, READ)))
            expected[new] = READ


def test_beginning_empty_keeps_everything_under_other_names(tmp_path: Path) -> None:
    three_generations(tmp_path)
    backup, journal_before = (tmp_path / "marks.json.bak").read_bytes(), (tmp_path / "marks.journal").read_bytes()
    (tmp_path / "marks.json").write_bytes(b"damaged")
    with pytest.raises(MarksDamaged):
        Marks.open(tmp_path)
    assert "begin empty" in Marks.restore(tmp_path, use_backup=False)
    with Marks.open(tmp_path, desk=True) as again:
        assert dict(again.all()) == {}
        again.apply(act((A, UNMARKED, READ)))
    for kept in (b"damaged", backup, journal_before):
        assert kept in contents(tmp_path)


def test_missing_marks_with_a_backup_are_asked_about(tmp_path: Path) -> None:
    expected = three_generations(tmp_path)
    (tmp_path / "marks.json").unlink()
    with pytest.raises(MarksDamaged, match="it is missing") as told:
        Marks.open(tmp_path)
    assert told.value.aside is None
    Marks.restore(tmp_path, use_backup=True)
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == expected


def test_a_young_library_without_a_backup_comes_back_from_its_journal(tmp_path: Path) -> None:
    with Marks.open(tmp_path) as marks:
        marks.apply(act((A, UNMARKED, READ)))
    (tmp_path / "marks.json").write_bytes(b"")
    with pytest.raises(MarksDamaged, match="1 marked story"):
        Marks.open(tmp_path)
    Marks.restore(tmp_path, use_backup=True)
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == {A: READ}


@pytest.mark.parametrize("gone", [True, False], ids=["gone", "damaged"])
def test_without_any_backup_what_the_known_acts_make_is_offered(tmp_path: Path, gone: bool) -> None:
    expected = three_generations(tmp_path)
    for name in ("marks.json", "marks.json.bak"):
        (tmp_path / name).unlink() if gone else (tmp_path / name).write_bytes(b"damaged")
    with pytest.raises(MarksDamaged, match=r"no backup that can be read, but 3 marked stories can be put") as told:
        Marks.open(tmp_path)
    assert told.value.backup_marks == 3
    done = Marks.restore(tmp_path, use_backup=True)
    assert "3 marked stories are back, from the 3 acts that are known, since 20" in done
    assert "other marks are not known" in done
    with Marks.open(tmp_path, desk=True) as again:
        assert dict(again.all()) == expected
        assert [done.label for done in again.done()] == ["did"] * 2


def test_without_any_backup_the_lines_that_can_be_read_are_offered(tmp_path: Path) -> None:
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(act(*((StoryId(f"s{n}"), UNMARKED, READ) for n in range(300))))
    for name in ("marks.json.bak", "marks.history", "marks.journal", "marks.journal.bak"):
        (tmp_path / name).unlink()
    data = (tmp_path / "marks.json").read_bytes()
    (tmp_path / "marks.json").write_bytes(data[: data.index(b's200"') + 3])
    with pytest.raises(MarksDamaged, match=r"200 marked stories can be put together from the lines of marks.damaged-"):
        Marks.open(tmp_path)
    Marks.restore(tmp_path, use_backup=True)
    with Marks.open(tmp_path) as again:
        assert set(again.all()) == {f"s{n}" for n in range(200)}


def test_a_backup_without_the_acts_since_takes_them_from_the_history(tmp_path: Path) -> None:
    expected = three_generations(tmp_path)
    (tmp_path / "marks.journal.bak").unlink()
    (tmp_path / "marks.json").unlink()
    Marks.restore(tmp_path, use_backup=True)
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == expected


def test_without_any_backup_that_is_said_and_empty_can_be_chosen(tmp_path: Path) -> None:
    three_generations(tmp_path)
    for file in tmp_path.glob("marks.*"):
        file.write_bytes(b"damaged")
    with pytest.raises(MarksDamaged, match="no backup") as told:
        Marks.open(tmp_path)
    assert (told.value.backup, told.value.backup_marks) == (None, 0)
    with pytest.raises(MarksDamaged, match="no backup"):
        Marks.restore(tmp_path, use_backup=True)
    Marks.restore(tmp_path, use_backup=False)
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == {}


def test_restoring_what_is_well_changes_nothing(tmp_path: Path) -> None:
    expected = three_generations(tmp_path)
    for use_backup in (True, False):
        assert "nothing was restored" in Marks.restore(tmp_path, use_backup=use_backup)
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == expected


def test_empty_marks_do_not_take_the_place_of_the_only_good_backup(tmp_path: Path) -> None:
    three_generations(tmp_path)
    backup = (tmp_path / "marks.json.bak").read_bytes()
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(Act("clear", tuple(Change(s, m, UNMARKED) for s, m in marks.all().items())))
        marks.checkpoint()
        latest = (tmp_path / "marks.json.bak").read_bytes()
        marks.apply(act((A, UNMARKED, READ)))
    assert backup != latest
    assert latest in contents(tmp_path)


def test_newer_marks_are_refused_and_left_alone(tmp_path: Path) -> None:
    three_generations(tmp_path)
    file = tmp_path / "marks.json"
    file.write_bytes(file.read_bytes().replace(b'"schema": 2', b'"schema": 3'))
    before = sorted(contents(tmp_path))
    with pytest.raises(SchemaTooNew, match="newer diplo-reader"):
        Marks.open(tmp_path)
    assert sorted(contents(tmp_path)) == before


def test_a_newer_journal_is_refused_and_left_alone(tmp_path: Path) -> None:
    three_generations(tmp_path)
    file = tmp_path / "marks.journal"
    _, _, rest = file.read_bytes().partition(b"\n")
    file.write_bytes(journal.line({"journal": 3, "generation": 3, "edition": "x", "folded": 0}) + rest)
    with pytest.raises(SchemaTooNew, match="newer diplo-reader"):
        Marks.open(tmp_path)
    assert file.read_bytes().endswith(rest)


def test_a_torn_last_line_is_dropped_and_told_once(tmp_path: Path) -> None:
    expected = three_generations(tmp_path)
    with (tmp_path / "marks.journal").open("ab") as file:
        file.write(b'{"time":"2031-05-01T10:00:00","act":"q-1","la')
    with Marks.open(tmp_path) as marks:
        assert dict(marks.all()) == expected
        assert "not been written to its end" in marks.notices[0]
    with Marks.open(tmp_path) as again:
        assert again.notices == ()


def test_a_journal_that_is_gone_is_told_once_in_one_line_with_what_to_do(tmp_path: Path) -> None:
    expected = three_generations(tmp_path)
    (tmp_path / "marks.journal").unlink()
    os.utime(tmp_path / "marks.json", (2e9, 2e9))
    with Marks.open(tmp_path, desk=True) as marks:
        assert dict(marks.all()) == {story: mark for story, mark in expected.items() if story != C}
        [told] = marks.notices
    assert "marks.journal is gone: acts since 2033-05-1" in told
    assert "put it back" in told
    assert "`diplo-reader restore FILE`" in told
    with Marks.open(tmp_path) as again:
        assert again.notices == ()


def marked_by_commands(folder: Path) -> None:
    """Marks that no desk has brought into marks.json yet: the journal alone has them."""
    with Marks.open(folder):
        pass
    with Marks.open(folder) as headless:
        headless.apply(act((A, UNMARKED, STARRED)))


def test_a_journal_gone_before_the_first_checkpoint_is_told_and_kept_for_whoever_looks_later(tmp_path: Path) -> None:
    marked_by_commands(tmp_path)
    (tmp_path / "marks.journal").unlink()
    with Marks.open(tmp_path) as marks:
        assert dict(marks.all()) == {}
        assert "marks.journal is gone" in marks.notices[0]
    assert "marks.journal is gone" in gone.told(tmp_path)


def test_marks_and_journal_both_gone_are_missed(tmp_path: Path) -> None:
    marked_by_commands(tmp_path)
    (tmp_path / "marks.journal").unlink()
    (tmp_path / "marks.json").unlink()
    with pytest.raises(MarksDamaged, match="it is missing"):
        Marks.open(tmp_path)


def test_an_older_journal_put_back_takes_back_nothing_done_since(tmp_path: Path) -> None:
    marked_by_commands(tmp_path)
    shutil.copy(tmp_path / "marks.journal", tmp_path / "older")
    with Marks.open(tmp_path, desk=True) as desk:
        desk.checkpoint()
        desk.apply(act((A, STARRED, UNMARKED)))
        desk.checkpoint()
    shutil.copy(tmp_path / "older", tmp_path / "marks.journal")
    with Marks.open(tmp_path) as marks:
        assert dict(marks.all()) == {}
        assert "is an older one" in marks.notices[0]
        marks.apply(act((B, UNMARKED, READ)))
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == {B: READ}
        assert again.notices == ()


def test_a_journal_cut_between_two_lines_is_kept_for_whoever_looks_later(tmp_path: Path) -> None:
    marked_by_commands(tmp_path)
    file = tmp_path / "marks.journal"
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))
    with Marks.open(tmp_path) as marks:
        assert "is shorter than it was" in marks.notices[0]
    [checked, *_] = inspect.inspect(tmp_path)
    assert "is shorter than it was" in checked.notes[0]


def _flipped(data: bytes) -> bytes:
    first, second, *others = data.splitlines(keepends=True)
    return b"".join([first, b"?" + second[1:], *others])


@pytest.mark.parametrize(
    ("damaged", "said"),
    [
        (lambda _: b"", "acts in it may be lost"),
        (lambda _: bytes(400), "acts in it may be lost"),
        (lambda _: b"junk\n", "acts in it may be lost"),
        (_flipped, "1 line(s)"),
    ],
    ids=["emptied", "zeroed", "junk", "a line"],
)
def test_what_of_a_journal_cannot_be_read_is_kept_for_whoever_looks_later(
    tmp_path: Path, damaged: Callable[[bytes], bytes], said: str
) -> None:
    marked_by_commands(tmp_path)
    file = tmp_path / "marks.journal"
    file.write_bytes(damaged(file.read_bytes()))
    with Marks.open(tmp_path) as marks:
        assert said in " ".join(marks.notices)
    [checked, *_] = inspect.inspect(tmp_path)
    assert said in " ".join(checked.notes)


def test_a_second_loss_does_not_take_the_place_of_the_first(tmp_path: Path) -> None:
    for said in ("one", "two", "one", "three", "four", "five", "six"):
        gone.keep(tmp_path, said)
    assert gone.told(tmp_path) == "one three four five six"


def test_marks_and_journal_put_back_from_an_older_copy_are_told(tmp_path: Path) -> None:
    three_generations(tmp_path)
    for name in ("marks.json", "marks.journal"):
        shutil.copy(tmp_path / name, tmp_path / f"{name}.copy")
    with Marks.open(tmp_path, desk=True) as desk:
        desk.apply(act((A, READ, STARRED)))
        desk.checkpoint()
        desk.apply(act((B, READ, STARRED)))
        desk.checkpoint()
    for name in ("marks.json", "marks.journal"):
        shutil.copy(tmp_path / f"{name}.copy", tmp_path / name)
    [checked, *_] = inspect.inspect(tmp_path)
    assert "are older than marks.json.bak" in checked.notes[0]
    with Marks.open(tmp_path) as marks:
        assert marks.all()[A] == READ
        assert "are older than marks.json.bak" in marks.notices[0]
        assert "put them in place before you mark" in marks.notices[0]


def test_a_last_line_that_lacks_only_its_end_of_line_is_kept(tmp_path: Path) -> None:
    expected = three_generations(tmp_path)
    file = tmp_path / "marks.journal"
    file.write_bytes(file.read_bytes()[:-1])
    with Marks.open(tmp_path) as marks:
        assert dict(marks.all()) == expected
        marks.apply(act((A, READ, UNMARKED)))
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == {B: READ, C: STARRED}
        assert again.notices == ()


def test_a_bad_line_in_the_middle_is_set_aside_and_the_others_kept(tmp_path: Path) -> None:
    with Marks.open(tmp_path) as marks:
        for story in (A, B, C):
            marks.apply(act((story, UNMARKED, READ)))
            marks.flush()
    file = tmp_path / "marks.journal"
    lines = file.read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b"read", b"raed")
    file.write_bytes(b"".join(lines))
    with Marks.open(tmp_path) as marks:
        assert dict(marks.all()) == {A: READ, C: READ}
        assert "1 line(s)" in marks.notices[0]
    assert lines[2] in (tmp_path / "marks.journal.bad").read_bytes()


def test_a_torn_line_of_a_killed_program_is_met_by_one_that_runs(tmp_path: Path) -> None:
    with Marks.open(tmp_path) as marks:
        marks.apply(act((A, UNMARKED, READ)))
        marks.flush()
        with (tmp_path / "marks.journal").open("ab") as file:
            file.write(b'{"torn')
        assert marks.poll() == frozenset()
        marks.apply(act((B, UNMARKED, READ)))
        marks.flush()
        assert "not been written to its end" in marks.notices[0]
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == {A: READ, B: READ}


@pytest.mark.parametrize("victim", ["marks.journal", "marks.json"])
def test_a_file_that_vanishes_while_running_is_made_again_from_memory(tmp_path: Path, victim: str) -> None:
    expected = three_generations(tmp_path)
    with Marks.open(tmp_path, desk=True) as marks:
        (tmp_path / victim).unlink()
        marks.poll()
        marks.apply(act((A, READ, STARRED)))
        marks.flush()
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == {**expected, A: STARRED}


def test_both_files_damaged_while_running_are_written_again_from_memory(tmp_path: Path) -> None:
    expected = three_generations(tmp_path)
    with Marks.open(tmp_path, desk=True) as marks:
        (tmp_path / "marks.json").write_bytes(b"damaged one")
        (tmp_path / "marks.journal").write_bytes(b"damaged two")
        marks.poll()
        marks.apply(act((A, READ, STARRED)))
        marks.flush()
        marks.close()
        assert marks.notices
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == {**expected, A: STARRED}
    assert b"damaged one" in contents(tmp_path)


def test_marks_changed_by_hand_are_taken_told_and_the_old_ones_kept(tmp_path: Path) -> None:
    three_generations(tmp_path)
    file, backup = tmp_path / "marks.json", (tmp_path / "marks.json.bak").read_bytes()
    file.write_bytes(file.read_bytes().replace(b'"read": true', b'"starred": true', 1))
    with Marks.open(tmp_path, desk=True) as marks:
        assert marks.get(A) == STARRED
        assert "changed by another program" in marks.notices[0]
        marks.apply(act((B, READ, UNMARKED)))
    assert backup in contents(tmp_path)


@pytest.mark.parametrize("by_hand", ["changed", "put back"])
def test_what_another_hand_did_to_the_marks_is_told_once(tmp_path: Path, by_hand: str) -> None:
    three_generations(tmp_path)
    file, backup = tmp_path / "marks.json", tmp_path / "marks.json.bak"
    held = backup.read_bytes() if by_hand == "put back" else file.read_bytes().replace(b'"read"', b'"starred"', 1)
    file.write_bytes(held)
    with Marks.open(tmp_path) as told:
        assert told.notices
        expected = dict(told.all())
    with Marks.open(tmp_path) as again:
        assert again.notices == ()
        assert dict(again.all()) == expected


def test_marks_changed_by_hand_in_a_folder_that_cannot_be_written_are_told_and_stop_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_generations(tmp_path)
    file = tmp_path / "marks.json"
    file.write_bytes(file.read_bytes().replace(b'"read": true', b'"starred": true', 1))
    monkeypatch.setattr("filelock.FileLock.acquire", refusing(errno.EROFS))
    for _ in range(2):
        with Marks.open(tmp_path) as marks:
            assert marks.get(A) == STARRED
            assert "changed by another program" in marks.notices[0]


def test_an_older_marks_file_put_back_gets_the_acts_that_are_known(tmp_path: Path) -> None:
    expected = three_generations(tmp_path)
    shutil.copy(tmp_path / "marks.json.bak", tmp_path / "marks.json")
    with Marks.open(tmp_path, desk=True) as marks:
        assert dict(marks.all()) == expected
        assert "older than its journal" in marks.notices[0]
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == expected
        assert again.notices == ()


def refusing(number: int) -> object:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.mark.parametrize("step", ["append", "replace", "open"])
def test_a_full_disk_is_told_and_the_acts_are_written_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    expected = three_generations(tmp_path)
    marks = Marks.open(tmp_path, desk=True)
    with monkeypatch.context() as full:
        if step == "append":
            full.setattr(os, "fsync", refusing(errno.ENOSPC))
        elif step == "replace":
            full.setattr(files, "sync_folder", refusing(errno.EIO))
        else:
            full.setattr(Path, "open", refusing(errno.EROFS))
        marks.apply(act((A, READ, STARRED)))
        with pytest.raises(LibraryError, match="cannot be written"):
            marks.checkpoint()
        assert marks.get(A) == STARRED
    marks.flush()
    with Marks.open(tmp_path) as other:
        assert dict(other.all()) == {**expected, A: STARRED}
    marks.close()
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == {**expected, A: STARRED}
        assert again.notices == ()


def test_closing_on_a_full_disk_raises_and_lets_the_desk_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = Marks.open(tmp_path, desk=True)
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", refusing(errno.ENOSPC))
        marks.apply(act((A, UNMARKED, READ)))
        with pytest.raises(LibraryError, match="No space left"):
            marks.close()
    with Marks.open(tmp_path, desk=True) as again:
        assert not again.beside
        assert dict(again.all()) == {A: READ}  # it had come as far as the file


def test_a_checkpoint_that_finds_no_room_at_the_end_loses_nothing_and_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = Marks.open(tmp_path, desk=True)
    marks.apply(act((A, UNMARKED, READ)))
    marks.flush()
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", refusing(errno.ENOSPC))
        marks.close()
    assert not list(tmp_path.glob("*.tmp"))
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == {A: READ}


def test_acts_that_are_lost_with_the_program_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = Marks.open(tmp_path, desk=True)
    monkeypatch.setattr(journal, "append", refusing(errno.ENOSPC))
    marks.apply(act((A, UNMARKED, READ)))
    assert marks.unwritten == 1
    with pytest.raises(LibraryError, match=r"No space left on device\. 1 act was not written and is lost"):
        marks.close()


def test_a_folder_that_cannot_be_written_is_read_and_says_so_on_flush(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = three_generations(tmp_path)

    def locked(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(FileLock, "acquire", locked)
    marks = Marks.open(tmp_path, desk=True)
    assert dict(marks.all()) == expected
    marks.apply(act((A, READ, UNMARKED)))
    with pytest.raises(LibraryError, match="Permission denied"):
        marks.flush()
    with pytest.raises(LibraryError, match="Permission denied"):
        marks.close()


def test_marks_locked_by_another_program_for_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LOCK_SECONDS", 0.1)
    with Marks.open(tmp_path) as marks:
        with FileLock(tmp_path / "marks.lock"):
            marks.apply(act((A, UNMARKED, READ)))
            with pytest.raises(LibraryError, match="Another program"):
                marks.flush()
        marks.flush()
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == {A: READ}


def test_a_lock_that_was_waited_for_in_vain_is_not_waited_for_as_long_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    acquire = FileLock.acquire

    def noted(lock: FileLock, timeout: float, **more: object) -> object:
        waited.append(timeout)
        return acquire(lock, timeout=timeout / 100, **more)  # type: ignore[arg-type]

    marks = Marks.open(tmp_path)
    with FileLock(tmp_path / "marks.lock"):
        monkeypatch.setattr(FileLock, "acquire", noted)
        marks.apply(act((A, UNMARKED, READ)))
        with pytest.raises(LibraryError, match="locked for more than 15 s"):
            marks.flush()
        with pytest.raises(LibraryError, match="1 act was not written and is lost"):
            marks.close()
    full = [seconds for seconds in waited if seconds != BEHIND_SECONDS]  # the writer's thread asks often, and briefly
    assert full[0] == files.LOCK_SECONDS
    assert set(full[1:]) == {files.AGAIN_SECONDS}


def test_an_attempt_tells_soon_that_another_program_holds_the_marks(tmp_path: Path) -> None:
    with Marks.open(tmp_path, desk=True) as marks:
        marks.attempt(0)
        with FileLock(tmp_path / "marks.lock"):
            marks.attempt(0)  # nothing is to be written
            marks.apply(act((A, UNMARKED, READ)))
            with pytest.raises(LibraryBusy):
                marks.attempt(0.05)
            assert marks.unwritten == 1
        marks.attempt(10)
        assert marks.unwritten == 0


def test_a_library_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="cannot be made"):
        Marks.open(tmp_path / "file")


def test_a_clock_that_goes_back_changes_nothing(tmp_path: Path) -> None:
    hours = iter([9e8, 2e9, 1e9, 5.0, 3e9, 0.0] * 10)
    with Marks.open(tmp_path, desk=True, clock=lambda: next(hours)) as marks:
        marks.apply(act((A, UNMARKED, READ)))
        marks.apply(act((A, READ, STARRED)))
        marks.checkpoint()
        marks.apply(act((A, STARRED, READ)))
    with Marks.open(tmp_path) as again:
        assert again.get(A) == READ


def test_a_folder_of_any_name_will_do(tmp_path: Path) -> None:
    folder = tmp_path / "a 'quoted' \"name\" 😀 [x]* #1%20"
    three_generations(folder)
    with Marks.open(folder, desk=True) as marks:
        assert len(marks.all()) == 3


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting for the disk where the machine does not stop."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


def opened(folder: Path) -> tuple[dict[StoryId, Mark], str]:
    """What opens, and what is said about it: an error's text, or the notices."""
    try:
        with Marks.open(folder) as marks:
            return dict(marks.all()), " ".join(marks.notices)
    except MarksDamaged as error:
        Marks.restore(folder, use_backup=error.backup is not None)
        with Marks.open(folder) as marks:
            return dict(marks.all()), str(error)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("victim", ["marks.json", "marks.journal"])
def test_a_file_cut_at_any_byte_loses_nothing_silently(tmp_path: Path, victim: str) -> None:
    whole, folder = tmp_path / "whole", tmp_path / "cut"
    expected = three_generations(whole)
    data = (whole / victim).read_bytes()
    for size in range(len(data)):
        shutil.copytree(whole, folder)
        (folder / victim).write_bytes(data[:size])
        found, said = opened(folder)
        assert found == expected or (victim == "marks.journal" and said), size
        shutil.rmtree(folder)
    print(f"{len(data)} cuts of {victim}")  # noqa: T201


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("victim", ["marks.json", "marks.journal", "marks.json.bak", "marks.journal.bak"])
def test_random_damage_never_raises_anything_else_and_never_loses_silently(tmp_path: Path, victim: str) -> None:
    whole, folder, chance = tmp_path / "whole", tmp_path / "hurt", random.Random(7)
    expected = three_generations(whole)
    data = (whole / victim).read_bytes()
    told = 0
    for _ in range(150):
        hurt = bytearray(data)
        for _ in range(chance.choice([1, 1, 2, 20])):
            hurt[chance.randrange(len(hurt))] = chance.randrange(256)
        shutil.copytree(whole, folder)
        (folder / victim).write_bytes(hurt)
        try:
            found, said = opened(folder)
            assert found == expected or said
            told += bool(said)
        except SchemaTooNew:
            told += 1
        shutil.rmtree(folder)
    print(f"150 damaged {victim}: {told} told")  # noqa: T201
    if victim in ("marks.json", "marks.journal"):
        assert told > 100


def test_beginning_empty_is_taken_back_by_the_next_restore_until_something_is_marked(tmp_path: Path) -> None:
    expected = three_generations(tmp_path)
    (tmp_path / "marks.json").write_bytes(b"damaged")
    with pytest.raises(MarksDamaged):
        Marks.open(tmp_path)
    assert "`diplo-reader restore` takes that back" in Marks.restore(tmp_path, use_backup=False)
    with Marks.open(tmp_path) as empty:
        assert dict(empty.all()) == {}
    before = contents(tmp_path)
    assert f"{len(expected)} marked stories are back" in Marks.restore(tmp_path, use_backup=True)
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == expected
    assert before <= contents(tmp_path)
    assert "nothing was restored" in Marks.restore(tmp_path, use_backup=True)  # once


def test_beginning_empty_is_not_taken_back_over_what_was_marked_since(tmp_path: Path) -> None:
    three_generations(tmp_path)
    (tmp_path / "marks.json").write_bytes(b"damaged")
    with pytest.raises(MarksDamaged):
        Marks.open(tmp_path)
    Marks.restore(tmp_path, use_backup=False)
    with Marks.open(tmp_path) as new:
        new.apply(act((A, UNMARKED, READ)))
    assert "nothing was restored" in Marks.restore(tmp_path, use_backup=True)
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == {A: READ}
