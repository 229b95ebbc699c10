"""Quotations that run over several sentences. A sentence taken out of the middle of one reads as the paper's own words,
one taken off its beginning has lost its speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Opening and closing marks; a straight one opens after white space or a bracket and closes after anything else.
_MARK = re.compile(r'(?P<open>[“«„]|(?:(?<=[\s(\[—–-])|(?<![\s\S]))"(?=\S))|(?P<close>[”»"])')
_OPENING = '“«„"'
_LONGEST = 6  # sentences; a quotation that is longer has lost its closing mark


def torn(sentences: Sequence[str]) -> list[bool]:
    """For each sentence of a paragraph whether it holds part of a quotation and its neighbours the rest.

    Only quotations that are closed count, as scraped text loses marks; and one that opens the paragraph and is never
    closed, as speeches are printed.
    """
    found = [False] * len(sentences)
    if not any(mark in text for text in sentences for mark in _OPENING):
        return found
    since: int | None = None
    opener = ""
    for number, text in enumerate(sentences):
        for mark in _MARK.finditer(text):
            if mark["open"] and not (mark[0] == "“" and opener == "„"):  # German: „so“
                since, opener = number, mark[0]
            elif since is not None:
                if since < number <= since + _LONGEST:
                    found[since : number + 1] = [True] * (number + 1 - since)
                since, opener = None, ""
    if since == 0 and _MARK.match(sentences[0]):
        return [True] * len(sentences)
    return found
