"""Head of a story from what its record gave, its page said and its lines told, in that order of trust."""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.model import Given, Head
from store.text import dates, inferred, labels, language, names
from store.text.agencies import agency
from store.text.clean import Cleaned
from store.text.lines import sentences

# "... Name.Tld reports, citing ...": outlets that sign their stories in the text; past tense names a source.
_SELF_REPORT = re.compile(
    r"(?:^|[,;.”\"]\s+)(?P<name>[A-ZÀ-Þ][\w-]*(?:\.[A-Za-z]{2,4})?(?:\s[A-ZÀ-Þ][\w-]*){0,3})"
    r"\s+reports,?\s+(?:citing|with reference to|via|quoting)\b"
)
_OWNER = re.compile(
    r"(?:copyright|©|\(c\))\s*(?:©|\(c\))?\s*(?:\d{4}(?:\s?[-–]\s?\d{4})?)?,?\s*(?:by\s+)?(?P<name>[^.|,;©\d]{2,50}?)"
    r"\s*(?:\d{4}.*)?(?:[.|,;].*|\s[-–—]\s.*|all rights.*)?$",
    re.IGNORECASE,
)
_MADE_TITLE = 110  # characters


def head(cleaned: Cleaned, *, given: Given = Given(), page: Head | None = None, stated: str | None = None) -> Head:  # noqa: B008
    """page is what an HTML page's own data say; given wins over it, both over the text. stated is the language that
    the page or the record states, as it states it."""
    said = page or Head("")
    headline, suffix = titled(cleaned.title) if cleaned.title else (None, None)
    title = given.title or said.title or headline
    line = cleaned.dateline
    credits = cleaned.credits
    outlet = given.outlet or said.outlet or _first(c.outlet for c in credits) or (line.outlet if line else None)
    outlet = outlet or suffix
    told = _published(cleaned, given, said)
    spoken = language.told(stated, _told_text(cleaned, title))
    half = _inferred(cleaned, given.url or said.url) if told is None else None
    told = None if half else told or _day_first(cleaned, spoken) or _first(c.updated for c in credits)
    return Head(
        title=title or made_title(cleaned),
        title_made=not title,
        published=told or half,
        published_inferred=half is not None and told is None,
        place=said.place
        or (line.place if line else None)
        or _first(c.place for c in credits)
        or _likely_place(cleaned),
        outlet=outlet or _self_named(cleaned),
        agency=said.agency or (line.agency if line else None) or _first(c.agency for c in credits),
        byline=given.byline or said.byline or _first(c.byline for c in credits) or _likely(cleaned),
        standfirst=cleaned.standfirst or said.standfirst,
        url=given.url or said.url,
        language=spoken,
    )


def _likely(cleaned: Cleaned) -> str | None:
    """Words behind the date that look like a name, where the story does not say them in small letters as it does its
    topics."""
    found = _first(c.likely for c in cleaned.credits)
    if found is None:
        return None
    told = set().union(*(re.findall(r"[^\W\d_]+", p.text[:2000]) for p in cleaned.passages if p.kept))
    return found if told.isdisjoint(word.casefold() for word in found.split()) else None


_WHERE = "in|at|near|à|en|em|aus|в|у|із"


def _likely_place(cleaned: Cleaned) -> str | None:
    """A word beside the date that may be a place, where the story is told "in" it."""
    found = _first(c.likely_place for c in cleaned.credits)
    if found is None:
        return None
    told = re.compile(rf"\b(?i:{_WHERE}) {re.escape(found)}\b(?! [A-Z])|\b{re.escape(found)}['’][dt][ae]")
    small = re.compile(rf"\b{re.escape(found.lower())}\b")
    texts = [p.text[:2000] for p in cleaned.passages if p.kept]
    return found if any(map(told.search, texts)) and not any(map(small.search, texts)) else None


# Languages of those the desk reads in which all write the day before the month in figures.
_DAY_FIRST = ("fr", "es", "de", "it", "pt", "ru", "uk", "tr", "pl", "nl", "ar")


def _day_first(cleaned: Cleaned, spoken: str | None) -> str | None:
    """The date that the language of a story fixes: 3/4/2031 in a date line over a French text."""
    if spoken not in _DAY_FIRST:
        return None
    lines = (p.text for p in cleaned.passages if p.reason == "date line")
    found = ((line, date) for line in lines for date in dates.dates(line[:200], day_first=True))
    return next((date.iso for line, date in found if not labels.is_updated(line[: date.start])), None)


