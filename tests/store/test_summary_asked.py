"""A question for a summary: its key, and its answer out of what was kept."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from store import summary
from store.model import Head, Kind, Passage, Story, StoryId, Summary
from store.summary.asked import Asked

RIVER = (
    "Tarsia and Vardania agreed on Monday to share the water of the Osk river. Farmers lost a third of their harvest."
)
VOTE = "The parliament of Vardania will vote on the treaty next week. The speaker set no day."


def story(name: str, *paragraphs: str, day: str | None = None) -> Story:
    return Story(StoryId(name), Head("Water", published=day), tuple(map(Passage, paragraphs)))


class Drawer(dict[str, str]):
    """Where answers are kept."""

    def keep(self, key: str, answer: str) -> None:
        self[key] = answer


ONE = Asked((story("a", RIVER, VOTE),))
SEVERAL = Asked((story("a", RIVER), story("b", VOTE)))


@pytest.mark.parametrize("asked", [ONE, SEVERAL, replace(SEVERAL, method="new", read=frozenset({StoryId("a")}))])
def test_the_second_answer_is_the_first(asked: Asked) -> None:
    kept = Drawer()
    first = asked.answer(kept)
    assert asked.answer(kept) == first == asked.answer()
    assert len(kept) == 1
    assert first.sentences


def test_what_was_kept_is_given_and_not_made_again() -> None:
    kept = Drawer()
    kept.keep(ONE.key, json.dumps(["desk", [["The speaker set no day.", 1, 0, 1]]]))
    assert [s.text for s in ONE.answer(kept).sentences] == ["The speaker set no day."]


def test_the_same_text_under_another_id_is_the_same_question() -> None:
    kept = Drawer()
    SEVERAL.answer(kept)
    again = Asked((story("x", RIVER), story("y", VOTE)))
    assert {s.story for s in again.answer(kept).sentences} <= {"x", "y"}
    assert len(kept) == 1


OTHERS = [
    replace(SEVERAL, stories=SEVERAL.stories[::-1]),
    replace(SEVERAL, stories=(story("a", RIVER + " More."), story("b", VOTE))),
    replace(SEVERAL, stories=(story("a", RIVER, day="2031-05-01"), story("b", VOTE))),
    replace(SEVERAL, stories=(Story(StoryId("a"), Head("W"), (Passage(RIVER),)), story("b", VOTE))),
    replace(SEVERAL, stories=(replace(story("a"), passages=(Passage(RIVER, Kind.SUBHEADING),)), story("b", VOTE))),
    replace(SEVERAL, method="lead"),
    replace(SEVERAL, sentences=4),
    replace(SEVERAL, words=3),
    replace(SEVERAL, origins={StoryId("a"): "TNA"}),
    replace(SEVERAL, read=frozenset({StoryId("a")})),
]


def test_whatever_an_answer_depends_on_makes_another_key() -> None:
    keys = [SEVERAL.key, *(other.key for other in OTHERS)]
    assert len(set(keys)) == len(keys)


def test_another_version_of_the_summaries_makes_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = ONE.key
    monkeypatch.setattr(summary, "VERSION", summary.VERSION + 1)
    assert ONE.key != before


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "[",
        "null",
        "[]",
        '["desk"]',
        '["desk", 1]',
        '["desk", [["x"]]]',
        '["desk", [["not in it", 0, 0, 1]]]',
        '["desk", [["Farmers", 0, 7, 1]]]',
        '["desk", [["Farmers", 9, 0, 1]]]',
        '["desk", [["Farmers", -1, 0, 1]]]',
        '["desk", [["Farmers", 0, 0, "x"]]]',
        '["desk", [[null, 0, 0, 1]]]',
        "[1, []]",
        '{"a": 1}',
    ],
)
def test_a_damaged_answer_is_made_anew(damaged: str) -> None:
    kept = Drawer()
    kept.keep(ONE.key, damaged)
    assert ONE.answer(kept) == ONE.answer()
    assert kept[ONE.key] != damaged


def test_no_stories_have_an_empty_summary_and_nothing_is_kept() -> None:
    kept = Drawer()
    assert Asked(()).answer(kept) == Summary("desk")
    assert not kept


def test_a_kept_answer_loads_nothing_heavy() -> None:
    code = (
        "import sys; from store.model import *; from store.summary.asked import Asked\n"
        "asked = Asked((Story(StoryId('a'), Head(''), (Passage('It rains. It pours.'),)),))\n"
        "class Drawer:\n"
        '    def get(self, key): return \'["desk", [["It pours.", 0, 0, 1]]]\'\n'
        "    def keep(self, key, answer): raise AssertionError\n"
        "assert asked.answer(Drawer()).sentences[0].text == 'It pours.'\n"
        "assert not {'numpy', 'sumy', 'nltk'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


OPENS = (
    "Tarsia signed the Osk pact. Vardania will sign it.",
    "The Osk pact shares the water.",
    "Farmers near Orsk wait.",
)


def test_how_much_of_a_summary_opens_its_story_is_counted() -> None:
    from store.summary.opening import opening

    told = Story(StoryId("a"), Head(""), tuple(map(Passage, OPENS)))
    made = summary.summarise(told, method="lead", sentences=3)
    assert opening(told, made) == 3
    assert opening(told, replace(made, sentences=made.sentences[1:])) == 0
    assert opening(told, replace(made, sentences=(made.sentences[0], made.sentences[2]))) == 1
    assert opening(replace(told, passages=()), made) == 0


def test_beside_its_text_a_summary_goes_on_where_the_opening_ends() -> None:
    told = Story(StoryId("a"), Head(""), tuple(map(Passage, OPENS)))
    alone = Asked((told,), "lead", 1).answer()
    beside = Asked((told,), "lead", 1, beside=True).answer()
    assert [s.text for s in alone.sentences] == ["Tarsia signed the Osk pact."]
    assert beside == alone  # a longer lead is more of the opening: nothing else to tell
    lines = (
        "Tarsia and Vardania signed the Osk water pact in Orsk on Monday after nine years of talks.",
        "Rain fell.",
        "It was cold.",
        "Under the Osk water pact Tarsia will release 40 percent of the Hallow dam's water to Vardania every May.",
    )
    filled = Story(StoryId("a"), Head("Tarsia and Vardania sign Osk water pact"), tuple(map(Passage, lines)))
    assert [s.paragraph for s in Asked((filled,), "desk", 1).answer().sentences] == [0]
    assert [s.paragraph for s in Asked((filled,), "desk", 1, beside=True).answer().sentences] == [0, 3]
    assert Asked((told,), "desk", 2).key != Asked((told,), "desk", 2, beside=True).key
