"""Lines that a page adds to its article: others' posts set among the paragraphs, who the author is, appeals to the
reader. They only look it: the judge weighs this against the line model.

Of such lines on newspapers' development pages none was body, on guides' and shops' one in twenty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from store.text.lines import Line

_LONGEST = 500  # characters
_POST = re.compile(r"pic\.twitter\.com/|https?://t\.co/|^— [^()]{2,60}\(@\w{1,20}\)")
_WRITER = (
    r"(?:reporter|editor|writer|correspondent|journalist|columnist|producer|contributor|bureau chief|news director)"
)
_ABOUT = re.compile(
    r"(?:[A-ZÀ-Þ][\w.'’-]{0,24} ){2,4}(?:is|was) (?:an?|the|our|[\w.-]{1,24}['’]s) (?:[\w&,'’.-]{1,24} ){0,6}?"
    rf"{_WRITER}\b"
)
_FROM_END = 4  # lines; further up the writer is somebody in the story
_APPEAL = re.compile(
    r"\b(?:contains?|includes?) affiliate links|\bearn (?:a|an affiliate) commission"
    r"|\b(?:consider|by) (?:supporting (?:us|our)|donating|becoming a (?:member|subscriber|supporter|patron))"
    r"|\bsupport our (?:journalism|work)|\bmake a (?:tax-deductible )?donation\b|\baward-winning journalism\b"
    r"|\b(?:sign up|subscribe)\b[^.!?]{0,60}\b(?:newsletter|your inbox)\b"
    r"|^follow\b.{0,80}\bon (?:x|twitter|facebook|instagram|tiktok|whatsapp|google)\b"
    r"|\bfollow (?:him|her|them|us|me) (?:on|at)\b|\bdo you have (?:a|any) (?:story|news tip|tip)\b"
    r"|^(?:the )?(?:opinions?|views?)(?: and opinions)? expressed\b"
)
# One of these stands in every appeal.
_SIGNS = (
    *("affiliate", "commission", "support", "donat", "becoming", "journalism", "sign up", "subscribe", "follow"),
    *("you have", "expressed"),
)


def found(lines: Sequence[Line]) -> dict[int, str]:
    """Lines that look like notes of a page, and which kind each is."""
    out: dict[int, str] = {}
    for i, line in enumerate(lines):
        if len(line.text) > _LONGEST:
            continue
        if (why := _said(line.text)) and (why != _AUTHOR or i >= len(lines) - _FROM_END):
            out[i] = why
    return out


_AUTHOR = "about the author"


@lru_cache(maxsize=2048)  # each pass asks again
def _said(text: str) -> str:
    if ("t.co/" in text or "twitter.com/" in text or "(@" in text) and _POST.search(text):
        return "post"
    folded = text.casefold()
    if any(map(folded.__contains__, _SIGNS)) and _APPEAL.search(folded):
        return "appeal to the reader"
    return _AUTHOR if _ABOUT.match(text) else ""
