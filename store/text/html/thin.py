"""Markup without the tags that no parser gets through: libxml2 takes quadratic time in the attributes of one element,
12 seconds for 80,000 of them."""

from __future__ import annotations

import re

_MOST_ATTRIBUTES = 1000  # of one tag; real ones have a few dozen
_SUSPICIOUS = 20_000  # signs of equality in a page, or characters of a tag without one: half a second at most
_WITHOUT_VALUES = re.compile(rf"<[A-Za-z][^<>=]{{{_SUSPICIOUS}}}")
_EDGE = re.compile(r"[>\"']")
_NAME = re.compile(r"<[A-Za-z][^\s<>/\"'=]{0,60}")


def thinned(page: str) -> str:
    """page, the tags of more than _MOST_ATTRIBUTES attributes cut down to their names."""
    if page.count("=") <= _SUSPICIOUS and _WITHOUT_VALUES.search(page) is None:
        return page
    parts = []
    done = 0
    for start, end in _Tags(page):
        if end - start > _MOST_ATTRIBUTES and _attributes(page[start:end]) > _MOST_ATTRIBUTES:
            name = _NAME.match(page, start)
            parts.append(page[done:start] + (name[0] if name else "<div") + ">")
            done = end
    return "".join([*parts, page[done:]])


def _attributes(tag: str) -> int:
    return max(tag.count("="), len(tag.split(None, _MOST_ATTRIBUTES + 1)) - 1)


class _Tags:
    """Where each opening tag starts and ends, quoted signs of "greater than" passed over. Linear: a quote that nothing
    closes is looked for once."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._unclosed = {'"': len(page), "'": len(page)}
        self._at = 0

    def __iter__(self) -> _Tags:
        return self

    def __next__(self) -> tuple[int, int]:
        while (start := self._page.find("<", self._at)) >= 0:
            self._at = start + 1
            if self._page[start + 1 : start + 2].isalpha():
                self._at = self._end(start + 1)
                return start, self._at
        raise StopIteration

    def _end(self, at: int) -> int:
        while (edge := _EDGE.search(self._page, at)) is not None:
            if edge[0] == ">":
                return edge.end()
            at = self._closed(edge.end(), edge[0])
        return len(self._page)

    def _closed(self, at: int, quote: str) -> int:
        """Where the quote that opens before at is closed; at itself, where it is not."""
        if at >= self._unclosed[quote]:
            return at
        end = self._page.find(quote, at)
        if end < 0:
            self._unclosed[quote] = at
            return at
        return end + 1
