"""Which language a text is in. All sentences are made up, about countries that do not exist."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model import Given, Markup, Raw, StoryId
from store.text import language, story

SENTENCES = {
    "en": (
        "The foreign minister of Vardania said on Monday that his country would reopen the border with Ostravia.",
        "Both delegations agreed to set up a commission of engineers, which will meet every second week until autumn.",
        "TALKS RESUME IN SELM AFTER A WEEK OF SILENCE BETWEEN THE TWO NEIGHBOURS",
    ),
    "fr": (
        "Le ministre des Affaires étrangères de Vardanie a déclaré lundi que son pays rouvrirait la frontière.",
        "Les deux délégations sont convenues de créer une commission qui se réunira toutes les deux semaines.",
    ),
    "es": (
        "El ministro de Exteriores de Vardania dijo el lunes que su país reabrirá la frontera con Ostravia.",
        "Ambas delegaciones acordaron crear una comisión de ingenieros que se reunirá cada dos semanas.",
    ),
    "de": (
        "Der Außenminister von Vardanien sagte am Montag, sein Land werde die Grenze zu Ostravien wieder öffnen.",
        "Beide Delegationen einigten sich auf eine Kommission von Ingenieuren, die alle zwei Wochen tagen soll.",
    ),
    "ru": (
        "Министр иностранных дел Вардании заявил в понедельник, что его страна вновь откроет границу с Остравией.",
        "Обе делегации договорились создать комиссию инженеров, которая будет собираться раз в две недели.",
        "Стороны обсудили тарифы и состав делегаций, заявил посол.",
        "ПОСОЛ ВАРДАНИИ ВЫЗВАН В МИНИСТЕРСТВО ИНОСТРАННЫХ ДЕЛ",
        "Пресс-служба правительства подтвердила визит канцлера",
    ),
    "uk": (
        "Міністр закордонних справ Варданії заявив у понеділок, що його країна знову відкриє кордон з Остравією.",
        "Обидві делегації домовилися створити комісію інженерів, яка збиратиметься раз на два тижні.",
        "Сторони обговорили тарифи та склад делегацій, заявив посол.",
        "ПОСЛА ВАРДАНІЇ ВИКЛИКАНО ДО МІНІСТЕРСТВА ЗАКОРДОННИХ СПРАВ",
        "Пресслужба уряду підтвердила візит канцлера",
    ),
    "tr": (
        "Vardanya Dışişleri Bakanı pazartesi günü ülkesinin Ostravya ile olan sınırı yeniden açacağını söyledi.",
        "İki heyet, iki haftada bir toplanacak bir mühendisler komisyonu kurulması konusunda anlaştı.",
    ),
    "ar": (
        "قال وزير خارجية فاردانيا يوم الاثنين إن بلاده ستعيد فتح الحدود مع أوسترافيا.",
        "اتفق الوفدان على تشكيل لجنة من المهندسين تجتمع كل أسبوعين حتى الخريف.",
    ),
    "it": ("Il ministro degli Esteri della Vardania ha detto lunedì che il suo Paese riaprirà il confine.",),
    "pt": ("O ministro das Relações Exteriores da Vardânia disse na segunda-feira que o país reabrirá a fronteira.",),
    "pl": ("Minister spraw zagranicznych Wardanii powiedział w poniedziałek, że jego kraj ponownie otworzy granicę.",),
    "fa": ("وزیر امور خارجه وردانیا روز دوشنبه گفت که کشورش مرز با اوستراویا را بازگشایی خواهد کرد.",),
    "bg": ("Министърът на външните работи на Вардания заяви в понеделник, че страната му ще отвори границата.",),
    "be": ("Міністр замежных спраў Варданіі заявіў у панядзелак, што яго краіна зноў адкрые мяжу з Астравіяй.",),
    "zh": ("瓦尔达尼亚外交部长周一表示，该国将重新开放与奥斯特拉维亚的边界。",),
    "ja": ("ヴァルダニアの外相は月曜日、オストラヴィアとの国境を再開すると述べた。",),
}
EACH = [(code, text) for code, texts in SENTENCES.items() for text in texts]


@pytest.mark.parametrize(("code", "text"), EACH)
def test_a_sentence_is_told_by_its_language(code: str, text: str) -> None:
    assert language.detect(text) == code


@pytest.mark.parametrize("code", SENTENCES)
def test_a_long_text_is_told_by_its_language(code: str) -> None:
    assert language.detect("\n".join(SENTENCES[code]) * 20) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Talks Open",
        "12 345 67 89, 10-11-12 ... 14:07",
        "https://harbourpost.example/2031/04/border-talks-resume-in-selm-after-a-week",
        "Ilko Marren Jon Ress Anna Kovel Pia Thorne Selm Ostra",
        "asdf qwer zxcv tyui ghjk bnmq wert yuio asdf qwer",
        "\x00\ud800 ۞۞۞ 🏳🏳🏳",
    ],
)
def test_what_does_not_tell_is_none(text: str) -> None:
    assert language.detect(text) is None


def test_a_cyrillic_language_that_is_not_known_is_not_called_russian() -> None:
    kazakh = "Варданияның сыртқы істер министрі дүйсенбі күні елінің Остравиямен шекарасын қайта ашатынын айтты."
    assert language.detect(kazakh) is None


def test_a_quotation_in_another_language_does_not_turn_the_story() -> None:
    ukrainian, russian = " ".join(SENTENCES["uk"]), SENTENCES["ru"][0]
    assert language.detect(f"{ukrainian} «{russian}» {ukrainian}") == "uk"


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("en-GB", "en"),
        ("uk_UA", "uk"),
        (" RU ", "ru"),
        ("english", None),
        ("", None),
        (None, None),
        ("x-default", None),
    ],
)
def test_a_language_tag_is_read_as_its_language(stated: str | None, code: str | None) -> None:
    assert language.known(stated) == code


def test_what_a_page_states_is_believed_where_the_text_cannot_tell() -> None:
    assert language.told("tr", "Ankara: 14:07") == "tr"


def test_a_language_that_the_detector_does_not_know_is_believed() -> None:
    assert language.told("kk-KZ", SENTENCES["ru"][0] * 10) == "kk"


def test_a_template_that_says_english_over_a_long_russian_text_is_not_believed() -> None:
    assert language.told("en", " ".join(SENTENCES["ru"])) == "ru"


@pytest.mark.parametrize(
    ("page", "stated"),
    [
        ('<!doctype html><html class="no-js" lang="uk-UA"><head>', "uk-UA"),
        ("<HTML LANG=fr>", "fr"),
        ('<html><head><meta property="og:locale" content="tr_TR">', "tr_TR"),
        ("<html><head><title>lang=xx</title>", None),
    ],
)
def test_a_page_says_its_language_in_its_first_tags(page: str, stated: str | None) -> None:
    assert language.of_page(page) == stated


def test_a_story_has_its_language() -> None:
    text = "Переговори відновилися\n\n" + "\n\n".join(SENTENCES["uk"])
    assert story.read(Raw(text), StoryId("s")).head.language == "uk"


def test_what_the_record_says_of_its_language_comes_first() -> None:
    raw = Raw("Kısa bir haber.", given=Given(language="tr"))
    assert story.read(raw, StoryId("s")).head.language == "tr"


def test_a_page_s_own_word_counts_where_its_text_is_short() -> None:
    page = "<html lang='es'><body><article><h1>Cumbre</h1><p>Hoy no hubo acuerdo.</p></article></body></html>"
    assert story.read(Raw(page, Markup.HTML), StoryId("s")).head.language == "es"


def test_many_threads_are_told_the_same() -> None:
    texts = [text for _, text in EACH] * 5
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(language.detect, texts)) == [code for code, _ in EACH] * 5


@given(st.text(max_size=400))
def test_no_text_stops_it(text: str) -> None:
    found = language.detect(text)
    assert found is None or (len(found) == 2 and found.isascii() and found.islower())


def test_the_detector_is_not_loaded_before_it_is_asked() -> None:
    check = "import sys, store.text.language, store.text.story; sys.exit('eld' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
