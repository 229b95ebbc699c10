"""Summaries of one story: what every method must hold, whatever the text."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import summary
from store.errors import InputError
from store.model import Head, Kind, Passage, Story, StoryId, Summary
from store.text import words

METHODS = tuple(summary.SUMMARISERS)
TALKS = json.loads((Path(__file__).parents[1] / "data" / "summary" / "talks.json").read_text(encoding="utf-8"))


def story(*paragraphs: str, title: str = "", subheadings: tuple[int, ...] = (), name: str = "a") -> Story:
    passages = tuple(
        Passage(text, Kind.SUBHEADING if place in subheadings else Kind.BODY) for place, text in enumerate(paragraphs)
    )
    return Story(StoryId(name), Head(title), passages)


def talks() -> Story:
    return story(*TALKS["paragraphs"], title=TALKS["title"], subheadings=tuple(TALKS["subheadings"]))


def texts(made: Summary) -> list[str]:
    return [sentence.text for sentence in made.sentences]


PIECES = st.sampled_from(
    [
        *(
            "Tarsia signed the pact.",
            "Vardania did not sign.",
            "THE TALKS FAILED.",
            "“No!” he said.",
            "2025.",
            "***",
            "?!",
        ),
        *(
            "Министр прибыл.",
            "外交部。",
            "Yes",
            "a",
            "",
            " ",
            "The the the.",
            "It said it said it.",
            "U.S. envoys met.",
            "—",
        ),
        *(
            "🙂",
            "قال الوزير.",
            "no stop here",
            "\n",
            "Tarsia signed  the pact.",
            "x" * 50,
            "$1.5bn was paid to Tarsia.",
        ),
    ]
)
PARAGRAPHS = st.lists(st.one_of(st.lists(PIECES, max_size=6).map(" ".join), st.text(max_size=40)), max_size=8)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=60, deadline=None)
@given(
    paragraphs=PARAGRAPHS,
    count=st.integers(1, 5),
    budget=st.none() | st.integers(1, 30),
    heads=st.sets(st.integers(0, 7)),
)
def test_whatever_the_text_a_summary_is_sound(
    method: str, paragraphs: list[str], count: int, budget: int | None, heads: set[int]
) -> None:
    made_of = story(*paragraphs, title="Tarsia signs", subheadings=tuple(heads))
    made = summary.summarise(made_of, method=method, sentences=count, words=budget)

    assert made.method == ("desk" if method == "event" else method)
    assert bool(made.sentences) == any(text.strip() for text in made_of.paragraphs)
    folded = [" ".join(text.split()).casefold() for text in texts(made)]
    assert len(set(folded)) == len(folded)
    places = [sentence.paragraph for sentence in made.sentences]
    assert places == sorted(places)
    for sentence in made.sentences:
        assert sentence.text in words.sentences(made_of.paragraphs[sentence.paragraph])
        assert sentence.story == "a"
    if budget is None:
        assert len(made.sentences) <= count
    elif len(made.sentences) > 1:
        assert sum(len(text.split()) for text in texts(made)) <= budget


@pytest.mark.parametrize("method", METHODS)
def test_a_subheading_is_no_summary_sentence_and_a_line_of_capitals_is_one(method: str) -> None:
    made = summary.summarise(talks(), method=method, sentences=50)
    assert "HOW THE DEAL WORKS" not in texts(made)
    assert "THE FIRST MEETING IS ON APRIL 2." in texts(made)


@pytest.mark.parametrize("method", METHODS)
def test_paragraphs_are_counted_with_subheadings(method: str) -> None:
    made = summary.summarise(talks(), method=method, sentences=50)
    for sentence in made.sentences:
        assert sentence.text in TALKS["paragraphs"][sentence.paragraph]


@pytest.mark.parametrize("method", METHODS)
def test_the_same_question_has_the_same_answer(method: str) -> None:
    first = summary.summarise(talks(), method=method)
    summary.summarise(story("Something else was said. It was long."), method=method)
    assert summary.summarise(talks(), method=method) == first


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "text",
    [
        "Министр прибыл в Орск. Он встретил посла. Переговоры начались.",
        "وصل الوزير إلى المدينة. بدأت المحادثات.",
        "外交部说明了情况。会谈开始了。",
        "Bakan geldi. Görüşmeler başladı.",
        "word " * 400,
    ],
)
def test_every_language_gives_a_sentence(method: str, text: str) -> None:
    assert len(summary.summarise(story(text), method=method, sentences=1).sentences) == 1


@pytest.mark.parametrize("method", METHODS)
def test_a_text_of_many_sentences_is_answered(method: str) -> None:
    made_of = story(*(f"Envoy {n} met minister {n % 97} of state {n % 31} about dam {n % 13}." for n in range(6_000)))
    assert len(summary.summarise(made_of, method=method).sentences) == 3


@pytest.mark.parametrize("method", METHODS)
def test_the_same_sentence_five_thousand_times_is_given_once(method: str) -> None:
    assert len(summary.summarise(story("Tarsia signed the pact. " * 5_000), method=method).sentences) == 1


def test_lead_is_the_first_sentences() -> None:
    made = summary.summarise(talks(), method="lead", sentences=3)
    assert texts(made) == [TALKS["paragraphs"][0], *words.sentences(TALKS["paragraphs"][1])]


def test_lead_stops_before_the_first_sentence_that_does_not_fit() -> None:
    made_of = story("One two three. One two three four five six seven. One two.")
    assert texts(summary.summarise(made_of, method="lead", words=6)) == ["One two three."]


def test_one_sentence_is_given_even_beyond_the_budget() -> None:
    assert texts(summary.summarise(story("One two three four."), method="lead", words=2)) == ["One two three four."]


def test_a_story_of_subheadings_alone_is_still_summarised() -> None:
    assert texts(summary.summarise(story("The pact", subheadings=(0,)))) == ["The pact"]


def test_one_story_is_summarised_by_desk_unless_asked_otherwise() -> None:
    assert summary.summarise(talks()) == summary.summarise(talks(), method="desk")
    assert summary.summarise(talks()).method == "desk"


def test_an_unknown_method_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="lexrank"):
        summary.summarise(talks(), method="best")


def test_naming_the_methods_loads_nothing_heavy() -> None:
    code = (
        "import sys, store.summary as s; assert s.DEFAULT in s.SUMMARISERS;"
        "assert not {'numpy', 'sumy', 'nltk'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_desk_takes_no_sentence_that_hangs_on_one_it_left_out() -> None:
    made_of = story(
        "Tarsia signed a pact with Vardania on the water of the Osk river on Monday.",
        "The weather was fine in the hills.",
        "He added that the pact on the Osk river between Tarsia and Vardania would hold for forty years.",
        title="Tarsia and Vardania sign a pact on the Osk river",
    )
    for count in (1, 2, 3):
        made = texts(summary.summarise(made_of, method="desk", sentences=count))
        assert not any(text.startswith("He added") for text in made) or made[-2].startswith("The weather")


def test_every_feature_of_the_desk_has_a_weight() -> None:
    from store.summary import desk
    from store.summary.features import FEATURES

    read = tomllib.loads((Path(desk.__file__).parent / "desk.toml").read_text(encoding="utf-8"))
    assert tuple(read["weights"]) == FEATURES
    assert len(set(FEATURES)) == len(FEATURES)
    assert "train" in read["provenance"]["trained_on"]


@pytest.mark.parametrize(
    ("text", "hanging"),
    [
        ("He added that it would rain.", True),
        ("“Nobody asked us.”", True),
        ("“Nobody asked us,” said Anna Vole of Tarsia.", False),
        ("“Nobody asked us,” he added.", True),
        ('"Nobody asked us," she told reporters.', True),
        ("But the pact holds.", True),
        ("Itinerant farmers left.", False),
        ("Each weighed between two and three tonnes.", True),
        ("Each country of the Osk valley sent an envoy.", False),
        ("As a result, the talks ended.", True),
        ("In other words, the pact is dead.", True),
        ("Tarsia signed.", False),
        ("Но договор подписан.", True),
        ("", False),
    ],
)
def test_a_sentence_that_points_back_is_known(text: str, hanging: bool) -> None:
    from store.summary.features import hangs

    assert hangs(text) is hanging


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (["“One.", "Two.", "Three,” he said.", "Four."], [True, True, True, False]),
        (['He said "two" and "three".', '"Four,', 'five."', "Six."], [False, True, True, False]),
        (["„Eins“, sagte er.", "Zwei."], [False, False]),
        (["« Un.", "Deux. »", "Trois."], [True, True, False]),
        (["“A speech begins.", "It goes on."], [True, True]),
        (["He said “no and left.", "The mark is lost.", "So it is."], [False, False, False]),
        (['A 6" pipe.', "Another."], [False, False]),
        (["He said “one.", *["x."] * 9, "end.”"], [False] * 11),
        ([], []),
    ],
)
def test_quotations_over_several_sentences_are_known(paragraph: list[str], expected: list[bool]) -> None:
    from store.summary.quotes import torn

    assert torn([paragraph]) == [expected]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        ([["He said: “One."], ["Two,” he said."], ["Three."]], [[True], [True], [False]]),
        ([["“One,” he said."], ["He wants “two”."]], [[False], [False]]),
        ([["“A speech begins."], ["“It goes on,” he said."], ["Three."]], [[True], [False], [False]]),
        ([["He said “no and left."], ["The mark is lost."], ["Three."]], [[False], [False], [False]]),
        ([["He said “one."], *[["x."]] * 9, ["end.”"]], [[False]] * 11),
        ([["“Un discours."], [], ["Three."]], [[True], [], [False]]),
    ],
)
def test_quotations_over_several_paragraphs_are_known(paragraphs: list[list[str]], expected: list[list[bool]]) -> None:
    from store.summary.quotes import torn

    assert torn(paragraphs) == expected


@pytest.mark.parametrize("method", ["desk", "event"])
def test_no_part_of_a_quotation_stands_alone(method: str) -> None:
    made_of = story(
        "Tarsia signed the Osk pact with Vardania. The Osk pact took Tarsia and Vardania nine years.",
        "“Tarsia will not keep the Osk pact with Vardania. Vardania broke the Osk pact with Tarsia,” said Anna Vole.",
        "Farmers near the Hallow dam hope for water in spring.",
        title="Tarsia and Vardania sign Osk pact",
    )
    made = texts(summary.summarise(made_of, method=method, sentences=3))
    assert len(made) == 3
    assert not any("keep the Osk pact" in text or "broke the Osk pact" in text for text in made)


@pytest.mark.parametrize("method", ["lexrank", "textrank", "lsa", "luhn", "kl", "sumbasic", "reduction"])
def test_no_part_of_a_torn_quotation_is_taken_while_there_are_whole_sentences(method: str) -> None:
    story = Story(
        StoryId("a"),
        Head("Dues"),
        (
            Passage("“Today it is our potash. Tomorrow it will be somebody’s potash and grain,” she told reporters."),
            Passage("The potash dues were raised in Maldrin."),
            Passage("The grain dues were left as they were in Maldrin."),
            Passage("The potash and grain ships waited."),
        ),
    )
    made = summary.summarise(story, method=method, sentences=3)
    assert [s.paragraph for s in made.sentences] == [1, 2, 3]
    assert len(summary.summarise(story, method=method, sentences=5).sentences) == 5


def test_the_lead_is_taken_as_it_stands() -> None:
    story = Story(
        StoryId("a"), Head("Dues"), (Passage("“Today it is ours. Tomorrow it is yours,” she said. All left."),)
    )
    assert summary.summarise(story, method="lead", sentences=1).sentences[0].text.startswith("“Today")


@pytest.mark.parametrize("method", ["desk", "textrank", "lexrank", "lsa", "luhn", "kl", "sumbasic", "reduction"])
def test_a_bare_quotation_is_not_chosen_without_the_sentence_before(method: str) -> None:
    speaker = "Anna Vole of Orsk spoke."
    quoted = "“The dam on the Osk river will be closed and the water of the dam on the Osk river will be shared.”"
    others = "The dam on the Osk river was closed.", "The water of the Osk river will be shared."
    story = Story(StoryId("q"), Head(""), (*map(Passage, others), Passage(f"{speaker} {quoted}")))
    for count in (1, 2, 3):
        chosen = [s.text for s in summary.summarise(story, method=method, sentences=count).sentences]
        assert len(chosen) == count
        assert quoted not in chosen or speaker in chosen


@pytest.mark.parametrize("method", ["desk", "lead", "textrank", "lexrank"])
def test_a_sentence_is_not_chosen_twice_for_its_case_or_stop(method: str) -> None:
    lines = ("The bridge is open.", "the bridge is open", "The bridge is shut.")
    story = Story(StoryId("q"), Head(""), tuple(map(Passage, lines)))
    chosen = [s.text for s in summary.summarise(story, method=method, sentences=3).sentences]
    assert len(chosen) == 2 and lines[2] in chosen
