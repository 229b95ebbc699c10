"""Quotations that run over several sentences. A sentence taken out of the middle of one reads as the paper's own words,
one taken off its beginning has lost its speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Opening and closing marks; a straight one opens after white space or a bracket and closes after anything else.
_MARK = re.compile(r'(?P<open>[“«„]|(?:(?<=[\s(\[—–-])|(?<![\s\S]))"(?=\S))|(?P<close>[”»"])')
_OPENING = '“«„"'
_ANY = re.compile('[“«„”»"]')
_STRAIGHT = re.compile(r'(?<!\d)"')  # not that of feet and inches
_LONGEST = 6  # sentences; a quotation that is longer has lost its closing mark


def torn(paragraphs: Sequence[Sequence[str]]) -> list[list[bool]]:
    """For each sentence of a story, by paragraphs, whether it holds part of a quotation and its neighbours the rest;
    those of other paragraphs too, as some texts give each sentence a line.

    Only quotations that are closed count, as scraped text loses marks; and one that opens its paragraph and is never
    closed, as speeches are printed.
    """
    parts = iter(_parts([text for texts in paragraphs for text in texts]))
    return [[next(parts) or unclosed for _ in texts] for texts in paragraphs for unclosed in [_unclosed(texts)]]


def half(text: str, *, straight: bool = False) -> bool:
    """Whether a sentence opens a quotation that it does not close, or closes one that it does not open. straight: by
    straight marks too, which scraped texts lose."""
    if not _ANY.search(text):
        return False
    if '"' in text:  # “so" is whole, too
        return straight and (len(_STRAIGHT.findall(text)) + text.count("“") + text.count("”")) % 2 == 1
    german = "„" in text  # closed by “
    opened = text.count("„" if german else "“") + text.count("«")
    return opened != text.count("”") + text.count("»") + (text.count("“") if german else 0)


def _unclosed(sentences: Sequence[str]) -> bool:
    """Whether a paragraph begins with a quotation that it does not close."""
    opener = _MARK.match(sentences[0]) if sentences else None
    if opener is None or not opener["open"]:
        return False
    marks = [mark for number, text in enumerate(sentences) for mark in _MARK.finditer(text, 0 if number else 1)]
    return not marks


def _parts(sentences: Sequence[str]) -> list[bool]:
    """Which sentences hold part of a quotation that is closed in another."""
    found = [False] * len(sentences)
    if not any(mark in text for text in sentences for mark in _OPENING):
        return found
    since: int | None = None
    opener = ""
    for number, text in enumerate(sentences):
        if not _ANY.search(text):
            continue
        for mark in _MARK.finditer(text):
            if mark["open"] and not (mark[0] == "“" and opener == "„"):  # German: „so“
                since, opener = number, mark[0]
            elif since is not None:
                if since < number <= since + _LONGEST:
                    found[since : number + 1] = [True] * (number + 1 - since)
                since, opener = None, ""
    return found
