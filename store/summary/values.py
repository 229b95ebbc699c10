"""What a sentence gives that another may give otherwise: days, places, names, offices; numbers are those of `figures`.

Reads only what stands there plainly; what is hedged, a range, or could be meant in two ways is left out, because a
disagreement that is none is worse than one that is missed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from store.summary.times import CALENDAR, MONTHS


@dataclass(frozen=True, slots=True)
class Value:
    """kind as in Disagreement. of: what it is a value of, which two must share to disagree; key: the value itself, for
    comparing; text as written; around: the stems beside it; before: that of the word right before, if it says
    something; fate: what became of what is counted, where a word beside it says so ("dead")."""

    kind: str
    of: str
    key: str
    text: str
    around: frozenset[str] = frozenset()
    before: str = ""
    fate: str = ""


# --- days

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m1>{_MONTH})\b"
    rf"|(?P<m2>{_MONTH})\.? (?P<d2>\d{{1,2}})\b(?![.,:]?\d))",
    re.IGNORECASE,
)


_FROM = ("from", "since", "starting", "beginning", "as of")
_SIDE = re.compile(rf"\b({'|'.join(_FROM)}|until|till|by|before|through)(?: \w+day,?)? (?:the )?\Z", re.IGNORECASE)
_FEWEST_WORDS = 5  # in lower case: a line of fewer is a page's own date, not a sentence


def dates(text: str) -> list[Value]:
    """The days of a month in a sentence, as (month, day)."""
    found = []
    for match in _DATE.finditer(text):
        month, day = (match["m1"] or match["m2"]).lower()[:3], int(match["d1"] or match["d2"])
        if (
            1 <= day <= 31
            and (match["m1"] or match["m2"])[0].isupper()
            and text[match.start() - 1 : match.start()] != "("
        ):
            found.append(Value("date", _side(text[: match.start()]), f"{month}{day}", match[0]))
    return found if sum(word.islower() for word in text.split()) >= _FEWEST_WORDS else []


def _side(before: str) -> str:
    """What is on a day, what goes on from it and what is over by then are three things."""
    word = _SIDE.search(before[-30:])
    return "day" if word is None else "first day" if word[1].lower() in _FROM else "last day"


# --- places and names

_PLACE = re.compile(r"\b(?:in|at|near|outside) ((?:the )?[A-ZÀ-ÖØ-Þ][\w’'-]{2,30}(?: [A-ZÀ-ÖØ-Þ][\w’'-]{2,30}){0,2})")
_PLAIN_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(
    r"[A-ZÀ-ÖØ-Þ][^\W\d_]{1,30}(?:-[A-ZÀ-ÖØ-Þ]?[^\W\d_]{1,30})?(?: [A-ZÀ-ÖØ-Þ][^\W\d_]{1,30}(?:-[^\W\d_]{1,30})?){1,3}"
)


def places(text: str) -> list[Value]:
    """Where a sentence says something is: "in Kelm"."""
    found = []
    for match in _PLACE.finditer(text):
        if (
            not CALENDAR.intersection(match[1].lower().split())
            and not text[match.end() : match.end() + 2].strip().isdigit()
        ):
            before = _PLAIN_WORD.findall(text[max(0, match.start() - 60) : match.start()])
            found.append(
                Value("place", "where", match[1].casefold(), match[1], before=before[-1].lower() if before else "")
            )
    return found


def names(text: str) -> list[str]:
    """Runs of two to four capitalised words."""
    return [match[0] for match in _NAME.finditer(text)]


_OFFICES = {
    "prime minister": "prime minister", "premier": "prime minister", "president": "president",
    "vice president": "vice president", "chancellor": "chancellor", "foreign minister": "foreign minister",
    "deputy foreign minister": "deputy foreign minister", "defence minister": "defence minister",
    "defense minister": "defence minister", "finance minister": "finance minister",
    "interior minister": "interior minister", "ambassador": "ambassador", "king": "king", "queen": "queen",
}  # fmt: skip
_ANY_OFFICE = "|".join(sorted(_OFFICES, key=len, reverse=True)).replace(" ", "[ -]")
_OFFICE = re.compile(
    rf"(?P<before>\b\w{{1,20}}[ -])?\b(?P<office>(?i:{_ANY_OFFICE}))"
    r" (?P<name>[A-ZÀ-ÖØ-Þ][\w’-]{1,30}(?: [A-ZÀ-ÖØ-Þ][\w’-]{1,30}){1,2})"
)
_PAST = "former ex then late acting deputy vice designate elect shadow interim caretaker"
_NOT_NOW = frozenset(_PAST.split())


def offices(text: str) -> Iterator[tuple[str, str, str]]:
    """(who, the office, as written) of people named in full right after their office, as they hold it now."""
    for match in _OFFICE.finditer(text):
        before = (match["before"] or "").strip(" -").lower()
        name = match["name"].removesuffix("'s").removesuffix("’s")
        if before not in _NOT_NOW:
            office = match["office"].lower().replace("-", " ")
            yield name, _OFFICES[office], f"{match['office']} {name}"
