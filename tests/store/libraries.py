"""A small library with something in each of its files, for tests that damage, keep and bring back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from store import session
from store.archive import Archive
from store.archive.database import teach
from store.marks import Marks
from store.model import (
    UNMARKED,
    Act,
    Change,
    EventId,
    Mark,
    Placement,
    Rule,
    RuleChange,
    RuleKind,
    StoryId,
    StorylineId,
)
from tests.store.programs_on_archive import item

ODD_NAME = "a 'quoted' \"name\" 😀 ?x=1#%20"
STORIES = 40
RULE = Rule(RuleKind.APART, ("a", "b"))
STARRED = Mark(starred=True, tags=("treaty",), note="ask Ila", highlights=("Word1 of the treaty.",))


def story(number: int) -> StoryId:
    return item(number)[0]


def marked(number: int, mark: Mark = STARRED) -> Act:
    return Act(f"did {number}", (Change(story(number), UNMARKED, mark),))


def make(folder: Path) -> dict[StoryId, Mark]:
    """Forty stories, some revised, all placed; three generations of marks, a rule. The marks."""
    archive = Archive.open(folder)
    archive.put([item(n) for n in range(STORIES)], added="2031-05-01")
    archive.put([item(n, "corrected " * 30) for n in range(0, STORIES, 10)], added="2031-05-02")
    archive.place(
        [
            Placement(
                story(n), EventId(f"E{n // 5}"), StorylineId("L"), "why", story(n - n % 5) if n % 5 else None, 0.5
            )
            for n in range(STORIES)
        ]
    )
    archive.summaries.keep("key", "[]")
    archive.close()
    with Marks.open(folder, desk=True) as marks:
        marks.apply(marked(1))
        marks.checkpoint()
        marks.apply(marked(2))
        marks.apply(Act("ruled", rules=(RuleChange(RULE),)))
    with Marks.open(folder) as marks:
        marks.apply(marked(3))
    session.remember(folder, {"story": story(1)})
    return {story(n): STARRED for n in (1, 2, 3)}


def held(folder: Path) -> tuple[dict[StoryId, Mark], tuple[Rule, ...], dict[StoryId, object]]:
    """The marks, the rules, the raw texts."""
    with Marks.open(folder) as marks:
        archive = Archive.open(folder)
        try:
            return dict(marks.all()), marks.rules(), dict(archive.raws())
        finally:
            archive.close()


def edited(folder: Path, *statements: str) -> int:
    """Changes an archive as a program of ours would that errs; how many rows."""
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as db, db:
        teach(db)
        return sum(db.execute(statement).rowcount for statement in statements)


def damaged(folder: Path, *statements: str) -> int:
    """Changes what an archive holds as a failing disk would, which tells no trigger; how many rows."""
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as db, db:
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        changed = sum(db.execute(statement).rowcount for statement in statements)
        for _, made in triggers:
            db.execute(made)
        return changed


def contents(folder: Path) -> set[bytes]:
    """Of every file but the note of how long the journal is, which is written anew with each journal."""
    return {path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "marks.end"}
