"""Looking the archive through: texts, index, placements, kept summaries. Changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from store.archive import indexed, sums
from store.archive.archive import FILE, Archive
from store.archive.database import Connection, Database, Told
from store.archive.pages import log_of
from store.archive.rows import unpack_passages, unpack_raw
from store.errors import ArchiveDamaged, LibraryError
from store.model import Checked, Progress, StoryId

ARCHIVE, INDEX, PLACES, SUMMARIES = "archive", "full-text index", "placements", "summaries"
_SHOWN = 5  # problems of one kind that are named
_AT_ONCE = 500

_INDEX = (
    ("not in the index", "stories WHERE n NOT IN (SELECT id FROM search_docsize)"),
    ("in the index and not in the archive", "search_docsize WHERE id NOT IN (SELECT n FROM stories)"),
)
_PLACES = (
    ("half placed", "stories WHERE (event IS NULL) != (storyline IS NULL)"),
    (
        "nearest to a story that is not there",
        "stories WHERE nearest IS NOT NULL AND nearest NOT IN (SELECT id FROM stories)",
    ),
    (
        "a copy of a story that is not there",
        "stories WHERE copy_of IS NOT NULL AND copy_of NOT IN (SELECT id FROM stories)",
    ),
    (
        "of an event that is in two storylines",
        "stories WHERE event IN (SELECT event FROM stories GROUP BY event HAVING count(DISTINCT storyline) > 1)",
    ),
    (
        "not in the list of events",
        "stories LEFT JOIN events ON u = e WHERE events.id IS NULL OR events.id != coalesce(event, stories.id)",
    ),
    (
        "of an event that is counted wrong",
        "stories WHERE e IN (SELECT u FROM events WHERE stories != "
        "(SELECT count(*) FROM stories AS inside WHERE inside.e = u))",
    ),
)
_TEXTS = (
    ("without the text they were read from", "stories AS s WHERE NOT EXISTS (SELECT 1 FROM revisions AS r "
     "WHERE r.story = s.id AND r.digest = s.digest)"),
    ("without their cleaned text", "stories WHERE n NOT IN (SELECT n FROM passages)"),
    ("known only by their text", "revisions WHERE story NOT IN (SELECT id FROM stories)"),
    ("named and not there", "names WHERE story NOT IN (SELECT id FROM stories)"),
)  # fmt: skip


def examine(folder: Path, told: Told = lambda _: None) -> tuple[Checked, ...]:
    """Reads all of the archive; damage is a problem told, and so is why something cannot be looked at now: a sound
    archive may be busy, on a full disk, or a newer program's."""
    file = folder / FILE
    if file.is_dir():
        return (Checked(ARCHIVE, (), (f"{file} is a folder: stories that stood in a file there are missing",)),)
    if not any(f.is_file() and f.stat().st_size for f in (file, log_of(file))):  # opened, an empty one would be begun
        return (Checked(ARCHIVE, (("stories", 0),)),)
    try:
        archive = Archive.open(folder, told)
    except ArchiveDamaged as error:
        return (Checked(ARCHIVE, (), (str(error),)),)
    except LibraryError as error:
        return (Checked(ARCHIVE, unseen=str(error)),)
    try:
        return tuple(_parts(archive, told))
    finally:
        archive.close()


def absent(folder: Path, stories: Sequence[StoryId]) -> int:
    """How many of these stories a sound archive does not hold; none where it cannot be asked now."""
    try:
        with closing(Archive.open(folder)) as archive:
            return len(stories) - len(archive.lists.numbers(stories))
    except LibraryError:
        return 0


def _parts(archive: Archive, told: Told) -> Iterator[Checked]:
    db = archive._db
    for name, look in ((ARCHIVE, _archive), (INDEX, _index), (PLACES, _places), (SUMMARIES, _summaries)):
        telling = _Telling(told, f"checking the {name}")
        telling(0, 1)
        try:
            unseen = wrong = ""
            if look is _index and not db.read_only:
                unseen, wrong = _with_itself(db)
            with db.reading() as connection:
                found = replace(look(connection, archive, telling), unseen=unseen)
            yield found if found.problems or not wrong else replace(found, problems=(wrong,))
        except ArchiveDamaged as error:
            yield Checked(name, (), (str(error),))
        except LibraryError as error:
            yield Checked(name, unseen=str(error))


@dataclass(frozen=True, slots=True)
class _Telling:
    """Tells how far one part is."""

    told: Told
    stage: str

    def __call__(self, done: int, total: int) -> None:
        self.told(Progress(self.stage, done, total))


