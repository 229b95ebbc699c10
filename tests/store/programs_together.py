"""A desk, a second desk, a cron job that adds and marks, and one that exports, all on one library for some seconds.
Run by test_together.py and bench/faults.py in a process of its own, for it forks.

    python -m tests.store.programs_together FOLDER SECONDS

Prints one JSON line of counts, and leaves with status 1 where anything was lost or went wrong. The delays are seconds
from an act to the moment another program has seen it; the desks look every LOOK seconds, as the screen's do.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from store import soundness
from store.config import Settings
from store.library import Library
from store.marks import Marks
from store.model import UNMARKED, Act, Change, Mark, StoryId
from tui import cli

LOOK = 0.5
Counts = dict[str, float]


def story(name: str, number: int) -> StoryId:
    return StoryId(f"{name}{number:06d}")


def stamped(name: str, number: int) -> Act:
    """An act that says when it was done."""
    return Act(name, (Change(story(name, number), UNMARKED, Mark(note=repr(time.time()))),))


def delay(marks: Marks, changed: frozenset[StoryId], name: str) -> list[float]:
    notes = (marks.get(s).note for s in changed if s.startswith(name))
    return [time.time() - float(note) for note in notes if note]


def desk(folder: Path, until: float) -> Counts:
    """Marks ten stories a second, all on one too, and watches the cron job."""
    seen: list[float] = []
    number = 0
    library = Library.open(folder, Settings(), desk=True)
    assert not library.marks.read_only
    looked = 0.0
    while time.time() < until:
        library.marks.apply(stamped("desk", number))
        library.marks.apply(Act("tag", (Change(story("all", 0), UNMARKED, Mark(tags=(f"desk{number}",))),)))
        number += 1
        if time.time() - looked > LOOK:
            looked = time.time()
            seen += delay(library.marks, library.marks.poll(), "cron")
        time.sleep(0.1)
    library.close()
    return {"acts": number, "seen": len(seen), "slowest": max(seen, default=0.0)}


def second_desk(folder: Path, until: float) -> Counts:
    """Only reads, and sees what both others do."""
    seen: list[float] = []
    time.sleep(0.5)  # the first desk is the first
    library = Library.open(folder, Settings(), desk=True)
    assert library.marks.read_only
    while time.time() < until:
        changed = library.marks.poll()
        seen += delay(library.marks, changed, "desk") + delay(library.marks, changed, "cron")
        time.sleep(LOOK)
    library.close()
    return {"seen": len(seen), "slowest": max(seen, default=0.0)}


def cron(folder: Path, until: float) -> Counts:
    """Adds a story and marks, opening and closing the library each time, as commands do."""
    number = failed = 0
    while time.time() < until:
        file = folder.parent / f"in{number}.txt"
        file.write_text(
            f"Tellmark talks, day {number}\n\nThe envoys of Vardania and Orlesia met for hour {number} in Tellmark. "
            f"They agreed on point {number} of the harbour dues and left point {number + 1} open.\n"
        )
        failed += cli.main(["--library", str(folder), "add", str(file)]) != 0
        library = Library.open(folder, Settings())
        library.marks.apply(stamped("cron", number))
        library.marks.apply(Act("tag", (Change(story("all", 0), UNMARKED, Mark(tags=(f"cron{number}",))),)))
        library.close()
        number += 1
        time.sleep(0.05)
    return {"acts": number, "failed": failed}


def export(folder: Path, until: float) -> Counts:
    number = failed = 0
    while time.time() < until:
        file = folder.parent / "review.md"
        failed += cli.main(["--library", str(folder), "export", "-o", str(file), "--", "is:unread"]) != 0
        number += 1
        time.sleep(0.2)
    return {"exports": number, "failed": failed}


def forked(work: Callable[[Path, float], Counts], folder: Path, until: float) -> tuple[int, int]:
    """The process, and where its counts can be read."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
        os.write(writing, json.dumps(work(folder, until)).encode())
    except BaseException as error:
        sys.stderr.write(f"{work.__name__}: {error!r}\n")
        os._exit(1)
    os._exit(0)


def together(folder: Path, seconds: float) -> dict[str, float]:
    Library.open(folder, Settings()).close()
    until = time.time() + seconds
    workers = {work.__name__: forked(work, folder, until) for work in (desk, second_desk, cron, export)}
    counts: dict[str, float] = {"failed": 0}
    for name, (pid, reading) in workers.items():
        said = b""
        while more := os.read(reading, 4096):
            said += more
        if status := os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]):
            sys.stderr.write(f"{name}: ended with {status}\n")
            counts["failed"] += 1
        for what, number in json.loads(said or b"{}").items():
            counts[f"{name} {what}"] = round(number, 3)
    counts["failed"] += counts.get("cron failed", 1) + counts.get("export failed", 1)
    return counts | lost(folder, int(counts.get("desk acts", 0)), int(counts.get("cron acts", 0)))


def lost(folder: Path, by_desk: int, by_cron: int) -> dict[str, float]:
    library = Library.open(folder, Settings())
    try:
        held, tags = library.marks.all(), library.marks.get(story("all", 0)).tags
        wanted = [("desk", n) for n in range(by_desk)] + [("cron", n) for n in range(by_cron)]
        missing = sum(not held.get(story(*one), UNMARKED).note for one in wanted)
        missing += len({f"{name}{n}" for name, n in wanted} - set(tags))
        stories = library.archive.count()
        unplaced = stories - len(library.archive.event_of())
    finally:
        library.close()
    problems = [p for part in soundness.check(folder) for p in part.problems]
    sys.stderr.write("".join(f"{p}\n" for p in problems))
    return {"lost": missing, "stories": stories, "stories lost": by_cron - stories, "unplaced": unplaced,
            "problems": len(problems)}  # fmt: skip


if __name__ == "__main__":
    told = together(Path(sys.argv[1]), float(sys.argv[2]))
    sys.stdout.write(json.dumps(told) + "\n")
    sys.exit(any(told[bad] for bad in ("failed", "lost", "stories lost", "problems")))
