"""Grouping the bundled sample stories: sixty, mostly of one quarrel, so that actors and words alone tell little."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from store import group
from store.model import Head, Passage, Placement, Story, StoryId

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "store" / "samples" / "stories"
EXPECTED: dict[str, Any] = json.loads((ROOT / "tests/data/samples/expected.json").read_text(encoding="utf-8"))


@cache
def samples() -> tuple[Story, ...]:
    """The samples as a careful reader cleans them, so that no fault of cleaning is counted here."""
    return tuple(_story(name, said) for name, said in EXPECTED["stories"].items())


def _story(name: str, said: Mapping[str, Any]) -> Story:
    title = said["title"] or ""
    head = Head(title, not title, said["published"], said["place"], said["outlet"], said["agency"])
    return Story(StoryId(name), head, tuple(map(Passage, _paragraphs(name, said))))


def _paragraphs(name: str, said: Mapping[str, Any]) -> list[str]:
    body = said["body"]
    if isinstance(body[0], str):
        return list(body)
    data = (FOLDER / name).read_bytes()
    coded = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    lines = data.decode(coded, errors="replace").splitlines()
    strip = said.get("strip") or {}
    kept = {n: lines[n - 1].removeprefix(strip.get(str(n), "")) for n in body}
    return [" ".join(kept[n] for n in together) for together in said.get("paragraphs") or [[n] for n in body]]


@cache
def placed() -> tuple[Placement, ...]:
    return group.place(samples())


def b_cubed(what: str) -> tuple[float, float]:
    """Precision and recall of events or storylines (Bagga and Baldwin 1998)."""
    true = {name: at for at, names in enumerate(EXPECTED[what + "s"]) for name in names}
    pairs = [(true.get(p.story, p.story), getattr(p, what)) for p in placed()]
    both, in_true, in_got = Counter(pairs), Counter(t for t, _ in pairs), Counter(g for _, g in pairs)
    return (
        sum(both[pair] / in_got[pair[1]] for pair in pairs) / len(pairs),
        sum(both[pair] / in_true[pair[0]] for pair in pairs) / len(pairs),
    )


def test_events_of_the_samples_are_found() -> None:
    precision, recall = b_cubed("event")
    assert precision >= 0.97
    assert recall >= 0.99


def test_storylines_of_the_samples_are_found() -> None:
    precision, recall = b_cubed("storyline")
    assert precision >= 0.99
    assert recall >= 0.94


def test_each_agency_copy_names_its_original() -> None:
    want = {name: said["copy_of"] for name, said in EXPECTED["stories"].items() if said["copy_of"]}
    assert {p.story: p.copy_of for p in placed() if p.copy_of} == want


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_the_samples_changes_nothing(seed: int) -> None:
    shuffled = random.Random(seed).sample(samples(), len(samples()))
    assert set(group.place(shuffled)) == set(placed())


def test_adding_half_of_the_samples_later_keeps_ids_of_events_that_are_the_same() -> None:
    half = group.place(samples()[::2])
    whole = group.place(samples(), before={p.story: p.event for p in half})
    now = {p.story: p.event for p in whole}
    kept = sum(now[p.story] == p.event for p in half)
    assert kept >= len(half) * 0.9
