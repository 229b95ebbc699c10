"""An archive of an older schema is brought forward with all that is in it; one of a newer is left alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from store import backup
from store.archive import Archive, database
from store.archive.database import Database
from store.archive.examine import examine
from store.archive.recorded import Recorded
from store.archive.schema import MIGRATIONS, SCHEMA
from store.errors import LibraryError, SchemaTooNew
from store.model import Progress, StoryId

FIRST = Path(__file__).parents[1] / "data" / "archive" / "schema1.sql"
FILE = "archive.sqlite3"
STORIES = ("887ccd2101b57073", "dc5900fa46060a3a", "4c5e6e096f71a3a4", "ad6e4d35156a20a1")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The folder of an archive of schema 1."""
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        db.executescript(FIRST.read_text("utf-8"))
    return tmp_path


@pytest.fixture
def archive(old: Path) -> Iterator[Archive]:
    archive = Archive.open(old)
    yield archive
    archive.close()


def version(folder: Path) -> int:
    with closing(sqlite3.connect(folder / FILE)) as db:
        (number,) = db.execute("PRAGMA user_version").fetchone()
    return int(number)


def test_everything_of_the_first_schema_is_found(archive: Archive) -> None:
    assert archive.count() == 4
    assert tuple(s.id for s in archive.listed()) == STORIES
    assert [s.head.title for s in archive.listed()][::3] == [
        "Harbour talks end in Tellmark with a date for more",
        "Morvenia expels two attachés",
    ]
    assert sorted(s.id for e in archive.events() for s in e.stories) == sorted(STORIES)
    assert archive.search("tellmark", 9) != ()
    assert archive.search_all("attaches") == {STORIES[3]}
    assert dict(archive.raws()).keys() == set(STORIES)
    assert [raw.text.endswith("left on Friday.\n") for raw in archive.revisions(StoryId(STORIES[3]))] == [False, True]
    assert "nine hours of talks" in archive.story(StoryId(STORIES[0])).paragraphs[0]
    assert Recorded(archive._db).named("at /in/s2.txt") is not None
    assert len(archive.event_of()) == 4


def test_what_was_brought_forward_is_of_this_schema_and_sound(old: Path) -> None:
    assert version(old) == 1
    Archive.open(old).close()
    assert version(old) == SCHEMA == len(MIGRATIONS)
    assert [part.problems for part in examine(old)] == [()] * 4


def test_every_schema_between_is_brought_forward_too(old: Path) -> None:
    for stop in range(2, SCHEMA):
        with closing(sqlite3.connect(old / FILE, isolation_level=None)) as db:
            database.teach(db)
            for statement in MIGRATIONS[stop - 1]:
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {stop}")
        copy = old / f"schema{stop}"
        copy.mkdir()
        with closing(sqlite3.connect(old / FILE)) as db, closing(sqlite3.connect(copy / FILE)) as to:
            db.backup(to)
        archive = Archive.open(copy)
        assert sorted(s.id for e in archive.events() for s in e.stories) == sorted(STORIES)
        archive.close()
        assert version(copy) == SCHEMA


def test_bringing_forward_is_told_and_nothing_is_where_there_is_nothing_to_do(old: Path) -> None:
    told: list[Progress] = []
    Archive.open(old, told.append).close()
    stages = list(dict.fromkeys(one.stage for one in told))
    assert stages == ["bringing the archive up to date", "listing the events", "listing the storylines"]
    assert told[0].total == SCHEMA - 1
    told.clear()
    Archive.open(old, told.append).close()
    Archive.open(old / "new", told.append).close()
    assert told == []


def test_a_backup_tells_that_it_brings_the_archive_up_to_date(old: Path) -> None:
    told: list[Progress] = []
    backup.make(old, old / "kept.zip", settings=None, now=datetime(2031, 5, 1), told=told.append)
    assert "bringing the archive up to date" in {one.stage for one in told}


def test_an_archive_of_the_first_schema_is_mended_with_the_places_of_its_stories(old: Path) -> None:
    with closing(sqlite3.connect(old / FILE)) as db, db:
        places = db.execute("SELECT id, event, added FROM stories ORDER BY id").fetchall()
        db.execute("DELETE FROM passages")
    assert Archive.mend(old, stamp="T").kept == 4
    archive = Archive.open(old)
    archive.close()
    with closing(sqlite3.connect(old / FILE)) as db:
        assert db.execute("SELECT id, event, added FROM stories ORDER BY id").fetchall() == places


def test_a_step_that_fails_leaves_the_archive_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = (*MIGRATIONS, ("CREATE TABLE new (n)", "CREATE TABLE stories (n)"))
    with monkeypatch.context() as patched:
        patched.setattr(database, "MIGRATIONS", steps)
        patched.setattr(database, "SCHEMA", len(steps))
        with pytest.raises(LibraryError):
            Archive.open(old)
    assert version(old) == 1
    archive = Archive.open(old)
    assert archive.count() == 4
    archive.close()


def test_a_newer_schema_is_refused_kindly_and_left_alone(old: Path) -> None:
    with closing(sqlite3.connect(old / FILE)) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    before = (old / FILE).read_bytes()
    with pytest.raises(SchemaTooNew, match=r"newer diplo-reader .* nothing was changed"):
        Archive.open(old)
    assert (old / FILE).read_bytes() == before


def test_opening_reads_no_more_than_it_must(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Archive.open(old).close()
    asked: list[str] = []
    connect = Database._connect

    def traced(self: Database) -> sqlite3.Connection:
        connection = connect(self)
        connection.set_trace_callback(asked.append)
        return connection

    monkeypatch.setattr(Database, "_connect", traced)
    archive = Archive.open(old)
    assert asked
    assert not [statement for statement in asked if "check(" in statement or "integrity" in statement]
    archive.check()
    assert [statement for statement in asked if "quick_check" in statement]
    archive.close()
