"""The dateline in front of a story's first paragraph: `SELM, May 3 (Agency) -- `, `SELM (Agency) - `."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from store.text import dates, names, signature
from store.text.agencies import agency, is_known

_UPPER = r"[^\W\d_a-zß-öø-ÿа-яёіїєґ]"  # a capital, or a letter of a script without case
# A full stop ends a word only where it is an abbreviation: "St. Anlo" is a place, "SELM. April" is not.
_WORD = rf"{_UPPER}(?:[\w'’]|\.(?=[^\W\d_]))*(?:(?<=\b\w)\.|(?<=\b\w\w)\.|(?<=\b\w\w\w)\.|(?<=\.\w)\.)?(?:-[\w'’]+)*"
_PLACE = (
    rf"(?P<place>{_WORD}(?:[ /](?:(?:de|del|la|el|al|am|of|the|an|der|upon|sur)\s)?{_WORD}){{0,3}}"
    rf"(?:,\s?{_WORD}(?:[ ]{_WORD}){{0,2}})?)"
)
_DAY = (
    rf"(?:(?i:{dates.WEEKDAY}),?\s)?"
    r"(?P<day>[^\W\d_]{3,10}(?:\.?\s|\.)\d{1,2}(?:,?\s\d{4})?|\d{1,2}(?:\.|st|nd|rd|th)?\s(?:de\s)?[^\W\d_]{3,10}\.?(?:,?\s\d{4})?"
    r"|\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2})(?:\s?[/,|]\s\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?)?"
)
_SIGN = r"(?P<sign>[\w][\w.&'’ /-]{0,39})"
_DASH = r"(?:--?|—|–|―|:)"

_DASH_BEFORE = r"(?:(?:--|—|–|-)\s?)?"

# OUTLET - AGENCY) as aggregators put it in front of a wire's own dateline, with or without a date field before it.
_FEED = re.compile(
    rf"\s*(?:date:?\s+)?(?:(?P<date>\d{{4}}-\d{{2}}-\d{{2}})\s+)?\(?(?P<outlet>{_WORD}(?:[ ]{_WORD}){{0,3}})"
    rf"\s*[-–]\s+{_SIGN}\)\s*",
)
_LAND = rf"(?:\s?[(\[](?P<land>{_WORD}(?:[ ]{_WORD}){{0,2}})[)\]](?=,?\s))?"  # Karvel [Vardania], Karvel (Vardania)
_WITH_SIGN = re.compile(
    rf"\s*{_PLACE}{_LAND}(?:[,.]?\s\(?{_DAY}\)?)?[,.]?\s*{_DASH_BEFORE}[(\[/]{_SIGN}[)\]/]\s*(?P<dash>\.?{_DASH}|(?<=/)\.)?\s*"
)
_WITH_DAY = re.compile(rf"\s*{_PLACE}{_LAND}[,.]?\s\(?{_DAY}\)?\s*(?P<dash>{_DASH}|\.(?=\s))\s*")
# PLACE, DAY - AGENCY. Text; PLACE. DAY. AGENCY - Text; PLACE - AGENCY: Text
_SIGN_BEHIND = re.compile(
    rf"\s*{_PLACE}(?:[,.]?\s{_DAY}\s*(?:{_DASH}|\.)|\s[-–—])\s*(?P<sign>[^\W\d_][\w.&-]*(?:\s[^\W\d_][\w&-]*){{0,2}}?)"
    rf"(?P<dash>\.|\s*{_DASH})\s+"
)
_SIGN_FIRST = re.compile(rf"\s*\({_SIGN}\)\s*{_DASH}\s*{_PLACE},?\s{_DAY}\s*(?P<dash>{_DASH})\s*")
# (AGENCY) Place - Text
_SIGN_PLACE = re.compile(rf"\s*\({_SIGN}\)\s*(?:{_DASH}\s*)?{_PLACE}\s*(?P<dash>--|—|–|\s-\s)\s*")
# Place, AGENCY - Text
_SIGN_COMMA = re.compile(rf"\s*(?P<place>{_WORD}(?: {_WORD}){{0,2}}), (?P<sign>{_WORD})\s*(?P<dash>--|—|–|\s-\s)\s*")
# PLACE, DAY, AGENCY - Text
_SIGN_LAST = re.compile(rf"\s*{_PLACE},?\s{_DAY},?\s(?P<sign>{_WORD}(?: {_WORD})?)\s*(?P<dash>--|—|–|\s-\s|:|\.)\s*")
# PLACE, AGENCY- Text; PLACE. AGENCY - Text; PLACE | AGENCY - Text
_SIGN_TIGHT = re.compile(
    rf"\s*(?P<place>{_WORD}(?: {_WORD}){{0,2}})(?:,|\.|\s?\||\s?/|\s[-–—])\s?(?P<sign>{_WORD}(?: {_WORD})?)\s?"
    r"(?P<dash>--|—|–|-|:|\||/)\s+"
)
# AGENCY - PLACE - Text; AGENCY, PLACE - Text
_SIGN_AHEAD = re.compile(
    rf"\s*(?P<sign>{_WORD}(?: {_WORD})?)(?:,|\s?\||\s?/|\s?[-–—]{{1,2}})\s?{_PLACE}(?:,?\s{_DAY})?"
    r"\s*(?P<dash>--|—|–|\s-\s|:)\s*"
)
# DAY (AGENCY) - Text
_DAY_SIGN = re.compile(rf"\s*{_DAY}\s*[(/]{_SIGN}[)/]\s*(?P<dash>{_DASH}|\.)?\s*")
# PLACE - DAY - Text; DAY, PLACE - Text, as those who send releases write
_DASH_DAY = re.compile(rf"\s*{_PLACE}\s(?:--|—|–|-|\|)\s{_DAY}\s*(?P<dash>--|—|–|-|:|\|)\s+")
_DAY_FIRST = re.compile(rf"\s*{_DAY}(?:,|\s[-–—|])\s{_PLACE}\s*(?P<dash>--|—|–|\s-\s|:)\s*")
# PLACE. Text
_SHORTEST_STOPPED = 4  # letters that no place before a full stop is short of, as NATO and the like are
_STOPPED = re.compile(
    r"\s*(?P<place>[^\W\d_a-zß-öø-ÿа-яёіїєґ]{3,}(?:[ -][^\W\d_a-zß-öø-ÿа-яёіїєґ]{2,}){0,2})(?P<dash>\.)\s+"
)
_PLAIN = re.compile(rf"\s*{_PLACE}\s*(?P<dash>--|—|–|―|\s-\s|:)\s*")
_SIGN_ONLY = re.compile(rf"\s*\({_SIGN}\)\s*(?:--?|—|–|―)\s*")
_capitals = re.compile(r"\b[^\W\d_]{4,}\b(?<=[A-ZÀ-ÞА-Я]{4})")
_NOTICE = re.compile(
    r"\b(?:ATTENTION|EDITORS?|UPDATED?|BREAKING|CORRECT\w+|NOTE|WATCH|EXCLUSIVE|ANALYSIS|OPINION|CLARIFICATION|WITHDRAWN|KILL"
    r"|ADVISORY|SUMMARY|DISCLAIMER|QUESTION|ANSWER|LIVE|VIDEO|PHOTOS?|INTERVIEW|EXPLAINER|FACTBOX|REVIEW|EDITORIAL|WARNING)\b"
)
_OPENING = re.compile(r"""["“”‘’'«„(\[]*(?P<letter>[^\W_])""")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What stands in front of a paragraph; length is how many characters to take off."""

    length: int
    place: str | None = None
    agency: str | None = None
    outlet: str | None = None
    published: str | None = None
    day: str = ""  # as it is written, "May 3"


_REACH = 160  # characters; no dateline is longer


def read(paragraph: str) -> Dateline | None:
    """The dateline paragraph begins with, all of it, None where there is none."""
    return _read(paragraph[:_REACH])


@lru_cache(maxsize=64)  # each pass asks again
def _read(head: str) -> Dateline | None:
    line = None
    if match := _FEED.match(head):
        line = Dateline(match.end(), agency=match["sign"], outlet=match["outlet"], published=match["date"])
    rest = head[line.length if line else 0 :]
    own = _own(rest)
    if own is None:
        return line if line and _begins_sentence(rest) else None
    if line is None:
        return own
    published = own.published or line.published
    return Dateline(
        line.length + own.length, own.place, own.agency or line.agency, line.outlet, published, own.day or line.day
    )


_WITH_DAY_ALONE = re.compile(rf"(?P<place>{_WORD}(?: {_WORD}){{0,2}}), {_DAY}, {_SIGN}")


def alone(line: str) -> Dateline | None:
    """The dateline that a line is and nothing else: "Selm, May 3, AGENCY"."""
    match = _WITH_DAY_ALONE.fullmatch(line)
    if match is None or not agency(match["sign"]):
        return None
    return Dateline(len(line), _place(match["place"]), match["sign"], day=match["day"])


_ALONE = re.compile(rf"{_WORD}(?:[ -]{_WORD}){{0,2}}(?:, {_WORD}(?: {_WORD})?)?")


_VOWEL = re.compile(r"[AEIOUYaeiouy]|[^\x00-\x7f]")  # HGTN is nowhere


def place_alone(line: str) -> str | None:
    """The place in a line that is nothing else, in capitals or with a dash behind it, as some wires set it above the
    text."""
    dashed, line = line.rstrip().endswith(("—", "–", "--")), line.rstrip(" -–—")
    known = agency(line) or names.outlet(line) or names.is_section(line) or names.is_kind_of_text(line)
    fits = (line.isupper() or dashed) and 3 < len(line) <= 40 and _ALONE.fullmatch(line) and not _NOTICE.search(line)
    return _place(line) if fits and not known and _VOWEL.search(line) else None


_PATTERNS = (
    _SIGN_FIRST, _SIGN_BEHIND, _WITH_SIGN, _WITH_DAY, _SIGN_PLACE, _SIGN_COMMA, _SIGN_LAST, _SIGN_TIGHT, _SIGN_AHEAD,
    _DASH_DAY, _DAY_FIRST, _DAY_SIGN, _PLAIN, _SIGN_ONLY, _STOPPED,
)  # fmt: skip
_OF_KNOWN_AGENCIES = (_SIGN_COMMA, _SIGN_LAST, _SIGN_TIGHT, _SIGN_AHEAD)


def _own(text: str) -> Dateline | None:
    for pattern in _PATTERNS:
        match = pattern.match(text)
        if match and _fits(match, text):
            groups = match.groupdict()
            written = groups.get("day") or ""
            day = dates.first(written)
            name, weekday = _without_weekday(groups.get("place"))
            place, written = _place(name, groups.get("land")), written or weekday
            return Dateline(match.end(), place, groups.get("sign"), None, day.iso if day else None, written)
    return None


_SIGN_ALONE = re.compile(r"[^\W\d_a-z]{3,14}")

_WEEKDAY_BEHIND = re.compile(rf",\s?(?P<day>{dates.WEEKDAY})$", re.IGNORECASE)


def _without_weekday(place: str | None) -> tuple[str | None, str]:
    """The place of "SELM, Tuesday (Agency) - " and its weekday, "" where it has none."""
    match = _WEEKDAY_BEHIND.search(place) if place else None
    return (place[: match.start()], match["day"]) if place and match else (place, "")


def _fits(match: re.Match[str], text: str) -> bool:
    groups = match.groupdict()
    place, sign = groups.get("place"), groups.get("sign")
    if not _begins_sentence(text[match.end() :]):
        return False
    if place and sign and is_known(place) and not agency(sign):  # "AFP - SELM - Text" is the other way round
        return False
    if match.re is _SIGN_PLACE and not (sign and (agency(sign) or (sign.isupper() and len(sign) <= 6))):
        return False
    if match.re in _OF_KNOWN_AGENCIES and not (sign and agency(sign)):
        return False
    if match.re is _DAY_SIGN and not (sign and (agency(sign) or groups["dash"])):
        return False
    if (
        place
        and groups.get("day")
        and not sign
        and dates.partial(groups["day"]) is None
        and not dates.first(groups["day"])
    ):
        return False
    if match.re is _STOPPED:
        return place is not None and len(place) > _SHORTEST_STOPPED and not _is_notice(place)
    if sign and not (sign[:1].isupper() or sign.casefold() == sign.upper() or agency(sign.split("/")[0])):
        return False
    if place and groups.get("dash") == "." and not place.split(",")[0].rstrip(".").isupper():
        return False
    if sign and place and not (groups["dash"] or groups["day"] or agency(sign)):
        return False
    if place is None or sign or groups.get("day"):
        return sign is None or not re.search(r"\d{3}", sign)
    if groups["dash"] == ":":
        return place.isupper() and len(place) > 3 and not _NOTICE.search(place)
    # A dash after words in title case may open an aside: take it only where no second dash closes it.
    return place.isupper() or (len(place.split()) <= 3 and not re.search(r"\s[–—-]\s|—", text[match.end() :]))


def _is_notice(place: str) -> bool:
    """Whether words in capitals are a label or an agency rather than a place."""
    known = names.is_section(place) or names.is_kind_of_text(place) or agency(place) is not None
    return known or _NOTICE.search(place) is not None


def _begins_sentence(text: str) -> bool:
    opening = _OPENING.match(text)
    return opening is not None and (not opening["letter"].islower())


def _place(name: str | None, land: str | None = None) -> str | None:
    """NEW DELHI as New Delhi; names in mixed case and short capitals (U.S., UN) as they stand."""
    if name is None or signature.is_crew(name):
        return None
    if land:
        return f"{_place(name)}, {_place(land)}"
    if name.endswith(".") and "." not in name[:-1]:
        name = name[:-1]
    letters = name.replace(".", "")
    if not name.isupper() or "." in name or len(letters) <= 3:
        return _capitals.sub(lambda m: _capitalised(m[0]), name)
    return re.sub(r"[^\W\d_]+", lambda m: _capitalised(m[0]), name)


def _capitalised(word: str) -> str:
    return word[0] + word[1:].replace("İ", "i").lower()  # a lower İ would be two characters
