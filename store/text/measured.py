"""What can be measured on one line by itself. Numbers only; their order is part of the trained weights of the line
model, so a change here, in phrases.toml or in what credit reads means training again."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from store.text import credit, phrases
from store.text.prose import UNSPACED

BUCKETS = 1 << 14  # of hashed words
_WORDS_SEEN = 24  # first words of a line that are hashed, and half as many last ones
_TOKENS_SEEN = 80  # first words whose capitals are counted
_FOUND = 300  # first words whose runs of four are looked for in other lines

_UNSPACED = re.compile(rf"[{UNSPACED}]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_UNSPACED_WORD = re.compile(rf"[{UNSPACED}]{{1,2}}|{_WORD.pattern}")
_ODD = re.compile(r"[|•·»›→©®™#@/\\_=<>{}\[\]]")
_CLOCK_OR_YEAR = re.compile(r"\d{1,2}[:.]\d{2}|\b(?:19|20)\d{2}\b")
_ADDRESS = re.compile(r"https?:|www\.|\w@\w|\.(?:com|org|net)\b")
_BULLET = re.compile(r"(?:[*+•·▪–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_SENTENCE = re.compile(r"""[.!?…。؟۔]["”’»)\]]{0,2}\s+\W{0,2}(?=[^\W\da-z])""")
_DIGIT = re.compile(r"\d")
_END = re.compile(r"""(.)["”’'»)\]\s]*$""")
_QUOTES = "\"'“”‘’«»„"
_FULL_DATE = re.compile(
    r"[^\W\d_]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?, (?:19|20)\d\d"
    r"|\d{1,2}\.? (?:de )?[^\W\d_]{3,10}\.? (?:de )?(?:19|20)\d\d"
)
# "... after the vote. Anna Kovel/Courier", "... on Monday. Supplied", "(Jon Ress/CBC)": a photograph's credit.
_NAME = r"[^\W\d_a-z][\w.'’&-]*"
_CREDIT_TAIL = re.compile(
    rf"""(?:[.!?…"”’]\s|\(){_NAME}(?:[\s/,|]{{1,3}}{_NAME}){{0,5}}\)?$|/[A-Z][\w.-]*(?:\s[A-Z][\w.-]*){{0,2}}\)?$"""
)

# What reports say, what captions say (in words and in the present tense), what pages say to their readers.
_SPOKEN, _SEEN, _SHOWN, _ASKED, _YOU = (
    frozenset(words.split())
    for words in (
        "said says told added according announced сказал сказала заявил заявила отметил сообщил сообщила сказав заявив "
        "повідомив dit déclaré affirmé dijo afirmó declaró señaló sagte erklärte betonte dedi söyledi belirtti قال "
        "قالت أعلن أكد",
        "pictured photographed pose poses posing seen photo photos photograph image images illustration screenshot "
        "getty shutterstock handout supplied courtesy file left right centre center foto fotos bild bilder legende "
        "archivbild archivfoto archivo imagen links rechts слева справа фото фотография fotoğraf صورة gallery caption",
        "attends attend arrives arrive speaks speak walks walk listens listen holds hold stands stand sits sit looks "
        "look waves wave gestures gesture shows show leaves leave takes take watches watch participates rides ride "
        "reacts react greets greet shakes addresses delivers carries carry hug hugs prepares performs perform "
        "celebrates celebrate plays play are is",
        "sign subscribe subscribed subscriber subscribers subscription newsletter newsletters inbox email emails "
        "privacy terms cookie cookies browser download click password login register registering registration account "
        "donate donation member members membership app affiliate commission advertising advertisement sponsored "
        "copyright follow submitting consent offers unlimited abonnieren abonnement anmelden datenschutz abonnez "
        "suscríbete suscripción подписаться подпишитесь підписатися abone",
        "you your yours our us my please click here free now",
    )
)

# Reasons of phrases that the model sees as one kind each; the rest share a column.
_KINDS = ("share prompt", "navigation", "newsletter", "caption", "tags", "date line", "copyright")


@dataclass(frozen=True, slots=True)
class Measured:
    """One line's own numbers, which no neighbour changes, and the words it is compared by."""

    numbers: tuple[float, ...]
    words: int
    said: tuple[str, ...]  # its first words
    long_words: frozenset[str]
    codes: npt.NDArray[np.int64]  # of its long words, good for telling them apart as long as the program runs
    folded: str
    opening: str
    closing: str
    buckets: npt.NDArray[np.int64]
    shingles: frozenset[int]
    prose: bool
    opener: bool
    furniture: str
    credit: credit.Credit | None


def measure(text: str) -> Measured:
    """The numbers of one line by itself; of a very long one, of its beginning. Short lines are remembered: those of the
    outlets that somebody reads come again and again."""
    return _short(text) if len(text) <= _SHORT else _measured(text)


_SHORT = 120  # characters


@lru_cache(maxsize=4096)
def _short(text: str) -> Measured:
    return _measured(text)


