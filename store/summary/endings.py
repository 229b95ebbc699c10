"""Lines that are no sentences: headlines, times, names of those who took a picture, what else to read."""

from __future__ import annotations

from collections.abc import Sequence

_MARKS = (".", "!", "?", "…", "。", "！", "？", "｡", "۔", "؟", "।", "॥", "።")
_CLOSING = "\"'”’»“)]}›」』*_ \t\n"
_MOST = 0.5  # of a story's paragraphs end with a mark, from where on one that does not is a line


def sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return text.rstrip(_CLOSING).endswith(_MARKS)


def ends(paragraphs: Sequence[Sequence[str]]) -> list[bool]:
    """For each paragraph of a story, by its sentences, whether its last one ends as a sentence does. All do where most
    paragraphs end otherwise, as in scripts that have no such marks and in texts that have lost them."""
    found = [not texts or sentence(texts[-1]) for texts in paragraphs]
    return found if sum(found) >= _MOST * len(found) else [True] * len(found)
