"""A library in one file and back: all of it, or nothing is changed."""

from __future__ import annotations

import errno
import json
import os
import random
import threading
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from store import backup, session
from store.archive import Archive
from store.backup.file import MANIFEST
from store.errors import LibraryError, SchemaTooNew, StoreError
from store.marks import Marks
from store.model import Progress
from tests.store.libraries import ODD_NAME, RULE, STORIES, contents, damaged, held, make, marked, story
from tests.store.programs_on_archive import BATCH, item

NOW = datetime(2031, 5, 1, 10, 15)


def made(folder: Path, file: Path, settings: Path | None = None) -> backup.Kept:
    return backup.make(folder, file, settings=settings, now=NOW)


def restored(folder: Path, file: Path, settings: Path | None = None) -> backup.Kept:
    return backup.restore(folder, file, settings=settings, now=NOW)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / ODD_NAME / "library"
    make(folder)
    return folder


def test_a_library_comes_back_whole_on_a_path_of_any_name(library: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('theme = "nord"\n')
    kept = made(library, library.parent, settings)
    assert kept.file == library.parent / "diplo-reader-2031-05-01.zip"
    assert (kept.stories, kept.marked, kept.rules) == (STORIES, 3, 1)
    there = tmp_path / "new" / ODD_NAME
    back = restored(there, kept.file, tmp_path / "elsewhere" / "settings.toml")
    assert (back.stories, back.marked, back.rules) == (STORIES, 3, 1)
    assert held(there) == held(library)
    assert session.recall(there) == {"story": story(1)}
    assert (tmp_path / "elsewhere" / "settings.toml").read_bytes() == settings.read_bytes()
    archive = Archive.open(there)
    assert archive.check() == ()
    assert len(archive.search_all("treaty")) == STORIES - STORIES // 10
    archive.close()
    with Marks.open(there, desk=True) as marks:
        assert marks.notices == ()
        assert [act.label for act in marks.done()] == ["did 1", "did 2", "ruled"]
    assert sorted(p.name for p in there.iterdir() if p.is_dir()) == []


def test_a_backup_of_a_damaged_archive_is_made_and_told(library: Path, tmp_path: Path) -> None:
    assert backup.make(library, tmp_path / "sound.zip", settings=None, now=NOW).notes == ()
    assert damaged(library, "UPDATE stories SET title = 'Another' WHERE n = 5") == 1
    kept = backup.make(library, tmp_path / "kept.zip", settings=None, now=NOW)
    assert kept.stories == STORIES
    assert any("the table stories is not as it was written" in note and "check --repair" in note for note in kept.notes)


def test_a_restored_archive_can_be_read_while_another_program_writes(library: Path, tmp_path: Path) -> None:
    file = backup.make(library, tmp_path / "kept.zip", settings=None, now=NOW).file
    backup.restore(tmp_path / "again", file, settings=None, now=NOW)
    archive = Archive.open(tmp_path / "again")
    with archive._db.reading() as reading:
        assert reading.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        before = reading.execute("SELECT count(*) FROM stories").fetchone()
        archive.put([item(900)], added="2031-05-03")
        assert reading.execute("SELECT count(*) FROM stories").fetchone() == before
    archive.close()


def test_a_library_without_stories_or_without_marks_is_kept_too(tmp_path: Path) -> None:
    with Marks.open(tmp_path / "one") as marks:
        marks.apply(marked(1))
    archive = Archive.open(tmp_path / "two")
    archive.put([item(1)], added="x")
    archive.close()
    for name in ("one", "two"):
        made(tmp_path / name, tmp_path / f"{name}.zip")
        restored(tmp_path / "again" / name, tmp_path / f"{name}.zip")
        assert held(tmp_path / "again" / name) == held(tmp_path / name)


def test_restoring_sets_aside_what_is_there_and_deletes_nothing(library: Path, tmp_path: Path) -> None:
    file = made(library, tmp_path / "kept.zip").file
    before = held(library)
    with Marks.open(library, desk=True) as marks:
        marks.apply(marked(9))
        marks.flush()
    archive = Archive.open(library)
    archive.put([item(500)], added="x")
    archive.close()
    later, was_there = held(library), contents(library)
    back = restored(library, file)
    assert held(library) == before
    aside = library / "before-restore-20310501T101500"
    assert "before-restore" in back.notes[0]
    assert was_there - contents(library) == set()
    assert held(aside) == later
    restored(library, file)
    assert (library / "before-restore-20310501T101500-2").is_dir()


def test_restoring_over_damage_is_what_a_backup_is_for(library: Path, tmp_path: Path) -> None:
    file, before = made(library, tmp_path / "kept.zip").file, held(library)
    for name in ("marks.json", "marks.json.bak", "marks.journal", "archive.sqlite3"):
        (library / name).write_bytes(f"damaged {name}".encode() * 100)
    restored(library, file)
    assert held(library) == before
    assert b"damaged archive.sqlite3" * 100 in contents(library)
    with Marks.open(library) as marks:
        assert marks.notices == ()


def test_settings_that_are_there_are_left_and_those_of_the_backup_put_beside(library: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('theme = "nord"\n')
    file = made(library, tmp_path / "kept.zip", settings).file
    settings.write_text('theme = "gruvbox"\n')
    back = restored(library, file, settings)
    assert settings.read_text() == 'theme = "gruvbox"\n'
    assert any("left as they are" in note for note in back.notes)
    assert b'theme = "nord"\n' in contents(library)


def test_a_backup_while_another_program_adds_holds_one_moment(tmp_path: Path) -> None:
    library, done = tmp_path / "library", threading.Event()
    archive = Archive.open(library)

    def add() -> None:
        for start in range(0, 40 * BATCH, BATCH):
            archive.put([item(n) for n in range(start, start + BATCH)], added="x")
        done.set()

    worker = threading.Thread(target=add)
    worker.start()
    numbers: list[int] = []
    while not done.is_set() or not numbers:
        kept = made(library, tmp_path / "kept.zip")
        restored(tmp_path / f"{len(numbers)}", kept.file)
        numbers.append(len(held(tmp_path / f"{len(numbers)}")[2]))
    worker.join()
    archive.close()
    print(f"{len(numbers)} backups while adding: {numbers}")  # noqa: T201
    assert all(number % BATCH == 0 for number in numbers)
    assert numbers == sorted(numbers)


def test_a_desk_or_another_program_at_work_refuses_a_restore(library: Path, tmp_path: Path) -> None:
    file = made(library, tmp_path / "kept.zip").file
    with Marks.open(library, desk=True), pytest.raises(LibraryError, match=r"A desk has this library open \(process"):
        restored(library, file)
    archive = Archive.open(library)
    with pytest.raises(LibraryError, match="Another program has"):
        restored(library, file)
    archive.close()
    assert [p.name for p in library.iterdir() if p.is_dir()] == []
    restored(library, file)


def test_a_file_that_is_no_backup_is_neither_overwritten_nor_restored(library: Path, tmp_path: Path) -> None:
    other = tmp_path / "letters.zip"
    with zipfile.ZipFile(other, "w") as held_:
        held_.writestr("letter.txt", "Dear Ila")
    data = other.read_bytes()
    with pytest.raises(LibraryError, match="no backup of diplo-reader"):
        made(library, other)
    with pytest.raises(LibraryError, match="not a backup of diplo-reader"):
        restored(library, other)
    assert other.read_bytes() == data
    with pytest.raises(LibraryError, match="cannot be read"):
        restored(library, tmp_path / "missing.zip")
    with pytest.raises(LibraryError, match="nothing to back up"):
        made(tmp_path / "nowhere", tmp_path / "new.zip")


def test_a_pipe_and_a_name_too_long_are_no_backups(library: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(LibraryError, match="was not touched"):
        made(library, pipe)
    with pytest.raises(LibraryError, match="is a device or a pipe, no backup"):
        restored(library, pipe)
    with pytest.raises(LibraryError, match="cannot be written: File name too long"):
        made(library, tmp_path / ("x" * 300))


def test_an_older_backup_of_that_name_is_kept_under_a_number_and_one_of_the_day_too(
    library: Path, tmp_path: Path
) -> None:
    first = made(library, tmp_path)
    second = made(library, tmp_path)
    assert [k.file.name for k in (first, second)] == ["diplo-reader-2031-05-01.zip", "diplo-reader-2031-05-01-2.zip"]
    with Marks.open(library) as marks:
        marks.apply(marked(7))
    data = first.file.read_bytes(), second.file.read_bytes()
    third = made(library, first.file)
    assert (third.file, third.marked) == (first.file, 4)
    assert third.notes == ("The backup that was there is kept as diplo-reader-2031-05-01-3.zip.",)
    assert third.file.with_stem(f"{third.file.stem}-3").read_bytes() == data[0]
    assert second.file.read_bytes() == data[1]


def test_a_disk_without_second_names_keeps_the_older_backup_too(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = made(library, tmp_path / "kept.zip").file.read_bytes()

    def unknown(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("os.link", unknown)
    made(library, tmp_path / "kept.zip")
    assert (tmp_path / "kept-2.zip").read_bytes() == data
    assert made(library, tmp_path / "kept.zip").marked == 3


@pytest.mark.parametrize(("lose", "said"), [("archive.*", "holds no story"), ("marks.*", "holds none")])
def test_a_library_that_lost_its_files_is_told_each_time_and_costs_no_older_backup(
    library: Path, tmp_path: Path, lose: str, said: str
) -> None:
    sound = made(library, tmp_path / "kept.zip")
    assert sound.lost == ()
    data = sound.file.read_bytes()
    for path in library.glob(lose):
        path.unlink()
    for _ in range(2):
        (lost,) = made(library, tmp_path / "kept.zip").lost
        assert said in lost
        assert "restore FILE" in lost
    assert (tmp_path / "kept-2.zip").read_bytes() == data


def changed(file: Path, **values: object) -> Path:
    """The backup with another manifest."""
    new = file.with_name("changed.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(new, "w") as to:
        for name in old.namelist():
            data = old.read(name)
            to.writestr(name, json.dumps({**json.loads(data), **values}) if name == MANIFEST else data)
    return new


@pytest.mark.parametrize(
    "values", [{"backup": 2}, {"schemas": {"marks": 99, "archive": 1}}, {"schemas": {"marks": 1, "archive": 99}}]
)
def test_a_newer_programs_backup_is_refused_kindly(library: Path, tmp_path: Path, values: dict[str, object]) -> None:
    file = changed(made(library, tmp_path / "kept.zip").file, **values)
    before = contents(library)
    with pytest.raises(SchemaTooNew, match="newer diplo-reader"):
        restored(library, file)
    with pytest.raises(SchemaTooNew):
        made(library, file)
    assert contents(library) >= before


@pytest.mark.parametrize(
    "files",
    [
        {"../evil": {"size": 1, "sha256": "x"}},
        {"marks/../../evil": {"size": 1, "sha256": "x"}},
        {"/etc/evil": {"size": 1, "sha256": "x"}},
        {"archive.sqlite3": {"size": 1, "sha256": "x"}},
        {"archive.sqlite3": {"size": 10**18, "sha256": "x"}},
        {"marks/marks.json": {"size": "1", "sha256": "x"}},
        ["marks"],
    ],
)
def test_a_manifest_that_lies_is_refused(library: Path, tmp_path: Path, files: object) -> None:
    file = changed(made(library, tmp_path / "kept.zip").file, files=files)
    before = held(library)
    with pytest.raises(LibraryError, match=r"Nothing was changed|not a backup"):
        restored(library, file)
    assert held(library) == before
    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize(
    "values",
    [
        {"schemas": {"marks": 2, "archive": None}},
        {"schemas": {"marks": "2", "archive": 1}},
        {"schemas": None},
        {"schemas": [1]},
        {"backup": None},
        {"backup": [2]},
        {"counts": {"stories": None, "marked": 0, "rules": 0}},
        {"counts": 3},
        {"files": None},
        {"files": {"marks/marks.json": None}},
    ],
)
def test_a_manifest_of_another_shape_is_told_in_words(library: Path, tmp_path: Path, values: dict[str, object]) -> None:
    file = changed(made(library, tmp_path / "kept.zip").file, **values)
    with pytest.raises(LibraryError) as told:
        restored(library, file)
    expected = f"{file} is not a backup of diplo-reader, or is damaged (manifest.json is of another shape)."
    assert str(told.value) == expected


@pytest.mark.parametrize("manifest", ["not JSON", "[" * 100_000], ids=["not JSON", "deep"])
def test_a_manifest_that_is_no_json_is_told_in_words(tmp_path: Path, manifest: str) -> None:
    file = tmp_path / "kept.zip"
    with zipfile.ZipFile(file, "w") as to:
        to.writestr(MANIFEST, manifest)
    with pytest.raises(LibraryError, match=r"or is damaged \(manifest.json is of another shape\)\.$"):
        restored(tmp_path / "library", file)


def test_a_backup_whose_parts_begin_before_it_is_told_in_words(library: Path, tmp_path: Path) -> None:
    """The system refuses such a place in a file, and no word of the archive's own says so."""
    file = made(library, tmp_path / "kept.zip").file
    data = bytearray(file.read_bytes())
    at = data.rindex(b"PK\x05\x06") + 16  # where the table of the parts begins, it says there
    data[at : at + 4] = (int.from_bytes(data[at : at + 4], "little") + 2**30).to_bytes(4, "little")
    file.write_bytes(data)
    with pytest.raises(LibraryError, match="is not a backup of diplo-reader, or is damaged"):
        restored(library, file)


def test_a_damaged_backup_changes_nothing(library: Path, tmp_path: Path) -> None:
    data = made(library, tmp_path / "kept.zip").file.read_bytes()
    before, chance, hurt = held(library), random.Random(3), tmp_path / "hurt.zip"
    told = 0
    for trial in range(120):
        new = bytearray(data[: chance.randrange(len(data))] if trial % 3 == 0 else data)
        for _ in range(chance.choice([1, 3]) if trial % 3 else 0):
            new[chance.randrange(len(new))] ^= 1 + chance.randrange(255)
        hurt.write_bytes(new)
        try:
            restored(library, hurt)
        except StoreError:
            told += 1
        assert held(library) == before
    print(f"120 damaged backups: {told} refused")  # noqa: T201
    assert told > 110  # the rest have damage in a place that no reader needs


def test_a_full_disk_is_told_and_leaves_nothing_half_done(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(library)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(zipfile._ZipWriteFile, "write", full)  # type: ignore[attr-defined]
        with pytest.raises(LibraryError, match="the disk is full"):
            made(library, tmp_path / "out" / "kept.zip")
    assert list((tmp_path / "out").iterdir()) == []
    assert contents(library) == before
    file = made(library, tmp_path / "kept.zip").file
    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        with pytest.raises(LibraryError, match="No space left"):
            restored(library, file)
    assert [p.name for p in library.iterdir() if p.is_dir()] == []


def test_marks_that_cannot_be_put_back_leave_the_archive_as_it_was(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = made(library, tmp_path / "kept.zip").file
    archive = Archive.open(library)
    archive.put([item(500)], added="x")
    archive.close()
    before = held(library)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("store.marks.storage.save", full)
        with pytest.raises(LibraryError, match="No space left"):
            restored(library, file)
    assert held(library) == before
    restored(library, file)
    assert len(held(library)[2]) == STORIES


def test_long_work_tells_how_far_it_is(library: Path, tmp_path: Path) -> None:
    seen: list[Progress] = []
    backup.make(library, tmp_path / "kept.zip", settings=None, now=NOW, told=seen.append)
    backup.restore(tmp_path / "new", tmp_path / "kept.zip", settings=None, now=NOW, told=seen.append)
    assert [*dict.fromkeys(p.stage for p in seen)] == ["copying the archive", "packing", "reading the backup"]
    assert all(p.done <= p.total == 100 for p in seen)


def test_rules_come_back(library: Path, tmp_path: Path) -> None:
    file = made(library, tmp_path / "kept.zip").file
    restored(tmp_path / "new", file)
    with Marks.open(tmp_path / "new") as marks:
        assert marks.rules() == (RULE,)
