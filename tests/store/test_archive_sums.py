"""No row of the archive changes, comes or goes unseen, and nothing that writes need know how that is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store.archive import Archive
from store.archive.examine import examine
from store.archive.furniture import Recurring
from store.archive.sums import row_sum
from store.errors import ArchiveDamaged
from store.model import EventId, Placement, StoryId, StorylineId
from tests.store.libraries import STORIES, damaged, edited, make, story
from tests.store.programs_on_archive import item, ready

TABLES = ("changes", "events", "furniture", "names", "passages", "revisions", "stories", "storylines", "summaries")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """All tables have rows, and the archive has seen every kind of writing."""
    make(tmp_path)
    archive = Archive.open(tmp_path)
    archive.furniture.replace([Recurring("Kelmar Post", "key", "Read more", 3)])
    archive.furniture.replace([Recurring("Kelmar Post", "key", "Read on", 4), Recurring("Kelmar Post", "k", "Ads", 9)])
    archive.replace_all(ready(raw, story) for story, raw in archive.raws())
    archive.summaries.keep("key", "[1]")
    archive.summaries.keep("key", "[2]")
    archive.summaries.keep("other", "[]")
    archive.replace([ready(item(3, "better " * 20)[1], story(3))])
    archive.place([Placement(story(3), EventId("E0"), StorylineId("L"), "moved", story(4), 1)])
    archive.verdict(item(3)[1], story(3), item(3)[2])
    archive.close()
    return tmp_path


def problems(folder: Path) -> list[str]:
    return [problem for part in examine(folder) for problem in part.problems]


def columns(folder: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as db:
        return [(t, c[1]) for t in TABLES for c in db.execute(f"PRAGMA table_info({t})")]


def test_every_kind_of_writing_leaves_a_sound_archive(library: Path) -> None:
    assert problems(library) == []


def test_every_table_is_counted(library: Path) -> None:
    with closing(sqlite3.connect(library / "archive.sqlite3")) as db:
        rows = dict(db.execute("SELECT name, rows FROM sums"))
        made = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        ours = {name for name in made if not name.startswith(("search", "sqlite", "sums"))}  # later ones too
        assert rows == {t: db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ours}
    assert all(rows[table] for table in TABLES)
    assert rows["stories"] == STORIES


def test_a_change_of_any_column_of_any_table_is_seen(library: Path) -> None:
    file = library / "archive.sqlite3"
    whole = file.read_bytes()
    unseen = []
    for table, column in columns(library):
        held = f"(SELECT max({column}) FROM {table})"
        changed = f"CASE typeof({column}) WHEN 'text' THEN {column} || 'x' WHEN 'null' THEN 'x' ELSE {column} + 1 END"
        if column == "packed":
            changed = "x'789c010000ffff00000001'"
        assert damaged(library, f"UPDATE {table} SET {column} = {changed} WHERE {column} IS {held}") > 0
        if not any(f"the table {table} " in problem for problem in problems(library)):
            unseen.append((table, column))
        file.write_bytes(whole)
    assert unseen == []


def test_a_row_that_comes_goes_or_changes_places_is_seen(library: Path) -> None:
    file = library / "archive.sqlite3"
    whole = file.read_bytes()
    swapped = "UPDATE stories SET title = (SELECT title FROM stories AS o WHERE o.n = 12 - stories.n) WHERE n IN (5, 7)"
    for statement, said in (
        ("DELETE FROM events WHERE u = (SELECT max(u) FROM events)", "the table events has 7 rows and should have 8"),
        ("DELETE FROM revisions WHERE r = 3", f"the table revisions has {STORIES + 3} rows and should have"),
        ("INSERT INTO names VALUES ('at /in/new', '1', '2')", "the table names has"),
        (swapped, "the table stories is not as it was written"),
        ("DELETE FROM sums WHERE name = 'names'", "there is no sum of the table names"),
        ("UPDATE sums SET total = total + 1 WHERE name = 'names'", "the table names is not as it was written"),
    ):
        assert damaged(library, statement) > 0
        assert any(said in problem for problem in problems(library)), statement
        file.write_bytes(whole)


def words(folder: Path) -> list[object]:
    """Every word and all its places, as the index has them."""
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as db:
        db.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, 'search', 'instance')")
        return db.execute("SELECT term, doc, col, offset FROM temp.words").fetchall()


def test_a_changed_byte_of_the_index_is_seen(library: Path) -> None:
    with closing(sqlite3.connect(library / "archive.sqlite3")) as db:
        [(number, block)] = db.execute("SELECT id, block FROM search_data WHERE id > 1000 ORDER BY id LIMIT 1")
    file = library / "archive.sqlite3"
    whole, unseen = file.read_bytes(), []
    held = words(library)
    for at in range(4, len(block), max(1, len(block) // 40)):
        changed = block[:at] + bytes([block[at] ^ 1 << at % 8]) + block[at + 1 :]
        assert damaged(library, f"UPDATE search_data SET block = x'{changed.hex()}' WHERE id = {number}") == 1
        if [p.part for p in examine(library) if p.problems] != ["full-text index"] and words(library) != held:
            unseen.append(at)
        file.write_bytes(whole)
    assert unseen == []


def test_damage_is_not_covered_up_by_writing_on(library: Path) -> None:
    assert damaged(library, "UPDATE stories SET title = 'Another' WHERE n = 5") == 1
    archive = Archive.open(library)
    archive.put([item(4, "revised again " * 20)], added="2031-05-09")
    archive.close()
    assert any("the table stories is not as it was written" in problem for problem in problems(library))


def test_a_rebuild_takes_no_damaged_row_for_what_was_written(library: Path) -> None:
    archive = Archive.open(library)
    archive.verify()
    archive.close()
    assert damaged(library, "UPDATE stories SET added = '1999-01-01' WHERE n = 5") == 1
    archive = Archive.open(library)
    with pytest.raises(ArchiveDamaged, match="the table stories is not as it was written"):
        archive.verify()
    archive.close()


def test_raw_texts_that_vanished_are_counted_as_lost(library: Path) -> None:
    assert damaged(library, "DELETE FROM revisions WHERE r IN (3, 4)") == 2
    assert Archive.mend(library, stamp="T").lost == 2


def test_a_program_that_errs_is_not_taken_for_a_failing_disk(library: Path) -> None:
    assert edited(library, "UPDATE stories SET nearest = 'nobody' WHERE n = 7") == 1
    assert problems(library) == ["1 story is nearest to a story that is not there"]


def test_values_of_another_kind_make_another_sum() -> None:
    rows: list[tuple[float | str | bytes | None, ...]] = [
        (1,),
        (1.0,),
        ("1",),
        (b"1",),
        (None,),
        (1, None),
        (None, 1),
        ("1", ""),
        ("", "1"),
        (),
    ]
    assert len({row_sum(*row) for row in rows}) == len(rows)
    assert row_sum("\udce9", StoryId("a")) == row_sum("\udce9", "a")


def test_the_count_that_is_kept_is_the_count(library: Path) -> None:
    with closing(Archive.open(library)) as archive:
        assert archive.tally() == archive.count() == STORIES
        archive.put([item(n) for n in range(STORIES - 1, STORIES + 2)], added="2031-05-03")
        assert archive.tally() == archive.count() == STORIES + 2
    damaged(library, "DELETE FROM sums WHERE name = 'stories'")
    with closing(Archive.open(library)) as archive:
        assert archive.tally() == archive.count()
