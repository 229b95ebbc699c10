"""Floors of telling events apart that are told by one frame: the same people in the same place and nearly the same
words, another round, blast or ruling. Pairs of our own about invented countries, and beside them pairs of one event in
other words. Those marked `held` were written when all was settled, and nothing was chosen by them."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from store import group
from store.model import Head, Passage, Story, StoryId

DATA = Path(__file__).parents[1] / "data" / "group" / "frames.jsonl"
# At most so many pairs of two events joined, and at least so many of one, of all and of those held back.
JOINED = {"another": {"chosen": 2, "held": 2}, "same": {"chosen": 18, "held": 8}}
Row = Mapping[str, str]


def run() -> bool | None:
    """Print the figures; whether the floors hold."""
    counts: dict[tuple[str, str], list[bool]] = defaultdict(list)
    rows = load()
    for pair in pairs(rows):
        counts[pair[0]["told"], pair[0]["use"]].append(joined(pair, [row for row in rows if not row["pair"]]))
    for (told, use), found in counts.items():
        said = "two events" if told == "another" else "one event in other words"
        sys.stdout.write(f"frames: pairs of {said}, {use}: {sum(found)} of {len(found)} joined\n")
    return all(
        sum(found) <= JOINED[told][use] if told == "another" else sum(found) >= JOINED[told][use]
        for (told, use), found in counts.items()
    )


def load() -> list[Row]:
    return [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]


def pairs(rows: Sequence[Row]) -> list[list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["pair"]:
            found[row["pair"]].append(row)
    return list(found.values())


def joined(pair: Sequence[Row], others: Sequence[Row]) -> bool:
    """Whether both stories of a pair stand in one event, in a library of theirs and of others of those days."""
    first = date.fromisoformat(pair[0]["published"])
    beside = [story(row, str(first + timedelta(days=at * 3 % 11 - 5))) for at, row in enumerate(others)]
    one, other, *_ = group.place([story(row, row["published"]) for row in pair] + beside)
    return one.event == other.event


def story(row: Row, published: str) -> Story:
    head = Head(row["title"], published=published, outlet=row["outlet"])
    return Story(StoryId(row["id"]), head, tuple(map(Passage, row["text"].split("\n"))))


if __name__ == "__main__":
    sys.exit(run() is False)
