"""A text as passages: every line kept or dropped, in its place, with the reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from store.model import Kind, Passage
from store.text import credit, dateline
from store.text.judge import Draft, Judge, is_prose
from store.text.lines import Line, split

# Dropping a line can show the next one up; bodies come to rest after two or three passes.
_MOST_PASSES = 12


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The passages of one text and what was read off the lines that say something about it."""

    passages: tuple[Passage, ...]
    title: str | None = None
    standfirst: str | None = None
    credits: tuple[credit.Credit, ...] = ()
    dateline: dateline.Dateline | None = None


def clean(text: str, *, title: str | None = None, trusted: bool = False) -> Cleaned:
    """text as passages. title, where it is known from elsewhere, is looked for among the lines; trusted says
    that text is what another extractor took for the article, with little furniture left in it.

    Passes are made until one drops nothing, so that cleaning the kept passages again keeps them all. A text that would
    lose everything keeps everything."""
    lines = split(text)
    passages: list[tuple[Passage, ...]] = [(Passage(line.text),) for line in lines]
    alive = list(range(len(lines)))
    found = Cleaned(())
    judge = Judge(title, trusted=trusted)
    for turn in range(_MOST_PASSES):
        seen = [lines[i] if turn == 0 else replace(lines[i], gap=True) for i in alive]
        draft = judge.pass_over(seen)
        if all(draft.reasons):
            break
        found = _noted(found, seen, draft)
        kept = _dropped(passages, alive, seen, draft)
        settled = len(kept) == len(alive) and not draft.dateline
        if draft.dateline:
            _strip(lines, passages, kept[0], draft.dateline.length)
        alive = kept
        if settled:
            break
    _name_subheadings(passages, alive)
    return replace(found, passages=tuple(p for group in passages for p in group))


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
    """found with what this pass read off the lines it dropped; what an earlier pass read stays."""
    title = seen[draft.title].text if draft.title is not None else None
    standfirst = seen[min(draft.standfirsts)].text if draft.standfirsts else None
    return replace(
        found,
        credits=found.credits + tuple(draft.credits[i] for i in sorted(draft.credits) if draft.reasons[i]),
        title=found.title or title,
        standfirst=found.standfirst or standfirst,
        dateline=found.dateline or draft.dateline,
    )


_NOT_A_HEADING = re.compile(r"""^[\W\d_]|^[^\W\d_]{1,2}[:)]|^\W?[A-ZА-Я]:|[.,;:…|]["”’»)]*$""")
_LONGEST_SUBHEADING = 12  # words


def _name_subheadings(passages: list[tuple[Passage, ...]], alive: Sequence[int]) -> None:
    for here, below in pairwise(alive):
        text, next_ = passages[here][-1].text, passages[below][-1].text
        if is_prose(text) or len(text.split()) > _LONGEST_SUBHEADING or _NOT_A_HEADING.search(text):
            continue
        if not text[:1].islower() and (is_prose(next_) or next_[:1].isdigit()):
            passages[here] = (*passages[here][:-1], Passage(text, Kind.SUBHEADING))
