"""Who signs a story, read piece by piece: "Anna Kovel in Selm and Jon Ress, Harbour News, with AFP".

A line is cut at its commas, bars, brackets and small linking words, and each piece must be something that stands in
signatures: a person, a role, a place, an outlet, an agency, an address. One piece that is none of them and the line is
no signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter

from store.text.agencies import TELLING, agency, is_known
from store.text.names import EDGE, has_outlet_word, is_kind_of_text, is_section, outlet, person

_TOGETHER = "and|et|und|y|e|и|та|й|ve|&|with|avec|con|mit|com"
_WHERE = "in|à|a|en|aus|em|from|в|во|у|із|из|reporting from|reporting in"
_FOR_WHOM = "for|pour|para|für|для|special to"
_CUT = re.compile(
    rf"\s*(?P<mark>[,|/·•●;()\[\]])\s*|\s+(?P<dash>[-–—])\s+"
    rf"|\s+(?P<link>{_TOGETHER}|{_WHERE}|{_FOR_WHOM})\s+(?!(?:Chief|Charge|Residence|Large)\b)(?=[^\W\d_a-zß-öø-ÿа-яёіїєґ])"
    r"|\s+(?P<low>with|and|avec|et|con|y|mit|und)\s+"
    r"(?=(?:other |news |les |den )?(?:agenc|wires|dpa|epd|kna|afx|apa\b))"
)
_LINKED = re.compile(rf"(?P<link>{_WHERE})\s+(?=[^\W\d_a-zß-öø-ÿа-яёіїєґ])")
_ROLES = (
    r"correspondent|editor|reporter|writer|journalist|columnist|commentator|analyst|contributor|producer"
    r"|bureau chief|special envoy|stringer"
    r"|envoyée? spéciale?|correspondante?|journaliste|rédacteur|rédactrice|chroniqueu\w+|chercheu\w+"
    r"|enviad[oa] especial|corresponsal|periodista|redactora?|analista"
    r"|korrespondent(?:in)?|redakteur(?:in)?|reporterin|auslandskorrespondent\w*"
    r"|inviat[oa]|corrispondente|correspondente|enviad[oa]|repórter|jornalista"
    r"|корреспондент\w*|спецкорреспондент\w*|обозреватель\w*|редактор\w*|журналист\w*|корр\.|собкор"
    r"|кореспондент\w*|спецкореспондент\w*|оглядач\w*|muhabir\w*|temsilcisi|editörü?|yazarı?|gazeteci"
    r"|مراسل\w*|موفد\w*|محرر\w*|صحفي\w*"
)
_ROLE = re.compile(rf"(?:\b|^)(?:{_ROLES})(?:\b|$)", re.IGNORECASE)
_ROLES_BEGIN = frozenset(role[:4] for role in _ROLES.split("|"))
_WORD = re.compile(r"\w+")
_ROLE_FIRST = re.compile(r"(?:[^\W\d_A-Z][\w’'-]* ){1,5}")
_IN_ROLES = re.compile(
    r"^(?:our|the|chief|senior|political|foreign|diplomatic|special|staff|deputy|associate|assistant|managing|national"
    r"|freelance|economic|business|defen[cs]e|security|contributing|guest|lead|digital)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:fellow|professor|lecturer|researcher|scholar|expert|economist|historian|strategist|adviser|advisor|author|scientist|lawyer|chercheu\w+|professeure?|profesora?|professorin|forscher(?:in)?"
    r"|эксперт|политолог|профессор|експерт|політолог|uzman\w*|خبير|باحث\w*|أستاذ\w*)\b",
    re.IGNORECASE,
)
_CREW = re.compile(  # nobody in particular
    r"(?:our |the |own |a |la |le |die |от |наш )?(?:[^\W\d_][\w’'&-]* ){0,3}(?:agenc(?:y|ies)(?: reports?)?"
    r"|news agencies|report|wires?|wire (?:reports?|services?)"
    r"|staff(?: (?:writers?|reporters?|correspondents?|report))?"
    r"|news ?desk|desk"
    r"|newsroom|bureau|service|team|monitoring(?: desk)?|web ?desk|correspondents?|reporters?"
    r"|editorial (?:staff|board|team)"
    r"|redacción|redação|redazione|rédaction|redaktion|redakcja|agences|agencias|agências|agenzie|agenturen"
    r"|online-?redaktion"
    r"|(?:redacción|redação|redazione|rédaction|redaktion|redacția)(?: [^\W\d_][\w’'-]*){0,2}"
    r"|редакция|агентства|редакція|агентства|haber merkezi|ajanslar|وكالات|الوكالات)",
    re.IGNORECASE,
)
_NEWSROOM = re.compile(
    r"(?:la )?(?:reda[ck]|rédaction|редакц|agen[ctz]|agência|агентств|haber merkezi|ajans|وكالات|الوكالات)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"@\w[\w.]*|\S+@\S+\.\w+|(?:\+ ?)?follow|view profile|bio"
    r"|\d+ (?:comments?|views?|shares?|reads?)|(?:no|leave a) comments?|(?:est\. ?)?\d+ ?min(?:ute)?s?(?: read)?",
    re.IGNORECASE,
)
_SITE = re.compile(r"(?:www\.)?[\w-]{2,}(?:\.[\w-]{2,})?\.[a-z]{2,4}", re.IGNORECASE)
_STUDIO = re.compile(r"(?:[\w-]+[- ])?(?i:studio|bureau|büro)\s(?P<place>[^\W\d_a-z][\w’'-]+)")
_STATION = re.compile(r"[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]+)? (?:24|TV|FM|1|2|4|5|7|9|12|13)")
_ARTICLE = re.compile(r"(?:le|la|les|el|los|il|lo|o|die|der|das|the) .+", re.IGNORECASE)
_ANY_STAFF = frozenset(
  (
    "our", "news", "web", "foreign", "wire", "own", "special", "editorial", "online", "digital", "senior", "political",
    "diplomatic", "economic", "world", "city", "sports", "business", "international", "national", "local", "chief",
    "staff", "defence", "defense", "post"
  )
)  # fmt: skip
_TOWN = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]?[\w’'.-]+")
_UNCASED = re.compile(r"[\u0600-\u06ff]{2,}(?: [\u0600-\u06ff]{2,}){1,3}")
# How names of places of two and three words begin or end, where those of people do not.
_TOWN_WORDS = re.compile(
    r"(?:New|San|Santa|Saint|St\.?|Port|Puerto|Abu|Tel|Addis|Kuala|Phnom|Cape|Hong|Buenos|Rio|São|Los|Las|El|La|Le"
    r"|The|Ciudad|Bad|Nur|Ulan|Sierra|South|North|East|West|Upper|Lower|Нью|Сан|Санкт|Тель)[ -].+"
    r"|.+ (?:City|Town|Harbour|Harbor|Island|Beach|Bay|Springs|D\.?C\.?)"
)
_MOST_PIECES = 9
_LONGEST_PIECE = 70  # characters
_LONGEST = 150  # characters


@dataclass(slots=True)
class Signature:
    """What a line says of who wrote a story, where and for whom; people as they are printed."""

    people: str = ""
    place: str | None = None
    outlet: str | None = None
    agency: str | None = None
    role: bool = False  # one of the press
    office: bool = False
    crew: bool = False
    dashed: bool = False
    written_by: bool = False  # it stands behind "By"
    ends: str = field(default="", repr=False)


def read(text: str, *, by: bool = False) -> Signature | None:
    """What text says if all of it is a signature. by: it stands behind "By", where one word may be a person."""
    if len(text) > _LONGEST:
        return None
    found, at, link, pieces = Signature(written_by=by), 0, "", 0
    for match in chain(_CUT.finditer(text), (None,)):
        piece = text[at : match.start() if match else len(text)].strip(" .:\u00a0\"“”«»„'")
        if piece and (inner := _LINKED.match(piece)):
            link, piece = inner["link"], piece[inner.end() :]
        if piece:
            pieces += 1
            if (
                pieces > _MOST_PIECES
                or len(piece) > _LONGEST_PIECE
                or piece.count(" ") > 7
                or not _add(found, piece, link, by=by and pieces == 1)
            ):
                return None
            link = ""
        if match is None:
            break
        found.dashed = found.dashed or match["dash"] is not None
        link = (match["mark"] or match["dash"] or match["link"] or match["low"]) if piece or match["link"] else link
        at = match.end()
    return found if pieces else None


def _add(found: Signature, piece: str, link: str, *, by: bool) -> bool:
    """Add what piece says, False where it says nothing that stands in signatures."""
    known = (
        _add_agency(found, piece, by=by)
        or _add_place(found, piece, link)
        or _add_outlet(found, piece, link, by=by)
        or _add_nobody(found, piece, by=by)
    )
    return known or _add_person(found, piece, link, by=by) or _add_town(found, piece, link)


def _add_agency(found: Signature, piece: str, *, by: bool) -> bool:
    words = piece.split()
    if by and len(words) > 2 and _begins_with_person(words) and (wire := agency(" ".join(words[2:]))):
        found.people, found.ends, found.agency = " ".join(words[:2]), "person", wire  # "By ANNA KOVEL Associated Press"
        return True
    if wire := agency(piece):
        found.agency = found.agency or wire
    return wire is not None


def _add_place(found: Signature, piece: str, link: str) -> bool:
    if link.casefold() not in _WHERES:
        return False
    if found.written_by and (is_section(piece) or is_kind_of_text(piece)):  # "by Anna Kovel in Analysis"
        return True
    if not is_place(piece):
        return False
    found.place = found.place or titled(piece)
    return True


_WHERES = frozenset(_WHERE.split("|"))
_FOR = frozenset(_FOR_WHOM.split("|"))


def _add_outlet(found: Signature, piece: str, link: str, *, by: bool) -> bool:
    paper = _paper(piece)
    if paper is None and found.written_by and link.casefold() in _FOR and len(piece.split()) <= 5:
        paper = piece
    if paper is None or _CREW.fullmatch(paper):
        return False
    words = paper.split()
    if by and len(words) > 3 and words[0] != "The" and _begins_with_person(words):  # no comma between them
        found.people, found.ends, paper = " ".join(words[:2]), "person", " ".join(words[2:])
    found.outlet = found.outlet or paper
    return True


def _paper(piece: str) -> str | None:
    """piece, if it is an outlet's name: by its words, its address, its channel, or its article."""
    if paper := outlet(piece):
        return paper
    if _SITE.fullmatch(piece) or _STATION.fullmatch(piece):
        return piece
    named = _ARTICLE.fullmatch(piece) and has_outlet_word(" ".join(piece.split()[:2]))
    return piece if named and len(piece.split()) <= 5 else None


