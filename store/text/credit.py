"""Lines that say who wrote a story, for whom, when and where: bylines, date lines, agency marks and the dateline in
front of the first paragraph. Reads one line at a time; which line counts is the head's business."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from store.text import dates
from store.text.agencies import agency as agency

_OUTLET_WORDS = re.compile(
    r"\b(?:times|post|news|courier|herald|gazette|tribune|observer|monitor|journal|daily|weekly|mail|standard|star|sun"
    r"|guardian|telegraph|chronicle|review|echo|mirror|globe|press|record|dispatch|examiner|independent|bulletin|today"
    r"|ledger|register|sentinel|mercury|argus|inquirer|broadcasting|radio|tv|online|media|express|voice)\b"
    r"|[\w-]+\.(?:com|net|org|az|ru|ua|tr|info|eu|de|fr|[a-z]{2})\b",
    re.IGNORECASE,
)
_WEEKDAYS = (
    r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|lundi|mardi"
    r"|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|montag|dienstag"
    r"|mittwoch|donnerstag|freitag|samstag|sonntag|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье"
    r"|понеділок|вівторок|середа|четвер|п'ятниця|субота|неділя|pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar"
    r"|الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد"
)
_PUBLISHED = (
    r"first published|originally published|date published|published|publication date|posted|publish date"
    r"|pub|date|dated|issued|created|filed"
    r"|publiée?|parue?|publicado|publicada|veröffentlicht|erstellt|opublikowano"
    r"|опубликовано|опубліковано|дата публикации|yayınlanma(?: tarihi)?"
    r"|yayın tarihi|giriş(?: tarihi)?|نشر(?: في| بتاريخ)?|تاريخ النشر"
)
_UPDATED = (
    r"last updated|updated?|last modified|modified|last edited|mis à jour|modifié|actualizado|aktualisiert"
    r"|stand|обновлено|оновлено"
    r"|güncelleme(?: tarihi)?|son güncelleme|آخر تحديث|تحديث"
)
_PIECES = re.compile(r"\s*(?:[|·•●∙‧»]|\s[-–—/]\s|\s{2,}|\t|\s[-–—]$|^[-–—]\s)\s*")
_BY = re.compile(
    r"(?:interview |analysis |opinion |story |words |texte? |report(?:ed)? |written |posted |published |article )?"
    r"(?:by|par|von|por|di|da|door|af|av"
    r"|yazan|haber|author|auteur"
    r"|autor|автор|автори|авторы|текст|бейлайн|بقلم|كتب|كتبت|الكاتب)(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
_NAME_LINK = frozenset(
  (
    "and", "und", "et", "y", "e", "и", "та", "й", "i", "ve", "&", ",", "de", "da", "di", "la", "le", "van", "von",
    "der", "den", "bin", "ibn", "al", "el", "ter", "dos", "du'"
  )
)  # fmt: skip
_ROLE = re.compile(
    r"\b(?:correspondent|editor|reporter|writer|staff|desk|bureau|chief|columnist|analyst|contributor|journalist|agenc"
    r"|special to|in [A-Z]|корреспондент|кореспондент|redaktion|rédaction|muhabir)",
    re.IGNORECASE,
)


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
    found = tuple(dates.dates(line, day_first=_DAY_FIRST.search(line) is not None)) if _DIGIT.search(line) else ()
    if not found:
        return _undated(line)
    credit = Credit()
    rest, at = [], 0
    for date in found:
        before = line[at : date.start]
        rest.append(_without_labels(before) if at else _signed(before))
        if _is_updated(before):
            half = dates.partial(before[: _last_label(_UPDATED, before)])
            credit = replace(credit, updated=credit.updated or date.iso, partial=credit.partial or half)
        else:
            labelled = credit.labelled or (credit.published is None and _SAYS_PUBLISHED.search(before) is not None)
            credit = replace(credit, published=credit.published or date.iso, labelled=labelled)
        at = date.end
    rest.append(_without_labels(line[at:]))
    whole = _with_pieces(credit, rest)
    return Credit() if whole and _OTHER_DATE.search(line[: found[0].start]) else whole


# Labels of languages that write the day before the month in figures, too.
_DAY_FIRST = re.compile(
    r"\b(?:publiée?|parue?|mis(?:e)? à jour|modifiée?|publicado|publicada|actualizado|veröffentlicht|aktualisiert"
    r"|pubblicato|aggiornato|опубликовано|опубліковано|обновлено|оновлено|дата публикации|yayınlanma|güncelleme"
    r"|yayın tarihi|opublikowano)\b",
    re.IGNORECASE,
)
_SAYS_PUBLISHED = re.compile(
    r"\b(?:published|publication date|publish date|posted|publiée?|parue?|publicado|publicada|veröffentlicht"
    r"|опубликовано|опубліковано|дата публикации|yayınlanma|yayın tarihi|opublikowano)\b|نشر",
    re.IGNORECASE,
)
# What a masthead says of the day on which the page was looked at, and of the paper's own age.
_OTHER_DATE = re.compile(
    r"^\W*(?:today(?:[’']s date| is|:)|current date|date du jour|established|founded|est\.|since|in print since"
    r"|fondée? (?:le|en)|gegründet|seit|fundad[oa]|основан\w*|kuruluş)(?!\w)",
    re.IGNORECASE,
)


def _is_updated(before: str) -> bool:
    """Whether the last label in front of a date says that the date is that of a change."""
    return _last_label(_UPDATED, before) > _last_label(_PUBLISHED, before)


def _last_label(words: str, text: str) -> int:
    """Where the last of such labels begins, -1 where there is none."""
    return max((m.start() for m in _label(words).finditer(text)), default=-1)


@cache
def _label(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b\s*(?:on|at|by|le|el|am|um|:)?\s*:?", re.IGNORECASE)


@cache
def _noise() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{_PUBLISHED}|{_UPDATED}|{_WEEKDAYS}|on|at|le|el|am|um|uhr|hrs|local time|time"
        rf"|\d{{1,3}} min(?:ute)?s? read|(?:an?|\d{{1,3}}) (?:min(?:ute)?|hour|day|week|month)s? ago"
        r"|(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?m\.?)?|ist|gmt|utc|et|bst|cst|pst|cet|г|года|р|року)\b\.?",
        re.IGNORECASE,
    )


def _without_labels(text: str) -> str:
    """text without the words that only frame a date; its other words stay in their pieces."""
    if _BY.match(text.strip()):
        return text
    return _noise().sub(" ", text)


def _signed(before: str) -> str:
    """What stands before the first date; a lone word is a sign only where a label such as "Published" follows it."""
    rest = _without_labels(before)
    alone = _SIGN_BEFORE_DATE.fullmatch(rest.strip()) is not None or name(rest.strip()) is not None
    return f"{rest} ?" if alone and rest.strip() == before.strip(_EDGE) else rest


_SIGN_BEFORE_DATE = re.compile(r"[^\W\d_a-z][\w-]{2,20}")
_EDGE = " ,.:;()[]|/-–—·•\t\u00a0"


_APART = re.compile(r"[|•·●/]$|^[^?|•·●/]*$")


def _with_pieces(credit: Credit, rest: list[str]) -> Credit | None:
    unknown = 0
    for at, part in enumerate(rest):
        alone = part.strip(_EDGE)
        if at == 0 and _CITY.fullmatch(alone) and part.rstrip(" ?")[-1:] == "," and not is_section(alone):
            credit = replace(credit, place=credit.place or alone)  # "Selm, 3 May 2031"
            continue
        if at == 0 and _SIGN_BEFORE_DATE.fullmatch(part.strip()) and credit.published:
            credit = replace(credit, agency=alone)
            continue
        # A person's name before the date stands apart: "Anna Kovel | 3 May", "Anna Kovel Published 3 May".
        if at == 0 and not _BY.match(alone) and name(alone) and _APART.search(part.strip(" ")):
            credit = replace(credit, byline=alone)
            continue
        for piece in _PIECES.split(part):
            bare = piece.strip(_EDGE)
            if not bare:
                continue
            named = _named(credit, bare)
            if named is None:
                unknown += len(bare.split())
            else:
                credit = named
    return credit if unknown <= 3 else None


_EDITED = re.compile(r"(?:editor|edited by|editing by|redaktor|редактор|editör|المحرر)\s*:?\s", re.IGNORECASE)
_FROM_SOURCE = re.compile(r"(?i:source|via)\s*:\s*(?P<name>[^\W\d_a-z][^:|]{1,40})")
_IN_PAPER = re.compile(r"(?:[Ii]n|[Bb]y) (?:the )?(?P<name>[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,3})")


def _named(credit: Credit, piece: str) -> Credit | None:
    """credit with what piece adds to it, None if piece says nothing known."""
    if match := _BY.match(piece):
        name, place = _person(piece[match.end() :])
        return _by(credit, name, place, _with_agency(piece), piece) if name else None
    if wire := agency(piece):
        return replace(credit, agency=credit.agency or wire)
    words = piece.split()
    if _EDITED.match(piece):
        return credit
    if match := _FROM_SOURCE.fullmatch(piece):
        wire = agency(match["name"])
        paper = None if wire else match["name"]
        return replace(credit, agency=credit.agency or wire, outlet=credit.outlet or paper)
    if match := _IN_PAPER.fullmatch(piece):
        return replace(credit, outlet=credit.outlet or match["name"])
    if len(words) <= 6 and words[0][:1].isupper() and _OUTLET_WORDS.search(piece) and not _is_rubric(words):
        return replace(credit, outlet=credit.outlet or piece)
    return None


@cache
def _partial() -> re.Pattern[str]:
    """A date line that holds no full date: a weekday, a day of a month, a date whose day and month could be swapped."""
    label = rf"(?:(?:{_PUBLISHED}|{_UPDATED})\s*(?:on|at|:)?\s*)?"
    day = rf"\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}}|(?:{dates.MONTH})\.?\s\d{{1,2}}|\d{{1,2}}\.?\s(?:{dates.MONTH})\.?"
    clock = r"(?:,?\s(?:at\s)?\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?)?"
    return re.compile(rf"{label}(?:(?:{_WEEKDAYS}),?\s?)?(?:{day})?{clock}(?<=\w)", re.IGNORECASE)


_SOURCE = re.compile(
    r"\(?(?:source|sources|источник|джерело|kaynak|quelle|fuente|المصدر)\s?:\s?(?P<one>[^.|;]{2,50})\)?"
    r"|\(?(?:with |from )?(?:additional |further )?(?:reporting|inputs?|material|information)(?: from| by)"
    r" (?P<other>[^.;]{2,50})\)?",
    re.IGNORECASE,
)


def _sourced(line: str) -> Credit | None:
    match = _SOURCE.fullmatch(line.strip(" .*•-–—"))
    name = (match["one"] or match["other"]).strip(" )") if match else ""
    if not name or name.casefold() in ("agencies", "agency", "wires", "media"):
        return None
    named = len(name.split()) <= 3 and (name[:1].isupper() or agency(name) is not None) and " and " not in name
    person = match is not None and match["other"] is not None and len(name.split()) > 1
    if match and match["one"] and not agency(name) and _OUTLET_WORDS.search(name):
        return Credit(outlet=name, reason="outlet")
    return Credit(agency=name if named and not person else None, reason="agency line")


def _undated(line: str) -> Credit | None:
    bare = line.strip(_EDGE)
    if found := _desk(bare) or _sourced(line):
        return found
    if len(bare) < 60 and _partial().fullmatch(bare):
        return Credit(partial=dates.partial(bare))
    if (match := _BY.match(line.lstrip(_EDGE))) is not None:
        name, place = _person(line.lstrip(_EDGE)[match.end() :])
        if name is None:
            return None
        return _by(Credit(reason="byline"), name, place, _with_agency(line), bare)
    if len(bare.split()) <= 4 and (wire := agency(bare)) and (bare.isupper() or bare[:1].isupper()):
        return Credit(agency=wire, reason="agency line")
    return None


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
    if wire and (paper := outlet(name)):
        return replace(credit, outlet=credit.outlet or paper)
    return replace(credit, byline=credit.byline or name)


_WITH = re.compile(r"\b(?:with|avec|con|mit)\s+(?P<sign>[^\W\d_][\w.-]*(?:\s[^\W\d_][\w.-]*){0,2})")


def _with_agency(text: str) -> str | None:
    """The agency in "Anna Kovel with AFP, Reuters"."""
    return next((wire for m in _WITH.finditer(text) if (wire := agency(m["sign"]))), None)


_FROM = re.compile(r"(?i:reporting|reports?) (?:from|in) (?P<place>[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,2})")
_ROLE_LINE = re.compile(
    r"(?:[^\W\d_][\w’'-]* ){0,4}(?:correspondent|editor|reporter|columnist)"
    r"(?:,? (?:in |reporting from )?(?P<place>[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*)?))?"
)
_NAME_AND_ROLE = re.compile(
    r"(?P<name>[^,\d]{5,40}), (?i:(?:[^\W\d_][\w’'-]*,? ){0,4}(?:correspondent|editor|reporter|columnist|staff writer))"
)
_PLACE_AND_SIGN = re.compile(r"(?P<place>[^\W\d_a-z]+(?: [^\W\d_a-z]+){0,2})\s*[-–—/]\s*(?P<sign>[^\W\d_][\w ]{1,30})")


def _desk(bare: str) -> Credit | None:
    """What a line says of where, by whom and through which agency a story was reported."""
    if match := _FROM.fullmatch(bare):
        return None if agency(match["place"]) else Credit(place=match["place"], reason="byline")
    if (match := _NAME_AND_ROLE.fullmatch(bare)) and name(match["name"]) and not _BY.match(bare):
        return Credit(byline=match["name"], reason="byline")
    if match := _ROLE_LINE.fullmatch(bare):
        return Credit(place=match["place"], reason="byline")
    if (match := _PLACE_AND_SIGN.fullmatch(bare)) and (wire := agency(match["sign"])):
        return Credit(place=match["place"].title(), agency=wire, reason="agency line")
    before = bare.split(" with ")[0]
    if (wire := _with_agency(bare)) and name(before):
        return Credit(byline=before, agency=wire, reason="byline")
    return None


_REPORTER_IN = re.compile(
    r"(?P<names>.{5,60}?) in (?P<place>[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,2})(?: and (?P<more>.{5,40}))?"
)


def reporters(line: str) -> Credit | None:
    """What a line says that stands beside a date or a byline and is nothing but names: "Anna Kovel in Selm and Jon
    Ress", "ANNA KOVEL", "Anna Kovel and Jon Ress". Elsewhere the same words may be a headline, "Talks Open in Selm"."""
    bare = line.strip(_EDGE)
    if match := _REPORTER_IN.fullmatch(bare):
        names = " and ".join(n for n in (match["names"], match["more"]) if n)
        return Credit(byline=names, place=match["place"], reason="byline") if _people(names) else None
    return Credit(byline=bare, reason="byline") if _people(bare) else None


