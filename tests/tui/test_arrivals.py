"""What another program adds while the desk is open is told, with the key that goes there; the cursor stays."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from store.library import Library
from store.model import StoryId
from tests.conftest import NOW, TODAY
from tests.tui.fakes import Idle
from tests.tui.test_app import opened, settled
from tests.tui.test_glyphs import drawn
from tests.tui.test_saved import until
from tui.app import DiploApp

TEXT = """{title}

BRINMOUTH, 28 April 2025 - Envoys of both coasts met in the customs house on Monday and spoke of {about} for nine hours,
said the harbour office, which had asked them to come. They will meet again once the pilots have been heard.
"""


def add(library: Library, folder: Path, *titles: str) -> set[StoryId]:
    """Adds stories as another program does."""
    before = set(ids(library))
    for number, title in enumerate(titles):
        folder.mkdir(exist_ok=True)
        (folder / f"{title}.txt").write_text(TEXT.format(title=title, about=f"{title} and {number}"), "utf-8")
    with closing(Library.open(library.folder, library.settings)) as other:
        other.add([str(folder)], now=NOW)
    return set(ids(library)) - before


def ids(library: Library) -> list[StoryId]:
    return [s.id for e in library.events() for s in e.stories]


def here(app: DiploApp) -> StoryId | None:
    return app.desk.story.id if app.desk.story else None


async def test_stories_of_another_program_are_told_and_the_key_goes_to_each(
    sample_library: Library, tmp_path: Path
) -> None:
    async with opened(sample_library) as (app, pilot):
        await pilot.press("enter")  # opened at the top, the cursor never moved
        await settled(app, pilot)
        read = here(app)
        new = add(sample_library, tmp_path / "new", "Lamp fees at Kelm", "A ferry for Tarn")
        assert len(new) == 2
        await app.listing.poll()
        await settled(app, pilot)
        assert app._said == "2 stories came in · I goes there"
        assert " 2 came in" in drawn(app).splitlines()[0]
        assert here(app) == read
        await pilot.press("escape", "I")
        first = here(app)
        assert first in new and app._said == "1 more came in: I goes on"
        await pilot.press("I")
        assert {first, here(app)} == new and app._said == "That is all that came in"
        assert "came in" not in drawn(app).splitlines()[0]
        await pilot.press("I")
        assert app._said == "Nothing else came in while you were here"


async def test_what_came_in_and_was_read_or_stands_outside_the_filter_is_not_gone_to(
    sample_library: Library, tmp_path: Path
) -> None:
    async with opened(sample_library) as (app, pilot):
        await pilot.press("f", *"is:starred", "enter")
        for _ in range(200):
            await pilot.pause(0.01)
            if app.desk.found == 0:
                break
        (new,) = add(sample_library, tmp_path / "new", "Lamp fees at Kelm")
        await app.listing.poll()
        told = "1 story came in, not shown under this filter: F clears it"
        await until(pilot, lambda: app._said == told)  # the desk looks by itself too
        await pilot.press("I")
        assert "not shown under this filter" in app._said
        app.desk.set_read([new])
        app.redraw()
        await pilot.press("I")
        assert app._said.startswith("Nothing else came in")


async def test_a_copy_that_stays_away_with_its_dismissed_event_is_not_said_to_be_there(
    sample_library: Library, tmp_path: Path
) -> None:
    def brought(outlet: str, days: int) -> None:
        text = TEXT.format(title="Lamp fees at Kelm", about="lamp fees")
        story = {
            "title": "Lamp fees at Kelm",
            "outlet": outlet,
            "agency": "VNA",
            "published": "2025-04-01",
            "text": text,
        }
        file = tmp_path / f"{outlet}.jsonl"
        file.write_text(json.dumps(story | {"url": f"https://{outlet}.example/a"}) + "\n", "utf-8")
        with closing(Library.open(sample_library.folder, sample_library.settings)) as other:
            assert len(other.add([str(file)], now=NOW + timedelta(days=days)).added) == 1

    brought("ledger", 0)
    async with opened(sample_library) as (app, pilot):
        event = next(e for e in app.desk.events if e.headline == "Lamp fees at Kelm")
        app.desk.toggle_dismissed([s.id for s in event.stories])
        app.redraw()
        brought("bell", 1)
        await app.listing.poll()
        await settled(app, pilot)
        assert len(next(e for e in app.desk.events if e.headline == "Lamp fees at Kelm").stories) == 2
        await until(pilot, lambda: app._said == "1 story came in, in what you put aside")
        assert "came in" not in drawn(app).splitlines()[0]
        await pilot.press("I")
        assert app._said == "Nothing else came in while you were here"


async def test_what_the_reader_adds_is_not_told_twice(sample_library: Library, tmp_path: Path) -> None:
    async with opened(sample_library, work=Idle()) as (app, pilot):
        with app.listing.own_stories():
            assert add(sample_library, tmp_path / "new", "Lamp fees at Kelm")
            await app.listing.load()
        await app.listing.poll()
        await settled(app, pilot)
        assert "came in" not in app._said and "came in" not in drawn(app).splitlines()[0]


async def test_the_status_line_counts_the_stories_that_a_filter_finds(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        app.desk.set_read([s.id for s in app.desk.events[0].stories])
        for query in ("is:unread", "is:read", "outlet:aldine", "-outlet:aldine is:unread"):
            app.filtering.go_to(query)
            await settled(app, pilot)
            found = {s.id for e in sample_library.matching(query, today=TODAY) for s in e.stories}
            assert f" {len(found)} stor" in drawn(app).splitlines()[-2], query
