"""Train the weights of the `desk` summariser and write them to store/summary/desk.toml.

    python bench/train_summary.py [--all] [BENCH]

--all writes nothing: it cross-validates on the development stories too, 1,294 in all, and prints that.

BENCH holds summary/*.train.jsonl.gz (default: DIPLO_READER_BENCH, or ../shared/bench beside the repository). Needs the
package rouge-score (in the extra `dev`). Takes a minute; the same data give the same file.

A sentence's worth is what it adds to the ROUGE-2 F1 of the two sentences a lead has beside it (of the first three, for
one of these the other two; for all others the first two): so a long sentence pays for its length by what a lead is
worth on its set, and what the lead says already is worth nothing. Against bigrams shared less one price for length,
five-fold cross-validation on all 1,294 stories gave, at 3 sentences, 60 and 80 words, CNN +1.02, +0.95, +0.76 (+1.08,
+1.06, +0.79) and titled -0.07, +0.82, -0.24 (-0.74, +0.36, -0.75), +-0.35. A bonus for the lead, more weight for the
smaller set, features times "has a title" and likeness to the neighbours gained nothing beyond that.

Ridge regression within stories (means taken out), so that only what sets a sentence apart from the others of its story
counts. Before the weights are written, the gain in ROUGE-2 over the lead at equal length is printed: by five-fold
cross-validation, thrice, and for each set by what the other alone teaches.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from nltk.stem.porter import PorterStemmer
from rouge_score.tokenize import tokenize  # type: ignore[import-untyped]

from store.model import Head, Passage, Story, StoryId
from store.summary.budget import Budget
from store.summary.desk import Desk
from store.summary.features import FEATURES, measure
from store.summary.graph import Floats
from store.summary.lead import Lead
from store.summary.page import Page

REPO = Path(__file__).parents[1]
WEIGHTS = REPO / "store" / "summary" / "desk.toml"
RIDGE = 2_000.0  # 500 to 8,000 are equal within noise
BESIDE = 2  # sentences of the lead that a sentence is measured beside
SETS, OTHERS = ("cnn.train", "titled.train"), ("cnn.dev", "titled.dev")
BUDGETS = (Budget(3), Budget(3, 60), Budget(3, 80))
FOLDS, ROUNDS = 5, 3

_STEMMER = PorterStemmer()
_stem = cache(lambda text: tuple(tokenize(text, _STEMMER)))


@dataclass(frozen=True, slots=True)
class Example:
    kind: str
    page: Page
    features: Floats
    worth: Floats
    refs: list[str]


def bigrams(text: str) -> Counter[tuple[str, str]]:
    return Counter(pairwise(chain.from_iterable(map(_stem, text.split("\n")))))


def rouge2(text: str, refs: list[str]) -> float:
    """ROUGE-2 F1 in per cent, the mean over references."""
    got, total = bigrams(text), 0.0
    for ref in refs:
        expected = bigrams(ref)
        total += 2 * (got & expected).total() / max(1, got.total() + expected.total())
    return 100 * total / len(refs)


def examples(bench: Path, kind: str) -> list[Example]:
    with gzip.open(bench / "summary" / f"{kind}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [example for line in lines if (example := _example(kind, json.loads(line))).page.sentences]


def _example(kind: str, row: dict[str, Any]) -> Example:
    passages = tuple(Passage(text) for text in row["text"].split("\n") if text.strip())
    page = Page((Story(StoryId(row["id"]), Head(row.get("title") or ""), passages),))
    texts = [sentence.text for sentence in page.sentences]
    worth = [_worth(texts, place, row["refs"]) for place in range(len(texts))]
    return Example(kind, page, measure(page), np.array(worth), row["refs"])


def _worth(texts: list[str], place: int, refs: list[str]) -> float:
    """What the sentence at this place adds to those of the lead beside it, in parts of 1."""
    beside = [at for at in range(min(BESIDE + 1, len(texts))) if at != place][:BESIDE]
    without, with_it = ("\n".join(texts[at] for at in sorted(some)) for some in (beside, [*beside, place]))
    return (rouge2(with_it, refs) - rouge2(without, refs)) / 100


def fit(train: list[Example]) -> Floats:
    """Weights of the features as they are measured (not standardised)."""
    everything = np.concatenate([example.features for example in train])
    spread = everything.std(axis=0) + 1e-9
    size = len(FEATURES)
    left, right = RIDGE * np.eye(size), np.zeros(size)
    for example in train:
        x = (example.features - example.features.mean(axis=0)) / spread
        y = example.worth - example.worth.mean()
        left += x.T @ x
        right += x.T @ y
    solved: Floats = np.linalg.solve(left, right) / spread
    return solved


def gain(example: Example, weights: Floats, budget: Budget) -> float:
    """ROUGE-2 over the lead's, at the same budget."""
    ours = Desk(weights)(example.page, budget)
    lead = Lead()(example.page, budget)
    texts = ("\n".join(sentence.text for sentence in chosen) for chosen in (ours, lead))
    got, base = (rouge2(text, example.refs) for text in texts)
    return got - base