def _is_anybody(whose: str) -> bool:
    words = whose.casefold().split()
    return (
        len(words) > 4
        or not whose[:1].isupper()
        or all(w in _ANY_STAFF for w in words)
        or _CREW.fullmatch(whose) is not None
    )


def _begins_with_person(words: list[str]) -> bool:
    """Whether the first two words are someone's name, where what they are, or work for, follows without a comma."""
    first = " ".join(words[:2])
    other = is_section(first) or _TOWN_WORDS.fullmatch(f"{first} ") or _IN_ROLES.search(first) or _has_role(first)
    return person(first) and not other


def _add_nobody(found: Signature, piece: str, *, by: bool) -> bool:
    """Roles, desks, addresses."""
    if (found.people or found.outlet) and (match := _STUDIO.fullmatch(piece)):
        found.place, found.role = found.place or match["place"], True
        return True
    if _ADDRESS.fullmatch(piece):
        return True
    if by and (match := _ROLE_FIRST.match(piece)) and _has_role(match[0]) and person(piece[match.end() :]):
        found.people, found.ends, found.role = piece[match.end() :], "person", True  # "By defence editor Anna Kovel"
        return True
    words = piece.split()
    if by and 2 < len(words) <= 6 and _has_role(" ".join(words[2:])) and _begins_with_person(words):
        found.people, found.ends, found.role = " ".join(words[:2]), "person", True  # "By Anna Kovel Chief Editor"
        return True
    if len(piece.split()) <= 7 and (_has_role(piece) or (found.people and _OFFICE.search(piece))):
        found.role = found.role or _has_role(piece)
        found.office = True
        return True
    if not is_crew(piece):
        return False
    found.crew = True
    if by and not is_nobody(piece):
        found.people = piece  # "By Harbour News Staff": as it is printed
    return True


