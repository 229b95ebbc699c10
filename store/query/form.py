"""A query as a tree of tests, for whoever can answer a part of it faster than by looking at every story."""

from __future__ import annotations

from dataclasses import dataclass

from store.query.fields import Test


@dataclass(frozen=True, slots=True)
class Form:
    """kind is "all" or "either" of the parts, "without" the one part, "term" (value stands in the story) or "field".

    test is what it stands for, whoever answers it.
    """

    kind: str
    test: Test
    parts: tuple[Form, ...] = ()
    name: str = ""
    value: str = ""


def asks_for_dismissed(form: Form | None) -> bool:
    """Whether the query names the dismissed anywhere; else they are left out of what it finds."""
    if form is None:
        return False
    if form.kind == "field":
        return form.name == "is" and form.value.casefold() == "dismissed"
    return any(asks_for_dismissed(part) for part in form.parts)
