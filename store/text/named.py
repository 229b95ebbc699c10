"""The lines around the first paragraph that are nothing but names: of an outlet, of people, of a place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from store.text import credit, dateline, dates, labels, names, phrases, signature
from store.text.agencies import agency
from store.text.lines import Line
from store.text.prose import Draft, is_prose

_LONGEST_FROM = 100  # characters
REACH = 60  # lines above the first paragraph that are searched
RULED_OUT = ("before the article", "", "related headline", "label between paragraphs", "after the article")
OPENING = 600  # characters of the first paragraph

_REACH_OF_WORDS = 12  # paragraphs


def is_told(text: str, below: Sequence[Line], *, every: bool = False) -> bool:
    """Whether a word of a line, or every word, is told below in small letters, as no one's name is: "Talks Open" over
    "the talks"."""
    words = {w.casefold() for w in text.split() if len(w) > 2}
    openings = [line.text[:OPENING] for line in below[:_REACH_OF_WORDS]]
    told = (any(word in opening and word in _words(opening) for opening in openings) for word in words)
    return bool(words) and all(told) if every else any(told)


@lru_cache(maxsize=256)  # each line above asks again for those below
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


_WORD = re.compile(r"[^\W\d_]+")


def says_who_or_when(found: credit.Credit | None) -> bool:
    return found is not None and bool(found.published or found.updated or found.byline)


_BIO = re.compile(r"(?P<name>[^\W\d_a-z][^,.]{4,40}?) (?:is|was) (?:an?|the|our) .+")  # "Anna Kovel is a fellow at ..."
_LETTERS = re.compile(r"[BCDFGHJ-NP-TV-XZ]{3,5}")  # no town is written so, as the names of many broadcasters are
# "The Selm Briefing" on the first line, with the date of its issue below.
_MASTHEAD = re.compile(r"The(?: [^\W\d_a-z][\w’'-]+){1,3}")
# A wire on its own copy; it begins with a word and not with where one does, so that it is looked for quickly.
_OWN_STORY = re.compile(r"the(?<!\wthe) ([^\W\d_a-z]\w+) (?:story|report|dispatch|copy|item)\b")


_MENU = 20  # lines between title and text; so many are the entries of a menu, and names among them are its topics


def mark(lines: Sequence[Line], draft: Draft, first: int) -> None:
    """Lines above the first paragraph that are nothing but an outlet's name or, below the title, names of people and
    where they are."""
    _mark_clocks(lines, draft, first)
    sure = {i for i, said in draft.credits.items() if says_who_or_when(said) or said.agency}
    own = {m[1] for line in lines[first : first + 3] for m in _OWN_STORY.finditer(line.text[:2000])}
    _mark_outlets(lines, draft, first, own)
    if draft.title is None:
        return
    below = [i for i in range(max(draft.title + 1, first - REACH), first) if i not in draft.credits]
    below = [i for i in below if not is_told(lines[i].text, lines[first:], every=True)]
    _join_names(lines, draft, below)
    menu = first - draft.title > _MENU
    for _ in range(2):  # what one line turns out to be speaks for its neighbours
        for i in below:
            beside = any(j in sure for j in _block(draft, i))
            if i not in draft.credits and (beside or not menu):
                _mark_name(lines, draft, i, first, beside=beside)
    for i in below:
        text = lines[i].text
        if i not in draft.credits and any(j in sure for j in _block(draft, i)) and signature.is_place(text):
            draft.credits[i] = credit.Credit(likely_place=text, reason=draft.reasons[i] or "date line")


def _mark_outlets(lines: Sequence[Line], draft: Draft, first: int, own: set[str]) -> None:
    dated = draft.credits.get(1)
    if draft.title and draft.title > 1 and dated and dated.published and _MASTHEAD.fullmatch(lines[0].text):
        draft.reasons[0] = "outlet"
        draft.credits[0] = credit.Credit(outlet=lines[0].text, reason="outlet")
    for i in range(max(0, first - REACH), first):
        if i == draft.title or i in draft.credits:
            continue
        text = lines[i].text
        if text[:1].isalnum() and (outlet := names.outlet(text)) and not signature.is_crew(text):
            draft.reasons[i] = "outlet"
            draft.credits[i] = credit.Credit(outlet=outlet, reason="outlet")
        elif text in own:
            draft.reasons[i] = "agency line"
            draft.credits[i] = credit.Credit(agency=text, reason="agency line")


def mark_signature(lines: Sequence[Line], draft: Draft) -> None:
    """The name behind a dash right below the last paragraph is the byline, where nothing above was."""
    last = max((i for i, reason in enumerate(draft.reasons) if not reason), default=-1)
    below = len(lines) - 1
    if below in (last, last + 1) and below > 2 and _signs(lines, draft, below):
        draft.reasons[below] = "byline"
        draft.credits[below] = credit.Credit(byline=lines[below].text, reason="byline")
    for i in {last, last + 1} & set(range(1, len(lines))):
        text = lines[i].text
        if text[:1] in "—–-" and (name := names.name(text.lstrip("—–- "))):
            draft.reasons[i] = "byline"
            draft.credits[i] = credit.Credit(byline=name, reason="byline")


def _signs(lines: Sequence[Line], draft: Draft, at: int) -> bool:
    """Whether the last line is the name of who wrote a wire's story. Tags stand there too, but name whom it names."""
    if any(said.byline or said.likely for i, said in draft.credits.items() if draft.reasons[i]):
        return False
    wired = draft.dateline is not None and draft.dateline.agency is not None
    text = lines[at].text
    return wired and names.name(text) is not None and is_prose(lines[at - 1].text) and not _is_named(text, lines[:at])