def _measured(text: str) -> Measured:
    tokens = text.split()
    folded = text.casefold()
    unspaced = 0 if text.isascii() else len(_UNSPACED.findall(text[:20_000]))
    mostly_unspaced = 4 * unspaced > len(text)
    words = (_UNSPACED_WORD if mostly_unspaced else _WORD).findall(folded[:4000])
    count, size = len(tokens) + unspaced // 2, len(text)
    seen = max(1, len(words))
    end = _END.search(text[-12:])
    last = end[1] if end else "\0"
    some = tokens[:_TOKENS_SEEN]
    cased = [t for t in some if t[0].isalpha()]
    capitals = [t for t in cased if t[0].isupper()]
    function = phrases.function_words()
    reason = phrases.reason(text)
    opener = phrases.opens(text)
    credited = credit.read(text)
    prose = count >= 28 or (count >= 5 and last in ".!?…。؟۔:;")
    first = text[:1]
    digits = _count(_DIGITS, _DIGIT, text[:2000])
    dated = digits > 0 and _CLOCK_OR_YEAR.search(text[:2000]) is not None
    numbers = (
        math.log1p(count),
        math.log1p(size),
        min(20.0, size / max(1, count)),
        last in ".。۔",
        last in "!?؟",
        last in ":;,–—-",
        last == "…" or text[-6:].count(".") >= 3,
        last.isdigit(),
        math.log1p(len(_SENTENCE.findall(text[:20_000]))),
        text.count(",") / max(1, count),
        first.isupper(),
        first.islower(),
        first.isdigit(),
        first in "\"“‘'«„",
        _BULLET.match(text) is not None,
        len(capitals) / max(1, len(cased)),
        sum(len(t) > 1 and t.isupper() for t in capitals) / max(1, len(some)),
        digits / max(1, min(size, 2000)),
        sum(map(function.__contains__, words)) / seen,
        math.log1p(_count(_ODD_ONES, _ODD, text[:4000])),
        dated,
        _addressed(folded[:2000]),
        not _SPOKEN.isdisjoint(words),
        math.log1p(sum(map(_YOU.__contains__, words))),
        "(" in text,
        _quotes(text),
        bool(reason),
        *(reason == kind for kind in _KINDS),
        opener,
        credited is not None and not reason,
        prose,
        math.log1p(sum(map(_SEEN.__contains__, (*words[:40], *words[40:][-15:])))),
        math.log1p(sum(map(_ASKED.__contains__, words))),
        first in _QUOTES and text[-1:] in _QUOTES,
        mostly_unspaced,
        math.log1p(sum(map(_SHOWN.__contains__, words[:14]))),
        _CREDIT_TAIL.search(text[-80:]) is not None,
        dated and _FULL_DATE.search(text[:600]) is not None,
    )
    long_words = frozenset([w for w in words if len(w) > 3 or (mostly_unspaced and len(w) == 2)]) - function
    return Measured(
        numbers,
        count,
        tuple(words[:40]),
        long_words,
        np.fromiter(map(hash, long_words), np.int64, len(long_words)),
        " ".join(words[:40]),
        " ".join(words[:2]),
        " ".join(words[-2:]),
        _hashed(words),
        _shingles(words[:_FOUND]),
        prose,
        opener,
        reason or ("credit" if credited else ""),
        credited,
    )


OWN = 44  # numbers of a line by itself


_DIGITS = b"0123456789"
_ODD_ONES = rb"|>@#/\_=<{}[]"


def _count(ascii_ones: bytes, pattern: re.Pattern[str], text: str) -> int:
    """How many characters pattern finds; in ASCII text those are ascii_ones, which is faster."""
    if not text.isascii():
        return len(pattern.findall(text))
    plain = text.encode()
    return len(plain) - len(plain.translate(None, ascii_ones))


def _quotes(text: str) -> bool:
    if '"' in text:
        return True
    return not text.isascii() and ("“" in text or "”" in text or "«" in text or "»" in text or "„" in text)


def _addressed(folded: str) -> bool:
    """Whether an address stands in the line; the pattern is asked only where a part of one does."""
    some = "@" in folded or "http" in folded or "www." in folded
    some = some or ".com" in folded or ".org" in folded or ".net" in folded
    return some and _ADDRESS.search(folded) is not None


def _shingles(words: Sequence[str]) -> frozenset[int]:
    """Each run of four words as a number."""
    return frozenset(map(hash, zip(words, words[1:], words[2:], words[3:], strict=False)))


def _hashed(words: Sequence[str]) -> npt.NDArray[np.int64]:
    """Buckets of a line's words and pairs of words at its start and end; numbers count as one word."""
    if len(words) > _WORDS_SEEN + _WORDS_SEEN // 2:
        words = [*words[:_WORDS_SEEN], "…", *words[-_WORDS_SEEN // 2 :]]
    seen = list(map(_code, words))
    length = 1 if len(words) <= _SHORT_LINE else 2
    single = {code * length & _MASK for code in seen}
    single.update([a * _MIXED + b & _MASK for a, b in zip([1, *seen], [*seen, 2], strict=True)])
    return np.fromiter(single, np.int64, len(single))


_MASK = BUCKETS - 1
_SHORT_LINE = 12  # words
_MIXED = 0x9E3779B1 & _MASK  # any large odd number, so that a pair is not its reverse


@lru_cache(maxsize=1 << 16)
def _code(word: str) -> int:
    return crc32(b"0" if word[0].isdigit() else word.encode("utf-8", "replace")) & _MASK
