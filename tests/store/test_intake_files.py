"""Paths -> files -> stories: folders, links, pipes, limits, permissions."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from store import intake
from store.model import Raw, Rejected

links = pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="links need rights here")
pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")


def put(folder: Path, name: str, text: str | bytes = "The envoy left.") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def names(folder: Path, *paths: Path) -> list[str]:
    """What expand finds, relative to folder, rejected ones as NAME: REASON."""
    found = intake.expand(paths or [folder])
    return [
        f"{Path(f.source).relative_to(folder)}: {f.reason}"
        if isinstance(f, Rejected)
        else f.relative_to(folder).as_posix()
        for f in found
    ]


def reason(path: Path, limit: int = 1000) -> str:
    (rejected,) = intake.read(path, limit=limit)
    assert isinstance(rejected, Rejected) and rejected.source == str(path)
    return rejected.reason


def test_a_file_is_read_with_its_absolute_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.txt")
    monkeypatch.chdir(tmp_path)
    (raw,) = intake.read(Path("a.txt"))
    assert raw == Raw("The envoy left.", source=str(tmp_path / "a.txt"))


def test_folders_are_walked_by_name_and_hidden_things_are_not_looked_at(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.html", "a/1.md", "c.jsonl", ".hidden.txt", ".git/d.txt", "a/b/c/d.JSON"):
        put(tmp_path, name)
    assert names(tmp_path) == ["a/1.md", "a/2.html", "a/b/c/d.JSON", "b.txt", "c.jsonl"]


def test_what_lies_beside_stories_in_a_folder_is_passed_over_and_counted(tmp_path: Path) -> None:
    put(tmp_path, "picture.jpg", b"\xff\xd8\xff\xe0")
    put(tmp_path, "style.css", "p { color: red }")
    put(tmp_path, "paper.pdf", b"%PDF-1.4")
    put(tmp_path, "page.php", "<!doctype html><p>The envoy left.")
    put(tmp_path, "story")
    put(tmp_path, "programme", b"\x7fELF\x00\x01\x02\x03" * 9)
    skipped: list[Path] = []
    found = intake.expand([tmp_path], skipped=skipped.append)
    assert found == [tmp_path / "page.php", tmp_path / "story"]
    assert [p.name for p in skipped] == ["paper.pdf", "picture.jpg", "programme", "style.css"]


def test_a_dot_in_a_title_is_no_ending(tmp_path: Path) -> None:
    put(tmp_path, "2031.05.03")
    put(tmp_path, "Talks stall. No date set")
    assert names(tmp_path) == ["2031.05.03", "Talks stall. No date set"]


def test_the_folder_a_browser_saves_beside_a_page_is_not_walked(tmp_path: Path) -> None:
    for name in ("Talks.html", "Talks_files/advert.html", "other_files/b.html"):
        put(tmp_path, name)
    assert names(tmp_path) == ["Talks.html", "other_files/b.html"]


def test_a_file_named_by_the_reader_is_always_tried(tmp_path: Path) -> None:
    style, hidden = put(tmp_path, "style.css"), put(tmp_path, ".hidden")
    assert intake.expand([style, hidden]) == [style, hidden]


@links
def test_the_same_file_is_read_once(tmp_path: Path) -> None:
    file = put(tmp_path, "a.txt")
    (tmp_path / "b.txt").symlink_to(file)
    (tmp_path / "folder").symlink_to(tmp_path / "real")
    put(tmp_path, "real/c.txt")
    assert names(tmp_path, file, tmp_path, file, tmp_path / "real") == ["a.txt", "folder/c.txt"]


@links
def test_a_loop_of_links_is_told_and_stops_no_other(tmp_path: Path) -> None:
    put(tmp_path, "a/b/c.txt")
    (tmp_path / "a" / "b" / "back").symlink_to(tmp_path / "a")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert names(tmp_path) == ["self.txt: loop of links", "a/b/back: loop of links", "a/b/c.txt"]
    assert names(tmp_path, tmp_path / "self.txt") == ["self.txt: loop of links"]


@links
def test_many_links_across_folders_cost_no_more_than_the_folders(tmp_path: Path) -> None:
    for n in range(12):
        put(tmp_path, f"{n}/s.txt")
        for m in range(12):
            (tmp_path / str(n) / f"to{m}").symlink_to(tmp_path / str(m))
    found = intake.expand([tmp_path])
    assert len([f for f in found if isinstance(f, Path)]) == 12
    assert {f.reason for f in found if isinstance(f, Rejected)} == {"loop of links"}


@links
def test_folders_may_be_deeper_than_the_stack(tmp_path: Path) -> None:
    deep = [f"{tmp_path}{'/d' * n}" for n in range(1, sys.getrecursionlimit() + 100)]
    for folder in deep:
        os.mkdir(folder)  # noqa: PTH102
    story = put(Path(deep[-1]), "a.txt")
    try:
        assert intake.expand([tmp_path]) == [story]
    finally:  # the test runner's own clearing up recurses
        story.unlink()
        for folder in reversed(deep):
            os.rmdir(folder)  # noqa: PTH106


@pipes
def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert reason(tmp_path / "pipe.txt") == "not a regular file"
    assert names(tmp_path, tmp_path / "pipe.txt") == ["pipe.txt: not a regular file"]
    os.mkfifo(tmp_path / "control")
    assert names(tmp_path) == ["pipe.txt: not a regular file"]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
def test_a_device_is_refused() -> None:
    assert reason(Path("/dev/zero")) == "not a regular file"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert reason(tmp_path) == "not a regular file"


def test_what_is_not_there_is_unreadable(tmp_path: Path) -> None:
    gone = tmp_path / "gone.txt"
    assert reason(gone) == "unreadable (no such file or directory)"
    assert intake.expand([gone]) == [Rejected(str(gone), "unreadable (no such file or directory)")]
    assert [type(f) for f in intake.expand([Path("a\0b"), Path("x" * 5000)])] == [Rejected, Rejected]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_unreadable(tmp_path: Path) -> None:
    put(tmp_path, "a.txt").chmod(0)
    assert reason(tmp_path / "a.txt") == "unreadable (permission denied)"


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    with put(tmp_path, "a.txt").open("wb") as file:
        file.truncate(10**12)  # a hole: reading it would take all memory
    assert reason(tmp_path / "a.txt", limit=20_000_000) == "larger than the limit of 20 MB"


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    assert isinstance(next(intake.read(put(tmp_path, "a.txt", "a" * 100), limit=100)), Raw)


class Endless(io.BytesIO):
    """A stream that never ends, and counts what is taken of it."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        assert size is not None and size >= 0
        self.taken += size
        return b"a" * size


def test_standard_input_is_read_to_the_limit_and_no_further() -> None:
    stream = Endless()
    (rejected,) = intake.read_stream(stream, limit=1000)
    assert rejected == Rejected("standard input", "larger than the limit of 1000 bytes")
    assert stream.taken == 1001


def test_a_story_on_standard_input_has_no_place() -> None:
    assert list(intake.read_stream(io.BytesIO(b"The envoy left."))) == [Raw("The envoy left.")]


def test_a_name_is_told_without_its_hostile_characters(tmp_path: Path) -> None:
    try:
        file = put(tmp_path, "a\x1b[2J\u202e\udcff.txt" if os.name != "nt" else "a.txt")
    except OSError:
        pytest.skip("names are Unicode here")
    (raw,) = intake.read(file)
    assert isinstance(raw, Raw) and raw.source is not None
    assert raw.source.isprintable()
    assert raw.source.encode("utf-8").startswith(str(tmp_path).encode())
