"""What a line is to its judges: prose or not, and the verdict on the lines of one pass."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from store.text import credit, dateline

SPEAKER = re.compile(r"^(?P<who>[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){0,3})\s?:\s+\S")
TERMINAL = re.compile(r"""[.!?…。؟۔:;][\s"”’'»)\]]{0,3}$""")


# Scripts that set no spaces between words: two characters count as a word.
UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_UNSPACED = re.compile(f"[{UNSPACED}]")


_SURELY = 28  # words, of which no heading has so many


def is_prose(text: str) -> bool:
    """Whether text reads like sentences rather than like a heading or a label."""
    count = len(text.split(None, _SURELY))
    if not text.isascii():
        count += len(_UNSPACED.findall(text[:200])) // 2
    return count >= _SURELY or (count >= 5 and TERMINAL.search(text[-8:]) is not None)


_HEADLINE_QUESTION = 16  # words; shorter questions and calls above the text are headlines


def is_paragraph(text: str) -> bool:
    asked = text.rstrip("”’\"'»)")[-1:] in "?!؟"
    return is_prose(text) and (not asked or len(text.split()) > _HEADLINE_QUESTION or SPEAKER.match(text) is not None)


@dataclass(slots=True)
class Draft:
    """The verdict on the lines of one pass: reason "" means kept. credits are what lines say, dropped or not; marks are
    the lines that head an entry or an article and go with the line below."""

    reasons: list[str]
    standfirsts: set[int] = field(default_factory=set)
    title: int | None = None
    dateline: dateline.Dateline | None = None
    credits: dict[int, credit.Credit] = field(default_factory=dict)
    marks: set[int] = field(default_factory=set)
