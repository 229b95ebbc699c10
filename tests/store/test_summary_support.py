"""When one sentence bears another out, and how many origins that makes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from store import summary
from store.model import Head, Passage, Story, StoryId
from store.summary.accounts import Accounts
from store.summary.page import Page

PAIRS = Path(__file__).parents[1] / "data" / "summary" / "support.jsonl"
# Of our own 82 pairs, written to tell what bears out from what only sounds like it. Half of the stems in common, which
# was the rule before, found all 38 that do and 36 of the 44 that do not.
PRECISION, RECALL = 0.95, 0.9
BESIDE = (
    "It rained in the hills all night and the roads were empty by noon.",
    "Shops in the capital stayed open late, as they do before the spring holiday.",
    "Farmers in the south lost a third of their harvest last year.",
    "The statistics office will publish its next report in the autumn.",
    "A concert in the old town was put off until the weekend.",
)
TOLD = "Tarsia and Vardania signed a treaty on the water of the Osk river in Hallow on Monday."
AGAIN = "On Monday Tarsia and Vardania signed a treaty on the water of the Osk river, envoys said in Hallow."


def story(name: str, *paragraphs: str, lang: str | None = None, outlet: str | None = None) -> Story:
    return Story(StoryId(name), Head("", language=lang, outlet=outlet), tuple(map(Passage, paragraphs)))


def bears_out(row: dict[str, Any], *, turned: bool = False) -> bool:
    one, other = (row["b"], row["a"]) if turned else (row["a"], row["b"])
    page = Page(
        [story("a", one, *BESIDE[:3], lang=row.get("lang")), story("b", other, *BESIDE[2:], lang=row.get("lang"))]
    )
    assert page.sentences[0].text == one
    return Accounts(page).support(0) == 2


def pairs() -> list[dict[str, Any]]:
    return [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def test_what_counts_as_support_is_support_and_most_support_is_found() -> None:
    found = [(bears_out(row), row["bears"]) for row in pairs()]
    right = sum(ours and true for ours, true in found)
    assert right >= PRECISION * sum(ours for ours, _ in found)
    assert right >= RECALL * sum(true for _, true in found)


@pytest.mark.parametrize("row", [row for row in pairs() if row.get("why") == "opposite"], ids=lambda row: row["a"][:40])
def test_a_sentence_and_its_opposite_never_support_each_other(row: dict[str, Any]) -> None:
    assert not bears_out(row)
    assert not bears_out(row, turned=True)


def support(*stories: Story, origins: dict[str, str] | None = None) -> int:
    page = Page(stories, {StoryId(name): origin for name, origin in (origins or {}).items()})
    return Accounts(page).support(0)


def test_one_origin_never_counts_twice() -> None:
    stories = (story("a", TOLD, BESIDE[0]), story("b", AGAIN, BESIDE[1]), story("c", AGAIN.replace("envoys", "both")))
    assert support(*stories) == 3
    assert support(*stories, origins={"a": "TNA", "b": "TNA"}) == 2
    assert support(*stories, origins={"a": "TNA", "b": "Herald", "c": "Herald"}) == 2


def test_a_long_sentence_word_for_word_is_of_one_origin() -> None:
    assert support(story("a", TOLD, *BESIDE[:2]), story("b", *BESIDE[2:], TOLD)) == 1
    assert support(story("a", TOLD, BESIDE[0]), story("b", AGAIN, BESIDE[1]), story("c", AGAIN, BESIDE[2])) == 2


def test_who_credits_an_outlet_adds_nothing_to_it() -> None:
    credited = AGAIN.replace("envoys said", "the Hallow Herald reported")
    assert support(story("a", TOLD, outlet="Hallow Herald"), story("b", credited, outlet="Orsk Courier")) == 1
    assert support(story("a", TOLD, outlet="Kelm Post"), story("b", credited, outlet="Orsk Courier")) == 2


def test_a_summary_counts_what_bears_out_alone() -> None:
    closed = "Tarsia closed the crossing at Kelm to lorries from Vardania on Monday, customs officers said."
    opened = closed.replace("closed", "reopened")
    made = summary.summarise_event([story("a", closed, *BESIDE[:2]), story("b", opened, *BESIDE[3:])], sentences=9)
    assert {sentence.support for sentence in made.sentences} == {1}


def test_a_sentence_of_no_words_is_said_by_its_origin_alone() -> None:
    assert support(story("a", "***"), story("b", "***")) == 1
