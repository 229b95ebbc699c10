"""What a page's own data say: every JSON-LD object about an article and every meta tag, read once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from lxml.html import HtmlElement

from store.text.html import plain
from store.text.html.tree import plain as text_of

_ARTICLE = re.compile(r"Article|Posting|Report$|Review$|^WebPage$|^WebSite$")
_MOST_OBJECTS = 2000  # of one script
_LONGEST_DATA = 4_000_000  # characters of one script


@dataclass(frozen=True, slots=True)
class Data:
    """meta holds the tags' contents by folded name. title and description are those of the window or of links to the
    page; article_body is the text of the longest articleBody, "" where the data hold none. is_article: the page says
    that it is one; is_paid: and that it is not for everyone."""

    meta: Mapping[str, str]
    objects: Sequence[Mapping[str, object]]
    title: str
    description: str
    article_body: str
    is_article: bool
    is_paid: bool


def of(tree: HtmlElement) -> Data:
    meta = _meta(tree)
    objects = list(_linked_data(tree))
    window = next((text_of(e) for e in tree.iter("title")), "")
    return Data(
        meta,
        objects,
        meta.get("og:title") or window,
        meta.get("og:description") or meta.get("description") or "",
        _article_body(objects),
        meta.get("og:type", "").lower() == "article" or any(data.get("headline") for data in objects),
        any(str(data.get("isAccessibleForFree", "")).strip().lower() == "false" for data in objects),
    )


def _article_body(objects: Sequence[Mapping[str, object]]) -> str:
    """Left out by sites are standfirsts and lists: a witness to the article, and the article only where the page shows
    none."""
    bodies = (data.get("articleBody") for data in objects)
    longest = max((body for body in bodies if isinstance(body, str)), key=len, default="")
    return plain.shown(unescape(longest)).strip()


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = " ".join(plain.inline(element.get("content") or "").split())
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, object]]:
    """Every JSON-LD object that describes an article; scripts that do not parse are passed over."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        text = script.text or ""
        if len(text) > _LONGEST_DATA:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles(data)


def _articles(data: object) -> Iterator[dict[str, object]]:
    waiting = [data]
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(reversed(node[:_MOST_OBJECTS]))
        elif isinstance(node, dict):
            kinds = node.get("@type")
            if any(_ARTICLE.search(str(k)) for k in (kinds if isinstance(kinds, list) else [kinds])):
                yield node
            waiting.extend(node[k] for k in ("mainEntityOfPage", "mainEntity", "@graph") if k in node)
