"""Lines that a page adds to its article: others' posts set among the paragraphs, who the author is, appeals to the
reader, notices of cookies. They only look it: the judge weighs this against the line model.

Of such lines on newspapers' development pages none was body, on guides' and shops' one in twenty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from store.text.lines import Line

_LONGEST = 1100  # characters
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
    r"|\b(?:newsletter|your inbox)\b.{0,100}\b(?:sign up (?:now|today|here)|subscribe)\b"
    r"|(?:^|[.!?:] )sign up to receive\b|\bsubscribe for free\b"
    r"|\bdelivered (?:straight |directly |right )?to your inbox\b"
    r"|^follow\b.{0,80}\bon (?:x|twitter|facebook|instagram|tiktok|whatsapp|google)\b"
    r"|\bfollow (?:him|her|them|us|me) (?:on|at)\b|\bdo you have (?:a|any) (?:story|news tip|tip)\b"
    r"|^(?:the )?(?:opinions?|views?)(?: and opinions)? expressed\b"
    r"|\breader donations\b|\bdonations? from (?:our )?readers\b|\bfunded by (?:our )?readers\b"
    r"|\bevery dollar you give\b"
    r"|\byour (?:[\w-]{1,16} ){0,3}donations?\b|\b(?:story|article) you just read\b|\bto the bottom of this article\b"
    r"|\bwe rely on (?:our |the )?(?:annual )?(?:donors|donations|readers)\b|\bas an amazon associate\b"
)
# What is said to whoever opens any page of a site, never to the reader of one story.
_NOTICE = re.compile(
    r"\bsets? (?:this|these) cookies?\b|\bthis cookie(?:,| is\b| was\b)|\bgdpr cookie\b|\bnon-essential cookies\b"
    r"|\b(?:these|necessary|analytics|analytical|advertising|functional) cookies"
    r" (?:are|can|enable|allow|help|ensure|collect)\b"
    r"|\bwe (?:and our .{1,40} )?(?:use|store)\b.{0,60}\bcookies\b|\bcookies on your\b|\bwebsite uses cookies\b"
    r"|\bcalifornia consumer privacy act, you have\b|\bif you are a california consumer\b|\bopt-?out under ccpa\b"
    r"|^an official (?:web)?site of the\b|\bwebsites often end in \.gov\b|\bsafely connected to the\b"
    r"|\bhttps:// ensures\b"
    r"|\bfollow-?up comments\b|\bby posting a comment\b|\bakismet\b|\bhtml tags and attributes\b"
    r"|\busing internet explorer\b"
)
_REPORTED = re.compile(r"\b(?:said|says|told|according to|ruled|regulators?|court)\b|[“\"]")
_ELSEWHERE = re.compile(
    r"(?:WATCH|LISTEN|READ|ALSO READ|RELATED|PHOTOS|IN PICS|VIDEO|PODCAST)\s?\|\s?\S"
    r"|You (?:might|may) (?:also )?(?:like|enjoy|be interested(?: in)?)\s?:\s?\S"
    r"|(?:[👉👇➡🔗]\ufe0f?|>>+)\s?"
    r"(?i:learn|read|see|find out|discover|check|explore|compare|click|visit|watch|view|related)\b"
)
_POINTING = tuple("👉👇➡🔗>")  # how a line begins that points elsewhere
_LABEL = re.compile(
    r"(?:lesedauer|lesezeit|reading time|temps de lecture|tiempo de lectura|время чтения|час читання|okuma süresi)\s?:"
    r".{1,20}|article content|read next|story continues(?: below)?|opens? in (?:a )?new (?:tab|window)",
    re.IGNORECASE,
)
# One of these stands in every one of them, seldom in another line: patterns are asked only where one does. Each begins
# with a whole word, by which lines are told apart first, or is a mark.
_SIGNS = {
    "post": ("t.co/", "pic.twitter.com/", "(@"),
    "appeal to the reader": (
        *("affiliate links", "earn a", "supporting us", "supporting our", "donating", "becoming a ", "support our"),
        *("donation", "donations", "winning journalism", "newsletter", "inbox", "sign up to", "subscribe for"),
        *("follow ", "do you have a", "expressed", "funded by", "dollar you", "just read", "bottom of", "rely on"),
        "amazon asso",
    ),
    "notice of the site": (
        *("cookie", "cookies", "california consumer", "ccpa", "official site", "official website", "websites often"),
        *("safely connected", "https://", "comments", "posting a comment", "akismet", "html tags", "internet expl"),
    ),
    "related headline": ("|", "you might", "you may", *"👉👇➡🔗", ">>"),
    "label between paragraphs": (
        *("lesedauer", "lesezeit", "reading time", "temps de lecture", "tiempo de lectura", "время чтения"),
        *("час читання", "okuma süresi"),
        *("article content", "read next", "story continues", "open in ", "opens in "),
    ),
}
_WORD = re.compile(r"[^\W_]+")


def _by_word() -> dict[str, list[tuple[int, str, str]]]:
    """The signs that begin with each word (marks with none): which kind's they are in order, the sign, the kind."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    for order, (why, signs) in enumerate(_SIGNS.items()):
        for sign in signs:
            word = _WORD.match(sign)
            found.setdefault(word[0] if word else "", []).append((order, sign, why))
    return found


_BY_WORD = _by_word()
_WORDS = frozenset(_BY_WORD)


def note(text: str, words: Sequence[str]) -> str:
    """What kind of note of a page a line looks like by itself, "" for none; words are the line's, case folded."""
    marked = "|" in text or "(@" in text or text.startswith(_POINTING)
    return _note(text, words) if marked or not _WORDS.isdisjoint(words) else ""


def found(lines: Sequence[Line], noted: Sequence[str]) -> dict[int, str]:
    """Lines that look like notes of a page, and which kind each is. noted is what `note` says of each."""
    out = {i: why for i, why in enumerate(noted) if why}
    for i in range(max(0, len(lines) - _FROM_END), len(lines)):
        if i not in out and len(lines[i].text) <= _LONGEST and _ABOUT.match(lines[i].text):
            out[i] = "about the author"
    return out


def _note(text: str, words: Sequence[str]) -> str:
    """What kind of note a line is, "" for none."""
    if len(text) > _LONGEST:
        return ""
    folded = text.casefold()
    seen = {
        (order, why)
        for word in ("", *_WORDS.intersection(words))
        for order, sign, why in _BY_WORD[word]
        if sign in folded
    }
    return next((why for _, why in sorted(seen) if _says(why, text)), "") if seen else ""


@lru_cache(maxsize=2048)  # each pass asks again
def _says(why: str, text: str) -> bool:
    if why == "post":
        return _POST.search(text) is not None
    if why == "appeal to the reader":
        return _APPEAL.search(text.casefold()) is not None
    if why == "notice of the site":
        folded = text.casefold()
        return _NOTICE.search(folded) is not None and _REPORTED.search(folded) is None
    if why == "related headline":
        return _ELSEWHERE.match(text) is not None
    return _LABEL.fullmatch(text) is not None
