"""Floors of telling events apart that are told by one frame: the same people in the same place and nearly the same
words, another round, blast or ruling. Pairs of our own about invented countries, and beside them pairs of one event in
other words. Those marked `held` were written when all was settled, and nothing was chosen by them. In other languages
there are also pairs of an event and of what followed it up (`follow`). Templates are bulletins of two days, and the
same done by others ("recalls its ambassador"), beside copies of one text."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from store import group
from store.model import Head, Passage, Story, StoryId
from tests.gate import languages

DATA = Path(__file__).parents[1] / "data" / "group" / "frames.jsonl"
# At most so many pairs of two events joined, and at least so many of one, of all and of those held back.
JOINED = {"another": {"chosen": 2, "held": 2}, "same": {"chosen": 18, "held": 8}}
ABROAD = DATA.with_name("frames_abroad.jsonl")
TEMPLATES = DATA.with_name("templates.jsonl")
JOINED_ABROAD = {"another": {"chosen": 0, "held": 0}, "same": {"chosen": 22, "held": 18, "follow": 9}}
JOINED_TEMPLATES = {"another": {"chosen": 0, "held": 2}, "same": {"chosen": 8, "held": 5}}
Row = Mapping[str, str]


def run() -> bool | None:
    """Print the figures; whether the floors hold."""
    held = [
        _held("frames", pairs(load()), JOINED),
        _held("frames: other languages", pairs(load(ABROAD)), JOINED_ABROAD),
        _held("frames: templates", pairs(load(TEMPLATES)), JOINED_TEMPLATES),
    ]
    return all(held)


def _held(name: str, found: Sequence[Sequence[Row]], floors: Mapping[str, Mapping[str, int]]) -> bool:
    """Print how many pairs of each kind are joined; whether the floors hold."""
    counts: dict[tuple[str, str], list[bool]] = defaultdict(list)
    others = [row for row in load() if not row["pair"]]
    abroad = [languages.story(row) for row in languages.load()]
    for pair in found:
        first = date.fromisoformat(pair[0]["published"])
        beside = abroad if pair[0].get("language", "en") != "en" else _spread(others, first)
        counts[pair[0]["told"], pair[0]["use"]].append(joined(pair, beside))
    for (told, use), got in counts.items():
        said = "two events" if told == "another" else "one event in other words"
        sys.stdout.write(f"{name}: pairs of {said}, {use}: {sum(got)} of {len(got)} joined\n")
    return all(
        sum(got) <= floors[told][use] if told == "another" else sum(got) >= floors[told][use]
        for (told, use), got in counts.items()
    )


def load(data: Path = DATA) -> list[Row]:
    return [json.loads(line) for line in data.read_text(encoding="utf-8").splitlines()]


def pairs(rows: Sequence[Row]) -> list[list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["pair"]:
            found[row["pair"]].append(row)
    return list(found.values())


def _spread(others: Sequence[Row], first: date) -> list[Story]:
    """Stories of other matters, of the days about the first of a pair."""
    return [story(row, str(first + timedelta(days=at * 3 % 11 - 5))) for at, row in enumerate(others)]


def joined(pair: Sequence[Row], beside: Sequence[Story]) -> bool:
    """Whether both stories of a pair stand in one event, in a library of theirs and of others."""
    one, other, *_ = group.place([*(story(row, row["published"]) for row in pair), *beside])
    return one.event == other.event


def story(row: Row, published: str) -> Story:
    head = Head(row["title"], published=published, outlet=row["outlet"], language=row.get("language"))
    return Story(StoryId(row["id"]), head, tuple(map(Passage, row["text"].split("\n"))))


if __name__ == "__main__":
    sys.exit(run() is False)
