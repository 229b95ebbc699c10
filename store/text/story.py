"""Raw -> Story: the one entrance of this room. Pure: the same raw story gives the same story."""

from __future__ import annotations

from store.model import Head, Markup, Raw, Story, StoryId
from store.text import clean, head, judge, phrases


def read(raw: Raw, story: StoryId) -> Story:
    """The story raw holds: its passages in order, kept and dropped alike, and its head."""
    text, page = _text(raw)
    title = raw.given.title or (page.title if page else None) or None
    cleaned = clean.clean(text, title=title, trusted=raw.markup is Markup.HTML)
    return Story(story, head.head(cleaned, given=raw.given, page=page), cleaned.passages)


def _text(raw: Raw) -> tuple[str, Head | None]:
    if raw.markup is Markup.TEXT:
        return raw.text, None
    if raw.markup is Markup.MARKDOWN:
        from store.text import markdown  # the parser is of no use to those who keep no stories in it

        return markdown.read(raw.text)
    from store.text import html  # lxml takes longer to import than a text story takes to read

    return html.read(raw.text, raw.given.url)


def refusal(raw: Raw) -> str | None:
    """Why raw holds no article (a cookie wall, an error page, an index page), None where it may hold one.

    Refuses only what is short of prose and says what it is: a story with its furniture is better than one lost."""
    text, _ = _text(raw)
    prose = sum(len(line.split()) for line in text.splitlines() if judge.is_prose(line.strip()))
    if prose >= _ENOUGH_PROSE:
        return None
    if raw.markup is not Markup.HTML:
        return phrases.wall(text) if len(text.split()) < _SHORT_PAGE else None
    from store.text import html

    shown, linked = html.visible(raw.text)
    if said := phrases.wall(shown if len(shown.split()) < _SHORT_PAGE else text):
        return said
    if linked > _LINKS_OF_INDEX and len(shown.split()) > _ENOUGH_PROSE:
        return "an index page: links to stories, no article"
    return None if text.strip() else "no article in it"


_ENOUGH_PROSE = 60  # words of sentences; the shortest wire stories have about 40 and none of the phrases below
_SHORT_PAGE = 250  # words
_LINKS_OF_INDEX = 0.8  # share of the page's text
