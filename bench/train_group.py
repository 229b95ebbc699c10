"""Choose the weights of grouping by leaving one labelled set out: python bench/train_group.py [BENCH]

For each labelled set, a coordinate search on the other sets alone starts from the shipped weights and ends at its own;
these are then judged on the set that was left out. What is shipped (compare.WEIGHTS) was rounded from such searches.
Numbers go in, numbers come out: no word or name is learned.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from store.group import compare, linkage, placing, traits, vectors
from store.group.compare import Evidence, Weights
from tests.gate.events import BENCH, UNLABELLED, b_cubed, load, story

GRID: Mapping[str, tuple[float, ...]] = {
    "cosine": (0.0, 0.25, 0.5),
    "local": (0.25, 0.45, 0.9),
    "lead": (0.0, 0.25, 0.5),
    "actors": (0.0, 0.05, 0.1),
    "cited": (0.0, 0.02, 0.05),
    "names": (0.0, 0.15, 0.3),
    "agree": (0.0, 0.05, 0.1, 0.15, 0.25),
    "conflict": (0.0, 0.05, 0.1, 0.2),
    "days": (3.0, 5.0, 10.0, 20.0),
    "floor": (0.0, 0.15, 0.3),
    "undated": (0.5, 0.6, 0.7),
    "same_year": (0.8, 0.9, 1.0),
    "other_year": (0.5, 0.6, 0.7),
}
CUTS = (0.09, 0.1, 0.11, 0.12, 0.13, 0.15)
PRECISE = 0.95  # precision below this costs half a point of the aim for each point
KEPT = 0.02  # a fainter likeness moves no mean


class Labelled:
    """The stories of the bench as numbers, compared once."""

    def __init__(self, rows: Sequence[Mapping[str, str]]) -> None:
        known = [traits.read(story(row)) for row in rows]
        self.rows = rows
        self.evidence = _without_haystack(rows, compare.gather(known, vectors.build([k.terms for k in known])))
        self.true = {row["id"]: row["event"] for row in rows}
        self.sets = sorted({row["set"] for row in rows} - {UNLABELLED})

    def judge(self, weights: Weights, cut: float, sets: Sequence[str]) -> dict[str, tuple[float, float, float]]:
        likeness = compare.likeness(self.evidence, weights)
        near = likeness >= KEPT
        columns = (c[near].tolist() for c in (self.evidence.first, self.evidence.second, likeness))
        labels = linkage.average(len(self.rows), zip(*columns, strict=True), least=cut, wary=placing.WARY)
        got = {row["id"]: str(label) for row, label in zip(self.rows, labels, strict=True)}
        return {s: b_cubed([r["id"] for r in self.rows if r["set"] == s], self.true, got) for s in sets}

    def search(self, sets: Sequence[str]) -> tuple[Weights, float]:
        weights, cut = compare.WEIGHTS, placing.SAME
        best = _aim(self.judge(weights, cut, sets))
        for name, values in GRID.items():
            for value in values:
                for threshold in CUTS:
                    tried = replace(weights, **{name: value})
                    if (aim := _aim(self.judge(tried, threshold, sets))) > best + 1e-4:
                        best, weights, cut = aim, tried, threshold
            sys.stderr.write(f"  {name}: {best:.4f}\n")
        return weights, cut


def _without_haystack(rows: Sequence[Mapping[str, str]], evidence: Evidence) -> Evidence:
    """Pairs of two unlabelled stories cost time and change next to nothing."""
    hay = np.array([row["set"] == UNLABELLED for row in rows])
    kept = ~(hay[evidence.first] & hay[evidence.second])
    return Evidence(**{f.name: getattr(evidence, f.name)[kept] for f in fields(evidence)})


def _aim(figures: Mapping[str, tuple[float, float, float]]) -> float:
    precision, _, f1 = (sum(column) / len(figures) for column in zip(*figures.values(), strict=True))
    return float(f1 - 0.5 * max(0.0, PRECISE - precision))


def main() -> None:
    labelled = Labelled(load(Path(sys.argv[1]) if len(sys.argv) > 1 else BENCH))
    held: list[tuple[float, float, float]] = []
    for out in labelled.sets:
        weights, cut = labelled.search([s for s in labelled.sets if s != out])
        held.append(labelled.judge(weights, cut, [out])[out])
        print(
            f"{out:<8} left out: P {held[-1][0]:.3f} R {held[-1][1]:.3f} F1 {held[-1][2]:.3f} at {cut} with {weights}"
        )
    print("mean of the sets left out: P {:.3f} R {:.3f} F1 {:.3f}".format(*np.mean(held, axis=0)))


if __name__ == "__main__":
    main()
