"""An archive made again from what can still be read of a damaged one. The damaged files are renamed, never changed, and
not before the new one is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from store.archive import noted, rows, schema, sums, units
from store.archive.database import Connection, Database, Told
from store.archive.pages import Record, Value, log_of, records
from store.archive.snapshot import alone, keep_beside
from store.errors import LibraryError
from store.model import Progress, Raw

_SIDES = ("-wal", "-shm", "-end")
_HIGHEST = 1 << 40  # number of a revision; what is beyond was damaged
_NAMED = 5  # lost stories that are named
_UNKNOWN = "of how many, the damaged file does not say"


@dataclass(frozen=True, slots=True)
class Mended:
    """aside is the damaged file. The stories that are kept have a title and no text until they are read anew.

    lost counts the raw texts that were in it and are not kept: at least so many, where counted is false. gone are the
    stories of which no text is left, by title and address. altered: all texts are there, and something said of one
    (its id, its time) is not as it was written.
    """

    aside: Path
    kept: int
    lost: int
    counted: bool = True
    gone: tuple[str, ...] = ()
    altered: bool = False

    @property
    def told(self) -> str:
        """What became of the stories, in a line or two."""
        said = f"{self.kept:,} {'story is' if self.kept == 1 else 'stories are'} saved"
        if self.lost:
            texts = "raw text" if self.lost == 1 else "raw texts"
            said += f"; {'' if self.counted else 'at least '}{self.lost:,} {texts} could not be read"
            said += "" if self.counted else f" ({_UNKNOWN})"
        elif not self.counted:
            said += f"; {_UNKNOWN}"
        if self.altered:
            said += "; what is said of one of them is not as it was written (its id, or when it came)"
        if self.gone:
            more = len(self.gone) - _NAMED
            named = "; ".join(self.gone[:_NAMED]) + (f"; and {more:,} more" if more > 0 else "")
            said += f". Nothing is left of: {named}. Added again, they have their marks"
        return said


def mend(path: Path, *, stamp: str, told: Told = lambda _: None) -> Mended:
    """Put an archive in the place of the one at path that holds every raw text that can be read, and set that aside.

    Raises LibraryError where another program has it open (what that adds would go to the one that is set aside), or
    where the new one cannot be written: the old one is then left where it is.
    """
    if path.exists() and path.stat().st_size:  # of an empty one SQLite would delete the log
        alone(path)
    new = path.with_name(path.name + ".new")
    try:
        _remove(new)
        with closing(Database(new)) as database:
            saved = _save(database, path, told)
        aside = _set_aside(path, stamp)
        new.replace(path)
    except LibraryError as error:
        raise type(error)(f"{error} {path} was not changed.") from error
    except OSError as error:
        raise LibraryError(f"{path} cannot be mended: {error.strerror or error}. It was not changed.") from error
    finally:
        with suppress(OSError):
            _remove(new)
    return Mended(aside, **saved._asdict())


class _Saved(NamedTuple):
    kept: int
    lost: int
    counted: bool
    gone: tuple[str, ...]
    altered: bool


def _save(new: Database, damaged: Path, told: Told) -> _Saved:
    with new.writing() as db:
        written = _Written()
        for record in records(damaged, _telling(told, "saving texts")):
            written.look(record)
            if (revision := _revision(record)) is not None:
                _put(db, revision, written)
        kept = _show_newest(db)
        gone, nameless = _put_back(db, records(damaged, _telling(told, "saving what is known of them")))
        units.refresh_all(db, told)
        (number,) = db.execute("SELECT count(*) FROM revisions").fetchone()
    should, told_beside = written.should, noted.read(damaged)
    were = should[0] if should else told_beside.texts if told_beside else None
    lost = max(len(gone) + nameless, (were or 0) - number)
    altered = should is not None and should[0] == number and should[1] != written.total
    return _Saved(kept, lost, were is not None, tuple(gone), altered)


def _telling(told: Told, stage: str) -> Callable[[int, int], None]:
    return lambda done, total: told(Progress(stage, done, total))


class _Written:
    """What the table of raw texts should hold, by the sums kept of it, and the sum of what was saved."""

    def __init__(self) -> None:
        self.should: tuple[int, int] | None = None
        self.total = 0

    def look(self, record: Record) -> None:
        match record:
            case (None, ("revisions", int() as number, int() as total)):
                self.should = number, total

    def add(self, revision: tuple[Value, ...]) -> None:
        self.total = (self.total + sums.row_sum(*revision)) & sums.MODULUS


def _revision(record: Record) -> tuple[int, str, str, str, bytes] | None:
    """A row of revisions, by its shape; a raw text carries a checksum of its own (that of zlib)."""
    match record:
        case (int() as r, (None, str() as story, str() as digest, str() as added, bytes() as packed)):
            return (r, story, digest, added, packed) if _is_raw(packed) else None
    return None


def _is_raw(packed: bytes) -> bool:
    try:
        return isinstance(rows.unpack_raw(packed), Raw)
    except (ValueError, RecursionError):
        return False


def _put(db: Connection, revision: tuple[int, str, str, str, bytes], written: _Written) -> None:
    """Keeps its number, by which the newest is known, unless damage gave it one that is taken."""
    r, story, digest, *_ = revision
    if db.execute("SELECT 1 FROM revisions WHERE story = ? AND digest = ?", (story, digest)).fetchone():
        return
    taken = not 0 < r < _HIGHEST or db.execute("SELECT 1 FROM revisions WHERE r = ?", (r,)).fetchone()
    insert = "INSERT INTO revisions (r, story, digest, added, packed) VALUES (?, ?, ?, ?, ?)"
    db.execute(insert, (None if taken else r, *revision[1:]))
    written.add(revision)


def _show_newest(db: Connection) -> int:
    """One story for each id that has a raw text; how many."""
    query = (
        "SELECT story, digest, packed, first_added FROM revisions JOIN (SELECT min(r) AS first, max(r) AS r, "
        "min(added) AS first_added FROM revisions GROUP BY story) USING (r) ORDER BY first"
    )
    kept = 0
    for story, digest, packed, added in db.execute(query):
        raw = rows.unpack_raw(packed)
        values = (story, digest, rows.bound(raw.given.url), added, rows.bindable(_title(raw)))
        db.execute(
            "INSERT INTO stories (id, digest, address, added, title, title_made) VALUES (?, ?, ?, ?, ?, 1)", values
        )
        db.execute("INSERT INTO passages SELECT n, ? FROM stories WHERE id = ?", (rows.pack_passages(()), story))
        if raw.source is not None:
            _put_name(db, f"at {rows.bindable(raw.source)}", story, digest)
        kept += 1
    return kept


def _title(raw: Raw) -> str:
    return raw.given.title or next((line.strip()[:200] for line in raw.text.splitlines() if line.strip()), "")


def _put_back(db: Connection, found: Iterable[Record]) -> tuple[list[str], int]:
    """Names, places, times and addresses of the stories whose text was saved; what the others were, by title, and how
    many more there were of which not even that is known."""
    columns = tuple(name for _, name, *_ in db.execute("PRAGMA table_info(stories)"))
    gone: dict[str, str] = {}
    named: set[str] = set()
    for row, values in found:
        match row, values:
            case None, (str() as name, str() as story, str() as digest):
                if name.startswith(("at ", "id ")) and _held(db, story):
                    _put_name(db, name, story, digest)
                elif name.startswith(("at ", "id ")):
                    named.add(story)
            case int(), (None, str() as story, str(), (str() | None), str(), int(), str(), *_):
                known = dict(zip(columns, values, strict=False))
                if _held(db, story):
                    _put_story(db, known)
                else:
                    gone[story] = f"“{known['title']}”" + (f" ({known['address']})" if known["address"] else "")
    return list(gone.values()), len(named - gone.keys())


def _held(db: Connection, story: str) -> bool:
    return db.execute("SELECT 1 FROM stories WHERE id = ?", (story,)).fetchone() is not None


def _put_name(db: Connection, name: str, story: str, digest: str) -> None:
    db.execute("INSERT OR REPLACE INTO names VALUES (?, ?, ?)", (name, story, digest))


def _put_story(db: Connection, known: dict[str, Value]) -> None:
    """What cannot be read off the raw texts: when the first of them came, which is shown, and where it stands."""
    places = ", ".join(f"{column} = ?" for column in schema.PLACE)
    values = [known.get(column) for column in schema.PLACE]
    story, digest = known["id"], known["digest"]
    if not any(isinstance(value, bytes) for value in values):
        db.execute(f"UPDATE stories SET {places} WHERE id = ?", (*values, story))
    db.execute(
        "UPDATE stories SET added = ?, address = coalesce(?, address) WHERE id = ?",
        (known["added"], known["address"], story),
    )
    shown = "EXISTS (SELECT 1 FROM revisions WHERE story = ?2 AND digest = ?1)"
    db.execute(f"UPDATE stories SET digest = ?1 WHERE id = ?2 AND {shown}", (digest, story))


def _set_aside(path: Path, stamp: str) -> Path:
    """There is an archive at path at any moment: this one, until the new one takes its place."""
    number = 1
    while (aside := path.with_name(f"archive.damaged-{stamp}{'' if number == 1 else f'-{number}'}.sqlite3")).exists():
        number += 1
    if path.exists():
        keep_beside(path, aside)
    for side in _SIDES:
        with suppress(FileNotFoundError):
            path.with_name(path.name + side).replace(aside.with_name(aside.name + side))
    return aside if aside.exists() else log_of(aside)


def _remove(new: Path) -> None:
    for side in ("", *_SIDES):
        new.with_name(new.name + side).unlink(missing_ok=True)
