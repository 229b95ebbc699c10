"""Credit lines without a whole date: bylines, desks, agency marks, ages, half dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from store.text import byline, dates, labels, signature
from store.text.agencies import agency, is_known
from store.text.credit.said import Credit
from store.text.credit.signed import LIST, SOURCE_LABEL, signed, sources, written_by
from store.text.names import EDGE, has_outlet_word, name, outlet

DIGIT = re.compile(r"\d")


_TEXT_OF = re.compile(
    r"(?:(?:Unattributed )?(?:Text|Excerpts?) (?:of|from)|Full text of) .{0,80}?\bby .{0,60}?(?:news agency|agency)"
    r" (?P<sign>[\w-]{2,20})\b.{0,60}"
)


@cache
def _partial() -> re.Pattern[str]:
    """A date line that holds no full date: a weekday, a day of a month, a date whose day and month could be swapped."""
    label = rf"(?:(?:{labels.PUBLISHED}|{labels.UPDATED})\s*(?:on|at|:)?\s*)?"
    day = rf"\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}}|(?:{dates.MONTH})\.?\s\d{{1,2}}|\d{{1,2}}\.?\s(?:{dates.MONTH})\.?"
    clock = r"(?:,?\s(?:at\s)?\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?)?"
    return re.compile(rf"{label}(?:(?:{labels.WEEKDAYS}),?\s?)?(?:{day})?{clock}(?<=\w)", re.IGNORECASE)


def _may_be_half(bare: str) -> bool:
    """Whether a line begins as half a date may: cheaper to ask than for the date."""
    return bare[:1].isdecimal() or not {bare[:2].casefold(), bare[:3].casefold()}.isdisjoint(_begin_half())


@cache
def _begin_half() -> frozenset[str]:
    """The first three letters of what half a date begins with, all letters of shorter words."""
    words = "|".join((labels.PUBLISHED, labels.UPDATED, labels.WEEKDAYS, dates.MONTH)).split("|")
    return frozenset(word[:3] for word in words) | {"نشر", "نُش"}  # a word with a sign that may be left out


_SOURCE = re.compile(
    rf"\(?(?:{SOURCE_LABEL})(?:\s?:\s?|\s(?=(?-i:[A-Z]{{2,5}})$))(?P<one>[^.|;]{{2,50}})\)?"
    r"|\(?with (?P<inputs>[^\W\d_][\w -]{1,30}) inputs\)?"
    r"|\(?(?:with |from )?(?:additional |further )?(?:reporting|inputs?|material|information)(?: from| by)"
    r" (?P<other>[^.;]{2,50})\)?"
    r"|\(?(?:mit (?:material|informationen|agenturmaterial)(?: der| des| von)?|con información de|avec|with|con|mit"
    r"|с использованием материалов|за матеріалами|по материалам|по данным|за даними) (?P<mixed>[^.;]{2,50})\)?",
    re.IGNORECASE,
)


def _sourced(line: str) -> Credit | None:
    match = _SOURCE.fullmatch(line.strip(" .*•-–—"))
    name = next(part for part in match.groups() if part).strip(" )") if match else ""
    if match and (match["mixed"] or match["inputs"]):
        wires = sources(name).agency
        return Credit(agency=wires, reason="agency line") if wires and is_known(wires.upper()) else None
    if not name or name.casefold() in ("agencies", "agency", "wires", "media"):
        return None
    if match and match["one"] and LIST.search(name) and not agency(name) and (said := sources(name)) != Credit():
        return replace(said, reason="agency line")
    named = len(name.split()) <= 3 and (name[:1].isupper() or agency(name) is not None) and " and " not in name
    person = match is not None and match["other"] is not None and len(name.split()) > 1
    if match and match["one"] and not agency(name) and has_outlet_word(name):
        return Credit(outlet=name, reason="outlet")
    return Credit(agency=name if named and not person else None, reason="agency line")


# "Published today at 14:07": neither a date nor half of one.
_TODAY = (
    r"today|yesterday|aujourd[’']hui|hier|heute|gestern|hoy|ayer|oggi|ieri|hoje|ontem|сегодня|вчера|сьогодні|bugün|dün"
)
_CLOCK_ONLY = re.compile(
    rf"(?:(?:^|[,;|]\s*)(?:{labels.PUBLISHED}|{labels.UPDATED})\s*:?\s*(?:(?:{_TODAY})?,?\s*"
    r"(?:at|à|um|a las|às|alle(?: ore)?|в|о)?\s*(?:[01]?\d|2[0-3])[:.h]\d{2}(?:\s?[ap]\.?m\.?|\s?uhr)?)\s*)+",
    re.IGNORECASE,
)


_AGE = re.compile(
    rf"(?:\s*[|·•,–—-]\s*|\s+(?=.* ago\b))(?:(?:{labels.PUBLISHED}|{labels.UPDATED})\s*:?\s*)?(?:an?|\d{{1,3}})\s?"
    r"(?:min(?:ute)?s?|hours?|hrs?|days?|weeks?|h|d)(?: ago)?(?:\s*[|·•]\s*\d{1,3} min(?:ute)?s?(?: read)?)?$",
    re.IGNORECASE,
)


# Asked before the patterns, which are slow to say no.
_ENDS_OF_AGES = (
    *("min", "mins", "minute", "minutes", "hour", "hours", "hr", "hrs", "day", "days", "week", "weeks", "h", "d"),
    *("ago", "read"),
)


def _ends_with_clock(bare: str) -> bool:
    return bare[-1:].isdecimal() or bare[-1:] in "mMrR."


def _is_age(bare: str) -> bool:
    """Whether a line says nothing but how old or how long the text is: "4 min read · Updated 3 hours ago"."""
    return len(bare) < 60 and "ago" in bare and not labels.noise().sub(" ", bare).strip(EDGE)


def undated(line: str, *, numbered: bool = True, words: Sequence[str] | None = None) -> Credit | None:
    """What line says if it is a credit line without a whole date; numbered: there is a figure in it. words are those of
    the line, case folded, if they are known."""
    bare, left = line.strip(EDGE), line.lstrip(EDGE)
    by = byline.BY.match(left)
    if numbered and ((_ends_with_clock(bare) and _CLOCK_ONLY.fullmatch(bare)) or _is_age(bare)):
        return Credit()
    aged = _AGE.search(bare) if numbered and bare[-7:].casefold().endswith(_ENDS_OF_AGES) else None
    if aged:  # "Anna Kovel | Published 3 hours ago"
        first = bare[: aged.start()].strip(EDGE)
        first = byline.BY.sub("", first, count=1)
        return Credit(byline=first, reason="byline") if byline.people(first) else None
    hint = signature.hint(bare, words)
    if len(bare) > _LONGEST_SIGNATURE and not (by or hint or _says_from_whom(bare)):
        return None
    if found := _desk(bare, hint, by=by is not None) or _sourced(line):
        return found
    if "agency " in bare and (match := _TEXT_OF.fullmatch(bare)):  # as services write that monitor others
        return Credit(agency=match["sign"], reason="agency line")
    # Weekdays and labels alone are few words.
    few = len(bare) < 60 and (numbered or bare.count(" ") < 4) and _may_be_half(bare)
    if few and _partial().fullmatch(bare):
        return Credit(partial=dates.partial(bare))
    if by is not None:
        return written_by(Credit(reason="byline"), left[by.end() :], line)
    short = len(bare) <= _LONGEST_SIGNATURE and (bare.isupper() or bare[:1].isupper())
    if short and len(bare.split()) <= 4 and (wire := agency(bare)):
        return Credit(agency=wire, reason="agency line")
    return None


_LONGEST_SIGNATURE = 95  # characters of a line that names no more than a source, or somebody and where, without a role


def _says_from_whom(bare: str) -> bool:
    return " with " in bare or "agency " in bare or (" from " in bare and ("report" in bare or "wrote" in bare))


_FROM = re.compile(r"(?i:reporting|reports?) (?:from|in) (?P<place>[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,2})")
_ROLE_LINE = re.compile(
    r"(?:[^\W\d_][\w’'-]* ){0,4}(?:correspondent|editor|reporter|columnist)"
    r"(?:,? (?:in |reporting from )?(?P<place>[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*)?))?"
)
_NAME_AND_ROLE = re.compile(
    r"(?P<name>[^,\d]{5,40}), (?i:(?:[^\W\d_][\w’'-]*,? ){0,4}(?:correspondent|editor|reporter|columnist|staff writer))"
)
_NAME_AND_OUTLET = re.compile(r"(?P<name>[^|,\d]{5,40}?)\s*(?:\s[-–—]|\|)\s(?P<outlet>[^|,/\d]{5,40})")
_NAME_COMMA = re.compile(r"(?P<name>[^,\d]{5,40}), (?P<role>[^\W\d_A-ZА-Я][\w’' -]{4,50})")
_NAME_SLASH_PLACE = re.compile(r"(?P<name>[^/\d]{5,40}) / (?P<place>[^\W\d_a-z]{3,}(?:[ -][^\W\d_a-z]{2,}){0,2})")
_NAME_IN_BRACKETS = re.compile(r"(?P<name>[^(\d]{5,40}) \((?P<role>[^()]{3,40})\)?")
_STAFF_AND_SIGN = re.compile(
    r"(?i:redacción|redação|redazione|rédaction|redaktion|staff|agencias|agences|agenturen|редакция|haber merkezi)"
    r"(?:\s*[/|,–—-]\s*|\s+(?:with |con |avec |mit )?)(?P<sign>[^\W\d_][\w ]{1,30})"
)
_PLACE_AND_SIGN = re.compile(r"(?P<place>[^\W\d_a-z]+(?: [^\W\d_a-z]+){0,2})\s*[-–—/]\s*(?P<sign>[^\W\d_][\w ]{1,30})")


def _desk(bare: str, hint: int, *, by: bool) -> Credit | None:
    """What a line says of where, by whom and through which agency a story was reported; by: it may begin with "By"."""
    if match := _FROM.fullmatch(bare):
        return None if agency(match["place"]) else Credit(place=match["place"], reason="byline")
    if by and byline.BY.match(bare):
        return None
    if found := _named_beside(bare):
        return found
    if (match := _STAFF_AND_SIGN.fullmatch(bare)) and (wire := agency(match["sign"])):
        return Credit(agency=wire, reason="agency line")
    if hint & signature.ROLE and (match := _ROLE_LINE.fullmatch(bare)):
        return Credit(place=match["place"], reason="byline")
    if (match := _PLACE_AND_SIGN.fullmatch(bare)) and (wire := agency(match["sign"])):
        return Credit(place=match["place"].title(), agency=wire, reason="agency line")
    before, with_, _ = bare.partition(" with ")
    if with_ and name(before) and (wire := byline.with_agency(bare)):
        return Credit(byline=before, agency=wire, reason="byline")
    if " from " in bare and (match := _REPORTED.match(bare)):
        said = signature.read(match["who"], by=True)
        return Credit(place=match["place"], reason="byline") if said and said.people else None
    return signed(bare, hint)


def _named_beside(bare: str) -> Credit | None:
    """Someone with an outlet, a role or a place behind a comma, a dash, a slash or in brackets; each pattern is asked
    only where its mark stands."""
    apart = "|" in bare or _SPACED_DASH.search(bare) is not None
    if (
        apart
        and (match := _NAME_AND_OUTLET.fullmatch(bare))
        and name(match["name"])
        and (paper := outlet(match["outlet"]))
    ):
        return Credit(byline=match["name"], outlet=paper, reason="byline")
    if ", " in bare:
        if (match := _NAME_COMMA.fullmatch(bare)) and name(match["name"]) and byline.ROLE.search(match["role"]):
            return Credit(byline=match["name"], reason="byline")
        if (match := _NAME_AND_ROLE.fullmatch(bare)) and byline.people(match["name"]):
            return Credit(byline=match["name"], reason="byline")
    if " / " in bare and (match := _NAME_SLASH_PLACE.fullmatch(bare)) and name(match["name"]):
        return (
            None
            if agency(match["place"])
            else Credit(byline=match["name"], place=match["place"].title(), reason="byline")
        )
    bracketed = _NAME_IN_BRACKETS.fullmatch(bare) if " (" in bare else None
    if bracketed and name(bracketed["name"]) and byline.ROLE.search(bracketed["role"]):
        return Credit(byline=bracketed["name"], reason="byline")
    return None


_SPACED_DASH = re.compile(r"\s[-–—]\s")


# "Anna Kovel reported from Selm and three villages on the coast."
_REPORTED = re.compile(
    r"(?P<who>[^\W\d_a-z][^.\d]{4,60}?) (?:reported|reports|is reporting|contributed reporting|wrote) "
    r"(?:this (?:story|article) )?from (?P<place>[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]+){0,2})\b(?:,? .{0,80})?$"
)
