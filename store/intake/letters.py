"""Which single-byte encoding a text is in, told by its letters: Windows-1251 or KOI8-R, Windows-1252 or 1250 or 1254.

Short texts are what charset-normalizer gets wrong (it reads "España" in Windows-1252 as Baltic DOS), and these few
families are most of what is left of the time before UTF-8. What is neither goes to charset-normalizer.
"""

from __future__ import annotations

import math
import re
from itertools import islice

_WORD = re.compile(rb"[A-Za-z\x80-\xff]{1,64}")
_WORDS = 2000  # words with a high byte that are looked at

# Letters per thousand in Russian prose (Russian National Corpus, rounded), with those of Ukrainian, Belarusian,
# Bulgarian, Serbian and Macedonian that Russian lacks at the weight of a rare Russian letter.
_PER_THOUSAND = {
    "о": 110, "е": 85, "а": 80, "и": 74, "н": 67, "т": 63, "с": 55, "р": 47, "в": 45, "л": 44, "к": 35, "м": 32,
    "д": 30, "п": 28, "у": 26, "я": 20, "ы": 19, "ь": 17, "г": 17, "з": 16, "б": 16, "ч": 14, "й": 12, "х": 10,
    "ж": 9, "ш": 7, "ю": 6, "ц": 5, "щ": 4, "э": 3, "ф": 3, "ъ": 1, "ё": 1,
    "і": 30, "ї": 6, "є": 5, "ґ": 1, "ў": 6, "ј": 20, "љ": 5, "њ": 5, "ћ": 5, "ђ": 2, "џ": 1, "ѓ": 1, "ќ": 1, "ѕ": 1,
}  # fmt: skip
_WEIGHT = {letter: math.log(n / 1000) for letter, n in _PER_THOUSAND.items()}
_STRANGE = math.log(0.0001)  # what is no Cyrillic letter, or a capital after a small letter
_CYRILLIC = ("cp1251", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic")  # the likelier first: it wins a tie
_CYRILLIC_FLOOR = -3.9  # mean weight; Slavic prose has about -3.0, other scripts read as Cyrillic -4.5 and less

# Letters beyond ASCII in each language, by encoding, the likelier encoding first. cp1252 stands for ISO 8859-1 too.
_LATIN = {
    "cp1252": (
        "àâæçéèêëîïôœùûüÿ", "äöüßéà", "áéíñóúü", "ãáàâçéêíóôõúü", "àèéìíîòóùú", "æøåéèêóò", "åäöéàü", "äöåšž",
        "éëïóöüèáê", "áéíóúýþæöð", "àçèéíïòóúü", "áéíóú",
    ),
    "cp1250": (
        "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţ", "çëáéíóúý",
    ),
    "cp1254": ("âçğıîöşüiû",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
}  # fmt: skip
_LATIN_FLOOR = 0.85
_SIGNS = frozenset("‘’“”„‚‹›«»–—…•·€£§©®™°º\xa0´")


def sample(data: bytes) -> bytes:
    """The words of data that have a byte beyond ASCII, at most 2,000: all that tells one encoding from another."""
    return b" ".join(islice((w[0] for w in _WORD.finditer(data) if not w[0].isascii()), _WORDS))


def encoding(data: bytes) -> str | None:
    """The single-byte encoding whose letters fit best; None where the text is in no script known here."""
    words = sample(data)
    if not words:
        return None
    return (_best_cyrillic(words) or _best_latin(words)) if _in_own_script(words) else _best_latin(words)


def plausible(data: bytes, name: str) -> bool:
    """Whether a declared encoding may be believed: only where the letters plainly say another is it not."""
    if name not in _CYRILLIC and name not in _LATIN:
        return True
    seen = encoding(data)
    return seen is None or ((seen in _CYRILLIC) == (name in _CYRILLIC) and (name in _LATIN or seen == name))


def _in_own_script(words: bytes) -> bool:
    """Whether the high bytes make up whole words, as in Cyrillic, rather than stand among ASCII letters."""
    high = re.findall(rb"[\x80-\xff]{3,}", words)
    return sum(map(len, high)) * 2 > len(words) - words.count(b" ")


def _best_cyrillic(words: bytes) -> str | None:
    best = max(_CYRILLIC, key=lambda name: _cyrillic_fit(words, name))
    return best if _cyrillic_fit(words, best) > _CYRILLIC_FLOOR else None


def _cyrillic_fit(words: bytes, name: str) -> float:
    """The mean log frequency of the letters of words read as name."""
    total, count, before = 0.0, 0, " "
    for letter in words.decode(name, "replace"):
        if letter > "\x7f" and letter not in _SIGNS:
            odd = letter.isupper() and before.islower()
            total += _STRANGE if odd else _WEIGHT.get(letter.lower(), _STRANGE)
            count += 1
        before = letter
    return total / count if count else -math.inf


def _best_latin(words: bytes) -> str | None:
    best = max(_LATIN, key=lambda name: _latin_fit(words, name))
    return best if _latin_fit(words, best) > _LATIN_FLOOR else None


def _latin_fit(words: bytes, name: str) -> float:
    """The share of the characters beyond ASCII that one language of the encoding accounts for."""
    text = words.decode(name, "replace")
    letters = [c for c in text if c > "\x7f" and c not in _SIGNS]
    if not letters:
        return 1.0 if any(c in _SIGNS for c in text) else 0.0
    return max(sum(_belongs(c, alphabet) for c in letters) for alphabet in _LATIN[name]) / len(letters)


def _belongs(letter: str, alphabet: str) -> bool:
    return letter.lower() in alphabet
