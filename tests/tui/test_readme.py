"""README.md says what the code does: its key table, its query fields, its settings, its commands, its limits."""

from __future__ import annotations

import re
from pathlib import Path

from tests.tui.readme import README, filled
from tui import cli
from tui.commands import COMMANDS, key_name


def test_the_made_parts_of_the_readme_are_up_to_date() -> None:
    text = README.read_text("utf-8")
    assert filled(text) == text, "run: python -m tests.tui.readme"


def test_every_key_stands_in_the_readme() -> None:
    text = README.read_text("utf-8")
    assert [k for c in COMMANDS for k in c.keys if f"`{key_name(k)}`" not in text] == []


def test_every_command_of_the_command_line_stands_in_the_readme() -> None:
    text = README.read_text("utf-8")
    assert [
        c for c in (*cli.IN_LIBRARY, *cli.PIPES, "demo", "paths", "keys", "restore") if not re.search(rf"\b{c}\b", text)
    ] == []


def test_the_two_commands_that_set_everything_up_are_there() -> None:
    text = README.read_text("utf-8")
    assert re.search(r"^python -m pip install \. && diplo-reader demo$", text, re.MULTILINE)
    assert re.search(r"^python -m pip install -e '\.\[test\]' && python -m pytest", text, re.MULTILINE)


def test_the_picture_is_there_and_names_no_host() -> None:
    picture = README.parent / Path("docs/desk.svg")
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", picture.read_text("utf-8"))


def test_no_key_has_two_meanings() -> None:
    keys = [k for c in COMMANDS for k in c.keys]
    assert sorted(keys) == sorted(set(keys))
