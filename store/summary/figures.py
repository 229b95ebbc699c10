"""The exact numbers of a sentence with what they count, read only where they stand there plainly: bounds, guesses,
ranges and parts are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from store.summary.stop_words import stop_words
from store.summary.times import MONTHS
from store.summary.values import Value
from store.text import words

_UNITS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SPELLED = {word: float(n) for n, word in enumerate(_UNITS.split(), 2)}
SPELLED |= {word: float(10 * n) for n, word in enumerate(_TENS.split(), 2)}
_ONES = ("one", *_UNITS.split()[:8])
SPELLED |= {f"{ten}-{one}": 10.0 * n + m for n, ten in enumerate(_TENS.split(), 2) for m, one in enumerate(_ONES, 1)}
_SCALES = {"thousand": 1e3, "million": 1e6, "mln": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9}
_SCALES |= {"trillion": 1e12, "tn": 1e12}

_TOKEN = re.compile(
    r"(?P<number>(?P<sign>[$€£¥₽₴₺])?(?<![\w.,:/-])(?P<digits>\d{1,15}(?:[.,]\d{1,9}){0,5})(?P<tail>%|[A-Za-z]{1,3}\b)?)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+)*)|(?P<other>\S)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
# Shortly before a number: it is no more than a bound or a guess, in the languages of most stories.
_GUESSES = (
    "about around roughly nearly almost approximately over than least most under below above up estimated"
    " environ près quelque plus moins presque vers unos unas cerca casi más menos alrededor aproximadamente"
    " etwa rund fast mehr weniger knapp circa ca ungefähr mindestens höchstens über bis около более почти"
    " примерно менее свыше больше меньше порядка минимум близько понад майже приблизно менше більше щонайменше"
    " yaklaşık fazla az neredeyse نحو حوالي أكثر أقل"
)
_HEDGES = frozenset(_GUESSES.split())
# Right before a number: it is one of several, or a part.
_PARTS = "some between from to or and another further additional other only first last every per within до"
_HEDGED = 3  # words before a number in which a hedge stands
_NOT_AFTER = _HEDGES | frozenset(_PARTS.split())
# After a number: it counts time, or is a part of a name, or nothing can be said of what it counts.
_UNCOUNTED = "a.m p.m am pm gmt utc o'clock th st nd rd or to and minutes minute hours hour more other others"
_NO_UNIT = frozenset(_UNCOUNTED.split())
_SINCE = frozenset(("ago", "later", "earlier", "before", "after"))
PASSING = frozenset(("day", "hour"))  # stems of what grows while one waits
_COUNTED = 100
# What becomes of people and things that are counted: two numbers of other fates do not disagree.
_FATES = {
    "dead": ("kill", "dead", "death", "die", "fatal", "slain", "perish"),
    "hurt": ("injur", "wound", "hurt"),
    "missing": ("missing",),
    "held": ("arrest", "detain", "captur", "seiz", "imprison", "jail", "hostage"),
    "free": ("releas", "freed", "rescu", "surviv", "escap"),
    "gone": ("flee", "fled", "displac", "evacuat"),
    "up": ("rise", "rose", "risen", "increas", "gain", "grew", "climb"),
    "down": ("fell", "fall", "drop", "declin", "decreas", "shrank", "slid"),
    "in": ("import", "bought", "buy", "purchas"),
    "out": ("export", "sold", "sell"),
    "for": ("favo", "approv"),
    "against": ("against", "oppos", "reject"),
}
_PLURALS = frozenset(("men", "women", "people", "children"))
_AHEAD = 3  # words between a number and what it counts
_WINDOW = 6  # words to each side that say of what a number speaks


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    low: str
    number: float | None
    unit: str  # "%" or a currency's sign, where the number brings it along
    start: int
    end: int


def numbers(text: str, lang: str) -> list[Value]:
    """The exact numbers of a sentence with what they count. English number words are read in every language."""
    tokens = list(_tokens(text))
    stop = stop_words(lang)
    found = []
    for at, token in enumerate(tokens):
        if token.number is None or _unfit(tokens, at):
            continue
        value, end = _scaled(tokens, at)
        unit, end = _unit(tokens, end, token.unit, stop)
        if unit:
            name = unit if unit in SIGNS else words.stem(unit, lang)
            around = _around(tokens, at, end, stop, lang) - {name}
            before = _around(tokens[at - 1 : at + 1], 1, 2, stop, lang) if at else frozenset()
            written = text[token.start : tokens[_noun(tokens, end, stop) - 1].end]
            fate = _fate(tokens, at, end)
            found.append(Value("number", name, f"{value:.12g}", written, around, next(iter(before), ""), fate))
    return found


def _fate(tokens: list[_Token], start: int, end: int) -> str:
    """The fate told nearest to a number, in words to its left and right; of two as near that on the left."""
    for step in range(1, _WINDOW + 1):
        for place in (start - step, end - 2 + step):
            if 0 <= place < len(tokens) and place != start:
                found = fate(tokens[place].low)
                if found:
                    return found
    return ""


def fate(word: str) -> str:
    """What a word in lower case says has become of something ("dead", "up"); "" for most words."""
    return next((name for name, begins in _FATES.items() if word.startswith(begins)), "")


def every_number(text: str) -> set[str]:
    """The keys of all numbers of a text, whatever they count, alone and with their scale."""
    tokens = list(_tokens(text))
    found = set()
    for at, token in enumerate(tokens):
        if token.number is not None:
            found |= {f"{token.number:.12g}", f"{_scaled(tokens, at)[0]:.12g}"}
    return found


def near(one: str, other: str) -> bool:
    """Whether one number may be the other rounded: 1.13 and 1.1, 1,984 and 2,000. Up to 100 they are exact."""
    first, second = float(one), float(other)
    if max(first, second) <= _COUNTED and first.is_integer() and second.is_integer():
        return False
    return any(_rounded(a, digits) == b for a, b in ((first, second), (second, first)) for digits in (1, 2, 3))


def _rounded(value: float, digits: int) -> float:
    return float(f"{value:.{digits - 1}e}")


SIGNS = frozenset(("%", "$", "€", "£", "¥", "₽", "₴", "₺"))


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        written, low = match[0], match[0].lower()
        number, unit = None, ""
        if match["number"]:
            number = _read(match["digits"])
            tail = (match["tail"] or "").lower()
            unit = "%" if tail == "%" else match["sign"] or ""
            if tail in _SCALES and number is not None:
                number *= _SCALES[tail]
            elif tail and tail != "%":
                number = None  # "27th", "16kg": a part of something else
        elif low in SPELLED:
            number = SPELLED[low]
        yield _Token(written, low, number, unit, match.start(), match.end())


def _read(digits: str) -> float | None:
    """None for what is no plain number in English notation or could be another in another."""
    if _GROUPED.fullmatch(digits):
        return float(digits.replace(",", ""))
    if digits.count(".") == 1 and "," not in digits:
        return None if len(digits.partition(".")[2]) == 3 else float(digits)
    return float(digits) if digits.isdigit() else None


def _unfit(tokens: list[_Token], at: int) -> bool:
    """Whether a number is a year, a day, a part of a name, of a range or of a guess."""
    token = tokens[at]
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if not token.unit and _YEAR.fullmatch(token.text):
        return True
    if before is not None:
        named = before.text[:1].isupper() and at > 1
        if (
            named
            or before.low in _NOT_AFTER
            or before.low in MONTHS
            or before.text in "-–—:/.(#№"
            or before.number is not None
        ):
            return True
        if any(token.low in _HEDGES for token in tokens[max(0, at - _HEDGED) : at]):
            return True
    return after is not None and (after.low in MONTHS or after.text in "-–—:/" or after.low in _NO_UNIT)


def _scaled(tokens: list[_Token], at: int) -> tuple[float, int]:
    """The number with the word for thousands after it, and where what follows begins."""
    number = tokens[at].number or 0.0
    if at + 1 < len(tokens) and tokens[at + 1].low in _SCALES and len(tokens[at + 1].low) > 1:
        return number * _SCALES[tokens[at + 1].low], at + 2
    return number, at + 1


def _unit(tokens: list[_Token], at: int, sign: str, stop: frozenset[str]) -> tuple[str, int]:
    """What is counted: the sign the number brings, else the first word after it that says something."""
    if sign:
        return sign, at
    for place in range(at, min(at + _AHEAD, len(tokens))):
        token = tokens[place]
        if token.low in ("percent", "percentage") or (token.low == "per" and _low(tokens, place + 1) == "cent"):
            return "%", place + (2 if token.low == "per" else 1)
        if not token.text[0].isalpha() or token.low in _NO_UNIT or token.text[0].isupper():
            return "", at
        if token.low not in stop:
            return ("", at) if _low(tokens, place + 1) in _SINCE else (token.low, place + 1)
        if token.low not in ("of", "the", "its", "their", "his", "her", "our"):
            return "", at
    return "", at


def _noun(tokens: list[_Token], at: int, stop: frozenset[str]) -> int:
    """Where what is counted ends, when the first word of it is not all: "three undersea" is followed by "cables"."""
    end = at
    if tokens[at - 1].low.endswith("s") or tokens[at - 1].low in _PLURALS:
        return at
    while end < min(at + 2, len(tokens)) and tokens[end].text.islower() and tokens[end].text.isalpha():
        if tokens[end].low in stop:
            break
        end += 1
    return end


def _low(tokens: list[_Token], at: int) -> str:
    return tokens[at].low if at < len(tokens) else ""


def _around(tokens: list[_Token], start: int, end: int, stop: frozenset[str], lang: str) -> frozenset[str]:
    beside = (*tokens[max(0, start - _WINDOW) : start], *tokens[end : end + _WINDOW])
    return frozenset(words.stem(t.low, lang) for t in beside if t.text[0].isalpha() and t.low not in stop)
