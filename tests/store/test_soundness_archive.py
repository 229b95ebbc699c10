"""What check and repair say of an archive that is not damaged: another program has it open, or it is gone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from store import soundness
from store.archive import Archive, database, snapshot
from store.config import Settings
from store.errors import LibraryError
from store.library import Library
from tests.store.libraries import STORIES, damaged, held, make, story
from tests.store.programs_on_archive import item

NOW = datetime(2031, 5, 1, 10, 15)


def test_an_archive_is_not_set_aside_under_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "_EXCLUSIVE_SECONDS", 0.1)
    make(tmp_path)
    damaged(tmp_path, "UPDATE revisions SET packed = x'00' WHERE r = 7")
    adding = Archive.open(tmp_path)
    found = soundness.check(tmp_path)
    assert any(part.problems for part in found)
    with pytest.raises(LibraryError, match="Another program has"):
        list(soundness.repair(tmp_path, Settings(), found, now=NOW))
    assert not [p for p in tmp_path.iterdir() if "damaged" in p.name]
    adding.put([item(STORIES)], added="2031-05-03")
    adding.close()
    list(soundness.repair(tmp_path, Settings(), found, now=NOW))
    assert not any(part.problems for part in soundness.check(tmp_path))
    assert item(STORIES)[0] in held(tmp_path)[2]


def told(folder: Path) -> list[str]:
    return [problem for part in soundness.check(folder) for problem in part.problems]


def test_an_archive_that_is_gone_from_a_folder_that_is_read_only_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        error = sqlite3.OperationalError("unable to open database file")
        error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
        raise error

    monkeypatch.setattr(database.Database, "_connect", refused)
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(LibraryError, match=r"archive.sqlite3 is gone.*its folder may not be written to"):
        Archive.open(tmp_path)


def test_what_was_added_last_and_is_gone_is_told_once_it_is_repaired_no_more(tmp_path: Path) -> None:
    make(tmp_path)
    adding = Archive.open(tmp_path)
    adding.put([item(STORIES)], added="2031-05-03")
    (tmp_path / "killed").mkdir()
    for name in ("archive.sqlite3", "archive.sqlite3-end"):
        (tmp_path / "killed" / name).write_bytes((tmp_path / name).read_bytes())
    adding.close()
    (problem,) = (p for p in told(tmp_path / "killed") if "no file of the marks" not in p)
    assert "lacks what was added to it last" in problem
    library = Library.open(tmp_path / "killed", Settings())
    assert problem in library.notices
    library.close()
    found = soundness.check(tmp_path / "killed")
    (done,) = soundness.repair(tmp_path / "killed", Settings(), found, now=NOW)
    assert "add the same again" in done
    assert told(tmp_path / "killed") == []


def emptied(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("lose", [Path.unlink, emptied])
def test_an_archive_that_is_gone_is_told_where_stories_are_marked(tmp_path: Path, lose: Callable[[Path], None]) -> None:
    make(tmp_path)
    lose(tmp_path / "archive.sqlite3")
    before = {p: p.read_bytes() for p in tmp_path.iterdir()}
    assert told(tmp_path) == ["the archive holds no story, though 3 are marked"]
    assert {p: p.read_bytes() for p in tmp_path.iterdir()} == before
    done = list(soundness.repair(tmp_path, Settings(), soundness.check(tmp_path), now=NOW))
    assert len(done) == 1
    assert "restore FILE" in done[0]
    assert not [p for p in tmp_path.iterdir() if "damaged" in p.name]
    Archive.open(tmp_path).close()
    assert told(tmp_path) == ["the archive holds no story, though 3 are marked"]


@pytest.mark.parametrize("lose", [Path.unlink, emptied])
def test_an_archive_that_is_gone_is_told_where_stories_were_grouped(
    tmp_path: Path, lose: Callable[[Path], None]
) -> None:
    with closing(Library.open(tmp_path, Settings())) as library:
        library.rebuild()
    assert (tmp_path / "groups.index").exists()
    assert told(tmp_path) == []  # a library that never held a story
    lose(tmp_path / "archive.sqlite3")
    (problem,) = told(tmp_path)
    assert "holds no story, though stories were grouped here" in problem


def test_an_add_that_was_broken_off_is_told_and_is_no_damage(tmp_path: Path) -> None:
    make(tmp_path)
    with closing(Archive.open(tmp_path)) as archive:
        archive.put([item(n) for n in range(STORIES, STORIES + 3)], added="2031-05-03")
    assert told(tmp_path) == []
    (note,) = [note for part in soundness.check(tmp_path) for note in part.notes]
    assert note.startswith("3 stories wait to be placed in an event")
    assert "the next `add` goes on" in note
    with closing(Library.open(tmp_path, Settings())) as library:
        library.add([], now=NOW)
    assert not [note for part in soundness.check(tmp_path) for note in part.notes]


@pytest.mark.parametrize("lose", [Path.unlink, emptied])
def test_whoever_opens_a_library_whose_archive_is_gone_is_told(tmp_path: Path, lose: Callable[[Path], None]) -> None:
    make(tmp_path)
    lose(tmp_path / "archive.sqlite3")
    for again in (False, True):  # opened once, there is an archive again, and it is empty
        with closing(Library.open(tmp_path, Settings())) as library:
            (notice,) = library.notices
            assert notice == library.lost
            assert "it holds no story, though 3 are marked" in notice
            assert "restore FILE" in notice
            assert "diplo-reader add" in notice
            if again:
                library.archive.put([item(0)], added="2031-05-03")
                assert library.lost == ""


def test_a_library_that_never_held_a_story_is_not_said_to_have_lost_any(tmp_path: Path) -> None:
    with closing(Library.open(tmp_path, Settings())) as library:
        library.rebuild()
        assert library.notices == ()
    with closing(Library.open(tmp_path, Settings())) as library:
        assert library.notices == ()
    (tmp_path / "archive.sqlite3").unlink()
    with closing(Library.open(tmp_path, Settings())) as library:
        assert "is gone" in library.lost  # its groups are there


def test_marked_stories_that_a_repair_could_not_save_are_told_from_then_on(tmp_path: Path) -> None:
    make(tmp_path)
    damaged(tmp_path, f"UPDATE revisions SET packed = x'00' WHERE story = '{story(2)}'")
    (done, *_) = soundness.repair(tmp_path, Settings(), soundness.check(tmp_path), now=NOW)
    assert "Nothing is left of: “Title 2”" in done
    assert told(tmp_path) == []
    notes = [note for part in soundness.check(tmp_path) for note in part.notes]
    assert notes == ["1 marked story is not here: marks wait until their stories are added again"]


@pytest.mark.parametrize("name", ["marks.lock", "marks.journal", "archive.sqlite3"])
def test_a_folder_in_the_place_of_a_file_is_told_and_set_aside(tmp_path: Path, name: str) -> None:
    make(tmp_path)
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    (tmp_path / name / "letter").write_text("whose?", encoding="utf-8")
    assert f"{tmp_path / name} is a folder" in " ".join(told(tmp_path))
    done = " ".join(soundness.repair(tmp_path, Settings(), soundness.check(tmp_path), now=NOW))
    assert f"{name} is a folder; it was set aside as" in done
    (aside,) = [path for path in tmp_path.glob("*.damaged-*") if path.is_dir()]
    assert (aside / "letter").read_text(encoding="utf-8") == "whose?"
    left = told(tmp_path)
    assert left == [] if name.startswith("marks") else "the archive holds no story" in left[0]


def test_an_archive_that_cannot_be_opened_says_what_can_be_seen_of_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def why(path: Path) -> str:
        error = sqlite3.OperationalError("unable to open database file")
        error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
        with pytest.raises(LibraryError) as raised, database.telling(path):
            raise error
        return str(raised.value)

    file = tmp_path / "archive.sqlite3"
    assert "unable to open" in why(file)
    assert "when the disk has room" in why(file)
    (tmp_path / "archive.sqlite3-wal").write_bytes(b"x")
    monkeypatch.setattr("os.access", lambda *_: False)
    assert "its folder may not be written to. Make the folder writable" in why(file)
    file.mkdir()
    assert "cannot be opened or read: it is a folder. Put the archive's file in its place" in why(file)
