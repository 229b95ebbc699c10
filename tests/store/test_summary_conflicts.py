"""Summaries of events whose stories conflict: opposites, what was withdrawn, what was put right."""

from __future__ import annotations

import pytest

from store import summary
from store.model import Head, Passage, Story, StoryId, Summary
from store.summary.corrections import corrections
from store.summary.stances import opposed, stance
from store.summary.withdrawn import corrects, standing, takes_back
from store.text import words

ROAD = (
    "Lorries stood in a queue of nine kilometres on the road to Orsk.",
    "Traders put the loss at 2 million thalers a day.",
)
LEAGUE = (
    "Ministers of both countries will meet in Hallow on Friday.",
    "The League offered to send observers to the crossing.",
)
DAYS = (("2031-05-01", "2031-05-03"), ("2031-05-01T09:00", "2031-05-01T18:00"))


def story(name: str, *paragraphs: str, title: str = "", day: str | None = None, outlet: str | None = None) -> Story:
    return Story(StoryId(name), Head(title, published=day, outlet=outlet), tuple(map(Passage, paragraphs)))


def texts(made: Summary) -> list[str]:
    return [sentence.text for sentence in made.sentences]


def ids(stories: tuple[Story, ...]) -> list[str]:
    return [story.id for story in stories]


OPPOSITES = [
    ("Tarsia has closed its border with Vardania.", "The border of Tarsia with Vardania is open again."),
    (
        "Tarsia confirmed that its planes struck a depot near Orsk.",
        "Tarsia denied that its planes struck a depot near Orsk.",
    ),
    ("Tarsia will not sign the treaty on the Osk river.", "Tarsia will sign the treaty on the Osk river after all."),
    ("The talks on the Osk dam were suspended over the raid.", "The talks on the Osk dam resumed after the raid."),
    ("Vardania imposed a ban on grain from Tarsia.", "Vardania lifted its ban on grain from Tarsia."),
    ("Police in Kelm arrested opposition leader Mira Tolmen.", "Opposition leader Mira Tolmen was released by police."),
    ("The League cancelled the election in Ostmar.", "The League said the election in Ostmar would proceed."),
    ("The envoy of Ostmar accepted the plan for the dam.", "The envoy of Ostmar rejected the plan for the dam."),
    (
        "General Ivo Marn was killed in a raid on Hallow.",
        "State television retracted its report that Ivo Marn was killed in a raid on Hallow.",
    ),
]


@pytest.mark.parametrize(("older", "newer"), OPPOSITES)
@pytest.mark.parametrize("days", DAYS)
def test_of_a_sentence_and_its_opposite_the_newer_stands(older: str, newer: str, days: tuple[str, str]) -> None:
    both = ((older, newer), (newer, older)) if "retracted" not in newer else ((older, newer),)
    for first, last in both:
        stories = [story("a", first, *ROAD, day=days[0]), story("b", last, *LEAGUE, day=days[1])]
        for order in (stories, stories[::-1]):
            made = summary.summarise_event(order, sentences=9)
            assert first not in texts(made)
            assert last in texts(made)
            assert {sentence.support for sentence in made.sentences} == {1}


def test_where_no_date_tells_what_is_so_again_is_the_newer() -> None:
    older, newer = OPPOSITES[0]
    for order in ([older, newer], [newer, older]):
        made = summary.summarise_event(
            [story(str(n), text, *(ROAD, LEAGUE)[n]) for n, text in enumerate(order)], sentences=9
        )
        assert newer in texts(made)
        assert older not in texts(made)


