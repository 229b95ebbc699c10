"""Summaries of several stories of one event."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import summary
from store.model import Head, Passage, Story, StoryId, Summary
from store.summary.endings import ends
from store.summary.event import telling, told_well
from store.summary.page import Page
from store.summary.sources import originals
from store.text import words

METHODS = tuple(summary.SUMMARISERS)

RIVER = (
    "Tarsia and Vardania agreed on Monday to share the water of the Osk river, ending a dispute of nine years.",
    "Under the deal, Tarsia will release 40 percent of the water held by the Hallow dam between May and September.",
    "Farmers in the south of Vardania lost a third of their harvest last year.",
)
PARLIAMENT = (
    "Vardania's parliament will vote next week on the deal to share the water of the Osk river with Tarsia.",
    "Anna Vole, who leads the opposition, said her party would vote against the deal.",
    "The deal ends a dispute of nine years over the Hallow dam.",
)
STRIKE = "Dockers in Orsk walked out on Thursday over the pay they are owed since spring."
PRICES = (
    "Bread grew dearer in Orsk for the fourth month in a row, the statistics office said.",
    "The office blamed a poor harvest and high fuel prices.",
)


def story(name: str, *paragraphs: str, title: str = "") -> Story:
    return Story(StoryId(name), Head(title), tuple(map(Passage, paragraphs)))


def texts(made: Summary) -> list[str]:
    return [sentence.text for sentence in made.sentences]


def test_each_sentence_names_its_story_and_paragraph() -> None:
    stories = {"a": story("a", *RIVER), "b": story("b", *PARLIAMENT)}
    made = summary.summarise_event(tuple(stories.values()), method="event", sentences=4)
    assert {sentence.story for sentence in made.sentences} == {"a", "b"}
    for sentence in made.sentences:
        assert sentence.story is not None
        assert stories[sentence.story].paragraphs[sentence.paragraph] == sentence.text


def test_what_is_said_already_is_not_said_again() -> None:
    again = "Tarsia and Vardania agreed to share the water of the Osk river, ending a dispute of nine years, on Monday."
    made = summary.summarise_event(
        [story("a", *RIVER), story("b", again, *PARLIAMENT[1:])], method="event", sentences=4
    )
    assert not {again, RIVER[0]} <= set(texts(made))


def test_lead_is_that_of_the_story_nearest_the_centre() -> None:
    stories = [story("a", *PRICES), story("b", *PARLIAMENT), story("c", *RIVER)]
    made = summary.summarise_event(stories, method="lead", sentences=2)
    assert {sentence.story for sentence in made.sentences} == {"b"}
    assert texts(made) == list(PARLIAMENT[:2])


def test_event_starts_from_the_story_nearest_the_centre() -> None:
    stories = [story("a", *PRICES), story("b", *PARLIAMENT), story("c", *RIVER)]
    assert summary.summarise_event(stories, method="event", sentences=3).sentences[0].story == "b"


def test_of_near_copies_the_longest_is_read() -> None:
    cut = story("cut", *RIVER[:2])
    whole = story("whole", *RIVER)
    other = story("other", *PARLIAMENT)
    assert [kept.id for kept in originals([cut, other, whole])] == ["other", "whole"]


def test_of_near_copies_of_a_length_the_newest_is_read() -> None:
    old, new = dated("old", "2031-05-01", *RIVER), dated("new", "2031-05-02", *RIVER[:2], "Farmers lost a third.")
    assert [kept.id for kept in originals([old, story("other", *PARLIAMENT), new])] == ["other", "new"]
    short = dated("short", "2031-05-03", *RIVER[:1])
    assert [kept.id for kept in originals([old, short])] == ["old"]


def test_of_near_copies_one_that_has_its_opening_is_read_before_a_longer_one_that_lost_it() -> None:
    lede = "Nine fishermen of Vardania came home to Orsk on Monday after talks between the two capitals, both said."
    whole, lost = story("whole", lede, *RIVER, *PARLIAMENT[:1]), story("lost", *RIVER, *PARLIAMENT)
    assert [kept.id for kept in originals([lost, whole])] == ["whole"]
    headed = story("headed", "Nine come home as Tarsia and Vardania meet on the Osk river for talks", *RIVER)
    assert [kept.id for kept in originals([headed, lost])] == ["lost"]
    assert [kept.id for kept in originals([story("late", *RIVER[1:], *PARLIAMENT[:1]), lost])] == ["lost"]


def test_stories_without_text_stay_apart_from_copies() -> None:
    assert [kept.id for kept in originals([story("a"), story("b"), story("c", *RIVER)])] == ["a", "b", "c"]


@pytest.mark.parametrize("method", METHODS)
def test_a_copy_changes_nothing(method: str) -> None:
    stories = [story("a", *RIVER), story("b", *PARLIAMENT)]
    copied = [*stories, story("c", *RIVER[:2])]
    assert summary.summarise_event(copied, method=method) == summary.summarise_event(stories, method=method)


@pytest.mark.parametrize("method", METHODS)
def test_an_event_of_nothing_has_an_empty_summary(method: str) -> None:
    assert summary.summarise_event([], method=method) == Summary(method)
    named = "event" if method == "desk" else method
    assert summary.summarise_event([story("a"), story("b", " ")], method=method) == Summary(named)


@pytest.mark.parametrize("method", METHODS)
def test_many_stories_are_answered(method: str) -> None:
    stories = [
        story(str(n), *(f"Envoy {n} met minister {m} of state {n * m} about dam {m}." for m in range(40)))
        for n in range(200)
    ]
    assert len(summary.summarise_event(stories, method=method).sentences) == 3


def test_several_stories_are_summarised_by_event_unless_asked_otherwise() -> None:
    stories = [story("a", *RIVER), story("b", *PARLIAMENT)]
    assert summary.summarise_event(stories).method == "event"
    assert summary.summarise_event(stories) == summary.summarise_event(stories, method="event")
    assert summary.summarise_event(stories[:1], method="event") == summary.summarise(stories[0])


TOLL = "Tarsia and Vardania agreed to end the Osk river dispute after nine years of talks."
AGAIN = "The Osk river dispute of Tarsia and Vardania ended after nine years of talks, both agreed."


def test_each_sentence_says_how_many_origins_say_it() -> None:
    stories = [story("a", TOLL), story("b", AGAIN), story("c", *PRICES)]
    made = summary.summarise_event(stories, sentences=3)
    assert {sentence.story: sentence.support for sentence in made.sentences} == {"a": 2, "c": 1}


def test_stories_of_one_origin_confirm_each_other_no_more_than_one() -> None:
    stories = [story("a", TOLL), story("b", AGAIN), story("c", *PRICES)]
    origins = {StoryId("a"): "TNA", StoryId("b"): "TNA", StoryId("c"): "TNA"}
    made = summary.summarise_event(stories, origins=origins, sentences=3)
    assert {sentence.support for sentence in made.sentences} == {1}


def test_near_copies_count_once() -> None:
    stories = [story("a", TOLL, *RIVER), story("b", TOLL, *RIVER[:2]), story("c", *PRICES)]
    made = summary.summarise_event(stories, sentences=5)
    assert {sentence.support for sentence in made.sentences} == {1}


def test_another_number_for_the_same_thing_is_no_support() -> None:
    from store.summary.accounts import Accounts
    from store.summary.page import Page

    fire = "The fire in the Orsk harbour killed {} dockers on Monday night."
    page = Page([story(name, fire.format(n)) for name, n in (("a", "12"), ("b", "twelve"), ("c", "15"))])
    assert [Accounts(page).support(number) for number in range(3)] == [2, 2, 1]


def dated(name: str, day: str | None, *paragraphs: str) -> Story:
    return Story(StoryId(name), Head("", published=day), tuple(map(Passage, paragraphs)))


FIRE = "The fire in the harbour of Orsk killed at least {} dockers, the mayor of Orsk said."


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_where_stories_disagree_on_a_number_the_newer_counts(order: tuple[int, int]) -> None:
    both = [dated("old", "2031-05-01", FIRE.format(12)), dated("new", "2031-05-02", FIRE.format("fifteen"))]
    made = summary.summarise_event([both[number] for number in order], sentences=3)
    assert texts(made) == [FIRE.format("fifteen")]


def test_a_newer_number_stands_where_the_older_one_would() -> None:
    close = "The mayor of Orsk has closed the harbour to all fishing boats until the end of the month."
    hangs = "He added that the ferry from Hallow to Kelm would land its passengers upstream from Tuesday on."
    old = dated("old", "2031-05-01", FIRE.format(12), close, "The harbour master of Orsk was not on duty that night.")
    new = dated("new", "2031-05-02", "Prices of fish rose in Kelm.", FIRE.format("fifteen"), hangs)
    made = summary.summarise_event([old, new], sentences=6)
    assert texts(made)[:2] == [FIRE.format("fifteen"), hangs]
    assert close in texts(made)


SANK = "At least 12 people were killed when the ferry Hallow sank off Orsk on Saturday, the mayor said."
ROSE = "The death toll from the ferry Hallow, which sank off Orsk, rose to 41 on Monday, the ministry said."


def test_a_toll_that_has_risen_is_told_alone_however_it_is_put() -> None:
    stories = [dated("old", "2031-05-01", SANK, RIVER[0]), dated("new", "2031-05-03", ROSE, PRICES[0])]
    made = texts(summary.summarise_event(stories, sentences=4))
    assert ROSE in made and SANK not in made


@pytest.mark.parametrize(
    "newer",
    [
        ROSE.replace("41", "9"),
        ROSE.replace("Hallow", "Tern").replace("Orsk", "Kelm"),
        "In 2019 a fire on the ferry Hallow off Orsk killed 41 people, the mayor said on Monday.",
        "The ferry Hallow, which sank off Orsk on Saturday, had 41 people on board, the mayor said.",
        "The ferry Hallow, which sank off Orsk on Saturday, left 41 injured, the mayor said.",
    ],
)
def test_another_toll_does_not_outdate_one(newer: str) -> None:
    stories = [dated("old", "2031-05-01", SANK), dated("new", "2031-05-03", newer)]
    assert SANK in texts(summary.summarise_event(stories, sentences=4))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At least 12 people were killed and 30 were wounded in Orsk.", {"dead": 12.0, "hurt": 30.0}),
        ("The fire killed twelve dockers.", {"dead": 12.0}),
        ("The toll rose from 34 to 41.", {"dead": 41.0}),
        ("Two more people were killed on 3 May.", {}),
        ("In 2019 12 were killed.", {}),
        ("It has 12 ships.", {}),
    ],
)
def test_tolls_are_read_however_they_are_put(text: str, expected: dict[str, float]) -> None:
    from store.summary.tolls import told

    assert dict(told(words.words(text)).counts) == expected


@pytest.mark.parametrize(("one", "other"), [(None, "2031-05-02"), ("2031-05-02", "2031-05-02T18:00"), ("?", "!")])
def test_where_no_story_is_certainly_newer_none_is_set_aside(one: str | None, other: str) -> None:
    from store.summary.accounts import Accounts
    from store.summary.page import Page

    accounts = Accounts(Page([dated("a", one, FIRE.format(12)), dated("b", other, FIRE.format(15))]))
    assert [accounts.newer(0), accounts.newer(1)] == [None, None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At least 12 were killed.", {("12", "kill")}),
        ("Twelve ships left in 2031 on 3 May at 10 a.m.", {("12", "ship")}),
        ("It cost $1.13bn in dues, 45.1% more.", {("1.13", "due"), ("45.1", "more")}),
        ("One of the G7 left.", set()),
    ],
)
def test_numbers_are_known_with_what_they_count(text: str, expected: set[tuple[str, str]]) -> None:
    from store.summary.accounts import counts

    assert {(n, s) for n, s in counts(words.words(text), "en") if s != "more"} == {
        e for e in expected if e[1] != "more"
    }


def test_the_lead_of_several_stories_is_not_moved_by_many_of_one_origin() -> None:
    prices = [story(f"p{n}", f"{PRICES[0]} {n} {n}.", f"Note {n}: {n} {n + 1}.", *PRICES[1:]) for n in range(3)]
    stories = [*prices, story("r", *RIVER), story("q", *PARLIAMENT)]
    origins = {StoryId(f"p{n}"): "TNA" for n in range(3)}
    made = summary.summarise_event(stories, method="lead", sentences=1, origins=origins)
    assert made.sentences[0].story in {"r", "q"}


def test_what_hangs_on_a_sentence_left_out_is_left_out() -> None:
    hanging = "He added that the deal on the water of the Osk river between Tarsia and Vardania would hold."
    made = summary.summarise_event(
        [story("a", *RIVER), story("b", "It rained in the hills all night.", hanging)], sentences=2
    )
    assert hanging not in texts(made)


HANGING = (
    "He added that the harbour would stay closed until the end of May.",
    "That was not enough for the farmers of Hallow and Kelm.",
    "“We heard it before we saw it, and then the lights went out.”",
    "But the council of Orsk has yet to vote on the money.",
)
SENTENCES = st.lists(st.sampled_from([*RIVER, *PARLIAMENT, *PRICES, *HANGING]), max_size=6, unique=True)


@settings(max_examples=80, deadline=None)
@given(
    drawn=st.lists(SENTENCES, min_size=1, max_size=4), count=st.integers(1, 6), budget=st.none() | st.integers(5, 90)
)
def test_no_sentence_stands_without_the_one_it_hangs_on(drawn: list[list[str]], count: int, budget: int | None) -> None:
    stories = [story(str(number), *paragraphs) for number, paragraphs in enumerate(drawn)]
    made = summary.summarise_event(stories, sentences=count, words=budget)
    told = [(sentence.story, sentence.paragraph) for sentence in made.sentences]
    for at, sentence in enumerate(made.sentences):
        if sentence.text in HANGING and sentence.paragraph:
            assert at and told[at - 1] == (sentence.story, sentence.paragraph - 1), made


PIECES = st.sampled_from(
    [*RIVER, *PARLIAMENT, *PRICES, "He said so.", "“No!”", "***", "Да.", "外交部。", "THE END", "a", "", " ", "x y"]
)
STORIES = st.lists(st.lists(PIECES, max_size=5), max_size=5)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=50, deadline=None)
@given(drawn=STORIES, count=st.integers(1, 5), budget=st.none() | st.integers(1, 60))
def test_whatever_the_stories_a_summary_is_sound(
    method: str, drawn: list[list[str]], count: int, budget: int | None
) -> None:
    stories = {str(number): story(str(number), *paragraphs) for number, paragraphs in enumerate(drawn)}
    made = summary.summarise_event(list(stories.values()), method=method, sentences=count, words=budget)

    assert bool(made.sentences) == any(text.strip() for one in stories.values() for text in one.paragraphs)
    folded = [text.casefold() for text in texts(made)]
    assert len(set(folded)) == len(folded)
    for sentence in made.sentences:
        assert sentence.story is not None
        assert sentence.text in words.sentences(stories[sentence.story].paragraphs[sentence.paragraph])
    if budget is None:
        assert len(made.sentences) <= count
    elif len(made.sentences) > 1:
        assert sum(len(text.split()) for text in texts(made)) <= budget


def test_a_newer_toll_is_not_told_twice() -> None:
    toll = "In Orsk 41 people were killed when the Hallow dam broke, the ministry of the interior said."
    made = texts(
        summary.summarise_event(
            [
                dated("a", "2031-05-02", toll, *RIVER),
                dated("b", "2031-05-03", *PARLIAMENT, toll, "A vote on the dam follows."),
                dated("c", "2031-05-01", "In Orsk 12 people were killed as fishing boats and lorries were swept off."),
            ],
            sentences=12,
        )
    )
    assert made.count(toll) == 1
    assert not any("12 people" in text for text in made)


def test_no_fragment_fills_the_room_that_is_left() -> None:
    made = summary.summarise_event([story("a", *RIVER[:2], "Both welcomed it."), story("b", *PARLIAMENT)], words=60)
    assert len(made.sentences) > 1
    assert "Both welcomed it." not in texts(made)
    only = summary.summarise_event([story("a", "Tarsia signed."), story("b", "")])
    assert texts(only) == ["Tarsia signed."]


def test_who_reported_it_is_told_in_no_summary_of_an_event() -> None:
    signed = "(Reporting by Anna Vole and Karl Orst; Editing by Mira Tann of Vardania and Tarsia)"
    made = summary.summarise_event([story("a", *RIVER, signed), story("b", *PARLIAMENT)], sentences=20)
    assert RIVER[0] in texts(made)
    assert signed not in texts(made)


def test_what_stands_on_its_own_is_worth_more_than_what_hangs_and_what_is_quoted() -> None:
    page = Page(
        [
            story(
                "a",
                "Tarsia will open the Hallow dam in May.",
                "He will open the Hallow dam in May.",
                "“Tarsia will open the dam,” Anna Vole said in May.",
            )
        ]
    )
    alone, hanging, quoted = told_well(page).tolist()
    assert alone == 1
    assert hanging < quoted < alone


def test_no_half_of_a_quotation_over_two_paragraphs_is_told() -> None:
    halves = (
        "Anna Vole of Vardania said: “Tarsia broke the Hallow dam pact.",
        "Tarsia must release the water,” Anna Vole said.",
    )
    made = summary.summarise_event([story("a", *RIVER, *halves), story("b", *PARLIAMENT)], sentences=20)
    assert RIVER[0] in texts(made)
    assert not set(halves) & set(texts(made))


def test_what_is_said_already_is_not_said_again_in_other_pairs_of_words() -> None:
    said = "Tarsia and Vardania signed a pact on the Osk river on Monday."
    again = "Vardania signed a river pact with Tarsia on Monday after nine years of talks."
    made = summary.summarise_event([story("a", said, RIVER[2]), story("b", again, PARLIAMENT[1])], sentences=20)
    assert set(texts(made)) == {said, RIVER[2], PARLIAMENT[1]}


def test_what_others_have_told_piece_by_piece_is_not_told_again() -> None:
    first = (
        "Kelm Air stewards who are with child may now work on the ground until they give birth.",
        "After giving birth and taking their leave, stewards may go back to flying duties.",
    )
    again = "Kelm Air stewards can work on the ground when with child and go back to flying after giving birth."
    news = "A union of Vardania had asked for new rules since the strike in Orsk nine years ago."
    made = texts(summary.summarise_event([story("a", *first), story("b", again, news)], sentences=20))
    assert set(made) == {*first, news}


LINES = (
    "OPINION: Water and what it is worth to Tarsia",
    "© 2031 Hallow News",
    "6 questions with Anna Vole on the Hallow dam",
    "CLICK HERE for the Osk river deal of Tarsia and Vardania",
    "May 3, 2031 | 8:20 am",
)


@pytest.mark.parametrize("method", [method for method in METHODS if method != "lead"])
def test_a_line_that_ends_as_no_sentence_does_is_told_only_where_there_is_nothing_else(method: str) -> None:
    stories = [story("a", LINES[0], *RIVER, *LINES[1:3]), story("b", *LINES[3:], *PARLIAMENT)]
    made = texts(summary.summarise_event(stories, method=method, sentences=20))
    assert set(RIVER[:1]) <= set(made)
    assert not set(LINES) & set(made)
    assert texts(summary.summarise_event([story("a", *LINES), story("b")], method=method))


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["Talks failed.", "They said so”", "Rain!", "More here"], [True, False, True, False]),
        (["Talks failed.", "“They said so.”", "Really? (No.)"], [True, True, True]),
        (["การเจรจาล้มเหลว", "ไม่มีข้อตกลง", "Talks failed."], [True, True, True]),
        (["会谈失败了。", "没有协议。", "照片"], [True, True, False]),
        (["Talks failed. Photo: Vole", "It rained."], [False, True]),
        ([], []),
    ],
)
def test_lines_are_known_by_their_end(paragraphs: list[str], expected: list[bool]) -> None:
    assert ends([words.sentences(text) for text in paragraphs]) == expected


def test_the_titles_words_a_number_and_a_place_near_the_top_are_worth_more() -> None:
    told = ("It rained all night.", "The dam in Kelm held.", "It held for 12 hours.", "It rained all day.")
    page = Page([story("a", *told, title="The dam of Kelm")])
    worth = telling(page).tolist()
    assert worth[1] > worth[0] > worth[3]
    assert worth[2] > worth[3]


FERRIES = (
    "Kelm Shipping will apply for an exemption from Tarsia's sanctions on Vardania to"
    " run ferries, owner Anna Vole said."
)
MORE_FERRIES = (
    "Anna Vole, owner of Kelm Shipping, said the firm will ask for an exemption from sanctions on Vardania to offer its"
    " fleet of Hallow ferries to pilgrims, traders and students."
)


@pytest.mark.parametrize(
    "other", [MORE_FERRIES, MORE_FERRIES.replace("owner of Kelm Shipping", "who owns Kelm Shipping")]
)
def test_of_two_sentences_that_say_one_thing_with_the_same_names_one_is_told(other: str) -> None:
    for stories in (
        [story("a", FERRIES, *PRICES), story("b", other, STRIKE)],
        [story("b", other), story("a", FERRIES)],
    ):
        made = texts(summary.summarise_event(stories, sentences=20))
        assert len({FERRIES, other} & set(made)) == 1, made


@pytest.mark.parametrize(
    "lost",
    [
        "“The guards of Tarsia took them from Kelm to Orsk and hold them there,” the statement of Vardania said.",
        "The ministry of Vardania put the number of those who were moved from Kelm to Orsk at nine.",
    ],
)
def test_an_event_opens_on_the_story_that_has_its_opening(lost: str) -> None:
    lede = "ORSK, May 3 (TNA) - Tarsia released nine fishermen of Vardania on Monday after talks on the Osk river."
    stories = [story("a", lost, *RIVER), story("b", lede, STRIKE)]
    for order in (stories, stories[::-1]):
        made = texts(summary.summarise_event(order, sentences=20))
        assert {lost, lede} <= set(made)
        assert made[0] == lede


def test_where_nothing_has_a_dateline_no_event_opens_on_a_quotation_or_on_what_hangs() -> None:
    for lost in (
        "“Tarsia broke the pact on the dam,” said Vole.",
        "They were held at the Hallow dam by Tarsia for days.",
    ):
        made = texts(summary.summarise_event([story("a", lost, STRIKE), story("b", *RIVER)], sentences=20))
        assert lost in made
        assert made[0] == RIVER[0]


@pytest.mark.parametrize("method", METHODS)
def test_no_method_tells_of_an_event_what_hangs_on_a_sentence_it_does_not_tell(method: str) -> None:
    hanging = "He added that the water of the Osk river and of the Hallow dam would be shared by Tarsia and Vardania."
    speaker = "The minister, Karl Orst, was in Orsk."
    made = [
        texts(
            summary.summarise_event(
                [story("a", *RIVER, speaker, hanging), story("b", *PARLIAMENT)], method=method, sentences=n
            )
        )
        for n in (1, 2, 3, 4, 5)
    ]
    assert all(speaker in told for told in made if hanging in told)


@pytest.mark.parametrize("method", [method for method in METHODS if method != "lead"])
def test_what_hangs_is_kept_from_standing_alone_though_all_other_stories_are_copies(method: str) -> None:
    hanging = "He added that the water of the Osk river and of the Hallow dam would be shared by Tarsia and Vardania."
    told = (*RIVER, "The minister, Karl Orst, was in Orsk.", hanging)
    for count in range(1, 5):
        made = texts(summary.summarise_event([story("a", *told), story("b", *told)], method=method, sentences=count))
        assert hanging not in made or made[made.index(hanging) - 1] == told[-2], made


@pytest.mark.parametrize("method", METHODS)
def test_what_differs_in_marks_alone_is_told_once(method: str) -> None:
    variants = (
        "The talks failed.",
        "The talks failed!",
        "“The talks failed.”",
        "THE TALKS FAILED?",
        "‘The talks’ failed",
    )
    stories = [story("a", *variants, *RIVER), story("b", *variants[::-1], *PARLIAMENT)]
    made = summary.summarise_event(stories, method=method, sentences=20)
    alone = summary.summarise(stories[0], method=method, sentences=20)
    for told in (texts(made), texts(alone)):
        assert sum("talks" in text.lower() for text in told) <= 1, told
    assert texts(alone)


@pytest.mark.parametrize(("one", "other"), [("3.5 percent", "35 percent"), ("It’s so.", "Its so."), ("***", "???")])
def test_what_differs_in_more_than_marks_is_two_sentences(one: str, other: str) -> None:
    from store.summary.budget import key_of

    assert key_of(one) != key_of(other)


def test_what_opens_a_story_hangs_on_nothing_in_the_story_before() -> None:
    opening = "They share the Hallow dam and the Osk river, Tarsia said of Vardania and its water."
    others = (
        "Tarsia and Vardania share the water of the Osk river.",
        "Water of the Hallow dam and river is what Vardania needs.",
    )
    stories = [story("a", *PRICES), story("b", opening), story("c", *others)]
    assert texts(summary.summarise_event(stories, method="textrank", sentences=1)) == [opening]
