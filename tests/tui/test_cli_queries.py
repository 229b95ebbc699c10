"""Saved queries, highlights and notes of several lines from the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from store.config import Settings
from store.library import Library
from tui import cli


class Line:
    """The command line in one library."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        self.err = ""

    def __call__(self, *arguments: str, status: int = 0) -> str:
        self.capsys.readouterr()
        assert cli.main(["--library", str(self.folder), *arguments]) == status
        out, self.err = self.capsys.readouterr()
        return out


@pytest.fixture
def line(sample_folder: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(sample_folder, capsys)


def test_a_query_is_saved_listed_called_for_everywhere_and_deleted(line: Line) -> None:
    assert "No saved queries yet" in (line("queries") + line.err)
    line("queries", "--save", "the straits", "straits -is:dismissed")
    assert "Saved as @the-straits" in line.err
    plain = line("list", "--json", "straits")
    assert plain and line("list", "--json", "@the-straits") == plain
    number = len(plain.splitlines())
    (told,) = [json.loads(row) for row in line("queries", "--json").splitlines()]
    assert told == {
        "name": "the-straits", "query": "straits -is:dismissed", "stories": number, "unread": number, "wrong": None
    }  # fmt: skip
    assert line("mark", "starred", "--query", "saved:the-straits").startswith(f"{number} of {number}")
    assert "Highlighted" not in line("export", "@the-straits is:starred")
    line("queries", "--delete", "@the-straits")
    assert "there is none yet" in (line("queries", "--delete", "the-straits", status=2) + line.err)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--save", "a"], "Say which query to save"),
        (["--save", "a", "outlt:x"], "did you mean `outlet:`"),
        (["straits"], "queries --save NAME QUERY"),
        (["--save", '"', "straits"], "letters or digits"),
    ],
)
def test_what_cannot_be_saved_is_told(line: Line, arguments: list[str], told: str) -> None:
    line("queries", *arguments, status=2)
    assert told in line.err


def test_a_note_of_several_lines_takes_one_line_in_a_list_and_highlights_are_shown(line: Line) -> None:
    library = Library.open(line.folder, Settings())
    story = library.events()[0].stories[0].id
    library.mark("Noted", [story], lambda m: replace(m, note="one\n\ntwo", highlights=("A passage.",), tags=("x",)))
    library.close()
    assert "“one two”" in line("list", "has:highlight has:note")
    assert "▐ A passage." in line("show", story)
    assert json.loads(line("show", "--json", story))["mark"]["highlights"] == ["A passage."]
    assert "> A passage." in line("export", "tag:x")