def _people(text: str) -> bool:
    return all(name(one if not one.isupper() else one.title()) for one in re.split(r", | and | & ", text))


_IN_BRACKETS = re.compile(r"\s+\((?P<place>[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]+)?)(?:,[^()]{1,60})?\)$")
_CITY = re.compile(r"[^\W\d_a-z][^\W\d_A-Z][\w’'-]+")


def _person(text: str) -> tuple[str | None, str | None]:
    """The name or names at the start of a byline and the place after "in", if the whole of it reads like one."""
    text = text.strip(" .:;|-–—\u00a0")
    place = None
    if match := re.search(r"\s+(?:in|à|en|aus)\s+([A-ZÀ-Þ][\w.'’-]+(?:[ -][A-ZÀ-Þ][\w.'’-]+){0,3})$", text):
        place, text = match[1], text[: match.start()]
    text = re.split(r"\s*(?:[|/·•]|\s[-–—]\s|\s(?:for|at|with)\s)\s*", text, maxsplit=1)[0]
    if match := _IN_BRACKETS.search(text):
        text = text[: match.start()]
        place = place or (None if _ROLE.search(match["place"]) or agency(match["place"]) else match["place"])
    names = [part.strip() for part in text.split(",")]
    if (
        place is None
        and len(names) == 2
        and _CITY.fullmatch(names[1])
        and not (_ROLE.search(names[1]) or agency(names[1]))
    ):
        place = names[1]
    kept = [names[0]] + [
        n
        for n in names[1:]
        if 2 <= len(n.split()) <= 6 and not (_ROLE.search(n) or _OUTLET_WORDS.search(n) or _DIGIT.search(n))
    ]
    name = ", ".join(n for n in kept if n)
    words = name.replace(",", " ").split()
    if not 1 <= len(words) <= 14 or len(name) > 110:
        return None, None
    if not all(_namely(word) for word in words) or not any(w[:1].isupper() or not _cased(w) for w in words):
        return None, None
    return name, place


