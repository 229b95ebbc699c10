"""Time and memory of grouping made-up stories: python bench/bench_group.py [STORIES ...] [--more]

1,000 and 10,000 stories if none is given, those of bench/generate.py; the seed is fixed. Each number runs in a process
of its own, so that its peak of memory is its own; time is that of one core. reading: milliseconds a story for what is
done when it is added, taking its text apart; seconds: grouping all from what was kept of that. --more: milliseconds
for one more story then, its reading included, the archive not.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from generate import Made
from generate import stories as made

from store.group import columns, extending, placing
from store.group.columns import Columns
from store.group.index import Index
from store.model import Head, Passage, Placement, Story, StoryId
from tests.store.shelf import Shelf

MORE = 100  # stories that come one by one


def stories(number: int) -> Iterator[Story]:
    return (_story(at, one) for at, one in enumerate(made(number)))


def _story(at: int, one: Made) -> Story:
    record = one.record()
    head = Head(record.get("title", ""), published=record.get("published"), outlet=record.get("outlet"))
    return Story(StoryId(f"{at:06}"), head, tuple(map(Passage, record["text"].split("\n\n"))))


def measure(number: int, *, more: bool) -> None:
    late = list(stories(number))[:: max(number // MORE, 1)][:MORE] if more else []
    left_out = {story.id for story in late}
    kept, reading = [], 0.0
    for story in stories(number):
        start = time.process_time()
        if story.id not in left_out:
            kept.append((story.id, placing.read_one(story)))
        reading += time.process_time() - start
    before, held = _peak(), dict(kept) if more else {}
    start = time.process_time()
    known = columns.arranged(_given(kept))
    placed = placing.place_known(known, {}, lambda _: None, in_full=False)
    took = time.process_time() - start
    line = f"{number:>8}{reading / number * 1000:>9.2f}{took:>9.1f}{took / number * 1000:>9.2f}"
    line += f"{len({p.event for p in placed}):>9}{_peak():>9}{before:>9}"
    print(line + (f"{_one_more(late, known, placed, held):>9.2f}" if more else ""), flush=True)


def _given(kept: list[tuple[StoryId, bytes]]) -> Iterator[tuple[StoryId, bytes]]:
    """What was kept, let go as it is taken."""
    while kept:
        yield kept.pop()


def _one_more(
    late: Sequence[Story], known: Columns, placed: Sequence[Placement], held: Mapping[StoryId, bytes]
) -> float:
    """Milliseconds for one story that comes when the others are there, tokenising included, the archive not."""
    index, shelf = Index(), Shelf()
    index.add(known)
    shelf.traits.keep(held.items(), shelf.traits.moment())
    shelf.place(placed)
    start = time.process_time()
    for story in late:
        shelf.put([story])
        shelf.place(extending.extend([story.id], index, shelf))
    return (time.process_time() - start) / len(late) * 1000


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    more = "--more" in sys.argv
    numbers = [int(a) for a in sys.argv[1:] if a.isdigit()] or [1000, 10_000]
    if len(numbers) == 1:
        measure(numbers[0], more=more)
        return
    heads = ("reading", "seconds", "ms each", "events", "MB peak", "MB first", "one more")
    print(f"{'stories':>8}" + "".join(f"{head:>9}" for head in heads), flush=True)
    for number in numbers:
        subprocess.run([sys.executable, __file__, str(number), *(["--more"] if more else [])], check=True)


if __name__ == "__main__":
    main()
