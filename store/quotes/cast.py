"""Who is who in one story: full names behind surnames, holders of offices, and who "she" is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.quotes.lists import one_of, read
from store.quotes.names import NAME, PRONOUNS, bare, is_body, is_name, person

_LISTS = read()
_NAME = re.compile(NAME)
_PEOPLE = one_of(_LISTS["person"])
# "Joren Halpas, Vardania's deputy foreign minister"; "Vardania's deputy foreign minister, Joren Halpas"
_NAME_FIRST = re.compile(rf"(?P<name>{NAME}), (?:the |an? )?(?P<office>(?:[\w’'-]+ ){{0,4}}?{_PEOPLE})\b")
_NAME_LAST = re.compile(rf"(?P<office>(?:\b[\w’'-]+ ){{1,4}}{_PEOPLE}), (?P<name>{NAME})(?=[,.])")
_OF_LAST = re.compile(
    rf"\b(?P<office>(?:[\w’'-]+ ){{0,3}}(?i:{_PEOPLE}) (?:of|for) (?:the )?"
    rf"[A-Z][\w’'-]*(?: [\w’'-]+){{0,5}}), (?P<name>{NAME})(?=,)"
)
_OFFICE = re.compile(rf"(?:[Tt]he|[Hh]is|[Hh]er) ((?:[\w’'-]+ ){{0,3}}(?i:{_PEOPLE}))")
_PAST = re.compile(r"\b(?:former|then|late|ex|erstwhile|outgoing|predecessor|successor)[\s-]*\Z", re.IGNORECASE)
_VAGUE = one_of(_LISTS["vague"])
_ANYBODY = re.compile(rf"the (?:[\w’'-]+ ){{0,2}}{_VAGUE}")
_CALLED = re.compile(rf"\b(?P<title>{one_of(_LISTS['she'] | _LISTS['he'])})[.]? (?P<name>{NAME})")
_INSIDE = re.compile(r"(?<=[a-z,] )[A-Z]\w+")
_READ = 200_000  # characters of a story that are searched for names
_MOST = 300  # people of one story
_LATELY = 12  # people who "she" may be
_NEAR = 5  # letters of a surname that may be misspelt by one


_COMMON = frozenset[str]().union(*(_LISTS[name] for name in ("function", "nobody", "person", "body", "plural")))
_MANY = frozenset(
    ("two", "three", "four", "five", "six", "seven", "eight", "both", "some", "several", "many", "people")
)


class Cast:
    """The people and bodies of one story, as far as it has been read."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.names: dict[str, str] = {}  # surname -> whole name, "" where several bear it
        self.offices: dict[frozenset[str], str] = {}  # words of an office -> who holds it, "" where several do
        self.last = ""  # who spoke last
        self.topic: dict[str, str] = {}  # "person" | "body" | "many" -> who was spoken of last
        self.inside: set[str] = set()  # capitalised words that do not begin a sentence
        self.first: dict[str, str] = {}  # first name -> whole name, "" where several bear it
        self.gender: dict[str, str] = {}  # whole name -> "she" or "he", where a title tells
        self.spoken_of: list[str] = []  # people in the order in which they were last spoken of
        self._short: list[tuple[str, str]] = []  # surname and the office before it: "Minister Kolari"
        self._titled: list[tuple[str, str]] = []
        left = _READ
        for text in texts:
            self._meet(text[: min(left, 20_000)])
            left -= len(text)
            if left <= 0:
                break
        for text, office in self._short:
            if whole := self.names.get(text, ""):
                self._holds(office, whole)
        for title, name in self._titled:
            if whole := person(self.full(name)):
                self.gender[whole] = "she" if title in _LISTS["she"] else "he"

    def _meet(self, text: str) -> None:
        self.inside.update(m[0] for m, _ in zip(_INSIDE.finditer(text), range(_MOST), strict=False))
        for found in _NAME.finditer(text):
            name = person(found[0])
            if name and len(self.names) < _MOST:
                surname = name.split()[-1]
                known = self.names.setdefault(surname, name)
                if known.split()[:1] != name.split()[:1]:
                    self.names[surname] = ""
                given = name.split()[0]
                if self.first.setdefault(given, name) != name:
                    self.first[given] = ""
                if not _PAST.search(text[max(0, found.start() - 20) : found.start()]):
                    self._holds(" ".join(found[0].split()[: -len(name.split())]), name)
            elif (short := bare(found[0])) != found[0] and " " not in short and len(self._short) < _MOST:
                self._short.append((short, found[0][: -len(short)]))
        for called in _CALLED.finditer(text):
            if len(self._titled) < _MOST:
                self._titled.append((called["title"].casefold(), called["name"]))
        for pattern in (_NAME_FIRST, _NAME_LAST, _OF_LAST):
            for found in pattern.finditer(text):
                if name := person(found["name"]):
                    self._holds(found["office"], name)

    def _holds(self, office: str, name: str) -> None:
        words = frozenset(re.sub(r"['’]s$", "", w) for w in office.casefold().split())
        if words and not words & _LISTS["past"] and len(self.offices) < _MOST:
            self.offices[words] = name if self.offices.get(words, name) == name else ""

    def holder(self, office: str) -> str:
        """The one person whose office has all the words of this one, of several who was last spoken of; else ""."""
        wanted = frozenset(office.casefold().split())
        holders = {name for words, name in self.offices.items() if wanted <= words}
        if len(holders) == 1:
            return holders.pop()
        return next((last for last in (self.last, self.topic.get("person", "")) if last and last in holders), "")

    def _unnamed(self, office: str) -> str:
        """Who spoke last, for an office of which the story never says who holds it: one whose own it never gives."""
        last = self.topic.get("person", "")
        free = person(last) and last not in self.offices.values()
        return last if free and office.split()[-1].casefold() in _LISTS["title"] else ""

    def full(self, name: str) -> str:
        """A name as fully as the story gives it."""
        plain = bare(name)
        words = plain.split()
        if is_body(plain):
            return plain
        if len(words) == 1:
            return self.names.get(words[0]) or self.first.get(words[0]) or self._misspelt(words[0]) or plain
        return plain

    def _misspelt(self, surname: str) -> str:
        if len(surname) < _NEAR or surname in self.names:
            return ""
        near = {whole for known, whole in self.names.items() if len(known) >= _NEAR and _one_letter(known, surname)}
        return near.pop() if len(near) == 1 else ""

    def who(self, written: str) -> str:
        """The speaker's name as fully as the story gives it; "" where a pronoun stands for nobody known."""
        plain = " ".join(written.split()).strip(" ,")
        if plain.casefold() in PRONOUNS:
            return self._meant(plain.casefold())
        article = re.match(r"[Tt]he (?=[A-Z])", plain)
        rest = plain[article.end() :] if article else plain
        if not article and rest.casefold() in _LISTS["plural"] | _LISTS["body"]:
            return plain.casefold()
        if is_name(rest) and rest.split()[-1].casefold() in _LISTS["title"]:
            return self.holder(rest) or (article and self._unnamed(rest)) or (f"the {rest}" if article else plain)
        if " and " in rest and is_name(rest.split(" and ")[0]):
            return rest
        if is_name(rest):
            name = self.full(rest)
            return f"the {name}" if article and not person(name) else name
        office = _OFFICE.fullmatch(plain)
        if office and (holder := self.holder(office[1]) or self._unnamed(office[1])):
            return holder
        if _ANYBODY.fullmatch(plain.casefold()) and (known := person(self.last)):
            return known
        behind = re.search(rf"({NAME})\Z", plain) if plain.split()[0].casefold() in _LISTS["person"] else None
        if behind and person(behind[1]) and bare(behind[1]) != behind[1]:
            return self.full(behind[1])
        named = re.search(rf"\b{_PEOPLE} ({NAME})\Z", plain)
        if named and person(named[1]):
            return self.full(named[1])
        return plain[:1].casefold() + plain[1:] if plain.split()[0].casefold() in _COMMON else plain

    def _meant(self, pronoun: str) -> str:
        kind = {"it": "body", "they": "many"}.get(pronoun, "person")
        if kind == "person" and self.gender.get(self.topic.get(kind, ""), pronoun) != pronoun:
            near = [who for who in self.spoken_of if self.gender.get(who, pronoun) == pronoun]
            known = [who for who, gender in self.gender.items() if gender == pronoun]
            return near[-1] if near else known[0] if len(known) == 1 else ""
        return self.topic.get(kind, "") or (self.last if kind == kind_of(self.last) else "")

    def tell(self, who: str, *, sure: bool = True) -> None:
        """That this is whom the text speaks of now; not sure: it may be no more than the first word of a sentence."""
        if not sure and who.isalpha() and who not in self.names and who not in self.inside:
            return
        self.topic[kind_of(who)] = who
        if person(who):
            if who in self.spoken_of:
                self.spoken_of.remove(who)
            self.spoken_of = [*self.spoken_of[-_LATELY:], who]


def kind_of(who: str) -> str:
    """ "person", "body" or "many", by the way it is written."""
    words = who.casefold().split()
    if not words:
        return ""
    if person(who):
        return "person"
    heads = [w for w in who.split() if w in _LISTS["person"] or w in _LISTS["body"]]
    if words[0] in _MANY or any(w in _LISTS["plural"] for w in heads[:1]):
        return "many"
    if heads[:1] and heads[0] in _LISTS["person"]:
        return "person"
    if heads[:1] and heads[0].endswith("s") and heads[0] not in ("police",):
        return "many"
    return "body"


def _one_letter(first: str, second: str) -> bool:
    """Whether one letter put in, left out or changed makes one word of the other."""
    if abs(len(first) - len(second)) > 1 or first[0] != second[0]:
        return False
    same = next(
        (n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )
    a, b = first[same:], second[same:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:]
