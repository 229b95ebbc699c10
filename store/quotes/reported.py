"""Reported clauses in French, German and Russian: X a affirmé que ...; X betonte, dass ...; X заявил, что ...

Only where the sentence begins with its speaker, a name or a pronoun, or with "selon X", "laut X", "как заявил X".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from store.quotes.lists import one_of, read
from store.quotes.people import the_name

_LISTS = read()
_WHO = r"(?P<who>[^«»“”„\".;:!?]{1,120}?(?:\bM\. [^«»“”„\".;:!?]{1,60}?)?),? "
_MORE = r"(?: [^,.;:«»„“]{1,40}?)?"  # when and where, between a verb and its clause
_TEXT = r"(?P<text>.{8,})"
_PATTERNS = {
    language: tuple(re.compile(pattern, re.DOTALL) for pattern in patterns)
    for language, patterns in {
        "fr": (
            rf"{_WHO}(?P<verb>{one_of(_LISTS['fr'])}){_MORE} (?P<text>qu(?:e |['’]).{{8,}})",
            rf"(?P<verb>Selon|D[’']après) (?P<who>(?:M\. )?[^,.;:«»]{{2,60}})(?:, [^,.;:«»]{{2,60}})?, {_TEXT}",
        ),
        "de": (
            rf"{_WHO}(?P<verb>{one_of(_LISTS['de'] - {'so'})}){_MORE}, {_TEXT}",
            rf"(?P<who>[^«»“”„\".;:!?,]{{2,60}}) (?P<verb>zufolge) {_TEXT}",
            rf"(?P<verb>Laut) (?P<who>[^«»“”„\".;:!?,]{{2,60}}?) (?=[a-zäöü]){_TEXT}",
        ),
        "ru": (
            rf"{_WHO}(?P<verb>{one_of(_LISTS['ru'])}){_MORE}, (?P<text>что .{{8,}})",
            rf"Как (?P<verb>{one_of(_LISTS['ru'])}) (?P<who>[^,.;:«»]{{2,60}}), {_TEXT}",
            rf"(?P<verb>По (?:его|её|ее) словам)(?P<who>), {_TEXT}",
        ),
    }.items()
}
_NOT = re.compile(r"\b(?:nicht|nie|не|никогда|kein\w*)\b|\bn[’']", re.IGNORECASE)
_PRONOUNS = frozenset(("il", "elle", "er", "sie", "он", "она"))
_LEAD = one_of(_LISTS["lead_abroad"])
_LONGEST = 1000  # characters of a sentence that is searched
_ASIDE = re.compile(r",[^,]{2,60}")


@dataclass(frozen=True, slots=True)
class Told:
    text: str
    who: str
    verb: str


def reported(sentence: str, language: str, surnames: dict[str, str], last: str) -> Told | None:
    """What a sentence reports and who says so; last: who "he" is."""
    if language not in _PATTERNS or len(sentence) > _LONGEST:
        return None
    for pattern in _PATTERNS[language]:
        found = pattern.match(sentence.lstrip())
        if found is None or _NOT.search(sentence.lstrip()[: found.start("text")]):
            continue
        who = _speaker(found["who"], language, surnames, last)
        if who and len(found["text"].split()) > 2:
            return Told(found["text"], who, found["verb"].casefold())
    return None


def _speaker(written: str, language: str, surnames: dict[str, str], last: str) -> str:
    if not written or written.casefold() in _PRONOUNS:
        return last
    if re.match(rf"{_LEAD}\b", written):
        return ""
    parts = written.split(",")[:3]
    for part in parts:
        name = the_name(part, language, surnames)
        if name and part.rstrip().endswith(name.split()[-1]):
            return name
    return ""
