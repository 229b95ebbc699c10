"""README.md says what the code does: its key table, its query fields, its settings, its commands, its limits."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

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


@pytest.mark.parametrize("name", ["desk", "session"])
def test_the_pictures_are_there_and_name_no_host(name: str) -> None:
    assert f"(docs/{name}.svg)" in README.read_text("utf-8")
    picture = (README.parent / "docs" / f"{name}.svg").read_text("utf-8")
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", picture)
    assert len(picture) < 300_000
    ElementTree.fromstring(picture)  # a browser shows nothing of one that is not well-formed


def test_no_key_has_two_meanings() -> None:
    keys = [k for c in COMMANDS for k in c.keys]
    assert sorted(keys) == sorted(set(keys))
