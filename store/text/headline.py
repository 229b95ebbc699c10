"""The lines around the first paragraph: the title, the standfirst, and the dateline in front of the text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from store.text import credit, dateline, entries, named, names, phrases, signature, standfirst
from store.text.lines import Line
from store.text.prose import SPEAKER, Draft, is_paragraph, is_prose


def mark(lines: Sequence[Line], draft: Draft, first: int, title: str | None) -> None:
    """Title, standfirsts, outlet, bare byline and dateline around the first paragraph."""
    draft.title = _title(lines, draft, first, title)
    if draft.title is not None:
        draft.reasons[draft.title] = "title"
    if draft.title is not None or title:
        first = _mark_lead_in(lines, draft, first)
    named.mark(lines, draft, first)
    for i in range(first):
        if not draft.reasons[i] and draft.title is not None and i < draft.title:
            draft.reasons[i] = "before the article"
    _mark_loose_standfirst(lines, draft, first)
    kept = [i for i, reason in enumerate(draft.reasons) if not reason]
    for i in standfirst.repeated([lines[i].text for i in kept]):
        draft.reasons[kept[i]] = "standfirst repeated in the body"
        draft.standfirsts.add(kept[i])
    _mark_dateline(lines, draft)
    named.mark_signature(lines, draft)


_LONGEST_LEAD_IN = 45  # words


def _mark_lead_in(lines: Sequence[Line], draft: Draft, first: int) -> int:
    """Make a first paragraph that is parted from the text by its byline or date the standfirst; where the text begins.

    Only right below the title, or at the top where the title is known from elsewhere: further down a credit line parts
    two reports."""
    top = 0 if draft.title is None else draft.title
    if any(not draft.reasons[i] for i in range(top, first)):
        return first
    if first in draft.credits or len(lines[first].text.split()) > _LONGEST_LEAD_IN:
        return first
    at = first + 1
    while at < min(len(lines), first + _MOST_BETWEEN) and (
        _parts(draft, at, lines[at].text) or (at - 1 in draft.credits and signature.is_place(lines[at].text))
    ):
        at += 1
    if at == first + 1 or at >= len(lines) or draft.reasons[at] or not is_paragraph(lines[at].text):
        return first
    between = [said for i in range(first + 1, at) if (said := draft.credits.get(i)) is not None]
    if not any(named.says_who_or_when(said) or said.reason == "byline" for said in between):
        return first
    draft.reasons[first] = "standfirst"
    draft.standfirsts.add(first)
    return at


_MOST_BETWEEN = 9  # lines between a standfirst and its text: byline, date, role, buttons


def _parts(draft: Draft, at: int, text: str) -> bool:
    """Whether a line is a credit, or a button or label beside one."""
    if at in draft.credits or credit.reporters(text) is not None:
        return True
    return bool(draft.reasons[at]) and not is_prose(text)


_SHORTEST_STANDFIRST = 8  # words
_SHORTEST_ABOVE_CREDIT = 5  # words, of a line that the byline or the date parts from the text


_CALL = re.compile(r"(?:log ?in|sign (?:in|up)|register|subscribe)\b", re.IGNORECASE)


def _mark_loose_standfirst(lines: Sequence[Line], draft: Draft, first: int) -> None:
    """A line of some length between title and first paragraph that is no credit is the standfirst."""
    if draft.title is None:
        return
    for i in range(draft.title + 1, first):
        parted = any(named.says_who_or_when(draft.credits.get(j)) for j in range(i + 1, first))
        shortest = _SHORTEST_ABOVE_CREDIT if parted else _SHORTEST_STANDFIRST
        ended = lines[i].text[-1] not in ",;"  # a verse, or a part of what follows
        calls = _CALL.match(lines[i].text) is not None
        if ended and not calls and draft.reasons[i] in named.RULED_OUT and len(lines[i].text.split()) >= shortest:
            draft.reasons[i] = "standfirst"
            draft.standfirsts.add(i)
            return


def _speakers(lines: Sequence[Line]) -> bool:
    """Whether several lines begin with a name in capitals and a colon: turns of a talk, not a dateline."""
    return len([m for line in lines if (m := SPEAKER.match(line.text)) and m["who"].isupper()]) > 1


def _mark_dateline(lines: Sequence[Line], draft: Draft) -> None:
    """Read the dateline off the first paragraph; its agency's name alone on a line is an agency line."""
    opening = next((i for i, reason in enumerate(draft.reasons) if not reason and is_prose(lines[i].text)), None)
    if opening is None or (found := dateline.read(lines[opening].text)) is None:
        return
    for i, line in enumerate(lines):
        if found.agency and line.text.strip(" ().-–—").casefold() == found.agency.casefold():
            draft.reasons[i] = draft.reasons[i] or "agency line"
    if lines[opening].text[: found.length].rstrip().endswith(":") and _speakers(lines):
        return
    # Taken off only where nothing but dropped lines stands above: elsewhere it opens a second report.
    if all(draft.reasons[:opening]):
        draft.dateline = found


