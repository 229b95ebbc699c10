"""The head of a story as its page gives it: JSON-LD first, then OpenGraph and other meta tags, then what the markup
marks, then the short lines that stand on the page, and for a date at last htmldate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from store.model import Head
from store.text import credit, dates, language
from store.text.html import plain
from store.text.html.data import Data
from store.text.html.olddate import searched
from store.text.html.tree import plain as text_of

_DATE_NAMES = (
    "article:published_time", "datepublished", "dc.date.issued", "dcterms.created", "dc.date", "date", "pubdate",
    "publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "og:published_time", "article.published",
    "cxenseparse:recs:publishtime",
)  # fmt: skip
_AUTHOR_NAMES = ("author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl")
_LANGUAGE_NAMES = ("og:locale", "content-language", "language", "dc.language", "inlanguage")


def of(tree: HtmlElement, known: Data, url: str | None) -> Head:
    """The head; url is where the page came from, if that is known. None for what the page does not say."""
    meta = known.meta
    story = _story(known.objects)
    site = _name(story.get("publisher")) or meta.get("og:site_name") or meta.get("application-name")
    site = site or next((_name(d) for d in known.objects if d.get("@type") == "WebSite"), None)
    title = _text(story.get("headline")) or meta.get("og:title") or meta.get("twitter:title")
    if not title:
        title, site = _titled(tree, site)
    elif headline := _headline_in(tree, title):
        title = headline
    address = _canonical(tree, meta, url)
    published = _stated_date(tree, meta, story)
    authors = _authors(tree, meta, story, site)
    told = credit.Credit() if published and authors else _told(tree)
    return Head(
        title=_without_site(title, site) if title else "",
        published=published or told.published or searched(tree, address),
        outlet=site,
        byline=", ".join(authors) or told.byline,
        standfirst=_standfirst(tree) or known.description or None,
        url=address,
        language=_language(tree, meta, story),
    )


def _story(objects: Iterable[Mapping[str, object]]) -> Mapping[str, object]:
    """The object that tells of the story itself: one that has a headline before one that has only a date."""
    found: Mapping[str, object] = {}
    for data in objects:
        if data.get("headline"):
            return data
        if data.get("datePublished") and not found:
            found = data
    return found


def _canonical(tree: HtmlElement, meta: Mapping[str, str], url: str | None) -> str | None:
    """The address the page gives itself; url where it gives none, or one of no host."""
    links = (e.get("href") for e in tree.iter("link") if (e.get("rel") or "").strip().lower() == "canonical")
    stated = next((href.strip() for href in links if href and href.strip()), None) or meta.get("og:url")
    if not stated:
        return url
    try:
        whole = urljoin(url or "", stated)
        parts = urlsplit(whole)
    except ValueError:
        return url
    return whole if parts.scheme in ("http", "https") and parts.netloc else url


def _language(tree: HtmlElement, meta: Mapping[str, str], story: Mapping[str, object]) -> str | None:
    """ISO 639-1; what is said of the story before what is said of the page."""
    stated = (_text(story.get("inLanguage")), tree.get("lang"), tree.get("xml:lang"))
    for value in (*stated, *(meta.get(name) for name in _LANGUAGE_NAMES)):
        if code := language.known(value):
            return code
    return None


def _stated_date(tree: HtmlElement, meta: Mapping[str, str], story: Mapping[str, object]) -> str | None:
    written = [_text(story.get("datePublished")), *(meta.get(name) for name in _DATE_NAMES), _time(tree)]
    return next((found.iso for value in written if value and (found := dates.first(value[:100]))), None)


def _time(tree: HtmlElement) -> str | None:
    """The first time that markup dates, one that says it is of publication before any other."""
    stamps = [e for e in tree.iter("time") if e.get("datetime")][:50]
    stamps.sort(key=lambda e: "publish" not in f"{e.get('itemprop')} {e.get('class')}".lower() and not e.get("pubdate"))
    return stamps[0].get("datetime") if stamps else None


def _authors(tree: HtmlElement, meta: Mapping[str, str], story: Mapping[str, object], site: str | None) -> list[str]:
    named = [a for a in _names(story.get("author")) if a != site]
    named = named or [meta[name] for name in _AUTHOR_NAMES if name in meta][:1]
    return [a for a in named if not a.startswith(("http", "@", "/")) and len(a) < _LONGEST_NAMES] or _signed(tree)


_LONGEST_NAMES = 200  # characters
_SIGNED = "//*[@rel='author' or @itemprop='author' or contains(concat(' ', @class, ' '), ' author ')]"
_BY = re.compile(r"^(?:by|par|von|por)\s+", re.IGNORECASE)


def _signed(tree: HtmlElement) -> list[str]:
    """The author as the page's markup marks one; the first that reads like a name."""
    for element in tree.xpath(_SIGNED)[:20]:
        found = credit.read("By " + _BY.sub("", text_of(element)[:_LONGEST_NAMES]))
        if found and found.byline:
            return [found.byline]
    return []


