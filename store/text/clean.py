"""A text as passages: every line kept or dropped, in its place, with the reason."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType

from store.model import Kind, Passage
from store.text import credit, dateline, phrases
from store.text.judge import Judge
from store.text.lines import Line, split
from store.text.prose import Draft, is_prose
from store.text.together import Asking, answered

# Dropping a line can show the next one up; bodies come to rest after two or three passes.
_MOST_PASSES = 12
_MOST_PASSES_IF_LONG = 2
_LONG = 1000  # lines
_MOST_JUDGED = 5000  # lines; no page that was measured has 4000, so that what follows is no page and is kept as it is


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The passages of one text and what was read off the lines that say something about it."""

    passages: tuple[Passage, ...]
    title: str | None = None
    standfirst: str | None = None
    credits: tuple[credit.Credit, ...] = ()
    dateline: dateline.Dateline | None = None


NOTHING_KNOWN: Mapping[str, str] = MappingProxyType({})


def clean(
    text: str,
    *,
    title: str | None = None,
    trusted: bool = False,
    known: Mapping[str, str] = NOTHING_KNOWN,
    keep: Collection[str] = (),
) -> Cleaned:
    """What `cleaning` makes of a text alone."""
    return answered([cleaning(text, title=title, trusted=trusted, known=known, keep=keep)])[0]


def cleaning(
    text: str,
    *,
    title: str | None = None,
    trusted: bool = False,
    known: Mapping[str, str] = NOTHING_KNOWN,
    keep: Collection[str] = (),
) -> Asking[Cleaned]:
    """text as passages. title, where it is known from elsewhere, is looked for among the lines; trusted says
    that text is what another extractor took for the article, with little furniture left in it.

    known and keep overrule what the program thinks of lines, by their `line_key`: known says why a line is furniture
    of its outlet, keep holds the lines that the reader wants to read, whatever known says.

    Passes are made until one drops nothing, so that cleaning the kept passages again keeps them all. A text that would
    lose everything keeps everything. Of texts longer than any page only the beginning is judged, in fewer passes; from
    the rest only known lines go."""
    lines = split(text)
    passages: list[tuple[Passage, ...]] = [(Passage(line.text),) for line in lines]
    alive = list(range(min(len(lines), _MOST_JUDGED)))
    found = Cleaned(())
    judge = Judge(title, trusted=trusted)
    for turn in range(_MOST_PASSES if len(alive) < _LONG else _MOST_PASSES_IF_LONG):
        seen = [lines[i] if turn == 0 or lines[i].gap else Line(lines[i].text, gap=True) for i in alive]
        draft = yield from judge.pass_over(seen)
        _overrule(draft, seen, known, keep)
        if all(draft.reasons):
            break
        found = _noted(found, seen, draft)
        kept = _dropped(passages, alive, seen, draft)
        cut = draft.dateline if draft.dateline and _may_cut(lines[kept[0]].text, draft.dateline, keep) else None
        settled = len(kept) == len(alive) and not cut
        if cut:
            _strip(lines, passages, kept[0], cut.length)
        alive = kept
        if settled:
            break
    _drop_known(passages, len(lines), known, keep)
    _name_subheadings(passages, alive)
    return replace(found, passages=tuple(p for group in passages for p in group))


_NUMBER = re.compile(r"\d++(?:[.,]\d++)*+")


def line_key(text: str) -> str:
    """What two lines share that say the same: case, white space and apostrophes folded. In lines that are no sentences
    all numbers are one ("3 comments", "12 comments"); what a sentence says changes with its numbers."""
    folded = " ".join(text.casefold().replace("’", "'").split())
    return folded if is_prose(text) else _NUMBER.sub("0", folded)


def _overrule(draft: Draft, seen: Sequence[Line], known: Mapping[str, str], keep: Collection[str]) -> None:
    """Change draft where somebody knows better. A line that is kept may still be the title."""
    if not known and not keep:
        return
    for at, line in enumerate(seen):
        key = line_key(line.text)
        if key in keep:
            draft.reasons[at] = ""
            draft.standfirsts.discard(at)
        elif key in known and not draft.reasons[at]:
            draft.reasons[at] = known[key]


def _drop_known(
    passages: list[tuple[Passage, ...]], count: int, known: Mapping[str, str], keep: Collection[str]
) -> None:
    """Mark what is known as furniture among the lines that are not judged."""
    for index in range(_MOST_JUDGED, count) if known else ():
        text = passages[index][-1].text
        if (key := line_key(text)) in known and key not in keep:
            passages[index] = (Passage(text, Kind.DROPPED, known[key]),)


def _may_cut(opening: str, found: dateline.Dateline, keep: Collection[str]) -> bool:
    """Whether found still stands at the start of the first line that is left, and the reader does not want it there."""
    return dateline.read(opening) == found and line_key(opening[: found.length].strip()) not in keep


def _dropped(
    passages: list[tuple[Passage, ...]], alive: Sequence[int], seen: Sequence[Line], draft: Draft
) -> list[int]:
    """Mark in passages what draft drops; what is left of alive."""
    kept = []
    for at, (line, reason, index) in enumerate(zip(seen, draft.reasons, alive, strict=True)):
        if reason:
            kind = Kind.STANDFIRST if at in draft.standfirsts else Kind.DROPPED
            passages[index] = (*passages[index][:-1], Passage(line.text, kind, reason))
        else:
            kept.append(index)
    return kept


def _strip(lines: list[Line], passages: list[tuple[Passage, ...]], index: int, length: int) -> None:
    whole = lines[index].text
    prefix, rest = Passage(whole[:length].strip(), Kind.DROPPED, "dateline"), whole[length:].strip()
    lines[index] = replace(lines[index], text=rest)
    passages[index] = (*passages[index][:-1], prefix, Passage(rest))


def _noted(found: Cleaned, seen: Sequence[Line], draft: Draft) -> Cleaned:
    """found with what this pass read off the lines it dropped; what an earlier pass read stays. What stands under the
    heading of other stories below the text is said of them."""
    title = seen[draft.title].text if draft.title is not None else None
    standfirst = seen[min(draft.standfirsts)].text if draft.standfirsts else None
    first = next((i for i, reason in enumerate(draft.reasons) if not reason), len(seen))
    last = max((i for i, reason in enumerate(draft.reasons) if not reason), default=first)
    others = next((i for i in range(last + 1, len(seen)) if phrases.opens(seen[i].text)), len(seen))
    read = tuple(
        replace(draft.credits[i], below=i > first) for i in sorted(draft.credits) if draft.reasons[i] and i < others
    )
    return replace(
        found,
        credits=found.credits + read,
        title=found.title or title,
        standfirst=found.standfirst or standfirst,
        dateline=found.dateline or draft.dateline,
    )


_NOT_A_HEADING = re.compile(r"""^[\W\d_]|^[^\W\d_]{1,2}[:)]|^\W?[A-ZА-Я]:|[.,;:…|]["”’»)]*$""")
_LONGEST_SUBHEADING = 12  # words


def _name_subheadings(passages: list[tuple[Passage, ...]], alive: Sequence[int]) -> None:
    for here, below in pairwise(alive):
        text, next_ = passages[here][-1].text, passages[below][-1].text
        if len(text.split(None, _LONGEST_SUBHEADING)) > _LONGEST_SUBHEADING or is_prose(text):
            continue
        if _NOT_A_HEADING.search(text) is None and not text[:1].islower() and (is_prose(next_) or next_[:1].isdigit()):
            passages[here] = (*passages[here][:-1], Passage(text, Kind.SUBHEADING))
