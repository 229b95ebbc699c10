"""The reader's own keys: presets, settings, and what is told when a key changes hands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store.config import Settings
from store.library import Library
from tests.conftest import NOW, TODAY
from tests.tui import programs
from tests.tui.fakes import Idle
from tests.tui.test_app import settled, story_row
from tui import keymap
from tui.app import DiploApp
from tui.commands import COMMANDS
from tui.widgets.page import Page
from tui.widgets.prompt import Prompt

LETTER = "Talks open in Solmark\n\nSOLMARK, May 3 (Lark News) -- Envoys of both sides met in Solmark on Saturday.\n"


def keys_of(reading: keymap.Reading, command: str) -> tuple[str, ...]:
    return next(c.keys for c in reading.table if c.id == command)


@pytest.mark.parametrize("preset", list(keymap.PRESETS))
def test_in_every_preset_each_key_has_one_meaning_and_each_command_a_key(preset: str) -> None:
    read = keymap.commands(preset, ())
    keys = [key for command in read.table for key in command.keys]
    assert sorted(keys) == sorted(set(keys))
    assert [command.id for command in read.table if not command.keys] == []
    assert read.told == ()


def test_a_preset_names_only_commands_there_are() -> None:
    known = {command.id for command in COMMANDS}
    assert [name for keys in keymap.PRESETS.values() for name in keys if name not in known] == []


def test_the_readers_keys_go_before_the_preset_and_what_lost_one_is_told() -> None:
    read = keymap.commands("mutt", (("redo", ("F", "ctrl+y")),))
    assert keys_of(read, "redo") == ("F", "ctrl+y")
    assert keys_of(read, "star") == ()
    assert (read.wrong, read.lost) == ((), ('"F" is now redo: star has no key left',))


def test_a_command_that_there_is_not_is_told_with_the_nearest_and_its_line() -> None:
    read = keymap.commands("default", (("strar", ("Q",)),), (("strar", 7),))
    assert read.wrong == ('line 7, keys.strar: there is no command "strar"; did you mean "star"?',)
    assert keys_of(read, "star") == ("s",)


def test_a_key_given_twice_is_told_and_neither_has_it() -> None:
    read = keymap.commands("default", (("star", ("Q",)), ("read", ("Q", "ctrl+y"))))
    assert read.wrong == ('keys.read: "Q" is given to star too; neither has it until one gets another key',)
    assert keys_of(read, "star") == ("s",) and keys_of(read, "read") == ("ctrl+y",)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Ctrl+J", "ctrl+j"), ("shift+d", "D"), ("PageDown", "pagedown"), ("Esc", "escape"), ("+", "+"),
     ("é", "é"), ("F5", "f5"), ("shift+F5", "shift+f5"), ("S", "S")],
)  # fmt: skip
def test_a_key_may_be_written_as_people_write_it(written: str, meant: str) -> None:
    assert keys_of(keymap.commands("default", (("star", (written,)),)), "star") == (meant,)


def test_all_that_is_wrong_is_told_and_all_else_holds() -> None:
    read = keymap.commands("default", (("star", ("spce", "Q")), ("undoo", ("U",)), ("read", ("Q",)), ("add", ("f5",))))
    assert read.wrong == (
        'keys.star: there is no key "spce"; did you mean "space"?',
        'keys.undoo: there is no command "undoo"; did you mean "undo"?',
        'keys.read: "Q" is given to star too; neither has it until one gets another key',
    )
    assert keys_of(read, "add") == ("f5",) and keys_of(read, "undo") == ("u",)


def test_a_key_that_no_terminal_sends_is_told() -> None:
    read = keymap.commands("default", (("tags", ("ctrl+shift+£",)), ("star", ("£", "alt+é"))))
    assert [line.partition(";")[0] for line in read.wrong] == ['keys.tags: there is no key "ctrl+shift+£"']
    assert keys_of(read, "star") == ("£", "alt+é")


async def test_the_desk_names_what_lost_its_key_and_the_terminal_does_too(sample_folder: Path, tmp_path: Path) -> None:
    library = Library.open(sample_folder, Settings(keys=(("add", ("j",)),)), desk=True)
    app = DiploApp(library, Idle(), today=TODAY)
    lost = '"j" is now add: down has ↓'
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(app, pilot)
        for _ in range(100):
            if any(lost in toast.message for toast in app._notifications):
                break
            await pilot.pause(0.02)
        assert any(lost in toast.message for toast in app._notifications)
    library.close()
    config = tmp_path / "config.toml"
    config.write_text('[keys]\nadd = "j"\n', "utf-8")
    said = programs.run("keys", env=programs.environment(DIPLO_READER_CONFIG=str(config), LC_ALL="C.UTF-8"))
    assert said.returncode == 0 and lost in said.stderr.decode()
    config.write_text('theme = "nord"\n[keys]\nadd = "J"\nstar = "J"\nstr = "K"\n', "utf-8")
    said = programs.run("keys", env=programs.environment(DIPLO_READER_CONFIG=str(config)))
    assert said.returncode == 1 and b"| s " not in said.stdout and b"star" in said.stdout
    clash, unknown = said.stderr.decode().splitlines()
    assert clash.startswith(f'{config}: line 4, keys.star: "J" is given to add too')
    assert unknown == f'{config}: line 5, keys.str: there is no command "str"; did you mean "star"?'
    config.write_text('them = "nord"\n', "utf-8")
    said = programs.run("keys", env=programs.environment(DIPLO_READER_CONFIG=str(config)))
    assert said.returncode == 2 and f"{config}: " in said.stderr.decode()


async def test_the_desk_obeys_the_readers_keys(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LETTER)
    settings = Settings(key_preset="newsboat", keys=(("star", (",", "ctrl+s")),))
    library = Library.open(tmp_path / "library", settings, desk=True)
    library.add([str(tmp_path / "a.txt")], now=NOW)
    (story,) = library.archive.search("Solmark", 5)
    app = DiploApp(library, Idle(), today=TODAY)
    async with app.run_test() as pilot:
        for _ in range(100):
            await pilot.pause(0.02)
            if app.desk.rows:
                break
        await pilot.press("s")
        assert not library.marks.get(story).starred
        await pilot.press(",")
        assert library.marks.get(story).starred
        await pilot.press("N")
        assert library.marks.get(story).read
    library.close()


ALL_OTHER = tuple((command.id, (f"f{number}",)) for number, command in enumerate(COMMANDS, 13))
OTHER = {name: keys[0] for name, keys in ALL_OTHER}
NOT_KEYS = re.compile(r"\{[a-z-]+\}")  # a command's name that was left where its key should stand


async def test_every_text_names_the_readers_own_keys(sample_folder: Path) -> None:
    library = Library.open(sample_folder, Settings(keys=ALL_OTHER), desk=True)
    app = DiploApp(library, Idle(), today=TODAY)
    told: list[str] = []

    async with app.run_test(size=(120, 40)) as pilot:

        async def press(*names: str) -> None:
            await pilot.press(*(OTHER.get(name, name) for name in names))
            await settled(app, pilot)
            told.append(app._said)

        await settled(app, pilot)
        assert f"{OTHER['help']} help  {OTHER['quit']} quit" in app.main.status.out
        story_row(app)
        await press("star")
        assert app._said == f"Starred 1 story · {OTHER['undo']} takes it back"
        await press("undo")
        assert f"({OTHER['redo']} does it again)" in app._said
        for name in ("repeat-tags", "queries", "save-query", "split", "merge", "select-all"):
            await press(name)
        assert f"{OTHER['back']} drops them" in app._said
        await press("back", "filter")
        await pilot.press(*"is:starred", "enter")
        for _ in range(200):
            await pilot.pause(0.02)
            if not app.desk.rows:
                break
        assert OTHER["clear-filter"] in app.main.rows.empty_text and OTHER["filter"] in app.main.rows.empty_text
        await press("clear-filter", "help")
        page = app.screen.query_one(Page)
        assert f"Move with {OTHER['down']} and {OTHER['up']}, open with {OTHER['open']}" in page._blocks[0].text
        told.append(str(page.border_subtitle))
        await press("quit", "differences")
        frame = app.screen.query_one("#sheet")
        assert f"{OTHER['help']} help · {OTHER['back']} closes" in str(frame.border_subtitle)
        await press("export")
        assert app.screen.query_one(Prompt).question is not None
        await pilot.press("escape")
        await press("quit")
        assert app.screen is app.main
        labels = [block.text for block in app.main.summary._blocks if block.text.startswith("Summary")]
        assert labels and labels[0].endswith(f"{OTHER['longer']} {OTHER['shorter']}")
    library.close()
    assert [text for text in told if NOT_KEYS.search(text)] == []
