"""Texts that are no plain report, each in a page: live blogs, interviews, lists of sanctions, treaties, transcripts,
verse, tables, several reports in one, chronicles. How many of their lines stay, and how much of the furniture goes.

The first 22 were looked at while the rules were written; before them 85 of 259 lines of the body were lost. The 12
whose names end in "-b1" were written after that: at their first run 30 of 152 were lost, by the rules of the day
before 54.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from store.text.clean import clean

DATA = Path(__file__).parents[1] / "data" / "clean" / "kinds.txt"
BODY, FURNITURE = 0.97, 0.965  # shares of lines; only ever raised


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    lines: tuple[tuple[str, str], ...]  # the mark of each and what it says

    def all(self, mark: str) -> list[str]:
        return [text for own, text in self.lines if own == mark]


def pages() -> Iterator[Page]:
    for part in DATA.read_text(encoding="utf-8").split("\n### ")[1:]:
        name, *lines = part.strip("\n").split("\n")
        yield Page(name, tuple((line[0], line[1:]) if line[0] in "~!?" else ("", line) for line in lines))


def lost(page: Page) -> tuple[list[str], list[str]]:
    """The lines of the body that went, and the furniture that stayed."""
    kept = [passage.text for passage in clean("\n".join(text for _, text in page.lines)).passages if passage.kept]
    left, joined = Counter(kept), "\n".join(kept)
    return [text for text in page.all("") if text not in joined], [text for text in page.all("~") if left[text]]


def run() -> bool:
    gone = stayed = body = furniture = 0
    for page in pages():
        without, still = lost(page)
        gone, stayed = gone + len(without), stayed + len(still)
        body, furniture = body + len(page.all("")), furniture + len(page.all("~"))
        for text in without:
            sys.stdout.write(f"kinds: {page.name} loses: {text[:80]}\n")
    kept, dropped = 1 - gone / body, 1 - stayed / furniture
    sys.stdout.write(f"kinds: {kept:.4f} of {body} lines of the body kept, floor {BODY}; ")
    sys.stdout.write(f"{dropped:.4f} of {furniture} lines of furniture gone, floor {FURNITURE}\n")
    return kept >= BODY and dropped >= FURNITURE
