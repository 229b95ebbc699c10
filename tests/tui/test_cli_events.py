"""events, why, merge, split, rules, find-event on the command line: what they say, where, and what they leave with."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from store.config import Settings
from store.library import Library
from store.model import Act, Rule, RuleChange, RuleKind
from tests.tui.test_cli import Said, holding
from tui import cli, present

BRIDGE = "Vardania and Ostmark reopen the bridge at Kelm for lorries from June 1, Irena Halvek told reporters in Kelm. "
STORIES = (
    ("a1", "Bridge at Kelm to reopen", "Reuters", "2031-05-04", BRIDGE + "Customs officers share one booth."),
    ("b2", "Kelm bridge opens in June", "Kelm Courier", "2031-05-04", BRIDGE + "Hauliers lost nine million crowns."),
    ("c3", "Quenland cuts its rate", "Tarn Bulletin", "2031-05-13", "The central bank of Quenland cut its rate. " * 4),
)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """The command line in a library of three stories, two of one event."""
    names = ("id", "title", "outlet", "published", "text")
    return holding((dict(zip(names, s, strict=True)) for s in STORIES), tmp_path, capsys)


@pytest.fixture
def ids(run: Callable[..., Said]) -> list[str]:
    by_title = {r["title"]: r["id"] for r in run("list", "--json").records}
    return [by_title[title] for _, title, *_ in STORIES]


def grouped(run: Callable[..., Said]) -> list[list[str]]:
    return sorted(sorted(s["title"][:6] for s in e["stories"]) for e in run("events", "--json").records)


def test_events_are_listed_with_outlets_origins_and_reasons(run: Callable[..., Said]) -> None:
    said = run("events")
    assert (said.status, said.err) == (0, "")
    assert "2 stories · 2 outlets, 1 origin]" in said.out
    assert "Kelm Courier, runs Reuters: with" in said.out


def test_an_event_of_which_a_query_finds_a_part_says_of_how_many_stories(run: Callable[..., Said]) -> None:
    assert "[2031-05-04 · 1 of 2 stories]" in run("events", "hauliers").out
    (found,) = run("events", "--json", "hauliers").records
    assert (len(found["stories"]), found["left_out"]) == (1, 1)
    assert [event["left_out"] for event in run("events", "--json").records] == [0, 0]


def test_a_story_without_a_date_that_was_placed_by_what_it_cites_is_told_as_that(
    run: Callable[..., Said], ids: list[str], tmp_path: Path
) -> None:
    text = tmp_path / "undated.txt"
    text.write_text(f"Kelm bridge to carry lorries\n\n{BRIDGE}The toll stays as it was, the ministers said.", "utf-8")
    run("add", text)
    [new] = [story["id"] for story in run("list", "--json").records if story["id"] not in ids]
    assert grouped(run)[0] == ["Bridge", "Kelm b", "Kelm b"]
    [line] = [line for line in run("events").out.splitlines() if line.strip().startswith(new[:8])]
    assert " (inferred): with " in line
    assert "(inferred)  It has no date of its own" in run("why", new).out
    assert "It has no date of its own" in run("why", "--markdown", new).out
    assert "undated, its event (inferred)" in run("show", new).out
    assert run("why", "--json", new).records[0]["inferred"] is run("show", "--json", new).records[0]["inferred"] is True
    for command in (("why", ids[0]), ("show", ids[0])):
        assert "inferred" not in run(*command).out


def test_events_are_records_for_programs(run: Callable[..., Said]) -> None:
    first = next(e for e in run("events", "--json", "--why").records if len(e["stories"]) == 2)
    assert (first["outlets"], first["origins"]) == (["Reuters", "Kelm Courier"], ["Reuters"])
    story: dict[str, Any] = first["stories"][1]
    assert story["origin"] == "Reuters"
    assert story["copy_of"] == story["nearest"] == first["stories"][0]["id"]
    assert story["likeness"] > 0.3
    assert "Irena Halvek" in {s["text"] for s in story["shared"]}
    assert "shared" not in run("events", "--json", "kelm").records[0]["stories"][0]


@pytest.mark.parametrize("command", ["events", "find-event", "rules"])
def test_an_empty_library_says_what_to_do(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = tmp_path / "text.txt"
    text.write_text(BRIDGE, "utf-8")
    more = [str(text)] if command == "find-event" else []
    assert cli.main(["--library", str(tmp_path / "empty"), command, *more]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "diplo-reader" in said.err


def test_a_query_that_nothing_fits_is_told(run: Callable[..., Said]) -> None:
    assert run("events", "zeppelin").err == "No event fits.\n"


def test_why_two_stories_are_one_event(run: Callable[..., Said], ids: list[str]) -> None:
    said = run("why", ids[0][:10])
    assert said.status == 0
    assert said.out.startswith('with "Kelm bridge opens in June"')
    record = run("why", "--json", ids[0], ids[1]).records[0]
    assert (record["together"], record["other"], record["rule"]) == (True, ids[1], None)
    (weight,) = [s["weight"] for s in record["shared"] if s["text"] == "Irena Halvek"]
    assert weight > 0 and f"name       {weight:4.1f}  Irena Halvek" in said.out
    document = run("why", "--markdown", ids[0]).out
    assert "| shared | kind | weight | stories |" in document
    assert f"| Irena Halvek | name | {weight:.1f} | 2 |" in document


def test_what_keeps_two_apart(run: Callable[..., Said], ids: list[str]) -> None:
    assert "apart      9 days apart" in run("why", ids[0], ids[2]).out


@pytest.mark.parametrize("arguments", [("why", "nosuch"), ("merge", "nosuch", "none"), ("split", "nosuch")])
def test_an_unknown_story_is_an_error(run: Callable[..., Said], arguments: tuple[str, ...]) -> None:
    said = run(*arguments)
    assert (said.status, said.out) == (2, "")
    assert "nosuch" in said.err


def test_merge_and_split_say_what_moved(run: Callable[..., Said], ids: list[str]) -> None:
    assert run("merge", ids[0]).status == 2
    said = run("merge", ids[0], ids[2])
    assert said.status == 0
    assert said.out.splitlines() == [
        "1 story moved to another event: “Quenland cuts its rate”",
        "Bridge at Kelm to reopen: an event of 3 stories now",
    ]
    assert grouped(run) == [["Bridge", "Kelm b", "Quenla"]]
    assert run("merge", ids[0], ids[2]).out.startswith("They were one event already, and stay so.")
    split = run("split", "--json", ids[2]).records[0]
    assert ([m["story"] for m in split["moved"]], split["stories"]) == ([ids[2]], [ids[2]])
    assert run("split", ids[2]).status == 2
    assert grouped(run) == [["Bridge", "Kelm b"], ["Quenla"]]


def test_rules_are_listed(run: Callable[..., Said], ids: list[str]) -> None:
    assert "No rules yet" in run("rules").err
    run("merge", ids[0], ids[2])
    said = run("rules")
    assert said.out.startswith("together  ")
    assert "Quenland cuts its rate" in said.out
    assert run("rules", "--json").records == [
        {"kind": "together", "of": sorted([ids[0], ids[2]]), "missing": [], "holds": True}
    ]


def test_a_pasted_text_finds_its_event(
    run: Callable[..., Said], ids: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Lorries may cross at Kelm from June 1, said Irena Halvek of Vardania. Ostmark agreed to reopen the bridge."
    stdin = io.TextIOWrapper(io.BytesIO(text.encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    said = run("find-event", "-")
    assert said.status == 0
    assert "belongs" in said.out.splitlines()[0] and "nearest" not in said.out
    file = tmp_path / "pasted.txt"
    file.write_text(text, "utf-8")
    record = run("find-event", "--json", file).records[0]
    assert (record["belongs"], record["nearness"], record["stories"]) == (True, "belongs", 2)
    assert len(run("list", "--json").records) == 3
    assert run("find-event", tmp_path / "nowhere").status == 2


def test_a_text_that_is_in_the_library_is_found_as_the_story_it_is(run: Callable[..., Said], tmp_path: Path) -> None:
    held = run("list", "--json").records
    assert len(held) > 2
    for number, story in enumerate(held):
        passages = run("show", "--json", story["id"]).records[0]["passages"]
        file = tmp_path / f"pasted-{number}.txt"
        kept = [p["text"] for p in passages if not p["reason"]]
        file.write_text("\n\n".join([story["title"], *kept]), "utf-8")
        first, *others = run("find-event", "--json", file).records
        assert (first["held"], first["nearest"], first["event"]) == (story["id"], story["id"], story["event"])
        assert (first["nearness"], first["belongs"]) == ("belongs", True)
        assert all(fit["held"] is None and fit["event"] != story["event"] for fit in others)
        said = run("find-event", file).out.splitlines()
        assert said[0].startswith("1.00 is there") and "it is this story" in said[1]


def test_what_a_merger_or_a_split_lifts_of_older_rules_is_said(run: Callable[..., Said], ids: list[str]) -> None:
    today = f"{datetime.now().astimezone():%Y-%m-%d}"
    assert "lifts" not in run("split", ids[0]).out
    said = run("merge", ids[0], ids[1]).out
    assert "This lifts: apart " in said and f", set {today}\n" in said
    assert all(f'"{title}"' in said for _, title, *_ in STORIES[:2])
    (answer,) = run("split", "--json", ids[0]).records
    assert answer["lifts"] == [{"kind": "together", "of": sorted(ids[:2]), "set": today}]
    (answer,) = run("merge", "--json", ids[0], ids[2]).records
    assert answer["lifts"] == []


def test_a_text_of_another_event_is_told_as_that(run: Callable[..., Said], ids: list[str], tmp_path: Path) -> None:
    file = tmp_path / "pasted.txt"
    file.write_text("Irena Halvek opened a school in Dunmere. The Vardanian minister praised its teachers.", "utf-8")
    first, *_ = run("find-event", file).out.splitlines()
    assert "nearest, but another event" in first and "belongs" not in first


def test_add_tells_which_marked_stories_moved(run: Callable[..., Said], ids: list[str], tmp_path: Path) -> None:
    run("mark", "starred", "--id", ids[2])
    more = tmp_path / "more.txt"
    more.write_text(
        "Snow in Lannport\n\nSnow fell on Lannport for three days, and the harbour was shut at noon.", "utf-8"
    )
    assert "moved" not in run("add", more).err
    with closing(Library.open(tmp_path / "library", Settings())) as library:
        rule = Rule(RuleKind.TOGETHER, tuple(sorted((ids[0], ids[2]))))
        library.marks.apply(Act("Ruled", rules=(RuleChange(rule),)))
    more.write_text(
        "Ice in Lannport\n\nIce has closed the harbour of Lannport since Friday, its master told the council.", "utf-8"
    )
    assert run("add", more).err == "1 story moved to another event: “Quenland cuts its rate”\n"


def test_the_desk_is_told_too() -> None:
    told = list(present.added([{"moved": [{"story": "a"}, {"story": "b"}]}], 0))
    assert told == [("2 stories you marked moved to another event", "information")]