@pytest.mark.parametrize(
    ("one", "other", "lang"),
    [
        ("The border is no longer closed.", "The border is closed.", "en"),
        ("The border, closed on Monday, is open again.", "The border is closed.", "en"),
        ("Vole refused to sign the pact on the dam.", "Vole signed the pact on the dam.", "en"),
        ("Nobody was hurt in the blast in Orsk.", "Four dockers were hurt in the blast in Orsk.", "en"),
        ("Troops crossed the Osk on Monday.", "Tarsia denied that troops had crossed the Osk.", "en"),
        ("La frontière avec la Vardanie est fermée.", "La frontière avec la Vardanie a rouvert.", "fr"),
        ("Las conversaciones fueron suspendidas.", "Las conversaciones se reanudaron.", "es"),
        ("Die Grenze zu Vardanien ist geschlossen.", "Die Grenze zu Vardanien ist wieder offen.", "de"),
        ("Тарсия закрыла границу с Варданией.", "Граница с Варданией снова открыта.", "ru"),
        ("Тарсія закрила кордон з Варданією.", "Кордон з Варданією знову відкрито.", "uk"),
        ("Tarsiya sınır kapısını kapattı.", "Tarsiya sınır kapısını açtı.", "tr"),
        ("أغلقت تارسيا الحدود مع فاردانيا", "فتحت تارسيا الحدود مع فاردانيا", "ar"),
    ],
)
def test_opposites_are_known(one: str, other: str, lang: str) -> None:
    mine, theirs = (stance(words.words(text), lang) for text in (one, other))
    assert opposed(mine, theirs)
    assert opposed(theirs, mine)
    assert not opposed(mine, mine)
    assert not opposed(theirs, theirs)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The embassy in Orsk is closed.", "The airport in Orsk is open."),
        ("The border is not closed, Tarsia said.", "The border is open, Tarsia said."),
        ("Tarsia denied shelling Orsk.", "Tarsia denied on Monday that it had shelled Orsk."),
        ("The dam is not only old but leaks.", "The dam is old and leaks."),
        ("Vole did not say when talks would go on.", "Talks in Hallow went on for nine hours."),
        ("", "The border is closed."),
    ],
)
def test_what_is_no_opposite_is_not_taken_for_one(one: str, other: str) -> None:
    mine, theirs = (stance(words.words(text), "en") for text in (one, other))
    assert not opposed(mine, theirs)
    assert not opposed(theirs, mine)


def test_what_befell_another_overturns_nothing() -> None:
    held = "Police in Orsk arrested three men for the murder of Mira Tolmen."
    nobody = "No one has been arrested for the murder of Karl Arvald."
    stories = [story("a", held, *ROAD, day="2031-05-01"), story("b", nobody, *LEAGUE, day="2031-05-02")]
    assert {held, nobody} <= set(texts(summary.summarise_event(stories, sentences=9)))


def test_a_toll_that_was_lowered_stands_alone() -> None:
    older = "The landslide in Orsk killed 41 people, the mayor said."
    newer = "Officials lowered the death toll of the landslide in Orsk to 38 after some were found alive."
    stories = [story("a", older, *ROAD, day="2031-05-01"), story("b", newer, *LEAGUE, day="2031-05-03")]
    for order in (stories, stories[::-1]):
        made = texts(summary.summarise_event(order, sentences=9))
        assert (newer in made, older in made) == (True, False)
    assert older not in new(stories, "b")


def test_two_that_differ_in_number_do_not_overturn_each_other() -> None:
    held = "Vardania detained 12 fishermen of Tarsia near Kelm."
    freed = "Vardania released 3 fishermen of Tarsia near Kelm."
    made = summary.summarise_event(
        [story("a", held, *ROAD, day="2031-05-01"), story("b", freed, *LEAGUE, day="2031-05-02")], sentences=9
    )
    told = [text for text in texts(made) if text in (held, freed)]
    assert told == [freed, held]


SHUT = "Tarsia has closed its border with Vardania after a shooting at the Kelm bridge."
HEADED = "Tarsia closes border with Vardania after shooting"
MEETING = "Ministers of Tarsia and Vardania will meet on Friday to discuss the Kelm bridge, both capitals said."
TOLD = story("told", SHUT, *ROAD, title=HEADED, day="2031-05-01", outlet="TNA")
COPY = story("copy", SHUT, *ROAD, title="Border shut", day="2031-05-01", outlet="Herald")
OTHER = story("other", MEETING, *LEAGUE, title="Ministers to meet", day="2031-05-01", outlet="Courier")
NOTICES = (
    story("notice", "No substitute will be issued.", title=f"KILL: {HEADED}", day="2031-05-02", outlet="TNA"),
    story(
        "notice",
        "Editors, please disregard the story on the border that Tarsia closed, which rested on a forged letter.",
        title="ADVISORY: withdrawn",
        day="2031-05-02",
        outlet="TNA",
    ),
    story(
        "notice",
        f"TNA has withdrawn its story headlined “{HEADED}”.",
        title=f"Story withdrawn: {HEADED}",
        outlet="TNA",
    ),
    story(
        "notice",
        "The agency TNA retracted its story on the closing of the border by Tarsia after the shooting at Kelm.",
        title="TNA retracts story on border shooting",
        day="2031-05-02",
        outlet="Courier",
    ),
)


