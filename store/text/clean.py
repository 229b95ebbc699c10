"""Which lines of a story are its body, which are not and why. Rules decide what a line says by itself; the line model
decides the rest. Every line comes back, kept or dropped, in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from store.model import Kind, Passage
from store.text import credit, dateline, phrases
from store.text.lines import Line, sentences, split

_TERMINAL = re.compile(r"""[.!?…。؟۔:;][\s"”’'»)\]]{0,3}$""")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The passages of one text and what was read off the lines that say something about it."""

    passages: tuple[Passage, ...]
    title: str | None = None
    standfirst: str | None = None
    credits: tuple[credit.Credit, ...] = ()
    dateline: dateline.Dateline | None = None


def words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def is_prose(text: str) -> bool:
    """Whether text reads like sentences rather than like a heading or a label."""
    count = len(text.split())
    return count >= 28 or (count >= 5 and _TERMINAL.search(text) is not None)


@dataclass(slots=True)
class _Draft:
    """One pass's verdict on the lines it saw: reason "" means kept."""

    reasons: list[str]
    standfirsts: set[int]
    title: int | None = None
    dateline: dateline.Dateline | None = None


# Dropping a line can show the next one up; bodies come to rest after two or three passes.
_MOST_PASSES = 12


def clean(text: str, *, title: str | None = None) -> Cleaned:
    """text as passages. title, where it is known from elsewhere, is looked for among the lines.

    Cleaning the kept passages again keeps them all: passes are made until one drops nothing."""
    lines = split(text)
    passages: list[tuple[Passage, ...]] = [(Passage(line.text),) for line in lines]
    alive = list(range(len(lines)))
    found = Cleaned(())
    for turn in range(_MOST_PASSES):
        seen = [lines[i] if turn == 0 else replace(lines[i], gap=True) for i in alive]
        draft = _judge(seen, title)
        if all(draft.reasons):
            break
        found = _noted(found, seen, draft)
        kept = []
        for line, reason, index, at in zip(seen, draft.reasons, alive, range(len(seen)), strict=True):
            if reason:
                kind = Kind.STANDFIRST if at in draft.standfirsts else Kind.DROPPED
                passages[index] = (*passages[index][:-1], Passage(line.text, kind, reason))
            else:
                kept.append(index)
        settled = len(kept) == len(alive)
        if draft.dateline and kept:
            _strip(lines, passages, kept[0], draft.dateline.length)
            settled = False
        alive = kept
        if settled:
            break
    _name_subheadings(passages, alive)
    return replace(found, passages=tuple(p for group in passages for p in group))


def _strip(lines: list[Line], passages: list[tuple[Passage, ...]], index: int, length: int) -> None:
    whole = lines[index].text
    prefix, rest = Passage(whole[:length].strip(), Kind.DROPPED, "dateline"), whole[length:].strip()
    lines[index] = replace(lines[index], text=rest)
    passages[index] = (*passages[index][:-1], prefix, Passage(rest))


def _noted(found: Cleaned, seen: Sequence[Line], draft: _Draft) -> Cleaned:
    """found with what this pass read off the lines it dropped; what an earlier pass read stays."""
    credits = found.credits + tuple(
        c for line, reason in zip(seen, draft.reasons, strict=True) if reason and (c := credit.read(line.text))
    )
    title = seen[draft.title].text if draft.title is not None else None
    standfirst = seen[min(draft.standfirsts)].text if draft.standfirsts else None
    return replace(
        found,
        credits=credits,
        title=found.title or title,
        standfirst=found.standfirst or standfirst,
        dateline=found.dateline or draft.dateline,
    )


def _judge(lines: Sequence[Line], title: str | None) -> _Draft:
    draft = _Draft([phrases.reason(line.text) for line in lines], set())
    _mark_credits(lines, draft)
    _mark_blocks(lines, draft)
    _mark_loose_lines(lines, draft)
    body = [i for i, reason in enumerate(draft.reasons) if not reason]
    first = next((i for i in body if is_prose(lines[i].text)), None)
    if first is None:
        return draft
    _mark_title(lines, draft, first, title)
    _mark_standfirsts(lines, draft)
    opening = next((i for i, reason in enumerate(draft.reasons) if not reason), None)
    if opening is not None:
        draft.dateline = dateline.read(lines[opening].text)
    return draft


def _mark_credits(lines: Sequence[Line], draft: _Draft) -> None:
    for i, line in enumerate(lines):
        if not draft.reasons[i] and (found := credit.read(line.text)):
            draft.reasons[i] = found.reason


