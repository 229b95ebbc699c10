"""Credit lines with a date, and whether a line is one at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from store.text import byline, dateline, dates, labels, signature
from store.text.agencies import agency
from store.text.credit.said import Credit
from store.text.credit.signed import SOURCE_LABEL, signed, sources, written_by
from store.text.credit.undated import DIGIT, undated
from store.text.names import EDGE, has_outlet_word, is_kind_of_text, is_rubric, is_section, name, outlet

_PIECES = re.compile(r"\s*(?:[|·•●∙‧»]|\s[-–—/]\s|\s{2,}|\t|\s[-–—]$|^[-–—]\s)\s*")
_LONGEST_CREDIT = 180
# A cell with nothing but a figure makes a line a row of a table: "3 May 2031 | -3.4%".
_IS_ROW = re.compile(r"\|\s*(?:[-+−–]\s?\d[\d.,]*\s?%?|\d[\d.,]*\s?%|[$€£]\s?\d[\d.,]*|\d{1,3}(?:,\d{3})+)\s*(?:\||$)")


def read(line: str, words: Sequence[str] | None = None) -> Credit | None:
    """What line says if it is a credit line (a date line, a byline, an agency mark), else None. words are those of the
    line, case folded, if they are known."""
    if len(line) > _LONGEST_CREDIT or line.startswith("|") or _IS_ROW.search(line):
        return None
    if line[:1] == "(" and line.rstrip()[-1:] == ")" and line.count("(") == 1:
        line = line.strip()[1:-1] if DIGIT.search(line) else line  # "(Selm, 3 May 2031)"
    if line.startswith("By") and line[2:3].isupper():
        line, words = f"By {line[2:]}", None  # as some pages run them together
    if DIGIT.search(line) is None:
        return undated(line, numbered=False, words=words)
    if (place := dateline.alone(line.strip())) is not None:
        return Credit(place=place.place, agency=place.agency, partial=dates.partial(place.day), reason="dateline")
    if not dates.may_stand_in(line):
        return undated(line, words=words) or _ambiguous(line)
    found = tuple(dates.dates(line, day_first=labels.DAY_FIRST.search(line) is not None))
    if not found:
        return undated(line, words=words) or _ambiguous(line)
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
    if whole and labels.BORN.search(line):
        return None
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
_FROM_SOURCE = re.compile(rf"(?i:{SOURCE_LABEL})\s*:\s*(?P<name>[^\W_][^:|]{{1,60}})")


_IN_PAPER = re.compile(r"(?:[Ii]n|[Bb]y) (?:the )?(?P<name>[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,3})")


def _named(credit: Credit, piece: str, *, after: bool = False) -> Credit | None:
    """credit with what piece adds to it, None if piece says nothing known."""
    if match := byline.BY.match(piece):
        found = written_by(credit, piece[match.end() :], piece)
        return found or (credit if byline.OFFICE.match(piece, match.end()) else None)
    if wire := agency(piece):
        return replace(credit, agency=credit.agency or wire)
    words = piece.split()
    if _EDITED.match(piece):
        return credit
    if match := _FROM_SOURCE.fullmatch(piece):
        said = sources(match["name"])
        return replace(credit, agency=credit.agency or said.agency, outlet=credit.outlet or said.outlet)
    if not after and (match := _IN_PAPER.fullmatch(piece)):
        return replace(credit, outlet=credit.outlet or match["name"])
    if signature.is_crew(piece):
        return credit
    if (own := signed(piece)) and not (own.byline and credit.byline):
        return replace(
            credit,
            byline=credit.byline or own.byline,
            place=credit.place or own.place,
            outlet=credit.outlet or own.outlet,
            agency=credit.agency or own.agency,
        )
    titled = len(words) <= 6 and words[0][:1].isupper() and "," not in piece
    if titled and has_outlet_word(piece) and not is_rubric(words):
        return replace(credit, outlet=credit.outlet or piece)
    return None
