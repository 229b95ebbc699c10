"""Who said what."""

from __future__ import annotations

from dataclasses import dataclass

from store.model.ids import StoryId


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said: text is the words between the marks (direct) or the clause that reports them.

    speaker is the name as fully as the story gives it, or a description ("the ministry"); paragraph counts as in
    Sentence.
    """

    text: str
    speaker: str
    verb: str
    direct: bool
    story: StoryId
    paragraph: int


@dataclass(frozen=True, slots=True)
class Saying:
    """What one speaker said once, in each wording that a story has of it: the fullest first, direct before indirect."""

    speaker: str
    quotes: tuple[Quote, ...]
