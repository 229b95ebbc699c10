"""The stories of an event compared: what several say, what one alone says, and where they disagree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.model import Head, Passage, Story, StoryId
from store.sheets import Differences
from store.summary import differences, figures

HELD = "The coast guard of Tarsia has held {} men of the crew since the freighter Osk ran aground off Cape Brenn."
TREATY = "Tarsia and Vardania agreed in Solmark to share the water of the river Osk, ending a dispute of nine years."
AGAIN = "Ending a dispute of nine years, Vardania and Tarsia agreed in Solmark to share the water of the river Osk."
STRIKE = "Dockers in Orsk walked out over the pay that the harbour board has owed them since spring."


def story(name: str, *paragraphs: str, outlet: str | None = None, title: str = "") -> Story:
    return Story(StoryId(name), Head(title, published="2031-05-04", outlet=outlet), tuple(map(Passage, paragraphs)))


def compared(*stories: Story, **origins: str) -> Differences:
    return differences.compare("Talks", stories, {StoryId(s): origin for s, origin in origins.items()})


def given_values(told: Differences) -> list[tuple[str, ...]]:
    return [(d.kind, *(version.value for version in d.versions)) for d in told.disagreements]


def test_what_two_origins_say_is_told_once_and_what_one_says_as_its_own() -> None:
    told = compared(story("a", TREATY, STRIKE), story("b", AGAIN))
    assert [(claim.text, claim.voices) for claim in told.shared] == [(TREATY, (0, 1))]
    assert [[claim.text for claim in alone.claims] for alone in told.alone] == [[STRIKE], []]
    assert told.disagreements == ()


def test_stories_of_one_origin_speak_with_one_voice() -> None:
    told = compared(
        story("a", TREATY, outlet="Lark News"), story("b", TREATY, outlet="Harbour Post"), story("c", STRIKE),
        a="Lark News", b="Lark News",
    )  # fmt: skip
    assert [(v.name, v.outlets, v.stories) for v in told.voices[:1]] == [
        ("Lark News", ("Lark News", "Harbour Post"), ("a", "b"))
    ]
    assert told.shared == ()
    assert [claim.voices for claim in told.alone[0].claims] == [(0,)]


def test_a_voice_that_nobody_names_is_called_by_its_title() -> None:
    told = compared(story("a", TREATY, title="Water shared at last after nine long years"), story("b", AGAIN))
    assert told.voices[0].name == "“Water shared at last after…”"


def test_no_two_voices_are_called_alike() -> None:
    told = compared(story("a", TREATY, outlet="Lark News"), story("b", AGAIN, outlet="Lark News"), story("c", STRIKE))
    assert [voice.name for voice in told.voices] == ["Lark News", "Lark News (2)", "unnamed 3"]


def test_what_most_say_and_one_does_not_is_left_out() -> None:
    told = compared(story("a", TREATY), story("b", AGAIN), story("c", STRIKE))
    assert [alone.leaves_out for alone in told.alone] == [(), (), (0,)]


def test_of_two_voices_each_leaves_out_what_the_other_alone_says() -> None:
    told = compared(story("a", TREATY, STRIKE), story("b", AGAIN, HELD.format(23)))
    assert [[told.told[n].text for n in alone.leaves_out] for alone in told.alone] == [[HELD.format(23)], [STRIKE]]


def test_what_fewer_than_half_say_is_left_out_by_nobody() -> None:
    others = ("Kelm voted.", "The bank of Tarn cut its rate by a quarter.", STRIKE)
    told = compared(story("a", TREATY), story("b", AGAIN), *(story(f"c{n}", text) for n, text in enumerate(others)))
    assert {alone.leaves_out for alone in told.alone} == {()}


# --- disagreements


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (HELD.format("23"), HELD.format("24"), [("number", "23 men", "24 men")]),
        (HELD.format("twelve"), HELD.format("11"), [("number", "twelve men", "11 men")]),
        (HELD.format("twelve"), HELD.format("12"), []),
        (HELD.format("Twenty-three"), HELD.format("24"), [("number", "Twenty-three men", "24 men")]),
        (
            "Pirates seized a tanker with 23 men aboard off Cape Brenn on Monday.",
            "A tanker carrying 24 men was captured by pirates on Monday.",
            [("number", "23 men", "24 men")],
        ),
        (
            "The blast at the market in Kelm on Monday killed 23 people.",
            "In the blast at the market in Kelm on Monday 24 people were injured.",
            [],
        ),
        (HELD.format("23"), HELD.format("at least 21"), []),
        (HELD.format("1,984"), HELD.format("2,000"), []),
        (HELD.format("between 20 and 24"), HELD.format("23"), []),
        (HELD.format("23"), f"{HELD.format('24')} One more was let go; at first 23 had been held.", []),
        (
            "Kestria will levy $1.40 a net ton on ships that pass the straits from April.",
            "Kestria will levy 1.4 crowns a net ton on ships that pass the straits from April.",
            [],
        ),
        (
            "Kestria will levy 40 percent on grain that is shipped through the straits of Lann.",
            "Kestria will levy 45 per cent on grain that is shipped through the straits of Lann.",
            [("number", "40 percent", "45 per cent")],
        ),
        (
            "Envoys of both sides will meet again in the border town of Kelm on 12 May to sign the text.",
            "Envoys of both sides will meet again in the border town of Kelm on May 14 to sign the text.",
            [("date", "12 May", "May 14")],
        ),
        (
            "The quarrel began when Kestria announced a charge on every ship that passes the straits from April 1.",
            "The quarrel began when Kestria announced on March 3 a charge on every ship that passes the straits.",
            [],
        ),
        (
            "Envoys of both sides will sign the text on the water of the Osk in Kelm next week.",
            "Envoys of both sides will sign the text on the water of the Osk in Tarn next week.",
            [("place", "Kelm", "Tarn")],
        ),
        (
            "The text was read to reporters after midnight by Ilse Tormund, who led the delegation.",
            "The text was read to reporters after midnight by Ilse Thormund, who led the delegation.",
            [("name", "Ilse Tormund", "Ilse Thormund")],
        ),
        (
            "The text was read to reporters after midnight by José Tormund, who led the delegation.",
            "The text was read to reporters after midnight by Jose Tormund, who led the delegation.",
            [],
        ),
        (
            "It was signed by Foreign Minister Ilse Torm.",
            "Defence Minister Ilse Torm left without a word to reporters.",
            [("title", "Foreign Minister Ilse Torm", "Defence Minister Ilse Torm")],
        ),
        (
            "It was signed by Foreign Minister Ilse Torm.",
            "Former Defence Minister Ilse Torm left without a word to reporters.",
            [],
        ),
    ],
)
def test_only_what_certainly_differs_is_a_disagreement(one: str, other: str, found: list[tuple[str, ...]]) -> None:
    assert given_values(compared(story("a", one), story("b", other))) == found


def test_one_origin_does_not_disagree_with_itself() -> None:
    told = compared(story("a", HELD.format("23")), story("b", HELD.format("24")), a="Lark News", b="Lark News")
    assert told.disagreements == ()


@pytest.mark.parametrize(("published", "found"), [("2031-05-04", 1), ("2031-05-06", 0), (None, 0)])
def test_days_that_went_by_between_two_reports_do_not_disagree(published: str | None, found: int) -> None:
    text = "The envoys left the border town of Kelm in silence after {} days of talks on the water of the Osk."
    later = Story(StoryId("b"), Head("", published=published), (Passage(text.format("nine")),))
    assert len(compared(story("a", text.format("seven")), later).disagreements) == found


def test_numbers_of_different_things_do_not_disagree() -> None:
    told = compared(
        story("a", "The junior team needed nine points in the game against Kelm on Thursday to pass the record."),
        story("b", "The junior team posted 20 points in the game against Kelm on Thursday to pass the record."),
    )
    assert told.disagreements == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In 2031 the 23 men of the F-16 wing flew.", [("23", "23 men")]),
        ("The 27th round took 3 days.", [("3", "3 days")]),
        ("Resolution 1701 and Article 5 bind 12.5 million people.", [("12500000", "12.5 million people")]),
        ("It costs 1.130 marks.", []),
        ("Plus de 20 hommes, environ 30 femmes, más de 4 niños, etwa 5 Boote.", []),
        ("It was signed seven days ago.", []),
        ("They met at 17:30 on 12 May.", []),
    ],
)
def test_only_plain_numbers_of_something_are_read(text: str, found: list[tuple[str, str]]) -> None:
    assert [(value.key, value.text) for value in figures.numbers(text, "en")] == found


def test_an_event_of_nothing_has_no_differences() -> None:
    told = compared(story("a"), story("b"))
    assert (told.shared, told.disagreements, told.alone) == ((), (), ())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.text(max_size=200), max_size=3), max_size=4))
def test_whatever_stories_hold_they_can_be_compared(texts: list[list[str]]) -> None:
    stories = [story(f"s{n}", *paragraphs) for n, paragraphs in enumerate(texts)]
    assert len(compared(*stories).voices) == len(stories)
