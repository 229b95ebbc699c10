"""Trials of what may go wrong: kills, damage, full disks. Run by test_faults.py for some, by bench/faults.py for many,
each in a process of its own, for they fork.

    python -m tests.store.trials WHAT FOLDER TRIALS SEED

WHAT is one of TRIALS below. Prints one JSON line of counts; whatever stands under "failed", "lost" or "tracebacks"
should be 0, and the status is 1 where it is not.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import closing, redirect_stderr, redirect_stdout
from datetime import datetime
from io import StringIO
from pathlib import Path

from store import backup, soundness
from store.archive import Archive
from store.archive.examine import examine
from store.archive.skeleton import Layout, Order
from store.config import Settings
from store.errors import ArchiveDamaged, LibraryError, MarksDamaged, SchemaTooNew, StoreError
from store.library import Library
from store.marks import Marks
from store.model import UNMARKED, Act, Change, EventId, Mark, Raw, StoryId, StorylineId
from tests.store.libraries import STORIES, held, make, marked
from tests.store.programs_on_archive import item
from tui import cli

NOW = datetime(2031, 5, 1, 10, 15)
Counts = Counter[str]
BAD = ("failed", "lost", "tracebacks")


def said(*arguments: object) -> tuple[int, str]:
    """The exit status of a command, and all it said."""
    out = StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        status = cli.main([str(a) for a in arguments])
    return status, out.getvalue()


def killed(work: Callable[[], object], after: float) -> bool:
    """Runs work in a process that is killed after some seconds; whether it was done before."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    until = time.monotonic() + after
    while time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return status == 0
        time.sleep(0.001)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return False


def inbox(folder: Path, number: int) -> Path:
    folder.mkdir(parents=True)
    for n in range(number):
        text = f"The envoys of Vardania and Orlesia met for hour {n} in Tellmark and agreed on point {n}. " * 4
        (folder / f"{n}.txt").write_text(f"Tellmark talks enter hour {n}\n\n{text}\n\nThey meet again on Monday.\n")
    return folder


# --- killed


def kills_adding(folder: Path, trials: int, chance: random.Random) -> Counts:
    """`add` killed at any moment; whatever was in stays in, and the next `add` goes on to the end."""
    counts = Counts(trials=trials)
    said("clean", str(inbox(folder / "warm", 1)))  # imports
    for trial in range(trials):
        if trial % 6 == 0:
            library, before = folder / f"library{trial}", 0
            incoming = inbox(folder / f"in{trial}", 120)
        counts["finished"] += killed(lambda: said("--library", library, "add", incoming), chance.random() * 1.5)  # noqa: B023
        try:
            problems = _problems(library) if library.is_dir() else []
            archive = Archive.open(library)
            number = archive.count()
            archive.close()
        except StoreError as error:
            sys.stderr.write(f"{error}\n")
            counts["failed"] += 1
            continue
        counts["failed"] += bool(problems)
        sys.stderr.write("".join(f"{p}\n" for p in problems))
        counts["lost"] += max(0, before - number)
        counts["stories kept"] += number - before
        before = number
        if trial % 6 == 5:
            status, told = said("--library", library, "add", incoming)
            whole = not any(part.problems for part in soundness.check(library))
            with closing(Library.open(library, Settings())) as opened:
                done = status == 0 and whole and opened.archive.count() == 120 == len(opened.archive.event_of())
            counts["went on to the end"] += done
            counts["failed"] += not done
            sys.stderr.write("" if done else told)
    return counts


def kills_exporting(folder: Path, trials: int, chance: random.Random) -> Counts:
    """`export` over an older export, killed: the file is the old one or the new one, whole."""
    counts, library, file = Counts(trials=trials), folder / "library", folder / "review.md"
    said("--library", library, "add", inbox(folder / "in", 30))
    stories = sorted(held(library)[2])
    texts = []
    for tagged in (stories[:15], stories):
        said("--library", library, "tag", "treaty", *(part for s in tagged for part in ("--id", s)))
        said("--library", library, "export", "-o", folder / f"{len(tagged)}.md")
        texts.append((folder / f"{len(tagged)}.md").read_text())
    for trial in range(trials):
        file.write_text(texts[0])
        killed(lambda: said("--library", library, "export", "-o", file), chance.random() * 0.25)
        found = file.read_text()
        counts["old"] += found == texts[0]
        counts["new"] += found == texts[1]
        counts["failed"] += found not in texts
        if trial % 20 == 19:
            counts["lost"] += sum("treaty" not in m.tags for m in _marks(library).values())
    return counts