def _told_text(cleaned: Cleaned, title: str | None) -> str:
    """Title and body: what the language is told by."""
    return "\n".join((title or "", *(p.text for p in cleaned.passages if p.kept)))


_LABEL = re.compile(r"(?:subject|title|headline|betreff|objet|asunto|тема|заголовок|konu|عنوان|العنوان)\s*:\s+", re.I)
_BAR = re.compile(r"\s+[|»]\s+")
_DASHED = re.compile(r"\s+[-–—]\s+(?=[^-–—]+$)")
_MOST_WORDS_OF_OUTLET = 5


def titled(line: str) -> tuple[str, str | None]:
    """A line's headline without the label in front of it, and the outlet behind it: "Talks Open | Harbour Post"."""
    text = _LABEL.sub("", line, count=1) if _LABEL.match(line) else line
    headline, *behind = _BAR.split(text)
    if behind and len(headline.split()) >= len(behind[-1].split()) <= _MOST_WORDS_OF_OUTLET:
        return headline, behind[-1] if behind[-1][:1].isupper() else None
    headline, *behind = _DASHED.split(text)
    if behind and len(headline.split()) > 2 and names.outlet(behind[0]):
        return headline, behind[0]
    return text, None


def iso(written: str) -> str | None:
    """A date as a record or a page's data give it, in ISO 8601; None if it holds no full date."""
    found = dates.first(written)
    return found.iso if found else None


def made_title(cleaned: Cleaned) -> str:
    """The first sentence, shortened at a word where it is long; "Untitled" for a text without words."""
    body = next((p.text for p in cleaned.passages if p.kept), "")
    first = (sentences(body[:2000]) or [""])[0]
    if len(first) > _MADE_TITLE:
        first = first[:_MADE_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"
    return first or "Untitled"


def _first(values: Iterable[str | None]) -> str | None:
    return next((v for v in values if v), None)


def _published(cleaned: Cleaned, given: Given, said: Head) -> str | None:
    if given.published and (written := iso(given.published)):
        return written
    line = cleaned.dateline
    # A masthead's date stands above the story's own; what stands below the text may belong to another story.
    labelled = _first(c.published for c in cleaned.credits if c.labelled and not c.below)
    # Below a story that tells its last change stand the dates of its comments.
    changed = any(c.updated and not c.below for c in cleaned.credits)
    stated = _first(c.published for c in cleaned.credits if not (c.below and changed))
    told = labelled or stated or (line.published if line else None)
    return said.published or told


def _inferred(cleaned: Cleaned, url: str | None) -> str | None:
    """The day that half a date and another one imply."""
    line, updated = cleaned.dateline, _first(c.updated for c in cleaned.credits)
    stated = next((c.partial for c in cleaned.credits if c.partial), None)
    if stated is None and updated:  # a whole date tells more than a dateline's half
        return None
    if stated is None and line and line.day:
        stated = dates.partial(line.day)
    body = [p.text for p in cleaned.passages if p.kept]
    return inferred.published(
        stated,
        updated=updated,
        body=body,
        url=url,
        lead=inferred.lead_weekday(body[0]) if body else None,
    )


_TOLD = re.compile(r"\b(?:told|tells) (?:the )?(?P<name>[A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+){0,3})")
_REPORTS = re.compile(r"\breports (?P<name>[A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+){0,3})")


def _told_itself(cleaned: Cleaned) -> str | None:
    """The outlet that the body says was told something and that signs the teasers around the story."""
    others = [p.text[:2000] for p in cleaned.passages if not p.kept and "reports" in p.text]
    signed = [m["name"] for text in others for m in _REPORTS.finditer(text)]
    if not signed:
        return None
    told = (m["name"] for p in cleaned.passages if p.kept for m in _TOLD.finditer(p.text[:5000]))
    return next((name for name in told if any(sign.startswith(name) for sign in signed)), None)


def _self_named(cleaned: Cleaned) -> str | None:
    """The outlet as the body or the copyright line names it."""
    for passage in cleaned.passages:
        named = passage.kept and "reports" in passage.text and _SELF_REPORT.search(passage.text)
        if (match := named or None) and agency(match["name"]) is None:
            return match["name"]
    if name := _told_itself(cleaned):
        return name
    for passage in cleaned.passages:
        if passage.reason == "copyright" and (match := _OWNER.match(passage.text.strip())):
            name = match["name"].strip()
            if name[:1].isupper() and "right" not in name.casefold() and agency(name) is None:
                return name
    return None
