"""The command line: what each command says, where it says it, and what it leaves with."""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import select
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest

from store.marks import Marks
from store.model import outlet_key
from tests.tui import programs
from tui import arguments, cli, commands
from tui.headless import crash, opening

STORY = (
    "Harbour talks end in Tellmark with a date for more\n\n"
    "Delegates from Vardania and Orlesia left the customs house in Tellmark on Tuesday after nine hours of talks on "
    "the harbour dues. Forty ships have been waiting outside since the dues were raised.\n\n"
    "“We have agreed to meet again,” the Vardanian envoy, Ilse Tarnow, told reporters on the quay.\n"
)
posix = pytest.mark.skipif(os.name != "posix", reason="pipes and locales as POSIX has them")


@dataclass(frozen=True)
class Said:
    status: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


def runner(capsys: pytest.CaptureFixture[str], *always: object) -> Callable[..., Said]:
    """Runs the command line in this process, these words first."""

    def run(*arguments: object) -> Said:
        capsys.readouterr()
        status = cli.main([str(a) for a in (*always, *arguments)])
        said = capsys.readouterr()
        return Said(status, said.out, said.err)

    return run


def holding(
    stories: Iterable[Mapping[str, str]], folder: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Said]:
    """The command line in a library of these stories."""
    run = runner(capsys, "--library", folder / "library")
    file = folder / "stories.jsonl"
    file.write_text("".join(json.dumps(story) + "\n" for story in stories), "utf-8")
    assert run("add", file).status == 0
    return run


