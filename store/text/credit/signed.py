"""Signatures and sources: who is named behind "By", in a line that is a signature by itself, or as a source."""

from __future__ import annotations

import re
from dataclasses import replace

from store.text import byline, labels, signature
from store.text.agencies import agency, is_known
from store.text.credit.said import Credit
from store.text.names import EDGE, has_outlet_word, outlet

SOURCE_LABEL = r"sources?|via|источники?|джерел[оа]|kaynak(?:lar)?|quellen?|fuentes?|fontes?|fonti?|المصدر|المصادر"
LIST = re.compile(r"\s*[,;/+]\s*|\s+(?:and|et|und|y|e|и|та|ve)\s+|\s+و")


def sources(text: str) -> Credit:
    """What "Source: HARBOUR ONLINE, dpa, kvo" names: the first agency and the first outlet."""
    parts = [part for part in LIST.split(text) if part and not signature.is_crew(part)]
    wires = [wire for part in parts if (wire := agency(part))]
    papers = [part for part in parts if not agency(part) and (outlet(part) or has_outlet_word(part))]
    if len(parts) == 1 and not wires and not papers and parts[0][:1].isupper() and len(parts[0].split()) <= 4:
        papers = parts
    return Credit(agency=wires[0] if wires else None, outlet=papers[0] if papers else None)


def written_by(credit: Credit, text: str, line: str) -> Credit | None:
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


_SIGNED = re.compile(
    r"[,/|·(]| (?:with|avec|con|mit|and|et|und|y|e|и|та|ve|&|in|à|en|aus|em|from|for|в|во|у|із|из|-|–|—) "
)
_MOST_SIGNED, _LONGEST_SIGNED = 20, 120  # words and characters of a signature that no "By" announces


def signed(bare: str, hint: int | None = None) -> Credit | None:
    """A line that is a signature by itself: one with a role of the press in it, or an outlet with an agency. hint is
    what `signature.hint` says of it, if it is known."""
    if hint == 0:
        return None
    if not bare[:1].isalpha() or bare[-1:] in "?!" or len(bare) > _LONGEST_SIGNED or bare.count(" ") > _MOST_SIGNED:
        return None
    if _SIGNED.search(bare) is None or not (hint or signature.hint(bare)):
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
