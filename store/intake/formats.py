"""The formats in the order they are asked, and bytes -> stories through the first that says yes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from store.intake import html, json, jsonl, markdown, reasons, text
from store.intake.decode import NotText, decode
from store.model import Raw, Rejected


@dataclass(frozen=True, slots=True)
class Format:
    """One way of writing stories down.

    looks_like(text, ending) says whether a decoded file is in it; ending is lower-case with its dot, "" for none.
    read(text, source) gives its stories; text has "\\n" for every line end that JSON knows of and is otherwise as it
    came, so each format cleans its characters where they can no longer change what the file says.
    """

    name: str
    endings: tuple[str, ...]
    looks_like: Callable[[str, str], bool]
    read: Callable[[str, str | None], Iterator[Raw | Rejected]]


FORMATS = (
    Format("html", (".html", ".htm", ".xhtml"), html.looks_like, html.read),
    Format("jsonl", jsonl.ENDINGS, jsonl.looks_like, jsonl.read),
    Format("json", json.ENDINGS, json.looks_like, json.read),
    Format("markdown", markdown.ENDINGS, markdown.looks_like, markdown.read),
    Format("text", (".txt", ".text"), text.looks_like, text.read),
)
ENDINGS = frozenset(ending for kind in FORMATS for ending in kind.endings)

_ENDING = re.compile(r"\.(?=\w*[A-Za-z])\w{1,8}$")  # ".2025" or ". Talks stall" at the end of a name are no endings


def ending(name: str) -> str:
    """The ending of a file's name, lower-case with its dot; "" for none."""
    found = _ENDING.search(name)
    return found[0].lower() if found and found.start() > 0 else ""


def recognise(decoded: str, name: str) -> Format:
    """The format of a decoded file: by its content first, by the ending of its name second."""
    return next(kind for kind in FORMATS if kind.looks_like(decoded, ending(name)))


def read_bytes(data: bytes, source: str | None, *, limit: int = reasons.LIMIT) -> Iterator[Raw | Rejected]:
    """The stories in data, in order, and what in it is none. source as in Raw; the ending of its name is a hint."""
    where = source or reasons.STANDARD_INPUT
    if len(data) > limit:
        yield Rejected(where, reasons.too_large(limit))
        return
    decoded = decode(data)
    if isinstance(decoded, NotText):
        yield Rejected(where, reasons.BINARY if decoded.binary else reasons.UNDECODABLE)
        return
    decoded = decoded.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    empty = True
    for story in recognise(decoded, source or "").read(decoded, source) if decoded.strip() else ():
        empty = False
        yield story if isinstance(story, Rejected) or story.text.strip() else Rejected(where, reasons.EMPTY)
    if empty:
        yield Rejected(where, reasons.EMPTY)
