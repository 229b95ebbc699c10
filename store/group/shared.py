"""What two stories both hold, as data: names, places, quotations, dates, numbers and phrases, heaviest first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from store.group.dates import CALENDAR
from store.group.traits import Traits, term
from store.group.vectors import Vectors, background
from store.model import Shared, Story

_NAMES = 8
_OTHERS = 4  # of every other kind
_LONGEST = 60  # characters of a name or a quotation
_EVERYWHERE = 0.2  # share of ordinary stories that hold a word
_SHORT = 40  # characters of one thing in a sentence
_TOLD = {"name": 4, "place": 3, "quotation": 1, "date": 2, "number": 2, "phrase": 2}  # things of one kind in a sentence
_SAID = {
    "name": "both name {}",
    "place": "both speak of {}",
    "quotation": 'both quote "{}"',
    "date": "both cite {}",
    "number": "both count {}",
    "phrase": 'both write "{}"',
}
_MANY = 0.1  # likeness from which on words are many
_ORDINAL = ("th", "st", "nd", "rd")  # "the 4th forum" counts no fourths
_QUOTES = re.compile('["“”]')
_COUNTS = 3  # mentions beyond which more say no more
_LONG_PHRASE = 5  # words
_READ = 20_000  # characters of a text in which phrases are looked for
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[.!?:;,“”\"«»()\n]")
_LETTERS = re.compile(r"\w+(?:['’]\w+)*")
_BEFORE_PLACE = re.compile(
    r"\b(in|at|from|near|outside|around|via|to|into|across|à|en|au|aux|de|in|nach|aus|bei|в|у|на|до|из|із|з)\s+$"
)
_BEFORE_PERSON = frozenset(("to", "from", "à", "aux", "de", "aus", "bei", "у", "до", "из", "із", "з"))
"""Those of these words that stand before people as well: what has no other before it may be one."""
_CUT = re.compile(r"0\d\d ")  # the end of a number that is written in a way unknown here: "41'000", "41 , 000"
_PER = " per"  # as a number ends whose noun comes later
_BETWEEN = (", ", " (", ") ", "), ", " – ", " — ", " - ", "/")  # what the words of one name have not between them


def between(mine: Traits, theirs: Traits, vector: Vectors, *, told: bool = False) -> tuple[Shared, ...]:
    """Names, quotations, dates and numbers; a place is a name here. Cheap enough for every story of a library. told:
    no more names than `sentences` tells.

    Weights are idf times how often both say it, up to three times; one of unlike kinds is only roughly the other's. A
    quotation weighs by its words, a date as much as a word that nobody else has.
    """
    names = list(_names(mine, theirs, vector, _TOLD["name"] if told else _NAMES))
    found = [*names, *_quotes(mine, theirs, vector), *_dates(mine, theirs, vector), *_numbers(mine, theirs, vector)]
    return tuple(sorted(found, key=_heaviest))


def in_full(found: Sequence[Shared], one: Story, other: Story, vector: Vectors) -> tuple[Shared, ...]:
    """The same with places told from names and with phrases, for which the texts are read again: 10 ms."""
    texts = ["\n".join((story.head.title, *story.body))[:_READ] for story in (one, other)]
    told = [*located(_as_written(found, texts, vector), one, other)]
    told += _phrases(one, other, {word for shared in found for word in _terms(shared.text)}, vector)
    return tuple(sorted(told, key=_heaviest))


def _as_written(found: Iterable[Shared], texts: Sequence[str], vector: Vectors) -> Iterator[Shared]:
    """The same with names parted where the texts part them, each once, and what a number is per: "37 per cent"."""
    said: set[str] = set()
    for shared in found:
        if shared.kind == "number" and shared.text.endswith(_PER):
            per = next((m[0] for text in texts if (m := re.search(rf"\b{re.escape(shared.text)}\s\w+", text))), None)
            yield replace(shared, text=per or shared.text)
        elif shared.kind == "name":
            parts = parted(shared.text, texts)
            worth = {part: max(map(vector.weight, _terms(part)), default=0.0) for part in parts}
            first = max(parts, key=lambda part: worth[part])
            for part in parts:  # how often each stands there is known of the heaviest alone
                least = shared.weight if part == first else min(shared.weight, round(worth[part], 2))
                if part not in said:
                    said.add(part)
                    yield replace(shared, text=part, weight=least)
        else:
            yield shared


def parted(run: str, texts: Sequence[str]) -> list[str]:
    """A run of capitals cut where a comma or the like, and nowhere a space alone, stands between two of its words: "in
    Gorhaven, Sandor Torm said" names two."""
    words = run.split()
    parts = [words[:1]]
    for one, next_one in pairwise(words):
        said = [text for text in texts if one in text]
        near = any(f"{one} {next_one}" in text for text in said)
        if not near and any(f"{one}{mark}{next_one}" in text for text in said for mark in _BETWEEN):
            parts.append([])
        parts[-1].append(next_one)
    return [" ".join(part) for part in parts]


