"""What is loaded at start-up, and what is not: a desk that opens at once, commands that need no screen."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from textual.widget import MountError
from textual.widgets import Input

from store.library import Library
from tests.conftest import TODAY
from tests.tui import programs
from tests.tui.fakes import Idle
from tests.tui.test_app import opened
from tui.app import DiploApp
from tui.headless import crash
from tui.screens.main import Main

SCREEN = ("textual", "rich")
HEAVY = ("numpy", "sumy", "nltk", "lxml", "trafilatura", "lark", "charset_normalizer", "scipy", "sklearn")
TELL = "print(*sys.modules, file=sys.stderr, sep='\\n')"
RUN = f"import sys, tui.cli; status = tui.cli.main(sys.argv[1:]); {TELL}; sys.exit(status)"


def loaded(*line: str | Path, code: str = RUN) -> set[str]:
    """The top names of all modules that a process of ours has imported at its end."""
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, line)],
        capture_output=True,
        env=programs.environment(),
        timeout=programs.TOOK_TOO_LONG,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in done.stderr.splitlines()}


@pytest.mark.parametrize("line", [["--help"], ["--version"], ["keys"], ["paths"], ["list", "--help"]])
def test_what_needs_no_library_loads_next_to_nothing(line: list[str]) -> None:
    assert not loaded(*line) & {*SCREEN, *HEAVY, "tinydb", "asyncio"}


def test_looking_loads_neither_the_screen_nor_anything_heavy(sample_folder: Path) -> None:
    assert not loaded("--library", sample_folder, "list") & {*SCREEN, *HEAVY}
    assert not loaded("--library", sample_folder, "search", "straits") & {*SCREEN, *HEAVY}


def test_a_query_loads_the_query_language_alone(sample_folder: Path) -> None:
    assert loaded("--library", sample_folder, "list", "is:unread") & {*SCREEN, *HEAVY} == {"lark"}
    assert not loaded("--library", sample_folder, "export", "tag:nowhere") & {*SCREEN, *HEAVY} - {"lark"}


def test_export_does_not_load_the_screen(sample_folder: Path, tmp_path: Path) -> None:
    found = loaded("--library", sample_folder, "export", "is:tagged", "-o", tmp_path / "review.md")
    assert (tmp_path / "review.md").exists()
    assert not found & {*SCREEN, "lxml", "trafilatura", "scipy", "sklearn"}


def test_pipes_and_add_do_not_load_the_screen(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Harbour talks end\n\nThe talks in Tellmark ended without a date.\n", "utf-8")
    for line in (["clean"], ["group"], ["summarise"], ["--library", str(tmp_path / "lib"), "add"]):
        assert not loaded(*line, tmp_path / "a.txt") & {*SCREEN, "lxml", "trafilatura", "scipy", "sklearn"}, line


def test_the_desk_opens_without_anything_heavy() -> None:
    found = loaded(code=f"import sys, tui.app, tui.backroom; {TELL}")
    assert "textual" in found
    assert not found & set(HEAVY)


def test_both_ways_to_start_are_one_program() -> None:
    script = subprocess.run(
        [sys.executable, "-c", "import sys; from tui.cli import main; sys.exit(main())", "--version"],
        capture_output=True,
        env=programs.environment(),
        timeout=programs.TOOK_TOO_LONG,
    )
    assert script.stdout == programs.run("--version").stdout


async def test_what_is_typed_before_the_prompt_is_there_goes_into_it_and_is_no_command(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish, ready = Main.furnish, asyncio.Event()

    async def late(main: Main) -> None:
        await ready.wait()
        await furnish(main)

    monkeypatch.setattr(Main, "furnish", late)
    marks = dict(sample_library.marks.all())
    app = DiploApp(sample_library, Idle(), today=TODAY)
    async with app.run_test() as pilot:
        await pilot.press("j", "f", *"sxr")
        assert not app.main.furnished
        ready.set()
        for _ in range(200):
            await pilot.pause(0.02)
            if app.main.furnished and app.typeahead.at_rest:
                break
        await pilot.pause(0.1)
        assert app.main.prompt.query_one(Input).value == "sxr"
        assert dict(sample_library.marks.all()) == marks


@pytest.mark.parametrize(("left", "told"), [(True, False), (False, True)])
async def test_a_job_whose_screen_went_as_the_reader_left_is_no_fault(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch, left: bool, told: bool
) -> None:
    noted: list[object] = []

    async def mounts() -> None:
        raise MountError("Can't mount widget(s) before Below(id='left') is mounted")

    async with opened(sample_library) as (app, _):
        monkeypatch.setattr(crash, "note_down", lambda *_: noted.append("noted"))
        monkeypatch.setattr(app, "_exit", left)
        await app.guarded(mounts)
        assert bool(noted) is told
        monkeypatch.setattr(app, "_exit", False)