@pytest.mark.parametrize("notice", NOTICES)
def test_what_was_withdrawn_neither_stands_nor_counts(notice: Story) -> None:
    assert takes_back(notice)
    assert SHUT in texts(summary.summarise_event([TOLD, COPY, OTHER], sentences=9))
    assert ids(standing([TOLD, COPY, OTHER, notice], {})) == ["other", "notice"]
    for method in ("event", "lead", "lexrank"):
        made = summary.summarise_event([TOLD, COPY, OTHER, notice], method=method, sentences=9)
        assert not {SHUT, *ROAD} & set(texts(made))
        assert {sentence.support for sentence in made.sentences} == {1}


def test_an_origin_tells_whose_story_is_withdrawn() -> None:
    told, notice = (
        Story(one.id, Head(one.head.title, published=one.head.published), one.passages) for one in (TOLD, NOTICES[0])
    )
    origins = {StoryId("told"): "TNA", StoryId("notice"): "TNA"}
    assert ids(standing([told, OTHER, notice], origins)) == ["other", "notice"]


@pytest.mark.parametrize(
    "title",
    [
        "Tarsia withdraws troops from the Kelm bridge",
        "Ministry withdraws its report on the shooting at the Kelm bridge",
        "Envoy retracts remark on the border",
        "Kill or be killed: the war of the Osk valley",
    ],
)
def test_a_story_of_a_withdrawal_takes_back_no_story(title: str) -> None:
    newer = story("newer", MEETING, title=title, day="2031-05-02", outlet="TNA")
    assert ids(standing([TOLD, newer], {})) == ["told", "newer"]


def test_a_notice_takes_back_neither_newer_nor_other_stories() -> None:
    newer = story("newer", SHUT, title=HEADED, day="2031-05-03", outlet="TNA")
    elsewhere = story("elsewhere", SHUT.replace("has closed", "closed"), title=HEADED, day="2031-05-01", outlet="Post")
    unlike = story("unlike", "Bread grew dearer in Orsk.", title="Bread prices", day="2031-05-01", outlet="TNA")
    assert ids(standing([newer, elsewhere, unlike, NOTICES[0]], {})) == ["newer", "elsewhere", "unlike", "notice"]


def test_where_all_was_withdrawn_the_notice_stands() -> None:
    assert ids(standing([TOLD, NOTICES[0]], {})) == ["notice"]
    assert texts(summary.summarise_event([TOLD, NOTICES[0]])) == ["No substitute will be issued."]


DEAD = "A fire in the harbour of Orsk killed {} dockers, the mayor said."
FIRE = story("told", DEAD.format(21), *ROAD, title="Fire kills 21 in Orsk", day="2031-05-01", outlet="TNA")
ALSO = story("also", "At least 21 dockers died in the fire in the harbour of Orsk.", *LEAGUE, day="2031-05-01")


def test_a_corrected_version_takes_the_place_of_the_first() -> None:
    version = story(
        "version",
        "(Corrects number of dead in first paragraph to 12 from 21)",
        DEAD.format(12),
        *ROAD,
        title="CORRECTED-Fire kills 12 in Orsk",
        day="2031-05-01",
        outlet="TNA",
    )
    assert corrects(version)
    for order in ([FIRE, ALSO, version], [version, ALSO, FIRE]):
        made = texts(summary.summarise_event(order, sentences=9))
        assert DEAD.format(12) in made
        assert not any("21" in text for text in made), made


@pytest.mark.parametrize(
    "said",
    [
        "Correction: A story on the fire in the harbour of Orsk gave a wrong number of dead. It was 12, not 21.",
        "Correction: The fire in the harbour of Orsk killed 12 dockers, not 21.",
        "CORRECTION: A story on the harbour fire in Orsk mistakenly said 21 dockers had died. The toll is 12.",
    ],
)
def test_a_number_that_was_put_right_does_not_stand_and_is_not_split_from_its_correction(said: str) -> None:
    note = story("note", said, title="Correction: Fire in Orsk", day="2031-05-02", outlet="TNA")
    for count in range(1, 9):
        made = texts(summary.summarise_event([FIRE, ALSO, note], sentences=count))
        assert DEAD.format(21) not in made
        assert ALSO.paragraphs[0] not in made
        parts = words.sentences(said)
        assert not set(parts) & set(made) or set(parts) <= set(made), made


