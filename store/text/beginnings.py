"""How all that regular expressions match begins: most lines begin otherwise, and need not be held against hundreds of
phrases."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any

_parser: Any = None
with suppress(ImportError):  # where another Python keeps what it parses patterns with elsewhere
    _parser, _constants = import_module("re._parser"), import_module("re._constants")

_MOST = 5  # characters
_WIDEST = 100  # characters of a range that are taken one by one


@dataclass(frozen=True, slots=True)
class Beginnings:
    """The beginnings of all that some patterns match, as far as they are known; all says that anything may be one."""

    heads: frozenset[str]
    digit: bool
    all: bool

    def open(self, text: str) -> bool:
        """Whether a text begins as what is matched does."""
        heads = self.heads
        begun = text[:5] in heads or text[:4] in heads or text[:3] in heads or text[:2] in heads or text[:1] in heads
        return begun or self.all or (self.digit and text[:1].isdigit())


def of(patterns: Iterable[str]) -> Beginnings:
    """The beginnings of what any of patterns matches."""
    if _parser is None:
        return Beginnings(frozenset(), digit=False, all=True)
    found: set[str] = set()
    for pattern in patterns:
        whole, cut = _heads(_parser.parse(pattern))
        found |= whole | cut
    # Any digit stands as 0; what comes behind one is not looked at.
    heads = {head.partition("0")[0] for head in found if head[:1] != "0"}
    return Beginnings(frozenset(heads - {""}), any(head[:1] == "0" for head in found), "" in heads)


_Heads = tuple[set[str], set[str]]


def _heads(items: Iterable[tuple[Any, Any]]) -> _Heads:
    """What a sequence of a pattern's parts matches whole, if it is short; and how it begins where it is long, or where
    something stands in it that may be anything."""
    whole, cut = {""}, set()
    for kind, what in items:
        nexts, begun = _part(kind, what)
        cut |= {(head + more)[:_MOST] for head in whole for more in begun}
        longer = {head + more for head in whole for more in nexts}
        whole = {head for head in longer if len(head) < _MOST}
        cut |= {head[:_MOST] for head in longer if len(head) >= _MOST}
        if not whole:
            break
    return whole, cut


def _part(kind: Any, what: Any) -> _Heads:
    if kind is _constants.LITERAL:
        return {chr(what)}, set()
    if kind is _constants.SUBPATTERN and not what[1]:
        return _heads(what[-1])
    if kind is _constants.BRANCH:
        each = [_heads(branch) for branch in what[1]]
        return set().union(*(whole for whole, _ in each)), set().union(*(cut for _, cut in each))
    if kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
        least, most, part = what
        whole, cut = _heads(part)
        once, again = (whole, cut) if most == 1 else (set(), whole | cut)
        return once | ({""} if least == 0 else set()), again
    if kind is _constants.IN:
        return _among(what)
    if kind in (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT):
        return {""}, set()
    return set(), {""}


def _among(characters: Iterable[tuple[Any, Any]]) -> _Heads:
    whole: set[str] = set()
    for kind, what in characters:
        if kind is _constants.LITERAL:
            whole.add(chr(what))
        elif kind is _constants.RANGE and what[1] - what[0] < _WIDEST:
            whole.update(map(chr, range(what[0], what[1] + 1)))
        elif kind is _constants.CATEGORY and what is _constants.CATEGORY_DIGIT:
            whole.add("0")
        else:
            return set(), {""}
    return whole, set()
