"""Time and memory of grouping made-up stories: python bench/bench_group.py [STORIES ...] [--more]

1,000 and 10,000 stories if none is given, those of bench/generate.py; the seed is fixed. Each number runs in a process
of its own, so that its peak of memory is its own; time is that of one core. --more: how long one more story takes then.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from generate import Made
from generate import stories as made

from store import group
from store.group import extending, placing
from store.group.index import Index
from store.model import Head, Passage, Story, StoryId
from tests.store.shelf import Shelf

MORE = 100  # stories that come one by one


def stories(number: int) -> list[Story]:
    return [_story(at, one) for at, one in enumerate(made(number))]


def _story(at: int, one: Made) -> Story:
    record = one.record()
    head = Head(record.get("title", ""), published=record.get("published"), outlet=record.get("outlet"))
    return Story(StoryId(f"{at:06}"), head, tuple(map(Passage, record["text"].split("\n\n"))))


def measure(number: int, *, more: bool) -> None:
    given = stories(number + (MORE if more else 0))
    given, late = given[:number], given[number:]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    index = Index()
    start = time.process_time()
    placed = placing.place(given, {}, lambda _: None, read=index.add) if more else group.place(given)
    took = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    line = f"{number:>8}{took:>9.1f}{took / number * 1000:>9.2f}{len({p.event for p in placed}):>8}{peak:>9}{before:>9}"
    if more:
        shelf = Shelf()
        shelf.put(given)
        shelf.place(placed)
        start = time.process_time()
        for story in late:
            shelf.put([story])
            shelf.place(extending.extend([story], index, shelf))
        line += f"{(time.process_time() - start) / MORE * 1000:>9.2f}"
    print(line, flush=True)


def main() -> None:
    more = "--more" in sys.argv
    numbers = [int(a) for a in sys.argv[1:] if a.isdigit()] or [1000, 10_000]
    if len(numbers) == 1:
        measure(numbers[0], more=more)
        return
    print(
        f"{'stories':>8}{'seconds':>9}{'ms each':>9}{'events':>8}{'MB peak':>9}{'MB texts':>9}{'one more':>9}",
        flush=True,
    )
    for number in numbers:
        subprocess.run([sys.executable, __file__, str(number), *(["--more"] if more else [])], check=True)


if __name__ == "__main__":
    main()
