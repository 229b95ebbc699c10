"""Sentences, words, stems, stop words, languages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.text import boundaries, words

DATA = json.loads((Path(__file__).parents[1] / "data" / "words" / "sentences.json").read_text(encoding="utf-8"))

TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            ["Mr.", "U.S.", "said", "“No!”", '"', "Vole", "...", "?", "!", "3.", "a.m.", "\n", "\n\n", "«", "。"]
        ),
        max_size=40,
    ).map(" ".join),
)


@pytest.mark.parametrize("paragraph", DATA["paragraphs"] + DATA["languages"], ids=lambda p: p[0][:30])
def test_a_paragraph_is_split_where_its_sentences_end(paragraph: list[str]) -> None:
    assert words.sentences(" ".join(paragraph)) == paragraph


@pytest.mark.parametrize(
    "paragraph",
    [
        ["Die 3. Runde beginnt z. B. am Montag.", "Sie endet im 2. Halbjahr."],
        ["Der Bund zahlt, d. h. Der Staat und u. a. Orsk zahlen nicht.", "Am 3. Tag war Ruhe."],
        ["Es kamen u. a. Vole und z. B. Marn.", "Es war der 12.", "Das war alles."],
        ["Тарсия и Вардания подписали договор 12 апр. 2031 г.", "Переговоры начались в Орске."],
        ["В 2031 г. Вардания вышла из договора."],
        ["Стороны соблюдают договор, подписанный в 2031 г. Тарсией и Варданией."],
        ["She bought 3.", "Runde left."],
    ],
    ids=lambda p: p[0][:20],
)
def test_ordinals_parted_abbreviations_and_years_are_told_from_ends(paragraph: list[str]) -> None:
    assert words.sentences(" ".join(paragraph)) == paragraph


@pytest.mark.parametrize(
    "paragraph",
    [
        ["El presidente de los EE. UU. llegó a Kelmar.", "Lo recibió la ministra."],
        ["Los EE. UU. Vardania y Tarsia firmaron ayer.", "Los JJ. OO. de Kelmar costaron 3 mill. de euros."],
        ["La sede está en Av. Tarsia 12.", "El Cnel. Otamil y el Excmo. Sr. Ormán calló."],
        ["Hubo propuestas, p. ej. Vardania pidió una tregua."],
        ["Terminó a las 6 p. m.", "Después hubo cena.", "En el siglo III a. C. Kelmar era un puerto."],
        ["Ormán (n. 1950) murió en feb. 2031.", "Dejó dos hijos."],
        ["Vers 50 av. J.-C. Kelmar était un port.", "MM. Dupral et Tavel habitent av. Morvel."],
        ["Le Pr. Lambol a signé.", "Voir p. 12 et suiv. du rapport."],
        ["Ca. 5 Mio. Euro fehlen.", "Der Vertrag kostet ca. 3 Mrd. Euro.", "Niemand zahlt 4 Mio.", "Das ist so."],
        ["Sie wohnt in der Hauptstr. 5 in Kelmar.", "Der Rat (20. Wahlperiode) tagt."],
        [
            "Der II. Weltkrieg war vorbei.",
            "Min.-Präs. Falk trat zurück.",
            "Im Jahr 300 v. Chr. Kelmars Hafen lag still.",
        ],
        ["Президент В. В. Орланский прибыл в Кельмар.", "Его встретил посол."],
        ["Министр С. В. Тарский и посол О. С. Вардин вышли.", "Договор подписал И. О. Кельмин.", "В зале молчали."],
        ["Это касается, т. е. Вардании, всех.", "По словам гр. Орланского, д. 5 стоит пустой."],
        ["В IV в. до н. э. Кельмар был портом.", "Его зам. К. Вардин ушёл."],
        ["Президент В. О. Орленко прибув.", "Є. В. Тарчук народився 5 січ. 1950 р. у Кельмарі."],
        ["У 1990-х рр. Тарсія розпалася.", "Академік ім. В. Тарченка помер."],
        ["Sn. Orman ve Av. Selin Kelmar geldi.", "Alb. Tarsu, Kelmar Cad. No. 5'te oturuyor."],
        ["II. Orman şehri aldı.", "Kelm Şti. Müdürü istifa etti."],
        ['"لن نوقع!" قال الوزير.', "ثم غادر القاعة."],
    ],
    ids=lambda p: p[0][:20],
)
def test_what_is_written_in_parts_stays_together_in_each_language(paragraph: list[str]) -> None:
    assert words.sentences(" ".join(paragraph)) == paragraph


@pytest.mark.parametrize(
    "paragraph",
    [
        ["वर्दानिया ने संधि पर हस्ताक्षर किए।", "तरसिया ने इनकार किया।", "बैठक समाप्त हुई॥"],
        ["ቫርዳኒያ ስምምነቱን ፈረመች።", "ታርሲያ እምቢ አለች።"],
        ["ဗာဒေးနီးယား လက်မှတ်ထိုးခဲ့သည်။", "တာဆီးယား ငြင်းခဲ့သည်။"],
        ["ប្រទេសមួយបានចុះហត្ថលេខា។", "ប្រទេសមួយទៀតបដិសេធ។"],
        ["Վարդանիան ստորագրեց։", "Տարսիան մերժեց։"],
    ],
    ids=("danda", "amharic", "burmese", "khmer", "armenian"),
)
@pytest.mark.parametrize("space", [" ", ""])
def test_stops_of_other_scripts_end_sentences(paragraph: list[str], space: str) -> None:
    assert words.sentences(space.join(paragraph)) == paragraph


@given(TEXTS)
def test_spans_are_in_order_and_leave_out_nothing_but_white_space(text: str) -> None:
    at, left = 0, ""
    for start, end in words.spans(text):
        assert at <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
        left += text[at:start]
        at = end
    assert (left + text[at:]).strip() == ""


@given(TEXTS)
def test_sentences_are_the_slices_of_the_spans(text: str) -> None:
    assert words.sentences(text) == [text[a:b] for a, b in words.spans(text)]


def test_a_blank_line_parts_sentences_without_a_stop_before_a_capital() -> None:
    assert words.sentences("It ended in the U.S.\n\nPresident Vole left.") == [
        "It ended in the U.S.",
        "President Vole left.",
    ]


def test_a_lost_space_between_sentences_is_found() -> None:
    assert words.sentences("They held the festival.Last year they did not.") == [
        "They held the festival.",
        "Last year they did not.",
    ]


@pytest.mark.parametrize("text", ["Write to orsk.Com today.", "Herald.Vd reports it, citing Tarsa.Kn sources."])
def test_a_site_name_is_not_parted(text: str) -> None:
    assert words.sentences(text) == [text]


def test_a_lost_space_before_a_short_word_is_found() -> None:
    assert words.sentences("They met in Lann.He left.") == ["They met in Lann.", "He left."]


def test_a_writer_without_capitals_is_split() -> None:
    assert words.sentences("i saw him. he was late. so was i.") == ["i saw him.", "he was late.", "so was i."]


@pytest.mark.parametrize("piece", ["a", ".", "! ", ". ", '" ', ") ", "A. ", "U.S. ", "[1]", "1.", "x.) ", "\n", "? “"])
def test_one_endless_line_is_read(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    spans = words.spans(text)
    assert all(text[a:b].strip() for a, b in spans)
    assert sum(b - a for a, b in spans) <= len(text)


@pytest.mark.parametrize("follower", ["The", "President", "It", "Analysts", "Vole", "She"])
def test_punkt_with_our_lists_judges_abbreviations_as_we_do(follower: str) -> None:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    known = PunktParameters()
    listed = sorted(a for a in boundaries.COMMON - boundaries.TITLES - {"etc"} if len(a) > 1)
    known.abbrev_types = set(listed)
    known.sent_starters = set(boundaries.STARTERS)
    punkt = PunktSentenceTokenizer(known)
    for abbreviation in listed:
        text = f"They saw Orsk {abbreviation}. {follower} left."
        assert (len(words.sentences(text)) == 2) == (len(punkt.tokenize(text)) == 2), text


def test_words_that_news_is_made_of_survive() -> None:
    text = (
        "Don't doubt Tarsia's U.S. and G7 aid of $1.13bn: in 2025, COVID-19 cost 45.1% (R&D, F-16s, e.g. 1,200), 10:30."
    )
    assert words.words(text) == [
        *("Don't", "doubt", "Tarsia's", "U.S.", "and", "G7", "aid", "of", "$1.13bn", "in", "2025", "COVID-19", "cost"),
        *("45.1%", "R&D", "F-16s", "e.g.", "1,200", "10:30"),
    ]


def test_a_possessive_belongs_to_its_word_whatever_that_is_made_of() -> None:
    found = words.words("Tarsia's, the U.N.'s, the U.S.’s, the G7's and COVID-19's end")
    assert found == ["Tarsia's", "the", "U.N.'s", "the", "U.S.’s", "the", "G7's", "and", "COVID-19's", "end"]
    bare = words.words("Tarsia, the U.N., the U.S., the G7 and COVID-19 end")
    assert [words.stem(word) for word in found] == [words.stem(word) for word in bare]


def test_hyphens_part_words_and_french_articles_stand_alone() -> None:
    assert words.words("Tarsia-Elbe l'Élan qu’il п'ять") == ["Tarsia", "Elbe", "l'", "Élan", "qu’", "il", "п'ять"]


def test_text_without_spaces_gives_a_word_a_character() -> None:
    assert words.words("外交部。") == ["外", "交", "部"]


@given(st.text(max_size=80), st.sampled_from([*words.LANGUAGES, "xx"]))
def test_every_word_has_a_stem(text: str, lang: str) -> None:
    assert all(words.stem(word, lang) for word in words.words(text))


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("en", "negotiations", "negotiation"),
        ("en", "Tarsia’s", "tarsia"),
        ("fr", "négociations", "négociation"),
        ("de", "Verhandlungen", "Verhandlung"),
        ("es", "negociaciones", "negociación"),
        ("ru", "переговоры", "переговоров"),
        ("uk", "переговори", "переговорів"),
        ("tr", "görüşmeler", "görüşmede"),
        ("ar", "المفاوضات", "مفاوضات"),
    ],
)
def test_forms_of_a_word_share_a_stem(lang: str, one: str, other: str) -> None:
    assert words.stem(one, lang) == words.stem(other, lang)


def test_a_number_is_its_own_stem() -> None:
    assert words.stem("F-16") == "f-16"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The minister said that the talks would go on."),
        ("fr", "Le ministre a dit que les pourparlers ne sont pas finis."),
        ("es", "El ministro dijo que las conversaciones no han terminado."),
        ("de", "Der Minister sagte, dass die Gespräche noch nicht beendet sind."),
        ("ru", "Министр заявил, что переговоры ещё не закончены."),
        ("uk", "Міністр заявив, що переговори ще не закінчені."),
        ("tr", "Bakan, görüşmelerin henüz bitmediğini ve bir karar olmadığını söyledi."),
        ("ar", "قال الوزير إن المحادثات لم تنته بعد"),
        ("en", "2025"),
        ("en", ""),
    ],
)
def test_the_language_of_a_line_is_told(lang: str, text: str) -> None:
    assert words.language(text) == lang


def test_stop_words_are_lower_case_and_empty_for_an_unknown_language() -> None:
    for lang in words.LANGUAGES:
        assert len(words.stop_words(lang)) > 90
        assert all(word == word.lower() and "’" not in word for word in words.stop_words(lang))
    assert words.stop_words("xx") == frozenset()


def test_splitting_needs_no_nltk() -> None:
    code = (
        "import sys; from store.text import words; words.sentences('He is in the U.S. It rains.'); words.language('a');"
        "words.stop_words('en'); words.words('a'); assert not {'nltk', 'numpy', 'sumy'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
