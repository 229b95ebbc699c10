"""Who wrote a story and where: what stands behind "By", and lines of names alone."""

from __future__ import annotations

import re

from store.text.agencies import agency
from store.text.names import cased, has_outlet_word, name, namely

BY = re.compile(
    r"(?:interview |analysis |opinion |story |words |texte? |report(?:ed)? |written |posted |published |article "
    r"|rédigé |écrit |réalisé |escrito |scritto |geschrieben )?"
    r"(?:by|par|von|por|di|da|door|af|av"
    r"|yazan|haber(?=\s*:)|author|auteur|reporter(?=\s*:)"
    r"|byline(?=\s*:)|writer(?=\s*:)|reporters?(?=\s*:)|authors?(?=\s*:)|words(?=\s*:)|text(?=\s*:)|redactor(?=\s*:)"
    r"|periodista(?=\s*:)|muhabir(?=\s*:)|журналіст(?=\s*:)|журналист(?=\s*:)|корреспондент(?=\s*:)|إعداد|تقرير|autor|автор|автори|авторы|текст|бейлайн|بقلم|كتب|كتبت|الكاتب)(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"\b(?:correspondent|editor|reporter|writer|staff|desk|bureau|chief|columnist|analyst|contributor|journalist|agenc"
    r"|special to|in [A-Z]|корреспондент|кореспондент|redaktion|rédaction|muhabir|редактор)",
    re.IGNORECASE,
)


_DIGIT = re.compile(r"\d")
_IN_BRACKETS = re.compile(r"\s+\((?P<place>[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]+)?)(?:,[^()]{1,60})?\)$")
_TOGETHER = re.compile(r"\s\((?:with|avec|con|mit)\s[^()]{2,40}\)$")  # "Anna Kovel (avec VNA)"
CITY = re.compile(r"[^\W\d_a-z][^\W\d_A-Z][\w’'-]+")


_EDITED = re.compile(r",\s*(?:édité|edited|editing|bearbeitet|editado)\b", re.IGNORECASE)
_BEFORE_DATE = re.compile(r"\s(?:on|le|el|am|il)$")
OFFICE = re.compile(r"(?:embassy|ministry|department|office|consulate|government|permanent mission)\b", re.IGNORECASE)


def person(text: str) -> tuple[str | None, str | None]:
    """The name or names at the start of a byline and the place after "in", if the whole of it reads like one."""
    text = _EDITED.split(text, maxsplit=1)[0].strip(
        " .,:;|()-–—\u00a0" if text.count("(") != text.count(")") else " .,:;|-–—\u00a0"
    )
    text = _BEFORE_DATE.sub("", text)
    if OFFICE.match(text):
        return None, None
    place = None
    if match := re.search(r"\s+(?:in|à|en|aus)\s+([A-ZÀ-Þ][\w.'’-]+(?:[ -][A-ZÀ-Þ][\w.'’-]+){0,3})$", text):
        place, text = match[1], text[: match.start()]
    text = re.split(
        r"\s*(?:[|/·•]|\s[-–—]\s|\s(?:for|at|with|avec|con|mit)\s)\s*", _TOGETHER.sub("", text), maxsplit=1
    )[0]
    if match := _IN_BRACKETS.search(text):
        text = text[: match.start()]
        place = place or (None if ROLE.search(match["place"]) or agency(match["place"]) else match["place"])
    names = [part.strip() for part in text.split(",")]
    if (
        place is None
        and len(names) == 2
        and CITY.fullmatch(names[1])
        and not (ROLE.search(names[1]) or agency(names[1]))
    ):
        place = names[1]
    kept = [names[0]] + [
        n
        for n in names[1:]
        if 2 <= len(n.split()) <= 6 and not (ROLE.search(n) or has_outlet_word(n) or _DIGIT.search(n))
    ]
    name = ", ".join(n for n in kept if n)
    words = name.replace(",", " ").split()
    if not 1 <= len(words) <= 14 or len(name) > 110:
        return None, None
    if not all(namely(word) for word in words) or not any(w[:1].isupper() or not cased(w) for w in words):
        return None, None
    return name, place


_WITH = re.compile(r"(?:\(?\b(?:with|avec|con|mit)\s+|\()(?P<sign>[^\W\d_][\w.-]*(?:\s[^\W\d_][\w.-]*){0,2})")


def with_agency(text: str) -> str | None:
    """The agency in "Anna Kovel with AFP, Reuters"."""
    return next((wire for m in _WITH.finditer(text) if (wire := agency(m["sign"]))), None)


REPORTER_IN = re.compile(
    r"(?P<names>.{5,60}?) (?:in|aus|à|en) (?P<place>[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,2})"
    r"(?: and (?P<more>.{5,40}))?"
)


def people(text: str) -> bool:
    """Whether text is nothing but names of people, in capitals or not."""
    return all(name(one if not one.isupper() else one.title()) for one in re.split(r", | and | & ", text))