_LINES_TOLD = 300  # short texts of a page that are read as credit lines
_MAY_BE_CREDIT = re.compile(r"\b(?:19|20)\d\d\b|^\W*(?:by|von|par|por|автор)\b", re.IGNORECASE)


def _told(tree: HtmlElement) -> credit.Credit:
    """What the page's short lines say: the first date line and the first byline."""
    published = byline = None
    tried = 0
    for text in tree.itertext():
        line = " ".join(text.split()) if len(text) < 1000 else ""
        if not 5 < len(line) < 120 or not _MAY_BE_CREDIT.search(line):
            continue
        tried += 1
        found = credit.read(line)
        if found:
            published, byline = published or found.published, byline or found.byline
        if tried > _LINES_TOLD or (published and byline):
            break
    return credit.Credit(published=published, byline=byline)


_STANDFIRST = re.compile(
    r"\b(?:standfirst|deck?|sub-?title|sub-?headline|sub-?heading|chap[oô]|vorspann|article-(?:lead|intro|summary)|excerpt)\b"
)


def _standfirst(tree: HtmlElement) -> str | None:
    """The line under the headline, as the page's markup names it."""
    for element in tree.iter("p", "div", "h2", "h3", "span"):
        named = element.get("class")
        if named and _STANDFIRST.search(named[:400].lower()) and 5 <= len((text := text_of(element)).split()) <= 80:
            return text
    return None


def _headline_in(tree: HtmlElement, title: str) -> str | None:
    """The page's one h1, where the title is it and something more: a section, a site, a date."""
    headlines = [text for e, _ in zip(tree.iter("h1"), range(_MOST_HEADINGS), strict=False) if (text := text_of(e))]
    if len(set(headlines)) != 1 or len(headlines[0].split()) < _FEWEST_WORDS:
        return None
    return headlines[0] if headlines[0].casefold() in title.casefold() else None


_FEWEST_WORDS = 3  # of a headline; less is a section's name
_JOINTS = " |–—»·:-"
_MOST_HEADINGS = 300


def _titled(tree: HtmlElement, site: str | None) -> tuple[str | None, str | None]:
    """The heading that the window's title repeats, or else the first; the site as the rest of that title names it."""
    window = next((text_of(e) for e in tree.iter("title")), "")[:1000]
    headings = [e for e, _ in zip(tree.iter("h1", "h2", "h3"), range(_MOST_HEADINGS), strict=False)]
    for heading in headings:
        text = text_of(heading)
        if len(text) > 3 and text != window and text in window:
            return text, site or window.replace(text, "").strip(_JOINTS) or None
    first = next((text for e in headings if e.tag == "h1" and (text := text_of(e))), None)
    return (first or window)[:1000] or None, site


_TITLE_JOINT = re.compile(r"\s+[|–—»·:-]\s+|:\s+")


def _without_site(title: str, site: str | None) -> str:
    """title without the site's name at its end or its start."""
    joints = list(_TITLE_JOINT.finditer(title))
    if not joints or not site:
        return title
    start, tail = title[: joints[-1].start()], title[joints[-1].end() :]
    if _same_name(tail, site):
        return start
    start, tail = title[: joints[0].start()], title[joints[0].end() :]
    return tail if _same_name(start, site) else title


def _same_name(one: str, other: str) -> bool:
    a, b = (re.sub(r"\W|\.(?:com|net|org)$", "", name.casefold()) for name in (one, other))
    return bool(a) and bool(b) and (a in b or b in a)


def _name(value: object) -> str | None:
    return next(iter(_names(value)), None)


def _names(value: object) -> list[str]:
    """Names of one person or organisation, or of a list of them."""
    parts: Iterable[object] = value if isinstance(value, list) else [value]
    named = [_text(part.get("name")) if isinstance(part, dict) else _text(part) for part in parts]
    return [name for name in dict.fromkeys(named) if name]


def _text(value: object) -> str | None:
    """The first of a list, on one line and without markup; None for what is no text."""
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str):
        return None
    return " ".join(plain.inline(value).split()) or None
