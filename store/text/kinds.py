"""Lines that only make sense together: the turns of a talk, the items of a list that a sentence announces, the entries
of a live blog, verse. What the line model thinks of one of them goes for its like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING

from store.text.lines import Line
from store.text.prose import SPEAKER, Draft, is_prose

if TYPE_CHECKING:
    from store.text.measured import Measured

NUMBERED = re.compile(
    r"^(?:(?:Article|Section|Chapter|Art\.|Artikel|Artículo|Статья|Стаття|Madde|§)\s)?"
    r"\(?(?:(?P<number>\d{1,3})|(?P<roman>[IVXLC]{1,6}))[.):]\s+\S"
)
_FEWEST = 3
_LONGEST_LIST = 80  # lines
_LONGEST_ITEM = 160  # characters; longer lines that are not numbered are paragraphs again
_FEWEST_VERSES = 4
_VERSE_WORDS = range(3, 15)
_PAUSES = 0.3  # share of verses that end in a comma or semicolon, which no headline and no label does


_LIKE_ITS_KIND = 3.0  # log odds given to a numbered item, an answer, a verse among others of its kind
_ANNOUNCED = 6.0  # to a list between the sentence that announces it and the next paragraph of the body


def backed(
    lines: Sequence[Line], measured: Sequence[Measured], draft: Draft, weighed: Sequence[float]
) -> dict[int, float]:
    """Lines that others speak for, and how much that says."""
    found = dict.fromkeys(_of_a_kind(lines, draft, weighed), _LIKE_ITS_KIND)
    for group in (*_verses(lines, measured, draft), *_stanzas(lines, measured, draft, weighed)):
        found.update((i, _LIKE_ITS_KIND) for i in group if weighed[i] <= 0)
    for group in _announced(lines, measured, draft, weighed):
        closing = next((i for i in group[_FEWEST:] if _closes(lines[i], measured[i])), group.stop)
        closed = closing < len(lines) and measured[closing].prose and weighed[closing] > _LEAST_CLOSING
        if closed or not lines[group.start].text.endswith(":"):
            more = _ANNOUNCED if closed else _LIKE_ITS_KIND
            found.update((i, more if i < closing else _LIKE_ITS_KIND) for i in group if weighed[i] <= 0)
    return found


_CLOSING_WORDS = 10
_LEAST_CLOSING = -1.5  # log odds


def _closes(line: Line, measured: Measured) -> bool:
    """Whether a line is a paragraph that follows on a list, and no item of it."""
    ended = measured.words >= _CLOSING_WORDS and _STOPPED.search(line.text[-4:]) is not None
    return ended and not NUMBERED.match(line.text) and not _shape(line.text, "")


def _of_a_kind(lines: Sequence[Line], draft: Draft, weighed: Sequence[float]) -> Iterator[int]:
    """Turns of a speaker and items of a numbered series, where half of them are kept anyway."""
    speakers = {i: m["who"] for i, line in enumerate(lines) if ":" in line.text and (m := SPEAKER.match(line.text))}
    turns = Counter(speakers.values())
    spoken = [i for i, who in speakers.items() if turns[who] >= _FEWEST and not draft.reasons[i]]
    items = {i: m for i, line in enumerate(lines) if not draft.reasons[i] and (m := NUMBERED.match(line.text))}
    numbered = [i for i, item in items.items() if item["number"]]
    entries = [i + 1 for i in sorted(draft.marks) if i + 1 not in draft.marks]
    for group in (spoken, numbered, [i for i, item in items.items() if item["roman"]], entries):
        kept = sum(weighed[i] > 0 for i in group)
        if kept >= _FEWEST and 2 * kept >= len(group):
            yield from group


def _announced(
    lines: Sequence[Line], measured: Sequence[Measured], draft: Draft, weighed: Sequence[float]
) -> Iterator[range]:
    """What stands under a sentence that ends in a colon, up to the next paragraph; with the sentence where it is
    doubtful itself."""
    for i, line in enumerate(lines):
        if line.text.endswith(":") and measured[i].prose and not draft.reasons[i] and not measured[i].opener:
            end = i + 1
            while end < min(len(lines), i + 1 + _LONGEST_LIST) and _is_item(
                lines[end], measured[end], draft.reasons[end]
            ):
                end += 1
            if end - i > 2:
                yield range(i + (weighed[i] > 0), end)


def _is_item(line: Line, measured: Measured, reason: str) -> bool:
    paragraph = len(line.text) > _LONGEST_ITEM and not NUMBERED.match(line.text)
    return not (reason or measured.opener or paragraph)


def _verses(lines: Sequence[Line], measured: Sequence[Measured], draft: Draft) -> Iterator[range]:
    start = 0
    for i in range(len(lines) + 1):
        if i < len(lines) and not draft.reasons[i] and measured[i].words in _VERSE_WORDS:
            continue
        if i - start >= _FEWEST_VERSES:
            run = [line.text for line in lines[start:i]]
            pauses = sum(text[-1] in ",;،" for text in run)
            ends = sum(text[-1] in ",;:.!?—–،؟…" for text in run)
            if pauses >= _PAUSES * len(run) and 2 * ends > len(run):
                yield range(start, i)
        start = i + 1


_STANZAS = 8  # verses without any stops, as songs are printed; menus are no longer, headlines not so even
_STANZA_WORDS = range(4, 13)
_UNEVEN = 0.3  # deviation of the verses' lengths, as a share of their mean


def _stanzas(
    lines: Sequence[Line], measured: Sequence[Measured], draft: Draft, weighed: Sequence[float]
) -> Iterator[range]:
    """Runs of lines of much the same length that end anyhow, half of which are kept."""
    start = 0
    for i in range(len(lines) + 1):
        if i < len(lines) and not draft.reasons[i] and measured[i].words in _STANZA_WORDS:
            continue
        if i - start >= _STANZAS and 2 * sum(w > 0 for w in weighed[start:i]) >= i - start:
            lengths = [len(line.text) for line in lines[start:i]]
            if _spread(lengths) < _UNEVEN * sum(lengths):
                yield range(start, i)
        start = i + 1


def _spread(lengths: Sequence[int]) -> float:
    """Their standard deviation times their number; `statistics` works it out in fractions, which is slow."""
    return sqrt(len(lengths) * sum(length * length for length in lengths) - sum(lengths) ** 2)


_GREETING = re.compile(
    r"(?:Good (?:morning|afternoon|evening|day)|Bonjour|Bonsoir|Guten (?:Morgen|Tag|Abend)"
    r"|Buen[oa]s (?:días|tardes|noches)|Добрый (?:день|вечер)|Доброе утро|Добрий (?:день|вечір)|Доброго ранку"
    r"|İyi (?:günler|akşamlar)|Günaydın|صباح الخير|مساء الخير)(?:,? [^.!?]{1,40})?[.!]"
)
_LONGEST_ADDRESS = 8  # words
_BEGUN = (",", ";", ":")


def leading(lines: Sequence[Line], draft: Draft, measured: Sequence[Measured], kept: Sequence[bool]) -> Iterator[int]:
    """Lines that lead over to the body: "Excellencies,", "Desiring to settle ...,", "have agreed as follows:" over the
    first article, the sentence over a live blog's first entry."""
    for i in sorted(draft.marks):
        above = i - 1
        if kept[i] and above >= 0 and not draft.reasons[above] and lines[above].text.endswith(":"):
            yield above
    first = kept.index(True) if any(kept) else 0
    entries = first in draft.marks
    for i in range(first - 1, -1, -1):
        text = lines[i].text
        address = text.endswith(",") and len(text.split()) <= _LONGEST_ADDRESS
        begun = text.endswith(_BEGUN) and (entries or lines[i + 1].text.endswith(_BEGUN))
        opening = entries and i == first - 1 and measured[i].prose
        greeting = _GREETING.fullmatch(text) is not None
        if draft.reasons[i] or measured[i].opener or not (address or begun or opening or greeting):
            return
        yield i


