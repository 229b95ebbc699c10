"""check finds what is wrong and changes nothing; repair mends it and deletes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from store import soundness
from store.archive import database
from store.config import Settings
from store.errors import LibraryError, MarksDamaged
from store.marks import Marks, history
from store.model import UNMARKED, Act, Change, Checked, Mark, StoryId
from tests.store.libraries import ODD_NAME, RULE, STORIES, contents, edited, held, make, marked

NOW = datetime(2031, 5, 1, 10, 15)
NOISE = bytes(range(7, 256)) * 3


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / ODD_NAME
    make(folder)
    return folder


def problems(checked: tuple[Checked, ...]) -> dict[str, tuple[str, ...]]:
    return {part.part: part.problems for part in checked if part.problems}


def repaired(folder: Path) -> list[str]:
    return list(soundness.repair(folder, Settings(), soundness.check(folder), now=NOW))


def test_a_sound_library_is_sound_and_left_as_it_is(library: Path) -> None:
    before = {p: p.read_bytes() for p in library.iterdir()}
    checked = soundness.check(library)
    assert problems(checked) == {}
    counts = {part.part: dict(part.counts) for part in checked}
    assert counts["marks"] == {"marked stories": 3, "rules": 1, "acts in the journal": 1}
    assert counts["backup of the marks"] == {"marked stories": 1}
    assert counts["archive"] == {"stories": STORIES, "texts": STORIES + STORIES // 10}
    assert counts["full-text index"] == {"stories": STORIES}
    assert counts["placements"] == {"stories placed": STORIES, "events": STORIES // 5, "storylines": 1}
    assert {p: p.read_bytes() for p in library.iterdir()} == before


def test_a_library_that_was_killed_in_its_making_is_sound(tmp_path: Path) -> None:
    with Marks.open(tmp_path):
        pass
    (tmp_path / "marks.end").unlink()  # the last to be made
    (tmp_path / "marks.journal").unlink()
    assert problems(soundness.check(tmp_path)) == {}


def test_a_library_without_anything_is_sound_and_no_library_is_told(tmp_path: Path) -> None:
    assert problems(soundness.check(tmp_path)) == {}
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(LibraryError, match="no library"):
        soundness.check(tmp_path / "nowhere")


def edit(name: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    def do(folder: Path) -> None:
        data = (folder / name).read_bytes()
        assert old in data
        (folder / name).write_bytes(data.replace(old, new, 1))

    return do


def cut(name: str) -> Callable[[Path], None]:
    def do(folder: Path) -> None:
        (folder / name).write_bytes((folder / name).read_bytes()[:-9])

    return do


def sql(statement: str) -> Callable[[Path], None]:
    def do(folder: Path) -> None:
        assert edited(folder, statement) != 0

    return do


DAMAGE = {
    "marks.json cut": (cut("marks.json"), "marks"),
    "marks.json gone": (lambda f: (f / "marks.json").unlink(), "marks"),
    "marks.json by hand": (edit("marks.json", b'"starred": true', b'"read": true'), "marks"),
    "journal torn": (cut("marks.journal"), "marks"),
    "journal header": (edit("marks.journal", b'"edition"', b'"edltion"'), "marks"),
    "journal gone": (lambda f: (f / "marks.journal").unlink(), "marks"),
    "backup cut": (cut("marks.json.bak"), "backup of the marks"),
    "backup gone": (lambda f: (f / "marks.json.bak").unlink(), "backup of the marks"),
    "journal before cut": (cut("marks.journal.bak"), "backup of the marks"),
    "journal before noise": (lambda f: (f / "marks.journal.bak").write_bytes(NOISE), "backup of the marks"),
    "journal before gone": (lambda f: (f / "marks.journal.bak").unlink(), "backup of the marks"),
    "history line": (edit("marks.history", b'"label":"did 1"', b'"label":"did 7"'), "history of acts"),
    "raw text": (sql("UPDATE revisions SET packed = x'00' WHERE r = 7"), "archive"),
    "raw text gone": (sql("DELETE FROM revisions WHERE r = 7"), "archive"),
    "cleaned text": (sql("UPDATE passages SET packed = substr(packed, 1, 30) WHERE n = 7"), "archive"),
    "cleaned text gone": (sql("DELETE FROM passages WHERE n = 7"), "archive"),
    "index row gone": (sql("DELETE FROM search_docsize WHERE id = 7"), "full-text index"),
    "index damaged": (sql("DELETE FROM search_data WHERE id > 1000"), "full-text index"),
    "not placed": (sql("UPDATE stories SET event = NULL WHERE n = 7"), "placements"),
    "nearest gone": (sql("UPDATE stories SET nearest = 'nobody' WHERE n = 7"), "placements"),
    "two storylines": (sql("UPDATE stories SET storyline = 'M' WHERE n = 7"), "placements"),
    "summary": (sql("UPDATE summaries SET answer = '{'"), "summaries"),
}


def test_an_older_journal_in_the_place_of_the_present_one_is_told(library: Path) -> None:
    (library / "marks.journal").write_bytes((library / "marks.journal.bak").read_bytes())
    (told,) = problems(soundness.check(library))["marks"]
    assert "is an older one than that which was written to" in told
    with Marks.open(library) as marks:
        assert any("is an older one; acts since" in notice for notice in marks.notices)
    assert problems(soundness.check(library)) == {}


def test_a_missing_note_of_the_journal_s_end_is_told_until_the_next_act(library: Path) -> None:
    (library / "marks.end").unlink()
    checked = soundness.check(library)
    assert problems(checked) == {}
    assert "marks.end is gone" in checked[0].notes[0]
    with Marks.open(library) as marks:
        marks.apply(marked(9))
    assert soundness.check(library)[0].notes == ()


@pytest.mark.parametrize("name", ["marks.json", "marks.json.bak", "marks.journal", "marks.journal.bak"])
def test_a_folder_in_the_place_of_a_file_is_set_aside(library: Path, name: str) -> None:
    expected = held(library)[0]
    (library / name).unlink()
    (library / name).mkdir()
    (library / name / "letter").write_bytes(b"Dear Ila")
    assert problems(soundness.check(library)) != {}
    assert repaired(library) != []
    assert problems(soundness.check(library)) == {}
    assert (library / name).is_file() or name == "marks.journal.bak"
    assert b"Dear Ila" in contents(library)
    now = held(library)[0]
    assert now == expected if name != "marks.journal" else now.items() < expected.items()


def test_stories_without_any_file_of_marks_are_told(library: Path) -> None:
    for path in library.glob("marks.*"):
        path.unlink()
    assert problems(soundness.check(library))["marks"] == (
        f"there is no file of the marks, though {STORIES} stories are here",
    )
    assert "marks" in problems(soundness.check(library))
    with Marks.open(library, desk=True):
        pass
    assert problems(soundness.check(library)) == {}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_found_named_and_repaired_and_nothing_is_deleted(library: Path, damage: str) -> None:
    marks, rules, raws = held(library)
    do, part = DAMAGE[damage]
    do(library)
    was_there = {
        p.read_bytes() for p in library.iterdir() if not p.name.endswith((".lock", "end", "-shm", "-wal", ".sqlite3"))
    }
    found = problems(soundness.check(library))
    assert part in found, found
    done = repaired(library)
    assert done
    assert problems(soundness.check(library)) == {}
    kept = contents(library)
    if "history" not in damage and "hand" not in damage and "gone" not in damage:
        assert {d for d in was_there if b"did" not in d} - kept == set()
    now_marks, now_rules, now_raws = held(library)
    if part != "marks" or damage in ("marks.json cut", "marks.json gone"):
        assert (now_marks, now_rules) == (marks, rules)
    lost = 1 if damage in ("raw text", "raw text gone") else 0
    assert len(raws) - len(now_raws) == lost
    assert now_raws.items() <= raws.items()
    if lost and damage == "raw text":
        assert any("1 raw text could not be read. Nothing is left of: “Title 6”" in d for d in done)


def test_several_damages_are_all_repaired(library: Path) -> None:
    marks, rules, raws = held(library)
    for name in ("marks.json cut", "history line", "index damaged", "not placed"):
        DAMAGE[name][0](library)
    assert len(problems(soundness.check(library))) >= 3
    repaired(library)
    assert problems(soundness.check(library)) == {}
    assert held(library) == (marks, rules, raws)


def test_marks_without_any_backup_are_told_and_never_begun_empty(library: Path) -> None:
    for name in ("marks.json", "marks.json.bak", "marks.history", "marks.journal", "marks.journal.bak"):
        (library / name).write_bytes(b"damaged " + name.encode())
    was_there = contents(library)
    assert "there is no backup" in problems(soundness.check(library))["marks"][0]
    assert any("no backup" in done for done in repaired(library))
    assert "marks" in problems(soundness.check(library))
    assert was_there - contents(library) == set()


@pytest.mark.parametrize("lose", ["gone", "damaged"])
def test_marks_without_any_backup_are_made_again_from_the_acts_that_are_known(library: Path, lose: str) -> None:
    expected = held(library)[:2]
    for name in ("marks.json", "marks.json.bak"):
        (library / name).unlink() if lose == "gone" else (library / name).write_bytes(b"damaged " + name.encode())
    history = (library / "marks.history").read_bytes()
    was_there = contents(library) - {history}
    assert "3 marked stories can be put together" in problems(soundness.check(library))["marks"][0]
    done = " ".join(repaired(library))
    assert "3 marked stories are back, from the 4 acts that are known, since 20" in done
    assert "other marks are not known" in done
    assert problems(soundness.check(library)) == {}
    assert held(library)[:2] == expected
    assert was_there - contents(library) == set()
    assert (library / "marks.history").read_bytes().startswith(history)


def test_a_page_that_is_noise_costs_what_stood_on_it(library: Path) -> None:
    file = library / "archive.sqlite3"
    data = bytearray(file.read_bytes())
    at = data.find(b"x\x9c", len(data) // 2) // 4096 * 4096
    data[at : at + 4096] = b"\xa5" * 4096
    file.write_bytes(data)
    with Marks.open(library) as opened:
        marks, rules = dict(opened.all()), opened.rules()
    found = problems(soundness.check(library))
    assert found
    repaired(library)
    assert problems(soundness.check(library)) == {}
    now = held(library)
    assert now[:2] == (marks, rules)
    assert bytes(data) in contents(library)


def test_newer_files_are_refused_by_check_too(library: Path) -> None:
    file = library / "marks.json"
    file.write_bytes(file.read_bytes().replace(b'"schema": 2', b'"schema": 3'))
    unseen = {part.part: part.unseen for part in soundness.check(library)}
    assert "newer diplo-reader" in unseen["marks"]
    assert unseen["archive"] == ""
    before = contents(library)
    assert repaired(library) == []
    assert contents(library) == before


def test_a_newer_archive_is_refused_by_check_too(library: Path) -> None:
    with closing(sqlite3.connect(library / "archive.sqlite3")) as db:
        db.execute("PRAGMA user_version = 99")
    unseen = {part.part: part.unseen for part in soundness.check(library)}
    assert "newer diplo-reader" in unseen["archive"]
    assert unseen["marks"] == ""


def test_nothing_is_repaired_under_an_open_desk(library: Path) -> None:
    DAMAGE["history line"][0](library)
    with Marks.open(library, desk=True) as desk:
        before = contents(library)
        with pytest.raises(LibraryError, match="A desk has this library open"):
            repaired(library)
        assert contents(library) == before
        assert desk.rules() == (RULE,)


def test_a_repair_keeps_the_acts_of_the_journal_where_a_restore_finds_them(library: Path) -> None:
    expected = held(library)[:2]
    was_there = {(library / name).read_bytes() for name in ("marks.journal", "marks.journal.bak")}
    for _ in range(2):
        edit("marks.json", b'"marks": {', b'"marks":  {')(library)
        was_there.add((library / "marks.json").read_bytes())
        repaired(library)
    assert was_there - contents(library) == set()
    cut("marks.json")(library)
    with pytest.raises(MarksDamaged):
        Marks.open(library)
    Marks.restore(library, use_backup=True)
    assert held(library)[:2] == expected


def test_a_repair_of_a_library_without_a_backup_makes_one(tmp_path: Path) -> None:
    with Marks.open(tmp_path) as marks:
        marks.apply(Act("read", (Change(StoryId("a"), UNMARKED, Mark(read=True)),)))
        expected = dict(marks.all())
    edit("marks.json", b'"marks": {', b'"marks":  {')(tmp_path)
    repaired(tmp_path)
    cut("marks.json")(tmp_path)
    Marks.restore(tmp_path, use_backup=True)
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == expected != {}


def test_a_busy_archive_is_told_and_never_set_aside(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    DAMAGE["not placed"][0](library)
    found = soundness.check(library)
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    names = {p.name for p in library.iterdir()}
    with closing(sqlite3.connect(library / "archive.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "busy" in " ".join(part.unseen for part in soundness.check(library))
        with pytest.raises(LibraryError, match=r"busy.*Try again when"):
            list(soundness.repair(library, Settings(), found, now=NOW))
        assert not [p for p in library.iterdir() if "damaged" in p.name]
        other.execute("ROLLBACK")
    assert names <= {p.name for p in library.iterdir()}
    assert len(held(library)[2]) == STORIES
    repaired(library)
    assert problems(soundness.check(library)) == {}


@pytest.mark.parametrize("code", ["SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN"])
def test_a_full_disk_is_told_and_the_archive_never_set_aside(
    library: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    DAMAGE["not placed"][0](library)
    found = soundness.check(library)

    def fails(*_: object) -> object:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = getattr(sqlite3, code)
        with database.telling(library / "archive.sqlite3"):
            raise error

    with monkeypatch.context() as patched:
        patched.setattr(database.Database, "_prepare", fails)
        assert "Try again when" in " ".join(part.unseen for part in soundness.check(library))
        with pytest.raises(LibraryError, match="Try again when"):
            list(soundness.repair(library, Settings(), found, now=NOW))
    assert not [p for p in library.iterdir() if "damaged" in p.name]
    assert len(held(library)[2]) == STORIES


def test_a_flipped_bit_that_leaves_valid_marks_is_told_with_its_way_back(library: Path) -> None:
    expected = held(library)[:2]
    edit("marks.json", b'"treaty"', b'"treatx"')(library)
    flipped = (library / "marks.json").read_bytes()
    told = " ".join(problems(soundness.check(library))["marks"])
    assert "does not match its checksum" in told
    assert "3 marked stories" in told
    assert "diplo-reader restore" in told
    assert "nothing was restored" in Marks.restore(library, use_backup=False)
    assert "3 marked stories are back" in Marks.restore(library, use_backup=True)
    assert held(library)[:2] == expected
    assert flipped in contents(library)
    assert problems(soundness.check(library)) == {}


@pytest.mark.parametrize("also", ["backup", "old journal", "journal"])
def test_changed_marks_are_not_given_up_for_a_backup_that_is_not_whole(library: Path, also: str) -> None:
    edit("marks.json", b'"treaty"', b'"treatx"')(library)
    name, old, new = {
        "backup": ("marks.json.bak", b'"treaty"', b'"tready"'),
        "old journal": ("marks.journal.bak", b'"did', b'"dod'),
        "journal": ("marks.journal", b'"did', b'"dod'),
    }[also]
    edit(name, old, new)(library)
    changed = (library / "marks.json").read_bytes()
    assert "diplo-reader restore" not in " ".join(problems(soundness.check(library))["marks"])
    assert "nothing was restored" in Marks.restore(library, use_backup=True)
    assert changed in contents(library)


def hurt(name: str) -> Callable[[Path], None]:
    def line(folder: Path) -> None:
        edit(name, b'"label":"did 2"', b'"label":"did 9"')(folder)

    return line


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda f: (f / "marks.journal.bak").write_bytes(NOISE), "cannot be read"),
        (lambda f: (f / "marks.journal.bak").unlink(), "is gone"),
        (hurt("marks.journal.bak"), "has 1 act that could not be read"),
    ],
)
def test_a_restore_says_what_the_journal_before_may_have_held(
    library: Path, damage: Callable[[Path], None], said: str
) -> None:
    expected = held(library)[:2]
    damage(library)
    (told,) = problems(soundness.check(library))["backup of the marks"]
    assert said in told
    assert "the history has the last 3 acts, since 20" in told
    cut("marks.json")(library)
    (library / "marks.history").unlink()
    assert "may be missing" in problems(soundness.check(library))["marks"][0]
    with pytest.raises(MarksDamaged, match="may be missing"):
        Marks.open(library)
    assert said in (done := Marks.restore(library, use_backup=True))
    assert "may be missing" in done
    assert len(held(library)[0]) < len(expected[0])


def test_acts_that_the_history_does_not_keep_any_more_are_taken_before_those_it_keeps(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "ACTS", 3)
    one = StoryId("one")
    with Marks.open(library, desk=True) as marks:
        marks.checkpoint()
        marks.apply(Act("first", (Change(StoryId("two"), UNMARKED, Mark(read=True)),)))
        for was in range(5):
            marks.apply(Act("noted", (Change(one, marks.get(one), Mark(note=f"note {was}")),)))
    expected = held(library)[:2]
    edit("marks.journal.bak", b'"note 1"', b'"note 7"')(library)
    (told,) = problems(soundness.check(library))["backup of the marks"]
    assert "has 1 act that could not be read" in told
    assert "the last 3 acts" in told
    cut("marks.json")(library)
    with pytest.raises(MarksDamaged):
        Marks.open(library)
    Marks.restore(library, use_backup=True)
    assert held(library)[:2] == expected
