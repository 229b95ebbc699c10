"""Differences, storylines and statistics: as commands, as Markdown, laid out for their sheets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from store.export import surveys
from store.library import Library
from store.model import StoryId
from store.sheets import Claim, Differences, Voice
from tests.tui import background
from tests.tui.fakes import Idle
from tests.tui.test_app import opened, settled, story_row
from tests.tui.test_cli import Said, holding
from tui import plots
from tui.backroom import Record
from tui.pages import Block
from tui.screens.sheet import SheetScreen
from tui.sheets import SHEETS

TREATY = "Tarsia and Vardania agreed in Solmark to share the water of the river Osk, ending a dispute of nine years. "
HELD = "The coast guard of Tarsia still holds 23 men of the crew of the freighter Osk at Cape Brenn. "
AGAIN = "Ending a dispute of nine years, Vardania and Tarsia agreed in Solmark to share the water of the river Osk. "
OTHERS = "At Cape Brenn the coast guard of Tarsia still holds 24 men of the crew of the Osk, a freighter. "
STRIKE = "Dockers in Orsk walked out over the pay that the harbour board has owed them since spring."
STORIES = (
    ("Water of the Osk to be shared", "Lark News", "2031-05-03T20:00", TREATY + HELD),
    ("Tarsia and Vardania share the Osk", "Kelm Courier", "2031-05-04", STRIKE + " " + AGAIN + OTHERS),
)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """The command line in a library of one event of two stories."""
    names = ("title", "outlet", "published", "text")
    run = holding((dict(zip(names, s, strict=True)) for s in STORIES), tmp_path, capsys)
    first, second = (record["id"] for record in run("list", "--json").records)
    assert run("merge", first, second).status == 0
    return run


def event(run: Callable[..., Said]) -> str:
    (found,) = run("events", "--json").records
    return str(found["id"])


def lines(blocks: tuple[Block, ...]) -> list[str]:
    return [f"{block.margin.strip()} {block.text}".strip() for block in blocks if block.text]


# --- differences


def test_differences_say_who_disagrees_and_what_one_alone_says(run: Callable[..., Said]) -> None:
    said = run("differences", event(run))
    assert said.status == 0
    assert "They disagree on a number:\n    23 men  (Lark News): The coast guard" in said.out
    assert f"2 of 2 say [1]: {TREATY.strip()}" in said.out
    assert f"Lark News leaves out [2]\nOnly Kelm Courier says [2]: {STRIKE}" in said.out


def test_differences_are_asked_for_by_a_story_too_and_are_one_record(run: Callable[..., Said]) -> None:
    by_event = run("differences", "--json", event(run)).records
    (story, _) = (s["id"] for s in run("events", "--json").records[0]["stories"])
    assert run("differences", "--json", story[:8]).records == by_event
    assert [voice["name"] for voice in by_event[0]["voices"]] == ["Lark News", "Kelm Courier"]
    assert [v["value"] for v in by_event[0]["disagreements"][0]["versions"]] == ["23 men", "24 men"]


@pytest.mark.parametrize("verb", ["differences", "storyline"])
def test_an_id_that_nothing_has_is_told(verb: str, run: Callable[..., Said]) -> None:
    said = run(verb, "zzz")
    assert said.status == 2
    assert "No story has an id that begins with 'zzz'" in said.err


def test_differences_are_laid_out_disagreements_first(run: Callable[..., Said]) -> None:
    told = lines(SHEETS["differences"].blocks(run("differences", "--json", event(run)).records, str))
    assert told[:3] == ["2 stories of 2 origins", "Lark News", "Kelm Courier"]
    assert told[3:6] == ["where they disagree", "23 men  Lark News, 3 May", HELD.strip()]
    assert told[6:8] == ["≠ 24 men  Kelm Courier, 4 May", OTHERS.strip()]
    assert told[8:10] == ["both say", f"① {TREATY.strip()}"]
    assert told[10:12] == ["Lark News", "- leaves out ② Dockers in Orsk walked out over the pay that the harbour …"]
    assert told[12:] == ["only Kelm Courier", f"② {STRIKE}", "- leaves out nothing, as far as can be told"]


def test_of_three_what_most_say_and_one_does_not_is_named_by_its_number() -> None:
    voices = [{"name": name, "stories": [name]} for name in ("Lark News", "Kelm Courier", "Harbour Post")]
    shared = [{"text": TREATY, "voices": [0, 1]}]
    alone = [{"voice": 0}, {"voice": 1}, {"voice": 2, "claims": [{"text": STRIKE}], "leaves_out": [0]}]
    told = lines(SHEETS["differences"].blocks([{"voices": voices, "shared": shared, "alone": alone}], str))
    assert told[-3:-1] == ["only Harbour Post", f"+ {STRIKE}"]
    assert told[-1] == "- leaves out ① Tarsia and Vardania agreed in Solmark to share the water of …"


def test_one_origin_has_nothing_to_compare() -> None:
    voice = {"name": "IANS", "outlets": ["Lark News", "Harbour Post"], "stories": ["a", "b"]}
    told = lines(SHEETS["differences"].blocks([{"voices": [voice]}], str))
    assert told == [
        "2 stories of 1 origin",
        "IANS, run by 2 outlets: Lark News, Harbour Post",
        "One origin reports it: there is nothing to compare.",
    ]


# --- the storyline


DAYS: Record = {
    "events": 2,
    "stories": 9,
    "first_by": "Lark News",
    "first_at": "2031-03-03T17:53",
    "days": [
        {"day": "2031-03-03", "stories": 1, "outlets": ["Lark News"], "happenings": []},
        {
            "day": "2031-03-08",
            "stories": 8,
            "outlets": ["Lark News", "Harbour Post"],
            "silent": 4,
            "burst": True,
            "new_origins": ["A", "B", "C", "D"],
            "happenings": [{"event": "e", "story": "s", "headline": "Talks open", "first": True, "why": "Kelm"}],
        },
    ],
}


def test_a_storyline_is_a_row_a_day_with_gaps_and_turning_points() -> None:
    blocks = SHEETS["storyline"].blocks([DAYS], str)
    assert lines(blocks) == [
        "2 events · 9 stories · 2 days",
        "first report: Lark News, 3 March 2031, 17:53",
        "3 Mar |▁    █| 8 Mar",
        "2031",
        "3 Mar █ 1 story · Lark News",
        "┆ 4 days of silence",
        "8 Mar ██████████ 8 stories · 2 outlets  burst · new: A, B, C and 1 more",
        "· Talks open",
        "linked: Kelm",
    ]
    assert [block.stop.story for block in blocks if block.stop] == ["s"]


def test_a_storyline_is_said_by_day(run: Callable[..., Said]) -> None:
    said = run("storyline", event(run)).out
    assert "First report: Lark News, 2031-05-03T20:00" in said
    assert "2031-05-03  ████████████   1  1 outlet\n" in said
    assert "2031-05-04  ████████████   1  1 outlet · first from Kelm Courier\n" in said


# --- statistics


def test_statistics_count_what_is_unread(run: Callable[..., Said]) -> None:
    (story, _) = (s["id"] for s in run("events", "--json").records[0]["stories"])
    run("mark", "read", "starred", "--id", story)
    (told,) = run("statistics", "--json").records
    assert (told["unread"], told["stories"], told["starred_events"]) == (1, 2, 1)
    assert {c["name"]: c["count"] for c in told["coverage"]} == {"Lark News": 1, "Kelm Courier": 1}
    assert "1 of 2 stories unread" in run("statistics").out
    page = lines(SHEETS["statistics"].blocks([told], str))
    assert page[:2] == ["1 of 2 stories unread", "unread by day of publication"]
    assert "Kelm Courier ████████████████████ 1" in page


def test_a_histogram_has_a_column_a_day_and_fits_a_narrow_desk() -> None:
    days = [(f"2031-03-{day:02}", 0 if day < 10 else day) for day in range(1, 29)]
    drawn = plots.histogram(days)
    assert drawn[0][0] == "28"
    bars = [line[1:] for _, line in drawn[:-1]]
    assert max(map(len, bars)) == 28
    assert all(bar[:9].strip() == "" for bar in bars)
    assert bars[-1] == f"{'':9}{'█' * 19}"
    assert drawn[-1] == ("", "└1 Mar                 28 Mar")
    assert plots.histogram([("2031-03-01", 0)]) == ()


def test_figures_are_ascii_where_the_locale_has_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.ISO-8859-1")
    drawn = "".join(text for line in plots.histogram([("2031-03-01", 1), ("2031-03-02", 3)]) for text in line)
    assert (drawn + plots.bar(2, 4, 8) + plots.spark([0, 1, 9])).isascii()
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert (plots.bar(2, 4, 8), plots.spark([0, 1, 8])) == ("████", " ▁█")


def test_a_long_storyline_is_pressed_into_the_columns_there_are() -> None:
    assert plots.pressed([1] * 10, 4) == (3, 3, 3, 1)
    assert plots.pressed([1, 2], 4) == (1, 2)


# --- Markdown and keys


def test_what_stands_in_a_list_begins_no_list_of_its_own() -> None:
    claim = Claim("2. No charge is levied.", StoryId("s"), 0, (0, 1))
    voices = (Voice("Lark News", ("Lark News",), (StoryId("s"),)), Voice("KNB", ("Kelm Courier",), (StoryId("t"),)))
    text = surveys.differences(Differences("Talks", voices, (claim,)))
    assert "\n1. 2\\. No charge is levied. (2 of 2: all)\n" in text
    assert "- KNB, run by Kelm Courier\n" in text


@pytest.mark.parametrize("verb", ["differences", "storyline", "statistics"])
def test_each_is_written_as_markdown(verb: str, run: Callable[..., Said], tmp_path: Path) -> None:
    file = tmp_path / "out.md"
    of = [] if verb == "statistics" else [event(run)]
    assert run(verb, "-o", file, *of).status == 0
    text = file.read_text("utf-8")
    expected = {
        "differences": "| number | 23 men | Lark News (2031-05-03) |",
        "storyline": "## 2031-05-04: 1 story; Kelm Courier; first from Kelm Courier",
        "statistics": "| Kelm Courier | 1 |",
    }
    assert expected[verb] in text
    assert run(verb, "-o", file, *of).status == 0, "a file of ours is replaced"


@pytest.mark.parametrize(("key", "verb"), [("d", "differences"), ("L", "storyline")])
async def test_a_key_asks_for_the_event_under_the_cursor(key: str, verb: str, sample_library: Library) -> None:
    work = Idle()
    async with opened(sample_library, work=work) as (app, pilot):
        story_row(app)
        assert app.desk.row is not None
        asked = app.desk.row.event.id
        await pilot.press(key)
        await background.done(app)
        assert work.ran[-1] == (verb, "--json", asked)


def test_why_an_event_is_linked_is_cut_between_clauses() -> None:
    why = "Lann Convention, Straits, Cape Orrin, dredging; 3 days earlier than “Straits talks break up after six hours”"
    day = {"day": "2031-03-03", "stories": 1, "happenings": [{"headline": "A toll on the Lann", "why": why}]}
    told = lines(SHEETS["storyline"].blocks([{"days": [day]}], str))
    assert told[-1] == "linked: Lann Convention, Straits, Cape Orrin, dredging"


@pytest.mark.parametrize("key", ["d", '"'])
async def test_on_the_row_of_a_storyline_its_newest_event_is_asked_for(key: str, sample_library: Library) -> None:
    work = Idle()
    async with opened(sample_library, work=work) as (app, pilot):
        await pilot.press("E")
        await settled(app, pilot)
        app.desk.go(next(n for n, r in enumerate(app.desk.rows) if r.story is None))
        assert app.desk.row is not None
        newest = app.desk.row.event.stories[-1].event
        await pilot.press(key)
        await background.done(app)
        assert work.ran[-1][-1] == newest != app.desk.row.event.id


async def test_enter_in_the_storyline_goes_to_another_event(sample_library: Library) -> None:
    work = Idle()
    async with opened(sample_library, work=work) as (app, pilot):
        story_row(app)
        assert app.desk.row is not None
        other = next(e for e in sample_library.events() if e.id != app.desk.row.event.id).stories[0].id
        happening = {"event": "e", "story": other, "headline": "Elsewhere", "first": True}
        work.says = [{"days": [{"day": "2031-03-03", "stories": 1, "happenings": [happening]}]}]
        await pilot.press("L")
        await background.done(app)
        await pilot.pause()
        await pilot.press("j", "enter")
        await settled(app, pilot)
        assert app.desk.story is not None and app.desk.story.id == other


async def test_statistics_are_of_the_whole_library(sample_library: Library) -> None:
    work = Idle()
    async with opened(sample_library, work=work) as (app, pilot):
        await pilot.press("C")
        await background.done(app)
        await pilot.pause()
        assert work.ran[-1] == ("statistics", "--json")
        assert isinstance(app.screen, SheetScreen)
        assert app.screen.page._blocks[0].text == "There is nothing to count."
