"""What grouping looks at in one story, read off once: words, names, numbers, quotations, dates and shingles.

A Traits value depends on its story alone, so it can be kept and used again whatever else is in the library.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from store.group import dates, languages, occasions
from store.group.occasions import NEVER, Occasion, Sentence
from store.model import Story, StoryId

T = TypeVar("T")
Shingles = NDArray[np.uint32]

# Acronyms with stops, numbers, words with an inner apostrophe; and the marks after which a capital means nothing.
# Grouping has its own splitter because it reads a hundred thousand stories: one regular expression, no sentences.
# "41 000" is one number where no letter, mark or other number stands close before it, and none behind.
_SPACE = "[ \u00a0\u2009\u202f]"
_TOKEN = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}|[1-9](?<![\w.,:/–-].)(?<!\d{_SPACE}.)\d{{0,2}}(?:{_SPACE}\d{{3}})+(?!{_SPACE}?\d)(?:,\d+)?"
    r"|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[.!?:;“”\"«»„\n]"
)
_ROUND = re.compile(r"\d+(?: 000)+")
_QUOTED = re.compile(r"“([^”“\n]{8,400})”|\"([^\"\n]{8,400})\"|«([^«»\n]{8,400})»|„([^“”\n]{8,400})[“”]")
_CHARACTERS = 60_000  # of a story's text; the longest of 11,703 labelled stories has 23,000
_SHINGLE = 5
_TITLE_COUNTS = 2  # a title's word counts as this many of the body's (1 and 3 measured within 0.002)
_REMEMBERED = 300_000  # words
_NAME = 4  # words of a name
_LEAD = 60  # words of the body that its lead is taken to be
_OPENING = 400  # characters of a body that are kept as written
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ENDS = frozenset(".!?\n")  # of sentences, near enough
_YEAR = re.compile(r"(?:19|20)\d\d")
_AGED = re.compile(r"(?<=[^\W\d_]), (\d\d)[,.]")
_PLACED = 120  # tokens of the body in which places are looked for
# In the kinds of a text's tokens (see _kind): capitals after a word, and a number before a word.
_RUN = re.compile(r"(?<=[dnwxNWX])[NWX]+")
_COUNTED = re.compile(r"[dnN](?=[nwNW])")
_NUMBERS = {name: str(n) for n, name in enumerate(_UNITS, start=1)}
# Words before a place, in the languages of the desk; an article may stand between.
_BEFORE_PLACE = frozenset(
    ("in", "at", "near", "outside", "around", "to", "from", "à", "en", "au", "aux", "de", "nach", "aus", "bei")
) | frozenset(("в", "у", "на", "до", "из", "із", "з"))
_ARTICLES = frozenset(("the", "la", "le", "les", "el", "los", "las", "der", "die", "das"))
AGE = "old"  # what stands for the noun in "a boy of 6 years old", "a 6-month-old boy", "Ilse Torm, 23, said"


@dataclass(frozen=True, slots=True)
class Traits:
    """One story as grouping sees it.

    terms: normal forms of words and how often they stand in title (counted double) and body; lead: the same in title
    and first 60 words. names: term -> the run of capitals it was seen in at its longest. numbers: a number and the word
    after it, "23 pirate"; quotes: the terms of each quotation; both -> as written. cited: dates in the text. year: of
    publication, else the latest named. shingles: sorted hashes of five words in a row. language: ISO 639-1, the one
    whose stems the terms are. opening: the first words of the body, as written. weekdays: in title and first words, see
    dates.weekdays. figures: terms of the lead that are numbers, and no years. places: names that the title and the
    first words have after a word like "in". occasion: see there.
    """

    story: StoryId
    headline: str
    published: str | None
    day: int | None
    terms: Mapping[str, int]
    lead: Mapping[str, int]
    names: Mapping[str, str]
    numbers: Mapping[str, str]
    quotes: Mapping[str, str]
    cited: frozenset[dates.Cited]
    year: int | None
    shingles: Shingles
    language: str = languages.ENGLISH
    opening: str = ""
    weekdays: int = 0
    figures: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    occasion: Occasion = NEVER

    def surface(self, name: str) -> str:
        """How the story writes the one word of a name."""
        normal = _normal(self.language)
        written = (w for w in self.names[name].split() if normal[w] == name)
        return next((w.removesuffix("'s").removesuffix("’s") for w in written), name)


def read(story: Story) -> Traits:
    """The traits of a story; never fails, whatever the text."""
    title = "" if story.head.title_made else story.head.title
    body = "\n".join(story.body)[:_CHARACTERS]
    tokens = _TOKEN.findall(body)
    language = languages.of(story.head.language, tokens)
    forms = _normal(language)
    tokens, titled = _parted(tokens, language), _parted(_TOKEN.findall(title), language)
    heading = forms.of(titled)
    normal = forms.of(tokens)
    shape = "".join(_KIND.of(tokens))
    counts = Counter(normal)
    for word in heading:
        counts[word] += _TITLE_COUNTS
    del counts[""]
    lead = Counter([t for t in heading if t] + [t for t in normal[: 2 * _LEAD] if t][:_LEAD])
    day, cited = dates.ordinal(story.head.published), dates.cited(body, language)
    heading_signs, signs = _signs(titled, language), _signs(tokens, language)
    opening = [Sentence(titled, heading, heading_signs), *_sentences(tokens[: 2 * _LEAD], normal, signs, language)]
    return Traits(
        story=story.id,
        headline=story.head.title,
        published=story.head.published,
        day=day,
        terms=counts,
        lead=lead,
        names=_names(tokens, normal, shape),
        numbers=dict(_numbers(tokens, normal, shape, language))
        | {f"{m[1]} {AGE}": f"{m[1]} years old" for m in _AGED.finditer(body)},
        quotes=dict(_quotes(body, forms)),
        cited=cited,
        year=dates.year(story.head.published, f"{title}\n{body}"),
        shingles=_shingles(_CODE.of(normal)),
        language=language,
        opening=body[:_OPENING],
        weekdays=dates.weekdays(chain.from_iterable(sentence.signs for sentence in opening)),
        figures=frozenset(t for t in lead if t[0].isdigit() and not _YEAR.fullmatch(t)),
        places=_places(titled, heading, "".join(_KIND.of(titled))) | _places(tokens, normal, shape[:_PLACED]),
        occasion=occasions.read(day, chain(heading_signs, signs), cited, opening, language),
    )


def _parted(tokens: list[str], language: str) -> list[str]:
    """The same with two numbers where a language writes none with a space: "on May 12 300 met". "41 000" is one in
    all languages, and so is what no-break or thin spaces hold together."""
    if language not in languages.UNSPACED or not any(" " in token for token in tokens):
        return tokens
    return [part for token in tokens for part in ([token] if _ROUND.fullmatch(token) else token.split(" "))]


def _term(word: str) -> str:
    """A Snowball stem instead was measured within 0.003 B3 F1 on four labelled sets, at three times the time."""
    if word[:1].isdigit() and word[-1].isdigit():
        return languages.figure(word, languages.ENGLISH)[:40]
    word = word.lower().replace("’", "'").removesuffix("'s").replace("'", "")
    if "." in word and not word[0].isdigit():
        word = word.replace(".", "")
    if len(word) < 2 and not word.isdigit():
        return ""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word[:40]


class _Known(dict[str, T]):
    """Remembers what a function says of a word: three times as fast as lru_cache, which counts and locks."""

    def __init__(self, tell: Callable[[str], T]) -> None:
        self._tell = tell

    def __missing__(self, word: str) -> T:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = told = self._tell(word)
        return told

    def of(self, words: Sequence[str]) -> list[T]:
        return list(map(self.__getitem__, words))


_TERM = _Known(_term)
term = _TERM.__getitem__  # the normal form of a word: lower case, no possessive, no plural s; "" for a mark or a letter


def _kind(token: str) -> str:
    """m a mark, d a number, n a number's name, w another word, x a letter; in upper case where it has a capital."""
    if token[0].isdigit():
        return "d"
    if not token[0].isalnum():
        return "m"
    normal = term(token)
    kind = "n" if normal in _NUMBERS else "w" if normal else "x"
    return kind.upper() if token[0].isupper() else kind


