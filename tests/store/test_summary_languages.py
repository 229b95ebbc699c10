"""Stories in the languages the desk reads, and in others."""

from __future__ import annotations

import pytest

from store import summary
from store.model import Head, Passage, Story, StoryId
from store.summary.page import Page
from store.text import words

# Each with abbreviations that end no sentence, and a quotation.
STORIES = {
    "fr": (
        "Le président de la Vardanie, M. Orlan Tev, a signé jeudi 3 avr. 2031 un traité avec la Tarsie.",
        "Le texte prévoit env. 40 % de l’eau du barrage, selon l’art. 5 du traité.",
        "« Nous ne céderons rien ! » a lancé Mme Anna Vole, cheffe de l’opposition.",
        "Les agriculteurs du sud attendent la pluie depuis neuf ans.",
    ),
    "es": (
        "El presidente de Vardania, el Sr. Orlan Tev, firmó el jueves un tratado con Tarsia sobre el agua del Osk.",
        "El texto, de 12 págs. según el art. 5, entra en vigor en mayo.",
        "«¿Quién pagará la presa?», preguntó la Dra. Anna Vole.",
        "Los agricultores del sur esperan la lluvia desde hace nueve años.",
    ),
    "de": (
        "Der Präsident von Vardanien, Dr. Orlan Tev, unterzeichnete am 3. April einen Vertrag mit Tarsien.",
        "Der Vertrag regelt u.a. den Fluss Osk und gilt bis zum 31. Dezember 2040.",
        "„Das ist erst der Anfang“, sagte Anna Vole, die Vorsitzende der Opposition.",
        "Die Bauern im Süden warten seit neun Jahren auf Regen, z.B. bei Hallow.",
    ),
    "ru": (
        "Президент Вардании О. П. Тев подписал 3 апр. 2031 г. договор с Тарсией о водах реки Оск.",
        "Договор предусматривает передачу 40 млн куб. метров воды, т.е. трети запаса.",
        "«Мы этого не допустим», — заявила глава оппозиции А. Воле.",
        "Фермеры юга ждут дождя девять лет.",
    ),
    "uk": (
        "Президент Варданії О. П. Тев підписав 3 квітня 2031 р. договір із Тарсією про води річки Оск.",
        "Угоду оприлюднили на вул. Садовій, буд. 5, у столиці.",
        "«Ми цього не допустимо», — заявила лідерка опозиції А. Воле.",
        "Фермери півдня чекають на дощ дев’ять років.",
    ),
    "tr": (
        "Vardanya Cumhurbaşkanı Dr. Orlan Tev, 3. Nisan günü Tarsiya ile bir su anlaşması imzaladı.",
        "Anlaşma, Osk nehrinin suyunun yüzde 40’ını vb. konuları düzenliyor.",
        "“Bunu kabul etmeyeceğiz” diyen Anna Vole, muhalefetin başında bulunuyor.",
        "Güneydeki çiftçiler dokuz yıldır yağmur bekliyor.",
    ),
    "ar": (
        "وقع رئيس فاردانيا د. أورلان تيف يوم الخميس معاهدة مع تارسيا بشأن مياه نهر أوسك.",
        "وتنص المعاهدة على نقل 40 في المئة من مياه السد بين مايو وسبتمبر.",
        "وقالت آنا فول زعيمة المعارضة: «هل سندفع ثمن السد؟».",
        "وينتظر المزارعون في الجنوب المطر منذ تسع سنوات.",
    ),
}
LANGS = tuple(STORIES)


def story(name: str, text: str, lang: str | None = None) -> Story:
    return Story(StoryId(name), Head("", language=lang), (Passage(text),))


@pytest.mark.parametrize("lang", LANGS)
def test_its_sentences_are_whole(lang: str) -> None:
    assert words.sentences(" ".join(STORIES[lang])) == list(STORIES[lang])


@pytest.mark.parametrize("lang", LANGS)
def test_its_language_is_taken_from_its_head_or_told_from_its_text(lang: str) -> None:
    text = " ".join(STORIES[lang])
    assert Page((story("a", text),)).langs == (lang,)
    assert Page((story("a", text, "pt"),)).langs == ("pt",)


@pytest.mark.parametrize("lang", LANGS)
def test_its_stop_words_do_not_count(lang: str) -> None:
    page = Page((story("a", " ".join(STORIES[lang])),))
    stop = words.stop_words(lang)
    some = [word for sentence in page.sentences for word in sentence.words if word.lower() in stop]
    assert len(some) >= 3
    kept = sum(map(len, page.stems))
    assert kept == sum(len(sentence.words) for sentence in page.sentences) - len(some)


@pytest.mark.parametrize("method", summary.SUMMARISERS)
@pytest.mark.parametrize("lang", [*LANGS, "pt", "zh", "he", "th", "xx", ""])
def test_it_is_summarised_in_whole_sentences(lang: str, method: str) -> None:
    told = STORIES.get(lang, STORIES["es"])
    made = summary.summarise(story("a", " ".join(told), lang or None), method=method, sentences=2)
    assert len(made.sentences) == 2
    assert {sentence.text for sentence in made.sentences} <= set(told)


def test_stories_of_one_event_may_be_in_several_languages() -> None:
    stories = [story(lang, " ".join(told), lang) for lang, told in STORIES.items()]
    made = summary.summarise_event(stories, sentences=6)
    assert len(made.sentences) == 6
    assert len({sentence.story for sentence in made.sentences}) > 1
    for sentence in made.sentences:
        assert sentence.text in STORIES[str(sentence.story)]


@pytest.mark.parametrize(
    ("text", "hanging"),
    [
        ("Il a ajouté que rien n’était signé.", True),
        ("Elle n’a pas répondu.", True),
        ("Él añadió que lloverá.", True),
        ("Sie fügte hinzu, dass es regnet.", True),
        ("Он добавил, что дождя не будет.", True),
        ("Вона додала, що дощу не буде.", True),
        ("Ayrıca yağmur bekleniyor.", True),
        ("وأضاف أن المطر قادم.", True),
        ("“Es regnet”, sagte er.", True),
        ("„Es regnet“, so er.", True),
        ("„Regen kommt“, sagte Anna Vole in Orsk.", False),
        ("„Es regnet.“", True),
        ("Diese Frage blieb offen.", True),
        ("Das sei falsch, hieß es.", True),
        ("Das Ministerium schwieg.", False),
        ("Sus asesores callaron.", True),
        ("Estos acuerdos no bastan.", True),
        ("«No lloverá», añadió.", True),
        ("«No lloverá», dijo Anna Vole.", False),
        ("Este de Vardania: tres muertos.", True),  # "the east of": wrong, and costs no more than its turn
        ("Cette décision inquiète.", True),
        ("C’est un début.", True),
        ("« Il pleut », ajoute-t-il.", True),
        ("Его помощники молчали.", True),
        ("«Дощу не буде», — сказала вона.", True),
        ("«Дощу не буде», — сказала Анна Воле.", False),
        ("“Yağmur yok” diye konuştu.", True),
        ("« Il pleut », a-t-elle dit.", True),
        ("«Дождя не будет», — сказал он.", True),
        ("« Il pleut », a dit Anna Vole.", False),
        ("Anna Vole n’a pas répondu.", False),
        ("Tarsien unterzeichnete den Vertrag.", False),
        ("Фермеры ждут дождя.", False),
        ("وقع الرئيس المعاهدة.", False),
    ],
)
def test_a_sentence_that_points_back_is_known_in_each_language(text: str, hanging: bool) -> None:
    from store.summary.features import hangs

    assert hangs(text) is hanging
