"""One pass over a text's lines: what each says by itself, what the line model thinks of it, and which line is title,
standfirst, credit or dateline. Returns verdicts, changes nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice
from math import ceil
from typing import TYPE_CHECKING

from store.text import apparatus, asides, credit, endings, entries, headline, kinds, notes, tables
from store.text.doubt import doubted
from store.text.islands import islands
from store.text.lines import Line
from store.text.prose import TERMINAL, Draft, is_paragraph, is_prose
from store.text.together import Asking, Question

if TYPE_CHECKING:
    from store.text.measured import Measured

# Log odds; the model was trained to weigh a lost word like a kept one too many, but the reader does not. On unseen
# articles and English papers 1.65 instead of 1.5 gains 0.001 of recall and costs nothing of F1 in a container, 1.8
# gains no more and costs 0.001 to 0.002.
_BENEFIT_OF_DOUBT = 1.65
_TRUSTED = 2.0
_CHANGE_COSTS = 0.1  # for each change between body and furniture: bodies are long runs
_OVERRULES_RULE = 5.0  # only a model this sure keeps a line that says itself that it is furniture
_OPENER = 2.0  # taken from a heading such as "Read next"
_UNDER_OPENER = 1.35  # taken from what stands under it and is no sentence
_TIMED_UNDER_OPENER = 2.5  # and from what stands there under a time
_SENTENCE_UNDER_OPENER = 0.4  # more would lose the paragraphs that go on after a block of links
_LONE_HEADLINE = 5.0  # taken from a headline standing alone between a news story's paragraphs
_LONE_RUBRIC = 8.0  # the same, where it begins "Opinion:" or "Watch:"
_ASIDE = 4.7  # taken from a caption, a pull quote, a headline in capitals
_LISTED = 6.0  # from a line of a list of contents
_NOTE = 7.2  # taken from a post, a line about the author, an appeal to the reader
# A text unlike any page in the training data has low odds throughout, and its body is what has the least low ones.
_SURE = 1.5  # log odds that the likeliest lines of a page reach; what they are short of is given to every line
_MOST_GIVEN = 3.0
_LIKELIEST = 5  # lines; of whole pages a tenth of the lines is more than many an article has


class Judge:
    """Judges the same lines pass after pass, and measures each only once. title is the title if it is known; trusted
    says that somebody has taken the article out of its page already, and much speaks for every line."""

    def __init__(self, title: str | None, *, trusted: bool = False) -> None:
        self._title = title
        self._trusted = trusted
        self._doubt = _TRUSTED if trusted else _BENEFIT_OF_DOUBT
        self._measured: dict[str, Measured] = {}
        self._short: bool | None = None  # as it was when nothing had been dropped

    def pass_over(self, lines: Sequence[Line]) -> Asking[Draft]:
        self._short = kinds.is_short(lines) if self._short is None else self._short
        measured = self._measure(lines)
        draft = Draft([m.furniture for m in measured])
        for i, line in enumerate(measured):
            if (found := line.credit) is not None:
                draft.credits[i] = found
                draft.reasons[i] = draft.reasons[i] if draft.reasons[i] not in ("", "credit") else found.reason
        for i in entries.listed(lines, draft.credits):
            del draft.credits[i]
            draft.reasons[i] = ""
        for i in entries.days(lines, draft):
            draft.credits[i] = credit.Credit()
            draft.marks.add(i)
        odds = yield Question(measured, [line.gap for line in lines])
        weighed = [own + self._doubt + more for own, more in zip(odds, _lifts(lines, odds), strict=True)]
        _mark_body(lines, measured, draft, weighed, short=self._short, trusted=self._trusted)
        first = next((i for i, r in enumerate(draft.reasons) if not r and is_paragraph(lines[i].text)), None)
        if first is not None:
            headline.mark(lines, draft, first, self._title)
        return draft

    def _measure(self, lines: Sequence[Line]) -> list[Measured]:
        from store.text.measured import measure

        known = self._measured
        for line in lines:
            if line.text not in known:
                known[line.text] = measure(line.text)
        return [known[line.text] for line in lines]


def _lifts(lines: Sequence[Line], odds: Sequence[float]) -> list[float]:
    """What each line is given in a text of low odds throughout; a link to another story is not what it is short of."""
    likeliest = sorted(odds, reverse=True)[:_LIKELIEST]
    lift = min(_MOST_GIVEN, max(0.0, _SURE - sum(likeliest) / max(1, len(likeliest))))
    links = kinds.links(lines) if lift else ()
    return [0.0 if i in links else lift for i in range(len(lines))]


def _mark_body(
    lines: Sequence[Line],
    measured: Sequence[Measured],
    draft: Draft,
    odds: Sequence[float],
    *,
    short: bool,
    trusted: bool,
) -> None:
    """Give a reason to every line that is rather not body, by its odds with the doubt already in them."""
    draft.marks.update(entries.marks(lines, draft, short=short))
    opener = _openers(lines, measured, draft)
    marks = sorted(draft.marks)
    cells = tables.cells(lines)
    alike = tables.alike(lines, draft.reasons)
    signed = kinds.done_at(lines, draft.reasons)
    for i in (*marks, *kinds.clauses(lines), *signed, *(i for table in cells for i in table)):
        draft.reasons[i] = ""
    weighed = []
    for i, own in enumerate(odds):
        weight = own
        if draft.reasons[i]:
            weight = -9.0 if own < _OVERRULES_RULE else own
        elif opener[i]:
            timed = i > 0 and draft.reasons[i - 1] != "" and entries.is_mark(lines[i - 1].text)
            weight -= _TIMED_UNDER_OPENER if timed else _under_opener(measured[i])
        weighed.append(weight)
    for i in _teasers(lines, measured, draft):
        weighed[i] -= _TEASER
    paragraphs = [_is_long_paragraph(line.text) for line in lines]
    lone, capitals = _lone_headlines(lines, draft, paragraphs), asides.in_capitals(lines)
    news = bool(lone or capitals) and _is_news(lines, measured, paragraphs)
    noted = notes.found(lines, [line.note for line in measured])
    aside = asides.found(lines) | dict.fromkeys(capitals if news else (), "related headline")
    for i in lone if news else ():
        weighed[i] -= _LONE_RUBRIC if _RUBRIC.match(lines[i].text) else _LONE_HEADLINE
    for i in aside:
        weighed[i] -= _ASIDE
    for i in noted:
        weighed[i] -= _NOTE
    for i in _sure_captions(lines, measured, aside):
        weighed[i] = min(weighed[i], -_OVERRULES_RULE)
    aside |= noted
    texts, words = [line.text for line in lines], [line.words for line in measured]
    for i in apparatus.contents(texts, [line.prose for line in measured], [line.said[-1:] for line in measured]):
        weighed[i] -= _LISTED
        aside[i] = "list of contents"
    for i, more in kinds.backed(lines, measured, draft, weighed).items():
        weighed[i] += more
    kept = runs(weighed, _CHANGE_COSTS)
    if _too_little(measured, draft, kept):
        kept = [not reason and line.prose for line, reason in zip(measured, draft.reasons, strict=True)]
        outside = [keep and not heading for keep, heading in zip(kept, opener, strict=True)]
        kept = outside if short and any(outside) else kept
    elsewhere = {i for i, heading in enumerate(opener) if heading} | aside.keys() | set(lone if news else ())
    for i in kinds.going_on(lines, draft, weighed, kept, elsewhere) if short else ():
        kept[i] = True
    for i in signed:
        kept[i] = kept[i] or kept[i - 1]
    # A list at the end of a page may be of other stories; one that the text goes on behind is the text's.
    closed = [items for items in alike if items.stop < len(kept) and kept[items.stop]]
    for table in (*cells, *closed):
        if kept[table.start - 1]:
            kept[table.start : table.stop] = [True] * len(table)
    for i in reversed(marks):
        kept[i] = kept[i + 1]
    for i in islands(texts, kept, words=words, weighed=weighed, reasons=draft.reasons):
        kept[i] = not draft.marks.isdisjoint((i - 1, i))
    for i in [] if trusted else doubted(lines, measured, weighed, kept):
        kept[i] = not draft.marks.isdisjoint((i - 1, i)) or (i + 1 in draft.marks and measured[i].prose)
    for i in list(kinds.leading(lines, draft, measured, kept)):
        kept[i] = True
    for i, why in list(apparatus.around(texts, kept, words)):
        kept[i], aside[i] = False, why
    for i, why in list(endings.around(lines, kept)):
        kept[i], aside[i] = False, why
    span = [i for i, keep in enumerate(kept) if keep]
    for i, keep in enumerate(kept):
        if keep:
            draft.reasons[i] = ""
        elif not draft.reasons[i]:
            draft.reasons[i] = aside.get(i) or _why(lines[i].text, i, span, opener[i])


_MOST_CAPTIONS = 0.5  # of the paragraphs; a text of nothing but captions is a story in pictures


def _sure_captions(lines: Sequence[Line], measured: Sequence[Measured], aside: Mapping[int, str]) -> list[int]:
    """The captions that say themselves that they are, among paragraphs that are none."""
    sure = [i for i, why in aside.items() if why == "caption" and asides.surely_caption(lines[i].text)]
    return sure if sure and len(sure) <= _MOST_CAPTIONS * sum(line.prose for line in measured) else []


def _under_opener(line: Measured) -> float:
    if line.opener:
        return _OPENER
    return _SENTENCE_UNDER_OPENER if line.prose else _UNDER_OPENER


_LEAST_KEPT = 0.1  # of the words of sentences; of the development pages one in 250 has so small an article


def _too_little(measured: Sequence[Measured], draft: Draft, kept: Sequence[bool]) -> bool:
    """Whether so little is kept that the model must be at a loss: a text unlike any that it has seen."""
    prose = sum(line.words for line, reason in zip(measured, draft.reasons, strict=True) if not reason and line.prose)
    return sum(line.words for line, keep in zip(measured, kept, strict=True) if keep) < _LEAST_KEPT * prose


def runs(odds: Sequence[float], cost: float) -> list[bool]:
    """The yes-or-no sequence of the highest total odds, each change of answer costing cost (Viterbi, two states)."""
    yes, no = 0.0, 0.0
    from_yes: list[tuple[bool, bool]] = []
    for odd in odds:
        stay_yes, stay_no = yes >= no - cost, no >= yes - cost
        from_yes.append((stay_yes, not stay_no))
        yes, no = (yes if stay_yes else no - cost) + odd, no if stay_no else yes - cost
    answers: list[bool] = []
    state = yes > no
    for after_yes, after_no in reversed(from_yes):
        answers.append(state)
        state = after_yes if state else after_no
    return answers[::-1]


def _openers(lines: Sequence[Line], measured: Sequence[Measured], draft: Draft) -> list[str]:
    """For each line, the heading of the block of links or teasers it stands under, if it stands under one."""
    out, opener = [], ""
    for i, line in enumerate(lines):
        if measured[i].opener:
            opener = line.text
        elif opener and (i in draft.marks or _paragraphs_from(lines, draft, i) >= 3 or _follows_on(measured, draft, i)):
            opener = ""
        out.append(opener)
    return out


_FEWEST_TEASERS = 2
_TEASER = 4.0  # taken from the headline of another story and the sentence below it, among others such


def _teasers(lines: Sequence[Line], measured: Sequence[Measured], draft: Draft) -> list[int]:
    """The headlines below the heading of other stories and the sentences under them, where it is one to each."""
    found: list[int] = []
    for at in (i for i, line in enumerate(measured) if line.opener):
        block: list[int] = []
        i = at + 1
        while i + 1 < len(lines) and _heads(measured[i], draft.reasons[i]) and measured[i + 1].prose:
            block += (i, i + 1)
            i += 2
        found.extend(block if len(block) >= 2 * _FEWEST_TEASERS else ())
    return found


def _heads(measured: Measured, reason: str) -> bool:
    return not (reason or measured.prose or measured.opener) and measured.words >= _SHORTEST_HEADLINE


_SHORTEST_HEADLINE = 3  # words


def _follows_on(measured: Sequence[Measured], draft: Draft, at: int) -> bool:
    """Whether two sentences stand above one another: a teaser is one alone, below its headline."""
    here, above = measured[at], measured[at - 1]
    return here.prose and above.prose and not (draft.reasons[at] or draft.reasons[at - 1] or above.opener)


def _paragraphs_from(lines: Sequence[Line], draft: Draft, start: int) -> int:
    run = 0
    for i in range(start, min(start + 3, len(lines))):
        text = lines[i].text
        if draft.reasons[i] or not _is_long_paragraph(text):
            break
        run += 1
    return run


_SAID = re.compile(
    r"\b(?:said|says|told|according to|announced|сказал\w*|заявил\w*|сообщил\w*|сказав|заявив|повідомив|a déclaré|a dit"
    r"|dijo|sagte|erklärte|dedi|söyledi|قال|قالت|أعلن)\b",
    re.IGNORECASE,
)
_RUBRIC = re.compile(
    r"(?:opinion|analysis|explainer|explained|editorial|watch|video|podcast|in pictures|live)\s?[:|]", re.I
)
_SAID_SHARE = 0.25  # of the paragraphs of a news story, where how-to pages and essays have a tenth
_HEADLINE_WORDS = range(7, 26)  # a news story's subheadings are shorter: of lone lines this long two in three are links
_QUOTES = "\"“”‘’'«»„"
_MOST_HEADLINES = 4  # more of them are the entries of a live blog


def _lone_headlines(lines: Sequence[Line], draft: Draft, paragraphs: Sequence[bool]) -> list[int]:
    """Lines between two paragraphs of a news story that read like the headline of another; somebody's words in
    quotation marks head a part of this one."""
    found = []
    for i in range(1, len(lines) - 1):
        if draft.reasons[i] or not (paragraphs[i - 1] and paragraphs[i + 1]):
            continue
        text = lines[i].text
        quoted = text[:1] in _QUOTES and text[-1:] in _QUOTES
        if not (text[:1].islower() or quoted):
            headline = len(text.split()) in _HEADLINE_WORDS and TERMINAL.search(text[-8:]) is None
            if (headline and not kinds.NUMBERED.match(text)) or (len(text) < 160 and _RUBRIC.match(text)):
                found.append(i)
    return found if len(found) <= _MOST_HEADLINES else []


def _is_news(lines: Sequence[Line], measured: Sequence[Measured], paragraphs: Sequence[bool]) -> bool:
    enough = max(2, ceil(_SAID_SHARE * sum(paragraphs)))
    told = (
        line
        for line, own, is_ in zip(lines, measured, paragraphs, strict=True)
        if is_ and not (line.text.isascii() and _SAID_IN_ASCII.isdisjoint(own.said)) and _tells(line.text)
    )
    return len([*islice(told, enough)]) == enough


_SAID_IN_ASCII = frozenset(("said", "says", "told", "according", "announced", "dit", "dijo", "sagte", "dedi"))


@lru_cache(maxsize=512)  # each pass asks again
def _tells(text: str) -> bool:
    return _SAID.search(text[:3000]) is not None


def _is_long_paragraph(text: str) -> bool:
    return len(text) >= 80 and TERMINAL.search(text[-8:]) is not None


def _why(text: str, at: int, span: Sequence[int], opener: str) -> str:
    if opener:
        return f"after the article: {opener}" if not span or at > span[-1] else f"under “{opener}”"
    if not span or at < span[0]:
        return "before the article"
    if at > span[-1]:
        return "after the article"
    if is_prose(text):
        return "not part of the article"
    return "related headline" if len(text.split()) >= 5 else "label between paragraphs"