def _code(word: str) -> int:
    """A checksum, the same on every machine; 0 for no word."""
    return crc32(word.encode("utf-8", "replace"))


@cache
def _normal(language: str) -> _Known[str]:
    """What words are in a language; English for those without a stemmer here."""
    tell = languages.forms(language)
    return _Known(tell) if tell else _TERM


def _signs(tokens: Sequence[str], language: str) -> list[int]:
    """What words say of time, 0 for nothing."""
    tell = dates.signs(language).get
    return [tell(token, 0) for token in tokens]


def _sentences(tokens: Sequence[str], normal: Sequence[str], signs: Sequence[int], language: str) -> Iterator[Sentence]:
    begin, english = 0, language == languages.ENGLISH
    for end in [*(at for at, token in enumerate(tokens) if token in _ENDS), len(tokens)]:
        if signs[end + 1 : end + 2] == [dates.MONTH] and begin < end and tokens[end - 1].isdigit() and not english:
            continue  # "am 6. Mai"
        if end > begin:
            yield Sentence(tokens[begin:end], normal[begin:end], signs[begin:end])
        begin = end + 1


_KIND = _Known(_kind)
_CODE = _Known(_code)
code = _CODE.__getitem__  # the checksum of a word, remembered
coded = _Known(lambda word: _CODE[_TERM[word]]).__getitem__  # that of its normal form


