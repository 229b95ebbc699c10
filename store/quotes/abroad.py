"""Direct quotes in other languages than English, where a verb of saying and a full name, or the surname of one, stand
right beside the marks: « ... », a déclaré X; «...», — сказал X; X, "..." dedi. No pronoun, no body, nothing indirect.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.model import Quote, Story
from store.quotes.lists import one_of, read
from store.quotes.marks import Stretch, stretches

_LISTS = read()
_AFTER = {
    language: re.compile(rf"[\s,—–-]{{0,6}}(?P<verb>{one_of(_LISTS[language])})\s+(?P<rest>[^.;:!?«»“”„\"(]{{3,160}})")
    for language in ("fr", "es", "de", "ru", "uk")
}
_TURKISH = re.compile(rf"[\s,]{{0,4}}(?P<verb>{one_of(_LISTS['tr'])})\b")
LANGUAGES = frozenset((*_AFTER, "tr"))
_WHOLE = frozenset(("fr", "es"))  # whose offices are not capitalised: all of "José Luis Halpas" is the name
_REACH = 200  # characters beside a quote in which its speaker is looked for
_INFLECTED = re.compile(r"['’]\w+\Z")  # a Turkish case: not who speaks
_BETWEEN = re.compile(r"[^.!?«»“”„\"]{0,160}\.\s*")
_MOST = 20_000  # characters of a paragraph that are searched for names


def quotes(story: Story, language: str, most: int) -> Iterator[Quote]:
    """The direct quotes of a story, of its first `most` characters."""
    paragraphs = []
    for text in story.paragraphs:
        most -= len(text)
        if most < 0:
            break
        paragraphs.append(text)
    surnames = _surnames(paragraphs, language)
    for number, text in enumerate(paragraphs):
        before: tuple[str, str, int] | None = None  # speaker and verb of the last quote, and where it ends
        for stretch in stretches(text):
            said = _beside(text, stretch, language, surnames) if stretch.closed else None
            if said is None and before and stretch.speaks and _BETWEEN.fullmatch(text[before[2] : stretch.start]):
                said = before[:2]
            before = (*said, stretch.end) if said else None
            if said:
                yield Quote(_tidy(text[stretch.first : stretch.last]), *said, True, story.id, number)


def _beside(text: str, stretch: Stretch, language: str, surnames: dict[str, str]) -> tuple[str, str] | None:
    if not stretch.speaks:
        return None
    after = text[stretch.end : stretch.end + _REACH]
    if language == "tr":
        found = _TURKISH.match(after)
        lead = text[max(0, stretch.start - _REACH) : stretch.start].rstrip(" ,:")
        who = _name(re.split(r"[.!?;]\s", lead)[-1].split(",")[-1], language, surnames) if found else ""
    else:
        found = _AFTER[language].match(after)
        parts = found["rest"].split(",")[:3] if found else []
        who = next((name for part in parts if (name := _name(part, language, surnames))), "")
    return (who, found["verb"]) if found and who else None


def _name(part: str, language: str, surnames: dict[str, str]) -> str:
    """The person named in a few words: the last capitalised run of two words or more, or a surname met elsewhere."""
    runs = list(_runs(part))
    for before, run in reversed(runs):
        if (
            len(run) > 1
            and min(map(len, run)) > 1
            and not _INFLECTED.search(run[-1])
            and before.casefold() not in _LISTS["owned"]
        ):
            return " ".join(run if language in _WHOLE else run[-2:])
    return next((surnames[run[0]] for _, run in runs if len(run) == 1 and run[0] in surnames), "")


def _runs(text: str) -> Iterator[tuple[str, list[str]]]:
    """Words that begin with a capital, as they stand together, each run with the word before it."""
    before, run = "", list[str]()
    for word in [*text.split(), ""]:
        plain = word.strip(",.;:()'’")
        if plain[:1].isupper() and plain[-1:].isalpha():
            run.append(plain)
            if word == plain:
                continue
            word = ""
        if run:
            yield before, run
        before, run = word, []


def _surnames(paragraphs: list[str], language: str) -> dict[str, str]:
    """Surname -> full name, of those that one person alone bears."""
    found: dict[str, set[str]] = {}
    for text in paragraphs:
        for before, run in _runs(text[:_MOST]):
            titled = len(run) == 3 and language not in _WHOLE
            if (len(run) == 2 or titled) and before.casefold() not in _LISTS["owned"]:
                found.setdefault(run[-1], set()).add(" ".join(run[-2:]))
    return {surname: names.pop() for surname, names in found.items() if len(names) == 1}


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ,;")
