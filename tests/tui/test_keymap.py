"""The reader's own keys: presets, settings, and what is told when a key changes hands."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.config import Settings
from store.errors import ConfigError
from store.library import Library
from tests.conftest import NOW, TODAY
from tests.tui.fakes import Idle
from tui import keymap
from tui.app import DiploApp
from tui.commands import COMMANDS

LETTER = "Talks open in Solmark\n\nSOLMARK, May 3 (Lark News) -- Envoys of both sides met in Solmark on Saturday.\n"


@pytest.mark.parametrize("preset", list(keymap.PRESETS))
def test_in_every_preset_each_key_has_one_meaning_and_each_command_a_key(preset: str) -> None:
    table, told = keymap.commands(preset, ())
    keys = [key for command in table for key in command.keys]
    assert sorted(keys) == sorted(set(keys))
    assert [command.id for command in table if not command.keys] == []
    assert told == ()


def test_a_preset_names_only_commands_there_are() -> None:
    known = {command.id for command in COMMANDS}
    assert [name for keys in keymap.PRESETS.values() for name in keys if name not in known] == []


def test_the_readers_keys_go_before_the_preset_and_what_lost_one_is_told() -> None:
    table, told = keymap.commands("mutt", (("redo", ("F", "ctrl+y")),))
    by_id = {command.id: command.keys for command in table}
    assert by_id["redo"] == ("F", "ctrl+y")
    assert by_id["star"] == ()
    assert told == ('"F" is now redo: star has no key left',)


def test_a_command_that_there_is_not_is_told_with_the_nearest() -> None:
    with pytest.raises(ConfigError, match=r'keys\.strar: there is no command "strar"; did you mean "star"\?'):
        keymap.commands("default", (("strar", ("s",)),))


def test_a_key_given_twice_is_told() -> None:
    with pytest.raises(ConfigError, match=r'keys\.read: "Z" is given to star too'):
        keymap.commands("default", (("star", ("Z",)), ("read", ("Z",))))


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
