"""From the text of a query to the test it stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from store.errors import QueryError
from store.model import Event, Listed, Mark
from store.query.fields import FIELDS, Found, MarkOf, Subject, Test, nearest, no_marks
from store.query.form import Form
from store.query.grammar import SAME_QUOTE, parser

if TYPE_CHECKING:
    from lark import Token, Tree
    from lark.exceptions import UnexpectedInput

LONGEST = 4000  # characters; a query is typed, and a page pasted by mistake should be told so at once
DEEPEST = 40  # brackets inside one another
MOST_SAVED = 60  # saved queries that one query may call for, those that these call for included

_SIMPLE = re.compile(r"[\w\s.,;'’&/]*")
_OPEN_WORD = re.compile(r"(?:\A|[\s(])(?!(?:OR|AND|NOT)\Z)[^\s():\"@*-][^\s():\"@*]*\Z")
_COUNTED = re.compile(r"(?:[<>]=?|=)\d{1,9}")  # what is asked of a number, never of a name
_ENDS_IN_OR = re.compile(r"(?<![^\s()\"])OR\Z")

_OTHER_WAYS = {
    "AND": "`AND` is not needed: what stands side by side must all hold",
    "NOT": "`NOT` is written as `-` right before a word",
}
"""What people write who know another query language."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question about stories. terms are the words and phrases that a found story holds (those asked to be absent
    are left out), each once; fields_used the names of the fields, each once, in the order of the text."""

    text: str
    terms: tuple[str, ...] = ()
    fields_used: tuple[str, ...] = ()
    test: Test = field(default=lambda _: True, repr=False, compare=False)
    form: Form | None = field(default=None, repr=False, compare=False)
    """The same as a tree; None for the query that asks for everything."""

    @property
    def is_plain(self) -> bool:
        """Whether it is nothing but words and phrases that all must be there."""
        parts = () if self.form is None else self.form.parts if self.form.kind == "all" else (self.form,)
        return all(part.kind == "term" for part in parts) and not self.fields_used

    def matches(self, story: Listed, mark: Mark, event: Event | None, found: Found, marks: MarkOf = no_marks) -> bool:
        """Whether this one story is meant. found is asked anew at each call: for many stories use `run`."""
        return self.test(Subject(story, mark, event, found, marks))

    def run(self, found: Found, marks: MarkOf = no_marks) -> Callable[[Listed, Mark, Event | None], bool]:
        """The test for one pass over many stories: each distinct term is asked for once, and only when needed. marks
        gives the marks of the other stories of an event."""
        asked = cache(found)
        return lambda story, mark, event: self.test(Subject(story, mark, event, asked, marks))


class Part(NamedTuple):
    """A piece of a query: its test, the terms it wants there and those it wants absent, the fields it names."""

    test: Test
    terms: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    form: Form | None = None


NONE_SAVED: Mapping[str, str] = {}


class _Saved(NamedTuple):
    """The saved queries: all there are, those called for so far, and those whose reading has begun and not ended."""

    known: Mapping[str, str]
    called: list[str]
    within: tuple[str, ...]


def parse(text: str, *, today: date, saved: Mapping[str, str] = NONE_SAVED) -> Query:
    """The query that text stands for; empty text asks for everything. saved: the queries that `@name` calls for, by
    name. Raises QueryError at the first wrong word."""
    if not text.strip():
        return Query(text)
    part = _read(text, _Saved(saved, [], ()), today)
    return Query(text, _once(part.terms), _once(part.fields), part.test, part.form)


def both(one: Query, other: Query) -> Query:
    """What both find; one that asks for everything adds nothing."""
    forms = tuple(form for form in (one.form, other.form) if form)
    if len(forms) < 2:
        return one if one.form else other

    def test(s: Subject) -> bool:
        return one.test(s) and other.test(s)

    fields = _once((*one.fields_used, *other.fields_used))
    text = f"({one.text}) ({other.text})"
    return Query(text, _once((*one.terms, *other.terms)), fields, test, Form("all", test, forms))


def is_simple(text: str) -> bool:
    """Whether a query is but words at first sight, so that it needs no parser."""
    return bool(_SIMPLE.fullmatch(text)) and not {"OR", *_OTHER_WAYS} & set(text.split())


def as_typed(text: str) -> str:
    """The query that is being typed: its last word, where it is neither a field's value nor in quotes, may go on."""
    return f"{text}*" if _OPEN_WORD.search(text.translate(SAME_QUOTE)) and text.count('"') % 2 == 0 else text


