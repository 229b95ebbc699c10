"""The same thing said in two wordings: quotes of one speaker that share most of their words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from store.model import Quote, Saying
from store.quotes.names import is_body, person
from store.text import words

SAME = 0.6  # of the shorter quote's content words that the longer one has too
_MOST = 200  # sayings of one speaker that a quote is compared with


def sayings(quotes: Sequence[Quote]) -> tuple[Saying, ...]:
    """Quotes put together by speaker and by what is said: speakers in the order in which they first appear, each with
    all sayings in order of appearance. A speaker goes by the fullest and most usual name that any story gives."""
    named = names(q.speaker for q in quotes)
    kept: dict[str, list[tuple[list[Quote], list[frozenset[str]]]]] = defaultdict(list)
    for quote in quotes:
        said = _content(quote.text)
        of = kept[named[quote.speaker]]
        for others, contents in of[:_MOST]:
            if any(_alike(said, other) for other in contents):
                others.append(quote)
                contents.append(said)
                break
        else:
            of.append(([quote], [said]))
    return tuple(Saying(speaker, tuple(sorted(found, key=_fullest))) for speaker, of in kept.items() for found, _ in of)


def names(speakers: Iterable[str]) -> dict[str, str]:
    """What each speaker is called among several stories: "Halpas" and "Jorin Halpas" are "Joren Halpas" where most say
    so, "consulate" is "the consulate". Two people of one surname stay two."""
    usual = Counter(speakers)
    surnames: dict[str, list[str]] = defaultdict(list)
    for speaker, _ in sorted(usual.items(), key=lambda item: (-item[1], -len(item[0]))):
        if person(speaker):
            surnames[speaker.split()[-1]].append(speaker)
    bodies: dict[str, str] = {}
    found = {}
    for speaker in usual:
        bearers = surnames.get(speaker.split()[-1], [])
        if person(speaker):
            found[speaker] = next(b for b in bearers if _one_person(b, speaker))
        elif len(speaker.split()) == 1 and not is_body(speaker) and bearers:
            found[speaker] = bearers[0] if all(_one_person(bearers[0], b) for b in bearers) else speaker
        else:
            found[speaker] = bodies.setdefault(speaker.casefold().removeprefix("the ").replace("’", "'"), speaker)
    return found


def _one_person(first: str, second: str) -> bool:
    """Whether two full names of one surname may be one person's: "Sergey" and "Sergei", "J." and "Joren"."""
    a, b = first.split()[0].casefold().strip("."), second.split()[0].casefold().strip(".")
    same = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return same >= min(3, len(a), len(b))


def _fullest(quote: Quote) -> tuple[bool, int]:
    return not quote.direct, -len(quote.text)


def _content(text: str) -> frozenset[str]:
    stop = words.stop_words("en")
    return frozenset(words.stem(w) for w in words.words(text.casefold()) if w not in stop)


def _alike(first: frozenset[str], second: frozenset[str]) -> bool:
    shorter = min(len(first), len(second))
    return shorter >= 2 and len(first & second) >= SAME * shorter