def _is_named(name: str, above: Sequence[Line]) -> bool:
    """Whether a word of a name stands in the text above it."""
    words = [w for w in name.split() if len(w) > 2]
    return any(w in line.text for line in above for w in words)


def _is_dated(draft: Draft, at: int) -> bool:
    said = draft.credits.get(at)
    return said is not None and bool(said.published or said.updated)


def _is_town(text: str, lines: Sequence[Line], draft: Draft, first: int) -> bool:
    """Whether the one word between date and text is where the story was written: it is no topic of the title, and the
    text never uses it as a common word."""
    topic = draft.title is not None and text.casefold() in lines[draft.title].text.casefold()
    return " " not in text and _is_place(text) and not topic and not is_told(text, lines[first:])


def _is_place(text: str) -> bool:
    """Whether a short line between a name and a date can be where the story was written; beside one of them stand
    topics as well."""
    words = text.split()
    fits = len(words) <= 2 and all(_TOWN.fullmatch(w) for w in words) and not names.is_section(text)
    return fits and not names.is_kind_of_text(text) and not phrases.reason(text)


_TOWN = re.compile(r"[^\W\d_a-z][^\W\d_A-Z][\w’'-]+")


def _mark_clocks(lines: Sequence[Line], draft: Draft, first: int) -> None:
    """Give a date the time that stands on a line of its own below it."""
    for i in range(max(1, first - REACH), first):
        above = draft.credits.get(i - 1)
        if above is None or not above.published or len(above.published) > len("2031-05-03") or i in draft.credits:
            continue
        if at := dates.clock(lines[i].text[:30]):
            draft.credits[i - 1] = replace(above, published=f"{above.published}T{at}")
            draft.credits[i] = credit.Credit(published=draft.credits[i - 1].published)
            draft.reasons[i] = draft.credits[i].reason


_JOINT = {",": ", ", "and": " and ", "&": " & ", "et": " et ", "und": " und ", "y": " y "}


