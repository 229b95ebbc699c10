"""A query as a tree of tests, for whoever can answer a part of it faster than by looking at every story."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from store.query.fields import Test


@dataclass(frozen=True, slots=True)
class Form:
    """kind is "all" or "either" of the parts, "without" the one part, "term" (value stands in the story) or "field".

    test is what it stands for, whoever answers it; at the column of a field's value, -1 where that is in another text.
    """

    kind: str
    test: Test
    parts: tuple[Form, ...] = ()
    name: str = ""
    value: str = ""
    at: int = field(default=-1, compare=False)


def asks_for_dismissed(form: Form | None) -> bool:
    """Whether the query names the dismissed anywhere; else they are left out of what it finds."""
    if form is None:
        return False
    if form.kind == "field":
        return form.name == "is" and form.value.casefold() == "dismissed"
    return any(asks_for_dismissed(part) for part in form.parts)


def wanted(form: Form | None, *, absent: bool = False) -> Iterator[Form]:
    """The fields whose values a found story may have, in the order of the text: those behind a minus are left out."""
    if form is None:
        return
    if form.kind == "field" and not absent:
        yield form
    for part in form.parts:
        yield from wanted(part, absent=absent != (form.kind == "without"))
