"""What a new story does to an event that was read, or dismissed: in a library, as another program adds it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.config import Settings
from store.library import Library
from store.model import StoryId
from tests.conftest import NOW, TODAY
from tests.tui.fakes import Idle
from tests.tui.test_app import settled
from tests.tui.test_glyphs import drawn
from tests.tui.test_saved import until
from tui import present
from tui.app import DiploApp

TITLE = "Vardania and Orlesia end the dispute over harbour dues in Tellmark"
QUAY = (
    "On the long quay the harbour master, Pell Arden, had the chains taken off at six in the morning; the grain barges "
    "that had lain there since autumn blew their horns, and the bakers of the lower town came down with trays. The "
    "pilots' guild, which lost half its members to the rivers upstream, wants them back before the herring. Nobody "
    "could say who pays for the berths of the winter, and the clerk who might have known has moved to the islands."
)
LEAD = (
    "Vardania and Orlesia signed an agreement in Tellmark on Tuesday that ends the dispute over harbour dues, after "
    "nine hours of talks between the envoys Ilse Tarnow and Borin Askel in the customs house."
)
MORE = (
    "The dues of eleven thousand crowns a day are suspended until the ninth of May, Ilse Tarnow said. Forty ships had "
    "been waiting outside the breakwater of Tellmark since the dues were raised in March."
)
OTHER = (
    "Borin Askel called the agreement on harbour dues in Tellmark a beginning. The forty ships outside the breakwater "
    "began to move on Tuesday evening, after Vardania and Orlesia had suspended the dues until the ninth of May."
)
STORIES = {
    "first": {"title": TITLE, "outlet": "Harbour Post", "agency": "VNA", "text": f"{LEAD}\n\n{MORE}"},
    "second": {"title": "Harbour dues dispute ends", "outlet": "Ledger", "agency": "VNA", "text": f"{LEAD}\n\n{MORE}"},
    "copy": {"title": TITLE, "outlet": "Evening Bell", "agency": "VNA", "text": f"{LEAD}\n\n{MORE}"},
    "own": {
        "title": "Ships move as harbour dues end",
        "outlet": "Orlesian Mail",
        "text": f"{OTHER}\n\n{QUAY}\n\n{LEAD}",
        "published": "2025-04-02",
    },
}


def records(*names: str) -> BytesIO:
    made = ({"url": f"https://{n}.example/a", "published": "2025-04-01"} | STORIES[n] for n in names)
    return BytesIO("".join(json.dumps(record) + "\n" for record in made).encode())


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library", Settings(), desk=True)
    library.add(["-"], now=NOW, stdin=records("first", "second"))
    assert len(library.events()) == 1
    yield library
    library.close()


async def joined(app: DiploApp, pilot: Pilot[None], name: str) -> StoryId:
    """Adds a story a day later, and waits until the desk has seen it; it stands in the one event there is."""
    added = app.library.add(["-"], now=NOW + timedelta(days=1), stdin=records(name)).added
    (event,) = app.library.events()
    assert len(added) == 1 and added[0] in {s.id for s in event.stories}
    await until(pilot, lambda: any(s.id == added[0] for e in app.desk.events for s in e.stories))
    return added[0]


def rows(app: DiploApp) -> str:
    lines = [line for row in app.desk.rows for line in present.row_lines(row, app.desk, 60, TODAY)]
    return "\n".join("".join(piece.text for piece in line) for line in lines)


@pytest.mark.parametrize(("name", "since"), [("own", "1 outlet"), ("copy", "1 outlet")])
async def test_what_joins_an_event_that_was_read_wakes_it_with_numbers(library: Library, name: str, since: str) -> None:
    app = DiploApp(library, Idle(), today=TODAY)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(app, pilot)
        await pilot.press("R")
        assert "all read" in rows(app)
        new = await joined(app, pilot, name)
        await until(pilot, lambda: f"  new since: {since}, 1 sentence · " in rows(app))
        app.desk.go(0)
        app.redraw()
        await settled(app, pilot)
        told = [block.text for block in app.main.summary._blocks]
        assert told[:2] == ["New since you read it", "1 new outlet, 1 new sentence · N tells only what is new"]
        await pilot.press("n")
        assert app.desk.story is not None and app.desk.story.id == new
        await pilot.press("r")
        await settled(app, pilot)
        assert "new since" not in rows(app)


async def test_on_one_narrow_line_a_woken_row_tells_the_same_and_the_status_line_says_it(library: Library) -> None:
    app = DiploApp(library, Idle(), today=TODAY)
    async with app.run_test(size=(60, 20)) as pilot:
        await settled(app, pilot)
        await pilot.press("R")
        await joined(app, pilot, "own")
        await until(pilot, lambda: "+1, 1 sentence" in drawn(app))
        await pilot.press("g")
        await settled(app, pilot)
        await until(pilot, lambda: "new since: 1 outlet, 1 sentence" in app.main.status.place)


async def test_a_copy_that_joins_a_dismissed_event_stays_away_and_undo_brings_all(library: Library) -> None:
    app = DiploApp(library, Idle(), today=TODAY)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(app, pilot)
        await pilot.press("X")
        assert not app.desk.rows
        copy = await joined(app, pilot, "copy")
        assert not app.desk.rows and app.desk.counts()[0] == 0
        await pilot.press("f", *"is:dismissed", "enter")
        await settled(app, pilot)
        assert copy in {s.id for row in app.desk.rows for s in row.stories}
        await pilot.press("F")
        await until(pilot, lambda: not app.desk.rows)
        await pilot.press("u")
        await settled(app, pilot)
        assert app.desk.counts()[0] == 3


async def test_a_new_origin_that_joins_a_dismissed_event_is_shown_alone(library: Library) -> None:
    app = DiploApp(library, Idle(), today=TODAY)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(app, pilot)
        await pilot.press("X")
        new = await joined(app, pilot, "own")
        assert {s.id for row in app.desk.rows for s in row.stories} == {new}
