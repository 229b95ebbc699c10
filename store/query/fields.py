"""What each field of the query language means. FIELDS is the language's table: help, completion and README come
from it, and a new field is one row here."""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from store.model import UNMARKED, Event, Listed, Mark, StoryId
from store.query import dates

Found = Callable[[str], Container[StoryId]]
MarkOf = Callable[[StoryId], Mark]


def no_marks(_story: StoryId) -> Mark:
    return UNMARKED


class Subject(NamedTuple):
    """One story as a query sees it. A NamedTuple, as one is made for every story of the list on every key press."""

    story: Listed
    mark: Mark
    event: Event | None
    found: Found
    marks: MarkOf = no_marks


Test = Callable[[Subject], bool]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it finds, how it is written, and the test that a value stands for.

    test raises ValueError with a message fit to be shown; words are the values when there are only these.
    """

    name: str
    help: str
    example: str
    test: Callable[[str, date], Test]
    words: tuple[str, ...] = ()
    closed: bool = False


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Text as it is compared: without case, accents and runs of white space."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(text.casefold().split())


def nearest(wrong: str, words: tuple[str, ...], *, cutoff: float = 0.6) -> str | None:
    """The right word most like the wrong one, if any is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(wrong.casefold(), words, n=1, cutoff=cutoff)), None)


# --- what a story is ------------------------------------------------------------------------------------------------


def _grouped(s: Subject) -> bool:
    return s.event is not None and len(s.event.stories) > 1


def _new(s: Subject) -> bool:
    """Unread, in an event the reader has read something of."""
    return not s.mark.read and s.event is not None and any(s.marks(other.id).read for other in s.event.stories)


IS: Mapping[str, Test] = {
    "unread": lambda s: not s.mark.read,
    "read": lambda s: s.mark.read,
    "starred": lambda s: s.mark.starred,
    "dismissed": lambda s: s.mark.dismissed,
    "tagged": lambda s: bool(s.mark.tags),
    "noted": lambda s: bool(s.mark.note.strip()),
    "withdrawn": lambda s: s.story.head.withdrawn,
    "grouped": _grouped,
    "new": _new,
}

HAS: Mapping[str, Test] = {
    "note": IS["noted"],
    "highlight": lambda s: bool(s.mark.highlights),
    "tag": IS["tagged"],
    "url": lambda s: bool(s.story.head.url),
    "date": lambda s: bool(s.story.head.published),
    "outlet": lambda s: bool(s.story.head.reporter),
    "agency": lambda s: bool(s.story.head.agency),
    "place": lambda s: bool(s.story.head.place),
    "byline": lambda s: bool(s.story.head.byline),
}


def _one_of(name: str, table: Mapping[str, Test]) -> Callable[[str, date], Test]:
    def test(value: str, _today: date) -> Test:
        if known := table.get(value.casefold()):
            return known
        near = nearest(value, tuple(table))
        hint = f"did you mean `{name}:{near}`?" if near else f"it is one of {', '.join(table)}"
        raise ValueError(f"unknown `{name}:{value}` - {hint}")

    return test


# --- what a story says ----------------------------------------------------------------------------------------------


def _holds(read: Callable[[Subject], str | None]) -> Callable[[str, date], Test]:
    """The value stands somewhere in what is read: `outlet:harbour` finds "The Harbour Post"."""

    def test(value: str, _today: date) -> Test:
        wanted = fold(value)
        return lambda s: wanted in fold(read(s) or "")

    return test


def _tag(value: str, _today: date) -> Test:
    wanted = value.casefold().strip()
    if wanted.endswith("*"):
        return lambda s: any(tag.casefold().startswith(wanted[:-1]) for tag in s.mark.tags)
    return lambda s: any(tag.casefold() == wanted for tag in s.mark.tags)


def _note(value: str, _today: date) -> Test:
    # Not _holds: notes may be long, and need no place in the cache of fold.
    wanted = fold(value)
    return lambda s: bool(s.mark.note) and wanted in fold.__wrapped__(s.mark.note)


def _who(value: str, _today: date) -> Test:
    """A name is looked for as a phrase: the index holds the words of titles and texts."""
    wanted = fold(value)
    if not any(c.isalnum() for c in wanted):
        raise ValueError(f"`who:{value}` holds no letter to look for")
    return lambda s: wanted in fold(s.story.head.byline or "") or s.story.id in s.found(wanted)


LANGUAGES: Mapping[str, str] = {
    "english": "en", "french": "fr", "spanish": "es", "german": "de", "russian": "ru", "ukrainian": "uk",
    "turkish": "tr", "arabic": "ar",
}  # fmt: skip


def _lang(value: str, _today: date) -> Test:
    wanted = LANGUAGES.get(value.casefold(), value.casefold())
    if not (wanted.isascii() and wanted.isalpha() and len(wanted) in (2, 3)):
        near = nearest(value, tuple(LANGUAGES))
        hint = f"did you mean `lang:{near}`?" if near else "write its code, as lang:en or lang:ru"
        raise ValueError(f"`lang:{value}` is no language - {hint}")
    return lambda s: s.story.head.language == wanted


# --- where a story stands -------------------------------------------------------------------------------------------

SHORTEST_ID = 4  # characters of an id that stand for the whole, as on the command line; fewer must be all of it


def _id(read: Callable[[Subject], str], kind: str = "") -> Callable[[str, date], Test]:
    """kind is what ids of this kind begin with, "e-" or "s-", which may be left out."""

    def test(value: str, _today: date) -> Test:
        wanted = value.casefold().removeprefix(kind)
        if len(wanted) < SHORTEST_ID and len(value) < SHORTEST_ID:
            return lambda s: read(s).casefold().removeprefix(kind) == wanted
        return lambda s: read(s).casefold().removeprefix(kind).startswith(wanted)

    return test


