"""Choose the weights of grouping by leaving one labelled set out: python bench/train_group.py [BENCH]

For each labelled set coordinate searches on the other sets alone start from PLAIN (one cosine, faded by days: nothing
that was chosen by looking at the set left out). One search ends where its order of trying leads, so that several go
through the grid in orders of their own and their weights are averaged; then the cut is chosen, again without the set
left out, on which the whole is judged. The figures go to tests/data/group/left_out.json with what was shipped then,
which the gate prints beside its own. Last the same is done on all sets: what is shipped (compare.WEIGHTS, placing.SAME,
placing.WARY) is rounded from that and leans towards precision. Numbers go in, numbers come out: no word or name is
learned. Ten minutes of one core.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from store.group import columns, compare, placing
from store.group.compare import Evidence, Weights
from tests.gate.events import BENCH, LEFT_OUT, UNLABELLED, Figures, b_cubed, load, story

PLAIN = Weights(
    cosine=0.5,
    lead=0.0,
    actors=0.0,
    cited=0.0,
    names=0.0,
    agree=0.0,
    conflict=0.0,
    days=5.0,
    floor=0.15,
    undated=0.6,
    same_year=0.8,
    other_year=0.6,
    half=1.0,
    rare=0.0,
    weekdays=0.0,
    figures=0.0,
)
GRID: Mapping[str, tuple[float, ...]] = {
    "lead": (0.25, 0.5),
    "conflict": (0.05, 0.1),
    "agree": (0.1, 0.2),
    "names": (0.15, 0.3),
    "actors": (0.05, 0.1),
    "cited": (0.02, 0.04),
    "undated": (0.5, 0.7),
    "other_year": (0.5,),
    "same_year": (0.9,),
    "half": (0.6, 0.8),
    "days": (3.0, 8.0),
    "floor": (0.1,),
    "rare": (0.3, 0.6, 0.9),
    "weekdays": (0.1, 0.2, 0.3),
    "figures": (0.05, 0.1, 0.15),
}
WARIES = (0.2, 0.4, 0.5)
CUTS = tuple(round(0.085 * 1.05**step, 4) for step in range(16))
BESIDE = (1.0, 1.08, 0.92)  # times the cut: other weights want another
ORDERS = 3  # searches whose weights are averaged
GAIN = 3e-4  # of the aim, below which a change is chance
PRECISE = 0.96  # precision below this costs half a point of the aim for each point
EVERY = 3  # of gva, much the largest set, every third event; all stories count for idf


@dataclass(frozen=True, slots=True)
class Scorer:
    """What is searched for."""

    weights: Weights
    wary: float
    cut: float


class Labelled:
    """The stories of the bench as numbers, compared once."""

    def __init__(self, rows: Sequence[Mapping[str, str]]) -> None:
        read = sorted(
            (story(row) for row in rows), key=lambda s: ((s.head.day or ""), s.id)
        )  # as grouping numbers them
        number = {row["id"]: row for row in rows}
        rows = [number[s.id] for s in read]
        self.known = columns.of((s.id, placing.read_one(s)) for s in read)
        evidence = compare.gather(compare.weigh(self.known))
        events = {event: n for n, event in enumerate(sorted({r["event"] for r in rows if r["set"] == "gva"}))}
        self.rows = rows
        self.left = [r["set"] != "gva" or events[r["event"]] % EVERY == 0 for r in rows]
        self.evidence = _without(evidence, rows, np.array(self.left))
        self.true = {row["id"]: row["event"] for row in rows}
        self.sets = sorted({row["set"] for row in rows} - {UNLABELLED})
        self.judge = cache(self._judge)

    def _judge(self, scorer: Scorer) -> dict[str, Figures]:
        e, weights = self.evidence, scorer.weights
        pairs = (e.first.astype(np.int32), e.second.astype(np.int32), compare.content(e, weights).astype(np.float32))
        labels = placing.group(self.known, *pairs, weights, least=scorer.cut, wary=scorer.wary)
        got = {row["id"]: str(label) for row, label in zip(self.rows, labels, strict=True)}
        counted = [r for r, left in zip(self.rows, self.left, strict=True) if left]
        return {s: b_cubed([r["id"] for r in counted if r["set"] == s], self.true, got) for s in self.sets}

    def aim(self, scorer: Scorer, sets: Sequence[str]) -> float:
        figures = self.judge(scorer)
        precision, _, f1 = np.mean([figures[s] for s in sets], axis=0)
        return float(f1 - 0.5 * max(0.0, PRECISE - precision))

    def search(self, sets: Sequence[str]) -> Scorer:
        """Weights chosen on these sets alone."""
        found = [self._one(sets, seed) for seed in range(ORDERS)]
        mean = {f.name: float(np.mean([_scaled(s.weights)[f.name] for s in found])) for f in fields(Weights)}
        weights, wary = Weights(**mean), float(np.mean([s.wary for s in found]))
        return max((Scorer(weights, wary, cut) for cut in CUTS), key=lambda s: self.aim(s, sets))

    def _one(self, sets: Sequence[str], seed: int) -> Scorer:
        best = max((Scorer(PLAIN, placing.WARY, cut) for cut in CUTS), key=lambda s: self.aim(s, sets))
        steps = [*GRID.items(), ("wary", WARIES)]
        random.Random(seed).shuffle(steps)
        for name, values in steps:
            start = best
            for value, beside in product(values, BESIDE):
                weights = replace(start.weights, **{name: value}) if name in GRID else start.weights
                wary = start.wary if name in GRID else value
                tried = Scorer(weights, wary, round(start.cut * beside, 4))
                if self.aim(tried, sets) > self.aim(best, sets) + GAIN:
                    best = tried
        sys.stderr.write(f"  {' '.join(sets)}, order {seed}: {self.aim(best, sets):.4f}\n")
        return best


def _scaled(weights: Weights) -> dict[str, float]:
    """With the three cosines' weights as shares of one, so that weights can be averaged."""
    shares = {name: getattr(weights, name) for name in ("cosine", "lead", "actors")}
    return asdict(weights) | {name: weight / sum(shares.values()) for name, weight in shares.items()}


