"""A story as it came, before anything was read from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Markup(StrEnum):
    """How the raw text of a story is written."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class Given:
    """What came with a story beside its text (a JSON record's own fields); trusted over what the text says."""

    id: str | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    byline: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Raw:
    """One story as it came: decoded, line ends as "\\n", hostile characters taken out, nothing else touched.

    source says where it came from (an absolute path, "PATH#ID" for a record that has an id, None when that place
    cannot come again, as standard input).
    """

    text: str
    markup: Markup = Markup.TEXT
    source: str | None = None
    given: Given = Given()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file, or a record in one, that holds no story: expected, and told in one line."""

    source: str
    reason: str
