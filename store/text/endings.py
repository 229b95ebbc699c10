"""What stands below an article, and now and then above it: who wrote it, how it was made, whom to write to. In the
middle the same words may be the story's own, and a person whom the story names is no author of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from store.text.lines import Line

_LONGEST = 1200  # characters
_BELOW = 6  # kept lines; among the last of them come the author, a correction, a licence, each a line or two
_ABOVE = 2
_PARAGRAPH = 80  # characters; shorter lines that name the author are bylines
_INTRODUCED = re.compile(
    r"(?:(?:Dr|Mr|Ms|Mrs|Prof|Professor)\.? )?(?!(?:When|While|After|As|If|In|For|But|And|The|This|That|What|Who)\b)"
    r"(?:[A-ZÀ-Þ][\w.'’-]{0,24}+,? ){1,4}(?P<name>[A-ZÀ-Þ][\w'’-]{1,24}+),? (?:\([^()]{1,40}\) )?"
    r"(?:is|was|has|works|writes|covers|reports|joined|leads|serves|holds|speciali[sz]es|studied|lives)\b"
    r"|I[’']m (?P<self>[A-Z][\w.'’-]{1,24}), |A \d{1,2}-year "
    r"|The (?:[\w&’'.-]{1,24} ){0,4}(?:Desk|Team|Staff|Editors) (?:is|are)\b"
)
_WRITES = re.compile(
    r"\b(?:editors?|writers?|reporter|correspondent|journalists?|columnist|contributor|contributing|freelanc\w{1,4}"
    r"|copywriter|blogger|fact-checker|content (?:creator|strategist|marketer)|(?:co-?)?author of"
    r"|(?:his|her|their|whose|my) (?:work|writing|articles?|reporting|bylines?) (?:has|have|is|was)"
    r"|(?:contributes to|writes|writing|covers|covering) (?:for|about|on)?|i write|follow (?:him|her))\b",
    re.IGNORECASE,
)
_LIVES = re.compile(
    r"\b(?:award-winning|years? of experience|(?:year|decade)s? (?:in|writing|covering|reporting)|veteran"
    r"|speciali[sz](?:es|ing)|passion(?:ate)?|expertise|background in|(?:has|have) (?:appeared|been featured)"
    r"|insights (?:have|has) been|bachelor|master|graduate|degree|ph\.?d|mba|studied|graduated|university|residency"
    r"|based in|lives in|when (?:he|she|they|not)|(?:spare|free) time|enjoys|loves|joined|previously|currently"
    r"|(?:co-?)?founder|ceo|head of|director of|chief|helps|worked|holds|practi[cs]ing)\b",
    re.IGNORECASE,
)
_ENOUGH = 2  # things said of an author; of one who is not said to write, more
_ENOUGH_OF_OTHERS = 4
_MADE = re.compile(
    r"^this (?:article|story)\b.{0,80}\b(?:was|has been|is) (?:originally |first |also |jointly )?(?:amended|corrected"
    r"|updated|produced|published|written|republished|adapted|supported|translated|licensed|funded|made possible)\b"
    r"|\blicen[sc]ed under (?:a|the) creative commons\b|\bunder a (?:\w+ )?creative commons licen[sc]e"
    r"|^(?:please )?(?:contact|e-?mail|write to)\b.{0,120}(?:@|\bat \d{3}[ -])|\bcan be reached at\b.{0,40}[@\d]"
    r"|\breported from\b.{0,200}\bcontributed\b|\bcontributed (?:to this (?:report|story|article)|reporting)\b"
    r"|\bhas no position in any of the stocks\b|\bdeclared? (?:that )?(?:they have )?no competing interests\b",
)
# One of these stands in whatever it finds.
_SIGNS = (
    *("this article", "this story", "creative commons", "contact", "mail", "write to", "reached at", "contributed"),
    *("in any of the stocks", "no competing interests"),
)
_AUTHOR, _ARTICLE = "about the author", "about this article"


def around(lines: Sequence[Line], kept: Sequence[bool]) -> Iterator[tuple[int, str]]:
    """The kept lines around the article that say who wrote it or how it was made, and which of the two."""
    body = [i for i, keep in enumerate(kept) if keep]
    below = body[-_BELOW:]
    found = {i: said for i in (*below, *body[:_ABOVE]) if (said := _said(lines[i].text))}
    for i, (why, name) in found.items():
        if (i in below) if why == _ARTICLE else not _named(name, [lines[k].text for k in body if k not in found]):
            yield i, why


def _named(name: str, others: Sequence[str]) -> bool:
    """Whether a paragraph names whom another line introduces."""
    return bool(name) and any(name in text for text in others if len(text) >= _PARAGRAPH)


@lru_cache(maxsize=256)  # each pass asks again
def _said(text: str) -> tuple[str, str] | None:
    """Which of the two a line says, and the author's name."""
    if len(text) > _LONGEST:
        return None
    folded = text.casefold()
    if any(map(folded.__contains__, _SIGNS)) and _MADE.search(folded):
        return _ARTICLE, ""
    if (introduced := _INTRODUCED.match(text)) is None:
        return None
    writes, lives = len(_different(_WRITES, text)), len(_different(_LIVES, text))
    if (writes and writes + lives >= _ENOUGH) or lives >= _ENOUGH_OF_OTHERS:
        return _AUTHOR, introduced["name"] or introduced["self"] or ""
    return None


def _different(pattern: re.Pattern[str], text: str) -> set[str]:
    return {found.casefold() for found in pattern.findall(text)}


_PERSON = re.compile(r"\b(?:he|she|his|her|who|whose)\b|\bthey (?:have|has|are|hold)\b", re.IGNORECASE)


@lru_cache(maxsize=256)  # each pass asks again
def about_somebody(text: str) -> bool:
    """Whether a paragraph that begins with a person's name says what that person does for a living."""
    if len(text) > _LONGEST:
        return False
    writes, lives = len(_different(_WRITES, text)), len(_different(_LIVES, text))
    return writes + lives >= _ENOUGH or (writes + lives > 0 and _PERSON.search(text) is not None)
