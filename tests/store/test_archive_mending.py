"""An archive whose pages are damaged, one kind of page after another: what is saved against what could be."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from store.archive import Archive, snapshot
from store.archive.database import Database
from store.archive.examine import examine
from store.archive.mend import Mended
from store.archive.noted import note_of
from store.archive.pages import PAGE, records
from store.config import Settings
from store.errors import ArchiveDamaged, LibraryError
from store.holdings import UNREAD
from store.library import Library
from store.model import EventId, Given, Head, Passage, Placement, Progress, Raw, Story, StoryId, StorylineId
from tests.store.libraries import damaged

FILE = "archive.sqlite3"
NUMBER = 150
LONG = 7  # every so many stories there is one on several pages


def text(number: int) -> str:
    """That does not pack into nothing, as that of a real story does not."""
    chance = random.Random(number)
    words = 1500 if number % LONG == 0 else 120
    return f"Title {number}\n" + " ".join(f"{chance.getrandbits(40):x}" for _ in range(words))


def item(number: int, more: str = "") -> tuple[StoryId, Raw, str, Story]:
    story = StoryId(f"{number:016x}")
    raw = Raw(text(number) + more, source=f"/in/{number}", given=Given(url=f"https://tellmark.example/{number}"))
    title, _, body = raw.text.partition("\n")
    return story, raw, f"d{number}{more}", Story(story, Head(title), (Passage(body),))


def library(folder: Path) -> Archive:
    archive = Archive.open(folder)
    archive.put([item(n) for n in range(NUMBER)], added="2031-05-01")
    archive.put([item(n, " corrected") for n in range(0, NUMBER, 10)], added="2031-05-02")
    archive.place(
        [Placement(item(n)[0], EventId(f"E{n // 5}"), StorylineId("L"), "why", None, 0.5) for n in range(NUMBER)]
    )
    return archive


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    library(folder).close()
    return folder


def held(folder: Path) -> Counter[Raw]:
    """All raw texts, older ones too."""
    with closing(Archive.open(folder)) as archive:
        return Counter(raw for story, _ in archive.raws() for raw in archive.revisions(story))


def pages_of(folder: Path, table: str) -> dict[str, dict[int, int]]:
    """Its pages by kind, each with the number of its cells, as SQLite itself tells it."""
    kinds: dict[str, dict[int, int]] = {"internal": {}, "leaf": {}, "overflow": {}}
    with closing(sqlite3.connect(folder / FILE)) as db:
        try:
            for kind, page, cells in db.execute("SELECT pagetype, pageno, ncell FROM dbstat WHERE name = ?", (table,)):
                kinds[kind][page] = cells
        except sqlite3.OperationalError:
            pytest.skip("this build of SQLite does not tell which page is what")
    return kinds


NOISE = random.Random(17).randbytes(PAGE)


def hurt(whole: Path, folder: Path, pages: list[int], data: bytes) -> Mended:
    shutil.copytree(whole, folder)
    with (folder / FILE).open("rb+") as file:
        for page in pages:
            file.seek((page - 1) * PAGE)
            file.write(data)
    return Archive.mend(folder, stamp="T")


@pytest.mark.parametrize(
    "data", [bytes(PAGE), NOISE, b"\x0d" + b"\xff" * (PAGE - 1)], ids=["zeros", "noise", "looks like a leaf"]
)
def test_no_text_is_lost_with_the_pages_above_it(tmp_path: Path, whole: Path, data: bytes) -> None:
    above = list(pages_of(whole, "revisions")["internal"])
    assert above
    mended = hurt(whole, tmp_path / "hurt", above, data)
    assert (mended.kept, mended.lost, mended.counted, mended.altered) == (NUMBER, 0, True, False)
    assert held(tmp_path / "hurt") == held(whole)


def test_a_lost_leaf_costs_the_texts_on_it_and_no_others(tmp_path: Path, whole: Path) -> None:
    chance, everything = random.Random(3), held(whole)
    total, possible, saved = sum(everything.values()), 0, 0
    leaves = pages_of(whole, "revisions")["leaf"]
    for trial, (page, cells) in enumerate(chance.sample(sorted(leaves.items()), 8)):
        mended = hurt(whole, tmp_path / str(trial), [page], NOISE)
        found = held(tmp_path / str(trial))
        assert not found - everything
        assert mended.lost == total - sum(found.values())
        possible += total - cells
        saved += sum(found.values())
    print(f"8 lost leaves: {saved} of {possible} texts saved that are not on them")  # noqa: T201
    assert saved == possible


def test_a_lost_overflow_page_costs_one_text_and_is_told(tmp_path: Path, whole: Path) -> None:
    everything = held(whole)
    page = list(pages_of(whole, "revisions")["overflow"])[3]
    mended = hurt(whole, tmp_path / "hurt", [page], NOISE)
    assert mended.lost == 1
    assert sum((everything - held(tmp_path / "hurt")).values()) == 1
    assert "1 raw text could not be read" in mended.told


def needed(folder: Path) -> dict[int, set[str]]:
    """By page, the raw texts that need it: those of a leaf, and the one that goes on over an overflow page. SQLite
    names pages by their way from the root: a leaf is /00a/, what its second cell goes on over /00a/001+000000."""
    found: dict[int, set[str]] = {}
    with closing(sqlite3.connect(folder / FILE)) as db:
        try:
            pages = db.execute("SELECT pageno, pagetype, path, ncell FROM dbstat WHERE name = 'revisions'").fetchall()
        except sqlite3.OperationalError:
            pytest.skip("this build of SQLite does not tell which page is what")
    for page, kind, path, cells in pages:
        if kind == "leaf":
            found[page] = {f"{path}{cell:03x}" for cell in range(cells)}
        elif kind == "overflow":
            found[page] = {path.split("+")[0]}
    return found


def test_pages_lost_at_random_cost_no_more_texts_than_they_must(tmp_path: Path, whole: Path) -> None:
    chance, everything, texts = random.Random(8), held(whole), needed(whole)
    total, pages = sum(everything.values()), (whole / FILE).stat().st_size // PAGE
    possible = saved = 0
    for trial in range(25):
        lost = chance.sample(range(1, pages + 1), chance.choice([1, 3, 10, 30]))
        mended = hurt(whole, tmp_path / str(trial), lost, chance.choice([bytes(PAGE), chance.randbytes(PAGE)]))
        found = held(tmp_path / str(trial))
        assert not found - everything
        left = total - len(set().union(*(texts.get(page, set()) for page in lost)))
        assert sum(found.values()) == left, lost
        assert mended.lost == total - left or not mended.counted
        possible, saved = possible + left, saved + sum(found.values())
    print(f"25 times 1 to 30 pages of {pages} lost: {saved} of {possible} possible texts saved")  # noqa: T201


def test_every_page_above_another_may_go_at_once(tmp_path: Path, whole: Path) -> None:
    """The first page too: then no table is known by name."""
    with closing(sqlite3.connect(whole / FILE)) as db:
        tables = [name for (name,) in db.execute("SELECT DISTINCT tbl_name FROM sqlite_master WHERE rootpage")]
    above = [page for table in tables for page in pages_of(whole, table)["internal"]]
    assert len(above) > 3
    mended = hurt(whole, tmp_path / "hurt", [1, *above], NOISE)
    assert (mended.kept, mended.lost) == (NUMBER, 0)
    assert held(tmp_path / "hurt") == held(whole)
    with closing(Archive.open(tmp_path / "hurt")) as archive, closing(Archive.open(whole)) as before:
        assert archive.event_of() == before.event_of()
        assert {s.added for s in archive.listed()} == {"2031-05-01"}
        assert archive.verdict(item(3)[1], item(3)[0], item(3)[2])[0] == "same"


def test_what_texts_do_not_say_of_stories_is_saved(tmp_path: Path) -> None:
    with closing(library(tmp_path)) as archive:
        story, raw, digest, _ = item(4)
        moved = Raw(raw.text, source="/elsewhere/4", given=raw.given)
        assert archive.verdict(moved, story, digest)[0] == "same"
    damaged(tmp_path, "UPDATE stories SET address = 'https://first.example/4' WHERE n = 5")
    Archive.mend(tmp_path, stamp="T")
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        query = "SELECT address, added FROM stories WHERE id = ?"
        assert db.execute(query, (story,)).fetchone() == ("https://first.example/4", "2031-05-01")
        names = {name for (name,) in db.execute("SELECT name FROM names WHERE story = ?", (story,))}
    assert {"at /in/4", "at /elsewhere/4"} <= names


def test_stories_of_which_no_text_is_left_are_named(tmp_path: Path) -> None:
    library(tmp_path).close()
    damaged(tmp_path, "UPDATE revisions SET packed = x'00' WHERE story = (SELECT id FROM stories WHERE n = 8)")
    mended = Archive.mend(tmp_path, stamp="T")
    assert (mended.kept, mended.lost) == (NUMBER - 1, 1)
    assert mended.gone == ("“Title 7” (https://tellmark.example/7)",)
    assert "Nothing is left of: “Title 7”" in mended.told


def test_stories_that_are_known_by_a_name_alone_are_counted_as_lost(tmp_path: Path) -> None:
    library(tmp_path).close()
    damaged(
        tmp_path,
        "UPDATE revisions SET packed = x'00' WHERE story IN (SELECT id FROM stories WHERE n BETWEEN 2 AND 9)",
        "INSERT INTO names SELECT 'at /in/' || n, id, digest FROM stories WHERE n BETWEEN 3 AND 9",
        "DELETE FROM stories WHERE n BETWEEN 5 AND 9",
        "DELETE FROM sums",
    )
    without_note = tmp_path / "without note"
    shutil.copytree(tmp_path, without_note)
    note_of(without_note / FILE).unlink()
    mended = Archive.mend(without_note, stamp="T")
    assert (mended.kept, mended.lost, mended.counted, len(mended.gone)) == (NUMBER - 8, 8, False, 3)
    assert "at least 8 raw texts could not be read (of how many, the damaged file does not say)" in mended.told
    mended = Archive.mend(tmp_path, stamp="T")
    assert (mended.kept, mended.lost, mended.counted, len(mended.gone)) == (NUMBER - 8, 8, True, 3)


def test_how_much_noise_has_cost_is_known_from_the_note_beside(tmp_path: Path, whole: Path) -> None:
    data = bytearray((whole / FILE).read_bytes())
    end = 100 * PAGE
    assert len(data) > end
    data[:end] = random.Random(3).randbytes(end)
    (tmp_path / FILE).write_bytes(data)
    shutil.copy(note_of(whole / FILE), tmp_path)
    mended = Archive.mend(tmp_path, stamp="T")
    assert mended.counted
    assert mended.lost > 0
    assert held(tmp_path).total() + mended.lost == held(whole).total()


def test_a_text_under_an_id_that_was_changed_is_told(tmp_path: Path) -> None:
    library(tmp_path).close()
    damaged(tmp_path, "UPDATE revisions SET story = 'another' WHERE r = 9")
    mended = Archive.mend(tmp_path, stamp="T")
    assert mended.altered
    assert "not as it was written" in mended.told


def test_what_is_only_in_the_log_beside_is_read(tmp_path: Path) -> None:
    """As a killed program leaves it: nothing, or not all, has been taken into the file itself."""
    (tmp_path / "open").mkdir()
    archive = library(tmp_path / "open")
    shutil.copytree(tmp_path / "open", tmp_path / "killed")
    archive.close()
    (tmp_path / "killed" / f"{FILE}-shm").unlink()
    assert (tmp_path / "killed" / f"{FILE}-wal").stat().st_size > 100 * PAGE
    texts = [row for row, values in records(tmp_path / "killed" / FILE) if row and len(values) == 5 and not values[0]]
    assert len(texts) == NUMBER + NUMBER // 10


def test_a_file_of_anything_holds_no_record_and_raises_nothing(tmp_path: Path) -> None:
    chance, file = random.Random(5), tmp_path / "x"
    for kind in (0x0D, 0x0A, 0x02, 0x05, 0x77):
        for _ in range(30):
            file.write_bytes(b"".join(bytes([kind]) + chance.randbytes(PAGE - 1) for _ in range(3)))
            assert all(isinstance(values, tuple) for _, values in records(file))


def test_a_mend_tells_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library(tmp_path).close()
    monkeypatch.setattr("store.archive.pages._TELLING", 100)
    told: list[Progress] = []
    Archive.mend(tmp_path, stamp="T", told=told.append)
    assert {one.stage for one in told} == {
        "saving texts",
        "saving what is known of them",
        "listing the events",
        "listing the storylines",
    }
    assert all(one.done <= one.total for one in told)


def test_where_the_new_archive_cannot_be_written_the_old_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library(tmp_path).close()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("store.archive.mend._show_newest", full)
    with pytest.raises(Exception, match="It was not changed"):
        Archive.mend(tmp_path, stamp="T")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """A library with stories in its file, and more in the log that a killed program has left."""
    library(tmp_path / "open").close()
    archive = Archive.open(tmp_path / "open")
    archive.put([item(n) for n in range(NUMBER, NUMBER + 40)], added="2031-05-03")
    shutil.copytree(tmp_path / "open", tmp_path / "killed")
    archive.close()
    return tmp_path / "killed"


def test_a_log_without_its_archive_is_told_kept_and_read(killed: Path) -> None:
    (killed / FILE).unlink()
    with pytest.raises(ArchiveDamaged, match=r"is gone.*diplo-reader rebuild"):
        Archive.open(killed)
    assert any("is gone" in problem for part in examine(killed) for problem in part.problems)
    log = (killed / f"{FILE}-wal").read_bytes()
    mended = Archive.mend(killed, stamp="T")
    assert mended.aside.read_bytes() == log
    assert mended.kept >= 40
    assert {item(n)[1] for n in range(NUMBER, NUMBER + 40)} <= held(killed).keys()


@pytest.mark.parametrize("left", [0, 32 + 3 * (24 + PAGE)])
def test_a_log_that_was_zeroed_is_told(killed: Path, left: int) -> None:
    log = killed / f"{FILE}-wal"
    data = log.read_bytes()
    log.write_bytes(data[:left] + bytes(len(data) - left))
    with closing(Archive.open(killed)) as archive:
        (note,) = archive.notes
        assert "Add the same again" in note
        assert archive.count() == NUMBER
    with closing(Archive.open(killed)) as archive:
        assert archive.notes == ()


@pytest.mark.parametrize("log", ["removed", "emptied"])
def test_a_log_that_is_gone_is_told_until_something_is_added(killed: Path, log: str) -> None:
    for side in ("-wal", "-shm"):
        (killed / f"{FILE}{side}").unlink()
    if log == "emptied":
        (killed / f"{FILE}-wal").write_bytes(b"")
    with closing(Archive.open(killed)) as archive:
        assert "lacks what was added to it last" in archive.behind
        assert archive.count() == NUMBER
    assert any("lacks what was added" in p for part in examine(killed) for p in part.problems)
    with closing(Archive.open(killed)) as archive:
        assert archive.behind
        archive.put([item(n) for n in range(NUMBER, NUMBER + 40)], added="2031-05-03")
    with closing(Archive.open(killed)) as archive:
        assert not archive.behind


def test_an_archive_that_was_copied_killed_or_put_back_is_not_behind(killed: Path, tmp_path: Path) -> None:
    shutil.copytree(killed, tmp_path / "copied")
    with closing(Archive.open(killed)) as archive:
        assert not archive.behind
        archive.put([item(NUMBER + 41)], added="2031-05-04")
    snapshot.put_back(killed, _taken(tmp_path / "copied", tmp_path), _made(tmp_path / "aside"))
    with closing(Archive.open(killed)) as archive:
        assert archive.count() == NUMBER + 40
        assert not archive.behind


def _taken(folder: Path, to: Path) -> Path:
    snapshot.snapshot(folder, to / "copy", lambda *_: None)
    return to / "copy"


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_what_a_killed_program_leaves_is_no_damage(killed: Path) -> None:
    (killed / f"{FILE}-shm").unlink()
    with (killed / f"{FILE}-wal").open("rb+") as log:
        log.truncate(log.seek(0, 2) - 1000)  # in the middle of a write
    with closing(Archive.open(killed)) as archive:
        assert archive.notes == ()


def test_a_frame_that_is_not_as_it_was_written_is_told(killed: Path) -> None:
    (killed / f"{FILE}-shm").unlink()
    log = killed / f"{FILE}-wal"
    data = bytearray(log.read_bytes())
    data[32 + 5 * (24 + PAGE) + 700] ^= 1
    log.write_bytes(data)
    with closing(Archive.open(killed)) as archive:
        assert len(archive.notes) == 1
        assert archive.count() < NUMBER + 40


def test_two_programs_at_one_archive_find_nothing_wrong_with_its_log(tmp_path: Path) -> None:
    with closing(library(tmp_path)) as first:
        for n in range(NUMBER, NUMBER + 5):
            first.put([item(n)], added="2031-05-03")
            with closing(Archive.open(tmp_path)) as second:
                assert second.notes == ()


def test_an_archive_is_not_changed_where_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library(tmp_path).close()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    connect = Database._connect

    def full(self: Database) -> sqlite3.Connection:
        connection = connect(self)
        connection.execute("PRAGMA max_page_count = 30")
        return connection

    monkeypatch.setattr(Database, "_connect", full)
    with pytest.raises(LibraryError, match=r"disk is full.*was not changed"):
        Archive.mend(tmp_path, stamp="T")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_mended_archive_says_that_it_is_not_read_yet(tmp_path: Path) -> None:
    """A `rebuild` may be killed after it has saved the texts and before it has read them."""
    library(tmp_path).close()
    Archive.mend(tmp_path, stamp="T")
    for more in (NUMBER, NUMBER + 1):
        with closing(Library.open(tmp_path, Settings())) as opened:
            assert UNREAD in opened.notices
            opened.archive.put([item(more)], added="2031-05-03")
    with closing(Library.open(tmp_path, Settings())) as opened:
        opened.archive.replace_all(item(int(story, 16))[3] for story, _ in opened.archive.raws())
        assert UNREAD not in opened.notices