_SHORT = 60  # lines; the line model was trained on whole pages and knows little of shorter texts
_LEAST_SENTENCE = -3.2  # log odds of a sentence that follows on the body
_LEAST_OPENING = -1.5  # of a paragraph right above it
_LEAST_ROW = -3.5  # of a line among others of one shape
_SHORTEST_OPENING = 8  # words
_SENTENCE = re.compile(r"""[.!?…。؟۔;]["”’'»“)\]]{0,3}$""")
_SPOKEN = re.compile(r"^(?P<who>[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){0,3})(?: \([^()]{1,40}\))?\s?:\s+\S")
_SIGNED = re.compile(r"(?:For|Pour|Por|Für|За|Від) [^:]{2,60}: \S")
_SHAPES = (
    ("number", re.compile(r"\(?\d{1,3}[.)]\s+\S")),
    ("letter", re.compile(r"\(?[^\W\d_A-ZА-Я][.)]\s+\S")),
    ("roman", re.compile(r"\([ivx]{1,5}\)\s+\S")),
    ("bullet", re.compile(r"[•·▪‣◦*–—-]\s+\S")),
)
# Between two lines of a body they are asides; what follows on them still follows on the body.
_ASIDES = frozenset(("advertisement", "related headline", "share prompt"))
_OWN_LINK = re.compile(r"[^\W\d_][^:.!?]{3,30}\s?: \S")