def located(found: Iterable[Shared], one: Story, other: Story) -> Iterator[Shared]:
    """The names among these that are places called so."""
    for shared in found:
        placed = shared.kind == "name" and (place(shared.text, one) or place(shared.text, other))
        yield replace(shared, kind="place") if placed else shared


def sentences(found: Sequence[Shared]) -> list[str]:
    """What is shared, a part of a sentence a kind, heaviest kind first."""
    told: dict[str, list[str]] = {}
    for one in found:
        texts = told.setdefault(one.kind, [])
        if len(texts) < _TOLD[one.kind]:
            texts.append(short(one.text.removesuffix(_PER) if one.kind == "number" else one.text, _SHORT))
    quoted = ("quotation", "phrase")
    return [_SAID[k].format('", "'.join(texts) if k in quoted else ", ".join(texts)) for k, texts in told.items()]


def unnamed(likeness: float, *, one_language: bool) -> str:
    """What is true of two stories that are alike in none of these ways."""
    if not one_language:
        return "told in another language"
    return "many of the same words" if likeness >= _MANY else "few of the same words"


def _heaviest(shared: Shared) -> tuple[float, str, str]:
    return (-shared.weight, shared.kind, shared.text)


def counted(shared: Iterable[Shared], event: Sequence[Traits]) -> tuple[Shared, ...]:
    """The same with how many stories of an event hold each."""
    return tuple(replace(s, stories=sum(_holds(story, s) for story in event)) for s in shared)


def _holds(story: Traits, shared: Shared) -> bool:
    if shared.kind == "date":
        return any(str(date) == shared.text for date in story.cited)
    if shared.kind == "number":
        said = _terms(shared.text)
        whole = any(said == _terms(phrase) for phrase in story.numbers.values())
        return whole or any(p.endswith(_PER) and said[:2] == _terms(p) for p in story.numbers.values())
    return all(word in story.terms for word in _terms(shared.text))


def _terms(text: str) -> list[str]:
    return [t for t in map(term, _LETTERS.findall(text)) if t]


def _names(mine: Traits, theirs: Traits, vector: Vectors, most: int) -> Iterator[Shared]:
    """Runs of capitals that both have, each term in one of them only; more than `most` where they weigh the same."""
    both = (mine.names.keys() & theirs.names.keys()) - CALENDAR
    weights = {t: vector.weight(t) * min(mine.terms.get(t, 1), theirs.terms.get(t, 1), _COUNTS) ** 0.5 for t in both}
    held, said = set[str](), set[str]()
    told, last = 0, 0.0
    for name in sorted(both, key=lambda t: (-weights[t], t)):
        weight = round(weights[name], 2)
        if told == _NAMES or (told >= most and weight < last):
            return
        if name not in held:
            text = common_run(name, mine, theirs)
            words = set(text.casefold().split())
            if words <= said:  # of a language with stems "Ilse Torm" stands under two
                continue
            said |= words
            held.update(_terms(text))
            told, last = told + 1, weight
            yield Shared("name", text, weight)


def common_run(name: str, mine: Traits, theirs: Traits) -> str:
    """The longest run around a name that both stories write: "Ilse Torm", not "Commissioner Ilse Torm"."""
    run, other = mine.names[name], theirs.names[name]
    if run != other:
        others = set(map(term, other.split()))
        run = " ".join([word for word in run.split() if term(word) in others])
    run = run.removesuffix("'s").removesuffix("’s")[:_LONGEST]
    if " " in run and ("," in mine.opening or "," in theirs.opening):
        parts = parted(run, (mine.opening, theirs.opening))
        run = next((part for part in parts if name in _terms(part)), run)
    return run or mine.surface(name)