def _read(text: str, saved: _Saved, today: date) -> Part:
    from lark.exceptions import UnexpectedInput

    plain = text.translate(SAME_QUOTE)
    _measure(text)
    try:
        tree = parser().parse(plain)
    except UnexpectedInput as wrong:
        message, at = _explained(plain, wrong)
        raise QueryError(message, query=text, at=at) from None
    return _Reader(text, today, saved).read(tree)


def _measure(text: str) -> None:
    if len(text) > LONGEST:
        raise QueryError(f"the query is too long (at most {LONGEST} characters)", query=text, at=LONGEST)
    depths = accumulate((c == "(") - (c == ")") for c in text)
    deep = next((at for at, depth in enumerate(depths) if depth > DEEPEST), None)
    if deep is not None:
        raise QueryError(f"too many brackets inside one another (at most {DEEPEST})", query=text, at=deep)


def _explained(text: str, wrong: UnexpectedInput) -> tuple[str, int]:
    """What lark found wrong, in words a reader can act on, and at which column."""
    from lark.exceptions import UnexpectedToken

    if not isinstance(wrong, UnexpectedToken):  # the one character that begins nothing
        return "nothing stands after `-`: write it right before a word", wrong.pos_in_stream or 0
    kind = wrong.token.type
    at = len(text) if kind == "$END" else wrong.token.start_pos or 0
    before = text[:at].rstrip()
    if before.endswith("-") and kind == "NOT":
        return "one `-` is enough", at
    if kind == "OR" or _ENDS_IN_OR.search(before):
        return "OR needs something on both sides", at if kind == "OR" else len(before) - len("OR")
    if kind == "$END":
        return "a bracket is not closed", _open_bracket(before)
    if before.endswith("("):
        return "nothing stands between the brackets", at
    return "this bracket closes nothing", at


