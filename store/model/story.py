"""A story as it is read: passages in order, kept and dropped."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from store.model.head import Head
from store.model.ids import StoryId


class Kind(StrEnum):
    """What a passage of a story is to its reader."""

    BODY = "body"
    SUBHEADING = "subheading"
    STANDFIRST = "standfirst"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, or one line that is not the article. reason is set on every passage that is not kept."""

    text: str
    kind: Kind = Kind.BODY
    reason: str = ""

    @property
    def kept(self) -> bool:
        return self.kind in (Kind.BODY, Kind.SUBHEADING)


@dataclass(frozen=True, slots=True)
class Story:
    """A story ready to read. passages stand in the order of the raw text, kept and dropped alike."""

    id: StoryId
    head: Head
    passages: tuple[Passage, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """What is read: body paragraphs and subheadings, in order. A sentence's `paragraph` counts in these."""
        return tuple(p.text for p in self.passages if p.kept)

    @property
    def body(self) -> tuple[str, ...]:
        """Body paragraphs alone, for counting and comparing."""
        return tuple(p.text for p in self.passages if p.kind is Kind.BODY)

    @property
    def dropped(self) -> tuple[Passage, ...]:
        return tuple(p for p in self.passages if not p.kept)