def is_short(lines: Sequence[Line]) -> bool:
    return len(lines) <= _SHORT


def going_on(
    lines: Sequence[Line],
    draft: Draft,
    weighed: Sequence[float],
    kept: Sequence[bool],
    elsewhere: Collection[int],
) -> set[int]:
    """Lines of a short text that go on with its kept body: sentences that follow on it, the paragraph right above it,
    rows of one shape beside it, entries under a time or a number like kept ones. elsewhere are lines that belong to
    something else on the page: links under a heading, captions."""
    found = {i for i, keep in enumerate(kept) if keep}
    if not found:
        return found
    reports = _reports(lines)
    rows: dict[int, Sequence[int]] = {**_rows(lines)}
    entries = [i + 1 for i in draft.marks if i + 1 not in draft.marks]
    rows.update(dict.fromkeys(entries, entries))
    sections = _sections(lines, draft, found)
    rows.update(dict.fromkeys(sections, sections))

    def row(i: int, beside: int) -> bool:
        near = beside in found or any(j in found for j in rows.get(i, ()))
        return near and i in rows and weighed[i] > _LEAST_ROW

    for i in range(min(found) + 1, len(lines)):
        if not draft.reasons[i] and i not in elsewhere and i not in found:
            above = _above(lines, draft, i, found)
            ended = _SENTENCE.search(lines[i].text[-5:]) or (lines[i].text.endswith(":") and i + 1 in rows)
            follows = above in found or i in reports
            if (follows and ended and weighed[i] > _LEAST_SENTENCE) or row(i, i - 1):
                found.add(i)
    for i in range(max(found) - 1, -1, -1):
        if not draft.reasons[i] and i not in elsewhere and i not in found:
            below = next((j for j in range(i + 1, len(lines)) if draft.reasons[j] not in _ASIDES), -1)
            if row(i, i + 1) or (below in found and weighed[i] > _LEAST_OPENING and _opens(lines[i].text)):
                found.add(i)
    return found


_LONGEST_SECTION = 5  # words


def _sections(lines: Sequence[Line], draft: Draft, found: set[int]) -> list[int]:
    """The headings in capitals, where two of the body are such: "IN BRIEF", "WHAT TO WATCH"."""
    upper = [i for i, line in enumerate(lines) if line.text.isupper() and not draft.reasons[i]]
    upper = [i for i in upper if len(lines[i].text.split()) <= _LONGEST_SECTION]
    return upper if len(found.intersection(upper)) > 1 else []


def _reports(lines: Sequence[Line]) -> list[int]:
    """Paragraphs that each begin with a place, or a speaker, in capitals and a colon, whatever stands above them."""
    heads = [_speaker(line.text) for line in lines]
    found = [i for i, who in enumerate(heads) if who.isupper() and is_prose(lines[i].text)]
    return found if len(found) >= _FEWEST else []


def _speaker(text: str) -> str:
    match = _SPOKEN.match(text) if ":" in text else None
    return match["who"] if match else ""


def _opens(text: str) -> bool:
    return len(text.split()) >= _SHORTEST_OPENING and _SENTENCE.search(text[-5:]) is not None


