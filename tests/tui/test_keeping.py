"""check, backup, restore and paths as they are typed."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from filelock import FileLock

from store.archive import database
from store.marks import files
from tests.store.libraries import ODD_NAME, held, make
from tui import cli


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    capsys.readouterr()
    status = cli.main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    return status, out, err


def records(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / ODD_NAME
    make(folder)
    return folder


def test_check_says_what_it_found_and_leaves_with_0(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = said(capsys, "--library", library, "check")
    assert (status, err) == (0, "")
    assert "marked stories 3, rules 1" in out
    assert out.endswith("All is sound.\n")
    assert "NOT" not in out


def test_check_leaves_with_1_and_with_0_once_it_has_repaired(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (library / "marks.json").write_bytes(b"damaged")
    status, out, err = said(capsys, "--library", library, "check")
    assert status == 1
    assert "NOT SOUND" in out
    assert "a backup with 3 marked stories is there" in out
    assert "check --repair" in err
    status, out, err = said(capsys, "--library", library, "check", "--repair", "--json")
    assert status == 0
    assert any("3 marked stories are back" in str(r.get("repaired")) for r in records(out))
    assert records(out)[-1] == {"sound": True}
    assert len(held(library)[0]) == 3


@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
def test_check_tells_of_the_marks_beside_an_archive_that_is_busy(
    library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    (library / "marks.journal").write_bytes((library / "marks.journal").read_bytes() + b"torn")
    with closing(sqlite3.connect(library / "archive.sqlite3", isolation_level=None)) as other:
        if how == "EXCLUSIVE":
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
            other.execute("PRAGMA journal_mode = DELETE")
        other.execute(f"BEGIN {how}")
        status, out, err = said(capsys, "--library", library, "check")
        assert status == 1
        assert "marks                marked stories 3, rules 1, acts in the journal 1: NOT SOUND" in out
        assert "NOT ALL CHECKED" in out
        assert "is busy: another program" in out
        assert "check --repair" in err
        status, out, err = said(capsys, "--library", library, "check", "--repair")
        assert status == 1
        assert "repaired             The last line" in out
        assert "check again for the rest" in err
        assert not list(library.glob("archive.damaged*"))
        other.execute("ROLLBACK")
    if how == "IMMEDIATE":
        assert said(capsys, "--library", library, "check")[0] == 0


def test_what_the_library_s_state_hinders_leaves_with_1_and_wrong_use_with_2(
    library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LOCK_SECONDS", 0.1)
    (file := library.parent / "file").touch()
    with FileLock(library / "marks.lock"):
        busy, _, err = said(capsys, "--library", library, "mark", "starred", "--query", "is:unread")
    assert (busy, "1 act was not written and is lost" in err) == (1, True)
    for wrong in (["list", "since:nonsense"], ["show", "nothing"], ["--library", file, "list"]):
        assert said(capsys, "--library", library, *wrong)[0] == 2


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_an_export_that_the_disk_does_not_take_leaves_with_1_and_a_wrong_name_with_2(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    export = ("--library", library, "export", "-o")
    assert said(capsys, *export, tmp_path / "no" / "week.md")[0] == 2
    assert said(capsys, *export, tmp_path / ("w" * 300))[0] == 2
    monkeypatch.setattr(Path, "replace", refuse)
    status, _, err = said(capsys, *export, tmp_path / "week.md")
    assert (status, os.strerror(number) in err) == (1, True)


def test_a_backup_for_which_a_small_disk_has_no_room_says_how_much(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "b.zip"
    assert said(capsys, "--library", library, "backup", file)[0] == 0
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=12_300))
    status, _, err = said(capsys, "--library", library, "restore", file)
    assert status == 1
    assert re.search(r" needs \d[\d,.]* [KM]B and .* has 12\.3 KB left\. Nothing was changed", err)


def test_a_backup_without_a_name_goes_here_under_the_date(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    status, out, _ = said(capsys, "--library", library, "backup")
    (file,) = here.iterdir()
    assert status == 0
    assert file.name.startswith("diplo-reader-")
    assert out.startswith(f"{file.name}: 40 stories, 3 marked stories, 1 rule, ")
    status, out, err = said(capsys, "--library", tmp_path / "new", "restore", file)
    assert (status, err) == (0, "")
    assert held(tmp_path / "new") == held(library)


def test_backup_and_restore_for_programs(library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, "--library", library, "backup", tmp_path / "kept.zip", "--json")
    found = records(out)[-1]
    assert (status, found["stories"], found["marked"], found["rules"]) == (0, 40, 3, 1)
    assert found["bytes"] == (tmp_path / "kept.zip").stat().st_size
    status, out, err = said(capsys, "--library", library, "restore", tmp_path / "kept.zip", "--json")
    assert status == 0
    assert records(out)[-1]["restored"] == str(tmp_path / "kept.zip")
    assert "before-restore-" in err


def test_a_backup_of_a_library_that_lost_its_archive_says_so_and_leaves_with_1(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "--library", library, "backup", tmp_path / "kept.zip")[0] == 0
    for path in library.glob("archive.*"):
        path.unlink()
    status, out, err = said(capsys, "--library", library, "backup", tmp_path / "kept.zip", "--json")
    assert status == 1
    assert "is gone or was emptied: this backup holds no story" in err
    assert "kept as kept-2.zip" in err
    assert records(out)[-1]["lost"] != []


@pytest.mark.parametrize(
    "arguments", [["restore", "nothing.zip"], ["restore"], ["restore", "--empty"], ["backup"], ["check"]]
)
def test_where_there_is_nothing_one_line_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    status, out, err = said(capsys, "--library", tmp_path / "none", *arguments)
    assert (status, out) == (1, "")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert not (tmp_path / "none").exists()


def test_restore_takes_a_file_or_begins_empty_and_not_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = said(capsys, "--library", tmp_path, "restore", "--empty", "kept.zip")
    assert status == 2
    assert "not allowed with" in err


def test_paths_names_the_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = records(said(capsys, "--library", tmp_path, "paths", "--json")[1])
    assert found["marks"] == str(tmp_path / "marks.json")
    assert {"library", "archive", "log", "settings"} <= found.keys()


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["search", "talks"],
        ["export", "-o", "-"],
        ["export", "is:starred", "-o", "-"],
        ["mark", "read", "--query", "is:unread"],
        ["tag", "x", "--query", "is:starred", "--json"],
        ["events", "--json"],
        ["statistics"],
        ["quotes"],
        ["queries"],
        ["rebuild"],
        ["show", "ab"],
        ["summarise", "--id", "ab"],
    ],
)
@pytest.mark.parametrize("emptied", [False, True])
def test_whoever_asks_of_stories_that_were_lost_is_not_told_that_there_are_none(
    library: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], emptied: bool
) -> None:
    for path in library.glob("archive.*"):
        path.unlink()
    if emptied:
        (library / "archive.sqlite3").touch()
    for _ in range(2):
        status, _, err = said(capsys, "--library", library, *arguments)
        assert status == 1
        assert "The archive of this library is gone" in err
    status, _, err = said(capsys, "--library", library, "queries", "--save", "new", "is:unread")
    assert (status, "The archive of this library is gone" in err) == (0, True)  # that needs no story


def test_an_empty_library_is_no_lost_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["list"], ["export"], ["mark", "read", "--query", "is:unread"], ["statistics"]):
        assert said(capsys, "--library", tmp_path / "new", *arguments)[0] == 0


def test_a_backup_without_a_name_and_a_folder_for_one_are_refused_for_what_they_are(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = said(capsys, "--library", library, "restore", "")
    assert (status, "the name of the file is empty" in err) == (2, True)
    status, _, err = said(capsys, "--library", library, "restore", ".")
    assert (status, "is a folder, no backup: name the file that `backup` wrote" in err) == (1, True)
