"""Small words: dates, sources, counts; and how text is made to fit so many columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from unicodedata import category

from rich.cells import cell_len, set_cell_size

from store.model import Event, Listed
from tui.desk import counted

UNREAD, STAR, NOTE, GONE = "●", "★", "✎", "×"


LATELY = 300  # days back in which a day and a month are enough
FOLDED, UNFOLDED = "▸", "▾"
UNDATED = "undated"  # where a date would stand: the list has such a story by the day it came in


@dataclass(frozen=True, slots=True)
class Piece:
    """link is an address as tui.addresses.link gives it."""

    text: str
    role: str = ""
    link: str = ""


Line = tuple[Piece, ...]


def when(published: str | None, today: date, *, inferred: bool = False) -> str:
    """A date as short as it can be said: "17:53" today, "12 Apr", "12 Apr 25" where that could be another year's,
    "~12 Apr" inferred."""
    if inferred:
        return about(when(published, today))
    moment = moment_of(published)
    if moment is None:
        return ""
    if moment.date() == today and len(published or "") > 10:
        return f"{moment:%H:%M}"
    lately = moment.year == today.year or 0 <= (today - moment.date()).days < LATELY
    return f"{moment.day} {moment:%b}" if lately else f"{moment.day} {moment:%b} {moment:%y}"


def about(date_text: str) -> str:
    """The text of a date that a story only implies."""
    return f"~{date_text}" if date_text else ""


def when_full(published: str | None, *, inferred: bool = False) -> str:
    """A date in full: "12 April 2025", "26 February 2025, 17:53"; "~12 April 2025" if inferred."""
    if inferred:
        return about(when_full(published))
    moment = moment_of(published)
    if moment is None:
        return ""
    clock = f", {moment:%H:%M}" if len(published or "") > 10 else ""
    return f"{moment.day} {moment:%B} {moment.year}{clock}"


def moment_of(published: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(published) if published else None
    except ValueError:
        return None


def source(story: Listed) -> str:
    """Outlet and agency as one: "Harbour Post (SNA)"."""
    outlet, agency = story.head.outlet, story.head.agency
    if outlet and agency and outlet != agency:
        return f"{outlet} ({agency})"
    return story.head.reporter or ""


def reporters(event: Event) -> str:
    """How many report an event, and how many of them found it out themselves: "7 outlets, 3 origins"."""
    outlets, origins = len(event.outlets), len(event.origins)
    if origins > outlets:  # a story without an outlet is one more origin and no outlet: stories are what can be counted
        outlets = 0
    told = counted(outlets, "outlet", "outlets") if outlets else counted(len(event.stories), "story", "stories")
    return told if (outlets or len(event.stories)) < 2 else f"{told}, {counted(origins, 'origin', 'origins')}"


def tag_text(tags: Iterable[str]) -> str:
    return " ".join(f"#{t}" for t in tags)


def fit(text: str, width: int, lines: int = 1) -> tuple[str, ...]:
    """Words wrapped to at most so many lines of width columns; what does not fit ends in "…". A word that is wider than
    a line, and any text of a script that has no spaces, goes on in the next line."""
    if width < 2:
        return ("",)
    out: list[str] = []
    left = " ".join(text[: MOST_FITTED * lines].split())
    while left and len(out) < lines:
        if cell_len(left) <= width:
            out.append(left)
            break
        if len(out) == lines - 1:
            kept = left[: _room(left, width - 1)].rstrip()
            out.append((kept if cell_len(kept) < width else "") + "…")
            break
        end = _line_end(left, width)
        out.append(left[:end].rstrip())
        left = left[end:].lstrip()
    return tuple(out) or ("",)


def without_spaces(text: str) -> bool:
    """Whether letters of a script that is written without spaces are in a text."""
    return _UNSPACED.search(text) is not None


def wrapped(text: str, width: int) -> Iterator[str]:
    """All of a text in lines of width columns by the rule of fit, without the blanks around each."""
    for paragraph in text.split("\n"):
        at = 0
        while True:
            for most in (width + 1, 3 * width, MOST_FITTED):  # marks take no room; a letter of Thai has up to two
                some = paragraph[at : at + most]
                if cell_len(some) > width:
                    break
            end = _line_end(some, width) if cell_len(some) > width else len(some)
            yield some[:end].strip()
            at += end
            while paragraph[at : at + 1].isspace():
                at += 1
            if at >= len(paragraph):
                break


def _line_end(text: str, width: int) -> int:
    """Where a line of width columns ends in a text that is wider: at a space, or between two letters of a script that
    is written without; else where the room ends."""
    room = _room(text, width)
    if text[room : room + 1] == " ":
        return room
    for end in range(room, 0, -1):
        if text[end - 1] == " " or (
            _UNSPACED.match(text, end - 1) and _MAY_BEGIN.match(text, end) and _parts(text, end)
        ):
            return end
    return room


def _room(text: str, width: int) -> int:
    """How many characters fit in width columns, no letter parted from its marks."""
    room = max(1, len(set_cell_size(text, width).rstrip()))
    while room > 1 and (cell_len(text[:room]) > width or not _parts(text, room)):
        room -= 1
    return room


def _parts(text: str, at: int) -> bool:
    """Whether a text can be parted here: not before a mark of the letter before, nor behind a part of the next."""
    if at >= len(text):
        return True
    return not (category(text[at])[0] == "M" or _ENDS.match(text, at) or _BEGINS.match(text, at - 1))


MOST_FITTED = 1000  # characters of a text looked at for each line: no terminal is as wide
# What ends a letter though it is none of its marks: the vowel "am" of Thai and Lao, the joiner and the skins of emoji.
_ENDS = re.compile(r"[\u0e33\u0eb3\u200d\U0001f3fb-\U0001f3ff]")
# What begins one: the vowels that Thai and Lao write before their consonant, what puts the next consonant below in
# Khmer and Burmese, the joiner.
_BEGINS = re.compile(r"[\u0e40-\u0e44\u0ec0-\u0ec4\u1039\u17d2\u200d]")
# Letters of scripts without spaces, between which a line may end: of Chinese, Japanese, Thai, Lao, Burmese and Khmer,
# where words would have to be known to end it better; and what may stand at the beginning of the next.
_UNSPACED = re.compile(
    r"[\u0e01-\u0e4e\u0e81-\u0ecd\u1000-\u103f\u1780-\u17d3\u3000-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
_MAY_BEGIN = re.compile(
    r"[^\s\u0e2f\u0e46\u0eaf\u0ec6\u104a\u104b\u17d4\u17d5\u17d7\u3001\u3002\uff0c\uff0e\u30fb\uff1a\uff1b\uff1f\uff01\uff09\uff3d\uff5d\u3009\u300b\u300d\u300f\u3011"
    r"\u3015\u2026\u2014\u30fc\u3005\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087"
    r"\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7!?,.;:)\]}]"
)


def cut(pieces: Iterable[Piece], width: int) -> Line:
    """Pieces as far as they fit in width columns; a piece cut short ends in "…"."""
    out: list[Piece] = []
    for piece in pieces:
        room = width - sum(cell_len(p.text) for p in out)
        if room <= 0:
            break
        if cell_len(piece.text) > room:
            text = set_cell_size(piece.text, room - 1).rstrip() + "…" if room > 1 else "…"
            out.append(Piece(text, piece.role))
            break
        out.append(piece)
    return tuple(out)
