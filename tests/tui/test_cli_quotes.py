"""quotes on the command line: of a query, an event, a story, a speaker; as text, records and Markdown."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.test_cli import Said, holding

STORIES = (
    ("a1", "Harbour Post", "“The bridge is open,” Irena Halvek told reporters in Kelm. It opened on Monday."),
    ("b2", "Kelm Courier", "Irena Halvek said that the bridge at Kelm is open. It opened on Monday."),
    ("c3", "Tarn Bulletin", "“Rates fall,” said Oto Brack, head of the bank of Quenland, on Tuesday."),
)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """The command line in a library of three stories, two that quote one speaker."""
    rows = [{"id": i, "title": f"Story {i}", "outlet": outlet, "text": text} for i, outlet, text in STORIES]
    return holding(rows, tmp_path, capsys)


def ids(run: Callable[..., Said]) -> dict[str, str]:
    records = [json.loads(line) for line in run("list", "--json").out.splitlines()]
    return {record["title"].split()[-1]: record["id"] for record in records}


def test_two_wordings_stand_in_one_record_with_outlet_and_paragraph(run: Callable[..., Said]) -> None:
    known = ids(run)
    said = run("quotes", "--json", "--story", known["a1"], "--story", known["b2"])
    (record,) = map(json.loads, said.out.splitlines())
    assert record["speaker"] == "Irena Halvek"
    assert [(q["text"], q["direct"], q["verb"], q["outlet"], q["paragraph"]) for q in record["quotes"]] == [
        ("The bridge is open", True, "told", "Harbour Post", 0),
        ("the bridge at Kelm is open", False, "said", "Kelm Courier", 0),
    ]


def test_a_speaker_is_found_by_a_part_of_the_name(run: Callable[..., Said]) -> None:
    said = run("quotes", "--json", "--speaker", "brack")
    assert [json.loads(line)["speaker"] for line in said.out.splitlines()] == ["Oto Brack"]
    assert run("quotes", "--speaker", "nobody at all") == Said(0, "", "Nobody is quoted.\n")


def test_an_event_is_named_by_a_story_of_it(run: Callable[..., Said]) -> None:
    said = run("quotes", "--event", ids(run)["c3"])
    assert said.out.splitlines()[1:5] == ["", "  Oto Brack", "    “Rates fall”", "        said  [Tarn Bulletin 1]"]


def test_a_query_gives_the_quotes_of_the_events_that_fit(run: Callable[..., Said]) -> None:
    said = run("quotes", "--json", "outlet:tarn")
    assert [json.loads(line)["speaker"] for line in said.out.splitlines()] == ["Oto Brack"]
    told = run("quotes", "outlet:nowhere").err.splitlines()
    assert told[0].startswith("No outlet is named `nowhere`") and told[1:] == ["No story fits."]


def test_markdown_holds_speakers_wordings_and_places_and_is_written_where_told(
    run: Callable[..., Said], tmp_path: Path
) -> None:
    known = ids(run)
    file = tmp_path / "said.md"
    said = run("quotes", "--story", known["a1"], "--story", known["b2"], "-o", file)
    assert said == Said(0, "", f"Written to {file}\n")
    lines = file.read_text("utf-8").splitlines()
    assert lines[lines.index("# Who said what: Story a1") :] == [
        "# Who said what: Story a1",
        "",
        "## Irena Halvek",
        "",
        "- “The bridge is open”",
        "    - *told: Harbour Post: Story a1, paragraph 1*",
        "    - the bridge at Kelm is open",
        "        - *said: Kelm Courier: Story b2, paragraph 1*",
    ]


def test_a_query_and_a_story_at_once_are_refused(run: Callable[..., Said]) -> None:
    said = run("quotes", "outlet:tarn", "--event", ids(run)["c3"])
    assert said.status != 0 and "one of them only" in said.err


def test_an_event_without_a_name_is_refused(run: Callable[..., Said]) -> None:
    said = run("quotes", "--event", "")
    assert (said.status, said.out) == (2, "")
    assert "''" in said.err
