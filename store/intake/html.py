"""HTML pages: told by their tags, taken as they are. What is read off here is only where the page says it lives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

from store.intake.identity import canonical_url, is_front_page
from store.model import Given, Markup, Raw
from store.text.characters import clean_characters

_HEAD = 4096  # characters in which a page must show what it is
_ADDRESS = 262_144  # characters in which it must say where it lives
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_OPENING = re.compile(
    r"(?:<\?xml[^<>]{0,200}\?>\s*+)?(?:<!--(?:(?!-->).){0,2000}-->\s*+){0,5}<(?:!doctype\s+html|html|head|body|meta|title|link"
    r"|article|section|main|header|div|p|h[1-6]|span|table|ul|ol|style|script|figure|blockquote|center|font|br)[\s/>]",
    re.IGNORECASE | re.DOTALL,
)
_ANY_TAG = re.compile(
    r"</?(?:p|div|br|h[1-6]|a|span|article|section|ul|li|b|i|em|strong|img)\b[^<>]{0,500}>", re.IGNORECASE
)
_REFERENCE = re.compile(
    r"&(?:#(?:x[0-9a-f]{1,8}|[0-9]{1,9});?|(?:shy|lrm|rlm|zwj|zwnj|ZeroWidthSpace|NoBreak);)", re.IGNORECASE
)
_ROUNDS = 4

_ADDRESS_TAG = re.compile(r"<(?:link|meta)\s([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![\w:-])([\w:-]{1,40}+)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++)""")
_SAVED_FROM = re.compile(
    r"<!--\s{0,9}(?:saved from url=\(\d{1,6}\)|Page saved with SingleFile\s{1,9}url:\s{1,9})(\S{1,4096})"
)


def looks_like(text: str, ending: str) -> bool:
    """Whether a text is HTML. A page begins with a tag; a file that says it is HTML needs only to have one, and in
    Markdown a tag at the beginning may be no more than a centred heading."""
    head = text[:_HEAD].lstrip()
    if _PAGE.search(head[:200]) or (head.startswith("<") and _PAGE.search(head)):
        return True
    if ending in (".html", ".htm", ".xhtml"):
        return _ANY_TAG.search(text[:65536]) is not None
    return ending not in (".md", ".markdown") and _OPENING.match(head) is not None


def read(text: str, source: str | None) -> Iterator[Raw]:
    markup = clean_markup(text)
    yield Raw(markup, Markup.HTML, source, Given(url=address(markup)))


def clean_markup(markup: str) -> str:
    """Clean characters, also those written as references: `&#8238;` becomes an override as soon as it is parsed.

    Taking one reference out can put another together, hence the rounds; what still stands after them is hostile by
    intent, and becomes a space.
    """
    markup = clean_characters(markup)
    for _ in range(_ROUNDS):
        resolved = _REFERENCE.sub(lambda found: _resolved(found[0]), markup)
        if resolved == markup:
            return markup
        markup = clean_characters(resolved)
    return _REFERENCE.sub(lambda found: found[0] if _resolved(found[0]) == found[0] else " ", markup)


def address(markup: str) -> str | None:
    """The URL that a page says is its own: rel=canonical, og:url, or the browser's note on saving. None where it names
    a front page, nothing absolute, or nothing."""
    head = markup[:_ADDRESS]
    named: dict[str, str] = {}
    for tag in _ADDRESS_TAG.finditer(head):
        fields = {name.lower(): unescape(value.strip("\"'")).strip() for name, value in _ATTRIBUTE.findall(tag[1])}
        if "canonical" in fields.get("rel", "").lower().split():
            named.setdefault("canonical", fields.get("href", ""))
        elif fields.get("property", fields.get("name", "")).lower() == "og:url":
            named.setdefault("og", fields.get("content", ""))
    if saved := _SAVED_FROM.search(head):
        named["saved"] = saved[1]
    urls = (canonical_url(named.get(kind, "")) for kind in ("canonical", "og", "saved"))
    return next((url for url in urls if url and not is_front_page(url)), None)


@lru_cache(4096)
def _resolved(reference: str) -> str:
    """The reference itself, or the character it stands for where that is one that intake looks at."""
    body = reference.rstrip(";")
    if body[1] != "#":
        return {"&zwj": "\u200d", "&zwnj": "\u200c"}.get(body.lower(), "")
    code = int(body[3:], 16) if body[2] in "xX" else int(body[2:])
    if 0x80 <= code < 0xA0 or code > 0x10FFFF:
        return reference  # browsers read these as Windows-1252, or as a replacement character
    character = chr(code)
    kept = character not in "\u200c\u200d" and clean_characters(character) == character
    return reference if kept else character