def place(text: str, story: Story) -> bool:
    if story.head.place and text.casefold() in story.head.place.casefold():
        return True
    body = "\n".join(story.body)[:_READ]
    at = [m.start() for m in re.finditer(rf"\b{re.escape(text)}\b", body)]
    before = [m[1] for a in at if (m := _BEFORE_PLACE.search(body, max(0, a - 10), a))]
    return len(before) * 2 > len(at) and not _BEFORE_PERSON.issuperset(before)


def _quotes(mine: Traits, theirs: Traits, vector: Vectors) -> Iterator[Shared]:
    both = sorted(mine.quotes.keys() & theirs.quotes.keys(), key=lambda q: (-len(q), q))
    for quote in both[:_OTHERS]:
        words = min(len(quote.split()), 12)
        yield Shared("quotation", short(mine.quotes[quote], _LONGEST), round(vector.lonely * words**0.5, 2))


def _dates(mine: Traits, theirs: Traits, vector: Vectors) -> Iterator[Shared]:
    for date in sorted(mine.cited & theirs.cited)[:_OTHERS]:
        yield Shared("date", str(date), round(vector.lonely, 2))


def _numbers(mine: Traits, theirs: Traits, vector: Vectors) -> Iterator[Shared]:
    both = sorted(filter(telling, mine.numbers.keys() & theirs.numbers.keys()), key=lambda n: (-len(n), n))
    for number in both[:_OTHERS]:
        weight = (vector.lonely + vector.weight(number.split(" ", 1)[1])) / 2
        yield Shared("number", short(mine.numbers[number], 30), round(weight, 2))


def telling(number: str) -> bool:
    """Whether a number counts something: "23 pirate", not "2017 when", "000 ton" or, of another language, "3 de"."""
    return (
        not number.endswith(" ")
        and not _CUT.match(number)
        and number.rpartition(" ")[2] not in _ORDINAL
        and background().get(number.split(" ", 1)[1], 0.0) < _EVERYWHERE
    )


def _phrases(one: Story, other: Story, known: set[str], vector: Vectors) -> Iterator[Shared]:
    """Two to five words in a row that both have, beginning and ending in words that say something."""
    mine, theirs = (dict(_grams(story)) for story in (one, other))
    both = sorted(mine.keys() & theirs.keys(), key=lambda p: (-_weight(p, vector), p))
    told: list[tuple[str, ...]] = []
    used: Counter[str] = Counter()
    for phrase in both:
        if len(told) == _OTHERS:
            break
        if all(t in known for t in phrase) or any(used[t] for t in phrase):
            continue
        told.append(phrase)
        used.update(phrase)
        yield Shared("phrase", mine[phrase], round(_weight(phrase, vector), 2))


def _weight(phrase: tuple[str, ...], vector: Vectors) -> float:
    return sum(vector.weight(t) for t in phrase) / float(len(phrase) ** 0.5)


def _grams(story: Story) -> Iterator[tuple[tuple[str, ...], str]]:
    text = "\n".join((story.head.title, *story.body))[:_READ]
    run: list[tuple[str, str]] = []
    for word in [*_WORD.findall(text), "\n"]:
        normal = term(word)
        if word[0].isalpha():
            run.append((normal, word))
            continue
        for at in range(len(run)):
            for size in range(2, min(_LONG_PHRASE, len(run) - at) + 1):
                part = run[at : at + size]
                if _says(part[0][0]) and _says(part[-1][0]):
                    yield tuple(t for t, _ in part if t), " ".join(w for _, w in part)
        run = []


def _says(word: str) -> bool:
    return len(word) > 2 and background().get(word, 0.0) < _EVERYWHERE / 4


def short(text: str, most: int) -> str:
    """On one line, quotation marks made single, cut at a word."""
    text = _QUOTES.sub("'", " ".join(text.split()))
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0] + "…"
