"""An archive made again from what can still be read of a damaged one. The damaged files are renamed, never changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from store.archive import rows, schema
from store.archive.database import Connection, Database, graft, readable_rows
from store.archive.snapshot import alone
from store.errors import LibraryError
from store.model import Raw

_PLACED = ("id", "digest", "added")
_FIRST_PLACE = schema.PLACE[: schema.PLACE.index("copy_of") + 1]  # what the first schema had of them
_SIDES = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Mended:
    """aside is the damaged file; lost counts the raw texts that were in it and are not kept, where it can be told.

    The stories that are kept have a title and no text until they are read anew.
    """

    aside: Path
    kept: int
    lost: int


def mend(path: Path, *, stamp: str) -> Mended:
    """Set the archive at path aside and put one in its place that holds every raw text that can be read.

    Raises LibraryError where another program has it open: what that adds would go to the one that is set aside.
    """
    if path.exists():
        alone(path)
    try:
        aside = _set_aside(path, stamp)
    except OSError as error:
        raise LibraryError(f"{path} cannot be set aside: {error.strerror or error}.") from error
    new = Database(path)
    try:
        kept, lost = _save(new, aside)
        if not kept:
            kept, lost = _save_by_a_new_first_page(new, aside)
    finally:
        new.close()
    return Mended(aside, kept, lost)


def _save(new: Database, damaged: Path) -> tuple[int, int]:
    """Stories kept and raw texts lost."""
    insert = "INSERT OR REPLACE INTO revisions (story, digest, added, packed) VALUES (?, ?, ?, ?)"
    lost = 0
    with new.writing() as db:
        for values in readable_rows(damaged, "revisions", ("story", "digest", "added", "packed")):
            if values is None or not _is_raw(values):
                lost += 1
            else:
                db.execute(insert, values)
        kept = _show_newest(db)
        _put_back(db, damaged)
        (number,) = db.execute("SELECT count(*) FROM revisions").fetchone()
    return kept, max(lost, _should_have(damaged) - number)


def _should_have(damaged: Path) -> int:
    """The raw texts that were in a damaged archive, as far as it still knows."""
    counted = (values for values in readable_rows(damaged, "sums", ("name", "rows"), numbered=False) if values)
    return max((rows for name, rows in counted if name == "revisions" and type(rows) is int), default=0)


def _save_by_a_new_first_page(new: Database, damaged: Path) -> tuple[int, int]:
    """The first page says where each table begins, and says the same in every archive; so another's will do."""
    copy = damaged.with_name(damaged.name + ".tmp")
    try:
        graft(new.path, damaged, copy)
        return _save(new, copy)
    except OSError as error:
        raise LibraryError(f"{damaged} cannot be copied: {error.strerror or error}.") from error
    finally:
        for side in _SIDES:
            copy.with_name(copy.name + side).unlink(missing_ok=True)


def _set_aside(path: Path, stamp: str) -> Path:
    number = 1
    while (aside := path.with_name(f"archive.damaged-{stamp}{'' if number == 1 else f'-{number}'}.sqlite3")).exists():
        number += 1
    for side in _SIDES:
        there = path.with_name(path.name + side)
        if there.exists():
            there.rename(aside.with_name(aside.name + side))
    return aside


def _is_raw(values: rows.Row) -> bool:
    *texts, packed = values
    try:
        rows.unpack_raw(packed)
    except ValueError:
        return False
    return all(isinstance(text, str) for text in texts)


def _show_newest(db: Connection) -> int:
    """One story for each id that has a raw text; how many."""
    query = (
        "SELECT story, digest, packed, first_added FROM revisions JOIN (SELECT min(r) AS first, max(r) AS r, "
        "min(added) AS first_added FROM revisions GROUP BY story) USING (r) ORDER BY first"
    )
    kept = 0
    for story, digest, packed, added in db.execute(query).fetchall():
        raw = rows.unpack_raw(packed)
        values = (story, digest, rows.bound(raw.given.url), added, rows.bindable(_title(raw)))
        db.execute(
            "INSERT INTO stories (id, digest, address, added, title, title_made) VALUES (?, ?, ?, ?, ?, 1)", values
        )
        db.execute("INSERT INTO passages SELECT n, ? FROM stories WHERE id = ?", (rows.pack_passages(()), story))
        if raw.source is not None:
            name = f"at {rows.bindable(raw.source)}"
            db.execute("INSERT OR REPLACE INTO names VALUES (?, ?, ?)", (name, story, digest))
        kept += 1
    return kept


def _title(raw: Raw) -> str:
    return raw.given.title or next((line.strip()[:200] for line in raw.text.splitlines() if line.strip()), "")


def _put_back(db: Connection, aside: Path) -> None:
    """Names, places and times, of the stories whose text was saved."""
    for values in _whole(readable_rows(aside, "names", ("name", "story", "digest"), numbered=False)):
        db.execute(
            "INSERT OR REPLACE INTO names SELECT ?, ?, ? WHERE EXISTS (SELECT 1 FROM stories WHERE id = ?)",
            (*values, values[1]),
        )
    columns: tuple[str, ...] = schema.PLACE
    placed = list(_whole(readable_rows(aside, "stories", (*_PLACED, *columns))))
    if not placed:
        columns = _FIRST_PLACE
        placed = list(_whole(readable_rows(aside, "stories", (*_PLACED, *columns))))
    places = ", ".join(f"{column} = ?" for column in columns)
    for story, digest, added, *place in placed:
        db.execute(f"UPDATE stories SET added = ?, {places} WHERE id = ?", (added, *place, story))
        db.execute(
            "UPDATE stories SET digest = ? WHERE id = ? "
            "AND EXISTS (SELECT 1 FROM revisions WHERE story = ? AND digest = ?)",
            (digest, story, story, digest),
        )


def _whole(found: Iterator[rows.Row | None]) -> Iterator[rows.Row]:
    return (values for values in found if values is not None and not any(isinstance(v, bytes) for v in values))
