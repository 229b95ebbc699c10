"""The first start: an empty library says what to do, and the guide comes once."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.config import Settings
from store.library import Library
from tests.conftest import NOW, TODAY
from tests.store.libraries import make
from tests.tui.fakes import Idle
from tests.tui.test_app import settled
from tests.tui.test_glyphs import drawn
from tui import first, keymap
from tui.app import DiploApp
from tui.commands import COMMANDS


async def test_an_empty_library_offers_samples_a_folder_and_a_pipe(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library", Settings(), desk=True)
    work = Idle()
    app = DiploApp(library, work, today=TODAY)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.3)
        said = " ".join(line.split("▏")[0].strip() for line in drawn(app).splitlines())
        for offer in ("a folder of clippings", "type samples", "They stay in this library", "| diplo-reader -"):
            assert offer in " ".join(said.split()), offer
        await pilot.press("a", *"samples", "enter")
        await pilot.pause(0.1)
        assert ("add", "--json", "--", str(first.SAMPLES)) in work.ran
    library.close()


def test_the_samples_are_there_and_a_folder_of_that_name_goes_before_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(list(Path(first.path("Samples")).iterdir())) > 40
    assert first.path("clippings") == "clippings"
    (tmp_path / "samples").mkdir()
    assert first.path("samples") == "samples"


async def test_the_guide_comes_once(sample_library: Library) -> None:
    guides = []
    for _ in range(2):
        app = DiploApp(sample_library, Idle(), today=TODAY)
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await settled(app, pilot)
            await pilot.pause(0.2)
            guides.append([n.message for n in app._notifications])
            await pilot.press("j")
            assert not list(app._notifications)
    assert guides == [[first.guide(COMMANDS)], []]


async def test_nothing_lies_over_what_an_empty_library_says_and_the_guide_comes_with_its_stories(
    tmp_path: Path,
) -> None:
    library = Library.open(tmp_path / "library", Settings(), desk=True)
    (tmp_path / "a.txt").write_text("Harbour talks end\n\nDelegates left the customs house on Tuesday.\n", "utf-8")
    for number in range(2):
        app = DiploApp(library, Idle(), today=TODAY)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await pilot.pause(0.3)
            await app.workers.wait_for_complete([w for w in app.workers if w.group == "start"])
            assert app.listing.loaded and app.main.furnished
            assert not list(app._notifications)
            if number:
                library.add([str(tmp_path / "a.txt")], now=NOW)
                await app.listing.load()
                await settled(app, pilot)
                assert [n.message for n in app._notifications] == [first.guide(COMMANDS)]
        app.starting.remember()
        assert bool(library.remembered().get("guided")) == bool(number)
    library.close()


def test_the_guide_has_five_lines_and_names_the_readers_own_keys() -> None:
    table = keymap.commands("default", [("star", ("9",))]).table
    lines = first.guide(table).splitlines()
    assert len(lines) == 5 and "9 star" in lines[1]
    assert max(map(len, lines)) <= 76


async def test_a_library_whose_archive_is_gone_says_so_and_what_to_do(tmp_path: Path) -> None:
    make(tmp_path / "library")
    (tmp_path / "library" / "archive.sqlite3").unlink()
    library = Library.open(tmp_path / "library", Settings(), desk=True)
    app = DiploApp(library, Idle(), today=TODAY)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.3)
        said = " ".join(" ".join(line.split("▏")[0].strip() for line in drawn(app).splitlines()).split())
        assert "The archive of this library is gone" in said
        assert "it holds no story, though 3 are marked" in said
        assert "name a file or a folder" in said
        assert "No stories yet" not in said
    library.close()
