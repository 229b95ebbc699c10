"""People in texts of other languages than English: capitalised words that stand together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from store.quotes.lists import one_of, read

_LISTS = read()
_WHOLE = frozenset(("fr", "es"))  # whose offices are not capitalised: all of "José Luis Halpas" is the name
_INFLECTED = re.compile(r"['’]\w+\Z")  # a Turkish case: not who speaks
_OFFICE = re.compile(rf"\w*{one_of(_LISTS['de_office'])}(?:in|innen)?", re.IGNORECASE)  # German, "Amtskollegin"
_POLITE = _LISTS["polite"]
_MOST = 20_000  # characters of a paragraph that are searched for names
_LONGEST = 5  # words of a run whose last two are a name, offices and countries before them


def the_name(part: str, language: str, surnames: dict[str, str], *, first: bool = False) -> str:
    """The person named in a few words: the last capitalised run of two words or more (first: the first), or a surname
    met elsewhere."""
    found = list(runs(part))
    for before, run in found if first else reversed(found):
        if name := _whole(before, run, language):
            return name
        if first and run[-1] in surnames:
            return surnames[run[-1]]
    alone = [run for _, run in found if len(_polite(run)) == 1]
    known = next((surnames[run[-1]] for run in alone if run[-1] in surnames), "")
    return known or next((_written(run) for run in alone if len(run) == 2), "")


def _written(run: list[str]) -> str:
    """ "M. Dorval", of whom no more is said."""
    return " ".join(run).replace("M ", "M. ", 1) if run[0] == "M" else " ".join(run)


def _whole(before: str, run: list[str], language: str) -> str:
    """A name of two words or more, without office and country; "" where it may be no person's."""
    own = _polite(run)
    held = False
    if language == "de":
        offices = [n for n, word in enumerate(own) if _OFFICE.fullmatch(word)]
        held = bool(offices) and len(own) - offices[-1] > 2
        own = own[offices[-1] + 1 :] if held else own
    if len(own) < 2 or min(map(len, own)) < 2 or _INFLECTED.search(own[-1]):
        return ""
    if before.casefold() in _LISTS["owned"] and not held and own == run:
        return ""
    return " ".join(own if language in _WHOLE else own[-2:])


def _polite(run: list[str]) -> list[str]:
    """A run without "Mme" or "Herr"."""
    return run[1:] if len(run) > 1 and run[0] in _POLITE else run


def runs(text: str) -> Iterator[tuple[str, list[str]]]:
    """Words that begin with a capital, as they stand together, each run with the word before it."""
    before, run = "", list[str]()
    for word in [*text.split(), ""]:
        plain = word.strip(",.;:()'’«»„“”\"")
        if not run and plain in _LISTS["lead_abroad"]:
            before = word
            continue
        if plain[:1].isupper() and plain[-1:].isalpha():
            run.append(plain)
            if word == plain or word in ("M.", "Dr.", "Sr.", "Sra."):
                continue
            word = ""
        if run:
            yield before, run
        before, run = word, []


def people(paragraphs: Iterable[str], language: str) -> dict[str, str]:
    """Surname -> full name, of those that one person alone bears."""
    found: dict[str, set[str]] = {}
    for text in paragraphs:
        for before, run in runs(text[:_MOST]):
            own = _polite(run)
            longest = {"fr": 2, "es": 2, "ru": _LONGEST, "uk": _LONGEST}.get(language, 3)
            office = language == "de" and any(_OFFICE.fullmatch(word) for word in own)
            if (len(own) <= longest or office) and (name := _whole(before, run, language)):
                if len(own) > 2 and any(word.isupper() for word in name.split()):
                    continue
                found.setdefault(name.split()[-1], set()).add(name)
    return {surname: names.pop() for surname, names in found.items() if len(names) == 1}
