"""Lines that say who wrote a story, or where, only for what stands beside them; elsewhere they may be a headline."""

from __future__ import annotations

import re

from store.text import byline, labels, signature
from store.text.credit.said import Credit
from store.text.names import EDGE, name

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