def test_a_newer_story_may_give_the_number_again() -> None:
    note = story("note", "Correction: The fire in the harbour of Orsk killed 12 dockers, not 21.", day="2031-05-02")
    risen = story("risen", "The toll of the fire in the harbour of Orsk rose to 21 dockers.", day="2031-05-09")
    assert risen.paragraphs[0] in texts(summary.summarise_event([FIRE, note, risen], sentences=9))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("(Corrects toll to 12 from 21)", {"21"}),
        ("Correction: 12 people died, not 21.", {"21"}),
        ("Correction: It cost 3.5 million, not 35 million.", {"35"}),
        ("Correction: They are twelve, not twenty.", {"20"}),
        ("CORRECTED: Turnout rose to 12 percent instead of 21 percent.", {"21"}),
        ("Correction: It is not 21 but 12.", {"21"}),
        ("Correction: The name is Vole, not Vola.", set()),
        ("He was correct to say 12, not 21.", set()),
    ],
)
def test_the_wrong_number_is_read_from_a_correction(said: str, expected: set[str]) -> None:
    found = [number for one in corrections(story("a", said), "en") for number in one.wrong]
    assert set(found) == expected


def new(stories: list[Story], *read: str, sentences: int = 9) -> list[str]:
    return texts(summary.summarise_new(stories, {StoryId(name) for name in read}, sentences=sentences))


@pytest.mark.parametrize(("older", "newer"), OPPOSITES)
def test_what_a_newer_read_story_took_back_is_not_new(older: str, newer: str) -> None:
    stories = [story("a", older, *ROAD, day="2031-05-01"), story("b", newer, *LEAGUE, day="2031-05-03")]
    assert new(stories, "b") == list(ROAD)
    assert newer in new(stories, "a")


def test_an_older_number_than_one_that_was_read_is_not_new() -> None:
    stories = [
        story("a", DEAD.format(12), *ROAD, day="2031-05-01"),
        story("b", DEAD.format(21), *LEAGUE, day="2031-05-03"),
    ]
    assert new(stories, "b") == list(ROAD)
    assert DEAD.format(21) in new(stories, "a")


def test_what_was_withdrawn_is_not_new_and_what_was_read_of_it_holds_nothing() -> None:
    assert SHUT not in new([TOLD, OTHER, NOTICES[0]], "other")
    shut = "Vardania said that Tarsia has shut its border after a shooting at the Kelm bridge."
    again = story("again", shut, day="2031-05-04", outlet="Post")
    assert shut in new([TOLD, OTHER, NOTICES[0], again], "told", "other")
    assert shut not in new([TOLD, OTHER, again], "told", "other")


def test_news_stands_newest_story_first_and_in_the_order_of_the_text() -> None:
    early = (
        "Bread grew dearer in Orsk for the fourth month.",
        "The mayor of Kelm lost his seat to Mira Tolmen.",
        "Rain fell.",
    )
    late = (
        "A ferry sank off Hallow with 60 passengers aboard.",
        "Vardania will vote on the treaty in June, its speaker said.",
    )
    stories = [story("a", *ROAD), story("b", *early, day="2031-05-02"), story("c", *late, day="2031-05-03")]
    told = new(stories, "a")
    assert [text for text in (*late, *early) if text in told] == told
    assert len(told) >= 4
    assert new(stories, "a", sentences=2) == list(late)


def test_what_a_correction_repeats_is_told_by_nobody() -> None:
    blast = "The explosion killed five people at the dam of Orsk."
    visit = "President Tilda Roon will visit the dam at Orsk on Saturday."
    told = story(
        "a", "A gas bottle killed five people at the dam of Orsk on Thursday.", visit, day="2031-05-02", outlet="Aldine"
    )
    right = "The president's office says that she will visit it on Sunday."
    notice = story(
        "b",
        "In a story of May 2 about the explosion, Aldine reported that President Tilda Roon would visit the dam on "
        f"Saturday. {right} {blast}",
        title="CORRECTION: Orsk dam blast",
        day="2031-05-03",
        outlet="Aldine",
    )
    divers = story("c", "Twelve divers came to the dam of Orsk on Friday to look at its wall.", *ROAD, day="2031-05-02")
    made = texts(summary.summarise_event((told, notice, divers), sentences=8))
    assert not [text for text in made if "Saturday" in text]
    assert right in made
