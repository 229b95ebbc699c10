"""Quotes in other languages than English, where a verb of saying and a full name, or the surname of one, stand right
beside the marks: « ... », a déclaré X; «...», — сказал X; X, "..." dedi. A pronoun behind a quote is who the words
before it speak of. Reported clauses are in reported.py; no body speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.model import Quote, Story
from store.quotes.lists import one_of, read
from store.quotes.marks import Stretch, stretches
from store.quotes.people import people, runs, the_name
from store.quotes.reported import reported
from store.text import words

_LISTS = read()
_AFTER = {
    language: re.compile(
        rf"[\s,—–-]{{0,6}}(?P<verb>{one_of(_LISTS[language])})\s+"
        r"(?P<rest>(?:(?:M|Mme|Dr|Sr|Sra)\. )?[^.;:!?«»“”„\"(]{3,160})"
    )
    for language in ("fr", "es", "de", "ru", "uk")
}
_TURKISH = re.compile(rf"[\s,]{{0,4}}(?P<verb>{one_of(_LISTS['tr'])})\b")
LANGUAGES = frozenset((*_AFTER, "tr"))
_HE = {
    "fr": re.compile(r"[\s,]{0,4}(?P<verb>a-t-(?:il|elle) \w+é|a-t-(?:il|elle) dit|(?:\w+e-t|dit)-(?:il|elle))\b"),
    "de": re.compile(rf"[\s,]{{0,4}}(?P<verb>{one_of(_LISTS['de'])}) (?:er|sie)\b"),
    "ru": re.compile(rf"[\s,—–-]{{0,6}}(?P<verb>{one_of(_LISTS['ru'])}) (?:он|она)\b"),
    "uk": re.compile(rf"[\s,—–-]{{0,6}}(?P<verb>{one_of(_LISTS['uk'])}) (?:він|вона)\b"),
}
_REACH = 200  # characters beside a quote in which its speaker is looked for
_BETWEEN = re.compile(r"[^.!?«»“”„\"]{0,160}\.\s*")


def quotes(story: Story, language: str, most: int) -> Iterator[Quote]:
    """The quotes of a story, of its first `most` characters, in the order of the text."""
    paragraphs = []
    for text in story.paragraphs:
        most -= len(text)
        if most < 0:
            break
        paragraphs.append(text)
    surnames = people(paragraphs, language)
    last = ""  # who spoke last, in this paragraph or the one before
    for number, text in enumerate(paragraphs):
        found = list(_direct(text, language, surnames, last))
        quoted = stretches(text)
        taken = [stretch for stretch in quoted if stretch.speaks]
        held = [
            (stretch.start, Quote(_tidy(text[stretch.first : stretch.last]), who, verb, True, story.id, number))
            for stretch, who, verb in found
        ]
        at = 0
        for begin, end in words.spans(text):
            while at < len(taken) and taken[at].end <= begin:
                at += 1
            if at < len(taken) and taken[at].start < end:
                last = next((q.speaker for start, q in held if begin <= start < end), last)
                continue
            told = reported(text[begin:end], language, surnames, last)
            if told:
                last = told.who
                held.append((begin, Quote(_tidy(told.text).rstrip("."), told.who, told.verb, False, story.id, number)))
            else:
                last = _begun(text[begin:end], language, surnames) or last
        yield from (quote for _, quote in sorted(held, key=lambda placed: placed[0]))
        last = held[-1][1].speaker if held else ""


def _direct(text: str, language: str, surnames: dict[str, str], last: str) -> Iterator[tuple[Stretch, str, str]]:
    before: tuple[str, str, int] | None = None  # speaker and verb of the last quote, and where it ends
    for stretch in stretches(text):
        said = _beside(text, stretch, language, surnames) if stretch.closed else None
        if said is None and stretch.closed and stretch.speaks:
            said = _pronoun(text, stretch, language, surnames, before[0] if before else last)
        if said is None and before and stretch.speaks and _BETWEEN.fullmatch(text[before[2] : stretch.start]):
            said = before[:2]
        before = (*said, stretch.end) if said else None
        if said:
            yield stretch, *said


def _pronoun(text: str, stretch: Stretch, language: str, surnames: dict[str, str], last: str) -> tuple[str, str] | None:
    """ "«...», — сказала она": whom the sentence before names first, else who spoke last."""
    found = _HE[language].match(text[stretch.end : stretch.end + _REACH]) if language in _HE else None
    if not found:
        return None
    lead = text[max(0, stretch.start - _REACH) : stretch.start].strip()
    sentence = words.sentences(lead)[-1] if lead else ""
    who = _begun(sentence, language, surnames) or last
    return (who, found["verb"]) if who else None


def _begun(sentence: str, language: str, surnames: dict[str, str]) -> str:
    """Whom a sentence names first; "" where a quotation comes before."""
    front = re.split(r"[«»“”„\"]", sentence[:_REACH], maxsplit=1)[0]
    parts = [part for part in re.split(r"[,;:]", front) if any(runs(part))]
    return the_name(parts[0], language, surnames, first=True) if parts else ""


def _beside(text: str, stretch: Stretch, language: str, surnames: dict[str, str]) -> tuple[str, str] | None:
    if not stretch.speaks:
        return None
    after = text[stretch.end : stretch.end + _REACH]
    if language == "tr":
        found = _TURKISH.match(after)
        lead = text[max(0, stretch.start - _REACH) : stretch.start].rstrip(" ,:")
        who = the_name(re.split(r"[.!?;]\s", lead)[-1].split(",")[-1], language, surnames) if found else ""
    else:
        found = _AFTER[language].match(after)
        parts = found["rest"].replace("\n", " ").split(",")[:3] if found else []
        who = next((name for part in parts if (name := the_name(part, language, surnames))), "")
    return (who, found["verb"]) if found and who else None


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ,;")