def _problems(library: Path) -> list[str]:
    return [problem for part in soundness.check(library) for problem in part.problems]


def _marks(library: Path) -> dict[StoryId, Mark]:
    with Marks.open(library) as marks:
        return dict(marks.all())


def kills_keeping(folder: Path, trials: int, chance: random.Random) -> Counts:
    """backup and restore killed: the file is whole or not there; the library is the old or the restored one."""
    counts, library, file = Counts(trials=trials), folder / "library", folder / "kept.zip"
    make(library)
    first = held(library)
    backup.make(library, file, settings=None, now=NOW)
    with Marks.open(library, desk=True) as marks:
        marks.apply(marked(20))
    archive = Archive.open(library)
    archive.put([item(900)], added="x")
    archive.close()
    second = held(library)
    whole = folder / "whole"
    shutil.copytree(library, whole)
    for trial in range(trials):
        if trial % 2:
            expected = held(library)
            new = folder / f"{trial}.zip"
            killed(lambda: backup.make(library, new, settings=None, now=NOW), chance.random() * 0.25)  # noqa: B023
            counts["backups"] += new.exists()
            if new.exists():
                backup.restore(folder / f"r{trial}", new, settings=None, now=NOW)
                counts["failed"] += held(folder / f"r{trial}") != expected
                shutil.rmtree(folder / f"r{trial}")
            counts["failed"] += held(library) != expected
            continue
        shutil.rmtree(library)
        shutil.copytree(whole, library)
        killed(lambda: backup.restore(library, file, settings=None, now=NOW), chance.random() * 0.3)
        try:
            marks_now, rules, raws = held(library)
            counts["restored"] += marks_now == first[0]
            counts["failed"] += marks_now not in (first[0], second[0]) or rules != first[1]
            counts["lost"] += raws not in (first[2], second[2])
            counts["failed"] += bool(problems := _problems(library))
            sys.stderr.write("".join(f"{p}\n" for p in problems))
        except StoreError as error:
            sys.stderr.write(f"{error}\n")
            counts["failed"] += 1
    shutil.rmtree(whole)
    return counts


# --- damaged


