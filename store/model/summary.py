"""What is told of stories in their own sentences."""

from __future__ import annotations

from dataclasses import dataclass

from store.model.ids import StoryId


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a summary and where it stands: paragraph counts from 0 in the story's paragraphs.

    support is the number of independent origins that say it, at least 1.
    """

    text: str
    paragraph: int
    story: StoryId | None = None
    support: int = 1


@dataclass(frozen=True, slots=True)
class Summary:
    method: str
    sentences: tuple[Sentence, ...] = ()