def _title(lines: Sequence[Line], draft: Draft, first: int, known: str | None) -> int | None:
    """The headline above the first paragraph: the known one, or the one that shares most with the text."""
    reach = [i for i in range(max(0, first - named.REACH), first) if not entries.is_mark(lines[i].text)]
    above = [i for i in reach if draft.reasons[i] in named.RULED_OUT and i not in draft.marks]
    if known is not None:
        words = standfirst.words(known)
        return next((i for i in [*above, first] if standfirst.words(lines[i].text) == words), None)
    headlines = [i for i in above if _is_headline(lines[i].text) and not _is_verse(lines, draft, i)]
    asking = {i for i in headlines if _asks(lines[i].text)}
    if asking and sum(_asks(line.text) for line in lines[first:]) >= _OF_AN_INTERVIEW:
        headlines = [i for i in headlines if not (i in asking and _opens_interview(draft, i, first))]
    if not headlines:  # "Breaking news" over the title looks like the heading of a block of links
        headlines = [i for i in reach if draft.reasons[i].startswith("under “") and _is_headline(lines[i].text)]
    if not headlines:
        return _short_title(lines, draft, first)
    opening = f" {' '.join(standfirst.words(lines[first].text[: named.OPENING]))} "
    headlines = [i for i in headlines if not _is_no_title(lines[i].text, opening)] or headlines
    kept = (line.text for line, reason in zip(lines[first:], draft.reasons[first:], strict=True) if not reason)
    asked = frozenset().union(*(standfirst.long_words(lines[i].text) for i in headlines))
    body = [text.casefold() for text in islice(kept, 12)]
    told = {word: sum(1 for text in body if word in text and _says(text, word)) for word in asked}
    best = max(headlines, key=lambda i: (_weight(lines[i].text, told), -i))
    over = best - 1  # a deck may tell more of the story than the title over it
    if over not in headlines or len(lines[over].text.split()) < _SHORTEST_OVER_DECK or _PATH.search(lines[over].text):
        return best
    said = _SAID.fullmatch(lines[over].text) is not None  # somebody's words, over who that is
    return over if said or _weight(lines[over].text, told) > _OF_A_DECK * _weight(lines[best].text, told) else best


_OF_AN_INTERVIEW = 2  # questions below; one right above the text is the first of them
_ASKED = ("?", "؟", "?»", "?“", '?"')


def _is_verse(lines: Sequence[Line], draft: Draft, at: int) -> bool:
    """Whether a line goes on with one that breaks off above it: "a keeper and his wife," "and neither flag nor ..."."""
    return (
        at > 0 and not draft.reasons[at - 1] and lines[at - 1].text.endswith((",", ";")) and lines[at].text[0].islower()
    )


def _asks(text: str) -> bool:
    return text.endswith(_ASKED)


def _opens_interview(draft: Draft, at: int, first: int) -> bool:
    """Whether a question leads to its answer: what is asked by a title has the date or the author below it."""
    return not any(named.says_who_or_when(draft.credits.get(i)) for i in range(at + 1, first))


_OF_A_DECK = 0.3  # share of the weight of the headline below
_SHORTEST_OVER_DECK = 5  # words; sections have fewer
_SAID = re.compile(r"(?:'[^']|‘[^’]|\"[^\"]|“[^”]|«[^»]|»[^«]|„[^“]).+['’\"”»«“]")
_PATH = re.compile(r"^\W*[+*•\d]|\s[|>»/›]\s|[>»›]$")  # of breadcrumbs, and lists of stories
_LETTERHEAD = re.compile(
    r"(?:ministry|department|embassy|consulate|permanent mission|office|government|presidency) of\b"
    r"|(?:press|media|news) (?:release|statement|service|centre|center|office)\b|for immediate release"
    r"|министерство|міністерство|посольство|ministerio de|ministère d|presse-?mitteilung",
    re.IGNORECASE,
)


def _is_no_title(text: str, opening: str) -> bool:
    """Whether a line is the head of a letter, or is how the first paragraph begins: a standfirst."""
    words = standfirst.words(text)
    repeated = len(words) >= _SHORTEST_STANDFIRST and opening.startswith(f" {' '.join(words)} ")
    letterhead = _LETTERHEAD.match(text) is not None and (text.isupper() or len(words) < _SHORTEST_STANDFIRST)
    return repeated or letterhead


def _short_title(lines: Sequence[Line], draft: Draft, first: int) -> int | None:
    """The line of two words right above the first paragraph, or above its credits, that can be a headline."""
    at = first - 1
    while at >= 0 and at in draft.credits:
        at -= 1
    if at < 0 or at in draft.marks or draft.reasons[at] not in named.RULED_OUT or phrases.opens(lines[at].text):
        return None
    text = lines[at].text
    if len(text.split()) != 2 or len(text) > _LONGEST_SHORT_TITLE or not _ends_open(text):
        return None
    # Names of people and sections stand in capitals: "Anna Kovel", "Middle East".
    if names.outlet(text) or names.is_section(text) or not text[:1].isupper():
        return None
    return None if names.name(text) and not named.is_told(text, lines[first:]) else at


_LONGEST_SHORT_TITLE = 60  # characters


def _says(folded: str, word: str) -> bool:
    """Whether a word stands in a text by itself, and not as a part of another."""
    at = folded.find(word)
    while at >= 0:
        end = at + len(word)
        if not (folded[at - 1 : at].isalnum() or folded[end : end + 1].isalnum()):
            return True
        at = folded.find(word, end)
    return False


def _weight(text: str, told: Mapping[str, int]) -> float:
    own = standfirst.long_words(text)
    return sum(min(2, told[w]) for w in own) / (len(own) + 3.0)


def _is_headline(text: str) -> bool:
    return 3 <= len(text.split()) <= 30 and len(text) <= 220 and _ends_open(text)


def _ends_open(text: str) -> bool:
    return text.rstrip("”’\"'»")[-1:] not in ".,;:…"
