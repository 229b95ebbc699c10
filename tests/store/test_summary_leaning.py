"""Sentences that lean on others, and halves of quotations."""

from __future__ import annotations

import pytest

from store import summary
from store.model import Head, Passage, Story, StoryId, Summary
from store.summary.leaning import leans, pointed_to
from store.summary.quotes import half

LEDE = "Tarsia and Vardania agreed on Monday to share the water of the Osk river, ending a dispute of nine years."
MORE = (
    "Under the deal, Tarsia will release 40 percent of the water held by the Hallow dam between May and September.",
    "Farmers in the south of Vardania lost a third of their harvest last year.",
)
OTHER = (
    "Vardania's parliament will vote next week on the deal to share the water of the Osk river with Tarsia.",
    "Anna Vole, who leads the opposition, said her party would vote against the deal.",
)
LEANING = (
    "Tarsia was aware of this when the water of the Hallow dam fell.",
    "The League of Vardania and Tarsia is aware of this.",
    "Vardania would regard such a step as a breach of the Osk treaty with Tarsia.",
    "Farmers of Vardania liked her list of demands on the Hallow dam and the Osk.",
    "The water of the Osk and the Hallow dam is what the latter wants.",
    "On the Hallow dam, envoys of Tarsia had met both men in secret.",
    "That figure for the water of the Osk is disputed by Tarsia and by Vardania.",
    "The ministry of Vardania doubts that figure for the Hallow dam.",
    "Police said he broke the lock of the Hallow dam.",
    "The two met in Hallow to share the water of the Osk river.",
    "Three days later, Tarsia shut the Hallow dam.",
    "In return, Vardania will share the water of the Osk river with Tarsia.",
    "One of them holds the water of the Osk river behind the Hallow dam.",
    "The same is true of the water of the Osk that Tarsia and Vardania share.",
    "Tarsia said of the Osk treaty that those proposals go too far.",
)
STANDING = (
    "Anna Vole said her party would vote against the deal.",
    "In his speech, Orlan Tev said the dam would stay.",
    "Asked whether he would go, Foreign Minister Orlan Tev shook his head.",
    "Tolmen said she would read the treaty first.",
    "A fisherman said he had seen the lights.",
    "Both sides of the Osk river belong to Tarsia, Vardania said.",
    "Tarsia said that talks in Hallow would go on this week.",
    "The envoy of Ostmar said that figures for May were not ready.",
    "Such talks as these take place in Hallow every year.",
    "The former minister was sentenced to six years in prison.",
    "He is such a man that nobody in Orsk would cross him.",
    "Two weeks before the vote in Ostmar the prices rose.",
    "Lily is on her way to Kelm.",
    "",
)


def story(name: str, *paragraphs: str, lang: str | None = None) -> Story:
    return Story(StoryId(name), Head("", language=lang), tuple(map(Passage, paragraphs)))


def texts(made: Summary) -> list[str]:
    return [sentence.text for sentence in made.sentences]


@pytest.mark.parametrize("text", LEANING)
def test_what_leans_on_another_sentence_is_known(text: str) -> None:
    # "That ..." is told by its first word, elsewhere.
    assert leans(text) or text.startswith("That")


@pytest.mark.parametrize("text", STANDING)
def test_what_stands_on_its_own_leans_on_nothing(text: str) -> None:
    assert not leans(text)


def test_what_is_pointed_to_is_named() -> None:
    assert pointed_to("The ministry doubts that figure for the dam.") == "figure"
    assert pointed_to("Tarsia said those proposals go too far.") == "proposals"
    assert pointed_to("Tarsia shut the dam.") == ""


@pytest.mark.parametrize("method", ["event", "lexrank"])
@pytest.mark.parametrize("leaning", LEANING)
def test_what_leans_on_a_sentence_is_told_behind_it_or_not_at_all(leaning: str, method: str) -> None:
    before = "It snowed in the hills."  # hangs itself, and says nothing
    stories = [story("a", LEDE, *MORE), story("b", *OTHER, before, leaning)]
    for count in (1, 2, 3, 4, 5, 6):
        made = texts(summary.summarise_event(stories, method=method, sentences=count))
        if leaning in made:
            assert {OTHER[1], before, OTHER[0]} & set(made[: made.index(leaning)]), made


@pytest.mark.parametrize("leaning", LEANING[:4])
def test_new_brings_along_what_a_sentence_leans_on(leaning: str) -> None:
    before = "Orlan Tev has hidden the plans of a second dam in Kelm."
    stories = [story("a", LEDE, *MORE), story("b", OTHER[0], before, leaning)]
    for count in (1, 2, 3):
        made = texts(summary.summarise_new(stories, {StoryId("a")}, sentences=count))
        assert leaning not in made or made[made.index(leaning) - 1] == before, made


def test_what_is_pointed_to_may_be_told_by_another_story() -> None:
    figure = "The ministry of Vardania put the figure for the dam at 9 million thalers."
    doubt = "Engineers of Ostmar in Kelm doubt that figure, which leaves out the roads and the bridge."
    stories = [
        story("a", figure, *MORE),
        story("b", *OTHER, "It rained.", "It snowed.", "It froze.", "It thawed.", doubt),
    ]
    assert doubt in texts(summary.summarise_event(stories, sentences=12))
    without = [story("a", LEDE, *MORE), stories[1]]
    assert doubt not in texts(summary.summarise_event(without, sentences=12))


def test_other_languages_lean_on_nothing_by_english_words() -> None:
    told = "Her ülke bunu Osk nehrinin suyu ve Hallow barajı üzerine yapılan görüşmede söyledi his her."
    assert told in texts(
        summary.summarise_event([story("a", told, lang="tr"), story("b", LEDE, lang="en")], sentences=4)
    )


HALVES = (
    "Anna Vole of Vardania said: “Tarsia broke the pact on the Hallow dam and the Osk river.",
    "Tarsia broke the pact on the Hallow dam and the Osk river,” Anna Vole of Vardania said.",
    'Anna Vole of Vardania said: "Tarsia broke the pact on the Hallow dam and the Osk river.',
    'Tarsia broke the pact on the Hallow dam and the Osk river," Anna Vole of Vardania said.',
    "Anna Vole de Vardanie : « La Tarsie a rompu le pacte du barrage de Hallow.",
)


@pytest.mark.parametrize("part", HALVES)
def test_no_half_of_a_quotation_is_told_of_an_event(part: str) -> None:
    assert half(part, straight=True)
    stories = [story("a", LEDE, *MORE), story("b", *OTHER, part)]
    assert part not in texts(summary.summarise_event(stories, sentences=12))
    assert part not in texts(summary.summarise_new(stories, {StoryId("a")}, sentences=12))


@pytest.mark.parametrize("part", HALVES[:2])
def test_half_of_a_quotation_is_told_of_a_story_after_all_else(part: str) -> None:
    one = story("a", part, LEDE, *MORE)
    assert part not in texts(summary.summarise(one, sentences=3))
    assert texts(summary.summarise(story("b", part))) == [part]


@pytest.mark.parametrize(
    "text",
    [
        "“Tarsia broke the pact,” Vole said.",
        '"Tarsia broke the pact," Vole said.',
        '“Fat Orlan" fled to Kelm.',
        "„Nein“, sagte Vole.",
        "»Nein«, sagte Vole.",
        "Vole called it «war».",
        'The gun is 6" wide.',
        "It’s Vole’s dam.",
        "",
    ],
)
def test_a_whole_quotation_is_no_half(text: str) -> None:
    assert not half(text, straight=True)
