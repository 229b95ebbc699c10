"""One outlet under several names is one: by its article, its host, its spelling."""

from __future__ import annotations

import pytest

from store.model import Event, EventId, Head, Listed, StoryId, StorylineId, distinct, outlet_key
from tui.plots import run_by


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aldine", "wire.aldine.example"),
        ("The Halden Post", "haldenpost.example"),
        ("Halden Post", "HALDEN POST"),
        ("Ostmere Online", "www.ostmere.example"),
        ("Kelm-Kurier", "kelm-kurier.co.example"),
    ],
)
def test_one_outlet_under_two_names_is_one(one: str, other: str) -> None:
    assert outlet_key(one) == outlet_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Halden Post", "Halden Mail"),
        ("Daily News", "Daily Wire"),
        ("one.wordpress.example", "two.wordpress.example"),
        ("Solmark Today", "today.example"),
        ("a1b2c3", "a1b2c4"),
    ],
)
def test_two_outlets_are_two(one: str, other: str) -> None:
    assert outlet_key(one) != outlet_key(other)


@pytest.mark.parametrize("name", ["", " ", "...", "(SNA)", "会談新聞", "www.example", "a."])
def test_any_name_has_a_key_and_the_same_one_again(name: str) -> None:
    assert outlet_key(name) == outlet_key(name.upper())


def test_of_two_ways_of_writing_an_outlet_the_name_is_shown_and_not_the_host() -> None:
    assert distinct(["wire.aldine.example", "Halden Post", "Aldine"]) == ("Aldine", "Halden Post")


def test_an_event_counts_an_outlet_and_an_origin_once_however_they_are_written() -> None:
    stories = (
        Listed(StoryId("a"), Head("One", outlet="Aldine"), EventId("e"), StorylineId("s"), origin="Aldine"),
        Listed(StoryId("b"), Head("Two", url="https://wire.aldine.example/2"), EventId("e"), StorylineId("s")),
    )
    event = Event(EventId("e"), StorylineId("s"), "One", stories)
    assert (event.outlets, event.origins) == (("Aldine",), ("Aldine",))


def test_an_outlet_is_not_said_to_be_run_by_itself() -> None:
    voice = {"name": "Aldine", "outlets": ["wire.aldine.example", "Halden Post"], "stories": ["a", "b"]}
    assert run_by(voice) == ", run by Halden Post"
