"""Passages that the reader highlights: where they stand in a story, and what becomes of them when one more is picked.

A highlight is kept as its text, as the story gives it: it outlives any renumbering, and is lost from sight (but not
from the marks) only where the story's own words change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Span = tuple[int, int, int]
"""A paragraph, counted from 0 in the story's paragraphs, and where in its text the passage starts and ends."""


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Where each sentence of a paragraph starts and ends."""
    from store.text import boundaries

    return tuple(boundaries.spans(text))


def places(highlight: str, paragraphs: Sequence[str]) -> tuple[Span, ...]:
    """Every place where a highlight stands."""
    found: list[Span] = []
    for number, text in enumerate(paragraphs):
        at = text.find(highlight) if highlight.strip() else -1
        while at >= 0:
            found.append((number, at, at + len(highlight)))
            at = text.find(highlight, at + len(highlight))
    return tuple(found)


def toggled(
    highlights: Iterable[str], paragraphs: Sequence[str], picked: Sequence[Span]
) -> tuple[tuple[str, ...], bool]:
    """The highlights with what was picked, or without it where all of it was highlighted before; and which of the two.

    Passages that meet become one; what remains of one that is taken off in part stays.
    """
    kept: list[str] = []
    met: list[Span] = []
    for highlight in highlights:
        where = places(highlight, paragraphs)
        if any(_meet(place, pick, paragraphs) for place in where for pick in picked):
            met += where
        else:
            kept.append(highlight)
    covered = _joined(met, paragraphs)
    on = not all(any(_holds(place, pick) for place in covered) for pick in picked)
    spans = _joined([*met, *picked], paragraphs) if on else _without(covered, picked)
    texts = dict.fromkeys([*kept, *(_text(span, paragraphs) for span in spans)])
    return tuple(sorted((t for t in texts if t), key=lambda text: _first(text, paragraphs))), on


def _text(span: Span, paragraphs: Sequence[str]) -> str:
    number, start, end = span
    return paragraphs[number][start:end].strip()


def _first(text: str, paragraphs: Sequence[str]) -> tuple[int, int]:
    """What highlights are ordered by; one that stands nowhere comes last."""
    return next(((n, p.find(text)) for n, p in enumerate(paragraphs) if text in p), (len(paragraphs), 0))


def _meet(one: Span, other: Span, paragraphs: Sequence[str]) -> bool:
    """Whether two passages overlap, or have only white space between them."""
    (a, start, end), (b, first, last) = sorted((one, other))
    return a == b and (first <= end or not paragraphs[a][end:first].strip()) and start <= last


def _holds(place: Span, pick: Span) -> bool:
    return place[0] == pick[0] and place[1] <= pick[1] and pick[2] <= place[2]


def _joined(spans: Iterable[Span], paragraphs: Sequence[str]) -> tuple[Span, ...]:
    out: list[Span] = []
    for span in sorted(set(spans)):
        if out and _meet(out[-1], span, paragraphs):
            out[-1] = (span[0], out[-1][1], max(out[-1][2], span[2]))
        else:
            out.append(span)
    return tuple(out)


def _without(spans: Iterable[Span], picked: Sequence[Span]) -> tuple[Span, ...]:
    """What is left of the spans that a pick cuts; a second place of the same text goes with the first."""
    out: list[Span] = []
    for number, start, end in spans:
        cuts = sorted((s, e) for n, s, e in picked if n == number and s < end and e > start)
        if not cuts:
            continue
        at = start
        for first, last in cuts:
            out.append((number, at, first))
            at = max(at, last)
        out.append((number, at, end))
    return tuple((n, s, e) for n, s, e in out if s < e)