def _join_names(lines: Sequence[Line], draft: Draft, below: Sequence[int]) -> None:
    """Names on lines of their own with nothing between them but a comma or an "and", as links in a byline become."""
    for at in below:
        joint = _JOINT.get(lines[at].text.strip().casefold())
        above = draft.credits.get(at - 1)
        first = above.byline if above else names.name(lines[at - 1].text)
        second = names.name(lines[at + 1].text) if at + 1 < len(lines) else None
        if joint and first and second:
            whole = credit.Credit(byline=f"{first}{joint}{second}", reason="byline")
            for i in (at - 1, at, at + 1):
                draft.credits[i], draft.reasons[i] = whole, whole.reason


def _block(draft: Draft, at: int) -> Iterator[int]:
    """The credit lines that stand without a gap above and below a line."""
    for step in (-1, 1):
        beside = at + step
        while beside in draft.credits:
            yield beside
            beside += step


def _between_credits(lines: Sequence[Line], draft: Draft, at: int) -> bool:
    """Whether a line stands between a name in capitals, which is not known for one yet, and a date."""
    below = draft.credits.get(at + 1)
    above = lines[at - 1].text if at and at - 1 not in draft.credits and at - 1 != draft.title else ""
    dated = below is not None and bool(below.published or below.updated)
    return dated and above.isupper() and credit.reporters(above) is not None


def _mark_name(lines: Sequence[Line], draft: Draft, at: int, first: int, *, beside: bool) -> None:
    """A line below the title that names a person, or people and their place, or a place alone. beside: it stands in one
    block with a line that says who, when or through which agency."""
    found = _name(lines[at].text, draft, at, first, beside=beside)
    if found is None and draft.reasons[at] in RULED_OUT:
        found = _place(lines, draft, at, first, beside=beside)
    if found is not None:
        draft.credits[at] = found
        draft.reasons[at] = found.reason


def _name(text: str, draft: Draft, at: int, first: int, *, beside: bool) -> credit.Credit | None:
    if (signature.is_crew(text) and signature.is_nobody(text)) or (
        labels.FROM.match(text) and len(text) < _LONGEST_FROM
    ):
        return credit.Credit(reason="byline")
    if text.startswith("From ") and (beside or at == first - 1):  # as Nigerian papers sign
        signed = text.removeprefix("From ")
        return credit.of_town(signed) or (credit.Credit(byline=signed, reason="byline") if names.name(signed) else None)
    if (bio := _BIO.fullmatch(text)) and any(said.byline == bio["name"] for said in draft.credits.values()):
        return credit.Credit(reason="byline")
    if name := names.name(text):
        return credit.Credit(byline=name, reason="byline")
    joined = at == first - 1 and " and " in text
    if (beside or joined) and (found := credit.reporters(text, beside=draft.reasons[at] in RULED_OUT)):
        return found
    if at == first - 1 or at - 1 == draft.title:
        return credit.officer(text) or (credit.of_town(text) if at == first - 1 else None)
    return None


def _place(lines: Sequence[Line], draft: Draft, at: int, first: int, *, beside: bool) -> credit.Credit | None:
    text = lines[at].text
    if (at == first - 1 or beside) and (place := dateline.place_alone(text)):
        return credit.Credit(place=place, reason="dateline")
    if beside and (found := credit.placed(text)):
        return found
    if beside and _LETTERS.fullmatch(text) and agency(text) is None:
        return credit.Credit(outlet=text, reason="outlet")
    if at == first - 1 and beside and text.endswith(":") and _is_place(text[:-1]) and not labels.is_label(text[:-1]):
        return credit.Credit(place=text[:-1], reason="dateline")
    if at == first - 1 and _is_dated(draft, at - 1) and _is_town(text, lines, draft, first):
        return credit.Credit(place=text, reason="dateline")
    amid = _between_credits(lines, draft, at) or (beside and at - 1 in draft.credits and at + 1 in draft.credits)
    if amid and _is_place(text) and not is_told(text, lines[first:]):
        return credit.Credit(place=text, reason="dateline")
    return None