def _open_bracket(text: str) -> int:
    """The column of the last bracket left open (brackets within quotes do not count)."""
    opened: list[int] = []
    quoted = False
    for at, c in enumerate(text):
        quoted ^= c == '"'
        if c == "(" and not quoted:
            opened.append(at)
        elif c == ")" and not quoted and opened:
            opened.pop()
    return opened[-1] if opened else 0


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    """Each name once, whatever its case, as first written."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(name.casefold(), name)
    return tuple(first.values())


class _Reader:
    """Turns the tree that lark built into one Part. Its methods carry the names of the grammar's rules."""

    def __init__(self, text: str, today: date, saved: _Saved) -> None:
        self.text = text
        self.today = today
        self.saved = saved

    def read(self, tree: Tree[Token]) -> Part:
        rule: Callable[[list[Token | Tree[Token]]], Part] = getattr(self, str(tree.data))
        return rule(tree.children)

    def _parts(self, children: list[Token | Tree[Token]]) -> list[Part]:
        return [self.read(child) for child in children if not isinstance(child, str)]

    def start(self, children: list[Token | Tree[Token]]) -> Part:
        return self._parts(children)[0]

    def either(self, children: list[Token | Tree[Token]]) -> Part:
        parts = self._parts(children)
        tests = tuple(part.test for part in parts)
        return _joined("either", parts, lambda s: any(test(s) for test in tests))

    def all(self, children: list[Token | Tree[Token]]) -> Part:
        parts = self._parts(children)
        tests = tuple(part.test for part in parts)
        return _joined("all", parts, lambda s: all(test(s) for test in tests))

    def without(self, children: list[Token | Tree[Token]]) -> Part:
        part = self._parts(children)[0]
        return Part(
            test := lambda s: not part.test(s), part.absent, part.terms, part.fields, _form("without", [part], test)
        )

    def word(self, children: list[Token | Tree[Token]]) -> Part:
        text, at = _token(children)
        if text.startswith("@") and len(text) > 1:
            return self._called(text[1:], at)
        if text in _OTHER_WAYS:
            raise self._error(f'{_OTHER_WAYS[text]}; to look for the word itself, write "{text}" in quotes', at)
        return self._term(text, at)

    def phrase(self, children: list[Token | Tree[Token]]) -> Part:
        text, at = _token(children)
        return self._term(self._unquoted(text, at), at)

    def field(self, children: list[Token | Tree[Token]]) -> Part:
        text, at = _token(children)
        written, _, value = text.partition(":")
        name = written.casefold()
        if name not in FIELDS:
            raise self._error(_unknown(written, name), at)
        if f"{name}s" in FIELDS and _COUNTED.fullmatch(value):
            raise self._error(f"`{name}:` wants a name - did you mean `{name}s:{value}`?", at)
        at += len(written) + 1
        if not value:
            raise self._error(f"`{name}:` needs a value right after the colon, as {FIELDS[name].example}", at)
        if value.startswith('"'):
            value = self._unquoted(value, at)
        if name == "saved":
            return self._called(value, at, written="saved:")
        try:
            test = FIELDS[name].test(value, self.today)
        except ValueError as wrong:
            raise self._error(str(wrong), at) from None
        return Part(test, fields=(name,), form=Form("field", test, name=name, value=value, at=at))

    def _called(self, value: str, at: int, *, written: str = "@") -> Part:
        """What the saved query of this name stands for, in the place of its name."""
        name, (known, called, within) = value.removeprefix("@"), self.saved
        text = next((text for other, text in known.items() if other.casefold() == name.casefold()), "")
        if not text.strip():
            raise self._error(_not_saved(f"{written}{value}", name, written, tuple(known)), at)
        if name.casefold() in within:
            raise self._error(f"the saved query `@{name}` calls for itself", at)
        called.append(name)
        if len(called) > MOST_SAVED:
            raise self._error(f"too many saved queries within one another (at most {MOST_SAVED})", at)
        try:
            part = _read(text, self.saved._replace(within=(*within, name.casefold())), self.today)
        except QueryError as wrong:
            raise self._error(f"in the saved query `@{name}`: {wrong}", at) from None
        return part._replace(fields=("saved", *part.fields), form=_elsewhere(part.form))

    def _term(self, term: str, at: int) -> Part:
        if not any(c.isalnum() for c in term):
            raise self._error(f"`{term}` holds no letter and no number to look for", at)
        asked = term.casefold()
        return Part(test := lambda s: s.story.id in s.found(asked), terms=(term,), form=Form("term", test, value=asked))

    def _unquoted(self, text: str, at: int) -> str:
        """What stands between the quotes."""
        if len(text) < 2 or not text.endswith('"'):
            raise self._error("the quote opened here is not closed", at)
        inside = " ".join(text[1:-1].split())
        if not inside:
            raise self._error("nothing stands between the quotes", at)
        return inside

    def _error(self, message: str, at: int) -> QueryError:
        return QueryError(message, query=self.text, at=at)


def _token(children: list[Token | Tree[Token]]) -> tuple[str, int]:
    """The text of a rule's one token, and its column."""
    token = children[0]
    return str(token), getattr(token, "start_pos", None) or 0


def _joined(kind: str, parts: list[Part], test: Test) -> Part:
    return Part(
        test,
        tuple(term for part in parts for term in part.terms),
        tuple(term for part in parts for term in part.absent),
        tuple(name for part in parts for name in part.fields),
        _form(kind, parts, test),
    )


def _form(kind: str, parts: list[Part], test: Test) -> Form:
    return Form(kind, test, tuple(part.form for part in parts if part.form))


def _elsewhere(form: Form | None) -> Form | None:
    """A form whose words stand in another text."""
    return form and replace(form, parts=tuple(filter(None, map(_elsewhere, form.parts))), at=-1)


def _not_saved(asked: str, name: str, written: str, known: tuple[str, ...]) -> str:
    by_fold = {other.casefold(): other for other in known}
    if near := nearest(name, tuple(by_fold)):
        hint = f"did you mean `{written}{by_fold[near]}`?"
    elif known:
        hint = f"there {'is' if len(known) == 1 else 'are'} {', '.join(f'@{other}' for other in known[:8])}"
    else:
        hint = f'none is saved yet; to look for the word itself, write "{asked}" in quotes'
    return f"unknown saved query `{asked}` - {hint}"


def _unknown(written: str, name: str) -> str:
    if near := nearest(name, tuple(FIELDS)):
        return f"unknown field `{written}:` - did you mean `{near}:`?"
    return f'unknown field `{written}:` - to look for the word itself, write "{written}:" in quotes'
