"""What a sentence says in a form that can be held against what a reader knows: what it counts, when, who, and whether
it denies it. Where in doubt a sentence is not known: told twice it costs a line, missed it costs the news."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from store.summary.figures import SPELLED, fate
from store.summary.page import Page
from store.summary.roles import Role, roles, swapped
from store.summary.stances import DENIALS, Stance, stance
from store.summary.stop_words import stop_words
from store.summary.times import CALENDAR, MONTHS
from store.text import words

_SHORT = 5  # content words from which on a sentence may be known without every one of them
_MOST_NEW, _SHARE_NEW = 3, 0.25  # content words that make a known sentence new: so many, or this share of its own ...
_CLAUSE = 2  # ... or so many one after the other
_REPORTING = frozenset(("said", "says", "told", "tells", "added", "adds", "reporters", "statement"))  # in every story
_ATTRIBUTED = 4  # words after "said" in which a weekday tells when it was said
_UNITS = frozenset(("percent", "per", "cent", "pct"))  # written in several ways


@dataclass(frozen=True, slots=True)
class Said:
    """What one sentence says, as stems but for numbers and days. counted: what stands beside a number; names: runs of
    words in capitals, in German, where every noun is written so, nouns instead; denied: the stems that follow a word of
    denial, and denies whether there is one."""

    content: tuple[str, ...]
    numbers: frozenset[str]
    counted: frozenset[str]
    months: frozenset[str]
    weekdays: frozenset[str]
    names: tuple[tuple[str, ...], ...]
    nouns: frozenset[str]
    fates: frozenset[str]
    denies: bool
    denied: frozenset[str]
    roles: tuple[Role, ...]

    @property
    def short(self) -> bool:
        """Whether it is known only where one sentence has all its content words."""
        return len(self.content) < _SHORT

    def agrees(self, other: Said) -> bool:
        """Whether the other has its numbers and days, denies what it does and does not have who does and who suffers
        it the other way round."""
        return (
            self.numbers <= other.numbers
            and self.months <= other.months
            and (not other.weekdays or self.weekdays <= other.weekdays)
            and self.fates <= other.fates
            and self.denies == other.denies
            and self.denied & set(other.content) == other.denied & set(self.content)
            and not swapped(self.roles, other.roles)
        )

    def covered(self, held: set[str], met: set[str]) -> bool:
        """Whether its content words and names are among those held; of a name of several words one must be, and the
        others met anywhere."""
        if (
            not self.counted <= held
            or not self.nouns <= held | met
            or not all(_known_name(name, held, met) for name in self.names)
        ):
            return False
        fresh = [stem not in held for stem in self.content]
        if self.short:
            return not any(fresh)
        clause = max((len(list(run)) for new, run in groupby(fresh) if new), default=0)
        return clause < _CLAUSE and sum(fresh) < min(_MOST_NEW, _SHARE_NEW * len(fresh))


def _known_name(name: tuple[str, ...], held: set[str], met: set[str]) -> bool:
    return any(stem in held for stem in name) and all(stem in held or stem in met for stem in name)


class Sayings:
    """What each sentence of a page says, read when it is first asked for."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._read: dict[int, Said] = {}
        self._stances: dict[int, Stance] = {}

    def of(self, number: int) -> Said:
        if number not in self._read:
            sentence = self._page.sentences[number]
            self._read[number] = said(sentence.words, self._page.langs[sentence.story])
        return self._read[number]

    def stance(self, number: int) -> Stance:
        """Which side of what matters it is on."""
        if number not in self._stances:
            sentence = self._page.sentences[number]
            self._stances[number] = stance(sentence.words, self._page.langs[sentence.story])
        return self._stances[number]

    def stems(self, numbers: Iterable[int]) -> set[str]:
        """All stems of these sentences, those of common words too."""
        found: set[str] = set()
        for number in numbers:
            sentence = self._page.sentences[number]
            lang = self._page.langs[sentence.story]
            found.update(words.stem(token, lang) for token in sentence.words)
        return found


def said(tokens: Iterable[str], lang: str) -> Said:
    """What a sentence of these words says."""
    listed = list(tokens)
    low = [token.lower() for token in listed]
    stop, deny = stop_words(lang), DENIALS.get(lang, frozenset())
    plain = [word not in stop and word not in _REPORTING and word not in CALENDAR for word in low]
    stems = [words.stem(word, lang) for word in low]
    numeric = [_number(word) for word in low]
    denials = [at for at, word in enumerate(low) if word in deny or word.endswith("n't")]
    beside = {at + step for at, word in enumerate(low) if word[:1].isdigit() for step in (-1, 1)}
    following = (next((stems[n] for n in range(at + 1, len(low)) if plain[n]), None) for at in denials)
    return Said(
        content=tuple(stem for at, stem in enumerate(stems) if plain[at] and not numeric[at]),
        numbers=frozenset(filter(None, numeric)),
        counted=frozenset(
            stems[at] for at in beside if 0 <= at < len(low) and plain[at] and not numeric[at] and low[at] not in _UNITS
        ),
        months=frozenset(word[:3] for at, word in enumerate(low) if word in MONTHS and listed[at][0].isupper()),
        weekdays=frozenset(
            word[:3]
            for at, word in enumerate(low)
            if word in CALENDAR - MONTHS and not _REPORTING.intersection(low[max(0, at - _ATTRIBUTED) : at])
        ),
        names=tuple(_names(listed, low, stems, lang)),
        nouns=frozenset(stems[at] for at, token in enumerate(listed) if lang == "de" and at and token[0].isupper()),
        fates=frozenset(filter(None, map(fate, low))),
        denies=bool(denials),
        denied=frozenset(filter(None, following)),
        roles=tuple(roles(listed, stems, plain, lang)),
    )


def _number(word: str) -> str:
    """A number as far as two can be told apart; "" for another word."""
    if word in SPELLED:
        return f"{SPELLED[word]:g}"
    return word.strip("$€£¥₽₴₺").replace(",", "") if not word[:1].isalpha() and any(map(str.isdigit, word)) else ""


def _names(listed: list[str], low: list[str], stems: list[str], lang: str) -> Iterator[tuple[str, ...]]:
    """Words in capitals, those that follow one another as one; none in German. The
    first word of a sentence is a name only before another."""
    if lang == "de":
        return
    named = [token[0].isupper() and word not in CALENDAR for token, word in zip(listed, low, strict=True)]
    for is_name, run in groupby(range(len(listed)), key=named.__getitem__):
        places = [at for at in run if at]
        if is_name and places:
            yield tuple(stems[at] for at in places)
