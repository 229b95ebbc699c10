"""On which days a lead says that something was, and in which words: two stories that tell the same in the same words of
different days tell of two events (two rounds of talks, two blasts), where stories that follow an event up tell
something else of the other day.

Days stand in a mask of 64 bits, ordinal modulo 64: stories that are compared are a month apart at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from store.group import dates

DAYS = 64  # bits of a mask
_NEAR = 14  # days from publication to a date that a lead speaks of as news
_SHORTEST = 3  # letters of a word that tells something
_LONG = 8  # tokens of a first sentence; what is shorter may be a dateline or a heading
_WEEK = 7
NAMED_TOO = ("de", "ar")  # languages in which a capital does not tell a name
# Behind these, so many words away at most, a day of the week may be the next one: it says neither which, nor that
# something was.
_AHEAD, _FAR = frozenset(("will", "next", "scheduled", "due", "expected")), 6


@dataclass(frozen=True, slots=True)
class Occasion:
    """days: mask of those that title and body name; led: of those in the lead's sentences; words: of these, as the
    text's normal forms; titled: whether the title names one, as those of bulletins do, and where nothing else does
    the words are of the first sentence too. Where the lead names no day, led is 0, the words are of the first
    sentence, and the day of publication is among the days."""

    days: int = 0
    led: int = 0
    words: frozenset[str] = frozenset()
    titled: bool = False


NEVER = Occasion()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens, their normal forms, and what they say of time."""

    tokens: Sequence[str]
    normal: Sequence[str]
    signs: Sequence[int]

    def coming(self, language: str) -> set[int]:
        """The signs of its days of the week that may be the next ones."""
        if ahead := dates.coming(language):
            week = {sign for sign in self.signs if 0 < sign < dates.TODAY}
            return week if week and any(ahead.fullmatch(token.lower()) for token in self.tokens) else set()
        if _AHEAD.isdisjoint(self.normal):
            return set()
        return {
            sign
            for at, sign in enumerate(self.signs)
            if 0 < sign < dates.TODAY and not _AHEAD.isdisjoint(self.normal[max(0, at - _FAR) : at])
        }

    def words(self, language: str) -> set[str]:
        """What tells something and is no name; in NAMED_TOO names too."""
        named, each = language in NAMED_TOO, zip(self.tokens, self.normal, strict=True)
        return {
            normal
            for token, normal in each
            if len(normal) >= _SHORTEST and token[0].isalpha() and (named or not token[0].isupper())
        }


def read(
    published: int | None,
    signs: Iterable[int],
    cited: Iterable[dates.Cited],
    lead: Sequence[Sentence],
    language: str = "en",
) -> Occasion:
    """Of a story that was published on a day. signs (see dates.signs), cited: in all of its text; lead: its title,
    and the sentences of its beginning. In a language whose dates ("March 3") are not read a lead that names no day that
    is known may name one that is not."""
    if published is None:
        return NEVER
    days = _named(signs, published) | _near(cited, published)
    led, words, elsewhere, titled, dated = 0, set[str](), language != "en", False, False
    for sentence in lead:
        coming = sentence.coming(language)
        named = _named((sign for sign in sentence.signs if sign not in coming), published)
        days |= _named(coming, published) | _ahead(coming, published)
        if dates.MONTH in sentence.signs or (elsewhere and any(t[0].isdigit() for t in sentence.tokens)):
            named |= _near(dates.cited(" ".join(sentence.tokens), language), published)
        if named:
            titled, dated = (True, dated) if sentence is lead[0] else (titled, True)
            led |= named
            words |= sentence.words(language)
    if not led and not dates.reads(language):
        return NEVER
    if not led:
        days |= 1 << published % DAYS
    if not dated:
        words |= next((s.words(language) for s in lead[1:] if len(s.tokens) >= _LONG), set())
    return Occasion(days | led, led, frozenset(words), titled)


def told(occasion: Occasion, published: int) -> dates.Cited:
    """The day of which a lead tells, the one nearest to its publication; that itself, where it names none."""
    near = sorted(range(-_NEAR, _NEAR + 1), key=abs)
    back = next((back for back in near if occasion.led >> (published - back) % DAYS & 1), 0)
    day = date.fromordinal(published - back)
    return dates.Cited(day.month, day.day)


def _named(signs: Iterable[int], published: int) -> int:
    """The days that signs tell: of a day of the week the last one, that of publication included."""
    mask = 0
    for sign in set(signs):
        if 0 < sign < dates.MONTH:
            back = sign // dates.YESTERDAY if sign >= dates.TODAY else (published - sign.bit_length()) % _WEEK
            mask |= 1 << (published - back) % DAYS
    return mask


def _ahead(signs: Iterable[int], published: int) -> int:
    """The days that signs of days of the week tell where they are the next ones."""
    mask = 0
    for sign in signs:
        mask |= 1 << (published + (sign.bit_length() - published) % _WEEK) % DAYS
    return mask


def _near(cited: Iterable[dates.Cited], published: int) -> int:
    mask = 0
    for named in cited:
        day = named.near(published)
        if abs(day - published) <= _NEAR:
            mask |= 1 << day % DAYS
    return mask
