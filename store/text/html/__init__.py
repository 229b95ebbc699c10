"""An HTML page as lines of text, each kept or left out with the reason, and what its own data (JSON-LD, OpenGraph, meta
tags) say about the story. The one room that knows trafilatura and lxml; import it only when a page is there to be
read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from store.model import Head
from store.text.html import article, data, head, plain, tree, walls
from store.text.html.lines import Lines

__all__ = ["Lines", "beside_links", "forget", "page", "read", "refusal", "visible"]


@dataclass(frozen=True, slots=True)
class _Read:
    lines: Lines = Lines()  # noqa: RUF009
    head: Head = Head("")  # noqa: RUF009
    refusal: str | None = None


@lru_cache(maxsize=1)
def _read(text: str, url: str | None) -> _Read:
    """The last page is remembered, as it is asked first whether it holds an article and then for it."""
    root = tree.parse(text)
    if root is None:
        return _Read()
    known = data.of(root)
    told = head.of(root, known, url)
    seen, lines = article.read(root, known, told.title)
    if not lines:
        return _Read(Lines.all_kept(plain.sentences(text)), told)
    return _Read(lines, told, walls.refusal(seen, known, lines))


def page(text: str, url: str | None = None) -> tuple[Lines, Head]:
    """The page's lines and its head."""
    found = _read(text, url)
    return found.lines, found.head


def refusal(text: str, url: str | None = None) -> str | None:
    """Why a page that has sentences holds no article, in plain words; None where it may hold one."""
    return _read(text, url).refusal


def forget() -> None:
    """Read the next page anew even if it is the last one again."""
    _read.cache_clear()


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
