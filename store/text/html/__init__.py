"""An HTML page as lines of text, each kept or left out with the reason, and what its own data (JSON-LD, OpenGraph, meta
tags) say about the story. The one room that knows trafilatura and lxml; import it only when a page is there to be
read."""

from __future__ import annotations

from functools import lru_cache

from store.model import Head
from store.text.html import article, data, head, plain, tree
from store.text.html.lines import Lines

__all__ = ["Lines", "beside_links", "page", "read", "visible"]


@lru_cache(maxsize=1)
def page(text: str, url: str | None = None) -> tuple[Lines, Head]:
    """The page's lines and its head; the last page is remembered, as it is asked first whether it holds an article and
    then for it."""
    root = tree.parse(text)
    if root is None:
        return Lines(), Head("")
    known = data.of(root)
    told = head.of(root, known, url)
    return article.lines(root, known, told.title) or Lines.all_kept(plain.sentences(text)), told


def read(text: str, url: str | None = None) -> tuple[str, Head]:
    """The page's article as paragraphs with blank lines between them, "" where it has none, and its head."""
    lines, told = page(text, url)
    return lines.text(), told


def visible(text: str) -> tuple[str, float]:
    """All the text a page shows and the share of it that stands in links."""
    root = tree.parse(text)
    if root is None:
        return "", 0.0
    tree.strip(root, "script", "style", "template", "noscript")
    shown = " ".join(root.text_content().split())
    linked = sum(len(" ".join(a.text_content().split())) for a in root.iter("a"))
    return shown, min(1.0, linked / max(1, len(shown)))


def beside_links(text: str) -> list[str]:
    """The texts a page shows outside its links and buttons, in order."""
    root = tree.parse(text)
    if root is None:
        return []
    tree.strip(root, "script", "style", "template", "noscript", "title", "a", "button")
    return [line for piece in root.itertext() if (line := " ".join(piece.split()))]
