"""Which single-byte encoding a text is in, told by its letters: Windows-1251 or KOI8-R, Windows-1252 or 1250 or 1254.

Short texts are what charset-normalizer gets wrong (it reads "España" in Windows-1252 as Baltic DOS, and KOI8-R of
thirty letters as Big5), and these few families are most of what was written before UTF-8. What is in none of them goes
to charset-normalizer.
"""

from __future__ import annotations

import math
import re
from itertools import islice

_WORD = re.compile(rb"[A-Za-z\x80-\xff]{1,64}")
_WORDS = 2000  # words with a high byte that are looked at

# Letters per thousand. Russian: frequency dictionary of the National Corpus (Lyashevskaya, Sharov 2009), rounded; the
# letters of other Cyrillic alphabets, Greek and Hebrew by common tables, rounded: only their order matters here.
_CYRILLIC_LETTERS = {
    "о": 110, "е": 85, "а": 80, "и": 74, "н": 67, "т": 63, "с": 55, "р": 47, "в": 45, "л": 44, "к": 35, "м": 32,
    "д": 30, "п": 28, "у": 26, "я": 20, "ы": 19, "ь": 17, "г": 17, "з": 16, "б": 16, "ч": 14, "й": 12, "х": 10,
    "ж": 9, "ш": 7, "ю": 6, "ц": 5, "щ": 4, "э": 3, "ф": 3, "ъ": 1, "ё": 1,
    "і": 30, "ї": 6, "є": 5, "ґ": 1, "ў": 6, "ј": 20, "љ": 5, "њ": 5, "ћ": 5, "ђ": 2, "џ": 1, "ѓ": 1, "ќ": 1, "ѕ": 1,
}  # fmt: skip
_GREEK_LETTERS = {
    "α": 100, "ο": 75, "τ": 80, "ι": 68, "ε": 65, "ν": 65, "σ": 45, "ς": 38, "ρ": 42, "π": 41, "κ": 41, "η": 40,
    "υ": 38, "μ": 33, "λ": 27, "ί": 22, "ά": 20, "δ": 18, "ό": 17, "ω": 16, "γ": 16, "έ": 15, "ή": 14, "θ": 13,
    "χ": 12, "ύ": 9, "φ": 8, "β": 7, "ώ": 6, "ξ": 5, "ζ": 4, "ψ": 2, "ϊ": 1, "ϋ": 1, "ΐ": 1, "ΰ": 1,
}  # fmt: skip
_HEBREW_LETTERS = {
    "י": 110, "ה": 105, "ו": 104, "ל": 76, "א": 63, "ר": 61, "ת": 60, "ב": 57, "מ": 50, "ש": 45, "נ": 35, "ם": 32,
    "ע": 32, "ד": 27, "ח": 24, "ק": 22, "פ": 20, "כ": 20, "ס": 15, "ט": 14, "ז": 13, "ג": 12, "ן": 11, "צ": 11,
    "ך": 8, "ף": 3, "ץ": 2,
}  # fmt: skip

# Encoding, its letters, and the log odds against meeting it at all: they decide where a few letters do not.
_OWN_SCRIPT = {
    "cp1251": (_CYRILLIC_LETTERS, 0.0),
    "koi8-u": (_CYRILLIC_LETTERS, -1.0),  # KOI8-R and Ukraine's letters
    "cp866": (_CYRILLIC_LETTERS, -4.0),
    "iso8859-5": (_CYRILLIC_LETTERS, -4.0),
    "mac-cyrillic": (_CYRILLIC_LETTERS, -6.0),
    "cp1253": (_GREEK_LETTERS, -2.0),
    "iso8859-7": (_GREEK_LETTERS, -3.0),
    "cp1255": (_HEBREW_LETTERS, -2.0),
}
_DOUBT = 10.0  # log odds that a page's own declaration outweighs: two or three strange letters
_STRANGE = math.log(0.0001)  # no letter of the script, or a capital after a small one
_MARK = math.log(0.005)  # a quotation mark, a dash
_FLOOR = -4.0  # mean log frequency; prose in the right encoding has about -3.0, Arabic read as Cyrillic -5 and less

