"""Raw -> Story: the one entrance of this room. Pure: the same raw story gives the same story."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from store.model import Head, Markup, Passage, Raw, Story, StoryId
from store.text import clean, credit, head, language, phrases, prose
from store.text.characters import clean_characters, one_line
from store.text.together import Asking, answered


def read(
    raw: Raw, story: StoryId, *, known: Mapping[str, str] = clean.NOTHING_KNOWN, keep: Collection[str] = ()
) -> Story:
    """The story raw holds: its passages in order, kept and dropped alike, and its head. known and keep: `clean`."""
    return answered([_reading(raw, story, known, keep)])[0]


def read_together(raws: Sequence[tuple[Raw, StoryId]]) -> list[Story]:
    """The stories of several, in half the time for each that the line model takes for one."""
    return answered([_reading(raw, story, clean.NOTHING_KNOWN, ()) for raw, story in raws])


def _reading(raw: Raw, story: StoryId, known: Mapping[str, str], keep: Collection[str]) -> Asking[Story]:
    text, page = _text(raw, keep)
    title = raw.given.title or (page.title if page else None) or None
    cleaned = yield from clean.cleaning(text, title=title, trusted=raw.markup is Markup.HTML, known=known, keep=keep)
    stated = raw.given.language or (page.language if page else None)
    if raw.markup is Markup.HTML:
        stated = stated or language.of_page(raw.text)
    return Story(
        story,
        head.head(cleaned, given=raw.given, page=page, stated=stated),
        _with_left_out(raw, cleaned.passages, keep),
    )


def _text(raw: Raw, keep: Collection[str] = ()) -> tuple[str, Head | None]:
    if raw.markup is Markup.TEXT:
        return raw.text, None
    if raw.markup is Markup.MARKDOWN:
        from store.text import markdown  # the parser is of no use to those who keep no stories in it

        return _without_hostile(*markdown.read(raw.text))
    from store.text import html  # lxml takes longer to import than a text story takes to read

    lines, page = html.page(raw.text, raw.given.url)
    return _without_hostile(lines.text(keep), page)


def _without_hostile(text: str, page: Head | None) -> tuple[str, Head | None]:
    """The same without what intake takes out: an entity of Markdown, or an escape in a page's data, brings it back."""
    if page is not None:
        page = replace(
            page,
            title=one_line(page.title),
            place=_clean(page.place),
            outlet=_clean(page.outlet),
            agency=_clean(page.agency),
            byline=_clean(page.byline),
            standfirst=_clean(page.standfirst),
            url=_clean(page.url),
        )
    return clean_characters(text), page


def _clean(value: str | None) -> str | None:
    return value and one_line(value)


def _with_left_out(raw: Raw, passages: tuple[Passage, ...], keep: Collection[str]) -> tuple[Passage, ...]:
    """passages with what the page shows in and around its article and was left out of it, in its place."""
    if raw.markup is not Markup.HTML:
        return passages
    from store.text import html

    return html.page(raw.text, raw.given.url)[0].among(passages, keep)


def refusal(raw: Raw) -> str | None:
    """Why raw holds no article (a cookie wall, an error page, an index page), None where it may hold one.

    Refuses only what is short of prose and says what it is: a story with its furniture is better than one lost."""
    text, _ = _text(raw)
    if raw.markup is Markup.HTML and (said := _wall(raw)):
        return said
    words = sum(_count(line) for line in text.splitlines() if prose.is_prose(line.strip()))
    if words >= _ENOUGH_PROSE:
        return None
    page = raw.markup is Markup.HTML
    if said := _said_by_page(raw.text, text) if page else _said_by_text(text):
        return said
    if raw.given.title:
        return None
    return _NOTHING if _holds_nothing(text) or (page and _is_menu(raw.text, text)) else None


def _wall(raw: Raw) -> str | None:
    from store.text import html

    return html.refusal(raw.text, raw.given.url)


def _said_by_text(text: str) -> str | None:
    return phrases.wall(text) if len(text.split()) < _SHORT_PAGE else None


def _said_by_page(page: str, text: str) -> str | None:
    from store.text import html

    shown, linked = html.visible(page)
    # What is shown where scripts do not run is no part of what the page shows.
    if said := (phrases.wall(shown) if len(shown.split()) < _SHORT_PAGE else None) or phrases.wall(text):
        return said
    if linked > _LINKS_OF_INDEX and len(shown.split()) > _ENOUGH_PROSE:
        return "an index page: links to stories, no article"
    return None if text.strip() else _NOTHING


def _is_menu(page: str, text: str) -> bool:
    """Whether a page shows next to nothing beside its links; text is what it was read as."""
    from store.text import html

    told = any(prose.is_prose(line.strip()) and _count(line) >= _FLASH for line in text.splitlines())
    beside = sum(_count(line) for line in html.beside_links(page) if not phrases.reason(line))
    return not told and beside < _FEWEST_WORDS


# Scripts without spaces between their words: two characters of them count as one.
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{1,2}|[^\W_]+")


def _count(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))


def _holds_nothing(text: str) -> bool:
    """Whether a text is too short to say anything, or says in every line that it is furniture."""
    if len(text) > _LONGEST_NOTHING:
        return False
    return _count(text) < _FEWEST_WORDS or all(_is_furniture(line.strip()) for line in text.splitlines())


def _is_furniture(line: str) -> bool:
    if not line:
        return True
    why = phrases.reason(line)
    if _count(line) >= _FLASH:
        return why in _CERTAIN
    return bool(why) or phrases.opens(line) or credit.read(line) is not None


_NOTHING = "no article in it"
_FEWEST_WORDS = 5
_FLASH = 8  # words; a wire's shortest story is a sentence of them, and may begin "Video:" or end "/ Reuters"
_CERTAIN = ("share prompt", "comment prompt", "newsletter", "follow prompt", "copyright", "cookie notice", "navigation")
_LONGEST_NOTHING = 4000  # characters
_ENOUGH_PROSE = 60  # words of sentences; the shortest wire stories have about 40 and none of the phrases below
_SHORT_PAGE = 250  # words
_LINKS_OF_INDEX = 0.8  # share of the page's text
