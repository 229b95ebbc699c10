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
