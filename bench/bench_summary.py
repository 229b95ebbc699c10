"""Time the summarisers, in one run against stock sumy with the same tokeniser, on generated text.

    python bench/bench_summary.py [--stock-1000]

Prints milliseconds of processor time (the best of a few runs, which other programs on the machine disturb least) from
text to summary, warm, beside the goal, and the largest memory of scoring and of the run. --stock-1000 has stock sumy
score 1,000 sentences too, which takes it half a minute.
"""

from __future__ import annotations

import random
import resource
import sys
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from store.model import Head, Passage, Story, StoryId
from store.summary import SUMMARISERS, summarise, summarise_event, summarise_new
from store.summary.lexrank import LexRank
from store.summary.page import Page, prepared
from store.summary.textrank import TextRank

WORDS_A_SENTENCE = 20
VOCABULARY = 6_000


def made_story(sentences: int, *, seed: int) -> Story:
    """Sentences of words that are as unevenly common as in print (Zipf), five a paragraph."""
    rng = random.Random(seed)
    words = [f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{n}ing" for n in range(VOCABULARY)]
    weights = [1 / (rank + 10) for rank in range(VOCABULARY)]
    lines = [" ".join(rng.choices(words, weights, k=WORDS_A_SENTENCE)).capitalize() + "." for _ in range(sentences)]
    paragraphs = [" ".join(lines[at : at + 5]) for at in range(0, sentences, 5)]
    return Story(StoryId(str(seed)), Head(lines[0][:60]), tuple(map(Passage, paragraphs)))


def best(task: Callable[[], Any], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.process_time()
        task()
        times.append(time.process_time() - start)
    return 1_000 * min(times)


def against_stock(sentences: int, rounds: int) -> None:
    """Scoring alone, on a page whose words and stems are known."""
    page = Page((made_story(sentences, seed=1),))
    for name, stock, ours in (("lexrank", LexRankSummarizer, LexRank), ("textrank", TextRankSummarizer, TextRank)):
        slow, fast = (prepared(kind, page.lang) for kind in (stock, ours))
        took = best(lambda: fast(page, 3), 30)  # noqa: B023  # called before the loop goes on
        reference = best(lambda: slow(page, 3), rounds)  # noqa: B023
        print(
            f"{name:<10}{sentences:>6} sentences  stock {reference:>9.1f}  ours {took:>7.1f}  x{reference / took:.0f}"
        )


def ours(sentences: int) -> None:
    """Scoring alone by our methods, where stock sumy would take minutes."""
    page = Page((made_story(sentences, seed=1),))
    took = {name: best(lambda: prepared(kind, page.lang)(page, 3), 5) for name, kind in OURS.items()}  # noqa: B023
    print(f"{sentences:>6} sentences scored  " + "  ".join(f"{name} {ms:.1f}" for name, ms in took.items()))


def room(*sizes: int) -> None:
    """The most that scoring takes besides the page, in MB."""
    for name, kind in OURS.items():
        took = []
        for size in sizes:
            page = Page((made_story(size, seed=1),))
            stems, ranking = page.stems, prepared(kind, page.lang)
            tracemalloc.start()
            ranking.scores(stems)
            took.append(f"{size} sentences {tracemalloc.get_traced_memory()[1] / 2**20:.0f}")
            tracemalloc.stop()
        print(f"memory of {name:<10} in MB  " + "  ".join(took))


OURS: dict[str, Any] = {"lexrank": LexRank, "textrank": TextRank}


def main() -> None:
    against_stock(30, 3)
    against_stock(100, 3)
    against_stock(300, 1)
    if "--stock-1000" in sys.argv:
        against_stock(1_000, 1)
    print("goals: 100 sentences 2 ms, 1,000 sentences 100 ms")
    ours(1_000)
    ours(5_000)
    room(500, 1_000, 2_000, 5_000)
    for sentences in (30, 1_000, 5_000):
        story, rounds = made_story(sentences, seed=2), 30 if sentences == 30 else 3
        took = {name: best(lambda: summarise(story, method=name), rounds) for name in SUMMARISERS}  # noqa: B023
        print(f"{sentences:>6} sentences, text to summary  " + "  ".join(f"{n} {ms:.1f}" for n, ms in took.items()))
    print("goals: 30 sentences (600 words) by desk 6 ms, 5,000 sentences 1,000 ms")
    stories = [made_story(30, seed=100 + n) for n in range(50)]
    took = {name: best(lambda: summarise_event(stories, method=name, words=120), 5) for name in SUMMARISERS}  # noqa: B023
    took["new"] = best(lambda: summarise_new(stories, {s.id for s in stories[:25]}, words=120), 5)
    print("    50 stories, texts to summary  " + "  ".join(f"{n} {ms:.1f}" for n, ms in took.items()))
    print("goal: 120 ms")
    print(f"largest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
