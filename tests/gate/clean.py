"""Quality floors of cleaning: F1 and recall of 4-word shingles on every third development page, per shape.

The weights that ship have seen these pages. The floors are therefore not what this table prints on the day, but what
weights that had not seen a page's site reached on it (bench/train_clean.py --folds): the table stands above them, and a
fall below them is a loss of more than what training on the data gains.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from store.model import Given, Markup, Raw, StoryId
from store.text.story import read
from tests.gate.clean_measure import compare

BENCH = Path(os.environ.get("DIPLO_READER_BENCH", Path(__file__).parents[3] / "shared" / "bench"))
EVERY = 3


@dataclass(frozen=True, slots=True)
class Floor:
    """Cross-validated; only ever raised."""

    f1: float
    recall: float


FLOORS = {
    "cont": Floor(0.925, 0.944),
    "graft": Floor(0.989, 0.990),
    "insc": Floor(0.916, 0.950),
    "html": Floor(0.929, 0.936),
}


def run() -> bool | None:
    """Print the table; whether every floor holds. None, and says so, where the bench is not present."""
    folder = BENCH / "clean"
    if not folder.is_dir():
        sys.stdout.write(f"clean: no bench at {folder}, nothing measured\n")
        return None
    columns = ("F1", "precis.", "recall", "exact", "ms", "floor F1", "recall")
    sys.stdout.write(f"{'clean':<8}{'pages':>6}" + "".join(f"{c:>9}" for c in columns) + "  data\n")
    held = [_measured(folder / f"{shape}.jsonl.gz", shape, floor) for shape, floor in FLOORS.items()]
    return all(held)


def _measured(data: Path, shape: str, floor: Floor) -> bool:
    started = time.perf_counter()
    scores = [compare(record["body"], "\n".join(_clean(record))) for record in _records(data)]
    took = (time.perf_counter() - started) / len(scores)
    precision, recall, exact = (statistics.mean(score[i] for score in scores) for i in range(3))
    f1 = 2 * precision * recall / (precision + recall)
    digest = hashlib.sha256(data.read_bytes()).hexdigest()[:12]
    numbers = "".join(f"{n:>9.4f}" for n in (f1, precision, recall, exact))
    floors = f"{floor.f1:>9.3f}{floor.recall:>9.3f}"
    sys.stdout.write(f"{shape:<8}{len(scores):>6}{numbers}{took * 1000:>9.1f}{floors}  {digest}\n")
    sys.stdout.flush()
    return f1 >= floor.f1 and recall >= floor.recall


def _records(data: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(data, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if crc32(record["id"].encode()) % EVERY == 0:
                yield record


def _clean(record: dict[str, Any]) -> tuple[str, ...]:
    if "html" in record:
        raw = Raw(record["html"], Markup.HTML, given=Given(url=record.get("url")))
    else:
        raw = Raw(record["text"])
    return read(raw, StoryId(record["id"])).paragraphs
