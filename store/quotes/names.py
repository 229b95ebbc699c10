"""How speakers are written: names, offices, bodies, pronouns. Patterns here are matched against a few words at a time,
never searched for in a text."""

from __future__ import annotations

import re

from store.quotes.lists import one_of, read

_LISTS = read()
SHORTENED = "Dr|Mr|Mrs|Ms|Gen|Sen|Rep|Lt|Col|Capt|Sgt|Gov|St|Prof|Adm|Maj|Hon|Rev|Jr|Sr"
TOKEN = rf"(?:(?:{SHORTENED})\.|[A-ZÀ-ÖØ-ÞĀČĐŁŚŠŽ][\w’'-]*\w|[A-Z]\.(?:[A-Z]\.)*|[A-Z]|&)"
_JOIN = r"(?:de|da|di|do|dos|das|van|von|der|den|al|el|bin|ibn|la|le|du|of the|of|for)"
NAME = rf"{TOKEN}(?:[ ]{TOKEN}|[ ]{_JOIN}[ ]{TOKEN}){{0,7}}(?<!['’]s)"
_PERSON = re.compile(rf"{TOKEN}(?:[ ](?:{one_of(_LISTS['small'])}[ ])?{TOKEN}){{0,3}}(?<!['’]s)")

HEAD = one_of(_LISTS["body"] | _LISTS["person"])
_PERSON_HEAD = one_of(_LISTS["person"] - {"two", "three", "four", "both"})
_BODY_HEAD = re.compile(one_of(_LISTS["body"]), re.IGNORECASE)
_WORD = rf"(?!{one_of(_LISTS['function'])}\b)[\w’'-]+"
_DETERMINER = (
    r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Yy]our|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ss]ome|[Ss]everal|[Bb]oth|"
    rf"[Aa]nother|[Ee]ach|[Mm]any|[Mm]ost|[Ss]enior|{TOKEN}(?:[ ]{TOKEN}){{0,3}}(?:(?<=s)['’]|(?<=['’]s)))"
)
_ARTICLE = r"(?:the|an?|his|her|its|their|this|both|one)"
_COMMON = rf"(?!\w+ed\b)(?!{one_of(_LISTS['function'])}\b)[a-z][\w’'-]*"
_OWNED = rf"(?:{TOKEN}(?:[ ]{TOKEN}){{0,3}}(?:(?<=s)['’]|(?<=['’]s))[ ])?"
_OF = (
    rf"(?:[ ](?:(?:of|for|from|in|at|with|on|to|led[ ]by|close[ ]to|familiar[ ]with)[ ](?:{_ARTICLE}[ ])?"
    rf"{_OWNED}(?:{NAME}[ ]{HEAD}|{NAME}|(?:{TOKEN}[ ])?(?:{_COMMON}[ ]){{0,3}}{_COMMON})"
    r"|who(?:[ ](?!(?:said|say|says|told|have|has|had|were|was|and)[ ](?:\w+ed|said)\b)[\w’'-]+){1,6}"
    r"(?<![ ](?:have|said|says|told|were))(?<![ ](?:has|had|say|was|and))))"
)
_ROLE = rf"(?:{_DETERMINER}[ ](?:{_WORD}[ ]){{0,5}}?{HEAD}{_OF}{{0,3}}(?:[ ]{NAME})?)"
_BARE_PLURAL = rf"(?:(?:{_WORD}[ ]){{0,2}}{one_of(_LISTS['plural'])}{_OF}{{0,2}})"
_ONE_OF = r"(?:(?:[Oo]ne|[Tt]wo|[Ss]ome|[Mm]any|[Mm]ost|[Ee]ight|[Tt]hree|[Ff]our) of (?:the [\w’'-]+|them))"
PRONOUNS = frozenset(("he", "she", "it", "they"))
_SPEAKER = re.compile(
    rf"(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|(?:[Tt]he[ ])?{NAME}(?:[ ]{HEAD})?|{_ROLE}|(?i:{_BARE_PLURAL})|{_ONE_OF}"
    rf"|(?:(?:{TOKEN}|{_WORD})[ ]){{0,2}}{_PERSON_HEAD}[ ]{NAME}"
    rf"|{NAME}[ ]and[ ]{NAME}"
    rf"|{TOKEN}(?:[ ]{TOKEN}){{0,3}}[ ](?:of|for)(?:[ ](?:{TOKEN}|of|the|for|on|and|in)){{1,10}}[ ]{TOKEN}[ ]{TOKEN})"
)
_SMALL = _LISTS["small"]
_FROM = re.compile(r"(?:[ai]an|ish|ese|[a-z]i|ean|ch)\Z")
_EPITHET = re.compile(r"-[a-z]")  # "Mother-of-three"
_DAYS = _LISTS["day"]
_NOBODY = _LISTS["nobody"]
MOST = 22  # words that a speaker may take


