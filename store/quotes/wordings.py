"""The same thing said in two wordings: quotes of one speaker that share most of their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.model import Quote
from store.text import words

SAME = 0.6  # of the shorter quote's content words that the longer one has too


@dataclass(frozen=True, slots=True)
class Saying:
    """What one speaker said once, as each story has it: the fullest wording first."""

    speaker: str
    quotes: tuple[Quote, ...]


def sayings(quotes: Sequence[Quote]) -> tuple[Saying, ...]:
    """Quotes put together by speaker and what is said, in the order in which they first appear."""
    kept: list[tuple[str, list[Quote], list[frozenset[str]]]] = []
    for quote in quotes:
        said = _content(quote.text)
        for speaker, others, contents in kept:
            if _one_person(speaker, quote.speaker) and any(_alike(said, other) for other in contents):
                others.append(quote)
                contents.append(said)
                break
        else:
            kept.append((quote.speaker, [quote], [said]))
    return tuple(
        Saying(max((q.speaker for q in found), key=len), tuple(sorted(found, key=_fullest))) for _, found, _ in kept
    )


def _fullest(quote: Quote) -> tuple[bool, int]:
    return not quote.direct, -len(quote.text)


def _one_person(first: str, second: str) -> bool:
    a, b = first.casefold().split(), second.casefold().split()
    return a[-1:] == b[-1:] or set(a) <= set(b) or set(b) <= set(a)


def _content(text: str) -> frozenset[str]:
    stop = words.stop_words("en")
    return frozenset(words.stem(w) for w in words.words(text.casefold()) if w not in stop)


def _alike(first: frozenset[str], second: frozenset[str]) -> bool:
    shorter = min(len(first), len(second))
    return shorter >= 2 and len(first & second) >= SAME * shorter
