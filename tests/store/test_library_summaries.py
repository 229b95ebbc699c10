"""Summaries of a library's stories: kept, with origins, and what is new to the reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from store import summary
from store.config import Settings
from store.library import Library
from store.model import Added, EventId, Placement, StoryId, StorylineId
from tests.conftest import NOW

TALKS = (
    "Harbour talks end in Tellmark with a date for more",
    "Delegates from Vardania and Orlesia left the customs house in Tellmark on Tuesday after nine hours of talks on "
    "the harbour dues that have kept forty ships waiting outside the breakwater.",
    "Shipowners said that every day of waiting cost them eleven thousand crowns, and that two masters had already "
    "turned back for the open sea rather than pay.",
)
LATER = (
    "Envoys leave Tellmark after nine hours of harbour talks",
    "Delegates from Orlesia and Vardania left the customs house in Tellmark after nine hours of talks on the harbour "
    "dues that have kept forty ships waiting outside the breakwater, officials said on Wednesday.",
    "Pilots in Tellmark will strike from Friday unless the port pays them the overtime of spring, their union said.",
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library", Settings())
    yield library
    library.close()


@pytest.fixture
def pair(library: Library, tmp_path: Path) -> tuple[StoryId, StoryId]:
    """Two stories of one event."""
    found: list[StoryId] = []
    for number, text in enumerate((TALKS, LATER)):
        file = tmp_path / f"{number}.txt"
        file.write_text("\n\n".join(text), "utf-8")
        added: Added = library.add([str(file)], now=NOW)
        found += added.added
    library.archive.place([Placement(s, EventId("E"), StorylineId("L"), "why", origin="TNA") for s in found])
    return found[0], found[1]


def read(library: Library, story: StoryId) -> None:
    library.mark("read", [story], lambda mark: replace(mark, read=True))


def test_a_summary_is_kept_and_wakes_no_other_desk(library: Library, pair: tuple[StoryId, StoryId]) -> None:
    other = Library.open(library.folder, Settings())
    first = library.summary(pair)
    assert not other.poll().stories
    made: list[object] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summary, "summarise_event", made.append)
        assert other.summary(pair) == first
    assert not made
    other.close()


def test_words_are_a_length_too(library: Library, pair: tuple[StoryId, StoryId]) -> None:
    made = library.summary(pair, words=40)
    assert 0 < sum(len(s.text.split()) for s in made.sentences) <= 40


def test_stories_of_one_origin_do_not_confirm_each_other(library: Library, pair: tuple[StoryId, StoryId]) -> None:
    assert {s.support for s in library.summary(pair, sentences=5).sentences} == {1}
    places = library.archive.placements(pair).values()
    library.archive.place([replace(place, origin=f"origin of {place.story}") for place in places])
    assert max(s.support for s in library.summary(pair, sentences=5).sentences) == 2


def test_what_is_new_is_what_the_stories_read_before_do_not_hold(
    library: Library, pair: tuple[StoryId, StoryId]
) -> None:
    first, second = pair
    read(library, first)
    for asked in ([second], [first, second]):
        made = library.summary(asked, method="new")
        assert made.method == "new"
        assert {s.story for s in made.sentences} == {second}
        assert any("strike" in s.text for s in made.sentences)
        assert not any("customs house" in s.text for s in made.sentences)


def test_a_story_that_was_read_is_not_held_against_itself(library: Library, pair: tuple[StoryId, StoryId]) -> None:
    read(library, pair[1])
    assert library.summary([pair[1]], method="new").method == "desk"
    read(library, pair[0])
    assert any("strike" in s.text for s in library.summary([pair[1]], method="new").sentences)
