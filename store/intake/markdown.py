"""Markdown: told by the ending of the file's name alone, for every text is Markdown too."""

from __future__ import annotations

from collections.abc import Iterator

from store.model import Markup, Raw
from store.text.characters import clean_characters

ENDINGS = (".md", ".markdown")


def looks_like(text: str, ending: str) -> bool:  # noqa: ARG001
    return ending in ENDINGS


def read(text: str, source: str | None) -> Iterator[Raw]:
    yield Raw(clean_characters(text), Markup.MARKDOWN, source)