def hurt(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, a stretch of nothing, a cut, a stretch twice, something behind the end."""
    new, at = bytearray(data), chance.randrange(len(data))
    length = chance.choice([1, 16, 512, 4096])
    match chance.randrange(8):
        case 0:
            new[at : at + length] = bytes(len(new[at : at + length]))
        case 1:
            del new[at:]
        case 2:
            del new[at : at + length]
        case 3:
            new[at:at] = new[at : at + length]
        case 4:
            new += chance.randbytes(length)
        case _:
            for _ in range(chance.choice([1, 1, 2, 20])):
                new[chance.randrange(len(new))] ^= 1 + chance.randrange(255)
    return bytes(new)


def corrupt_marks(folder: Path, trials: int, chance: random.Random) -> Counts:
    """Any file of the marks damaged: all marks and rules are there, or it is said that some are not."""
    counts, whole, library = Counts(trials=trials), folder / "whole", folder / "library"
    with Marks.open(whole, desk=True) as desk:
        for number in range(3):
            desk.apply(marked(number))
            desk.apply(Act("more", (Change(StoryId(f"{number}"), UNMARKED, Mark(read=True, note="n" * number)),)))
            desk.checkpoint()
    with Marks.open(whole) as headless:
        headless.apply(marked(7))
        headless.flush()
        headless.apply(marked(8))
    expected = _marks(whole)
    names = ["marks.json", "marks.journal", "marks.json", "marks.journal", "marks.json.bak", "marks.journal.bak"]
    for _ in range(trials):
        victim = chance.choice([*names, "marks.history", "marks.end"])
        shutil.copytree(whole, library)
        data = (library / victim).read_bytes()
        new = hurt(data, chance)
        (library / victim).write_bytes(new)
        try:
            found, told = _opened(library)
            silent = found != expected and not told
            counts["told"] += bool(told)
            counts["all there"] += found == expected
            counts["lost"] += silent
        except SchemaTooNew:
            counts["told"] += 1
        except Exception:
            traceback.print_exc()
            counts["tracebacks"] += 1
        shutil.rmtree(library)
    return counts


def _opened(library: Path) -> tuple[dict[StoryId, Mark], str]:
    try:
        with Marks.open(library, desk=True) as marks:
            marks.done()
            return dict(marks.all()), " ".join(marks.notices)
    except MarksDamaged as error:
        Marks.restore(library, use_backup=error.backup is not None)
        with Marks.open(library) as marks:
            return dict(marks.all()), str(error)


def corrupt_archive(folder: Path, trials: int, chance: random.Random) -> Counts:
    """The archive damaged: whatever reads it says so or reads what was there; check finds what no reader met. Every
    tenth that is found is mended, and holds nothing but what was there."""
    counts, whole, library = Counts(trials=trials), folder / "whole", folder / "library"
    make(whole)
    Archive.open(whole).close()
    truth = _read(whole)
    revisions = {raw for raws, *_ in truth[0].values() for raw in raws}
    for _ in range(trials):
        library.mkdir()
        (library / "archive.sqlite3").write_bytes(hurt((whole / "archive.sqlite3").read_bytes(), chance))
        try:
            _look(library, truth, revisions, counts, mend=chance.random() < 0.1)
        except Exception:
            traceback.print_exc()
            counts["tracebacks"] += 1
        shutil.rmtree(library)
    return counts


SEARCHES = ("treaty", "word7", "wor", '"of the treaty"', "corrected", "title 3")
Truth = tuple[dict[StoryId, tuple[tuple[Raw, ...], object, object]], list[object]]


def _read(library: Path) -> Truth:
    """By story: its raw texts, its cleaned text, and what lists show of it; and what is found. Raises StoreError."""
    archive = Archive.open(library)
    try:
        searched: list[object] = [archive.search(words, 50) for words in SEARCHES]
        searched += [archive.search_all(words) for words in SEARCHES]
        _read_as_the_desk(archive)
        listed = {s.id: s for e in archive.events() for s in e.stories}
        raws = dict(archive.raws())
        stories = {s.id: s.passages for s in archive.stories()}
        known = raws.keys() & stories.keys() & listed.keys()
        return {i: (archive.revisions(i), stories[i], listed[i]) for i in known}, searched
    finally:
        archive.close()


def _read_as_the_desk(archive: Archive) -> None:
    ids = [item(n)[0] for n in range(STORIES + 2)]
    for layout in Layout:
        for order in Order:
            archive.lists.skeleton(layout, order)
            archive.lists.page(layout, order, near=ids[3], size=9)
        archive.lists.shelved(layout, range(-2, STORIES + 3))
        archive.lists.unit_numbers(layout, [*ids, "E1", "L"])
    archive.lists.ids(range(-2, STORIES + 3))
    archive.lists.numbers(ids)
    archive.lists.events_of(StorylineId("L"))
    archive.placements(ids)
    archive.members(EventId("E1"))
    archive.values("outlet")
    archive.verdict(item(5)[1], item(5)[0], item(5)[2])


def _look(library: Path, truth: Truth, revisions: set[Raw], counts: Counts, *, mend: bool) -> None:
    try:
        found, told = _read(library), False
    except StoreError:
        found, told = ({}, []), True
    if told:
        counts["told by a reader"] += 1
    elif any(part.problems for part in examine(library)):
        counts["found by check"] += 1
        told = True
    elif found == truth:
        counts["all there"] += 1
    else:
        counts["lost"] += 1
        there, should = found[0], truth[0]
        sys.stderr.write("".join(f"{should[i]}\n{there.get(i)}\n" for i in should if there.get(i) != should[i]))
        sys.stderr.write("".join(f"{a}\n{b}\n" for a, b in zip(found[1], truth[1], strict=True) if a != b))
    if mend and counts["mended"] % 5 == 0:
        _run_commands(library, counts)
    if told and mend:
        try:
            Archive.mend(library, stamp="T")
        except (SchemaTooNew, LibraryError) as error:
            counts["failed"] += isinstance(error, ArchiveDamaged)
            return
        with closing(Archive.open(library)) as archive:
            kept = list(archive.raws())
        counts["mended"] += 1
        counts["stories saved of those mended"] += len(kept)
        counts["failed"] += not {raw for _, raw in kept} <= revisions


_ON_DAMAGE = (
    ("list",),
    ("list", "is:unread", "treaty"),
    ("search", "treaty"),
    ("events", "--json"),
    ("show", "{story}", "--dropped"),
    ("why", "{story}"),
    ("quotes", "--story", "{story}"),
    ("differences", "{story}"),
    ("storyline", "{story}"),
    ("statistics",),
    ("furniture",),
    ("rules",),
    ("mark", "read", "--id", "{story}"),
    ("export", "--", "treaty"),
    ("merge", "{story}", "{other}"),
    ("settle", "--regroup"),
    ("add", "{new}"),
    ("rebuild",),
    ("check",),
    ("check", "--repair"),
    ("check",),
)


def _run_commands(library: Path, counts: Counts) -> None:
    """Every command on a copy: it does its work or says what is wrong; after a repair all is sound."""
    copy = library.with_name("copy")
    shutil.copytree(library, copy)
    new = library.with_name("new.txt")
    new.write_text("Talks in Tellmark\n\nThe envoys of Vardania met for an hour. They left at noon.\n")
    names = {"story": item(3)[0], "other": item(12)[0], "new": str(new)}
    status = 0
    for command in _ON_DAMAGE:
        status, told = said("--library", copy, *(part.format(**names) for part in command))
        counts["commands"] += 1
        counts["tracebacks"] += status == 3
        if status == 3 or (status and not told.strip()):
            counts["failed"] += 1
            sys.stderr.write(f"{command}: {status} {told}\n")
    if status and "newer diplo-reader" not in told:
        counts["failed"] += 1
        sys.stderr.write(f"not sound after a repair: {told}\n")
    shutil.rmtree(copy)


def corrupt_backup(folder: Path, trials: int, chance: random.Random) -> Counts:
    """A backup file damaged: refused, or what it restores is all that was packed."""
    counts, library = Counts(trials=trials), folder / "library"
    make(library)
    expected = held(library)
    data = backup.make(library, folder / "kept.zip", settings=None, now=NOW).file.read_bytes()
    for _ in range(trials):
        (folder / "hurt.zip").write_bytes(hurt(data, chance))
        try:
            backup.restore(folder / "again", folder / "hurt.zip", settings=None, now=NOW)
            counts["restored whole"] += 1
            counts["lost"] += held(folder / "again") != expected
        except StoreError:
            counts["refused"] += 1
        except Exception:
            traceback.print_exc()
            counts["tracebacks"] += 1
        shutil.rmtree(folder / "again", ignore_errors=True)
    return counts


# --- full


def full_disk(folder: Path, trials: int, chance: random.Random) -> Counts:
    """Every writer on a disk with little room left. folder is on a disk of a few megabytes of its own."""
    counts, library = Counts(trials=trials), folder / "library"
    make(library)
    acknowledged = _marks(library)
    before = held(library)[2].keys()
    for trial in range(trials):
        what = ("mark", "add", "export", "backup", "rebuild", "checkpoint", "restore")[trial % 7]
        (folder / "one.txt").write_text(
            f"Talks, round {trial}\n\nThe envoys met for round {trial}. They left at noon.\n"
        )
        ballast = folder / "ballast"
        _fill(ballast, chance.choice([0, 1, 4, 8, 20, 50, 100, 300]) * 1024)
        told = ""
        try:
            acknowledged |= _write(what, trial, library, folder)
            counts[f"{what}: done"] += 1
        except StoreError as error:
            told = str(error)
            counts[f"{what}: told"] += 1
        except Exception:
            traceback.print_exc()
            counts["tracebacks"] += 1
        ballast.unlink()
        (folder / "kept.zip").unlink(missing_ok=True)
        for aside in library.glob("before-restore-*"):
            shutil.rmtree(aside)
        try:
            now = held(library)
            counts["lost"] += len(acknowledged.items() - now[0].items()) + len(before - now[2].keys())
            counts["failed"] += bool(problems := _problems(library))
            sys.stderr.write("".join(f"{what} {told}: {p}\n" for p in problems))
        except StoreError as error:
            sys.stderr.write(f"{what}: {error}\n")
            counts["failed"] += 1
    return counts


_COMMANDS = (
    ("list",),
    ("search", "treaty"),
    ("export", "--", "is:starred"),
    ("check",),
    ("check", "--repair"),
    ("backup", "{out}/{library}.zip"),
    ("mark", "read", "--query", "is:starred"),
    ("add", "{out}/one.txt"),
    ("rebuild",),
    ("restore", "{out}/sound.zip"),
    ("restore",),
    ("paths",),
)


def read_only(folder: Path, trials: int, chance: random.Random) -> Counts:
    """Every command on a library that may only be read, sound and damaged: what can be read is read, nothing else is
    tried twice. folder is a mount of its own."""
    counts, out = Counts(trials=trials), Path(tempfile.mkdtemp())
    make(folder / "sound")
    story = out / "one.txt"
    story.write_text("Talks in Tellmark\n\nThe envoys met for an hour. They left at noon.\n")
    damages = {"torn": "marks.journal", "cut": "marks.json", "archive": "archive.sqlite3"}
    for damage, name in damages.items():
        shutil.copytree(folder / "sound", folder / damage)
        data = (folder / damage / name).read_bytes()
        (folder / damage / name).write_bytes(data[:-7] if damage != "archive" else data[:9000])
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    for library in ("sound", *damages):
        for command in _COMMANDS:
            status, told = said(
                "--library", folder / library, *(part.format(out=out, library=library) for part in command)
            )
            counts[f"status {status}"] += 1
            counts["tracebacks"] += status == 3
            reads = library in ("sound", "torn") and command[0] in ("list", "search", "export", "backup", "paths")
            counts["failed"] += (reads and status != 0) or not told
    counts["failed"] += not (out / "sound.zip").exists()
    shutil.rmtree(out)
    return counts


def _fill(ballast: Path, left: int) -> None:
    with ballast.open("wb", buffering=0) as file:
        free = shutil.disk_usage(ballast.parent).free
        file.truncate(0)
        block = bytes(4096)
        for _ in range(max(0, free - left) // 4096):
            try:
                file.write(block)
            except OSError:
                return


def _write(what: str, trial: int, library: Path, folder: Path) -> dict[StoryId, Mark]:
    """One writer at work; the marks that it says are on the disk. Raises StoreError."""
    if what in ("mark", "checkpoint"):
        story, mark = StoryId(f"full{trial}"), Mark(note="n" * 3000)
        marks = Marks.open(library, desk=True)
        try:
            marks.apply(Act("mark", (Change(story, UNMARKED, mark),)))
            marks.flush()
            if what == "checkpoint":
                marks.checkpoint()
            return {story: mark}
        finally:
            marks.close()
    if what == "backup":
        backup.make(library, folder / "kept.zip", settings=None, now=NOW)
        return {}
    if what == "restore":
        whole = folder / "whole.zip"
        whole.unlink(missing_ok=True)
        backup.make(library, whole, settings=None, now=NOW)
        backup.restore(library, whole, settings=None, now=NOW)
        return {}
    commands: dict[str, tuple[object, ...]] = {
        "add": ("add", folder / "one.txt"),
        "rebuild": ("rebuild",),
        "export": ("export", "-o", folder / "r.md", "--", "is:starred"),
    }
    status, told = said("--library", library, *commands[what])
    if status == 0:
        return {}
    if status == 3:
        raise RuntimeError(told)
    raise LibraryError(told)


TRIALS = {
    work.__name__: work
    for work in (
        kills_adding,
        kills_exporting,
        kills_keeping,
        corrupt_marks,
        corrupt_archive,
        corrupt_backup,
        full_disk,
        read_only,
    )
}

if __name__ == "__main__":
    name, place, number, seed = sys.argv[1:]
    if name.startswith("corrupt"):
        os.fsync = lambda fd: None  # the machine does not stop here
    found = TRIALS[name](Path(place), int(number), random.Random(int(seed)))
    sys.stdout.write(json.dumps(found) + "\n")
    sys.exit(any(found[bad] for bad in BAD))
