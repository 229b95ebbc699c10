"""What could come next while a query is being typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from store.query.fields import FIELDS, fold, nearest
from store.query.grammar import QUOTES, SAME_QUOTE

LOOKED_AT = 3000  # values compared with a slip; some hundredths of a second
ID = 8  # letters of an id that are put in: the whole of it stands in nobody's way of typing
MOST = 50  # completions offered at once; nobody reads further, and a library has thousands of tags

_WORD = re.compile(r'-?(?:[A-Za-z]+:)?"[^"]*"?|[^\s()"]+')
_QUOTE = re.compile(f"[{QUOTES}]")
_PLAIN = re.compile(r'[^\s()"]+')


@dataclass(frozen=True, slots=True)
class Completion:
    """A way a query could go on: the whole line, the cursor in it, and the word that is put in; stories is the number
    of stories it is true of, where that is known, and headline says what an id stands for."""

    line: str
    cursor: int
    word: str
    stories: int | None = None
    headline: str = ""


class Named(NamedTuple):
    """An event or a storyline to be chosen from."""

    id: str
    headline: str
    stories: int


def span(text: str, cursor: int) -> tuple[int, int]:
    """Where the word stands that the cursor is in or right behind, without its minus: what a completion replaces."""
    for word in _WORD.finditer(text.translate(SAME_QUOTE)):
        if word.start() < cursor <= word.end():
            start = word.start() + (word[0].startswith("-"))
            return min(start, cursor), word.end()
    return cursor, cursor


def slip(text: str, at: int) -> tuple[int, int]:
    """What of a query an error at this column is about: the word that begins there, a bracket alone, or, where nothing
    does, the word before."""
    plain = text.translate(SAME_QUOTE)
    if plain[at : at + 1] in ("(", ")"):
        return at, at + 1
    if begun := _WORD.match(plain, at):
        return begun.span()
    before = [word.span() for word in _WORD.finditer(plain, 0, at)]
    return before[-1] if before else (at, at)


def near(value: str, known: Sequence[str]) -> str | None:
    """The known value most like one that is not known, by the whole of it or by one of its words, as it is written in a
    query. known: most used first; of very many only those are looked at."""
    wanted = fold(value).strip("* ")
    whole, words = dict[str, str](), dict[str, str]()
    for one in (one for one in known[:LOOKED_AT] if one.strip() and not _QUOTE.search(one)):
        whole.setdefault(fold(one), one)
        for word in fold(one).split():
            words.setdefault(word, one)
    for table in (whole, words):
        if found := nearest(wanted, tuple(table)):
            return _quoted(table[found])
    return None


def complete(text: str, cursor: int, values: Mapping[str, Sequence[str]]) -> list[str]:
    """Words that could stand in place of `span(text, cursor)`, likeliest first, at most MOST.

    values gives the known values of a field, in the order to offer them. Without a colon, field names are offered.
    """
    start, _ = span(text, cursor)
    word = text[start:cursor].translate(SAME_QUOTE)
    name, colon, value = word.partition(":")
    if word.startswith("@"):
        return [f"@{known}" for known in _like(word[1:], values.get("saved", ()))]
    if not colon:
        return [f"{known}:" for known in FIELDS if word and known.startswith(word.casefold())]
    field = FIELDS.get(name.casefold())
    if not field:
        return []
    known = field.words if field.closed else (*values.get(field.name, ()), *field.words)
    return [f"{field.name}:{_quoted(v)}" for v in _like(value.strip('"'), known)]


def completions(text: str, cursor: int, counts: Mapping[str, Mapping[str, int | None]]) -> tuple[Completion, ...]:
    """What `complete` offers, as whole lines. counts gives each field's values, in the order to offer them."""
    start, end = span(text, cursor)
    return tuple(
        Completion(text[:start] + word + text[end:], start + len(word), word, _stories(word, counts))
        for word in complete(text, cursor, {name: tuple(known) for name, known in counts.items()})
    )


def chosen(text: str, cursor: int, named: Iterable[Named]) -> tuple[Completion, ...]:
    """What could stand for the value being typed, of things that are chosen by id: those whose id begins with it, or
    whose headline holds it."""
    start, end = span(text, cursor)
    field, _, typed = text[start:cursor].translate(SAME_QUOTE).partition(":")
    wanted = fold(typed.strip('"'))
    found = (one for one in named if one.id.casefold().startswith(wanted) or wanted in fold(one.headline))
    made = ((f"{field.casefold()}:{one.id[:ID]}", one) for one in islice(found, MOST))
    return tuple(
        Completion(text[:start] + word + text[end:], start + len(word), word, one.stories, one.headline)
        for word, one in made
    )


def field_at(text: str, cursor: int) -> str:
    """The name of the field whose value is being typed there, "" where none is."""
    start, _ = span(text, cursor)
    name, colon, _ = text[start:cursor].partition(":")
    if name.startswith("@"):
        return "saved"
    return name.casefold() if colon else ""


def _stories(word: str, counts: Mapping[str, Mapping[str, int | None]]) -> int | None:
    name, _, value = word.partition(":")
    return counts.get(name, {}).get(value.strip('"'))


def _like(typed: str, known: Sequence[str]) -> list[str]:
    """The known values that begin with what is typed, then those that hold it.

    A value with a quote mark in it is left out: it cannot be written.
    """
    wanted = fold(typed)
    folded = [(fold(value), value) for value in dict.fromkeys(known) if value.strip() and not _QUOTE.search(value)]
    begin = [value for plain, value in folded if plain.startswith(wanted)]
    inside = [value for plain, value in folded if wanted in plain and not plain.startswith(wanted)]
    return [*begin, *inside][:MOST]


def _quoted(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else f'"{value}"'
