"""The desk opened again undoes what was done at the one before."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from store.config import Settings
from store.library import Library
from tests.tui.test_app import opened, story_row


async def test_undo_goes_on_after_the_desk_was_closed(sample_folder: Path) -> None:
    with closing(Library.open(sample_folder, Settings(), desk=True)) as library:
        async with opened(library) as (app, pilot):
            story = story_row(app)
            await pilot.press("s")
            assert library.marks.get(story).starred
    with closing(Library.open(sample_folder, Settings(), desk=True)) as library:
        async with opened(library) as (app, pilot):
            assert library.marks.get(story).starred
            await pilot.press("u")
            assert not library.marks.get(story).starred
            await pilot.press("ctrl+r")
            assert library.marks.get(story).starred
    with closing(Library.open(sample_folder, Settings())) as library:
        assert [act.label for act in library.marks.done()] == ["Starred 1 story"]
