"""Bytes -> text: which encoding a story is written in, and what is no text at all."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from store.intake import letters

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (b"%PDF-", b"%!PS", b"{\\rtf", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"SQLite format 3")
_HEAD = 4096
_CONTROL = bytes(b for b in range(32) if b not in b"\t\n\r\x0b\x0c\x1b\x1a") + b"\x7f"
_CONTROL_SHARE = 0.02  # of the bytes looked at; text with stray controls has one in thousands, programs one in three
_READABLE = 0.98
_NOT_GUESSED = [
    "utf_7",
    "utf_8",
    "utf_16",
    "utf_16_le",
    "utf_16_be",
    "utf_32",
    "utf_32_le",
    "utf_32_be",
]  # tried before
_TOGETHER = 0.85
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE)
# What authors write and browsers read (WHATWG Encoding Standard, section 4.2): the left is declared, the right meant.
_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
    "koi8-r": "koi8-u",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NotText:
    """Bytes that are no text: binary, or text in an encoding that nothing here knows."""

    binary: bool


def decode(data: bytes) -> str | NotText:
    """The text of data without its byte order mark.

    Asked in this order: byte order mark, UTF-16 by its zero bytes, UTF-8 that decodes without an error (it is never
    that by accident, whatever a page declares), a declared encoding that fits, the letters, charset-normalizer.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if data.startswith(_MAGIC) or data[4:8] == b"ftyp":
        return NotText(binary=True)
    if _looks_binary(data) or b"\0" in data[:65536]:
        wide = _without_mark(data)
        if wide or _looks_binary(data):
            return data.decode(wide, "replace") if wide else NotText(binary=True)
    for encoding in _candidates(data):
        try:
            return data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return _damaged_utf8(data) or _guessed(data)


def declared(data: bytes) -> str | None:
    """The Python name of the encoding that an HTML or XML head declares; None for none, or one not known."""
    head = data[:_HEAD]
    if b"<" not in head or not (found := _DECLARED.search(head)):
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
        return _MEANT.get(name, name) if "a".encode(name) == b"a" else None  # not rot13, UTF-16, EBCDIC
    except (LookupError, UnicodeError, TypeError, AttributeError):
        return None


def _candidates(data: bytes) -> Iterator[str]:
    """Encodings to try strictly, best first."""
    named = declared(data)
    if b"\x1b$" in data:
        yield named if named and named.startswith("iso2022") else "iso2022_jp"  # seven-bit: it would pass as UTF-8
    yield "utf-8"
    if named and letters.plausible(data, named):
        yield named
    if (seen := letters.encoding(data)) is not None and not _mostly_utf8(data):
        yield seen


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without a mark: the order of bytes in which the beginning reads as text; None when neither does."""
    head = data[: _HEAD - len(data[:_HEAD]) % 2]
    high = {"utf-16-le": set(head[1::2]), "utf-16-be": set(head[0::2])}  # few in the right order: scripts lie together
    fair = [name for name in high if _readable(head.decode(name, "replace")) > _READABLE]
    return min(fair, key=lambda name: len(high[name]), default=None)


def _readable(text: str) -> float:
    """The share of characters that text is made of. Random bytes read as UTF-16 come from everywhere, so a text must
    also lie mostly in two blocks of 256 characters (Han and Hangul count as one) and, if it is longer, be spaced."""
    if not text:
        return 0.0
    good = sum(c in "\t\n\r" or unicodedata.category(c)[0] in "LMNPSZ" for c in text if c != "\ufffd")
    blocks = Counter(0x34 if "\u3400" <= c <= "\ud7a3" else ord(c) >> 8 for c in text)
    together = sum(count for _, count in blocks.most_common(2)) > _TOGETHER * len(text)
    spaced = len(text) < 40 or any(c.isspace() or c in "。、，" for c in text)
    return good / len(text) if spaced and together else 0.0


def _looks_binary(data: bytes) -> bool:
    samples = (data[:65536], data[len(data) // 2 :][:65536])
    return any(len(s) - len(s.translate(None, _CONTROL)) > max(1, _CONTROL_SHARE * len(s)) for s in samples if s)


def _mostly_utf8(data: bytes) -> bool:
    """UTF-8 with a few damaged places: many well-formed sequences for each broken one."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = len(data) - len(text)  # at least one for each well-formed sequence of two bytes and more
    return broken > 0 and whole >= 8 * broken


def _damaged_utf8(data: bytes) -> str | None:
    return data.decode("utf-8", "replace") if _mostly_utf8(data) else None


def _guessed(data: bytes) -> str | NotText:
    if letters.hardly_any(data):
        return data.decode("cp1252", "replace")
    from charset_normalizer import from_bytes  # slow to import, seldom needed

    best = from_bytes(letters.sample(data), cp_exclusion=_NOT_GUESSED).best()
    if best is None:
        return NotText(binary=False)
    try:
        return data.decode(best.encoding)
    except (UnicodeError, LookupError):
        return NotText(binary=False)
