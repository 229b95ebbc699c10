"""Plain text: the story as it stands."""

from __future__ import annotations

from collections.abc import Iterator

from store.model import Markup, Raw
from store.text.characters import clean_characters


def looks_like(text: str, ending: str) -> bool:  # noqa: ARG001
    """Always: what is nothing else is text."""
    return True


def read(text: str, source: str | None) -> Iterator[Raw]:
    yield Raw(clean_characters(text), Markup.TEXT, source)