def _period(name: str, value: str, today: date) -> tuple[str, str]:
    """The days that the value of a field names. Raises ValueError, with the word for a day that is nearest."""
    try:
        return dates.period(value, today)
    except ValueError:
        begun = [word for word in dates.WORDS if word.startswith(value.casefold())]
        # A higher cutoff than for fields: `may` is no slip for monday.
        near = begun[0] if len(begun) == 1 else nearest(value, dates.WORDS, cutoff=0.7)
        if near is None:
            raise
        raise ValueError(f"`{value}` is no day: did you mean `{name}:{near}`?") from None


def _dated(s: Subject) -> str:
    """The day a story gives, or implies, as ISO; empty for one that does neither, whatever day it came in."""
    return (s.story.head.published or "")[:10]


def _since(value: str, today: date) -> Test:
    first, _ = _period("since", value, today)
    return lambda s: _dated(s) >= first


def _before(value: str, today: date) -> Test:
    first, _ = _period("before", value, today)
    return lambda s: "" < _dated(s) < first


def _on(value: str, today: date) -> Test:
    first, last = _period("on", value, today)
    return lambda s: first <= _dated(s) <= last


def _saved(value: str, _today: date) -> Test:
    """The parser puts the saved query in its place; only where there is no reader is nothing saved."""
    raise ValueError(f"unknown saved query `saved:{value}`")


_COUNT = re.compile(r"(>=|<=|>|<|=|)([0-9]{1,6})")
_COMPARE: Mapping[str, Callable[[int, int], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "": operator.eq,
}


_COUNTS = (">1", ">2", ">4", "1")  # those that are asked for


def _count(name: str, read: Callable[[Subject], int]) -> Callable[[str, date], Test]:
    def test(value: str, _today: date) -> Test:
        written = _COUNT.fullmatch(value)
        if not written:
            raise ValueError(f"`{name}:{value}` is no number: write {name}:3, {name}:>3 or {name}:<=3")
        compare, number = _COMPARE[written[1]], int(written[2])
        return lambda s: compare(read(s), number)

    return test


def _outlets(s: Subject) -> int:
    if s.event:
        return len(s.event.outlets)
    return 1 if s.story.head.reporter else 0


def _origins(s: Subject) -> int:
    return len(s.event.origins) if s.event else 1


# --- the table ------------------------------------------------------------------------------------------------------

_ROWS = (
    Field("tag", "has this tag; `*` at the end stands for any ending", "tag:gas*", _tag),
    Field(
        "outlet",
        "the outlet's name holds these words; where none is given, the agency's, else the host's of its address",
        'outlet:"Harbour Post"',
        _holds(lambda s: s.story.head.reporter),
    ),
    Field("agency", "the agency's name holds these words", "agency:vna", _holds(lambda s: s.story.head.agency)),
    Field("place", "the dateline's place holds these words", "place:brinmouth", _holds(lambda s: s.story.head.place)),
    Field("who", "the text or the byline names this person or body", 'who:"Ilva Marren"', _who),
    Field("lang", "is in this language", "lang:ru", _lang, tuple(LANGUAGES.values())),
    Field("is", "is " + ", ".join(IS), "is:unread", _one_of("is", IS), tuple(IS), closed=True),
    Field("has", "has a " + ", ".join(HAS), "has:note", _one_of("has", HAS), tuple(HAS), closed=True),
    Field("note", "your note holds these words", 'note:"ask the desk"', _note),
    Field(
        "since",
        "is dated this day or later; what has no date is found by `-has:date` alone",
        "since:monday",
        _since,
        dates.WORDS,
    ),
    Field("before", "is dated earlier than this day", "before:2025-04", _before, dates.WORDS),
    Field("on", "is dated this day, or in this month", "on:2025-04-12", _on, dates.WORDS),
    Field("outlets", "so many outlets report the event", "outlets:>3", _count("outlets", _outlets), _COUNTS),
    Field(
        "origins",
        "so many independent origins stand behind the event",
        "origins:1",
        _count("origins", _origins),
        _COUNTS,
    ),
    Field(
        "event",
        "stands in this event (its id, or the beginning of it)",
        "event:3f2a",
        _id(lambda s: s.story.event, "e-"),
    ),
    Field("storyline", "stands in this storyline", "storyline:9c41", _id(lambda s: s.story.storyline, "s-")),
    Field("id", "is this story", "id:7d0e", _id(lambda s: s.story.id)),
    Field(
        "saved", "is found by the query you saved under this name; `@straits` says the same", "saved:straits", _saved
    ),
)
FIELDS: Mapping[str, Field] = {row.name: row for row in _ROWS}

_PLAIN = (
    ("`sanctions`", "the word stands in the title or the body"),
    ('`"joint statement"`', "the words stand there side by side"),
    ("`-tag:done`", "what follows the minus does not hold"),
    ("`gas OR oil`", "one of the two holds; without OR, both must"),
    ("`(gas OR oil) is:unread`", "brackets keep together"),
)


def help_table() -> str:
    """The language as a Markdown table, for the README and the help screen."""
    rows = [*_PLAIN, *((f"`{field.example}`", field.help) for field in FIELDS.values())]
    return "\n".join(
        ["| write | finds stories where it |", "|---|---|", *(f"| {left} | {right} |" for left, right in rows)]
    )