def _with_itself(db: Database) -> tuple[str, str]:
    """Why the index cannot be held against itself now, if so: that is a write, and no transaction of ours may be
    open. And what SQLite finds that it holds else than the texts, where it is whole. Raises ArchiveDamaged where it is
    not."""
    try:
        with db.writing() as connection:
            connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    except ArchiveDamaged as error:
        with db.writing() as connection:  # of what it is made of alone
            connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
        return "", str(error)
    except LibraryError as error:
        return str(error), ""
    return "", ""


def _archive(db: Connection, archive: Archive, told: _Telling) -> Checked:
    # Not quick_check: that does not see an index that lacks a row, by which an older text would be gone unsaid.
    problems = [f"SQLite: {line}" for (line,) in db.execute(f"PRAGMA integrity_check({_SHOWN})") if line != "ok"]
    problems += [f"damage: {line}" for line in sums.wrong(db)]
    problems += _asked(db, _TEXTS)
    counts = (("stories", _count(db, "stories")), ("texts", _count(db, "revisions")))
    total = sum(number for _, number in counts)
    damaged = sum(not _reads(unpack_raw, packed) for (packed,) in _packed(db, "revisions", "r", told, 0, total))
    if damaged:
        problems.append(f"{damaged} raw texts cannot be read")
    packed_texts = _packed(db, "passages", "n", told, counts[1][1], total)
    damaged = sum(not _reads(unpack_passages, packed) for (packed,) in packed_texts)
    if damaged:
        problems.append(f"{damaged} cleaned texts cannot be read")
    try:
        archive.listed()
        archive.events()
    except ArchiveDamaged as error:
        problems.append(str(error))
    problems += filter(None, (archive.behind,))
    return Checked(ARCHIVE, counts, tuple(dict.fromkeys(problems)), archive.notes)


def _index(db: Connection, _archive: Archive, told: _Telling) -> Checked:
    problems = list(_asked(db, _INDEX))
    words = indexed.differing(db, told)
    if words:
        problems.append(f"{words} words are not where the texts have them")
    return Checked(INDEX, (("stories", _count(db, "search_docsize")),), tuple(problems))


def _places(db: Connection, _archive: Archive, _told: _Telling) -> Checked:
    counts = (
        ("stories placed", _count(db, "stories WHERE event IS NOT NULL")),
        ("events", _count(db, "(SELECT DISTINCT coalesce(event, id) FROM stories)")),
        ("storylines", _count(db, "(SELECT DISTINCT coalesce(storyline, id) FROM stories)")),
    )
    return Checked(PLACES, counts, tuple(_asked(db, _PLACES)), tuple(_waiting(db)))


def _waiting(db: Connection) -> Iterator[str]:
    """What an add leaves that is killed before it groups."""
    number = _count(db, "stories WHERE event IS NULL AND storyline IS NULL")
    if number:
        wait = "1 story waits" if number == 1 else f"{number:,} stories wait"
        yield f"{wait} to be placed in an event: an add runs, or was broken off; the next `add` goes on"


def _summaries(db: Connection, _archive: Archive, _told: _Telling) -> Checked:
    answers = [answer for (answer,) in db.execute("SELECT answer FROM summaries")]
    damaged = sum(not _reads(json.loads, answer) for answer in answers)
    problems = (f"{damaged} kept summaries cannot be read",) if damaged else ()
    return Checked(SUMMARIES, (("kept", len(answers)),), problems)


def _asked(db: Connection, questions: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for what, where in questions:
        number = _count(db, where)
        if number:
            yield f"{number} {'story is' if number == 1 else 'stories are'} {what}"


def _count(db: Connection, where: str) -> int:
    (number,) = db.execute(f"SELECT count(*) FROM {where}").fetchone()
    return int(number)


def _packed(db: Connection, table: str, key: str, told: _Telling, done: int, total: int) -> Iterator[tuple[object]]:
    """What a table has packed, in the order of its numbers; done: what was, before it."""
    last = -1
    while found := db.execute(
        f"SELECT {key}, packed FROM {table} WHERE {key} > ? ORDER BY {key} LIMIT {_AT_ONCE}", (last,)
    ).fetchall():
        yield from ((packed,) for _, packed in found)
        if found[-1][0] <= last:
            raise ArchiveDamaged("rows are out of order")
        last = found[-1][0]
        done += len(found)
        told(min(done, total), total)


def _reads(read: Callable[..., object], packed: object) -> bool:
    try:
        read(packed)
    except (ValueError, TypeError, RecursionError):
        return False
    return True
