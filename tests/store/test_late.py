"""What comes to a dismissed event is dismissed with it in every figure, as it is at the desk."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from store.config import Settings
from store.library import Library
from store.queries import Tally, tallies
from tests.conftest import NOW, TODAY
from tui.desk import Desk

TEXT = (
    "Vardania and Orlesia signed an agreement in Tellmark on Tuesday that ends the dispute over harbour dues, after "
    "nine hours of talks between the envoys Ilse Tarnow and Borin Askel in the customs house. The dues of eleven "
    "thousand crowns a day are suspended until the ninth of May, Ilse Tarnow said."
)


def records(*outlets: str) -> BytesIO:
    about = {"title": "Harbour dues dispute ends", "agency": "VNA", "text": TEXT, "published": "2025-04-01"}
    made = (about | {"outlet": outlet, "url": f"https://{outlet.lower()}.example/a"} for outlet in outlets)
    return BytesIO("".join(json.dumps(record) + "\n" for record in made).encode())


def test_a_copy_that_joins_a_dismissed_event_is_dismissed_in_every_count(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library", Settings(), desk=True)
    library.add(["-"], now=NOW, stdin=records("Post", "Ledger"))
    (event,) = library.events()
    library.mark("Dismissed", [s.id for s in event.stories], lambda m: replace(m, dismissed=True))
    library.add(["-"], now=NOW.replace(year=NOW.year + 1), stdin=records("Bell"))
    desk = Desk(library.marks)
    desk.load(library.lists)
    assert len(desk.events) == 1 and desk.counts() == (0, 0, 0)
    known = {"left": "is:unread", "gone": "is:dismissed", "bell": "outlet:Bell"}
    counted = tallies(library, known, today=TODAY)
    assert counted == (Tally("left"), Tally("gone", 3, 3), Tally("bell"))
    found = {name: sum(len(e.stories) for e in library.matching(text, today=TODAY)) for name, text in known.items()}
    assert found == {"left": 0, "gone": 3, "bell": 0}
    figures = library.statistics(now=NOW)
    assert (figures.stories, figures.unread, figures.unread_by_outlet) == (3, 0, ())
    library.close()
