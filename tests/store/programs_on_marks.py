"""Programs that mark, and are killed at it. Run by test_marks_kill.py in a process of its own, for it forks.

    python -m tests.store.programs_on_marks kill FOLDER TRIALS SEED
    python -m tests.store.programs_on_marks crowd FOLDER

Prints one JSON line of counts, and leaves with status 1 where anything that was acknowledged is not there.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from store.marks import Marks, disk
from store.model import UNMARKED, Act, Change, Mark, StoryId

ACTS_A_LIBRARY = 25  # trials, after which a new library is begun
EACH = 120  # acts of each program in a crowd
FIELDS = (Mark(read=True), Mark(starred=True), Mark(dismissed=True), Mark(note="n"))


def story(number: int, name: str = "0") -> StoryId:
    return StoryId(f"{name}{number:07d}")


def forked(work: Callable[[], None]) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            work()
        except BaseException as error:
            sys.stderr.write(f"{error!r}\n")
            os._exit(1)
        os._exit(0)
    return pid


def mark_for_ever(folder: Path, name: str, first: int, acknowledge: int, seed: int) -> None:
    """Star one story after the other; the number of each is written to `acknowledge` once it is on the disk."""
    chance = random.Random(seed)
    marks = Marks.open(folder, desk=chance.random() < 0.5)
    number, often = first, chance.choice([0.05, 0.5, 1.0])
    while True:
        together = chance.choice([1, 1, 1, 400])
        changes = (Change(story(n, name), UNMARKED, FIELDS[n % 4]) for n in range(number, number + together))
        marks.apply(Act("mark", tuple(changes)))
        number += together
        if chance.random() < often:
            marks.checkpoint()
        else:
            marks.flush()
        os.write(acknowledge, b"%08d" % number)


class Marker:
    """A program that marks the stories of its name until it is killed."""

    def __init__(self, library: Path, name: str, first: int, seed: int) -> None:
        self.name, self.first = name, first
        self._reading, writing = os.pipe()
        self._pid = forked(lambda: mark_for_ever(library, name, first, writing, seed))
        os.close(writing)
        self._said = b""

    def begun(self) -> None:
        self._said = os.read(self._reading, 8)

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)

    def acknowledged(self) -> int | None:
        while more := os.read(self._reading, 1 << 16):
            self._said += more
        os.close(self._reading)
        return int(self._said[-8:]) if self._said else None


def kill(folder: Path, trials: int, seed: int) -> dict[str, int]:
    """In every second trial two programs mark at once, and are killed one after the other."""
    chance = random.Random(seed)
    counts = {"trials": trials, "acknowledged": 0, "lost": 0, "unreadable": 0, "torn": 0, "failed": 0, "two at once": 0}
    for trial in range(trials):
        if trial % ACTS_A_LIBRARY == 0:
            library, known = folder / str(trial), {"0": 0, "1": 0}
        names = ("0", "1")[: 1 + trial % 2]
        counts["two at once"] += len(names) > 1
        markers = [Marker(library, name, known[name], chance.randrange(2**32) + trial) for name in names]
        for marker in markers:
            marker.begun()
        for marker in markers:
            time.sleep(chance.random() * 0.03)
            marker.kill()
        for marker in markers:
            acknowledged = marker.acknowledged()
            counts["failed"] += acknowledged is None
            counts["acknowledged"] += (acknowledged or marker.first) - marker.first
            known[marker.name] = acknowledged or marker.first
        held, torn = found(library)
        counts["torn"] += torn
        counts["unreadable"] += held is None
        for name, acknowledged in known.items():
            counts["lost"] += sum((held or {}).get(story(n, name)) != FIELDS[n % 4] for n in range(acknowledged))
            written = sum(story.startswith(name) for story in held or ())
            known[name] = max(acknowledged, written)  # what was written and not yet acknowledged
    return counts


def found(library: Path) -> tuple[dict[StoryId, Mark] | None, bool]:
    try:
        with Marks.open(library) as marks:
            return dict(marks.all()), bool(marks.notices)
    except Exception as error:
        sys.stderr.write(f"{error!r}\n")
        return None, False


def one_of_a_crowd(folder: Path, place: int) -> None:
    """Set a field of its own and a tag of its own on the same stories as everyone; the first two are desks."""
    with Marks.open(folder, desk=place < 2) as marks:
        for number in range(EACH):
            marks.apply(Act("field", (Change(story(number), UNMARKED, FIELDS[place]),)))
            marks.apply(Act("tag", (Change(story(number), UNMARKED, Mark(tags=(f"t{place}",))),)))
            if number % 7 == place:
                marks.flush()
            if number % 31 == place:
                marks.checkpoint()
            marks.poll()


def crowd(folder: Path) -> dict[str, int]:
    workers = [forked(lambda place=place: one_of_a_crowd(folder, place)) for place in range(len(FIELDS))]  # type: ignore[misc]
    failed = sum(os.waitpid(pid, 0)[1] != 0 for pid in workers)
    everything = Mark(True, True, True, tuple(f"t{place}" for place in range(len(FIELDS))), "n")
    held, _ = found(folder)
    lost = sum((held or {}).get(story(number)) != everything for number in range(EACH))
    return {"programs": len(workers), "failed": failed, "stories": EACH, "lost": lost, "unreadable": held is None}


def main(what: str, folder: str, *rest: str) -> int:
    disk.LONG_JOURNAL = 20_000  # so that journals are cut often
    counts = crowd(Path(folder)) if what == "crowd" else kill(Path(folder), *(int(r) for r in rest))
    sys.stdout.write(json.dumps(counts) + "\n")
    return int(any(counts.get(bad) for bad in ("lost", "unreadable", "failed")))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
