"""Time and memory of grouping made-up stories: python bench/bench_group.py [STORIES ...]; 500, 5,000, 20,000 if none.

Stories are made of invented words drawn by Zipf's law, five to an event, over a year; the seed is fixed.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from store import group
from store.model import Head, Passage, Story, StoryId

WORDS = 350  # of a story
VOCABULARY = 60_000
OWN = 40  # words that an event's stories share


def stories(number: int, seed: int = 4) -> list[Story]:
    rng = random.Random(seed)
    common = [f"w{n:x}" for n in range(VOCABULARY)]
    weights = [1 / (n + 2) for n in range(VOCABULARY)]
    made = []
    for event in range(0, number, 5):
        day = date(2031, 1, 1) + timedelta(days=rng.randrange(365))
        own = [f"Name{rng.randrange(VOCABULARY):x}" for _ in range(OWN)]
        for at in range(event, min(event + 5, number)):
            words = rng.choices(common, weights, k=WORDS) + rng.sample(own, OWN // 2) * 2
            rng.shuffle(words)
            body = tuple(Passage(" ".join(words[n : n + 60]) + ".") for n in range(0, len(words), 60))
            made.append(Story(StoryId(f"{at:06}"), Head(" ".join(own[:8]), published=day.isoformat()), body))
    return made


def main() -> None:
    print(f"{'stories':>8}{'seconds':>9}{'ms each':>9}{'events':>8}{'MB peak':>9}")
    for number in map(int, sys.argv[1:] or ["500", "5000", "20000"]):
        given = stories(number)
        start = time.process_time()
        events = len({p.event for p in group.place(given)})
        took = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{number:>8}{took:>9.1f}{took / number * 1000:>9.2f}{events:>8}{peak:>9}")


if __name__ == "__main__":
    main()
