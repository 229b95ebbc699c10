"""The theme: what the settings say, until another is chosen at the desk; and again when they say something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.config import Settings
from store.library import Library
from tests.conftest import TODAY
from tests.tui.fakes import Idle
from tui.app import DiploApp
from tui.starting import chosen_theme


async def shown(folder: Path, theme: str, *, choose: str = "") -> tuple[str, list[str]]:
    """The theme of a desk under these settings, before another is chosen there, and what it complains of."""
    library = Library.open(folder, Settings(theme=theme), desk=True)
    app = DiploApp(library, Idle(), today=TODAY)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause(0.1)
        await app.workers.wait_for_complete([w for w in app.workers if w.group == "start"])
        first = app.theme
        app.theme = choose or first
        said = [n.message for n in app._notifications]
        app.leave()
    library.close()
    return first, said


async def test_the_settings_win_unless_another_theme_was_chosen_since(tmp_path: Path) -> None:
    assert (await shown(tmp_path, "textual-dark"))[0] == "textual-dark"
    assert (await shown(tmp_path, "dracula"))[0] == "dracula", "nothing was chosen at the desk"
    await shown(tmp_path, "dracula", choose="nord")
    for _ in range(2):
        assert (await shown(tmp_path, "dracula"))[0] == "nord", "what was chosen at the desk is kept"
    assert (await shown(tmp_path, "gruvbox"))[0] == "gruvbox", "the settings say something else since"
    assert (await shown(tmp_path, "dracula"))[0] == "dracula"


async def test_a_wrong_theme_in_the_settings_is_told_at_each_start(tmp_path: Path) -> None:
    for choose in ("", "nord", ""):
        theme, said = await shown(tmp_path, "drakula", choose=choose)
        assert any("no theme 'drakula'" in each and "dracula" in each for each in said)
    assert theme == "nord"
    assert (await shown(tmp_path, "dracula"))[0] == "dracula"


@pytest.mark.parametrize("kept", [None, "nord", 3, ["nord"], {"chosen": 3, "settings": "dracula"}, {"chosen": "nord"}])
def test_what_was_not_kept_so_is_no_choice(kept: object) -> None:
    assert chosen_theme(kept, "dracula") == ""
