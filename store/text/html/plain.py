"""Text of markup that no tree is made of: HTML inside a page's data, and pages that no parser takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z]\w*)[^<>]*>")
_HIDDEN = frozenset(("script", "style", "template", "noscript"))
_INLINE = frozenset(
    ("a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u")
)
_SENTENCE_WORDS = 12


def sentences(page: str) -> str:
    """The lines of a page that read like sentences, found without parsing it: for markup no parser takes, such as
    thousands of elements inside each other. "" for a page of labels and links."""
    lines = (" ".join(unescape(line).split()) for line in shown(page).split("\n"))
    return "\n".join(line for line in lines if len(line.split()) >= _SENTENCE_WORDS and line[-1] in '.!?…”"»')


def shown(markup: str) -> str:
    """What stands between the tags, a line break for each block's tag; nothing of scripts and styles."""
    return "".join(_between(markup))


def _between(page: str) -> Iterator[str]:
    at, hidden = 0, ""
    for tag in _TAG.finditer(page):
        name = tag["name"].lower()
        if not hidden:
            yield page[at : tag.start()]
            yield "" if name in _INLINE else "\n"
            hidden = name if name in _HIDDEN and not tag["close"] else ""
        elif name == hidden and tag["close"]:
            hidden = ""
        at = tag.end()
    if not hidden:
        yield page[at:]


def inline(markup: str) -> str:
    """A short text that may hold tags and entities, as it reads."""
    return unescape(_TAG.sub("", unescape(markup))) if "<" in markup or "&" in markup else markup