def _without(evidence: Evidence, rows: Sequence[Mapping[str, str]], left: NDArray[np.bool_]) -> Evidence:
    """Without pairs of two unlabelled stories, which change next to nothing, and those of stories not counted."""
    hay = np.array([row["set"] == UNLABELLED for row in rows])
    kept = ~(hay[evidence.first] & hay[evidence.second]) & left[evidence.first] & left[evidence.second]
    return Evidence(**{f.name: getattr(evidence, f.name)[kept] for f in fields(evidence)})


def main() -> None:
    labelled = Labelled(load(Path(sys.argv[1]) if len(sys.argv) > 1 else BENCH))
    held: dict[str, Figures] = {}
    for out in labelled.sets:
        scorer = labelled.search([s for s in labelled.sets if s != out])
        held[out] = labelled.judge(scorer)[out]
        print(
            f"{out:<8} left out: P {held[out][0]:.4f} R {held[out][1]:.4f} F1 {held[out][2]:.4f}",
            _told(scorer),
            flush=True,
        )
    print(
        "mean of the sets left out: P {:.4f} R {:.4f} F1 {:.4f}".format(*np.mean(list(held.values()), axis=0)),
        flush=True,
    )
    shipped = asdict(compare.WEIGHTS) | {"same": placing.SAME, "wary": placing.WARY}
    counted = {
        s: sum(r["set"] == s and left for r, left in zip(labelled.rows, labelled.left, strict=True)) for s in held
    }
    made = {"by": "python bench/train_group.py", "orders": ORDERS, "stories": counted, "beside": len(labelled.rows)}
    told = {"made": made, "shipped": shipped, "left_out": {s: [round(x, 4) for x in f] for s, f in held.items()}}
    LEFT_OUT.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    for name, scorer in (
        ("on all sets", labelled.search(labelled.sets)),
        ("shipped", Scorer(compare.WEIGHTS, placing.WARY, placing.SAME)),
    ):
        figures = labelled.judge(scorer)
        mean = "P {:.4f} R {:.4f} F1 {:.4f}".format(*np.mean(list(figures.values()), axis=0))
        print(f"{name}: {mean}", {s: round(f[2], 4) for s, f in figures.items()}, _told(scorer), flush=True)


def _told(scorer: Scorer) -> dict[str, float]:
    found = _scaled(scorer.weights) | {"wary": scorer.wary, "cut": scorer.cut}
    return {name: round(value, 3) for name, value in found.items()}


if __name__ == "__main__":
    main()
