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
from collections.abc import Callable, Mapping
from pathlib import Path

from store import soundness
from store.config import Settings
from store.library import Library
from store.marks import Marks
from store.model import UNMARKED, Act, Change, Mark, StoryId
from tui import cli

LOOK = 0.2
WORKERS = {"desk": "desk", "second": "second_desk", "cron": "cron"}  # who marks, by how the stories are called
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
    """Marks ten stories a second, all on one too, and watches the second desk and the cron job."""
    return at_desk(folder, until, "desk", ("second", "cron"))


def second_desk(folder: Path, until: float) -> Counts:
    """Does the same beside it."""
    time.sleep(0.5)  # the first desk is the first
    return at_desk(folder, until, "second", ("desk", "cron"))


def at_desk(folder: Path, until: float, name: str, others: tuple[str, ...]) -> Counts:
    seen: list[float] = []
    number = 0
    library = Library.open(folder, Settings(), desk=True)
    assert not library.marks.read_only
    assert bool(library.marks.beside) is (name == "second")
    looked = 0.0
    while time.time() < until:
        library.marks.apply(stamped(name, number))
        library.marks.apply(Act("tag", (Change(story("all", 0), UNMARKED, Mark(tags=(f"{name}{number}",))),)))
        number += 1
        if time.time() - looked > LOOK and library.marks.unheard:
            looked = time.time()
            changed = library.marks.poll()
            seen += [found for other in others for found in delay(library.marks, changed, other)]
        time.sleep(0.1)
    library.close()
    return {"acts": number, "seen": len(seen), "slowest": max(seen, default=0.0)}


def cron(folder: Path, until: float) -> Counts:
    """Adds a story and marks, opening and closing the library each time, as commands do."""
    number = failed = 0
    while time.time() < until:
        failed += bring(folder, number) != 0
        library = Library.open(folder, Settings())
        library.marks.apply(stamped("cron", number))
        library.marks.apply(Act("tag", (Change(story("all", 0), UNMARKED, Mark(tags=(f"cron{number}",))),)))
        library.close()
        number += 1
        time.sleep(0.05)
    return {"acts": number, "failed": failed}


def bring(folder: Path, number: int) -> int:
    file = folder.parent / f"in{number}.txt"
    file.write_text(
        f"Tellmark talks, day {number}\n\nThe envoys of Vardania and Orlesia met for hour {number} in Tellmark. "
        f"They agreed on point {number} of the harbour dues and left point {number + 1} open.\n"
    )
    return cli.main(["--library", str(folder), "add", str(file)])


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
    # Marks without any story are told as an archive that is gone.
    counts = gathered({"first": forked(lambda folder, _: {"failed": bring(folder, 0)}, folder, 0)})
    until = time.time() + seconds
    workers = {work.__name__: forked(work, folder, until) for work in (desk, second_desk, cron, export)}
    counts["failed"] += counts.pop("first failed", 1)
    counts["failed"] += (told := gathered(workers)).pop("failed")
    counts |= told
    counts["failed"] += counts.get("cron failed", 1) + counts.get("export failed", 1)
    acts = {name: int(counts.get(f"{worker} acts", 0)) for name, worker in WORKERS.items()}
    return counts | lost(folder, acts)


def gathered(workers: Mapping[str, tuple[int, int]]) -> Counts:
    """What the programs counted, when all have ended; failed: how many did with an error."""
    counts: Counts = {"failed": 0}
    for name, (pid, reading) in workers.items():
        said = b""
        while more := os.read(reading, 4096):
            said += more
        if status := os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]):
            sys.stderr.write(f"{name}: ended with {status}\n")
            counts["failed"] += 1
        for what, number in json.loads(said or b"{}").items():
            counts[f"{name} {what}"] = round(number, 3)
    return counts


def lost(folder: Path, acts: dict[str, int]) -> dict[str, float]:
    library = Library.open(folder, Settings())
    try:
        held, tags = library.marks.all(), library.marks.get(story("all", 0)).tags
        wanted = [(name, n) for name, number in acts.items() for n in range(number)]
        missing = sum(not held.get(story(*one), UNMARKED).note for one in wanted)
        missing += len({f"{name}{n}" for name, n in wanted} - set(tags))
        stories = library.archive.count()
        unplaced = stories - len(library.archive.event_of())
    finally:
        library.close()
    problems = [p for part in soundness.check(folder) for p in part.problems]
    sys.stderr.write("".join(f"{p}\n" for p in problems))
    return {"lost": missing, "stories": stories, "stories lost": acts["cron"] - stories, "unplaced": unplaced,
            "problems": len(problems)}  # fmt: skip


if __name__ == "__main__":
    told = together(Path(sys.argv[1]), float(sys.argv[2]))
    sys.stdout.write(json.dumps(told) + "\n")
    sys.exit(any(told[bad] for bad in ("failed", "lost", "stories lost", "problems")))
