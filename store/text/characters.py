"""Which characters are let in. Everything a terminal could obey, or a reader could not see, is taken out here: of what
comes in, and again of what its entities and escapes stood for once they are read.

Taken out:
- control characters (C0, DEL, C1) but tab and newline: ESC starts the sequences that write to the clipboard, and of a
  sequence that is whole its letters go too: "[31m" is no word of a story;
- bidi embeddings, overrides, isolates and marks: they show a line in another order than it is stored;
- zero-width space, word joiner, BOM, soft hyphen, invisible operators, annotation marks, tag characters: invisible,
  so that two texts that look the same compare, search and group differently;
- lone surrogates and noncharacters: they cannot be written to a file or a database.

Zero-width (non-)joiners U+200C and U+200D are letters' business in some scripts: Persian writes its plural with the
one, Indic scripts choose ligatures by both, and an emoji of several people is held together by the other. Taking them
out there changes or misspells the word. So one joiner stays between two characters of a script that needs it, or after
an Indic virama (the older spelling of a Malayalam chillu ends in a joiner); everywhere else, as between Latin letters
where it only defeats search, it goes.
"""

from __future__ import annotations

import re

_LINE_ENDS = ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")  # VT, FF and NEL part lines too
_HOSTILE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e007f"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_ASCII = dict.fromkeys([*range(9), *range(0x0B, 0x20), 0x7F])  # the same, many times faster where it is enough
_FEW = 16  # characters taken out one by one; a text with more is rare, and read once by the expression
# Whole sequences of ECMA-48, each bounded: CSI (colours, cursor), OSC and its like (window title, clipboard) up to the
# end on the same line, and the two or three characters that choose a character set. The one-character CSI may also be
# what a wrong decoding left of a quotation mark: it needs a digit behind it.
_SEQUENCE = re.compile(
    r"\x1b++\[[0-?]{0,64}+[ -/]{0,4}+[@-~]|\x9b(?=[?>]?\d)[0-?]{1,64}+[@-~]"
    r"|(?:\x1b++[\]PX^_]|[\x90\x9d])[^\x07\x1b\x9c\n]{0,4096}+(?:\x07|\x1b\\|\x9c)"
    r"|\x1b++\](?:\d{1,4}+;)?|\x1b++(?:[()*+][0-9AB]|[78=>])"
)
_JOINERS = re.compile("[\u200c\u200d]+")
_JOINED = re.compile(
    "[\u0600-\u08ff"  # Arabic, Syriac, Thaana, N'Ko, Mandaic
    "\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1a20-\u1aaf\u1b00-\u1bff"  # Indic, Tibetan, Burmese, Khmer, Mongolian ...
    "\ua800-\ua82f\ua840-\uabff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010d00-\U00010fff\U00011000-\U00011fff"
    "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]"  # symbols and emoji
)
_VIRAMAS = frozenset("\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u1039\u17d2")


def clean_characters(text: str) -> str:
    """The text with "\\n" as its only line end and no hostile character. Doing it twice changes nothing."""
    for line_end in _LINE_ENDS:
        text = text.replace(line_end, "\n")
    if "\x1b" in text or "\x9b" in text or "\x9d" in text or "\x90" in text:
        text = _SEQUENCE.sub("", text)
    if text.isascii():
        return text.translate(_ASCII)
    found = _HOSTILE.findall("".join(set(text)))  # six times as fast as to look for the class in all of the text
    if len(found) <= _FEW:
        for hostile in found:
            text = text.replace(hostile, "")
    else:
        text = _HOSTILE.sub("", text)
    if "\u200c" in text or "\u200d" in text:
        return _JOINERS.sub(_joiner, text)
    return text


def one_line(text: str) -> str:
    """Clean characters, and every run of white space as one space: for titles, names and other fields."""
    return " ".join(clean_characters(text).split())


def _joiner(run: re.Match[str]) -> str:
    before = run.string[run.start() - 1 : run.start()] if run.start() else ""
    after = run.string[run.end() : run.end() + 1]
    needed = before in _VIRAMAS or (_JOINED.match(before) and _JOINED.match(after))
    return run[0][0] if needed else ""
