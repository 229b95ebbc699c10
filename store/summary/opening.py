"""How much of a summary is the way its story begins: what a reader who has the text beside it sees already."""

from __future__ import annotations

from store.model import Story, Summary


def opening(story: Story, made: Summary) -> int:
    """How many sentences of a summary, from its first, are the first of the story, one after the other."""
    paragraphs = story.paragraphs
    place, at, found = 0, 0, 0
    for sentence in made.sentences:
        while place < len(paragraphs) and not paragraphs[place][at:].strip():
            place, at = place + 1, 0
        rest = paragraphs[place][at:] if place < len(paragraphs) else ""
        if sentence.paragraph != place or not rest.lstrip().startswith(sentence.text):
            break
        found, at = found + 1, at + len(rest) - len(rest.lstrip()) + len(sentence.text)
    return found
