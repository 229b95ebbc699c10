"""What page furniture says, read from phrases.toml: lines that say by themselves what they are, the headings that open
a block of links or teasers, and the words of a page that holds no story."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from store.text import beginnings
from store.text.beginnings import Beginnings

_EDGES = ' \t:.…!?>»›→-–—|*•▶►()[]“”"'
_LONGEST = 300  # characters; a longer line never says by itself that it is furniture
_LONGEST_OPENER = 90
_ITSELF_A_LINK = re.compile(r":\s*\S+(?:\s+\S+){2,}")  # "Read also: A headline" heads nothing but itself
_WALL_REACH = 6000  # characters of a page without a story that are searched for what it says


@dataclass(frozen=True, slots=True)
class _Phrases:
    beginnings: Beginnings  # of lines that the next holds
    begun: re.Pattern[str]  # lines by their beginning, a group a reason
    anywhere: re.Pattern[str]  # lines by what stands in them somewhere, a group a reason
    reasons: tuple[str, ...]
    opening: Beginnings  # of lines that the next holds
    openers: re.Pattern[str]
    walls: tuple[tuple[str, str], ...]
    function_words: frozenset[str]


@cache
def _phrases() -> _Phrases:
    data = tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))
    return _Phrases(
        beginnings.of(p for patterns in data["lines"].values() for p in patterns if not p.startswith(_ANYWHERE)),
        _by_reason(data["lines"].values(), anywhere=False),
        _by_reason(data["lines"].values(), anywhere=True),
        tuple(data["lines"]),
        beginnings.of(data["openers"]),
        re.compile(_any(data["openers"])),
        tuple(data["walls"].items()),
        frozenset(" ".join(data["function_words"].values()).split()),
    )


_ANYWHERE = ".{"  # how a pattern begins that leaves the line's beginning open
_SIGNS = (
    ":",
    "/",
    "|",
    "rights",
    "commission",
    "independently",
    "electronic",
)  # one of these stands in whatever such a pattern matches


def _by_reason(lists: Iterable[list[str]], *, anywhere: bool) -> re.Pattern[str]:
    groups = ([p for p in patterns if p.startswith(_ANYWHERE) is anywhere] for patterns in lists)
    return re.compile("|".join(f"({_any(patterns) or _NOTHING})" for patterns in groups))


_NOTHING = r"(?!)"


def _any(patterns: list[str]) -> str:
    """What one of patterns matches, which have no groups of their own."""
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def folded(text: str) -> str:
    """A short line as the patterns want it: case folded, straight apostrophes, no bullets or trailing punctuation."""
    return text.replace("İ", "i").casefold().replace("’", "'").strip(_EDGES)


def reason(line: str) -> str:
    """Why this line alone is furniture, "" where it does not say."""
    return "" if len(line) > _LONGEST else _reason(folded(line))


def reason_and_opens(line: str) -> tuple[str, bool]:
    """What `reason` and `opens` say."""
    if len(line) > _LONGEST:
        return "", False
    text = folded(line)
    return _reason(text), len(line) <= _LONGEST_OPENER and _opens(line, text)


def _reason(text: str) -> str:
    if not text:
        return "rule or ornament"
    said = _said(text)
    if not said and "|" in text:
        parts = [_said(part.strip()) for part in text.split("|") if part.strip(_EDGES)]
        return parts[0] if len(parts) > 1 and all(parts) else ""
    return said


def _said(text: str) -> str:
    known = _phrases()
    match = known.begun.fullmatch(text) if known.beginnings.open(text) else None
    found = match.lastindex if match else None
    if any(map(text.__contains__, _SIGNS)) and (match := known.anywhere.fullmatch(text)) and match.lastindex:
        found = min(found or match.lastindex, match.lastindex)
    return known.reasons[found - 1] if found else ""


def opens(line: str) -> bool:
    """Whether this line heads a block of links or teasers."""
    return len(line) <= _LONGEST_OPENER and _opens(line, folded(line))


def _opens(line: str, text: str) -> bool:
    known = _phrases()
    heading = known.opening.open(text) and known.openers.fullmatch(text) is not None
    return heading and _ITSELF_A_LINK.search(line) is None


def wall(page: str) -> str | None:
    """What a page without a story says it is: an error page, a cookie wall; None if it does not say."""
    sample = " ".join(page[:_WALL_REACH].casefold().split())
    return next((reason for reason, pattern in _phrases().walls if re.search(pattern, sample)), None)


def function_words() -> frozenset[str]:
    """Words that sentences are full of and headlines are not, of all languages together."""
    return _phrases().function_words
