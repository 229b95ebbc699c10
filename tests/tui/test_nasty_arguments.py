"""Whatever is typed behind a command, piped into it or found in its library: no traceback, a status that says how it
went, and a line that says what was wrong."""

from __future__ import annotations

import io
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.store.libraries import damaged, make, story
from tui import arguments, cli

LONG = "a" * 300
OPTIONS = {
    "queries": ["--save", "--delete"],
    "show": ["--dropped"],
    "mark": ["--note", "--id", "--query", "read"],
    "tag": ["--remove", "--id", "--query"],
    "export": ["-o", "--format", "--force", "--story"],
    "why": ["--markdown", "-o"],
    "differences": ["-o", "--force"],
    "storyline": ["-o"],
    "statistics": ["-o", "--markdown"],
    "quotes": ["--story", "--event", "--speaker", "-o"],
    "find-event": ["--limit"],
    "furniture": ["--off", "--on"],
    "settle": ["--story", "--reread", "--outlet", "--regroup"],
    "check": ["--repair"],
    "restore": ["--empty"],
    "summarise": ["-n", "--words", "--method", "--id", "--event"],
    "demo": ["--headless"],
}
STDIN = (b"", b"\0\xff\xfe", b"{}\n", b"[", b'{"text": "A b. C d."}\n' * 3, b'\xef\xbb\xbf{"id": {}, "text": []}\n')
COMMANDS = sorted(cli.COMMANDS - {"serve", "desk"})  # which go on until they are stopped, or need a terminal


class Stdin(io.TextIOWrapper):
    def isatty(self) -> bool:
        return False


def run(monkeypatch: pytest.MonkeyPatch, line: Sequence[str], stdin: bytes = b"") -> int:
    monkeypatch.setattr(sys, "stdin", Stdin(io.BytesIO(stdin), encoding="utf-8", errors="replace"))
    return cli.main(line)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a library and files of every ill sort, where we are."""
    make(tmp_path / "library")
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty").touch()
    (tmp_path / "noise").write_bytes(random.Random(3).randbytes(3000))
    (tmp_path / "null.txt").write_bytes(b"a\0b\n\nText \0 of it.\n" * 9)
    (tmp_path / "odd.jsonl").write_text('{"text": 5}\n[1]\n{"title": null, "text": "A b c. D e f."}\n{\n')
    (tmp_path / "deep.json").write_text("[" * 100_000)
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04" + b"x" * 50)
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def nasty(place: Path) -> list[str]:
    files = [p.name for p in sorted(place.iterdir()) if p.name != "library"]
    texts = ["", "-", "--", "*", LONG * 20, "\udcff", "😀", "\x1b[31m", "\n", '"', "((((", "tag:", "@", "@x", "is:"]
    texts += ["NOT", "AND OR", "before:9999-99-99", "0", "-1", "1e9", "9" * 20, "e-", "e-zzz", "~nobody", "%s{}", "."]
    return [*files, *texts, story(3), story(3)[:4], story(3)[:1], "--json", "--help", "--limit", "--id", "١", "/" * 300]


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_stumbles_over_what_is_typed_behind_it(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    chance, texts = random.Random(command), nasty(place)
    reads = command in ("add", "clean", "group", "summarise", "find-event")
    for _ in range(8):
        line = [command, *chance.choices([*texts, *OPTIONS.get(command, [])], k=chance.randrange(4))]
        if reads and {".", "/" * 300} & set(line):
            continue  # a whole disk
        status = run(monkeypatch, ["--library", "library", *line], chance.choice(STDIN))
        said = capsys.readouterr()
        assert status in (0, 1, 2), (line, said.err)
        assert status == 0 or (said.out + said.err).strip(), line
        assert "Traceback" not in said.out + said.err, line


@pytest.mark.parametrize("library", [LONG, "a\0b", "loop", "empty", "empty/in", "/dev/null/in"])
def test_a_folder_that_can_be_no_library_is_told_by_every_command(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], library: str
) -> None:
    needed = {"show": ["x"], "split": ["x"], "why": ["x"], "merge": ["x", "y"], "search": ["x"], "mark": ["read"]}
    needed |= {"differences": ["x"], "storyline": ["x"], "find-event": ["null.txt"], "add": ["null.txt"], "tag": ["x"]}
    for command in sorted({*cli.IN_LIBRARY, "check", "backup", "restore"}):
        status = run(monkeypatch, ["--library", library, command, *needed.get(command, [])])
        said = capsys.readouterr()
        assert (status, "something went wrong that should not" in said.err) == (2, False), (command, said.err)
    assert run(monkeypatch, ["--library", library, "summarise", "null.txt"]) in (0, 1, 2)


def test_what_nobody_foresaw_in_a_damaged_archive_is_told_as_damage(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert damaged(place / "library", "UPDATE stories SET origin = x'ff00' WHERE n = 4") == 1

    def stumble(*_: object) -> int:
        raise AttributeError("'bytes' object has no attribute 'casefold'")

    monkeypatch.setitem(cli.IN_LIBRARY, "list", stumble)
    assert run(monkeypatch, ["--library", "library", "list"]) == 1
    assert (
        "is damaged (the table stories is not as it was written). Run `diplo-reader rebuild`" in capsys.readouterr().err
    )
    assert run(monkeypatch, ["--library", "library", "rebuild"]) == 0
    assert run(monkeypatch, ["--library", "library", "list"]) == 3  # our own fault, then


def test_every_command_is_in_the_parser_and_every_one_of_the_parser_does_something() -> None:
    [sub] = [a for a in arguments.parser()._actions if a.dest == "command"]
    assert sub.choices is not None
    assert set(sub.choices) == cli.COMMANDS