def _names(tokens: Sequence[str], normal: Sequence[str], shape: str) -> dict[str, str]:
    """Words with a capital inside a sentence, each with the longest run of them it is in (up to four words)."""
    longest: dict[str, str] = {}
    for run in _RUN.finditer(shape):
        start, end = run.span()
        for at in range(start, end):
            word = normal[at]
            if not word:
                continue
            first = max(start, min(at - 1, end - _NAME))
            name = tokens[at] if end - start == 1 else " ".join(tokens[first : min(end, first + _NAME)])
            if len(longest.get(word, "")) < len(name):
                longest[word] = name
    return longest


def _places(tokens: Sequence[str], normal: Sequence[str], shape: str) -> frozenset[str]:
    """The words of each run of capitals, up to four, behind a word such as "in"."""
    found: set[str] = set()
    for run in _RUN.finditer(shape):
        start, end = run.span()
        before = tokens[start - 1]
        if before in _ARTICLES and start > 1:
            before = tokens[start - 2]
        if before in _BEFORE_PLACE:
            found.update(normal[start : min(end, start + _NAME)])
    return frozenset(found - dates.CALENDAR - {""})


def _numbers(tokens: Sequence[str], normal: Sequence[str], shape: str, language: str) -> Iterator[tuple[str, str]]:
    signs, elsewhere = dates.signs(language), language != languages.ENGLISH
    for found in _COUNTED.finditer(shape):
        at = found.start()
        number = languages.figure(tokens[at], language) if shape[at] == "d" else _NUMBERS[normal[at]]
        if normal[at + 1] in ("year", "month") and normal[at + 2 : at + 3] == [AGE]:
            yield f"{number} {AGE}", " ".join(tokens[at : at + 3])
        if not (elsewhere and signs.get(tokens[at + 1]) == dates.MONTH):  # "3 мая"
            yield f"{number} {normal[at + 1]}", f"{tokens[at]} {tokens[at + 1]}"


def _quotes(body: str, forms: _Known[str]) -> Iterator[tuple[str, str]]:
    for match in _QUOTED.finditer(body):
        words = [t for t in forms.of(_TOKEN.findall(match[match.lastindex or 0])) if t]
        if len(words) > 1:
            yield " ".join(words), match[match.lastindex or 0]


def _shingles(codes: Sequence[int]) -> Shingles:
    """Hashes of every five words in a row, by a polynomial over the words' checksums (the same on every machine)."""
    words = np.array(codes, dtype=np.uint64)
    words = words[words > 0]
    if len(words) < _SHINGLE:
        return np.empty(0, dtype=np.uint32)
    rolled = np.zeros(len(words) - _SHINGLE + 1, dtype=np.uint64)
    for at in range(_SHINGLE):
        rolled = rolled * np.uint64(0x9E3779B97F4A7C15) + words[at : at + len(rolled)]
    rolled ^= rolled >> np.uint64(29)
    rolled *= np.uint64(0xBF58476D1CE4E5B9)
    short = (rolled >> np.uint64(32)).astype(np.uint32)  # half the memory; chance makes no eight of them alike
    short.sort()
    first: Shingles = short[np.concatenate([[True], short[1:] != short[:-1]])]
    return first
