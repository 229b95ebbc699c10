"""Keys that come all at once: what stands behind a key that asks is its answer."""

from __future__ import annotations

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Input

from store.library import Library
from tests.tui.test_app import opened, settled, story_row
from tui.app import DiploApp


async def in_one_read(app: DiploApp, pilot: Pilot[None], keys: str) -> None:
    """As a terminal gives what it got at once: nothing is awaited between two keys."""
    for character in keys:
        key = "enter" if character == "\r" else _character_to_key(character)
        app.post_message(events.Key(key, character))
    await pilot.pause(0.05)
    while not app.typeahead.at_rest:
        await pilot.pause(0.02)
    await settled(app, pilot)


@pytest.mark.parametrize("keys", ["/grain", "fis:read", "cnote of mine", "tzeal"])
async def test_letters_in_one_read_with_a_key_that_asks_are_its_answer(sample_library: Library, keys: str) -> None:
    async with opened(sample_library) as (app, pilot):
        story_row(app)
        app.redraw()
        await pilot.pause()
        marks = dict(sample_library.marks.all())
        await in_one_read(app, pilot, keys)
        assert app.main.prompt.display
        assert app.main.prompt.query_one(Input).value.strip() == keys[1:]
        assert dict(sample_library.marks.all()) == marks


async def test_moves_before_it_count_and_keys_behind_the_answer_are_commands_again(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        rows = app.desk.rows
        first = next(n for n in range(len(rows) - 1) if rows[n].story and rows[n + 1].story)
        app.desk.go(first)
        app.redraw()
        await pilot.pause()
        second = rows[first + 1].story
        await in_one_read(app, pilot, "jcseen\r")
        await in_one_read(app, pilot, "s")
        assert second is not None
        mark = sample_library.marks.get(second.id)
        assert (mark.note, mark.starred) == ("seen", True)


async def test_a_key_that_asks_and_has_nothing_to_ask_withholds_nothing_for_long(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        await in_one_read(app, pilot, "'jj")  # no query was saved
        assert not app.main.prompt.display
        assert app.desk.cursor == 2
