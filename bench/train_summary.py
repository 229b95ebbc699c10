"""Train the weights of the `desk` summariser and write them to store/summary/desk.toml.

    python bench/train_summary.py [BENCH]

BENCH holds summary/*.train.jsonl.gz (default: DIPLO_READER_BENCH, or ../shared/bench beside the repository). Needs the
package rouge-score (in the extra `dev`). Takes a minute; the same data give the same file.

A sentence's worth is the bigrams it shares with the reference less a price for its length, as a share of the
reference's bigrams. Ridge regression within stories (means taken out), so that only what sets a sentence apart from
the others of its story counts. Before the weights are written, five-fold cross-validation prints the gain in ROUGE-2
over the lead at equal length.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
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
# Chosen by the cross-validation below among 0.02..0.06 and 10..8000; weighting the smaller set more gains nothing.
PRICE = 0.04  # of a bigram of the sentence, in bigrams of the reference
RIDGE = 2_000.0
SETS = ("cnn.train", "titled.train")
BUDGETS = (Budget(3), Budget(3, 60), Budget(3, 80))
FOLDS = 5

_STEMMER = PorterStemmer()


@dataclass(frozen=True, slots=True)
class Example:
    kind: str
    page: Page
    features: Floats
    worth: Floats
    refs: list[str]


def bigrams(text: str) -> Counter[tuple[str, str]]:
    tokens = tokenize(text, _STEMMER)
    return Counter(pairwise(tokens))


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
    expected = [bigrams(ref) for ref in row["refs"]]
    size = max(1.0, sum(ref.total() for ref in expected) / len(expected))
    worth = [_worth(bigrams(sentence.text), expected) / size for sentence in page.sentences]
    return Example(kind, page, measure(page), np.array(worth), row["refs"])


def _worth(got: Counter[tuple[str, str]], expected: list[Counter[tuple[str, str]]]) -> float:
    return sum((got & ref).total() for ref in expected) / len(expected) - PRICE * got.total()


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
    for fold in range(FOLDS):
        weights = fit([example for i, example in enumerate(data) if i % FOLDS != fold])
        for example in data[fold::FOLDS]:
            for place, budget in enumerate(BUDGETS):
                gains.setdefault((example.kind, place), []).append(gain(example, weights, budget))
    for (kind, place), values in sorted(gains.items()):
        low, high = interval(values)
        print(f"{kind:<14} {BUDGETS[place]!s:<60} {np.mean(values):+.2f} ({low:+.2f} .. {high:+.2f})")


def interval(values: list[float], rounds: int = 1_000) -> tuple[float, float]:
    """95 % bootstrap interval of the mean."""
    rng = random.Random(7)
    means = sorted(sum(rng.choices(values, k=len(values))) / len(values) for _ in range(rounds))
    return means[rounds // 40], means[-rounds // 40 - 1]


def written(weights: Floats, counts: dict[str, int]) -> str:
    named = ", ".join(f"{kind} ({count} stories)" for kind, count in counts.items())
    lines = [
        "# Weights of the `desk` summariser: a sentence scores the sum of weight x feature (see features.py).",
        "# Made by bench/train_summary.py; do not edit by hand.",
        "",
        "[provenance]",
        f'trained_on = "{named}"',
        f'method = "ridge regression within stories, price of a bigram {PRICE}, ridge {RIDGE:g}"',
        "",
        "[weights]",
        *(f"{name} = {weight:.5f}" for name, weight in zip(FEATURES, weights, strict=True)),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    default = os.environ.get("DIPLO_READER_BENCH", str(REPO.parent / "shared" / "bench"))
    bench = Path(sys.argv[1] if len(sys.argv) > 1 else default)
    by_kind = {kind: examples(bench, kind) for kind in SETS}
    data = [example for found in by_kind.values() for example in found]
    cross_validate(data)
    WEIGHTS.write_text(written(fit(data), {kind: len(found) for kind, found in by_kind.items()}), encoding="utf-8")
    print(f"wrote {WEIGHTS}")


if __name__ == "__main__":
    main()
