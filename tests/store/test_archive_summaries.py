"""Summaries kept in the archive: found again, bounded, and never in anybody's way."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from store.archive import Archive, summaries
from store.model import EventId, Placement, StorylineId
from tests.store.programs_on_archive import item


def test_what_was_kept_is_found_by_another_program(tmp_path: Path) -> None:
    first, second = Archive.open(tmp_path), Archive.open(tmp_path)
    first.summaries.keep("k", "[1]")
    assert second.summaries.get("k") == "[1]"
    assert second.summaries.get("other") is None
    first.close()
    second.close()


def test_the_newest_answer_to_a_question_counts(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path)
    archive.summaries.keep("k", "[1]")
    archive.summaries.keep("k", "[2]")
    assert archive.summaries.get("k") == "[2]"
    archive.close()


def test_beyond_the_bound_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summaries, "MOST", 3)
    archive = Archive.open(tmp_path)
    for number in range(8):
        archive.summaries.keep(str(number), "[]")
    assert [n for n in range(8) if archive.summaries.get(str(n))] == [5, 6, 7]
    archive.close()


def test_while_another_program_writes_nothing_is_kept_and_nothing_waits(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path)
    other = sqlite3.connect(tmp_path / "archive.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    archive.summaries.keep("k", "[1]")
    assert archive.summaries.get("k") is None
    other.execute("ROLLBACK")
    other.close()
    archive.summaries.keep("k", "[1]")
    assert archive.summaries.get("k") == "[1]"
    archive.close()


def test_a_closed_archive_finds_and_keeps_nothing(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path)
    archive.close()
    archive.summaries.keep("k", "[1]")
    assert archive.summaries.get("k") is None


def test_a_rebuild_drops_them(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path)
    archive.put([item(1)], added="2031-05-01")
    archive.summaries.keep("k", "[1]")
    archive.replace_all(list(archive.stories()))
    assert archive.summaries.get("k") is None
    archive.close()


def test_only_what_changes_stories_counts_as_a_change(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path)
    seen = [archive.changes()]
    archive.put([item(1)], added="2031-05-01")
    seen.append(archive.changes())
    archive.place([Placement(item(1)[0], EventId("E"), StorylineId("L"), "why")])
    seen.append(archive.changes())
    archive.replace_all(list(archive.stories()))
    seen.append(archive.changes())
    assert seen == sorted(set(seen))
    archive.summaries.keep("k", "[1]")
    assert archive.changes() == seen[-1]
    archive.close()
