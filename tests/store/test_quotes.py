"""Who said what: direct and indirect quotes, their speakers, and the same in two wordings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.model import Head, Passage, Quote, Story, StoryId
from store.quotes import quotes, sayings


def told(*paragraphs: str, language: str | None = "en") -> Story:
    return Story(StoryId("s"), Head("Title", language=language), tuple(Passage(text) for text in paragraphs))


def said(*paragraphs: str) -> list[tuple[str, str, bool]]:
    """(speaker, text, direct) of each quote."""
    return [(q.speaker, q.text, q.direct) for q in quotes(told(*paragraphs))]


MAROVIN = "Foreign Minister Dessa Marovin arrived in Orsevan on Monday."


@pytest.mark.parametrize(
    ("text", "speaker", "quote"),
    [
        ("“The straits are no street,” Dessa Marovin told reporters.", "Dessa Marovin", "The straits are no street"),
        ("“The straits are no street,” said Dessa Marovin.", "Dessa Marovin", "The straits are no street"),
        ("Dessa Marovin said: “The straits are no street.”", "Dessa Marovin", "The straits are no street."),
        ("Dessa Marovin said in Orsevan, “The straits are open.”", "Dessa Marovin", "The straits are open."),
        ('"The straits are open", said the ministry in Maldrin.', "the ministry in Maldrin", "The straits are open"),
        ("Marovin: “The straits are no street.”", "Dessa Marovin", "The straits are no street."),
        ("“The straits are no street,” Marovin, 61, said on Monday.", "Dessa Marovin", "The straits are no street"),
        ("“The straits are no street,” Maroven said.", "Dessa Marovin", "The straits are no street"),
        ("“The straits are no street,” the foreign minister said.", "Dessa Marovin", "The straits are no street"),
        ("“The straits are open,” said police spokesman Oto Brack, waving.", "Oto Brack", "The straits are open"),
        ("“The straits are open,” said Dr. Oto Brack of the harbour office.", "Oto Brack", "The straits are open"),
    ],
)  # fmt: skip
def test_a_direct_quote_goes_to_the_speaker_beside_it(text: str, speaker: str, quote: str) -> None:
    assert said(MAROVIN, text) == [(speaker, quote, True)]


@pytest.mark.parametrize(
    ("text", "speaker", "clause"),
    [
        ("Rusa Pellin said that the dues would stay.", "Rusa Pellin", "the dues would stay"),
        ("Rusa Pellin said on Monday the dues would stay.", "Rusa Pellin", "the dues would stay"),
        ("Rusa Pellin said Thursday the dues would stay.", "Rusa Pellin", "the dues would stay"),
        ("The dues would stay, Rusa Pellin said on Monday.", "Rusa Pellin", "The dues would stay"),
        ("According to Rusa Pellin, the dues would stay.", "Rusa Pellin", "the dues would stay"),
        ("The dues would stay, according to the ministry.", "the ministry", "The dues would stay"),
        ("The dues, officials say, will stay until June.", "officials", "The dues, will stay until June"),
        ("Rusa Pellin told reporters in Maldrin that the dues would stay.", "Rusa Pellin", "the dues would stay"),
        ("Rusa Pellin left early and said that the dues would stay.", "Rusa Pellin", "the dues would stay"),
        ("Her colleague, Joren Halpas, said that the dues would go.", "Joren Halpas", "the dues would go"),
        ("Joren Halpas, mayor of Tarn, Vardania, said the dues would go.", "Joren Halpas", "the dues would go"),
        ("Kestria’s navy called the ship “a floating ruin”.", "Kestria’s navy", "the ship “a floating ruin”"),
        ("Sorin Halk asked why the yard was open.", "Sorin Halk", "why the yard was open"),
        ("The opposition demanded that the navy sail at once.", "the opposition", "the navy sail at once"),
        ("Two officials in Senuta said that shots had been fired.", "two officials in Senuta", "shots had been fired"),
        ("The Union said it was “following this”, a phrase of old.", "the Union", "it was “following this”"),
    ],
)  # fmt: skip
def test_a_reported_clause_goes_to_who_reports_it(text: str, speaker: str, clause: str) -> None:
    assert said(text) == [(speaker, clause, False)]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “green corridor” was closed on Monday.",
        "The crew was told that the ship would stay.",
        "Rusa Pellin did not say that the dues would stay.",
        "The owners paid for a line that they say was never broken.",
        "Halpas read “The Strait and I” on the train.",
        "The group claimed responsibility for the fire.",
        "Reports of a shooting ran for hours.",
        "“The end of the road,” a film about the straits, opens on Friday.",
    ],
)
def test_what_nobody_says_is_no_quote(text: str) -> None:
    assert said(text) == []


def test_a_quote_goes_on_behind_its_speaker() -> None:
    assert said("“Nobody slammed a door,” Tormod Eskeld said. “That counts as architecture.”") == [
        ("Tormod Eskeld", "Nobody slammed a door", True),
        ("Tormod Eskeld", "That counts as architecture.", True),
    ]


def test_a_speech_goes_on_in_the_next_paragraph() -> None:
    assert said("“We dredge the channel,” Rusa Pellin said. “We light it.", "“Nobody ever thanked us for it.”") == [
        ("Rusa Pellin", "We dredge the channel", True),
        ("Rusa Pellin", "We light it.", True),
        ("Rusa Pellin", "Nobody ever thanked us for it.", True),
    ]


def test_she_is_the_person_spoken_of_and_it_the_body() -> None:
    found = said(
        "The ministry rejected the note.",
        "Rusa Pellin smiled.",
        "She said that it was late.",
        "It said that the note was lost.",
    )
    assert [speaker for speaker, *_ in found] == ["Rusa Pellin", "the ministry"]


@pytest.mark.parametrize(
    ("before", "text", "speaker"),
    [
        ("Oto Brack asked Rusa Pellin what the dues were for.", "She said they paid for lights.", "Rusa Pellin"),
        ("Oto Brack asked Rusa Pellin what the dues were for.", "“They pay for lights,” she said.", "Rusa Pellin"),
        ("“What are they for?” Oto Brack asked Rusa Pellin.", "She said they paid for lights.", "Rusa Pellin"),
        ("Oto Brack asked Rusa Pellin about the dues.", "She said they paid for lights.", "Rusa Pellin"),
        ('"What are they for?" Brack asked Pellin.', "He said Oto Brack and Rusa Pellin knew.", "Rusa Pellin"),
        ("Rusa Pellin sat. Oto Brack asked her what it meant.", "“It means no,” she said.", "Rusa Pellin"),
        ("Mr Oto Brack met Ms Rusa Pellin. Brack sat down.", "She said that it was late.", "Rusa Pellin"),
        ("When Oto Brack came, the hall was empty.", "“I like it so,” he said.", "Oto Brack"),
        ("Foreign Minister Rusa Pellin and Defence Minister Oto Brack met. Brack said that it rained.",
         "“It will stop,” the minister said.", "Oto Brack"),
        ("Envoy Oto Brack left. Former Envoy Rusa Pellin said that it was late.", "The envoy said that he knew.",
         "Oto Brack"),
        ("The Minister of Foreign Affairs, Mrs. Rusa Pellin, spoke. It rained.", "“We stay,” the Minister declared.",
         "Rusa Pellin"),
        ("The mayor is Oto Brack. Mayor Brack said that it was late.", "The politician said that he knew.",
         "Oto Brack"),
    ],
)  # fmt: skip
def test_a_pronoun_or_office_is_who_was_asked_or_holds_it(before: str, text: str, speaker: str) -> None:
    assert said(before, text)[-1][0] == speaker


@pytest.mark.parametrize(
    ("text", "speaker", "clause"),
    [
        ("Oto Brack told state radio late on Monday eleven ships had sailed.", "Oto Brack", "eleven ships had sailed"),
        ("Solmark's Prime Minister Oto Brack said that it was late.", "Oto Brack", "it was late"),
        ("Oto Brack asked Rusa Pellin what it meant, and she said it was late.", "Oto Brack", "what it meant"),
        ("Oto Brack warned she would pay.", "Oto Brack", "she would pay"),
        ("Reacting sharply, former Mayor Oto Brack alleged that it was late.", "Oto Brack", "it was late"),
        ("One of them, Oto Brack of Tarn Lines, said that it was late.", "Oto Brack", "it was late"),
        ("Union Minister of State for Trade Oto Brack said that it was late.", "Oto Brack", "it was late"),
        ("Chairman of the Board on Marine Affairs Oto Brack said that it was late.", "Oto Brack", "it was late"),
        ("Per the ministry, the dues would stay.", "the ministry", "the dues would stay"),
        ("Oto Brack hopes; the harbour, he concedes, is shut.", "Oto Brack", "the harbour, is shut"),
    ],
)  # fmt: skip
def test_a_clause_without_that_or_with_a_long_office_is_reported(text: str, speaker: str, clause: str) -> None:
    assert said(text) == [(speaker, clause, False)]


def test_in_his_words_is_who_spoke_last() -> None:
    found = said(
        "Oto Brack said that it was late.", "In his words, the dues would stay.", "According to him, the crew knew."
    )
    assert [speaker for speaker, *_ in found] == ["Oto Brack"] * 3


def test_what_somebody_is_called_behind_an_as_is_no_quote() -> None:
    assert said("The post that Rusa Pellin described as “a broom with a flag” is free.") == []


def test_a_surname_of_two_people_stays_a_surname() -> None:
    found = said("Arno Tessel met Birgit Tessel in Velo.", "“We sold the barge,” Tessel said.")
    assert found == [("Tessel", "We sold the barge", True)]


def test_a_clause_that_is_all_in_marks_is_a_direct_quote() -> None:
    assert said("Solmark’s ministry said that “what you were told is not true”.") == [
        ("Solmark’s ministry", "what you were told is not true", True)
    ]


def test_quotes_know_their_paragraph_and_verb() -> None:
    (quote,) = quotes(told("It rained.", "“We shall see,” Rusa Pellin added."))
    assert (quote.paragraph, quote.verb, quote.story) == (1, "added", "s")


def test_a_story_in_a_language_without_rules_has_no_quotes() -> None:
    assert quotes(told("“We shall see,” Rusa Pellin said.", language="sw")) == ()


@pytest.mark.parametrize(
    ("language", "text", "speaker", "quote"),
    [
        ("fr", "« On achète du temps », dit la ministre, Élodie Vauclair.", "Élodie Vauclair", "On achète du temps"),
        ("es", "«No compramos nada», afirmó el ministro Joren Halpas.", "Joren Halpas", "No compramos nada"),
        ("de", "„Wir kaufen nichts“, sagte Minister Joren Halpas am Montag.", "Joren Halpas", "Wir kaufen nichts"),
        ("ru", "«Второе нам полезнее», — сказал посол в Солмарке Ферн Додар.", "Ферн Додар", "Второе нам полезнее"),
        ("uk", "«Ми не купуємо стіну», — заявила посол Лів Харранд.", "Лів Харранд", "Ми не купуємо стіну"),
        ("tr", "Bakan Joren Halpas, “Duvar satın almıyoruz.” dedi.", "Joren Halpas", "Duvar satın almıyoruz."),
    ],
)  # fmt: skip
def test_a_direct_quote_in_another_language_goes_to_the_name_beside_it(
    language: str, text: str, speaker: str, quote: str
) -> None:
    assert [(q.speaker, q.text) for q in quotes(told(text, language=language))] == [(speaker, quote)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "« Nous achetons du temps », a-t-il déclaré."),
        ("fr", "Il a déclaré que le temps était cher."),
        ("de", "Als Joren Halpas kam, sagte der Hafenmeister, dass es spät sei."),
        ("de", "Joren Halpas sagte nicht, dass es spät sei."),
        ("fr", "L’opposition lui reproche d’avoir « vendu la pluie à des gens ». Elle rit."),
        ("de", "„Wir kaufen keine Mauer“, sagte ein Sprecher des Auswärtigen Amtes."),
        ("ru", "Пароход «Ферн Додар» вышел в море, сказал он."),
    ],
)
def test_a_quote_in_another_language_without_a_name_is_left_out(language: str, text: str) -> None:
    assert quotes(told(text, language=language)) == ()


@pytest.mark.parametrize(
    ("language", "text", "speaker", "quote", "direct"),
    [
        ("fr", "La ministre Élodie Vauclair a affirmé lundi que la pluie viendrait.", "Élodie Vauclair",
         "que la pluie viendrait", False),
        ("fr", "Selon M. Halpas, la pluie viendra.", "M. Halpas", "la pluie viendra", False),
        ("de", "Minister Joren Halpas betonte, dass der Damm halte.", "Joren Halpas", "dass der Damm halte", False),
        ("de", "Laut Joren Halpas hält der Damm.", "Joren Halpas", "hält der Damm", False),
        ("ru", "Посол Лив Харранд сообщила, что мост откроют.", "Лив Харранд", "что мост откроют", False),
        ("ru", "Как заявил Ферн Додар, мост скоро откроют.", "Ферн Додар", "мост скоро откроют", False),
        ("ru", "Приехала Лив Харранд. «Мост скоро откроют», — сказала она.", "Лив Харранд", "Мост скоро откроют", True),
        ("de", "Die Kanzlerin Lena Halpas kam. „Der Damm hält“, sagte sie.", "Lena Halpas", "Der Damm hält", True),
        ("de", "„Der Damm hält“, sagte die Maldriner Kanzlerin Lena Halpas.", "Lena Halpas", "Der Damm hält", True),
    ],
)  # fmt: skip
def test_a_clause_or_a_pronoun_in_another_language_goes_to_a_name(
    language: str, text: str, speaker: str, quote: str, direct: bool
) -> None:
    assert [(q.speaker, q.text, q.direct) for q in quotes(told(text, language=language))] == [(speaker, quote, direct)]


def test_a_surname_in_another_language_is_the_one_person_who_bears_it() -> None:
    found = quotes(
        told("Ministerin Dessa Marovin kam.", "„Es ist spät genug“, sagte Marovin. „Wir gehen jetzt.“", language="de")
    )
    assert [(q.speaker, q.text) for q in found] == [
        ("Dessa Marovin", "Es ist spät genug"),
        ("Dessa Marovin", "Wir gehen jetzt."),
    ]


def wording(text: str, speaker: str = "Rusa Pellin", story: str = "a", *, direct: bool = True) -> Quote:
    return Quote(text, speaker, "said", direct, StoryId(story), 0)


def test_the_same_in_two_wordings_is_one_saying_the_fullest_direct_one_first() -> None:
    short = wording("the dues pay for dredging the channel", story="b", direct=False)
    full = wording("These dues pay for dredging the northern channel and nothing else")
    (saying,) = sayings([short, full])
    assert saying.quotes == (full, short)


def test_spellings_of_one_name_are_one_speaker_and_two_bearers_of_a_surname_are_two() -> None:
    found = sayings(
        [
            wording("one thing said here", "Sergei Halpas"),
            wording("another matter entirely", "Sergei Halpas"),
            wording("third words of somebody", "Sergey Halpas"),
            wording("fourth remark by his brother", "Ilvar Halpas"),
        ]
    )
    assert [saying.speaker for saying in found] == ["Sergei Halpas"] * 3 + ["Ilvar Halpas"]


def test_two_ministries_are_not_one_speaker() -> None:
    found = sayings([wording("no words at all today", f"{land}’s foreign ministry") for land in ("Kestria", "Solmark")])
    assert [saying.speaker for saying in found] == ["Kestria’s foreign ministry", "Solmark’s foreign ministry"]


PIECES = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "«",
        "»",
        " said ",
        ", ",
        ". ",
        " that ",
        "Dessa Marovin",
        "the ",
        "ministry",
        "of ",
        " who ",
        "A ",
        "’s ",
        "\n",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=60).map("".join))
def test_any_text_gives_quotes_of_its_own_words(text: str) -> None:
    for language in ("en", "de", "tr"):
        for quote in quotes(told(text, language=language)):
            assert quote.speaker
            assert set("".join(quote.text.split())) <= set(text)


HOSTILE = [
    "said ",
    "Aa ",
    "“",
    '" ',
    "the said ",
    "Aa, ",
    "Aa of ",
    "the minister of ",
    "a, b said that ",
    "Dr. ",
    "x",
    "on Monday ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_five_megabytes_in_a_line_are_read_in_bounded_time(piece: str) -> None:
    assert quotes(told(piece * (5_000_000 // len(piece)))) == ()


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("length", [30, 1900, 50_000])
def test_sentences_of_one_word_over_and_over_are_read_in_bounded_time(piece: str, length: int) -> None:
    sentence = "The " + piece * (length // len(piece)) + "said. "
    paragraphs = [sentence] * (60_000 // len(sentence))
    assert len(quotes(told(*paragraphs))) <= len(paragraphs)