def _above(lines: Sequence[Line], draft: Draft, at: int, found: set[int]) -> int:
    """The line above at that it can follow on, links to other stories left out."""
    i = at - 1
    while i >= 0 and i not in found and (draft.reasons[i] in _ASIDES or (not draft.reasons[i] and is_link(lines[i]))):
        i -= 1
    return i


def links(lines: Sequence[Line]) -> set[int]:
    """The lines that look like links to other stories; several in a row with labels of their own are a list."""
    found = [i for i, line in enumerate(lines) if is_link(line)]
    out: set[int] = set()
    for at, i in enumerate(found):
        near = [j for j in found[max(0, at - 2) : at + 3] if abs(j - i) <= 2]
        labels = {lines[j].text.split(":", 1)[0] for j in near}
        if len(near) < _FEWEST or len(labels) < len(near):
            out.add(i)
    return out


def is_link(line: Line) -> bool:
    """Whether a line is a label and a headline: "Read also: Ferries sail again"."""
    text = line.text
    return ": " in text and _OWN_LINK.match(text) is not None and not (is_prose(text) or _own_shape(text))


def _rows(lines: Sequence[Line]) -> dict[int, range]:
    """For each line the run of lines of its shape in which it stands; runs have three lines, signatures two."""
    spoken = [_speaker(line.text) for line in lines]
    turns = Counter(spoken)
    shapes = [_shape(line.text, who if turns[who] > 1 else "") for line, who in zip(lines, spoken, strict=True)]
    rows, start = {}, 0
    for end in range(1, len(lines) + 1):
        if end == len(lines) or shapes[end] != shapes[start]:
            if shapes[start] and end - start >= (2 if shapes[start] == "signed" else _FEWEST):
                rows.update(dict.fromkeys(range(start, end), range(start, end)))
            start = end
    return rows


def _shape(text: str, speaker: str) -> str:
    return "turn" if speaker and not _SIGNED.match(text) else _own_shape(text)


@lru_cache(maxsize=2048)  # each pass asks again
def _own_shape(text: str) -> str:
    if _SIGNED.match(text):
        return "signed"
    if cells := text.count("\t") or (text.count("|") if text.count("|") > 1 else 0):
        return f"{cells} cells"
    return next((name for name, pattern in _SHAPES if pattern.match(text)), "")


_STOPPED = re.compile(r"""[.!?…]["”’'»)\]]{0,2}$""")
_CLAUSE = re.compile(r"\(?[cс]\) ", re.IGNORECASE)
_CLAUSE_ABOVE = re.compile(r"\(?[bб]\) ", re.IGNORECASE)


def clauses(lines: Sequence[Line]) -> list[int]:
    """Third clauses, "(c) to meet again", that are no copyright lines."""
    may = [i for i in range(1, len(lines)) if lines[i].text[0] in "(cCсС"]
    return [i for i in may if _CLAUSE.match(lines[i].text) and _CLAUSE_ABOVE.match(lines[i - 1].text)]


_DONE = re.compile(r"(?:Done|Signed) (?:at|in) [A-Z]|Fait à |Hecho en |Geschehen zu |Совершено в |Вчинено в ")


_FOR = re.compile(r"(?:For|Pour|Por|Für|За|Від) ")
_MOST_SIGNATURES = 12  # lines
_SIGNATURE_WORDS = 9


def done_at(lines: Sequence[Line], reasons: Sequence[str]) -> list[int]:
    """Where and when a treaty was signed, said at its end, and who signed below it."""
    found: list[int] = []
    for i in range(3, len(lines)):
        if _DONE.match(lines[i].text):
            found.append(i)
            found.extend(_signatures(lines, reasons, i + 1))
    return found


def _signatures(lines: Sequence[Line], reasons: Sequence[str], start: int) -> range:
    """ "For the Government of Kestria", with a name behind it or on the line below, and so on."""
    stop = i = start
    while i < min(len(lines), start + _MOST_SIGNATURES) and len(lines[i].text.split()) <= _SIGNATURE_WORDS:
        if _FOR.match(lines[i].text):
            stop = i + 1
            if ":" not in lines[i].text and stop < len(lines) and not reasons[stop]:
                stop += 1
        i += 1
    return range(start, stop)
