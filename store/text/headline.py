"""The lines around the first paragraph: which is the title, which the standfirst, which name an outlet or a person,
and the dateline in front of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from store.text import credit, dateline, phrases, standfirst
from store.text.lines import Line
from store.text.prose import SPEAKER, Draft, is_prose


def mark(lines: Sequence[Line], draft: Draft, first: int, title: str | None) -> None:
    """Title, standfirsts, outlet, bare byline and dateline around the first paragraph."""
    draft.title = _title(lines, draft, first, title)
    if draft.title is not None:
        draft.reasons[draft.title] = "title"
    _mark_names(lines, draft, first)
    for i in range(first):
        if not draft.reasons[i] and draft.title is not None and i < draft.title:
            draft.reasons[i] = "before the article"
    _mark_loose_standfirst(lines, draft, first)
    kept = [i for i, reason in enumerate(draft.reasons) if not reason]
    for i in standfirst.repeated([lines[i].text for i in kept]):
        draft.reasons[kept[i]] = "standfirst repeated in the body"
        draft.standfirsts.add(kept[i])
    _mark_dateline(lines, draft)


_SHORTEST_STANDFIRST = 8  # words


def _mark_loose_standfirst(lines: Sequence[Line], draft: Draft, first: int) -> None:
    """A line of some length between title and first paragraph that is no credit is the standfirst."""
    if draft.title is None:
        return
    for i in range(draft.title + 1, first):
        if draft.reasons[i] in _RULED_OUT and len(lines[i].text.split()) >= _SHORTEST_STANDFIRST:
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


_TITLE_REACH = 60  # lines above the first paragraph that are searched
_RULED_OUT = ("before the article", "", "related headline", "label between paragraphs", "after the article")


def _title(lines: Sequence[Line], draft: Draft, first: int, known: str | None) -> int | None:
    """The headline above the first paragraph: the known one, or the one that shares most with the text."""
    above = [i for i in range(max(0, first - _TITLE_REACH), first) if draft.reasons[i] in _RULED_OUT]
    if known is not None:
        words = standfirst.words(known)
        return next((i for i in [*above, first] if standfirst.words(lines[i].text) == words), None)
    headlines = [i for i in above if _is_headline(lines[i].text)]
    if not headlines:
        return _short_title(lines, draft, first)
    kept = (line.text for line, reason in zip(lines[first:], draft.reasons[first:], strict=True) if not reason)
    told = Counter(w for text, _ in zip(kept, range(12), strict=False) for w in standfirst.long_words(text))
    return max(headlines, key=lambda i: (_weight(lines[i].text, told), -i))


def _short_title(lines: Sequence[Line], draft: Draft, first: int) -> int | None:
    """The line of two words right above the first paragraph, or above its credits, that can be a headline."""
    at = first - 1
    while at >= 0 and at in draft.credits:
        at -= 1
    if at < 0 or draft.reasons[at] not in _RULED_OUT or phrases.opens(lines[at].text):
        return None
    text = lines[at].text
    if len(text.split()) != 2 or len(text) > _LONGEST_SHORT_TITLE or not _ends_open(text):
        return None
    # Names of people and sections stand in capitals: "Anna Kovel", "Middle East".
    return None if credit.outlet(text) or credit.name(text) or not text[:1].isupper() else at


_LONGEST_SHORT_TITLE = 60  # characters


def _weight(text: str, told: Counter[str]) -> float:
    own = standfirst.long_words(text)
    return sum(min(2, told[w]) for w in own) / (len(own) + 3.0)


def _is_headline(text: str) -> bool:
    return 3 <= len(text.split()) <= 30 and len(text) <= 220 and _ends_open(text)


def _ends_open(text: str) -> bool:
    return text.rstrip("”’\"'»")[-1:] not in ".,;:…"


_OWN_STORY = re.compile(r"\bthe ([^\W\d_a-z]\w+) (?:story|report|dispatch|copy|item)\b")  # a wire on its own copy


def _mark_names(lines: Sequence[Line], draft: Draft, first: int) -> None:
    """Lines above the first paragraph that are nothing but an outlet's name or, below the title, a person's."""
    own = {m[1] for line in lines[first : first + 3] for m in _OWN_STORY.finditer(line.text[:2000])}
    for i in range(max(0, first - _TITLE_REACH), first):
        if i == draft.title or i in draft.credits:
            continue
        text = lines[i].text
        if outlet := credit.outlet(text):
            draft.reasons[i] = "outlet"
            draft.credits[i] = credit.Credit(outlet=outlet, reason="outlet")
        elif text in own:
            draft.reasons[i] = "agency line"
            draft.credits[i] = credit.Credit(agency=text, reason="agency line")
        elif draft.title is not None and i > draft.title and (name := credit.name(text)):
            draft.reasons[i] = "byline"
            draft.credits[i] = credit.Credit(byline=name, reason="byline")
