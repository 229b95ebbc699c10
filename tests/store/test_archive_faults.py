"""The archive when something is wrong: damage, a full disk, other programs, kills."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from store.archive import Archive, database
from store.archive.database import Database
from store.errors import ArchiveDamaged, LibraryError, StoreError
from store.model import EventId, Head, Passage, Placement, Raw, Story, StoryId, StorylineId
from tests.store.programs_on_archive import item, ready

FILE = "archive.sqlite3"


def library(folder: Path, number: int = 200) -> dict[StoryId, Raw]:
    """Stories, some revised, all placed; the raw texts that are shown."""
    archive = Archive.open(folder)
    archive.put([item(n) for n in range(number)], added="2031-05-01")
    archive.put([item(n, "corrected " * 30) for n in range(0, number, 10)], added="2031-05-02")
    archive.place(
        [Placement(item(n)[0], EventId(f"E{n // 5}"), StorylineId("L"), "why", None, 0.5) for n in range(number)]
    )
    held = dict(archive.raws())
    archive.close()
    return held


def everything(archive: Archive) -> None:
    list(archive.raws())
    list(archive.stories())
    archive.events()
    archive.search("treaty", 10)
    archive.search_all("treaty")
    archive.check()


def rebuilt(folder: Path) -> Archive:
    archive = Archive.open(folder)
    archive.replace_all(ready(raw, story) for story, raw in archive.raws())
    return archive


def test_a_sound_archive_has_nothing_wrong(tmp_path: Path) -> None:
    library(tmp_path)
    archive = Archive.open(tmp_path)
    assert archive.check() == ()
    archive.close()


def test_a_damaged_page_costs_the_stories_on_it_and_no_others(tmp_path: Path) -> None:
    held = library(tmp_path)
    file = tmp_path / FILE
    data = bytearray(file.read_bytes())
    at = data.find(b"x\x9c", len(data) // 2) // 4096 * 4096
    data[at : at + 4096] = os.urandom(4096)
    file.write_bytes(data)
    archive = Archive.open(tmp_path)
    with pytest.raises(ArchiveDamaged, match="diplo-reader rebuild"):
        everything(archive)
    assert archive.check() != ()
    archive.close()
    mended = Archive.mend(tmp_path, stamp="T1")
    assert mended.aside.read_bytes() == bytes(data)
    archive = rebuilt(tmp_path)
    saved = dict(archive.raws())
    assert 150 < len(saved) == mended.kept
    first = {story: raw for story, raw, *_ in map(item, range(200))}
    assert all(
        raw in (held[story], first[story]) for story, raw in saved.items()
    )  # where the newest is lost, the other
    assert archive.check() == ()
    assert archive.search("treaty", 500) != ()
    assert {s.added for s in archive.listed()} == {"2031-05-01"}
    assert archive.verdict(held[StoryId(f"{1:016x}")], StoryId(f"{1:016x}"), "d1")[0] == "same"
    archive.close()


def test_mending_a_sound_archive_keeps_all_of_it(tmp_path: Path) -> None:
    held = library(tmp_path)
    mended = Archive.mend(tmp_path, stamp="T1")
    assert (mended.kept, mended.lost) == (200, 0)
    archive = rebuilt(tmp_path)
    assert dict(archive.raws()) == held
    assert len(archive.events()) == 40
    assert len(archive.revisions(StoryId(f"{0:016x}"))) == 2
    archive.close()


def test_a_damaged_beginning_costs_no_story(tmp_path: Path) -> None:
    held = library(tmp_path)
    rebuilt(tmp_path).close()  # so that the index has moved from where a new archive has it
    file = tmp_path / FILE
    file.write_bytes(os.urandom(4096) + file.read_bytes()[4096:])
    with pytest.raises(ArchiveDamaged, match="diplo-reader rebuild"):
        Archive.open(tmp_path)
    assert Archive.mend(tmp_path, stamp="T1").kept == 200
    archive = rebuilt(tmp_path)
    assert dict(archive.raws()) == held
    assert archive.check() == ()
    kept = ["archive.damaged-T1.sqlite3", "archive.damaged-T1.sqlite3-end"]
    assert sorted(p.name for p in tmp_path.iterdir() if "damaged" in p.name) == kept
    archive.close()


def test_a_header_that_forbids_writing_is_damage_and_costs_no_story(tmp_path: Path) -> None:
    held = library(tmp_path)
    file = tmp_path / FILE
    data = bytearray(file.read_bytes())
    data[18] = 77  # the format for writing; to SQLite the file is one to be read alone
    file.write_bytes(data)
    with pytest.raises(ArchiveDamaged, match="diplo-reader rebuild"):
        Archive.open(tmp_path)
    assert Archive.mend(tmp_path, stamp="T1").kept == 200
    archive = rebuilt(tmp_path)
    assert dict(archive.raws()) == held
    archive.close()


@pytest.mark.parametrize("data", [b"", b"no database " * 1000])
def test_an_archive_of_which_nothing_is_left_is_begun_anew(tmp_path: Path, data: bytes) -> None:
    library(tmp_path)
    (tmp_path / FILE).write_bytes(data)
    mended = Archive.mend(tmp_path, stamp="T1")
    again = Archive.mend(tmp_path, stamp="T1")
    assert mended.kept == again.kept == 0
    assert mended.aside != again.aside
    archive = rebuilt(tmp_path)
    assert archive.count() == 0
    archive.close()


def test_random_damage_never_raises_anything_else(tmp_path: Path) -> None:
    library(tmp_path / "whole", 60)
    whole, chance = Archive.open(tmp_path / "whole"), random.Random(11)
    true = {raw for story, _ in whole.raws() for raw in whole.revisions(story)}
    whole.close()
    data = (tmp_path / "whole" / FILE).read_bytes()
    told = saved = 0
    for trial in range(150):
        hurt, folder = bytearray(data), tmp_path / str(trial)
        for _ in range(chance.choice([1, 10, 300])):
            hurt[chance.randrange(chance.choice([200, len(hurt)]))] = chance.randrange(256)
        folder.mkdir()
        (folder / FILE).write_bytes(hurt)
        try:
            archive = Archive.open(folder)
            try:
                everything(archive)
            finally:
                archive.close()
        except StoreError:
            told += 1
            mended = Archive.mend(folder, stamp="T")
            archive = rebuilt(folder)
            saved += mended.kept
            assert {raw for _, raw in archive.raws()} <= true
            archive.close()
        shutil.rmtree(folder)
    print(f"150 damaged archives: {told} told, {saved} of {told * 60} stories saved from those")  # noqa: T201
    assert told > 50


def test_a_full_disk_leaves_what_was_there_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = library(tmp_path)
    connect = Database._connect

    def full(self: Database) -> sqlite3.Connection:
        connection = connect(self)
        connection.execute("PRAGMA max_page_count = 1")  # as small as it is now, and no smaller
        return connection

    with monkeypatch.context() as patched:
        patched.setattr(Database, "_connect", full)
        archive = Archive.open(tmp_path)
        with pytest.raises(LibraryError, match="disk is full"):
            archive.put([item(n) for n in range(1000, 1500)], added="2031-06-01")
        assert dict(archive.raws()) == held
        archive.close()
    archive = Archive.open(tmp_path)
    assert archive.check() == ()
    archive.put([item(1000)], added="2031-06-01")
    assert archive.count() == 201
    archive.close()


def test_another_programs_long_write_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    library(tmp_path, 3)
    archive = Archive.open(tmp_path)
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LibraryError, match="busy"):
        archive.put([item(9)], added="x")
    assert archive.count() == 3
    other.execute("ROLLBACK")
    other.close()
    archive.put([item(9)], added="x")
    assert archive.count() == 4
    archive.close()


def test_who_gave_up_waiting_for_another_program_does_not_wait_again_to_close(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    library(tmp_path, 3)
    archive = Archive.open(tmp_path)
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    story, raw, digest, _ = item(1)
    archive.verdict(Raw(raw.text, raw.markup, "inbox/once more.txt", raw.given), story, digest)
    with pytest.raises(LibraryError, match="busy"):
        archive.put([item(9)], added="x")
    tried: list[str] = []
    monkeypatch.setattr(Archive, "put", lambda *_args, **_kept: tried.append("put"))
    archive.close()
    assert tried == []
    other.close()


def test_a_closed_archive_says_so(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path)
    archive.close()
    with pytest.raises(LibraryError, match="closed"):
        archive.count()


def test_ids_and_sources_that_are_not_utf_8_are_no_trouble(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path)
    raw = Raw("Title\nBody", source="/in/caf\udce9.txt")
    story = StoryId("a")
    assert archive.verdict(raw, story, "d")[0] == "added"
    archive.put([(story, raw, "d", Story(story, Head("T\ud800"), (Passage("B\udfff"),)))], added="x")
    assert archive.verdict(raw, story, "d")[0] == "same"
    assert list(archive.raws()) == [(story, raw)]
    with pytest.raises(StoreError):
        archive.story(StoryId("\ud800"))
    archive.close()


def test_a_library_on_a_folder_of_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "a 'quoted' \"name\" 😀 ?x=1#%20"
    library(folder, 3)
    (folder / FILE).chmod(0o400)
    archive = Archive.open(folder)
    assert archive.count() == 3
    archive.close()
    assert Archive.mend(folder, stamp="T").kept == 3


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the programs are forked to be many in little time")
def test_a_killed_add_leaves_whole_batches_and_loses_none_it_acknowledged(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.programs_on_archive", str(tmp_path), "40", "5"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)
    print(counts)  # noqa: T201
    assert counts["acknowledged"] >= 40 * 20
    assert (counts["lost"], counts["broken"], counts["wrong"]) == (0, 0, 0)
