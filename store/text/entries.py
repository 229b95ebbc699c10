"""Lines that head a part of a text and go with what stands below them: the times of a live blog, the days of a
chronicle, the numbers of articles, and the items of a numbered list that name a day."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from store.text import credit
from store.text.lines import Line
from store.text.prose import Draft, is_prose

_MARK = re.compile(
    r"(?:posted at )?(?:[01]?\d|2[0-3])[:.h][0-5]\d(?: ?(?:[ap]\.?m\.?|[A-Z]{2,4}))?"
    r"|(?:article|section|chapter|artikel|artículo|статья|стаття|madde|المادة|§)\s?\(?(?:\d{1,3}|[IVXLC]{1,6})\)?\.?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,2})\D(\d\d)")
_LONGEST_MARK = 24  # characters
_FEWEST = 3
_MANY = 6  # times
_SENTENCE_END = '.!?…。”"'


def is_mark(text: str) -> bool:
    """Whether a line can head an entry of a live blog, or an article of a treaty."""
    return len(text) <= _LONGEST_MARK and _MARK.fullmatch(text) is not None


def marks(lines: Sequence[Line], draft: Draft, *, short: bool = False) -> list[int]:
    """Lines that are nothing but the time of a live blog's entry or the number of an article, over a text of their own,
    and the heading between the two: they go with the line below. A single time says when a page was made; times over
    headlines alone are other stories'."""
    named = {i for i, line in enumerate(lines) if is_mark(line.text)}
    if not run_on([lines[i].text for i in sorted(named)]):
        return []
    times = {i for i in named if _is_time(lines[i].text)}
    in_order = len(times) > _FEWEST
    found: set[int] = set()
    headed: set[int] = set()
    for i in sorted(named, reverse=True):
        if _is_text(lines, draft, i + 1) or i + 1 in found:
            found.add(i)
        elif i + 2 < len(lines) and not draft.reasons[i + 1] and (_is_text(lines, draft, i + 2) or i + 2 in found):
            headed.update((i, i + 1))
            if i + 2 in found or short or in_order:
                found.update((i, i + 1))
    if len(found & named) >= _FEWEST or (len(times) >= _FEWEST and len(found & times) > 1):
        brief = {i for i in named if i + 1 < len(lines) and _is_brief(lines[i + 1], draft.reasons[i + 1])}
        return sorted(found | headed | brief | _signed(lines, draft, times - found))
    articles = found - times - {i + 1 for i in times}
    return sorted(articles) if short and len(articles) > 1 else []


_MOST_BETWEEN = 4  # lines between a time and its entry: a rubric, a headline, who wrote it and what they are
_OF_A_WRITER = ("", "byline", "credit")


def _signed(lines: Sequence[Line], draft: Draft, times: set[int]) -> set[int]:
    """times and what stands between each and its entry, where that is not next to it."""
    found: set[int] = set()
    for i in times:
        for below in range(i + 1, min(len(lines), i + 2 + _MOST_BETWEEN)):
            if _is_text(lines, draft, below):
                found.update(range(i, below))
                break
            if draft.reasons[below] not in _OF_A_WRITER:
                break
    return found


def heading(texts: Sequence[str], kept: Sequence[bool]) -> list[int]:
    """The times of a live blog among texts of which it is known what is kept: each goes with what is below it."""
    times = [i for i, text in enumerate(texts) if is_mark(text) and _is_time(text)]
    found = [i for i in times if any(kept[i + 1 : i + 3])]
    return found if len(found) >= _FEWEST and run_on([texts[i] for i in found]) else []


def run_on(texts: Sequence[str]) -> bool:
    """Whether the times among marks go one way, many of them round midnight once: those of teasers come as they
    come."""
    told = [60 * int(m[1]) + int(m[2]) for text in texts if _is_time(text) and (m := _CLOCK.search(text))]
    later = sum(here <= below for here, below in pairwise(told))
    sooner = sum(here >= below for here, below in pairwise(told))
    return max(later, sooner) >= len(told) - (1 if len(told) < _MANY else 2)


def _is_time(text: str) -> bool:
    return text[0].isdigit() or text[:6].casefold() == "posted"


def _is_text(lines: Sequence[Line], draft: Draft, at: int) -> bool:
    return at < len(lines) and not draft.reasons[at] and is_prose(lines[at].text)


def _is_brief(line: Line, reason: str) -> bool:
    """Whether a line can be an entry among others, though it is too short for a sentence elsewhere."""
    return not reason and " " in line.text and line.text[-1] in _SENTENCE_END


def days(lines: Sequence[Line], draft: Draft) -> list[int]:
    """The lines of a chronicle that date its entries: bare dates between sentences, in order. None is the story's."""
    found: list[tuple[int, tuple[int, ...]]] = []
    for i in range(1, len(lines) - 1):
        said = draft.credits.get(i)
        if said and (day := _only_day(said)):
            around = (lines[i - 1].text[-1:], lines[i + 1].text[-1:])
            if all(end in _SENTENCE_END for end in around) and not {i - 1, i + 1} & draft.credits.keys():
                found.append((i, day))
    told = [day for _, day in found]
    return [i for i, _ in found] if len(found) >= _FEWEST and _in_order(told) else []


def _only_day(said: credit.Credit) -> tuple[int, ...]:
    """The day of a line that says nothing else, as numbers from the largest unit; without a year only where none is
    given."""
    if said.published and said == credit.Credit(published=said.published):
        return tuple(int(part) for part in re.findall(r"\d+", said.published)[:3])
    half = said.partial
    if half and half.month and half.day and said == credit.Credit(partial=half):
        return (half.month, half.day)
    return ()


def _in_order(told: Sequence[tuple[int, ...]]) -> bool:
    once = sorted(set(told))
    return len({len(day) for day in told}) == 1 and (list(told) == once or list(told) == once[::-1])


_ITEM = re.compile(r"\(?(\d{1,3})[.)]\s+[^\W\d_]")


def listed(lines: Sequence[Line], credits_: Collection[int]) -> list[int]:
    """Those of credits_ that are items of a numbered list, and only look like credit lines for the day of a birth in
    them: their numbers go on by one."""
    numbers = [int(m[1]) if (m := _ITEM.match(line.text)) else 0 for line in lines] if credits_ else []
    found: list[int] = []
    start = 0
    for end in range(1, len(numbers) + 1):
        if end < len(numbers) and numbers[end] == numbers[end - 1] + 1 > 1:
            continue
        if end - start >= _FEWEST and numbers[start]:
            found.extend(i for i in range(start, end) if i in credits_)
        start = end
    return found
