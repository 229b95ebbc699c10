"""The bundled samples come out as their labels say: body, standfirst and head."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from store.intake import read as take_in
from store.model import Kind, Markup, Raw, Story, StoryId
from store.text.story import read

ROOT = Path(__file__).parents[2]
STORIES = ROOT / "store" / "samples" / "stories"
EXPECTED: dict[str, dict[str, Any]] = json.loads(
    (ROOT / "tests" / "data" / "samples" / "expected.json").read_text(encoding="utf-8")
)["stories"]


@dataclass(frozen=True, slots=True)
class Wanted:
    body: list[str]
    subheadings: list[str]
    lead_in: list[str]


def raw_of(name: str) -> Raw:
    file, _, record = name.partition("#")
    found = [raw for raw in take_in(STORIES / file) if isinstance(raw, Raw)]
    return next(raw for raw in found if not record or (raw.source or "").endswith(f"#{record}"))


def wanted(name: str, raw: Raw) -> Wanted:
    """The labels of one story as texts; most files are labelled by the numbers of their lines."""
    label = EXPECTED[name]
    if raw.markup is Markup.HTML or "#" in name:
        return Wanted(label["body"], label["subheadings"], label["lead_in"])
    lines = raw.text.split("\n")

    def line(number: int) -> str:
        return lines[number - 1].removeprefix(label["strip"].get(str(number), "")).strip()

    groups = label.get("paragraphs") or [[number] for number in label["body"]]
    body = ["\n".join(line(number) for number in group) for group in groups]
    return Wanted(
        [text.replace("-\n", "").replace("\n", " ") for text in body],
        [line(number) for number in label["subheadings"]],
        [line(number) for number in label["lead_in"]],
    )


def story_of(raw: Raw) -> Story:
    return read(raw, StoryId("sample"))


@pytest.mark.parametrize("name", EXPECTED)
def test_the_body_is_what_the_label_says(name: str) -> None:
    raw = raw_of(name)
    want = wanted(name, raw)
    story = story_of(raw)
    assert list(story.body) == want.body
    subheadings = [p.text for p in story.passages if p.kind is Kind.SUBHEADING]
    assert subheadings in ([], want.subheadings)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_standfirst_stands_apart(name: str) -> None:
    raw = raw_of(name)
    story = story_of(raw)
    apart = [p.text for p in story.passages if p.kind is Kind.STANDFIRST]
    assert (apart or [t for t in (story.head.standfirst,) if t]) == wanted(name, raw).lead_in


@pytest.mark.parametrize("name", EXPECTED)
def test_the_head_is_what_the_label_says(name: str) -> None:
    head, label = story_of(raw_of(name)).head, EXPECTED[name]
    assert (None if head.title_made else head.title) == label["title"]
    for field in ("published", "place", "outlet", "agency", "byline"):
        assert getattr(head, field) == label[field], field


@pytest.mark.parametrize("name", EXPECTED)
def test_cleaning_what_was_kept_changes_nothing(name: str) -> None:
    kept = story_of(raw_of(name)).paragraphs
    assert story_of(Raw("\n\n".join(kept))).paragraphs == kept
