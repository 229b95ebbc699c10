"""What is new in an event to somebody who has read some of its stories."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import summary
from store.model import Head, Passage, Story, StoryId, Summary
from store.text import words

READ = (
    "Tarsia and Vardania agreed on Monday to share the water of the Osk river, ending a dispute of nine years.",
    "Under the deal, Tarsia will release 40 percent of the water held by the Hallow dam between May and September.",
)
AGAIN = "Ending a dispute of nine years, Vardania and Tarsia agreed to share the water of the Osk river."
VOTE = "The parliament of Vardania will vote on the treaty next week, the speaker told reporters."
STRIKE = "Dockers in Orsk walked out on Thursday over the pay they are owed since spring."


def story(name: str, day: str | None, *paragraphs: str) -> Story:
    return Story(StoryId(name), Head("", published=day), tuple(map(Passage, paragraphs)))


def texts(made: Summary) -> list[str]:
    return [sentence.text for sentence in made.sentences]


def new(stories: list[Story], *read: str, sentences: int = 3, words: int | None = None) -> Summary:
    return summary.summarise_new(stories, {StoryId(name) for name in read}, sentences=sentences, words=words)


def test_what_a_read_story_holds_is_not_new() -> None:
    made = new([story("a", "2031-05-01", *READ), story("b", "2031-05-02", AGAIN, VOTE)], "a")
    assert (made.method, texts(made)) == ("new", [VOTE])
    assert (made.sentences[0].story, made.sentences[0].paragraph) == ("b", 1)


def test_the_newest_story_is_told_first() -> None:
    older, newer = story("b", "2031-05-02", AGAIN, VOTE), story("c", "2031-05-03T09:00", STRIKE)
    read = story("a", "2031-05-01", *READ)
    assert texts(new([read, older, newer], "a")) == [STRIKE, VOTE]
    assert texts(new([newer, older, read], "a")) == [STRIKE, VOTE]
    assert texts(new([read, older, newer], "a", sentences=1)) == [STRIKE]


def test_a_story_without_a_date_comes_last() -> None:
    stories = [story("u", None, STRIKE), story("a", "2031-05-01", *READ), story("b", "2031-05-02", VOTE)]
    assert texts(new(stories, "a")) == [VOTE, STRIKE]


def test_another_number_is_new() -> None:
    told = (
        "Under the deal, Tarsia will release 55 percent of the water held by the Hallow dam between May and September."
    )
    assert texts(new([story("a", None, *READ), story("b", None, told)], "a")) == [told]


def test_another_name_is_new() -> None:
    told = "Under the deal of Anna Vole, Tarsia will release 40 percent of the water held by the Hallow dam from May."
    assert texts(new([story("a", None, *READ), story("b", None, told)], "a")) == [told]


KNOWN = "Both parliaments must ratify the treaty on the Osk river before 1 June, the ministry in Orsk said on Saturday."
NOT = "Tarsia will not sign the treaty on the Osk river, Foreign Minister Anna Vole said on Saturday in Orsk."
OPEN = "Tarsia opened the bridge over the Osk on Saturday, ending six years of closure."


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (KNOWN, KNOWN.replace("June", "July")),
        (KNOWN, KNOWN.replace("1 June", "11 June")),
        (OPEN, OPEN.replace("Saturday", "Sunday")),
        (KNOWN, KNOWN.replace("in Orsk", "in Kelm")),
        (NOT, NOT.replace("not ", "")),
        (NOT.replace("not ", ""), NOT),
        (NOT, NOT.replace("Anna Vole", "Ilva Marn")),
        (OPEN, OPEN.replace("closure.", "closure, and two lorries crossed.")),
        (OPEN, OPEN.replace("closure.", "closure, and a crowd cheered.")),
        (OPEN, "Tarsia fell."),
        (OPEN, "Parliament met."),
        (
            "Prices in Orsk rose by 5 percent in the year to the spring.",
            "Prices in Orsk fell by 5 percent in the year.",
        ),
        (
            "Die Minister unterzeichnen den Vertrag am 1. Juni in Orsk.",
            "Die Minister unterzeichnen den Vertrag am 1. Juli.",
        ),
        (
            "Die Minister unterzeichnen den Vertrag über das Wasser des Flusses Osk mit Botschafter Vole in der Stadt.",
            "Die Minister unterzeichnen den Vertrag über das Wasser des Flusses Osk mit Botschafter Marn in der Stadt.",
        ),
        (
            "Tarsia accused Vardania of moving troops to the Osk on Monday.",
            "Vardania accused Tarsia of moving troops to the Osk on Monday.",
        ),
        (
            "Foreign Minister Anna Vole accused President Orlan Tev of lying about the dam.",
            "President Orlan Tev accused Foreign Minister Anna Vole of lying about the dam.",
        ),
        ("The army shelled the rebels near Hallow at dawn.", "The rebels shelled the army near Hallow at dawn."),
        (
            "The envoy was expelled by Vardania over the leaked cables.",
            "The envoy expelled Vardania over the leaked cables.",
        ),
        (
            "La Tarsie a accusé la Vardanie de mentir sur le barrage de Hallow.",
            "La Vardanie a accusé la Tarsie de mentir sur le barrage de Hallow.",
        ),
        (
            "Tarsien beschuldigte Vardanien am Montag der Lüge über den Damm.",
            "Vardanien beschuldigte Tarsien am Montag der Lüge über den Damm.",
        ),
        (
            "Тарсия обвинила Варданию в переброске войск к реке Оск.",
            "Вардания обвинила Тарсию в переброске войск к реке Оск.",
        ),
        ("Тарсия не подпишет договор о воде реки Оск в субботу.", "Тарсия подпишет договор о воде реки Оск в субботу."),
    ],
)
def test_news_that_is_put_as_something_known_is_told(read: str, told: str) -> None:
    assert texts(new([story("a", None, read), story("b", None, told)], "a")) == [told]


def test_what_changes_something_known_is_told_before_what_adds_to_it() -> None:
    told = NOT.replace("not ", "")
    made = new([story("a", None, NOT), story("b", None, "A dog of the mayor ran off.", told)], "a", sentences=1)
    assert texts(made) == [told]


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (KNOWN, "Before 1 June, both parliaments must ratify the treaty on the Osk river."),
        (NOT, "Tarsia will not sign the treaty, Anna Vole said."),
        (OPEN, "Tarsia opened the bridge."),
        (KNOWN, KNOWN.replace("Saturday", "Sunday")),
        (OPEN, OPEN.replace("closure.", "closure, her office said.")),
        (
            "Tarsia accused Vardania of moving troops to the Osk on Monday.",
            "Vardania was accused by Tarsia of moving troops to the Osk.",
        ),
        ("Anna Vole met Orlan Tev in Orsk to discuss the dam.", "Orlan Tev met Anna Vole in Orsk to discuss the dam."),
    ],
)
def test_a_part_of_something_known_is_not_told(read: str, told: str) -> None:
    assert new([story("a", None, read), story("b", None, told)], "a") == Summary("new")


def test_the_sentence_before_takes_no_room_where_it_is_known() -> None:
    speaker, said = "Anna Vole leads the council of Orsk.", "She put the cost of the bridge at 9 million thalers."
    stories = [story("a", None, speaker, "It rained."), story("b", None, speaker, said)]
    assert texts(new(stories, "a", sentences=1)) == [said]


def test_an_older_toll_is_not_told_after_a_newer_one() -> None:
    older = "At least 12 people were killed when the ferry Hallow sank off Orsk on Saturday, the mayor said."
    newer = "The death toll from the ferry Hallow, which sank off Orsk, rose to 41 on Monday, the ministry said."
    stories = [story("a", None, *READ), story("b", "2031-05-01", older), story("c", "2031-05-03", newer)]
    assert texts(new(stories, "a")) == [newer]


def test_stories_without_a_sentence_are_not_taken_for_known_ones() -> None:
    assert new([story("a", None, ""), story("b", None, " ")], "a").method != "new"


def test_what_two_unread_stories_say_is_told_once() -> None:
    again = "The parliament of Vardania will vote next week on the treaty, the speaker told reporters."
    made = new([story("a", None, *READ), story("b", None, VOTE), story("c", None, again)], "a", sentences=5)
    assert texts(made) == [VOTE]


def test_where_all_is_known_nothing_is_told() -> None:
    assert new([story("a", None, *READ), story("b", None, AGAIN)], "a") == Summary("new")
    assert new([story("a", None, *READ)], "a") == Summary("new")


def test_where_nothing_was_read_it_is_the_summary() -> None:
    stories = [story("a", None, *READ), story("b", None, VOTE)]
    assert new(stories) == summary.summarise_event(stories)


def test_a_sentence_that_hangs_brings_the_one_before() -> None:
    speaker = "Anna Vole leads the council of Orsk."
    said = "She added that the bridge over the gorge of Hallow would be closed to lorries until the autumn."
    made = new([story("a", None, *READ), story("b", None, speaker, said)], "a")
    assert texts(made) == [speaker, said]
    assert said not in texts(new([story("a", None, *READ), story("b", None, speaker, said)], "a", words=20))


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2031-05-01", "2031-05-01"),
        ("2031-05-01T23:30-02:00", "2031-05-02T01:30"),
        ("2031-05-01T23:30:12Z", "2031-05-01T23:30"),
        ("0001-01-01T00:00+05:00", ""),
        ("9999-12-31T23:59-05:00", ""),
        ("yesterday", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_times_can_be_compared(published: str | None, expected: str) -> None:
    from store.summary.times import when

    assert when(published) == expected


ARVALD = "Karl Arvald said the garrison of Hallow would stay through the winter, whatever the treaty says."
HANDS = "He never shook hands with the envoy."
PRISONERS = "She added that prisoners of both sides held in Orsk would be exchanged on the bridge."
TOLMEN = "Mira Tolmen threatened to close the harbour of Kelm to ships from Tarsia if the dam is shut."


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_whoever_he_is_was_named_last(count: int) -> None:
    source = (ARVALD, HANDS, PRISONERS, TOLMEN)
    told = texts(new([story("a", None, *READ), story("b", None, *source)], "a", sentences=count))
    for hanging, before in ((HANDS, ARVALD), (PRISONERS, HANDS)):
        if hanging in told:
            assert told[told.index(hanging) - 1] == before and told.index(hanging), told
    assert len(told) == min(count, 4)


def test_a_sentence_that_hangs_on_a_known_one_brings_it_where_another_would_stand_before() -> None:
    speaker, said = "Anna Vole leads the council of Orsk.", "She put the cost of the bridge at 9 million thalers."
    stories = [story("a", None, speaker, "It rained."), story("b", None, TOLMEN, speaker, said)]
    assert texts(new(stories, "a", sentences=3)) == [TOLMEN, speaker, said]
    assert said not in texts(new(stories, "a", sentences=2))[1:]


PIECES = st.sampled_from(
    [
        *READ,
        AGAIN,
        VOTE,
        STRIKE,
        "He said so.",
        "“No!”",
        "***",
        "Да.",
        "外交部。",
        "THE END",
        "a",
        "",
        " ",
        "x y",
        "9 9 9",
    ]
)
STORIES = st.lists(
    st.tuples(
        st.lists(PIECES | st.text(max_size=30), max_size=5),
        st.sampled_from([None, "2031-05-01", "x", "2031", "0001-01-01T00:00+05:00"]),
    ),
    max_size=5,
)


@settings(max_examples=80, deadline=None)
@given(drawn=STORIES, read=st.sets(st.integers(0, 4)), count=st.integers(1, 5), budget=st.none() | st.integers(1, 60))
def test_whatever_the_stories_what_is_told_is_unread_and_sound(
    drawn: list[tuple[list[str], str | None]], read: set[int], count: int, budget: int | None
) -> None:
    stories = {str(n): story(str(n), day, *paragraphs) for n, (paragraphs, day) in enumerate(drawn)}
    known = {StoryId(str(n)) for n in read if n < len(drawn)}
    made = summary.summarise_new(list(stories.values()), known, sentences=count, words=budget)
    folded = [text.casefold() for text in texts(made)]
    assert len(set(folded)) == len(folded)
    for sentence in made.sentences:
        assert sentence.story is not None and (sentence.story not in known)
        assert sentence.text in words.sentences(stories[sentence.story].paragraphs[sentence.paragraph])
    if budget is None:
        assert len(made.sentences) <= count
    elif len(made.sentences) > 1:
        assert sum(len(text.split()) for text in texts(made)) <= budget
