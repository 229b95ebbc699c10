"""Lines that say who wrote a story, for whom, when and where: bylines, date lines, agency marks. Reads one line at a
time; which line counts is the head's business."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from store.text import byline, dateline, dates, labels, signature
from store.text.agencies import agency, is_known
from store.text.names import EDGE, OUTLET_WORDS, is_kind_of_text, is_rubric, is_section, name, outlet

_PIECES = re.compile(r"\s*(?:[|·•●∙‧»]|\s[-–—/]\s|\s{2,}|\t|\s[-–—]$|^[-–—]\s)\s*")


@dataclass(frozen=True, slots=True)
class Credit:
    """What one line says about the story. published and updated are ISO 8601 as in dates.Found; partial is the day of
    publication where the line gives half a date for it."""

    published: str | None = None
    updated: str | None = None
    place: str | None = None
    outlet: str | None = None
    agency: str | None = None
    byline: str | None = None
    likely: str | None = None  # words that look like a name, where a topic may stand too
    likely_place: str | None = None  # a word that may be a place, if the story is told there
    reason: str = "date line"
    partial: dates.Partial | None = None
    labelled: bool = False  # the line says itself that its date is that of publication
    below: bool = False  # it stands below the text's first line


_LONGEST_CREDIT = 180
_DIGIT = re.compile(r"\d")


def read(line: str) -> Credit | None:
    """What line says if it is a credit line (a date line, a byline, an agency mark), else None."""
    if len(line) > _LONGEST_CREDIT or line.startswith("|"):  # a row of a table
        return None
    if line[:1] == "(" and line.rstrip()[-1:] == ")" and line.count("(") == 1:
        line = line.strip()[1:-1] if _DIGIT.search(line) else line  # "(Selm, 3 May 2031)"
    if line.startswith("By") and line[2:3].isupper():
        line = f"By {line[2:]}"  # as some pages run them together
    if _DIGIT.search(line) is None:
        return _undated(line)
    if (place := dateline.alone(line.strip())) is not None:
        return Credit(place=place.place, agency=place.agency, partial=dates.partial(place.day), reason="dateline")
    if not dates.may_stand_in(line):
        return _undated(line) or _ambiguous(line)
    found = tuple(dates.dates(line, day_first=labels.DAY_FIRST.search(line) is not None))
    if not found:
        return _undated(line) or _ambiguous(line)
    credit, start = Credit(), 0
    if (match := _PLACE_AND_LABEL.match(line)) and not is_section(match["place"]):
        credit, start = Credit(place=match["place"]), match.end("place")
    rest, at = [], start
    for date in found:
        before = line[at : date.start]
        rest.append(_without_labels(before) if at > start else _signed(before))
        if labels.is_updated(before):
            half = dates.partial(before[: labels.last(labels.UPDATED, before)])
            credit = replace(credit, updated=credit.updated or date.iso, partial=credit.partial or half)
        else:
            labelled = credit.labelled or (
                credit.published is None and labels.SAYS_PUBLISHED.search(before) is not None
            )
            credit = replace(credit, published=credit.published or date.iso, labelled=labelled)
        at = date.end
    rest.append(_without_labels(line[at:]))
    whole = _with_pieces(credit, rest, ended=line.rstrip()[-1:] in ".!?")
    return Credit() if whole and labels.OTHER_DATE.search(line[: found[0].start]) else whole


_AMBIGUOUS = re.compile(
    r"(?<![\w./-])\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d\d(?![\w/-])(?:,?\s\d{1,2}:\d\d(?::\d\d)?)?(?:\s?[ap]m\b)?(?:\s[A-Z]{2,4}\b)?",
    re.IGNORECASE,
)


def _ambiguous(line: str) -> Credit | None:
    """What a date line says beside a date whose day and month could be swapped."""
    if _AMBIGUOUS.search(line) is None:
        return None
    rest = [_without_labels(part) for part in _AMBIGUOUS.split(line)]
    return _with_pieces(Credit(), rest, ended=line.rstrip()[-1:] in ".!?")


def _without_labels(text: str) -> str:
    """text without the words that only frame a date; its other words stay in their pieces."""
    if byline.BY.match(text.strip()):
        return text
    return labels.noise().sub(" ", text)


def _signed(before: str) -> str:
    """What stands before the first date; a lone word is a sign only where a label such as "Published" follows it."""
    rest = _without_labels(before)
    alone = _SIGN_BEFORE_DATE.fullmatch(rest.strip()) is not None or name(rest.strip()) is not None
    return f"{rest} ?" if alone and rest.strip() == before.strip(EDGE) else rest


_SIGN_BEFORE_DATE = re.compile(r"[^\W\d_a-z][\w-]{2,20}")
_LONGEST_SIGN = 5  # letters of a sign in capitals; a longer word is a place


_PLACE_FIRST = re.compile(rf"\s*{byline.CITY.pattern}(?:,|\s[-–—|])")  # "Selm, 3 May 2031", "Selm - 3 May 2031"
_SITE = re.compile(r"[\w-]{2,}\.[a-z]{2,4}", re.IGNORECASE)
_CAPITALS = re.compile(r"[^\W\d_]{4,}(?:[ -][^\W\d_]{2,}){0,2}")


def _is_place(word: str) -> bool:
    """Whether a word in capitals before a date is a place and no sign: "SELM 3 May 2031"."""
    fits = word.isupper() and word.isalpha() and len(word) > _LONGEST_SIGN
    return fits and not (agency(word) or is_section(word) or is_kind_of_text(word))


def _behind(credit: Credit, piece: str) -> Credit | None:
    """credit with what stands alone behind the date: a place in capitals, a name: "3 May 2031 | SELM"."""
    if name(piece) and not credit.byline and not is_kind_of_text(piece):
        return replace(credit, likely=piece)
    if not credit.place and not piece.isupper() and " " not in piece and signature.is_place(piece):
        return replace(credit, likely_place=piece)
    if credit.place or not piece.isupper() or not _CAPITALS.fullmatch(piece) or is_section(piece) or agency(piece):
        return None
    return replace(credit, place=piece.title())


_PLACE_AND_LABEL = re.compile(rf"(?P<place>{byline.CITY.pattern})\s*[|,]\s*(?i:{labels.PUBLISHED}|{labels.UPDATED})\b")

_APART = re.compile(r"[|•·●/]$|^[^?|•·●/]*$")


def _with_pieces(credit: Credit, rest: list[str], *, ended: bool) -> Credit | None:
    """credit with what the words around its dates say; None where too many of them say nothing known. ended: the line
    ends like a sentence, so that what stands before the date is rather its subject than a label."""
    unknown = 0
    for at, part in enumerate(rest):
        alone = part.strip(EDGE)
        if at == 0 and _PLACE_FIRST.fullmatch(part.rstrip(" ?")) and signature.is_place(alone):
            credit = replace(credit, place=credit.place or alone)
            continue
        if at == 0 and _is_place(alone.rstrip(" ?")):
            credit = replace(credit, place=alone.rstrip(" ?").title())
            continue
        if at == 0 and _SIGN_BEFORE_DATE.fullmatch(part.strip()) and credit.published:
            credit = replace(credit, agency=alone)
            continue
        # A person's name before the date stands apart: "Anna Kovel | 3 May", "Anna Kovel Published 3 May".
        labelled = part.rstrip().endswith(":")
        if at == 0 and not byline.BY.match(alone) and name(alone) and _APART.search(part.strip(" ")) and not labelled:
            credit = replace(credit, byline=alone)
            continue
        pieces = [bare for piece in _PIECES.split(part) if (bare := piece.strip(EDGE))]
        if at == 0 and len(pieces) == 2 and name(pieces[0]) and (outlet(pieces[1]) or _SITE.fullmatch(pieces[1])):
            credit = replace(credit, byline=pieces.pop(0))  # "Anna Kovel | Selm Courier | 3 May 2031"
        for bare in pieces:
            named = _named(credit, bare, after=at > 0) or (_behind(credit, bare) if at == len(rest) - 1 else None)
            if named is None:
                unknown += len(bare.split()) * (2 if ended and at == 0 else 1)
            else:
                credit = named
    return credit if unknown <= 3 else None


_EDITED = re.compile(
    r"(?:editor|edited by|editing by|fact[- ]checked by|reviewed by|redaktor|редактор|editör|المحرر)\s*:?\s",
    re.IGNORECASE,
)
_SOURCE_LABEL = r"sources?|via|источники?|джерел[оа]|kaynak(?:lar)?|quellen?|fuentes?|fontes?|fonti?|المصدر|المصادر"
_FROM_SOURCE = re.compile(rf"(?i:{_SOURCE_LABEL})\s*:\s*(?P<name>[^\W_][^:|]{{1,60}})")
_LIST = re.compile(r"\s*[,;/+]\s*|\s+(?:and|et|und|y|e|и|та|ve)\s+|\s+و")


def _sources(text: str) -> Credit:
    """What "Source: HARBOUR ONLINE, dpa, kvo" names: the first agency and the first outlet."""
    parts = [part for part in _LIST.split(text) if part and not signature.is_crew(part)]
    wires = [wire for part in parts if (wire := agency(part))]
    papers = [part for part in parts if not agency(part) and (outlet(part) or OUTLET_WORDS.search(part))]
    if len(parts) == 1 and not wires and not papers and parts[0][:1].isupper() and len(parts[0].split()) <= 4:
        papers = parts
    return Credit(agency=wires[0] if wires else None, outlet=papers[0] if papers else None)


_IN_PAPER = re.compile(r"(?:[Ii]n|[Bb]y) (?:the )?(?P<name>[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,3})")


def _named(credit: Credit, piece: str, *, after: bool = False) -> Credit | None:
    """credit with what piece adds to it, None if piece says nothing known."""
    if match := byline.BY.match(piece):
        found = _written_by(credit, piece[match.end() :], piece)
        return found or (credit if byline.OFFICE.match(piece, match.end()) else None)
    if wire := agency(piece):
        return replace(credit, agency=credit.agency or wire)
    words = piece.split()
    if _EDITED.match(piece):
        return credit
    if match := _FROM_SOURCE.fullmatch(piece):
        said = _sources(match["name"])
        return replace(credit, agency=credit.agency or said.agency, outlet=credit.outlet or said.outlet)
    if not after and (match := _IN_PAPER.fullmatch(piece)):
        return replace(credit, outlet=credit.outlet or match["name"])
    if signature.is_crew(piece):
        return credit
    if (own := _signature(piece)) and not (own.byline and credit.byline):
        return replace(
            credit,
            byline=credit.byline or own.byline,
            place=credit.place or own.place,
            outlet=credit.outlet or own.outlet,
            agency=credit.agency or own.agency,
        )
    titled = len(words) <= 6 and words[0][:1].isupper() and "," not in piece
    if titled and OUTLET_WORDS.search(piece) and not is_rubric(words):
        return replace(credit, outlet=credit.outlet or piece)
    return None


@cache
def _partial() -> re.Pattern[str]:
    """A date line that holds no full date: a weekday, a day of a month, a date whose day and month could be swapped."""
    label = rf"(?:(?:{labels.PUBLISHED}|{labels.UPDATED})\s*(?:on|at|:)?\s*)?"
    day = rf"\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}}|(?:{dates.MONTH})\.?\s\d{{1,2}}|\d{{1,2}}\.?\s(?:{dates.MONTH})\.?"
    clock = r"(?:,?\s(?:at\s)?\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?)?"
    return re.compile(rf"{label}(?:(?:{labels.WEEKDAYS}),?\s?)?(?:{day})?{clock}(?<=\w)", re.IGNORECASE)


_SOURCE = re.compile(
    rf"\(?(?:{_SOURCE_LABEL})(?:\s?:\s?|\s(?=(?-i:[A-Z]{{2,5}})$))(?P<one>[^.|;]{{2,50}})\)?"
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
        wires = _sources(name).agency
        return Credit(agency=wires, reason="agency line") if wires and is_known(wires.upper()) else None
    if not name or name.casefold() in ("agencies", "agency", "wires", "media"):
        return None
    if match and match["one"] and _LIST.search(name) and not agency(name) and (said := _sources(name)) != Credit():
        return replace(said, reason="agency line")
    named = len(name.split()) <= 3 and (name[:1].isupper() or agency(name) is not None) and " and " not in name
    person = match is not None and match["other"] is not None and len(name.split()) > 1
    if match and match["one"] and not agency(name) and OUTLET_WORDS.search(name):
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


def _is_age(bare: str) -> bool:
    """Whether a line says nothing but how old or how long the text is: "4 min read · Updated 3 hours ago"."""
    return len(bare) < 60 and "ago" in bare and not labels.noise().sub(" ", bare).strip(EDGE)


def _undated(line: str) -> Credit | None:
    bare = line.strip(EDGE)
    numbered = _DIGIT.search(bare) is not None
    if numbered and (_CLOCK_ONLY.fullmatch(bare) or _is_age(bare)):
        return Credit()
    if numbered and (aged := _AGE.search(bare)):  # "Anna Kovel | Published 3 hours ago"
        first = bare[: aged.start()].strip(EDGE)
        first = byline.BY.sub("", first, count=1)
        return Credit(byline=first, reason="byline") if byline.people(first) else None
    if found := _desk(bare) or _sourced(line):
        return found
    if "agency " in bare and (match := _TEXT_OF.fullmatch(bare)):  # as services write that monitor others
        return Credit(agency=match["sign"], reason="agency line")
    few = len(bare) < 60 and (numbered or bare.count(" ") < 4)  # weekdays and labels alone are few words
    if few and _partial().fullmatch(bare):
        return Credit(partial=dates.partial(bare))
    if (match := byline.BY.match(line.lstrip(EDGE))) is not None:
        return _written_by(Credit(reason="byline"), line.lstrip(EDGE)[match.end() :], line)
    if len(bare.split()) <= 4 and (wire := agency(bare)) and (bare.isupper() or bare[:1].isupper()):
        return Credit(agency=wire, reason="agency line")
    return None


def _written_by(credit: Credit, text: str, line: str) -> Credit | None:
    """credit with what stands behind "By": a signature of more than names, else names and what is known around them."""
    if byline.OFFICE.match(text):
        return None
    said = signature.read(text, by=True)
    if said and (said.agency or said.outlet or said.place or said.office or said.crew):
        wire = said.agency and not said.people and credit.reason == "byline"
        return replace(
            credit,
            byline=credit.byline or said.people or None,
            place=credit.place or said.place,
            outlet=credit.outlet or said.outlet,
            agency=credit.agency or said.agency,
            reason="agency line" if wire else credit.reason,
        )
    name, place = byline.person(text)
    if name is None and said and said.people:
        return replace(credit, byline=credit.byline or said.people)
    return None if name is None else _by(credit, name, place, byline.with_agency(line), line.strip(EDGE))


def _by(credit: Credit, name: str, place: str | None, wire: str | None, line: str) -> Credit:
    """credit with what stands behind "By": a person, an agency, or the outlet itself, "with" an agency or not."""
    if own := agency(name):
        return replace(credit, agency=credit.agency or own, reason="agency line")
    credit = replace(credit, agency=credit.agency or wire, place=credit.place or place)
    employer = line[line.rfind(", ") + 2 :] if ", " in line else ""
    if own := agency(employer):
        credit = replace(credit, agency=credit.agency or own)
    elif paper := outlet(employer):
        credit = replace(credit, outlet=credit.outlet or paper)
    if (wire or _WITH_WIRES.search(line)) and (paper := outlet(name) or (name if _ARTICLE.match(name) else None)):
        return replace(credit, outlet=credit.outlet or paper)
    return replace(credit, byline=credit.byline or name)


_WITH_WIRES = re.compile(r"\bwith (?:agencies|wires)\b", re.IGNORECASE)
_ARTICLE = re.compile(
    r"(?:le|la|les|l[’']|el|los|der|die|das|il|the|o)\b", re.IGNORECASE
)  # papers have one, people none

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


def _desk(bare: str) -> Credit | None:
    """What a line says of where, by whom and through which agency a story was reported."""
    if match := _FROM.fullmatch(bare):
        return None if agency(match["place"]) else Credit(place=match["place"], reason="byline")
    if byline.BY.match(bare):
        return None
    if found := _named_beside(bare):
        return found
    if (match := _STAFF_AND_SIGN.fullmatch(bare)) and (wire := agency(match["sign"])):
        return Credit(agency=wire, reason="agency line")
    if match := _ROLE_LINE.fullmatch(bare):
        return Credit(place=match["place"], reason="byline")
    if (match := _PLACE_AND_SIGN.fullmatch(bare)) and (wire := agency(match["sign"])):
        return Credit(place=match["place"].title(), agency=wire, reason="agency line")
    before, with_, _ = bare.partition(" with ")
    if with_ and name(before) and (wire := byline.with_agency(bare)):
        return Credit(byline=before, agency=wire, reason="byline")
    if " from " in bare and (match := _REPORTED.match(bare)):
        said = signature.read(match["who"], by=True)
        return Credit(place=match["place"], reason="byline") if said and said.people else None
    return _signature(bare)


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


_SIGNED = re.compile(
    r"[,/|·(]| (?:with|avec|con|mit|and|et|und|y|e|и|та|ve|&|in|à|en|aus|em|from|for|в|во|у|із|из|-|–|—) "
)
_MOST_SIGNED, _LONGEST_SIGNED = 20, 120  # words and characters of a signature that no "By" announces


def _signature(bare: str) -> Credit | None:
    """A line that is a signature by itself: one with a role of the press in it, or an outlet with an agency."""
    if not bare[:1].isalpha() or bare[-1:] in "?!" or len(bare) > _LONGEST_SIGNED or bare.count(" ") > _MOST_SIGNED:
        return None
    if _SIGNED.search(bare) is None:
        return None
    said = signature.read(bare)
    if said is None or (said.dashed and not said.role):
        return None
    wired = said.agency is not None and is_known(said.agency) and not said.people
    wired = wired and bool(said.crew or said.outlet or (said.place and not labels.is_label(said.place)))
    if not wired and not (said.role and (said.people or said.place or said.outlet)):
        return None
    if said.people and any(not byline.people(p) for p in said.people.split(", ")):
        return None
    reason = "byline" if said.people or said.role else "agency line"
    return Credit(byline=said.people or None, place=said.place, outlet=said.outlet, agency=said.agency, reason=reason)


_PLACED = re.compile(r"(?P<place>[^:]{3,40}):\s(?P<who>[^:]{4,60})")


def placed(line: str) -> Credit | None:
    """A place and who wrote there, "Selm: Anna Kovel", as Arab papers set it beside the date."""
    match = _PLACED.fullmatch(line.strip())
    if match is None or labels.is_label(match["place"]):
        return None
    town = match["place"].title() if match["place"].isupper() else match["place"]
    said = signature.read(match["who"]) or (
        None if match["who"][0].isascii() else signature.read(match["who"], by=True)
    )
    if not signature.is_place(town) or said is None or said.place or not (said.people or said.outlet or said.agency):
        return None
    return Credit(place=town, byline=said.people or None, outlet=said.outlet, agency=said.agency, reason="byline")


def officer(line: str) -> Credit | None:
    """A person and what they are, "Anna Kovel, Senior Policy Fellow", as those set it who publish their own studies; or
    whom they write for, "Anna Kovel (The Selm Post)"."""
    said = signature.read(line.strip(" "))
    if said is None or not line[:1].isalpha() or not byline.people(said.people):
        return None
    paper = said.outlet if said.outlet and " " in said.outlet and not said.dashed else None
    return Credit(byline=said.people, outlet=paper, reason="byline") if said.office or paper else None


_OF_TOWN = re.compile(r"(?P<name>[^,\d]{5,40}), (?P<place>[^\W\d_]\w+)")


def of_town(line: str) -> Credit | None:
    """Someone and the town they write from, "Anna Kovel, Selm", right above the text."""
    match = _OF_TOWN.fullmatch(line.strip())
    if match is None or not name(match["name"]) or not signature.is_place(match["place"]):
        return None
    return Credit(byline=match["name"], place=match["place"], reason="byline")


_TEXT_OF = re.compile(
    r"(?:(?:Unattributed )?(?:Text|Excerpts?) (?:of|from)|Full text of) .{0,80}?\bby .{0,60}?(?:news agency|agency)"
    r" (?P<sign>[\w-]{2,20})\b.{0,60}"
)


def reporters(line: str, *, beside: bool = False) -> Credit | None:
    """What a line says that stands beside a date or a byline and is nothing but names: "Anna Kovel in Selm and Jon
    Ress", "ANNA KOVEL", "Anna Kovel and Jon Ress". Elsewhere the same words may be a headline, "Talks Open in Selm"."""
    bare = line.strip(EDGE)
    if byline.people(bare):
        return Credit(byline=bare, reason="byline")
    said = signature.read(bare) if beside and line[:1].isalpha() and line[-1:] not in "?!" else None
    if said and said.people and (said.place or said.office or said.outlet or said.agency or said.crew):
        return Credit(byline=said.people, place=said.place, outlet=said.outlet, agency=said.agency, reason="byline")
    if match := byline.REPORTER_IN.fullmatch(bare):
        names = " and ".join(n for n in (match["names"], match["more"]) if n)
        return Credit(byline=names, place=match["place"], reason="byline") if byline.people(names) else None
    return None
