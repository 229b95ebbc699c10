"""Words of languages other than English as grouping wants them: without stop words, as stems; and names of any script
as the consonants they sound by, so that a name is known again in another script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from store.text.words import LANGUAGES, stem, stop_words

ENGLISH = "en"
_LOOKED_AT = 150  # words by which a language is guessed that nobody told
_ENGLISH_SHARE = 5  # one word in so many is a stop word in any English text, and in no other
_SURE = 2  # of its commonest words among them, and twice as many as of English ones
_LATIN = {ENGLISH: "", "fr": "êçœàùè", "es": "ñ¿¡óí", "de": "ßäöü", "tr": "ğışç"}  # letters of their own
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu)'(?=\w{2})")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_ARABIC_ARTICLE = re.compile(r"^[وبلكف]?ال(?=\w{3})")
_LONGEST = 40
UNSPACED = (ENGLISH, "de", "tr", "ar")  # that write no number with a space: "41,000", "41.000"
_STOPPED = ("fr", "es", "de", "tr", "ru", "uk")  # that write thousands with a stop and decimals with a comma
_SPACED = re.compile(r"\s")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")


def of(stated: str | None, tokens: Sequence[str]) -> str:
    """The language of a story: what its head says, else what its script and its commonest words say."""
    if stated and len(stated) == 2 and stated.isascii():
        return stated
    sample = [t.lower() for t in tokens[:_LOOKED_AT]]
    if sum(word in stop_words(ENGLISH) for word in sample) * _ENGLISH_SHARE > len(sample):
        return ENGLISH
    letters = "".join(sample)
    if _ARABIC.search(letters):
        return "ar"
    if _CYRILLIC.search(letters):
        return "uk" if _UKRAINIAN.search(letters) else "ru"
    own = {lang: sum(word in stop_words(lang) for word in sample) + _letters(letters, lang) for lang in _LATIN}
    best = max(own, key=lambda lang: own[lang])
    return best if own[best] >= max(_SURE, 2 * own[ENGLISH]) else ENGLISH


def _letters(text: str, language: str) -> float:
    return 0 if text.isascii() else sum(map(text.count, _LATIN[language])) / 2


@cache
def forms(language: str) -> Callable[[str], str] | None:
    """What makes a word's normal form in a language that has a stemmer here; None for English and for all others."""
    if language == ENGLISH or language not in LANGUAGES:
        return None
    stops = stop_words(language)

    def normal(word: str) -> str:
        if word[:1].isdigit():
            return figure(word, language)[:_LONGEST]
        word = word.lower().replace("’", "'")
        if language == "fr":
            word = _ELIDED.sub("", word)
        elif language == "tr":
            word = word.split("'", 1)[0]
        elif language == "ar":
            word = _ARABIC_ARTICLE.sub("", word)
        if word in stops or len(word) < 2 or not word[0].isalnum():
            return word if word.isdigit() else ""
        return stem(word, language)[:_LONGEST]

    return normal


def figure(number: str, language: str) -> str:
    """A number in one way of writing: "41 000", and where a stop parts thousands "41.000", are "41,000"."""
    if number.isdigit():
        return number
    if _SPACED.search(number):
        whole, _, decimals = number.partition(",")
        return _SPACED.sub(",", whole) + (f".{decimals}" if decimals else "")
    return number.replace(".", ",") if language in _STOPPED and _THOUSANDS.fullmatch(number) else number


# --- names across scripts

_CYRILLIC_LATIN = dict(
    zip(
        "абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюя",
        "a b v g g d e e e j z i i i i k l m n o p r s t u f h ts c s s - i - e u a".replace("-", "").split(" "),
        strict=True,
    )
)
_ARABIC_LATIN = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهوىيةءآأإئؤگپچژڤ",
        "a b t t j h h d d r z s s s d t z - g f k k l m n h - - - - - a a a - - g b c j f".replace("-", "").split(" "),
        strict=True,
    )
)
_LETTERS = {**_CYRILLIC_LATIN, **_ARABIC_LATIN}
_LATIN_SOUNDS = (
    *(("sch", "s"), ("tsch", "c"), ("sh", "s"), ("ch", "c"), ("kh", "h"), ("zh", "j"), ("dj", "j"), ("ph", "f")),
    *(("th", "t"), ("ck", "k"), ("qu", "k"), ("x", "ks"), ("ç", "c"), ("ş", "s"), ("š", "s"), ("č", "c"), ("ž", "j")),
    *(("w", "f"), ("v", "f"), ("p", "b"), ("q", "k"), ("ı", "i"), ("ß", "ss")),
)
_VOWELS = re.compile(r"[aeiouyаh]")
_TWICE = re.compile(r"(.)\1+")
_HARD_C = re.compile(r"c(?=[^iech]|$)")


def sound(name: str) -> str:
    """The consonants of a name, alike in every script: "Halvek", "Халвек" and "هالفيك" are "lfk". May be empty."""
    word = "".join(_LETTERS.get(letter, letter) for letter in name.lower())
    if not _CYRILLIC.search(name) and not _ARABIC.search(name):
        word = _HARD_C.sub("k", word)
    for written, heard in _LATIN_SOUNDS:
        word = word.replace(written, heard)
    word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    word = _VOWELS.sub("", word.replace("v", "f").replace("p", "b"))
    return _TWICE.sub(r"\1", "".join(c for c in word if "a" <= c <= "z"))


def sounds(names: Iterable[str]) -> frozenset[str]:
    """Of names that sound by three consonants at the least; shorter ones are like too many."""
    return frozenset(s for s in map(sound, names) if len(s) > 2)