def is_name(text: str) -> bool:
    """Whether it is a name alone, with or without a title: "Colonel Ana Vesk"."""
    return bool(re.fullmatch(NAME, text)) and not is_day(text)


def is_day(text: str) -> bool:
    return text.casefold() in _DAYS


def is_body(text: str) -> bool:
    return any(_BODY_HEAD.fullmatch(word) for word in text.split())


def is_speaker(text: str) -> bool:
    """Whether it is written as a speaker may be."""
    words = text.split(" ")
    if (
        len(text) > 200
        or text in ("The", "the")
        or words[0] in ("no", "No")
        or is_day(words[-1])
        or not _SPEAKER.fullmatch(text)
    ):
        return False
    plain = words[1:] if words[0] in ("The", "the") else words
    if plain and plain[0].casefold() in PRONOUNS and len(plain) > 1:
        return False
    owned = any(word.endswith(("'s", "’s")) for word in plain[:-1])
    if owned and is_name(" ".join(plain)) and not is_body(plain[-1]) and not _titled(plain):
        return False  # "Solmark's French": an office of which the name is missing
    ranked = plain[:1] == ["First"] and plain[1:2] != [] and plain[1].casefold() in _LISTS["title"]
    return ranked or not (plain and plain[0].casefold() in _NOBODY and is_name(" ".join(plain)))


def _titled(words: list[str]) -> bool:
    """Whether an office and a whole name stand behind a country: "Solmark's Prime Minister Ana Vesk"."""
    behind = max(n for n, word in enumerate(words) if word.endswith(("'s", "’s"))) + 1
    rest = words[behind:]
    return len(rest) > 2 and rest[0].casefold() in _LISTS["title"] and bool(person(" ".join(rest)))


def speaker_at_end(text: str) -> str:
    """The longest last words of a text that may be a speaker; "" where none may."""
    words = text.split()[-MOST:]
    return next((tail for n in range(len(words)) if is_speaker(tail := " ".join(words[n:]))), "")


def speaker_at_start(text: str) -> str:
    """The longest first words of a text that may be a speaker; "" where none may."""
    words = text.split(maxsplit=MOST)[:MOST]
    return next((front for n in range(len(words), 0, -1) if is_speaker(front := " ".join(words[:n]))), "")


def bare(name: str) -> str:
    """A person's name without title, office and origin: "Vardanian Foreign Minister Dessa Marovin" is "Dessa Marovin".
    A body keeps its whole name."""
    words = name.split()
    if is_body(words[-1]) or (" of " in name and is_body(name) and not _officer(words)):
        return name
    while len(words) > 2 and _EPITHET.search(words[0]):
        del words[0]
    titles = _LISTS["title"]
    begin = max((n + 1 for n, word in enumerate(words[:-1]) if word.casefold().strip(".") in titles), default=0)
    if begin == 0 and len(words) > 2 and _FROM.search(words[0]) and words[0].casefold() not in _SMALL:
        begin = 1
    rest = words[begin:]
    if "of" in rest or "for" in rest:
        front = rest[: next(n for n, w in enumerate(rest) if w in ("of", "for"))]
        return " ".join(front) if begin or (len(front) > 1 and _PERSON.fullmatch(" ".join(front))) else name
    return " ".join(rest)


def _officer(words: list[str]) -> bool:
    """Whether a name of two words stands behind an office: "Union Minister of State for Trade Ana Vesk"."""
    return (
        any(word.casefold() in _LISTS["person"] for word in words[:-2])
        and all(word[:1].isupper() and word.casefold() not in _LISTS["title"] for word in words[-2:])
        and not is_body(words[-2])
        and words[-3] not in ("the", "of")
    )


def person(name: str) -> str:
    """The name if it may be a person's in full, without titles; else ""."""
    words = name.split()
    while words and words[0].casefold() in _NOBODY:
        del words[0]
    plain = bare(" ".join(words)) if words else ""
    whole = (
        2 <= len(plain.split()) <= 4
        and _PERSON.fullmatch(plain)
        and not is_body(plain)
        and not is_day(plain.split()[-1])
    )
    return plain if whole and "&" not in plain else ""
