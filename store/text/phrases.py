"""What page furniture says, read from phrases.toml: lines that say by themselves what they are, the headings that open
a block of links or teasers, and the words of a page that holds no story."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_EDGES = ' \t:.…!?>»›→-–—|*•▶►()[]“”"'
_LONGEST = 300  # characters; a longer line never says by itself that it is furniture
_LONGEST_OPENER = 90
_ITSELF_A_LINK = re.compile(r":\s*\S+(?:\s+\S+){2,}")  # "Read also: A headline" heads nothing but itself
_WALL_REACH = 6000  # characters of a page without a story that are searched for what it says


@dataclass(frozen=True, slots=True)
class _Phrases:
    any_line: re.Pattern[str]  # matches what one of lines matches
    lines: tuple[tuple[str, re.Pattern[str]], ...]
    openers: re.Pattern[str]
    walls: tuple[tuple[str, re.Pattern[str]], ...]
    function_words: frozenset[str]


@cache
def _phrases() -> _Phrases:
    data = tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))
    return _Phrases(
        _any([pattern for patterns in data["lines"].values() for pattern in patterns]),
        tuple((reason, _any(patterns)) for reason, patterns in data["lines"].items()),
        _any(data["openers"]),
        tuple((reason, re.compile(pattern)) for reason, pattern in data["walls"].items()),
        frozenset(" ".join(data["function_words"].values()).split()),
    )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def folded(text: str) -> str:
    """A short line as the patterns want it: case folded, straight apostrophes, no bullets or trailing punctuation."""
    return text.replace("İ", "i").casefold().replace("’", "'").strip(_EDGES)


def reason(line: str) -> str:
    """Why this line alone is furniture, "" where it does not say."""
    if len(line) > _LONGEST:
        return ""
    text = folded(line)
    if not text:
        return "rule or ornament"
    said = _said(text)
    if not said and "|" in text:
        parts = [_said(part.strip()) for part in text.split("|") if part.strip(_EDGES)]
        return parts[0] if len(parts) > 1 and all(parts) else ""
    return said


def _said(text: str) -> str:
    if _phrases().any_line.fullmatch(text) is None:
        return ""
    return next((why for why, pattern in _phrases().lines if pattern.fullmatch(text)), "")


def opens(line: str) -> bool:
    """Whether this line heads a block of links or teasers."""
    if _ITSELF_A_LINK.search(line):
        return False
    return len(line) <= _LONGEST_OPENER and _phrases().openers.fullmatch(folded(line)) is not None


def wall(page: str) -> str | None:
    """What a page without a story says it is: an error page, a cookie wall; None if it does not say."""
    sample = " ".join(page[:_WALL_REACH].casefold().split())
    return next((reason for reason, pattern in _phrases().walls if pattern.search(sample)), None)


def function_words() -> frozenset[str]:
    """Words that sentences are full of and headlines are not, of all languages together."""
    return _phrases().function_words
