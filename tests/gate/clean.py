"""Quality floors of cleaning: F1 and recall of 4-word shingles on every third development page, per shape and set.

The weights that ship have seen these pages, so beside what the table measures on the day stands what weights that had
not seen a page's site reached on all pages; bench/train_clean.py and train_html.py measured that and wrote it into the
weights' files. The floors are such cross-validated figures (that of `graft` is an older model's): the table stands
above them, and a fall below them is a loss of more than what training on the data gains. The examples must come out as
expected.

Each set has its own convention of what a body is. Ours: a subheading is body; a standfirst is not where the body says
it again, nor where it stands between title and text; captions, pull quotes and the lines of widgets are not. The
newspapers' labels count standfirsts as body, the guides' labels some titles and captions, which costs about half a
point of recall there.

What is possible differs from set to set too: `all` is the F1 of a text left as it is, `lines` that of the best choice
of whole lines. A goal that was set on other pages says more as a share of the way from the one to the other.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from store.model import Given, Markup, Raw, StoryId
from store.text import linemodel
from store.text.html import blockmodel
from store.text.story import read
from tests.gate.clean_measure import best_lines, compare
from tests.gate.clean_sets import set_of

BENCH = Path(os.environ.get("DIPLO_READER_BENCH", Path(__file__).parents[3] / "shared" / "bench"))
EXAMPLES = BENCH.parent / "examples"
EVERY = 3
Score = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Floor:
    """Cross-validated; only ever raised."""

    f1: float
    recall: float


FLOORS = {
    "cont": Floor(0.939, 0.966),
    "graft": Floor(0.989, 0.990),
    "insc": Floor(0.932, 0.964),
    "html": Floor(0.959, 0.964),
}


def run() -> bool | None:
    """Print the table; whether every floor holds. None, and says so, where the bench is not present."""
    folder = BENCH / "clean"
    if not folder.is_dir():
        sys.stdout.write(f"clean: no bench at {folder}, nothing measured\n")
        return None
    columns = ("F1", "precis.", "recall", "exact", "ms", "unseen F1", "recall", "all", "lines", "floor F1", "recall")
    sys.stdout.write(f"{'clean':<22}{'pages':>6}" + "".join(f"{c:>10}" for c in columns) + "  data\n")
    held = [_measured(folder / f"{shape}.jsonl.gz", shape, floor) for shape, floor in FLOORS.items()]
    return all(held) and _examples_hold()


def _measured(data: Path, shape: str, floor: Floor) -> bool:
    scores: dict[str, list[Score]] = defaultdict(list)
    bounds: dict[str, list[tuple[Score, Score]]] = defaultdict(list)
    took: dict[str, float] = defaultdict(float)
    for record in _records(data):
        started = time.process_time()
        kept = "\n".join(_clean(record))
        spent = time.process_time() - started
        for group in (shape, f"{shape} {set_of(record)}"):
            scores[group].append(compare(record["body"], kept))
            took[group] += spent
            if "text" in record:
                bounds[group].append(_bounds(record["body"], record["text"]))
    digest = hashlib.sha256(data.read_bytes()).hexdigest()[:12]
    unseen = _unseen(shape)
    for group in sorted(scores):
        least = floor if group == shape else None
        _print(group, scores[group], took[group], unseen.get(group), bounds[group], least, digest)
    f1, _, recall, _ = _means(scores[shape])
    return f1 >= floor.f1 and recall >= floor.recall


def _unseen(shape: str) -> dict[str, dict[str, float]]:
    """What whole stories of unseen sites reach, by group, as it was measured when the weights were last judged."""
    if shape == "html":
        return dict(blockmodel.provenance().get("stories, cross-validated", {}))
    return dict(linemodel.provenance().get("cross-validated", {}))


def _means(scores: list[Score]) -> tuple[float, float, float, float]:
    precision, recall, exact = (statistics.mean(score[i] for score in scores) for i in range(3))
    return 2 * precision * recall / (precision + recall), precision, recall, exact


def _bounds(body: str, text: str) -> tuple[Score, Score]:
    return compare(body, text), compare(body, best_lines(body, text))


def _print(
    group: str,
    scores: list[Score],
    took: float,
    unseen: dict[str, float] | None,
    bounds: list[tuple[Score, Score]],
    floor: Floor | None,
    digest: str,
) -> None:
    name = group if floor else f"  {group.split(' ', 1)[1]}"
    numbers = "".join(f"{n:>10.4f}" for n in _means(scores))
    other = f"{unseen['f1']:>10.4f}{unseen['recall']:>10.4f}" if unseen else f"{'-':>10}{'-':>10}"
    ends = "".join(f"{_means(list(end))[0]:>10.4f}" for end in zip(*bounds, strict=True)) or f"{'-':>10}{'-':>10}"
    floors = f"{floor.f1:>10.3f}{floor.recall:>10.3f}  {digest}" if floor else ""
    sys.stdout.write(f"{name:<22}{len(scores):>6}{numbers}{took / len(scores) * 1000:>10.1f}{other}{ends}{floors}\n")
    sys.stdout.flush()


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


def _examples_hold() -> bool:
    """Whether the five examples come out as a careful reader keeps them; true where they are not present."""
    expected = EXAMPLES / "expected.json"
    if not expected.is_file():
        sys.stdout.write(f"examples: none at {EXAMPLES}\n")
        return True
    stories = json.loads(expected.read_text(encoding="utf-8"))["stories"]
    scores = [_example((EXAMPLES / name).read_text(encoding="utf-8"), label) for name, label in stories.items()]
    sys.stdout.write(f"{'examples':<22}{len(scores):>6}" + "".join(f"{n:>10.4f}" for n in _means(scores)) + "\n")
    return all(score == (1.0, 1.0, 1.0) for score in scores)


def _example(text: str, label: dict[str, Any]) -> Score:
    """The score of one example; exact only where every paragraph is the one that is wanted, from end to end."""
    lines = text.split("\n")
    body = [lines[n - 1].removeprefix(label["strip"].get(str(n), "")).strip() for n in label["body"]]
    subheadings = [lines[n - 1].strip() for n in label["subheadings"]]
    kept = [line for line in read(Raw(text), StoryId("example")).paragraphs if line not in subheadings]
    precision, recall, _ = compare("\n".join(body), "\n".join(kept))
    return precision, recall, float(kept == body)