def _namely(word: str) -> bool:
    return (word[:1].isupper() or not _cased(word) or word.casefold() in _NAME_LINK) and not word[:1].isdigit()


def _cased(word: str) -> bool:
    return word.lower() != word.upper()


def outlet(line: str) -> str | None:
    """line, if it is nothing but an outlet's name, in title case where it stands in capitals."""
    bare = line.strip(_EDGE)
    words = bare.split()
    if not 1 < len(words) <= 5 or not all(_namely(w) or w.casefold() == "the" for w in words):
        return None
    named = _OUTLET_WORDS.search(words[-1]) or _OUTLET_WORDS.search(words[0])
    if not named or _is_rubric(words) or line.rstrip()[-1:] in ".!?:":
        return None
    return " ".join(w.capitalize() if w.isupper() and len(w) > 2 else w for w in words)


def name(line: str) -> str | None:
    """line, if it is nothing but the name of one or two people."""
    words = line.split()
    plain = 2 <= len(words) <= 3 and all(_of_name(w) for w in words)
    if not plain or _OUTLET_WORDS.search(line) or any(w.casefold() in _SECTIONS for w in words):
        return None
    return line


def _is_rubric(words: list[str]) -> bool:
    """Whether the words name a part of a site, as "World News" and "All News" do."""
    return all(w.casefold() in _SECTIONS or w.casefold() in ("all", "the", "and", "&") for w in words)


def is_section(line: str) -> bool:
    return any(w.casefold() in _SECTIONS for w in line.split())


def _of_name(word: str) -> bool:
    bare = word.replace("-", "").replace("’", "").replace("'", "").rstrip(".")
    return word[:1].isupper() and bare.isalpha() and (bare[1:].islower() or len(bare) == 1 or not bare.isupper())


# Words of section names, which stand where names stand and are capitalised like them.
_SECTIONS = frozenset(
  (
    "news", "world", "politics", "east", "west", "north", "south", "middle", "central", "asia", "pacific", "africa",
    "europe", "america", "americas", "eurasia", "latin", "affairs", "policy", "rights", "nations", "stories",
    "story", "top", "latest", "breaking", "press", "release", "opinion", "analysis", "business", "sport", "sports",
    "economy", "region", "international", "national", "security", "defence", "defense", "conflict", "war", "minutes",
    "read", "home", "archive", "photo", "video", "gallery", "briefing", "interview", "exclusive", "updated",
    "published", "share", "comment", "comments", "more", "related", "editor", "staff", "desk", "bureau",
    "correspondent", "diplomacy", "foreign", "domestic", "local", "global", "special", "report", "reports",
    "features", "culture"
  )
)  # fmt: skip