def _add_person(found: Signature, piece: str, link: str, *, by: bool) -> bool:
    # "By Madonna"; and scripts without capitals, where only "By" tells names from other words
    alone = by and (_TOWN.fullmatch(piece) is not None or _UNCASED.fullmatch(piece) is not None)
    if not (person(piece) or alone) or _TOWN_WORDS.fullmatch(piece) or is_kind_of_text(piece):
        return False
    if is_section(piece):
        return False
    word = link.casefold()
    if found.people:
        joint = f" {link} " if word in _TOGETHER.split("|") and found.ends == "person" else ", "
        joint = " and " if found.ends != "person" and word in ("and", "&") else joint
        found.people += f"{joint}{piece}"
    else:
        found.people = piece
    found.ends = "person"
    return True


def _add_town(found: Signature, piece: str, link: str) -> bool:
    """A town behind a person or a role: "Anna Kovel, Selm", "Gulf correspondent, Selm"."""
    if (
        not (found.people or found.role or found.outlet or found.crew or found.agency)
        or found.place
        or not is_place(piece)
    ):
        return False
    if found.people or found.role or found.crew or found.agency:  # behind an outlet alone it is the outlet's own town
        found.place, found.ends = titled(piece), "place"
    return link in (",", "/", "-", "–", "—", "(")


