"""The language a text is written in, ISO 639-1, by its n-grams (eld, loaded when first asked) and by its letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from operator import itemgetter
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eld import LanguageDetector

# Words that only one language has, or hardly any other as often: where they tell, eld need not be loaded nor asked. Of
# 3,400 development texts 2,763 of 2,869 in English and 457 of 459 in German are told by them, no other is; a twentieth
# of their words in the least of the slices is what keeps out texts in two languages.
_PLAIN = {
    "en": (
        "the and of that with from which has have been were this they their its would after said are who not but had "
        "more when there than into what could other she to for by as"
    ),
    "de": (
        "der die und das den dem des von mit für ist nicht ein eine einen einer auf sich auch im zu werden wird sind "
        "hat haben bei nach wie aus noch dass über vor durch zur zum als"
    ),
}
_PLAIN_WORDS = {code: frozenset(words.split()) for code, words in _PLAIN.items()}
_PLAINLY = 0.1  # of the words, as a mean of the slices
_LEAST = 0.05  # of those of each slice

_SLICE = 350  # characters: eld looks at no more than that of what it is given
_SLICES = 3
_FEWEST_LETTERS = 30  # of 31 headlines in eight languages three were told wrong, each of three to five short words
_FEWEST_SIGNS = 10  # of scripts that write a word with one or two
_FAINTEST = 0.25  # eld's score for names alone and for typing at random was under 0.2, for sentences over 0.35
_CLOSEST = 1.03  # first score to second; nearer than that it is a throw of dice
_CLOSEST_IF_SHORT = 1.25  # in less than _SHORT letters
_SHORT = 60
_SURE_LETTERS = 200  # of text that may overrule what a page or a record says of itself
_LONGEST = 20_000  # characters that are looked at

_LETTER = re.compile(r"[^\W\d_]")
_SIGN = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NOISE = re.compile(r"https?://\S+|\S+@\S+|www\.\S+|[\d_]+")
_NUMBERS = re.compile(r"[\d_]+")

# Letters that only one of two near languages has: i with one or two dots against y and e.
_UKRAINIAN = frozenset("іїєґ")
_RUSSIAN = frozenset("ыэё")
_BELARUSIAN = frozenset("ў")
_SERBIAN = frozenset("јљњђћџ")
# Letters of Cyrillic and Latin alphabets whose languages eld does not know (Kazakh, Kyrgyz, Tatar, Tajik, Macedonian);
# it takes such a text for a neighbour.
_UNKNOWN_CYRILLIC = frozenset("әғқңөұүһҳҷӯ")
_MACEDONIAN = frozenset("ѓќѕ")
_CYRILLIC = frozenset(("ru", "uk", "be", "bg", "sr"))
_UNTOLD = frozenset(("ms",))  # Malay and Indonesian are one to eld


def detect(text: str) -> str | None:
    """The language of most of text, None where it is too short, or too little like any language known, to tell."""
    sample = text[:_LONGEST]
    if plain := _plainly(sample):
        return plain
    addresses = "@" in sample or "http" in sample or "www." in sample
    sample = (_NOISE if addresses else _NUMBERS).sub(" ", sample)
    letters = len(_LETTER.findall(sample[: _SLICE * 4]))
    signs = len(_SIGN.findall(sample[: _SLICE * 4]))
    if letters < _FEWEST_LETTERS and signs < _FEWEST_SIGNS:
        return None
    scores = _scores(sample)
    if not scores:
        return None
    (best, most), *others = sorted(scores.items(), key=itemgetter(1), reverse=True)[:2]
    if most < _FAINTEST or best in _UNTOLD:
        return None
    if best in _CYRILLIC:
        return _by_letters(sample, best)
    least = _CLOSEST_IF_SHORT if letters < _SHORT else _CLOSEST
    return best if not others or most >= least * others[0][1] else None


def _plainly(sample: str) -> str | None:
    """The language that a text of some length says itself to be, word by word; None where it does not."""
    if len(sample) <= _SLICE * _SLICES:
        return None
    parts = [part.lower().split() for part in _slices(sample)]
    for code, own in _PLAIN_WORDS.items():
        shares = [sum(map(own.__contains__, words)) / max(_FEWEST_IN_SLICE, len(words)) for words in parts]
        if min(shares) >= _LEAST and sum(shares) >= _PLAINLY * len(shares):
            return code
    return None


_FEWEST_IN_SLICE = 30  # words; a slice of English has sixty


def told(stated: str | None, text: str) -> str | None:
    """What a page or a record states ("en-GB"), unless a long text is plainly in another language; else detect(text).

    Pages state their template's language: a Russian story on a page that says "en" is Russian. A language that the
    detector does not know is believed."""
    code = known(stated)
    found = detect(text)
    if code is None or found is None or found == code:
        return code or found
    sure = len(_LETTER.findall(text[: _SLICE * 4])) >= _SURE_LETTERS
    return found if sure and code in _codes() else code


_STATED = re.compile(r"\s*([A-Za-z]{2})(?:[-_][A-Za-z0-9_-]{1,20})?\s*")


def known(stated: str | None) -> str | None:
    """The ISO 639-1 code in a language tag ("pt-BR", "uk_UA"), None for anything else."""
    match = _STATED.fullmatch(stated or "")
    return match[1].lower() if match else None


_PAGE = 20_000  # characters of a page that hold its head
_LANG = re.compile(r"<html\b[^<>]{0,600}?\blang\s*=\s*[\"']?([A-Za-z_-]{2,20})", re.IGNORECASE)
_LOCALE = re.compile(
    r"<meta\b[^<>]{0,80}?[\"'](?:og:locale|content-language)[\"'][^<>]{0,40}?content\s*=\s*[\"']([A-Za-z_-]{2,20})",
    re.IGNORECASE,
)


def of_page(markup: str) -> str | None:
    """The language that an HTML page states of itself, as it states it."""
    head = markup[:_PAGE]
    match = _LANG.search(head) or _LOCALE.search(head)
    return match[1] if match else None


_loading = Lock()


@cache
def _detector() -> LanguageDetector:
    from eld import LanguageDetector  # 25 MB of n-grams and a quarter of a second

    return LanguageDetector()


def _loaded() -> LanguageDetector:
    with _loading:
        return _detector()


@cache
def _codes() -> frozenset[str]:
    from eld.languageData import languageData

    _loaded()
    codes: Mapping[int, str] = languageData.lang_codes
    return frozenset(codes.values())


def _scores(sample: str) -> dict[str, float]:
    """Each language's mean score over slices from the beginning, the middle and the end. The end is asked only where
    the others are not both of one mind and sure of it."""
    detector = _loaded()
    told: list[dict[str, float]] = []
    for part in _slices(sample):
        told.append(detector.detect(part).scores() or {})
        if len(told) == 2 and _sure(told[0]) == _sure(told[1]) is not None:
            break
    total: dict[str, float] = {}
    for scores in told:
        for code, score in scores.items():
            total[code] = total.get(code, 0.0) + score / len(told)
    return total


_SURE = 0.25  # between the first score and the second; no score on the development pages was over 0.9


def _sure(scores: Mapping[str, float]) -> str | None:
    """The language that is far ahead of all others, None where none is. eld gives the best first."""
    ranked = list(scores.items())[:2]
    ahead = bool(ranked) and ranked[0][1] - (ranked[1][1] if len(ranked) > 1 else 0.0) >= _SURE
    return ranked[0][0] if ahead else None


def _slices(sample: str) -> Iterator[str]:
    if len(sample) <= _SLICE * _SLICES:
        yield from (sample[at : at + _SLICE] for at in range(0, len(sample), _SLICE))
        return
    step = (len(sample) - _SLICE) // (_SLICES - 1)
    yield from (sample[at * step : at * step + _SLICE] for at in range(_SLICES))


def _by_letters(sample: str, best: str) -> str | None:
    """best, corrected by the letters that only one of the languages written in Cyrillic has."""
    count = Counter(sample.casefold())

    def of(letters: frozenset[str]) -> int:
        return sum(count[letter] for letter in letters)

    cyrillic = sum(n for letter, n in count.items() if "\u0400" <= letter <= "\u04ff")
    if of(_UNKNOWN_CYRILLIC) > cyrillic / 100 or of(_MACEDONIAN) > cyrillic / 200:
        return None
    if of(_SERBIAN) > cyrillic / 100:
        return "sr"
    if of(_BELARUSIAN) > cyrillic / 200:
        return "be"
    ukrainian, russian = of(_UKRAINIAN), of(_RUSSIAN)
    if ukrainian != russian:
        return "uk" if ukrainian > russian else "ru"
    return best
