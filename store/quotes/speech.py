"""Verbs of saying in a sentence, and who stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from store.quotes.lists import one_of, read
from store.quotes.names import (
    PRONOUNS,
    SHORTENED,
    is_day,
    is_name,
    is_speaker,
    person,
    speaker_at_end,
    speaker_at_start,
)

_LISTS = read()
SAY, THAT, ONLY_THAT, ASK, CALL = (_LISTS[name] for name in ("say", "that", "only_that", "ask", "call"))
PARTICIPLES = frozenset(("saying", "adding", "describing"))
BESIDE = SAY | THAT | ASK | _LISTS["beside"]
_VERB = re.compile(rf"(?<![\w’'-]){one_of(BESIDE | CALL | PARTICIPLES)}(?![\w’'-])")
_MOST = 12  # verbs of one sentence that are looked at

_ADVERBS = re.compile(rf"(?:(?:^|[ ]|(?<=,))(?:{one_of(_LISTS['adverb'])}|\w+ly))\Z")
WHEN = (
    r"(?:(?:late |early )?(?:on (?:the )?\w+day|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?: (?:night|morning|evening|afternoon))?(?! \w+day)|on [A-Z]\w+ \d+|"
    r"over the weekend|this \w+|last \w+|earlier|later|afterwards|for (?:his|her|its) part|in an? [\w-]+(?: [\w-]+)?|"
    r"by (?:telephone|radio|phone)|in the (?:evening|morning|afternoon)|late on \w+day|at noon)"
)
_WHENS_END = re.compile(rf"(?:,? {WHEN})\Z")
WHENS = re.compile(rf"(?: (?:{WHEN}|in [A-Z][\w-]+|at (?:the|an?) (?:[\w-]+ ){{0,4}}[\w-]+)){{0,3}}")
_TWO, _THREE = ("|".join(t for t in SHORTENED.split("|") if len(t) == n) for n in (2, 3))
_ENDS = re.compile(  # where a name ends, but for the stop of "Dr." and of initials
    rf"(?<!\b[A-Z])(?<!\bMrs)(?<!\b(?:{_TWO}))(?<!\b(?:{_THREE}))[.;:!?“”«»\"(](?:\s|\Z)|, |,\Z"
)
_CLAUSE = re.compile(r"(?!who|which|whose)(?:\S+ )*?(?:was|were|is|are|has|had|have|will|would)\b")
_ASIDE = re.compile(
    r"(?:citing|quoting|speaking|referring|who|which|whose|whom|where|an?|the|for|of|with|himself|"
    r"herself|in|now|then)\b|\d"
)
_JOINED = re.compile(r"(?:^|[ ,])(?:and|but|then|or)\Z")
_CONJUNCTION = re.compile(r"(?:and|but|while|as|although|though|because|when|after|before|so|yet|if|however) ")
_LEAD = re.compile(
    r"(?:In|On|At|After|Before|During|Speaking|Asked|Meanwhile|Earlier|Later|Under|By|For|As|But|And|Yet|Still|"
    r"However|Separately|Additionally|Besides|Since|With|Among|Despite|Although|While|When|Once|To recall|Contrary|"
    r"[A-Z]\w+ing)\b"
)
_RANK = re.compile(r"(?:^|(?<= ))(?:former|then|ex|late|outgoing|veteran|senior|top|acting|and)\Z")
_BAD_BEFORE = re.compile(
    rf"(?:^| )(?:{one_of(_LISTS['not'] | _LISTS['passive'])}|\w+n[’']t)(?: \w+ly)?\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Verb:
    text: str
    start: int
    end: int


def verbs(text: str) -> Iterator[Verb]:
    """The verbs of saying that may have a speaker: not "was told", not "did not say"."""
    for seen, found in enumerate(_VERB.finditer(text)):
        if seen == _MOST:
            return
        if not _BAD_BEFORE.search(text[max(0, found.start() - 40) : found.start()].rstrip()):
            yield Verb(found[0], found.start(), found.end())


def subject(before: str, *, joined: bool = True) -> tuple[str, int]:
    """Who is written before a verb, and where the writing begins; ("", 0) where nobody is. joined: "X rose and said"
    takes the subject of the whole sentence."""
    text = _trimmed(before)
    if _JOINED.search(text):
        return (opening(before), 0) if joined else ("", 0)
    if text.endswith(","):
        return _behind_asides(text)
    begin = max(text.rfind(mark) for mark in (", ", "; ", ": ", "— ", "– ")) + 1
    return _at_end(text, begin)


def _trimmed(before: str) -> str:
    text = before.rstrip()
    for _ in range(4):
        shorter = _WHENS_END.sub("", _ADVERBS.sub("", text)).rstrip()
        if shorter == text or not shorter:
            return text
        text = shorter
    return text


def _at_end(text: str, begin: int) -> tuple[str, int]:
    part = text[begin:]
    written = speaker_at_end(part)
    start = begin + len(part) - len(written)
    if not written:
        return "", 0
    lead = part[: len(part) - len(written)].strip()
    lead = _RANK.sub("", _unjoined(lead + " ").strip()).rstrip()
    if lead and written.casefold() in PRONOUNS:
        return "", 0
    if (
        lead
        and not _CONJUNCTION.fullmatch(lead.split()[-1] + " ")
        and not (_LEAD.match(lead) and len(lead.split()) <= 12 and not _relative(lead))
    ):
        return "", 0
    return written, start


def _unjoined(text: str) -> str:
    """A text without the conjunction that it begins with."""
    joined = _CONJUNCTION.match(text)
    return text[joined.end() :] if joined else text


def _relative(lead: str) -> bool:
    return lead.split()[-1].casefold() in ("that", "which", "who", "whom", "what", "where", "than", "of", "for", "how")


def _behind_asides(text: str) -> tuple[str, int]:
    """A speaker followed by what is said of him between commas: "Anka Dorrel, 58,", "the owners, Tarn Lines,"."""
    ends = [m.start() for m in re.finditer(r",(?= |\Z)", text)][-6:]
    pieces = [(ends[n - 1] + 2 if n else _part_start(text, ends[0]), end) for n, end in enumerate(ends)]
    named = [(_unjoined(text[start:end]), start) for start, end in pieces]
    named = [(piece, start) for piece, start in named if is_name(piece) and is_speaker(piece)]
    people = [(piece, start) for piece, start in named if person(piece)]
    office = text[pieces[0][0] : pieces[0][1]]
    held = len(pieces) == 2 and is_speaker(_unjoined(office)) and office.split()[-1][:1].islower()
    if people or (named and (held or (len(pieces) == 1 or named[0][1] == pieces[0][0]))):
        piece, start = (people or named)[0 if people or not held else -1]
        if any(_CLAUSE.match(text[begin:end]) for begin, end in pieces if begin > start):
            return "", 0
        return piece, _apposed_from(text, start)
    for n, (start, end) in reversed(list(enumerate(pieces))):
        if n == 0 or not _ASIDE.match(text[start:end]):
            return _at_end(text[:end], start)
    return "", 0


def _apposed_from(text: str, start: int) -> int:
    """Where the office begins that a name stands behind: "Its commissioner, Colonel Ana Vesk"."""
    before = text[:start].rstrip(" ,")
    begin = max(before.rfind(mark) for mark in (", ", "; ", ": ")) + 1
    begin += len(before[begin:]) - len(before[begin:].lstrip())
    return begin if before and is_speaker(before[begin:]) and text[start - 2 : start] == ", " else start


def _part_start(text: str, end: int) -> int:
    start = max(text.rfind(mark, 0, end) for mark in ("; ", ": ", "— ", "– ")) + 1
    return start + len(text[start:end]) - len(text[start:end].lstrip())


def opening(sentence: str) -> str:
    """Who a sentence begins with, behind "On Monday," and the like; "" where it begins otherwise."""
    text = sentence[:400].lstrip()
    for _ in range(3):
        comma = text.find(", ")
        if comma < 0 or not _LEAD.match(text):
            break
        text = text[comma + 2 :]
    text = _unjoined(text[:1].casefold() + text[1:]) if _LEAD.match(text) else text
    written = speaker_at_start(re.split(r"[,.;:](?: |\Z)", text, maxsplit=1)[0])
    rest = text[len(written) :]
    if not written or is_day(written):
        return ""
    if rest.startswith(", ") and not is_name(written):
        named = rest[2:].split(",")[0]
        if is_name(named) and is_speaker(named):
            return named
    return written


def following(text: str) -> str:
    """Who is written right behind a verb: "said Ottoline Braye, the head", "said a spokesman for the ministry."""
    pieces = _ENDS.split(text[:250].lstrip(), maxsplit=2)
    first = pieces[0].rstrip(".,;:")
    written = speaker_at_start(first)
    for when in re.finditer(rf"(?: {WHEN}){{1,3}}\Z", first):
        written = speaker_at_start(first[: when.start()])
    if written and not is_name(written) and len(written) == len(first) and len(pieces) > 1:
        named = pieces[1].rstrip(".,;:")
        if is_name(named) and is_speaker(named) and text[len(first) + 1 : len(first) + 3].startswith((", ", " ")):
            return named
    return written
