"""An add that the disk stops: what is in stays in, what is missing is said, and the next add goes on."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from store.adding import BATCH
from store.archive.database import Database
from store.config import Settings
from store.errors import LibraryError
from store.group import extending
from store.library import Library
from store.model import Placement

NOW = datetime(2031, 5, 1, 10, 15)
STORIES = 4 * BATCH


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    chance = random.Random(1)
    for n in range(STORIES):
        points = " ".join("".join(chance.choices("aeioulmnrst", k=7)) for _ in range(60))
        text = f"The envoys of Vardania and Orlesia met for hour {n} in Tellmark and agreed on {points}."
        (folder / f"{n:03}.txt").write_text(f"Tellmark talks enter hour {n}\n\n{text}\n")
    return folder


def with_room_for(pages: int, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = Database._connect

    def full(self: Database) -> sqlite3.Connection:
        connection = connect(self)
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    monkeypatch.setattr(Database, "_connect", full)


def test_a_disk_full_half_way_leaves_what_is_in_and_says_where_to_go_on(
    tmp_path: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Library.open(tmp_path / "library", Settings()).close()
    with monkeypatch.context() as patched:
        pages = (tmp_path / "library" / "archive.sqlite3").stat().st_size // 4096
        with_room_for(pages + 90, patched)
        with closing(Library.open(tmp_path / "library", Settings())) as library:
            with pytest.raises(LibraryError, match="disk is full") as told:
                library.add([str(inbox)], now=NOW)
            stored = library.archive.count()
            assert 0 < stored < STORIES
            assert stored % BATCH == 0
            assert f"{stored} stories were stored before that" in str(told.value)
            assert str(inbox / f"{stored:03}.txt") in str(told.value)
            assert len(library.search("tellmark", STORIES)) == stored
    with closing(Library.open(tmp_path / "library", Settings())) as library:
        done = library.add([str(inbox)], now=NOW)
        assert (len(done.added), len(done.same)) == (STORIES - stored, stored)
        assert library.archive.count() == STORIES == len(library.archive.event_of())


def test_a_disk_full_while_grouping_says_that_the_stories_are_in(
    tmp_path: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise LibraryError("The disk is full.")

    with closing(Library.open(tmp_path / "library", Settings())) as library:
        with monkeypatch.context() as patched:
            patched.setattr(library.archive, "place", full)
            with pytest.raises(LibraryError, match="All that came is stored"):
                library.add([str(inbox)], now=NOW)
        assert library.archive.count() == STORIES
        library.add([str(inbox)], now=NOW)
        assert len(library.archive.event_of()) == STORIES


def test_one_story_is_stored_and_placed_or_neither(
    tmp_path: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise LibraryError("The disk is full.")

    monkeypatch.setattr(extending, "_SMALL", 10)
    one, two, *others = (str(path) for path in sorted(inbox.iterdir()))
    with closing(Library.open(tmp_path / "library", Settings())) as library:
        library.add(others, now=NOW)
        library.add([one], now=NOW)  # has the index of the groups at hand
        with monkeypatch.context() as patched:
            patched.setattr(library.archive, "place", full)
            with pytest.raises(LibraryError, match=f"0 stories were stored before that; {two} and what comes after"):
                library.add([two], now=NOW)
        assert library.archive.count() == STORIES - 1
        assert len(library.add([two], now=NOW).added) == 1
        assert len(library.archive.event_of()) == STORIES == len(library.search("tellmark", STORIES))
        assert library.archive.check() == ()
        library.archive.verify()


def test_few_stories_are_one_transaction_that_others_see_when_it_has_ended(
    tmp_path: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extending, "_SMALL", 10)
    one, two, three, *others = (str(path) for path in sorted(inbox.iterdir()))
    with closing(Library.open(tmp_path / "library", Settings())) as library:
        library.add(others, now=NOW)
        library.add([one], now=NOW)
        seen: list[tuple[int, bool]] = []
        place = library.archive.place

        def placed(placements: Iterable[Placement]) -> None:
            with closing(Library.open(tmp_path / "library", Settings())) as other:
                seen.append((library.archive.count() - other.archive.count(), library.archive.unplaced()))
            place(placements)

        monkeypatch.setattr(library.archive, "place", placed)
        library.add([two, three], now=NOW)
        assert seen == [(2, True)]
        assert library.archive.count() == STORIES
        assert not library.archive.unplaced()