def cross_validate(data: list[Example]) -> None:
    gains: dict[tuple[str, int], list[float]] = {}
    for seed in range(ROUNDS):
        order = random.Random(seed).sample(range(len(data)), len(data))
        for fold in range(FOLDS):
            held = set(order[fold::FOLDS])
            weights = fit([example for at, example in enumerate(data) if at not in held])
            measured([data[at] for at in held], weights, gains)
    told("cross-validated", gains, ROUNDS)


def leave_one_out(by_kind: dict[str, list[Example]]) -> None:
    """Each set by weights trained on the others."""
    gains: dict[tuple[str, int], list[float]] = {}
    for kind, held in by_kind.items():
        measured(held, fit([e for other, found in by_kind.items() if other != kind for e in found]), gains)
    told("set left out", gains)


def measured(held: list[Example], weights: Floats, gains: dict[tuple[str, int], list[float]]) -> None:
    for example in held:
        for place, budget in enumerate(BUDGETS):
            gains.setdefault((example.kind.split(".")[0], place), []).append(gain(example, weights, budget))


def told(name: str, gains: dict[tuple[str, int], list[float]], rounds: int = 1) -> None:
    for (kind, place), values in sorted(gains.items()):
        budget = BUDGETS[place]
        length = f"{budget.words} words" if budget.words else f"{budget.sentences} sentences"
        low, high = interval(values, len(values) // rounds)
        print(f"{name:<16} {kind:<14} {length:<12} {np.mean(values):+.2f} ({low:+.2f} .. {high:+.2f})")


def interval(values: list[float], size: int, draws: int = 1_000) -> tuple[float, float]:
    """95 % bootstrap interval of the mean of so many stories."""
    rng = random.Random(7)
    means = sorted(sum(rng.choices(values, k=size)) / size for _ in range(draws))
    return means[draws // 40], means[-draws // 40 - 1]


def written(weights: Floats, counts: dict[str, int]) -> str:
    named = ", ".join(f"{kind} ({count} stories)" for kind, count in counts.items())
    lines = [
        "# Weights of the `desk` summariser: a sentence scores the sum of weight x feature (see features.py).",
        "# Made by bench/train_summary.py; do not edit by hand.",
        "",
        "[provenance]",
        f'trained_on = "{named}"',
        f'method = "ridge regression within stories of what a sentence adds to the lead, ridge {RIDGE:g}"',
        "",
        "[weights]",
        *(f"{name} = {weight:.5f}" for name, weight in zip(FEATURES, weights, strict=True)),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    default = os.environ.get("DIPLO_READER_BENCH", str(REPO.parent / "shared" / "bench"))
    every = "--all" in sys.argv
    given = [argument for argument in sys.argv[1:] if argument != "--all"]
    bench = Path(given[0] if given else default)
    by_kind = {kind: examples(bench, kind) for kind in (*SETS, *(OTHERS if every else ()))}
    data = [example for found in by_kind.values() for example in found]
    cross_validate(data)
    if every:
        return
    leave_one_out(by_kind)
    WEIGHTS.write_text(written(fit(data), {kind: len(found) for kind, found in by_kind.items()}), encoding="utf-8")
    print(f"wrote {WEIGHTS}")


if __name__ == "__main__":
    main()
