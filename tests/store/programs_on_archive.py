"""A program that adds batches of stories, and is killed at it. Run by test_archive_faults.py in a process of its own,
for it forks.

    python -m tests.store.programs_on_archive FOLDER TRIALS SEED

Prints one JSON line of counts.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from store.archive import Archive
from store.model import Head, Passage, Raw, Story, StoryId

BATCH = 20


def item(number: int, text: str = "") -> tuple[StoryId, Raw, str, Story]:
    story = StoryId(f"{number:016x}")
    raw = Raw(f"Title {number}\n{text or f'Word{number} of the treaty. ' * 40}", source=f"/in/{number}")
    return story, raw, f"d{number}{text[:8]}", ready(raw, story)


def ready(raw: Raw, story: StoryId) -> Story:
    title, _, body = raw.text.partition("\n")
    return Story(story, Head(title), (Passage(body),))


def batches(first: int) -> Iterator[list[tuple[StoryId, Raw, str, Story]]]:
    return ([item(n) for n in range(start, start + BATCH)] for start in count(first, BATCH))


def add_for_ever(folder: Path, first: int, acknowledge: int) -> None:
    archive = Archive.open(folder)
    for batch in batches(first):
        archive.put(batch, added="2031-05-01")
        os.write(acknowledge, b".")


def kill(folder: Path, trials: int, seed: int) -> dict[str, int]:
    """broken counts archives with part of a batch, or an index that does not hold what the archive does."""
    chance, held = random.Random(seed), 0
    counts = {"trials": trials, "acknowledged": 0, "lost": 0, "broken": 0, "wrong": 0}
    for _ in range(trials):
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            add_for_ever(folder, held, writing)
        os.close(writing)
        said = os.read(reading, 1)
        time.sleep(chance.uniform(0, 0.03))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        while more := os.read(reading, 4096):
            said += more
        os.close(reading)
        archive = Archive.open(folder)
        before, held = held, archive.count()
        counts["acknowledged"] += len(said) * BATCH
        counts["lost"] += max(0, before + len(said) * BATCH - held)
        counts["broken"] += held % BATCH != 0 or len(archive.search_all("treaty")) != held
        archive.close()
    archive = Archive.open(folder)
    counts["wrong"] = len(archive.check())
    archive.close()
    return counts


if __name__ == "__main__":
    sys.stdout.write(json.dumps(kill(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))) + "\n")
