"""Stop words: our own of the languages the desk reads, sumy's of the others it ships."""

from __future__ import annotations

from functools import cache

from sumy.utils import get_stop_words

from store.text import words

_SHIPPED = {
    "cs": "czech",
    "el": "greek",
    "he": "hebrew",
    "it": "italian",
    "ja": "japanese",
    "ko": "korean",
    "pl": "polish",
    "pt": "portuguese",
    "sk": "slovak",
    "sv": "swedish",
    "th": "thai",
    "zh": "chinese",
}


@cache
def stop_words(lang: str) -> frozenset[str]:
    """The commonest words of a language, lower case; empty for a language that nobody listed."""
    own = words.stop_words(lang)
    return own or frozenset(map(str.lower, get_stop_words(_SHIPPED[lang]))) if lang in _SHIPPED else own
