"""A press review as Markdown: CommonMark, with GitHub's tables and footnotes, without HTML. The same review gives the
same bytes. Where footnotes are unknown, a reference and its note read as text and still find each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count

from store.export import front
from store.export.escape import NO_TEXT, cell, fold, heading, inline, line, link, quotation
from store.export.review import Piece, Review, Section
from store.model import Head, Sentence

HOW = "The sentences of a summary are taken from the stories as they stand; each footnote names its story."


def markdown(review: Review) -> str:
    """The review as one Markdown document, front matter first."""
    return front.seal(_fields(review), "\n\n".join(_blocks(review)) + "\n")


def _fields(review: Review) -> Iterator[tuple[str, str | int]]:
    yield "stories", review.stories
    yield "events", len(review.sections)
    yield "from", _day(review.first)
    yield "to", _day(review.last)
    yield "query", front.scalar(review.query)
    if languages := sorted({p.head.language for s in review.sections for p in s.pieces if p.head.language}):
        yield "languages", f"[{', '.join(map(front.scalar, languages))}]"


def _day(day: str | None) -> str:
    """A day as YAML; what is no day is quoted, so that it cannot mean anything else."""
    if day is None:
        return "null"
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        return front.scalar(day)


def _blocks(review: Review) -> Iterator[str]:
    yield f"# {heading(review.title)}"
    yield _extent(review)
    if any(section.summary.sentences for section in review.sections):
        yield HOW
    numbers = count(1)
    for section in review.sections:
        yield from _section(section, numbers)


def _extent(review: Review) -> str:
    if not review.sections:
        return "No stories."
    stories, events = review.stories, len(review.sections)
    counted = f"{stories} {'story' if stories == 1 else 'stories'}, {events} {'event' if events == 1 else 'events'}"
    if not review.first or not review.last:
        return f"{counted}."
    days = review.first if review.first == review.last else f"{review.first} to {review.last}"
    return f"{line(days)}: {counted}."


def _section(section: Section, numbers: Iterator[int]) -> Iterator[str]:
    yield f"## {heading(section.event.headline)}"
    if section.tags:
        yield f"Tags: {', '.join(inline(tag) for tag in section.tags)}"
    noted = [(next(numbers), sentence) for sentence in section.summary.sentences if fold(sentence.text)]
    if noted:
        yield "\n".join(f"{_sentence(sentence.text)}[^{n}]" for n, sentence in noted)
    yield _coverage(section.pieces)
    for piece in section.pieces:
        yield from _note(piece)
    for n, sentence in noted:
        yield f"[^{n}]: {_source(section, sentence)}"


def _sentence(text: str) -> str:
    """A sentence that a footnote reference follows: `!` right before it would begin an image."""
    return re.sub(r"!\Z", r"\\!", line(text))


def _coverage(pieces: Iterable[Piece]) -> str:
    rows = ["| Outlet | Agency | Date | Headline |", "|---|---|---|---|"]
    for head in (piece.head for piece in pieces):
        title = link(cell(head.title) or NO_TEXT, head.url)
        rows.append(f"| {cell(head.source or '')} | {cell(head.agency or '')} | {cell(_date(head))} | {title} |")
    return "\n".join(rows)


def _date(head: Head) -> str:
    """The day; behind a tilde where the story only implies it."""
    return f"~{head.day}" if head.day and head.published_inferred else head.day or ""


def _note(piece: Piece) -> Iterator[str]:
    passages = [quoted for passage in piece.mark.highlights if (quoted := quotation(passage))]
    if passages:
        yield f"Highlighted in {_named(piece.head)}:"
        yield "\n>\n".join("\n".join(quoted) for quoted in passages)
    quoted = quotation(piece.mark.note)
    if quoted:
        yield f"Note on {_named(piece.head)}:"
        yield "\n".join(quoted)


def _named(head: Head) -> str:
    """A story in a line: outlet, headline (linked), day. It may begin a line: footnotes hold blocks."""
    outlet = line(head.reporter or "") or "outlet not named"
    title = link(inline(head.title) or NO_TEXT, head.url)
    return ", ".join([outlet, title, inline(_date(head)) or "undated"])


def _source(section: Section, sentence: Sentence) -> str:
    head = section.head(sentence.story)
    named = _named(head) if head else "story not recorded"
    return f"{named}, paragraph {sentence.paragraph + 1}."
