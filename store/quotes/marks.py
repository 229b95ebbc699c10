"""Quoted stretches of a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A straight mark opens after white space, a bracket or a dash, and closes after anything else.
_MARK = re.compile(r'(?P<open>[“«„]|(?:(?<=[\s(\[—–-])|(?<![\s\S]))"(?=\S))|(?P<close>[”»"])')
_SPEAKS = re.compile(r"[.,!?…;][’']?\Z")
_TWO = re.compile(r"[a-z]{2}[.!?] [A-Z]")  # a sentence ends within
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
FEW = 3  # words; a shorter stretch that ends in no stop is a term, not a quote


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands between two marks: text[start:end] with the marks, text[first:last] without. closed is false where
    the paragraph ends first, as speeches are printed that go on in the next."""

    start: int
    end: int
    first: int
    last: int
    closed: bool
    speaks: bool
    """Whether it is a whole utterance and not a few words within somebody else's sentence."""


def stretches(text: str) -> list[Stretch]:
    found: list[Stretch] = []
    opened: tuple[int, int, str] | None = None
    for mark in _MARK.finditer(text):
        if mark["open"] and not (opened and mark[0] == "“" and opened[2] == "„"):
            if opened is None or opened[2] != '"':
                opened = (mark.start(), mark.end(), mark[0])
            continue
        if opened is not None:
            found.append(_stretch(text, opened[0], mark.end(), opened[1], mark.start(), closed=True))
            opened = None
    if opened is not None:
        found.append(_stretch(text, opened[0], len(text), opened[1], len(text), closed=False))
    return found


def _stretch(text: str, start: int, end: int, first: int, last: int, *, closed: bool) -> Stretch:
    inside = text[first:last].strip()
    words = len(_WORD.findall(inside))
    ends = bool(_SPEAKS.search(inside)) or (text[end : end + 1] in (",", ".") and text[end : end + 2] != "..")
    begins = inside[:1].isupper() or inside[:1].isdigit() or inside.startswith(("…", "..."))
    speaks = words >= FEW and ((begins and (ends or not closed)) or bool(_TWO.search(inside)))
    return Stretch(start, end, first, last, closed, speaks)