@pytest.fixture
def bare(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Runs the command line in this process, with nothing added to what is given."""
    return runner(capsys)


@pytest.fixture
def run(bare: Callable[..., Said], sample_folder: Path) -> Callable[..., Said]:
    """The same in a library of the sample stories."""
    return lambda *arguments: bare("--library", sample_folder, *arguments)


@pytest.fixture
def story(run: Callable[..., Said]) -> str:
    """The id of a sample story that nothing was done to."""
    return str(next(r["id"] for r in run("list", "--json").records if not r["mark"]["tags"]))


def stdin(monkeypatch: pytest.MonkeyPatch, data: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))


# add, rebuild


def test_add_counts_and_tells_what_it_rejects(bare: Callable[..., Said], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(STORY, "utf-8")
    (tmp_path / "in" / "b.txt").write_bytes(b"")
    first = bare("--library", tmp_path / "lib", "add", tmp_path / "in")
    assert (first.status, first.out) == (1, "1 added, 0 same, 0 revised, 1 rejected\n")
    assert first.err == f"{tmp_path / 'in' / 'b.txt'}: empty\n"
    again = bare("--library", tmp_path / "lib", "add", tmp_path / "in" / "a.txt")
    assert (again.status, again.out, again.err) == (0, "0 added, 1 same, 0 revised, 0 rejected\n", "")


def test_add_for_programs_tells_progress_rejections_and_counts(bare: Callable[..., Said], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    said = bare("--library", tmp_path / "lib", "add", "--json", tmp_path / "a.txt", tmp_path / "none.txt")
    assert said.status == 1
    assert said.records[0]["stage"] == "reading"
    assert [r["source"] for r in said.records if "reason" in r] == [str(tmp_path / "none.txt")]
    assert said.records[-1] == {"added": 1, "same": 0, "revised": 0, "rejected": 1}


def test_add_takes_standard_input(bare: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, json.dumps({"text": STORY, "tags": ["harbour"]}))
    assert bare("--library", tmp_path / "lib", "add", "-").out.startswith("1 added")
    stdin(monkeypatch, "")
    said = bare("--library", tmp_path / "lib", "add", "-")
    assert (said.status, said.err) == (1, "standard input: empty\n")
    assert [r["mark"]["tags"] for r in bare("--library", tmp_path / "lib", "list", "--json").records] == [["harbour"]]


def test_rebuild_says_how_many(run: Callable[..., Said]) -> None:
    number = len(run("list", "--json").records)
    assert run("rebuild").out == f"{number} stories read and grouped anew; marks untouched\n"
    assert run("rebuild", "--json").records[-1] == {"rebuilt": number}


def test_rebuild_mends_an_archive_that_does_not_open(run: Callable[..., Said], sample_folder: Path) -> None:
    number = len(run("list", "--json").records)
    run("mark", "starred", "--query", "is:unread")
    archive = sample_folder / "archive.sqlite3"
    archive.write_bytes(b"x" * 100 + archive.read_bytes()[100:])
    damaged = run("list")
    assert (damaged.status, damaged.out) == (1, "")
    assert "diplo-reader rebuild" in damaged.err
    mended = run("rebuild")
    assert (mended.status, mended.out) == (0, f"{number} stories read and grouped anew; marks untouched\n")
    assert len(mended.err.splitlines()) == 2
    assert f"{number} stories are saved. The old file is kept as" in mended.err
    assert "archive.damaged-" in mended.err
    assert len(run("list", "--json", "is:starred").records) == number


# list, search, show


def test_list_groups_stories_under_their_events(run: Callable[..., Said]) -> None:
    said = run("list")
    stories = re.findall(r"^    [0-9a-f]{8} ● .+$", said.out, re.MULTILINE)
    headlines = re.findall(r"^(?:\d{4}-\d\d-\d\d| {10})  \S.+$", said.out, re.MULTILINE)
    assert (said.status, said.err) == (0, "")
    assert 12 <= len(headlines) < len(stories)
    assert len(headlines) + len(stories) == len(said.out.splitlines())


def test_no_outlet_is_said_to_run_its_own_copy(run: Callable[..., Said]) -> None:
    told = re.findall(r"^    [0-9a-f]{8}  (.+?), runs (.+?): ", run("events").out, re.MULTILINE)
    assert told
    assert [(outlet, origin) for outlet, origin in told if outlet_key(outlet) == outlet_key(origin)] == []


def test_list_for_programs_is_a_record_a_story(run: Callable[..., Said]) -> None:
    records = run("list", "--json").records
    assert len({r["id"] for r in records}) == len(records) >= 48
    assert {"id", "title", "published", "outlet", "event", "storyline", "why", "mark"} <= set(records[0])


def test_list_takes_a_query(run: Callable[..., Said], story: str) -> None:
    run("mark", "starred", "--id", story)
    assert [r["id"] for r in run("list", "--json", "is:starred").records] == [story]
    nothing = run("list", "tag:nowhere")
    assert (nothing.status, nothing.out) == (0, "")
    assert nothing.err.splitlines() == ["No story has the tag `nowhere` - there are loans, sea", "No story fits."]
    wrong = run("list", "is:nonsense")
    assert (wrong.status, wrong.out) == (2, "")
    assert "nonsense" in wrong.err


def test_an_empty_library_says_what_to_do(bare: Callable[..., Said], tmp_path: Path) -> None:
    said = bare("--library", tmp_path / "new", "list")
    assert (said.status, said.err) == (0, "No stories yet: diplo-reader add FOLDER\n")
    assert "Nothing to export" in bare("--library", tmp_path / "new", "export").err


def test_a_library_of_an_older_program_is_brought_up_to_date_and_that_is_told_once(
    bare: Callable[..., Said], tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "archive.sqlite3")) as db:
        db.executescript((Path(__file__).parents[1] / "data" / "archive" / "schema1.sql").read_text("utf-8"))
    Marks.open(tmp_path).close()
    first = bare("--library", tmp_path, "list", "--json")
    assert (len(first.records), first.err) == (4, f"{opening.UPGRADE}\n")
    assert bare("--library", tmp_path, "list", "--json").err == ""


@pytest.mark.parametrize("command", [("list",), ("search", "talks"), ("export",), ("events",), ("statistics",)])
def test_every_command_tells_that_the_archive_is_gone(
    run: Callable[..., Said], sample_folder: Path, command: tuple[str, ...]
) -> None:
    run("mark", "starred", "--query", "is:unread")
    (sample_folder / "archive.sqlite3").unlink()
    said = run(*command)
    assert "The archive of this library is gone" in said.err
    assert "restore FILE" in said.err
    assert "No stories yet" not in said.err


def test_search_finds_words(run: Callable[..., Said]) -> None:
    found = run("search", "--json", "Haldervik", "dredging").records
    assert found
    for record in found:
        text = run("show", record["id"]).out
        assert "Haldervik" in text
        assert "dredging" in text.casefold()
    assert len(run("search", "--limit", "1", "--json", "straits").records) == 1
    assert run("search", "zzyzx").err == "No story holds these words.\n"
    refused = run("search", '"', "(", "*")
    assert (refused.status, refused.err) == (2, "diplo-reader: the quote opened here is not closed\n")


def test_show_takes_the_beginning_of_an_id(run: Callable[..., Said], story: str) -> None:
    record = run("show", "--json", story[:8]).records[0]
    assert record["id"] == story
    said = run("show", story)
    assert said.out.startswith(record["title"])
    kept = [p["text"] for p in record["passages"] if p["kind"] == "body"]
    assert all(text in said.out for text in kept)
    unknown = run("show", "zzz")
    assert (unknown.status, unknown.out) == (2, "")


def test_show_tells_what_was_dropped_when_asked(run: Callable[..., Said]) -> None:
    for listed in run("list", "--json").records:
        dropped = [p for p in run("show", "--json", listed["id"]).records[0]["passages"] if p["kind"] == "dropped"]
        if dropped:
            break
    with_dropped = run("show", "--dropped", listed["id"]).out
    assert f"  | {dropped[0]['text']}  [{dropped[0]['reason']}]" in with_dropped
    assert "  | " not in run("show", listed["id"]).out


# mark, tag


def test_mark_sets_and_takes_back(run: Callable[..., Said], story: str) -> None:
    def mark() -> dict[str, Any]:
        found: dict[str, Any] = run("show", "--json", story).records[0]["mark"]
        assert found.pop("highlights") == []
        return found

    assert run("mark", "starred", "read", "--id", story, "--note", "call back").out == "1 of 1 story changed\n"
    assert mark() == {"read": True, "starred": True, "dismissed": False, "tags": [], "note": "call back"}
    assert run("mark", "--id", story, "unread", "unstarred", "--note", "").out == "1 of 1 story changed\n"
    assert mark() == {"read": False, "starred": False, "dismissed": False, "tags": [], "note": ""}
    run("mark", "dismissed", "--id", story)
    assert story not in {r["id"] for r in run("list", "--json").records}
    assert story in {r["id"] for r in run("list", "--json", "is:dismissed").records}
    assert run("mark", "kept", "--query", "is:dismissed", "--json").records == [{"stories": 1, "changed": 1}]
    assert run("mark", "kept", "--id", story).out == "0 of 1 story changed\n"


def test_tag_adds_and_removes(run: Callable[..., Said], story: str) -> None:
    run("tag", "#urgent", "two  words", "urgent", "--id", story[:10])
    assert run("show", "--json", story).records[0]["mark"]["tags"] == ["two words", "urgent"]
    run("tag", "late", "--remove", "#urgent", "--id", story)
    assert run("show", "--json", story).records[0]["mark"]["tags"] == ["late", "two words"]
    assert [r["id"] for r in run("list", "--json", 'tag:"two words"').records] == [story]


@pytest.mark.parametrize(
    "wrong",
    [
        ("mark", "starred"), ("mark", "--id", "x", "shiny"), ("mark", "--query", "is:read"), ("tag", "x"),
        ("tag", "--query", "is:read"), ("tag", "#", "--query", "is:read"), ("mark", "read", "--id", "no-such"),
        ("mark", "read", "--query", "is:nonsense"), ("export", "is:read", "--story", "x"),
        ("export", "--format", "pdf"),
        ("search",), ("search", "x", "--limit", "0"), ("search", "x", "--limit", "½"), ("add",), ("show",),
        ("nonsense", "--x"),
        ("clean", "-", "file"), ("summarise", "--method", "magic"), ("summarise", "-n", "x"), ("list", "--nonsense"),
    ],
)  # fmt: skip
def test_wrong_use_leaves_with_2_and_says_why(run: Callable[..., Said], wrong: tuple[str, ...]) -> None:
    said = run(*wrong)
    assert (said.status, said.out) == (2, "")
    assert said.err.strip()
    assert "Traceback" not in said.err


@pytest.mark.parametrize("command", ["list", "mark", "summarise"])
def test_a_command_tells_its_own_usage(bare: Callable[..., Said], command: str) -> None:
    said = bare(command, "--help")
    assert said.out.startswith(f"usage: diplo-reader {command} [-h]")
    assert said.out.count("diplo-reader") == 1


def test_wrong_use_of_a_command_is_told_with_its_usage_alone(bare: Callable[..., Said]) -> None:
    said = bare("search", "x", "--limit", "0")
    assert said.err.startswith("usage: diplo-reader search [-h]")
    assert said.err.splitlines()[-1].startswith("diplo-reader search: error: argument --limit: '0' is not")
    assert "COMMAND" not in said.err


def test_what_is_neither_file_nor_command_is_told_in_a_line(bare: Callable[..., Said], tmp_path: Path) -> None:
    said = bare("--library", tmp_path / "library", "frobnicate", "and more")
    assert (said.status, said.out) == (2, "")
    assert said.err == "diplo-reader: no such file or command: frobnicate; `diplo-reader --help` lists the commands\n"
    assert not (tmp_path / "library").exists()


# export


def test_export_goes_to_standard_output_and_its_counts_do_not(run: Callable[..., Said], story: str) -> None:
    run("tag", "review", "--id", story)
    said = run("export", "tag:review")
    assert (said.status, said.err) == (0, "1 story in, 1 written, in 1 event\n")
    assert said.out.startswith("---\n")
    assert run("export", "tag:review", "-o", "-").out == said.out
    title = run("show", "--json", story).records[0]["title"]
    assert title.split()[0] in run("export", "--story", story, "--story", story[:10]).out


def test_export_writes_a_file_and_refuses_one_that_is_not_ours(
    run: Callable[..., Said], story: str, tmp_path: Path
) -> None:
    run("tag", "review", "--id", story)
    review, foreign = tmp_path / "review.md", tmp_path / "foreign.md"
    foreign.write_text("my own words\n", "utf-8")
    said = run("export", "tag:review", "-o", review)
    assert said.err == f"1 story in, 1 written, in 1 event -> {review}\n"
    before = review.read_bytes()
    assert run("export", "tag:review", "-o", review).status == 0
    assert review.read_bytes() == before
    refused = run("export", "tag:review", "-o", foreign)
    assert (refused.status, foreign.read_text("utf-8")) == (2, "my own words\n")
    assert "--force" in refused.err
    forced = run("export", "tag:review", "-o", foreign, "--force", "--json")
    assert forced.records == [{"asked": 1, "written": 1, "events": 1, "file": str(foreign)}]
    assert (tmp_path / "foreign.md.bak").read_text("utf-8") == "my own words\n"


def test_export_of_nothing_touches_no_file(run: Callable[..., Said], tmp_path: Path) -> None:
    said = run("export", "tag:nowhere", "-o", tmp_path / "review.md", "--json")
    assert said.status == 0
    assert said.records == [{"asked": 0, "written": 0, "events": 0, "file": None}]
    assert not (tmp_path / "review.md").exists()


# keys, paths, the desk without a terminal


def test_keys_are_those_of_the_desk(bare: Callable[..., Said]) -> None:
    table = bare("keys", "--markdown").out
    assert table == commands.as_markdown()
    assert bare("keys").out == commands.as_text()
    assert "tags" in table


def test_paths_says_where_things_are(
    bare: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bare("--library", tmp_path, "paths", "--json").records[0]["library"] == str(tmp_path)
    monkeypatch.setenv("DIPLO_READER_LIBRARY", str(tmp_path / "here"))
    assert f"library   {tmp_path / 'here'}\n" in bare("paths").out
    assert not (tmp_path / "here").exists()


def test_the_library_may_be_named_before_the_command_and_after(
    bare: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIPLO_READER_LIBRARY", str(tmp_path / "other"))
    for line in (
        ["--library", tmp_path, "paths"],
        ["paths", "--library", tmp_path],
        [f"--library={tmp_path}", "paths"],
    ):
        assert bare(*line, "--json").records[0]["library"] == str(tmp_path)


def test_the_desk_needs_a_terminal_and_says_what_does_not(bare: Callable[..., Said], tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    said = bare("--library", tmp_path / "lib", tmp_path / "stories")
    assert (said.status, said.out) == (2, "")
    assert "diplo-reader add" in said.err
    assert "--help" in bare().err
    assert bare("-").status == 2
    assert not (tmp_path / "lib").exists()


def test_the_demo_can_be_listed(bare: Callable[..., Said]) -> None:
    said = bare("demo", "--headless")
    assert said.status == 0
    assert "61 added, 0 same, 0 revised, 0 rejected\n" in said.out or re.match(r"\d+ added", said.out)
    assert len(said.out.splitlines()) > 48


def test_version_and_help(bare: Callable[..., Said]) -> None:
    assert re.fullmatch(r"diplo-reader \d+\.\d+.*\n", bare("--version").out)
    text = bare("--help").out
    known = (*cli.IN_LIBRARY, *cli.PIPES, "demo", "paths", "keys", "restore")
    assert all(re.search(rf"^ +{name}\b", text, re.MULTILINE) for name in known)
    assert bare("add", "--help").status == 0


# Settings


def test_a_wrong_setting_is_told_with_its_file(
    bare: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[summary]\nmethod = "lexrnak"\n', "utf-8")
    monkeypatch.setenv("DIPLO_READER_CONFIG", str(file))
    said = bare("list")
    assert (said.status, said.out) == (2, "")
    assert str(file) in said.err
    assert "lexrank" in said.err
    assert bare("keys").status == 0


def test_without_a_home_folder_the_library_must_be_named(
    bare: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "USERPROFILE"):
        monkeypatch.delenv(name)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    said = bare("list")
    assert said.status == 2
    assert "--library" in said.err
    assert bare("--library", tmp_path, "list").status == 0
    assert bare("--library", tmp_path, "paths").status == 0


# Damaged marks


@pytest.fixture
def damaged(run: Callable[..., Said], sample_folder: Path, story: str) -> Path:
    """A library with a star in it whose marks file does not parse."""
    from store.marks import Marks

    run("mark", "starred", "--id", story)
    marks = Marks.open(sample_folder, desk=True)
    marks.checkpoint()
    marks.close()
    run("mark", "read", "--id", story)
    [file] = sample_folder.glob("marks.json")
    file.write_bytes(b'{"half a file')
    return sample_folder


def test_damaged_marks_are_set_aside_and_the_way_out_is_told(
    run: Callable[..., Said], damaged: Path, story: str
) -> None:
    said = run("list")
    assert (said.status, said.out) == (1, "")
    assert "`diplo-reader restore`" in said.err
    assert "`diplo-reader restore --empty`" in said.err
    assert [p for p in damaged.iterdir() if p.read_bytes() == b'{"half a file']
    restored = run("restore")
    assert restored.status == 0
    assert run("show", "--json", story).records[0]["mark"]["starred"]


def test_one_may_begin_without_marks(run: Callable[..., Said], damaged: Path, story: str) -> None:
    run("list")
    assert run("restore", "--empty").status == 0
    assert not run("show", "--json", story).records[0]["mark"]["starred"]
    assert [p for p in damaged.iterdir() if p.read_bytes() == b'{"half a file']


def test_without_a_backup_only_beginning_empty_is_offered(run: Callable[..., Said], damaged: Path) -> None:
    for file in damaged.glob("marks*"):
        file.write_bytes(b"{")
    for file in damaged.glob("*journal*"):
        file.write_bytes(b"{")
    said = run("list")
    assert said.status == 1
    assert "`diplo-reader restore --empty`" in said.err
    assert "`diplo-reader restore`" not in said.err


def test_restoring_what_is_not_damaged_changes_nothing(run: Callable[..., Said]) -> None:
    before = run("list", "--json").records
    assert run("restore").status == 0
    assert run("list", "--json").records == before


# What nobody foresaw


def test_what_nobody_foresaw_is_a_line_and_a_log(run: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> NoReturn:
        raise ZeroDivisionError("the unforeseen")

    monkeypatch.setitem(cli.IN_LIBRARY, "list", fail)
    said = run("list")
    assert (said.status, said.out) == (3, "")
    assert said.err.count("\n") == 1
    assert str(crash.log_file()) in said.err
    assert "the unforeseen" in crash.log_file().read_text("utf-8")


def test_an_interrupt_says_nothing(run: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setitem(cli.IN_LIBRARY, "list", interrupt)
    assert run("list") == Said(130, "", "")


def test_every_command_has_a_line_of_help() -> None:
    [sub] = [a for a in arguments.parser()._actions if isinstance(a, argparse._SubParsersAction)]
    assert {c.dest for c in sub._choices_actions if c.help} == set(sub.choices)


# The pipes


def test_a_pipe_answers_every_line_and_leaves_with_1_for_a_bad_one(
    bare: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [json.dumps({"id": n, "text": STORY}) for n in (1, 2)]
    for pipe in ("clean", "group", "summarise"):
        stdin(monkeypatch, "\n".join([rows[0], "{broken", rows[1], ""]))
        said = bare(pipe, "-", "--json")
        assert said.status == 1
        assert [r.get("id") for r in said.records] == [1, None, 2]
        assert said.records[1] == {"error": "broken JSON on line 2"}
        stdin(monkeypatch, rows[0])
        good = bare(pipe, "--json")
        assert (good.status, len(good.records)) == (0, 1)
        stdin(monkeypatch, "")
        assert bare(pipe, "-", "--json") == Said(0, "", "")


def test_a_pipe_takes_files_and_speaks_to_people_too(bare: Callable[..., Said], tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(STORY, "utf-8")
    for pipe in ("clean", "group", "summarise"):
        assert bare(pipe, file, "--json").records[0]["id"] == str(file)
        assert bare(pipe, file).status == 0
    assert bare("clean", file).out.startswith("Harbour talks end in Tellmark")
    missing = bare("clean", tmp_path / "none.txt", file)
    assert missing.status == 1
    assert missing.err.startswith(f"{tmp_path / 'none.txt'}: ")
    made = bare("summarise", file, "--json", "-n", "1", "--method", "lead").records[0]
    assert (made["method"], len(made["sentences"])) == ("lead", 1)
    assert len(bare("summarise", file, "--json", "--words", "30").records[0]["sentences"]) == 1


def test_stories_of_the_library_are_summarised_too(run: Callable[..., Said]) -> None:
    listed = run("list", "--json").records
    event = next(r["event"] for r in listed if sum(other["event"] == r["event"] for other in listed) > 2)
    ids = [r["id"] for r in listed if r["event"] == event]
    [whole] = run("summarise", "--event", ids[0], "--json", "--words", "80").records
    assert (sorted(whole["stories"]), whole["method"]) == (sorted(ids), "event")
    assert all(set(s) == {"text", "story", "outlet", "support", "paragraph"} for s in whole["sentences"])
    assert sum(len(s["text"].split()) for s in whole["sentences"]) <= 80
    assert any(
        f"{s['text']}  — " in line
        for s in whole["sentences"]
        for line in run("summarise", "--event", ids[0], "--words", "80").out.splitlines()
    )
    [one] = run("summarise", "--id", ids[0], "--json", "-n", "2").records
    assert (one["stories"], one["method"], len(one["sentences"])) == ([ids[0]], "desk", 2)
    assert run("mark", "read", "--id", ids[0]).status == 0
    [new] = run("summarise", "--event", ids[1], "--method", "new", "--json").records
    assert new["method"] == "new"
    assert ids[0] not in {s["story"] for s in new["sentences"]}
    assert run("mark", "unread", "--id", ids[0]).status == 0


@pytest.mark.parametrize(
    "wrong",
    [
        ("--id", "a", "--event", "b"),
        ("file", "--id", "a"),
        ("--id", "nonsense"),
        ("--event", ""),
        ("--event", " "),
        ("--id", ""),
        ("--id", "a", "--event", ""),
    ],
)
def test_stories_of_the_library_are_not_mixed_with_others(run: Callable[..., Said], wrong: tuple[str, ...]) -> None:
    said = run("summarise", *wrong)
    assert (said.status, said.out) == (2, "")
    assert len(said.err.splitlines()) == 1


def test_a_sentence_of_an_unnamed_outlet_is_that_of_its_title(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = "Tarsia and Vardania agreed on Monday to share the water of the Osk river after nine years of talks."
    again = "Vardania and Tarsia agreed on Monday to share the water of the Osk river, the mayor of Hallow said."
    rows = [
        {
            "id": "a",
            "title": "Osk river shared",
            "text": f"{told}\n\nFarmers in the south lost a third of their harvest.",
        },
        {"id": "b", "title": "Osk deal", "text": f"{again}\n\nThe parliament of Vardania will vote on it next week."},
    ]
    run = holding(rows, tmp_path, capsys)
    ids = [record["id"] for record in run("list", "--json").records]
    both = run("summarise", "--id", ids[0], "--id", ids[1], "-n", "4")
    assert both.status == 0
    assert {line.partition("  — ")[2].removesuffix("  x2") for line in both.out.splitlines()} == {
        "Osk river shared",
        "Osk deal",
    }
    assert not any(name in both.out for name in ids)


def test_a_supported_sentence_says_so(bare: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    toll = "Tarsia and Vardania agreed to end the Osk river dispute after nine years of talks."
    again = "The Osk river dispute of Tarsia and Vardania ended after nine years of talks, both agreed."
    stdin(monkeypatch, json.dumps({"id": 1, "stories": [{"text": toll}, {"text": again}]}))
    assert bare("summarise").out.splitlines()[0] in {f"{toll}  x2", f"{again}  x2"}


@posix
@pytest.mark.parametrize("pipe", ["clean", "summarise"])
def test_a_pipe_answers_before_the_next_line_is_sent(pipe: str) -> None:
    process = subprocess.Popen(
        programs.program(pipe, "-", "--json"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=programs.environment(),
        bufsize=0,
    )
    assert process.stdin and process.stdout
    with process.stdin, process.stdout:
        for number in (1, 2):
            process.stdin.write(json.dumps({"id": number, "text": STORY}).encode() + b"\n")
            assert select.select([process.stdout], [], [], programs.TOOK_TOO_LONG)[0]
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(programs.TOOK_TOO_LONG) == 0


# As other programs meet it


@posix
def test_a_plain_locale_and_a_closed_home_are_no_trouble(sample_folder: Path) -> None:
    plain = {k: v for k, v in os.environ.items() if k not in ("HOME", "LANG", "LC_ALL", "LC_CTYPE")}
    env = {**plain, "PYTHONPATH": str(programs.ROOT), "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = programs.run("--library", sample_folder, "list", env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "●" in done.stdout.decode("utf-8")


@posix
def test_who_reads_only_the_beginning_is_not_told_off(sample_folder: Path) -> None:
    line = " ".join(f"'{a}'" for a in programs.program("--library", sample_folder, "list", "--json"))
    done = subprocess.run(
        ["sh", "-c", f"{{ {line}; echo status $? >&2; }} | head -1"],
        capture_output=True,
        env=programs.environment(),
        timeout=programs.TOOK_TOO_LONG,
    )
    assert done.stderr == b"status 0\n"
    assert json.loads(done.stdout)["id"]


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told(sample_folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            programs.program("--library", sample_folder, "list"),
            stdout=full,
            stderr=subprocess.PIPE,
            env=programs.environment(),
            timeout=programs.TOOK_TOO_LONG,
        )
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
    assert b"disk is full" in done.stderr


@posix
def test_closed_streams_are_no_trouble(sample_folder: Path) -> None:
    line = " ".join(f"'{a}'" for a in programs.program("--library", sample_folder, "list", "--json"))
    for closed in (">&-", "<&-", "2>&-"):
        done = subprocess.run(
            ["sh", "-c", f"{line} {closed}"],
            capture_output=True,
            env=programs.environment(),
            timeout=programs.TOOK_TOO_LONG,
        )
        assert (done.returncode, done.stderr) == (0, b""), closed


def test_hostile_text_reaches_no_terminal(bare: Callable[..., Said], tmp_path: Path) -> None:
    title = "Talks [/] stall \x1b]52;c;aGk=\x07 [@click=app.quit]x[/] \u202egnihton"
    (tmp_path / "rows.jsonl").write_text(
        json.dumps({"title": title, "text": STORY, "outlet": "Po\x1b[31mst", "tags": ["a\x1b[2Jb"]}), "utf-8"
    )
    library = ("--library", tmp_path / "lib")
    bare(*library, "add", tmp_path / "rows.jsonl", f"{tmp_path}/no\x1b[2Jwhere")
    story = bare(*library, "list", "--json").records[0]["id"]
    bare(*library, "mark", "--id", story, "--note", "note\x1b[2J")
    for command in (["list"], ["show", story], ["search", "talks"], ["export"], ["clean", tmp_path / "rows.jsonl"]):
        said = bare(*library, *command) if command[0] != "clean" else bare(*command)
        assert "Talks" in said.out
        assert not set("\x1b\x07\u202e") & set(said.out + said.err)
