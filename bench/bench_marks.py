"""How long marks take at 1,000, 10,000 and 100,000 marked stories, with rules and highlights among them.

Run: python bench/bench_marks.py [N ...]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from store.marks import Marks
from store.model import UNMARKED, Act, Change, Mark, Rule, RuleChange, RuleKind, StoryId

READ = Mark(read=True)
RULES = tuple(Rule(RuleKind.APART, (f"{n:016x}", f"{n + 1:016x}")) for n in range(200))
WANTED = {  # milliseconds, at any number of marks
    "bulk act": 500,
    "one act": 0.1,
    "one act, to the disk": 5,
    "open": 120,
}


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def stories(number: int) -> list[StoryId]:
    return [StoryId(f"{n * 2654435761 % 2**64:016x}") for n in range(number)]


def measure(folder: Path, number: int) -> dict[str, float]:
    """Milliseconds by what was done, in a library that has `number` marks by then."""
    ids, took = stories(number), dict[str, float]()
    marks = Marks.open(folder, desk=True)
    bulk = Act("read all", tuple(Change(story, UNMARKED, READ) for story in ids))
    took["bulk act"] = milliseconds(lambda: marks.apply(bulk))
    took["bulk act, to the disk"] = took["bulk act"] + milliseconds(marks.flush)
    marks.apply(Act("tag", tuple(Change(s, UNMARKED, Mark(tags=("kelmar", "treaty"))) for s in ids[::10])))
    marks.apply(Act("rules", rules=tuple(RuleChange(rule) for rule in RULES)))
    for n, story in enumerate(ids[:200]):
        marks.apply(
            Act(
                "highlight",
                (
                    Change(
                        story,
                        UNMARKED,
                        Mark(highlights=(f"Passage {n}.", "Another.")),
                    ),
                ),
            )
        )
    took["checkpoint"] = milliseconds(marks.checkpoint)
    singles, synced = [], []
    for story in ids[:50]:
        one = Act("star", (Change(story, UNMARKED, Mark(starred=True)),))
        singles.append(milliseconds(lambda one=one: marks.apply(one)))  # type: ignore[misc]
        synced.append(singles[-1] + milliseconds(marks.flush))
    took["one act"], took["one act, to the disk"] = statistics.median(singles), statistics.median(synced)
    took["poll, nothing new"] = statistics.median(milliseconds(marks.poll) for _ in range(50))
    took["close"] = milliseconds(marks.close)
    took["open"] = statistics.median(_open(folder) for _ in range(5))
    return took


def _open(folder: Path) -> float:
    start = time.perf_counter()
    marks = Marks.open(folder)
    took = (time.perf_counter() - start) * 1000
    marks.close()
    return took


def main(numbers: list[int]) -> None:
    with tempfile.TemporaryDirectory() as warm:
        measure(Path(warm), 10)  # imports
    for number in numbers:
        with tempfile.TemporaryDirectory() as folder:
            print(f"{number:,} marks")
            for name, took in measure(Path(folder), number).items():
                wanted = f"   at most {WANTED[name]:g} ms" if name in WANTED else ""
                print(f"  {name:24} {took:9.2f} ms{wanted}")


if __name__ == "__main__":
    main([int(n) for n in sys.argv[1:]] or [1_000, 10_000, 100_000])
