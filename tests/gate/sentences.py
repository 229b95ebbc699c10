"""Quality floor of sentence splitting: F1 of boundaries that follow . ! ? or an ellipsis, per set of the bench."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from pathlib import Path

from store.text.words import sentences

# Reached on the development data on the day each was last raised; floors only go up.
FLOORS = {"edited": 0.9945, "ewt": 0.988}
SLOWEST = 0.4  # seconds of processor time a megabyte
EDITED = ("gum_news", "gum_written", "handnews")
BENCH = Path(os.environ.get("DIPLO_READER_BENCH", Path(__file__).parents[3] / "shared" / "bench"))
_END = re.compile(r"[.!?…][\"'”’)\]]*$")


def run() -> bool | None:
    """Print the table; whether every floor holds. None, and says so, where the bench is not present."""
    data = BENCH / "sentences" / "sets.json"
    if not data.is_file():
        sys.stdout.write(f"sentences: no bench at {data}, nothing measured\n")
        return None
    sets = json.loads(data.read_text(encoding="utf-8"))
    groups = {"edited": [p for name in EDITED for p in sets[name]], **sets}
    sys.stdout.write(f"{'sentences':<14}{'F1':>8}{'false':>7}{'missed':>8}{'s/MB':>8}{'floor':>8}\n")
    held = [_measured(name, paragraphs) for name, paragraphs in groups.items()]
    return all(held)


def _measured(name: str, paragraphs: list[list[str]]) -> bool:
    right = false = missed = size = 0
    took = 0.0
    for listed in paragraphs:
        text = " ".join(listed)
        start = time.process_time()
        got = sentences(text)
        took += time.process_time() - start
        size += len(text)
        scorable = _ends(text.split(), _END) - {len("".join(text.split()))}
        true, found = _ends(listed) & scorable, _ends(got) & scorable
        right, false, missed = right + len(true & found), false + len(found - true), missed + len(true - found)
    f1, rate = 2 * right / (2 * right + false + missed), took / size * 1e6
    floor = FLOORS.get(name)
    sys.stdout.write(f"{name:<14}{f1:>8.4f}{false:>7}{missed:>8}{rate:>8.2f}{floor or '':>8}\n")
    return floor is None or (f1 >= floor and rate <= SLOWEST)


def _ends(pieces: list[str], shape: re.Pattern[str] | None = None) -> set[int]:
    """Where each piece ends, counted in characters that are not white space; only pieces of that shape."""
    ends, at = set(), 0
    for piece in pieces:
        at += len(re.sub(r"\s", "", piece))
        if shape is None or shape.search(piece):
            ends.add(at)
    return ends


if __name__ == "__main__":
    sys.exit(run() is False)