SERVICE, ROLE = 1, 2  # bits of a hint: a wire service that is known, or a studio; a role


def hint(text: str, words: Sequence[str] | None = None) -> int:
    """What text can hold of roles and of wire services that are known: cheaper to ask than to read it. words are its
    words, case folded, if somebody has them."""
    if words is None or "'" in text or "’" in text:
        words = _WORD.findall(text.casefold())
    return (0 if _SERVICES.isdisjoint(words) else SERVICE) | (ROLE if _may_be_role(words) else 0)


_SERVICES = TELLING | {"studio", "bureau", "büro"}
_beginning = itemgetter(slice(4))


def _may_be_role(words: Sequence[str]) -> bool:
    return not _ROLES_BEGIN.isdisjoint(map(_beginning, words))


def _has_role(text: str) -> bool:
    return _may_be_role(_WORD.findall(text.casefold())) and _ROLE.search(text) is not None


def is_crew(text: str) -> bool:
    """Whether text names nobody in particular: "Staff Reporter", "News Desk", "Redacción"."""
    return _CREW.fullmatch(text) is not None and not any(is_known(word) for word in text.split())


def is_nobody(text: str) -> bool:
    """Whether a desk's name tells not even whose: "Staff Reporter", where "Harbour News Staff" does."""
    return _NEWSROOM.match(text) is not None or _is_anybody(text.rsplit(" ", 1)[0])


def titled(place: str) -> str:
    """SELM as Selm; a lower İ would be two characters."""
    if not place.isupper() or len(place) <= 3:
        return place
    return re.sub(r"[^\W\d_]+", lambda m: m[0][0] + m[0][1:].replace("İ", "i").lower(), place)


def is_place(piece: str) -> bool:
    """Whether a piece can be a town: one capitalised word, or several that stand in names of places."""
    words = piece.strip(EDGE).split()
    fits = all(_TOWN.fullmatch(w) for w in words) and 0 < len(words) <= 3
    if not fits or agency(piece) or outlet(piece) or is_section(piece) or is_kind_of_text(piece):
        return False
    return len(words) == 1 or _TOWN_WORDS.fullmatch(piece) is not None