def _mark_blocks(lines: Sequence[Line], draft: _Draft) -> None:
    """Drop what stands under a heading such as "Read next", up to where long paragraphs follow each other again."""
    opener = ""
    for i, line in enumerate(lines):
        if phrases.opens(line.text):
            opener = line.text
        elif opener and _prose_run(lines, i) >= 3:
            opener = ""
        if opener and not draft.reasons[i]:
            draft.reasons[i] = f"after the article: {opener}"


def _prose_run(lines: Sequence[Line], start: int) -> int:
    run = 0
    while start + run < len(lines) and run < 3 and _is_paragraph(lines[start + run].text):
        run += 1
    return run


def _is_paragraph(text: str) -> bool:
    return len(text) >= 80 and _TERMINAL.search(text) is not None


def _mark_loose_lines(lines: Sequence[Line], draft: _Draft) -> None:
    """Headlines standing alone between paragraphs, labels after the last one."""
    for i, line in enumerate(lines):
        if draft.reasons[i] or is_prose(line.text):
            continue
        alone = 0 < i < len(lines) - 1 and _is_paragraph(lines[i - 1].text) and _is_paragraph(lines[i + 1].text)
        if alone and len(line.text.split()) >= 7:
            draft.reasons[i] = "related headline"


def _mark_title(lines: Sequence[Line], draft: _Draft, first: int, title: str | None) -> None:
    above = [i for i in range(first) if not draft.reasons[i]]
    if title is not None:
        known = words(title)
        above_or_first = [*above, first]
        draft.title = next((i for i in above_or_first if words(lines[i].text) == known), None)
    if draft.title is None:
        draft.title = next((i for i in above if _is_headline(lines[i].text)), None)
    if draft.title is not None:
        draft.reasons[draft.title] = "title"


def _is_headline(text: str) -> bool:
    return 3 <= len(text.split()) <= 30 and len(text) <= 220 and text.rstrip("”’\"'")[-1:] not in ".,;:…"


def _mark_standfirsts(lines: Sequence[Line], draft: _Draft) -> None:
    """The first line or two, where the body says the same again."""
    kept = [i for i, reason in enumerate(draft.reasons) if not reason]
    for at in range(min(2, len(kept) - 2)):
        i = kept[at]
        if not is_prose(lines[i].text) or not _repeated(lines[i].text, [lines[k].text for k in kept[at + 1 : at + 40]]):
            return
        draft.reasons[i] = "standfirst repeated in the body"
        draft.standfirsts.add(i)


_ELLIPSIS = re.compile(r"\s*(?:\.\.\.|…)$")
_STANDFIRST_LONGEST = 600  # characters
_SHARED_WITH_NEXT = 0.5  # of the shorter line's long words, for a lead-in that tells the first paragraph in other words


def _repeated(line: str, below: Sequence[str]) -> bool:
    """Whether one of the paragraphs below says line again: its words in a row, or most of them right below it."""
    if len(line) > _STANDFIRST_LONGEST:
        return False
    own = " ".join(words(_ELLIPSIS.sub("", line)))
    if len(own.split()) < 6:
        return False
    first_sentence = " ".join(words(sentences(line)[0])) if len(sentences(line)) > 1 else own
    for paragraph in below:
        other = " ".join(words(paragraph))
        if f" {own} " in f" {other} " or (len(first_sentence) > 60 and f" {first_sentence} " in f" {other} "):
            return True
    return _retold(line, below[0])


def _retold(line: str, below: str) -> bool:
    own, other = (_long_words(t) for t in (line, below))
    smaller = min(len(own), len(other))
    same_start = words(line)[:4] == words(below)[:4]
    return same_start and smaller >= 8 and len(own & other) >= _SHARED_WITH_NEXT * smaller


def _long_words(text: str) -> set[str]:
    return {w for w in words(text) if len(w) > 3}


def _name_subheadings(passages: list[tuple[Passage, ...]], alive: Sequence[int]) -> None:
    for here, below in pairwise(alive):
        text = passages[here][-1].text
        if not is_prose(text) and len(text.split()) <= 12 and is_prose(passages[below][-1].text) and _heads(text):
            passages[here] = (*passages[here][:-1], Passage(text, Kind.SUBHEADING))


def _heads(text: str) -> bool:
    return text[:1].isalnum() and not text[:1].islower() and _TERMINAL.search(text.rstrip("?!")) is None
