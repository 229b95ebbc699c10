"""The traits of a story as bytes: what grouping a library compares, as numbers in arrays, and what its reasons tell, as
text. Made once, when a story is added; read by the thousand by store.group.columns.

A word is its checksum: of a million words some hundred share one with another, which moves no figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from store.group.credits import Source
from store.group.dates import CALENDAR, Cited
from store.group.traits import Traits, code

VERSION = 10  # of the bytes; others are made anew from the text
# Numbers of four bytes: VERSION, SIZES..., day, year, language, weekdays, two each for the days of an occasion and for
# those of its lead, bytes of text.
HEADER = 15
NAMED, FIGURE, PLACE, TOLD = 1, 2, 4, 8  # signs beside a word
TITLED = 1 << 7  # beside the days of the week: that the title names a day
LEADS, PARTS = "\x1e", "\x1f"  # between the groups of the text, and within one
_LEADS = LEADS.encode()
_MOST = 255  # of one word in one story that are counted

Codes = NDArray[np.uint32]


def pack(story: Traits, source: Source) -> bytes:
    """What `columns.of` reads and `unpack` tells."""
    number = len(story.terms)
    words = np.fromiter(map(code, story.terms), np.uint32, number)
    order = np.argsort(words)
    named = story.names.keys() - CALENDAR
    signs = NAMED * np.fromiter(map(named.__contains__, story.terms), np.uint8, number)
    signs += PLACE * np.fromiter(map(story.places.__contains__, story.terms), np.uint8, number)
    signs += TOLD * np.fromiter(map(story.occasion.words.__contains__, story.terms), np.uint8, number)
    signs += FIGURE * np.fromiter(map(story.figures.__contains__, story.terms), np.uint8, number)
    counts, lead = (
        np.minimum(np.fromiter(often, np.int64, number), _MOST)
        for often in (story.terms.values(), map(story.lead.get, story.terms, repeat(0)))
    )
    each = np.stack([counts, lead, signs]).astype(np.uint8)[:, order]
    counted = [[code(part) for part in phrase.split(" ", 1)] for phrase in story.numbers]
    text = _text(story, source)
    language = story.language.encode()[:4].ljust(4, b"\0")
    header = (VERSION, len(words), len(story.shingles), len(counted), len(story.cited), len(story.quotes))
    numbers = [
        np.array([*header, story.day or 0, story.year or 0], dtype=np.uint32),
        np.frombuffer(language, dtype=np.uint32),
        np.array([story.weekdays | (TITLED if story.occasion.titled else 0)], dtype=np.uint32),
        np.array([story.occasion.days, story.occasion.led], dtype="<u8").view("<u4"),
        np.array([len(text)], dtype=np.uint32),
        words[order],
        story.shingles,
        np.array(counted, dtype=np.uint32).reshape(-1, 2).T.ravel(),
        np.array(sorted(map(day_code, story.cited)), dtype=np.uint32),
        np.array(sorted(map(code, story.quotes)), dtype=np.uint32),
    ]
    made = np.concatenate(numbers).astype("<u4", copy=False).tobytes() + each.tobytes()
    return made + b"\0" * (-len(made) % 4) + text


def day_code(date: Cited) -> int:
    return (date.year * 13 + date.month) * 32 + date.day


def day_of(number: int) -> Cited:
    return Cited(number // 32 % 13, number % 32, number // (32 * 13))


def _text(story: Traits, source: Source) -> bytes:
    groups = (
        (story.headline, story.published or "", source.credited or "", source.own or "", story.opening),
        [part for name, run in _names(story) for part in (name, run, str(story.terms.get(name, 1)))],
        [part for pair in story.numbers.items() for part in pair],
        [part for pair in story.quotes.items() for part in pair],
    )
    text = LEADS.join(PARTS.join(map(_plain, group)) for group in groups).encode("utf-8", "replace")
    return text + b" " * (-len(text) % 4)


def _names(story: Traits) -> Iterable[tuple[str, str]]:
    """Where no word has a capital, any may be a name: all of them, as what is no run."""
    return story.names.items() or ((word, "") for word in story.terms)


def _plain(text: str) -> str:
    return text.replace(LEADS, " ").replace(PARTS, " ") if LEADS in text or PARTS in text else text


def text(packed: bytes) -> bytes:
    """What is told, without what is compared."""
    return packed[len(packed) - int.from_bytes(packed[4 * HEADER - 4 : 4 * HEADER], "little") :]


def head(text: bytes) -> list[str]:
    """Headline, published, credited, own and opening."""
    return text[: text.index(_LEADS)].decode().split(PARTS)


def unpack(text: bytes) -> tuple[list[str], list[list[str]]]:
    """Headline, published, credited, own and opening; names, numbers and quotations."""
    first, *others = text.decode().split(LEADS)
    return first.split(PARTS), [group.rstrip(" ").split(PARTS) if group.strip() else [] for group in others]


def day(packed: bytes) -> int:
    """Of publication, 0 for none."""
    return int.from_bytes(packed[24:28], "little")


def published(text: bytes) -> str | None:
    """Of the text."""
    return text.split(PARTS.encode(), 2)[1].decode() or None


def fresh(packed: bytes | None) -> bool:
    """Whether these bytes were made by this version."""
    return packed is not None and len(packed) >= 4 * HEADER and packed[:4] == VERSION.to_bytes(4, "little")


def pairs(parts: Sequence[str]) -> dict[str, str]:
    return dict(zip(parts[::2], parts[1::2], strict=False))
