"""Who said what, laid out: by speaker, each thing said in its wordings, each wording with the outlets that have it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from store.model import StoryId
from tui.backroom import Record
from tui.desk import counted
from tui.pages import BLANK, Block, Stop

BY = "speaker"


def blocks(records: Sequence[Record]) -> tuple[Block, ...]:
    """Quotes in marks, reported clauses without; Enter on either goes to where the first outlet has it."""
    laid: list[Block] = []
    for speaker, said in groupby(records, key=lambda record: str(record.get(BY, ""))):
        sayings = list(said)
        number = f"  {counted(len(sayings), 'saying', 'sayings')}"
        laid.append(Block(speaker + number, "subheading", ((len(speaker), len(speaker + number), "faint"),)))
        for record in sayings:
            laid += _saying(record)
        laid.append(BLANK)
    return tuple(laid[:-1])


def _saying(record: Record) -> list[Block]:
    found = record.get("quotes")
    quotes = [q for q in found if isinstance(q, dict)] if isinstance(found, list) else []
    laid: list[Block] = []
    for number, ((direct, text), same) in enumerate(groupby(quotes, key=lambda q: (q.get("direct"), q.get("text")))):
        wording = list(same)
        indent = 6 if number else 2
        shown = f"“{text}”" if direct else str(text)
        laid.append(Block(shown, "body", indent=indent, margin="    ≈ " if number else "", stop=_stop(wording[0])))
        laid.append(Block(f"{wording[0].get('verb', '')} · {_outlets(wording)}", "faint", indent=indent))
    return laid


def _stop(quote: Mapping[str, object]) -> Stop | None:
    story, paragraph = quote.get("story"), quote.get("paragraph")
    if not isinstance(story, str) or not isinstance(paragraph, int):
        return None
    return Stop(StoryId(story), paragraph, str(quote.get("text", "")))


def _outlets(quotes: Sequence[Mapping[str, object]]) -> str:
    """The outlets that have a wording, each once, with the paragraphs: "Harbour Post ¶3, Aldine ¶2 ¶5"."""
    places: dict[str, list[str]] = {}
    for quote in quotes:
        paragraph = quote.get("paragraph")
        places.setdefault(str(quote.get("outlet") or "no outlet"), []).append(
            f"¶{paragraph + 1}" if isinstance(paragraph, int) else ""
        )
    return ", ".join(" ".join([outlet, *dict.fromkeys(where)]).rstrip() for outlet, where in places.items())
