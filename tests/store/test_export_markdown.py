"""The press review as Markdown: what it holds and in what order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from store.export import EXPORTERS, review
from store.export.front import Origin, origin
from store.export.markdown import markdown
from store.model import Event, Head, Mark, Sentence, StoryId, Summary
from tests.store.reviews import BORDER, GRAIN, HEADS, LINE, MARKS, SUMMARIES, listed, one_story, story, two_events

DATA = Path(__file__).parent.parent / "data" / "export"


def front(text: str) -> dict[str, object]:
    _, matter, _ = text.split("---\n", 2)
    loaded = yaml.safe_load(matter)
    assert isinstance(loaded, dict)
    return loaded


def test_a_review_of_two_events_reads_as_the_document_beside_it() -> None:
    assert markdown(two_events()) == (DATA / "two_events.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", EXPORTERS)
def test_the_same_review_gives_the_same_bytes(name: str) -> None:
    assert EXPORTERS[name](two_events()) == EXPORTERS[name](two_events())


def test_front_matter_counts_and_dates_the_stories() -> None:
    loaded = front(markdown(two_events(query='tag:grain OR "border post"')))
    assert loaded["generator"] == "diplo-reader"
    assert loaded["schema"] == 1
    assert (loaded["stories"], loaded["events"]) == (3, 2)
    assert (str(loaded["from"]), str(loaded["to"])) == ("2025-04-12", "2025-04-14")
    assert loaded["query"] == 'tag:grain OR "border post"'


def test_front_matter_names_the_languages_that_are_told() -> None:
    assert "languages" not in front(markdown(two_events()))
    assert front(markdown(one_story(Head("Talks stall", language="no"))))["languages"] == ["no"]


def test_a_date_that_is_only_implied_stands_behind_a_tilde() -> None:
    text = markdown(one_story(Head("Talks stall", published="2025-04-12", published_inferred=True)))
    assert "| ~2025-04-12 |" in text
    assert "| ~" not in markdown(one_story(Head("Talks stall", published="2025-04-12")))


def test_a_fresh_export_is_known_as_untouched() -> None:
    assert origin(markdown(two_events())) is Origin.INTACT


def test_events_stand_newest_first_and_their_stories_oldest_first() -> None:
    made = two_events()
    assert [section.event.id for section in made.sections] == [BORDER, GRAIN]
    assert [piece.story.id for piece in made.sections[1].pieces] == ["g1", "g2"]


def test_an_undated_story_does_not_put_an_old_event_before_the_news() -> None:
    undated = replace(listed(StoryId("g1"), GRAIN), head=Head("Grain talks"), added="2025-06-01")
    old = Event(GRAIN, LINE, "Grain talks", (undated, listed(StoryId("g2"), GRAIN)))
    new = Event(BORDER, LINE, "Border post", (listed(StoryId("b1"), BORDER),))
    made = review([old, new], {name: story(name) for name in HEADS}, {}, {})
    assert [section.event.id for section in made.sections] == [BORDER, GRAIN]


def test_the_order_of_arrival_does_not_change_the_document() -> None:
    one, two = StoryId("g1"), StoryId("g2")
    forth = Event(GRAIN, LINE, "Grain talks", (listed(one, GRAIN), listed(two, GRAIN)))
    back = replace(forth, stories=forth.stories[::-1])
    stories = {one: story(one), two: story(two)}
    assert markdown(review([forth], stories, MARKS, SUMMARIES)) == markdown(review([back], stories, MARKS, SUMMARIES))


def test_an_event_without_an_exported_story_is_left_out() -> None:
    event = Event(GRAIN, LINE, "Grain talks", (listed(StoryId("g1"), GRAIN),))
    assert review([event], {}, MARKS, SUMMARIES).sections == ()


def test_a_review_of_nothing_says_so() -> None:
    text = markdown(review([], {}, {}, {}))
    assert text.endswith("# Press review\n\nNo stories.\n")
    assert front(text)["from"] is None


def test_a_sentence_of_a_story_not_exported_still_names_its_source() -> None:
    one, two = StoryId("g1"), StoryId("g2")
    event = Event(GRAIN, LINE, "Grain talks", (listed(one, GRAIN), listed(two, GRAIN)))
    text = markdown(review([event], {one: story(one)}, MARKS, SUMMARIES))
    assert f"[^2]: Kessaly Ledger, [{HEADS[two].title}]" in text
    assert "| Kessaly Ledger |" not in text


def test_a_sentence_of_nobody_knows_whom_says_so() -> None:
    one, two = StoryId("g1"), StoryId("g2")
    event = Event(GRAIN, LINE, "Grain talks", (listed(one, GRAIN), listed(two, GRAIN)))
    summary = {GRAIN: Summary("lead", (Sentence("They will meet again in May.", 1),))}
    text = markdown(review([event], {one: story(one), two: story(two)}, {}, summary))
    assert "[^1]: story not recorded, paragraph 2." in text


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,hi",
        "file:///etc/passwd",
        "//harbour.example/x",
        "harbour.example/x",
        "https:",
        "http://[::1",
        " ",
        None,
    ],
)
def test_only_addresses_of_the_web_are_linked(url: str | None) -> None:
    assert "](" not in markdown(one_story(Head("Talks stall", url=url), sentence="Talks stall."))


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://a.example/x?b=1&c=2#d", "https://a.example/x?b=1&c=2#d"),
        ("HTTPS://a.example/x", "HTTPS://a.example/x"),
        ("https://a.example/x y(z)|w", "https://a.example/x%20y%28z%29%7Cw"),
        ('https://a.example/"><b>', "https://a.example/%22%3E%3Cb%3E"),
        ("https://a.example/?a=1&copy;=2", "https://a.example/?a=1&amp;copy;=2"),
        ("https://a.example/\u202e\x1bx\n", "https://a.example/x"),
    ],
)
def test_an_address_cannot_end_its_link(url: str, written: str) -> None:
    assert f"| [Talks stall]({written}) |" in markdown(one_story(Head("Talks stall", url=url)))


def test_a_story_with_no_head_at_all_is_still_told() -> None:
    text = markdown(one_story(Head(""), mark=Mark(note="Odd."), sentence="Talks stall."))
    assert "## (no headline)\n" in text
    assert "|  |  |  | (no headline) |" in text
    assert "Note on outlet not named, (no headline), undated:\n\n> Odd." in text


def test_tags_of_an_event_stand_once_in_the_order_of_the_alphabet() -> None:
    assert two_events().sections[1].tags == ("grain", "to brief")


def test_highlights_are_quoted_with_their_story() -> None:
    mark = Mark(highlights=("They met in *Brinmouth*.", "# No date\nwas given."))
    text = markdown(one_story(Head("Talks stall", published="2025-04-12", outlet="Ledger"), mark=mark))
    quoted = "> They met in \\*Brinmouth\\*.\n>\n> \\# No date\\\n> was given."
    assert f"Highlighted in Ledger, Talks stall, 2025-04-12:\n\n{quoted}\n" in text
    assert "Highlighted" not in markdown(one_story(Head("Talks stall")))
