"""What can be measured on one line by itself, whatever its words. Numbers only; their order is part of the trained
weights of the line model, so a change here, in phrases.toml or in what credit reads means training again."""

from __future__ import annotations

import math
import re
import struct
from dataclasses import dataclass
from functools import lru_cache

from store.text import credit, notes, phrases
from store.text.prose import UNSPACED

_TOKENS_SEEN = 80  # first words whose capitals are counted

_UNSPACED = re.compile(rf"[{UNSPACED}]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_UNSPACED_WORD = re.compile(rf"[{UNSPACED}]{{1,2}}|{_WORD.pattern}")
_ODD = re.compile(r"[|•·»›→©®™#@/\\_=<>{}\[\]]")
# A time or a year; it begins with its digit, so that nothing is tried where there is none.
_CLOCK_OR_YEAR = re.compile(r"\d(?:\d?[:.]\d\d|(?:(?<=\b1)9|(?<=\b2)0)\d\d\b)")
_ADDRESS = re.compile(r"https?:|www\.|\w@\w|\.(?:com|org|net)\b")
_BULLET = re.compile(r"(?:[*+•·▪–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_SENTENCE = re.compile(r"""[.!?…。؟۔]["”’»)\]]{0,2}\s+\W{0,2}(?=[^\W\da-z])""")
_DIGIT = re.compile(r"\d")
_CLOSING = "\"”’'»)]" + "".join(c for c in map(chr, range(0x3001)) if c.isspace())
_QUOTES = "\"'“”‘’«»„"
# What stands before the year of a full date, and how many characters that are at most.
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY_AND_MONTH = re.compile(
    r"[^\W\d_]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?, $|\d{1,2}\.? (?:de )?[^\W\d_]{3,10}\.? (?:de )?$"
)
_BEFORE_YEAR = 24
# "... after the vote. Anna Kovel/Courier", "... on Monday. Supplied", "(Jon Ress/CBC)": a photograph's credit.
_NAME = r"[^\W\d_a-z][\w.'’&-]*"
_CREDIT_TAIL = re.compile(
    rf"""(?:[.!?…"”’]\s|\(){_NAME}(?:[\s/,|]{{1,3}}{_NAME}){{0,5}}\)?$|/[A-Z][\w.-]*(?:\s[A-Z][\w.-]*){{0,2}}\)?$"""
)

# Reasons of phrases that the model sees as one kind each; the rest share a column.
_NAMED = ("share prompt", "navigation", "newsletter", "caption", "tags", "date line", "copyright")
_KINDS = {name: tuple(name == kind for kind in _NAMED) for name in _NAMED}
_NO_KIND = (False,) * len(_NAMED)


@dataclass(frozen=True, slots=True)
class Measured:
    """One line's own numbers, which no neighbour changes, its words, and what it says by itself. numbers are OWN single
    floats; those that its words tell (WORDS) are still to be filled in."""

    numbers: bytes
    words: int
    said: tuple[str, ...]
    prose: bool
    opener: bool
    furniture: str
    credit: credit.Credit | None
    note: str


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
    plain = text.isascii()
    unspaced = 0 if plain else len(_UNSPACED.findall(text[:20_000]))
    mostly_unspaced = 4 * unspaced > len(text)
    words = _plain_words(folded[:4000]) if plain else _words(folded[:4000], unspaced=mostly_unspaced)
    count, size = len(tokens) + unspaced // 2, len(text)
    least = count or 1
    tail = text[-12:]
    last = (tail.rstrip(_CLOSING) or tail)[-1:] or "\0"
    some = tokens[:_TOKENS_SEEN]
    cased = [t for t in some if t[0].isalpha()]
    capitals = [t for t in cased if t[0].isupper()]
    reason, opener = phrases.reason_and_opens(text)
    credited = credit.read(text, None if mostly_unspaced else words)
    prose = count >= 28 or (count >= 5 and last in ".!?…。؟۔:;")
    first = text[:1]
    digits, odd = _digits_and_odd(text)
    dated = digits > 0 and _CLOCK_OR_YEAR.search(text[:2000]) is not None
    numbers = (
        math.log1p(count),
        math.log1p(size),
        min(20.0, size / least),
        last in ".。۔",
        last in "!?؟",
        last in ":;,–—-",
        last == "…" or text[-6:].count(".") >= 3,
        last.isdigit(),
        math.log1p(len(_SENTENCE.findall(text[:20_000]))),
        text.count(",") / least,
        first.isupper(),
        first.islower(),
        first.isdigit(),
        first in "\"“‘'«„",
        _BULLET.match(text) is not None,
        len(capitals) / (len(cased) or 1),
        len([t for t in capitals if len(t) > 1 and t.isupper()]) / (len(some) or 1),
        digits / max(1, min(size, 2000)),
        0.0,
        math.log1p(odd),
        dated,
        _addressed(folded[:2000]),
        0.0,
        0.0,
        "(" in text,
        _quotes(text),
        bool(reason),
        *_KINDS.get(reason, _NO_KIND),
        opener,
        credited is not None and not reason,
        prose,
        0.0,
        0.0,
        first in _QUOTES and text[-1:] in _QUOTES,
        mostly_unspaced,
        0.0,
        _may_end_in_name(tokens) and _CREDIT_TAIL.search(text[-80:]) is not None,
        dated and _fully(text[:600]),
    )
    return Measured(
        _PACKED.pack(*numbers),
        count,
        tuple(words),
        prose,
        opener,
        reason or ("credit" if credited else ""),
        credited,
        notes.note(text, words),
    )


_APOSTROPHE = ord("'")
_BETWEEN_WORDS = {c: " " for c in range(128) if not chr(c).isalnum() and c != _APOSTROPHE}


def _words(folded: str, *, unspaced: bool) -> list[str]:
    """The words of any text. Most lines are in ASCII but for their quotation marks and dashes, and are read as such."""
    if unspaced:
        return _UNSPACED_WORD.findall(folded)
    plain = folded
    for mark in _MARKS:
        plain = plain.replace(mark, " ")
    if "’" not in plain:
        return _plain_words(plain) if plain.isascii() else _WORD.findall(folded)
    curled = plain.replace("’", "'")
    # Apostrophes of both kinds in one text are seldom, and read by the expression.
    if "'" in plain or not curled.isascii():
        return _WORD.findall(folded)
    return [word.replace("'", "’") if "'" in word else word for word in _plain_words(curled)]


_MARKS = "“”–—…"


def _plain_words(folded: str) -> list[str]:
    """The words of a text in ASCII: what _WORD finds, in half its time."""
    pieces = folded.translate(_BETWEEN_WORDS).split()
    if "'" not in folded:
        return pieces
    return [word for piece in pieces for word in ((piece,) if "'" not in piece else _WORD.findall(piece))]


def _may_end_in_name(tokens: list[str]) -> bool:
    """Whether the last word of a line has a capital, or a letter that may be one."""
    return bool(tokens) and not (tokens[-1].islower() and tokens[-1].isascii())


OWN = 44  # numbers of a line by itself
WORDS = [18, 22, 23, 37, 38, 41]  # those of them that its words tell
_PACKED = struct.Struct(f"{OWN}f")


_DIGITS = b"0123456789"
_ODD_ONES = rb"|>@#/\_=<{}[]"
_UNUSUAL = _DIGITS + _ODD_ONES


def _digits_and_odd(text: str) -> tuple[int, int]:
    """How many digits the first 2000 characters hold, and how many odd characters the first 4000."""
    if not text.isascii():
        return len(_DIGIT.findall(text[:2000])), len(_ODD.findall(text[:4000]))
    plain = text[:4000].encode()
    usual = len(plain.translate(None, _UNUSUAL))
    if usual == len(plain):
        return 0, 0
    digits = plain[:2000]
    return len(digits) - len(digits.translate(None, _DIGITS)), len(plain) - len(plain.translate(None, _ODD_ONES))


def _fully(text: str) -> bool:
    """Whether a date with day, month and year stands in text."""
    years = (found.start() for found in _YEAR.finditer(text))
    return any(_DAY_AND_MONTH.search(text, max(0, at - _BEFORE_YEAR), at) is not None for at in years)


def _quotes(text: str) -> bool:
    if '"' in text:
        return True
    return not text.isascii() and ("“" in text or "”" in text or "«" in text or "»" in text or "„" in text)


def _addressed(folded: str) -> bool:
    """Whether an address stands in the line; the pattern is asked only where a part of one does."""
    some = "@" in folded or "http" in folded or "www." in folded
    some = some or ".com" in folded or ".org" in folded or ".net" in folded
    return some and _ADDRESS.search(folded) is not None