# Languages, those met oftener first (the first wins a tie), with their letters beyond ASCII. cp1252 is also Latin-1.
_LATIN = (
    ("cp1252", "àâçéèêëîïôœùûü"), ("cp1252", "äöüßé"), ("cp1252", "áéíñóúü"), ("cp1252", "ãáàâçéêíóôõú"),
    ("cp1252", "àèéìòù"), ("cp1252", "éëïóöüèá"), ("cp1252", "æøåé"), ("cp1252", "åäöé"), ("cp1254", "âçğıîöşüİ"),
    ("cp1250", "ąćęłńóśźż"), ("cp1250", "áčďéěíňóřšťúůýž"), ("cp1250", "áéíóöőúüű"), ("cp1250", "čćđšž"),
    ("cp1250", "ăâîşţ"), ("cp1250", "áäčďéíĺľňóôŕšťúýž"), ("cp1252", "àçèéíïòóúü"), ("cp1252", "áéíóúýþæöð"),
    ("cp1257", "ąčęėįšųūž"), ("cp1257", "āčēģīķļņšūž"), ("cp1257", "äõöüšž"),
)  # fmt: skip
_WESTERN = "".join(alphabet for name, alphabet in _LATIN if name == "cp1252")  # foreign names in one story
_LATIN_FLOOR = 0.85
_BEYOND = bytes(range(0x80, 0x100))

_MARKS = frozenset("‘’“”„‚‹›«»–—…•·®™º№\xa0\xad")  # stand anywhere
_SYMBOLS = frozenset("€£¢¥§©°´¿¡½¼¾×÷±¶")  # not behind a letter: "за€вил" is no word


def sample(data: bytes) -> bytes:
    """The words of data that have a byte beyond ASCII, at most 2,000: all that tells one encoding from another."""
    return b" ".join(islice((w[0] for w in _WORD.finditer(data) if not w[0].isascii()), _WORDS))


def encoding(data: bytes) -> str | None:
    """The single-byte encoding whose letters fit best; None where the text is in no script known here."""
    words = sample(data)
    if not words:
        return None
    return _by_frequency(words) if _in_own_script(words) else _by_alphabet(words)


def plausible(data: bytes, name: str) -> bool:
    """Whether a declared encoding may be believed. A single-byte one decodes anything, so its letters must fit:
    Cyrillic declared as Western, or KOI8-R as Windows-1251, is found out. Where they are in doubt the page is right."""
    if name not in _OWN_SCRIPT and name not in {latin for latin, _ in _LATIN}:
        return True
    words = sample(data)
    if not words or not _in_own_script(words):
        return True
    if name not in _OWN_SCRIPT:
        return _by_frequency(words) is None
    return _likelihood(words, name) > max(_likelihood(words, other) for other in _OWN_SCRIPT) - _DOUBT


def _in_own_script(words: bytes) -> bool:
    """Whether high bytes make up whole words, as in Cyrillic, rather than stand among ASCII letters."""
    high = sum(map(len, re.findall(rb"[\x80-\xff]{3,}", words)))
    return high * 2 > len(words) - words.count(b" ")


def _by_frequency(words: bytes) -> str | None:
    likely = {name: _likelihood(words, name) + odds for name, (_, odds) in _OWN_SCRIPT.items()}
    best = max(likely, key=lambda name: likely[name])
    return best if _likelihood(words, best) > _FLOOR * sum(byte > 0x7F for byte in words) else None


def _likelihood(words: bytes, name: str) -> float:
    """The log likelihood of words read as name, letter by letter."""
    letters, _ = _OWN_SCRIPT[name]
    total, before = 0.0, " "
    for letter in words.decode(name, "replace"):
        if letter > "\x7f":
            odd = letter.isupper() and before.islower()
            rare = _MARK if _neutral(letter, before) else _STRANGE
            total += math.log(letters[letter.lower()] / 1000) if letter.lower() in letters and not odd else rare
        before = letter
    return total


def _by_alphabet(words: bytes) -> str | None:
    best, share = "", 0.0
    for name, alphabet in _LATIN:
        if (fit := _explained(words, name, alphabet)) > share:
            best, share = name, fit
    if share <= _LATIN_FLOOR:
        best, share = "cp1252", _explained(words, "cp1252", _WESTERN)
    return best if share > _LATIN_FLOOR else None


def hardly_any(data: bytes) -> bool:
    """Whether so few bytes lie beyond ASCII that there is nothing to guess from: a sign in an English text."""
    return len(data) - len(data.translate(None, _BEYOND)) <= max(1, len(data) // 500)


def _explained(words: bytes, name: str, alphabet: str) -> float:
    """The share of the characters beyond ASCII that a language accounts for."""
    right = wrong = 0
    before = " "
    for letter in words.decode(name, "replace"):
        if letter > "\x7f":
            fits = letter in alphabet or letter.lower() in alphabet or _neutral(letter, before)
            right, wrong = right + fits, wrong + (not fits)
        before = letter
    return right / (right + wrong) if right else 0.0


def _neutral(letter: str, before: str) -> bool:
    return letter in _MARKS or (letter in _SYMBOLS and not before.isalpha())
