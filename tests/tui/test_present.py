"""What stands on the screen, as plain text: rows, pages, the lines above and below. No Textual needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from store.model import Head, Kind, Mark, Passage, Sentence, Story, StoryId, Summary
from tests.tui.fakes import MemoryMarks, event, listed
from tui import present
from tui.desk import Desk, Row

TODAY = date(2025, 5, 4)


def words(lines: tuple[present.Line, ...]) -> list[str]:
    return ["".join(p.text for p in line).rstrip() for line in lines]


@pytest.mark.parametrize(
    ("published", "short", "full"),
    [
        ("2025-05-04T17:53", "17:53", "4 May 2025, 17:53"),
        ("2025-05-04", "4 May", "4 May 2025"),
        ("2025-02-26T17:53+02:00", "26 Feb", "26 February 2025, 17:53"),
        ("2023-12-01", "1 Dec 23", "1 December 2023"),
        (None, "", ""),
        ("no date", "", ""),
    ],
)
def test_dates_are_as_short_or_as_full_as_they_can_be(published: str | None, short: str, full: str) -> None:
    assert present.when(published, TODAY) == short
    assert present.when_full(published) == full


def test_an_event_row_gives_headline_outlets_unread_and_newest_date() -> None:
    desk = Desk(MemoryMarks())
    desk.load((event("e", "a", "b", headline="Talks on the straits resume in Solmark after a week"),))
    desk.set_read([StoryId("a")])
    assert words(present.row_lines(desk.rows[0], desk, 30, TODAY)) == [
        "▾ Talks on the straits resume",
        "  in Solmark after a week",
        "  1 outlet · 1 unread · 3 May",
    ]


def test_a_story_row_gives_read_state_outlet_tags_star_and_date() -> None:
    desk = Desk(MemoryMarks())
    desk.load((event("e", "a", "b"),))
    desk.toggle_star([StoryId("a")])
    desk.set_tags([StoryId("a")], (), ("port",))
    assert words(present.row_lines(desk.rows[1], desk, 44, TODAY)) == [
        "  ● ★ Harbour Post #port  Title of a   3 May"
    ]  # 44 columns
    desk.set_read([StoryId("b")])
    assert words(present.row_lines(desk.rows[2], desk, 44, TODAY))[0].startswith("    Harbour Post  Title of b")


def test_a_dismissed_story_does_not_count_as_unread_in_its_event() -> None:
    desk = Desk(MemoryMarks())
    desk.load((event("e", "a", "b"),))
    desk.toggle_dismissed([StoryId("a")])
    assert "1 unread" in words(present.row_lines(desk.rows[0], desk, 60, TODAY))[1]


wide = st.text(st.sampled_from("abc 会談é́ محا…●[]/"), max_size=120)


@given(wide, wide, st.integers(12, 70))
def test_no_line_of_a_row_is_wider_than_the_list_or_higher_than_was_said(title: str, outlet: str, width: int) -> None:
    for names in (("a",), ("a", "b")):
        made = event("e", *names, headline=title)
        stories = tuple(replace(s, head=replace(s.head, title=title, outlet=outlet)) for s in made.stories)
        desk = Desk(MemoryMarks())
        desk.load((replace(made, stories=stories),))
        for row in desk.rows:
            lines = present.row_lines(row, desk, width, TODAY)
            assert len(lines) == present.row_height(row, width)
            assert all(cell_len(text) <= width for text in words(lines))


STORY = Story(
    StoryId("a"),
    Head("Ferry talks open", published="2025-05-03", outlet="Harbour Post", agency="LNA", byline="Ida Pruett"),
    (
        Passage("2 min read", Kind.DROPPED, "reading time"),
        Passage("The ferry talks opened in Solmark."),
        Passage("Background", Kind.SUBHEADING),
        Passage("They had been put off twice."),
    ),
)


def texts(blocks: tuple[present.Block, ...]) -> list[str]:
    return [b.text for b in blocks if b.text]


def test_a_story_page_shows_head_and_kept_text_and_the_dropped_on_request() -> None:
    kept = texts(present.story_page(STORY, Mark(), with_dropped=False))
    assert kept == [
        "Ferry talks open",
        "Harbour Post · LNA · 3 May 2025 · by Ida Pruett",
        "The ferry talks opened in Solmark.",
        "Background",
        "They had been put off twice.",
    ]
    every = texts(present.story_page(STORY, Mark(), with_dropped=True))
    assert every[2] == "2 min read  — reading time"


def test_paragraphs_are_numbered_as_the_summary_counts_them() -> None:
    numbered = {
        b.paragraph: b.text for b in present.story_page(STORY, Mark(), with_dropped=True) if b.paragraph is not None
    }
    assert tuple(numbered.values()) == STORY.paragraphs
    assert list(numbered) == [0, 1, 2]


def test_a_made_title_says_so() -> None:
    made = replace(STORY, head=Head("The ferry talks opened …", title_made=True))
    assert "made from the first sentence" in " ".join(texts(present.story_page(made, Mark(), with_dropped=False)))


def test_notes_and_tags_stand_over_the_text() -> None:
    page = texts(present.story_page(STORY, Mark(starred=True, tags=("port",), note="ask Ida [/]"), with_dropped=False))
    assert page[2:4] == ["★ starred  #port", "ask Ida [/]"]


def test_a_copy_names_the_story_it_runs() -> None:
    original, copy = listed("a", "e"), replace(listed("b", "e"), copy_of=StoryId("a"))
    both = replace(event("e", "a", "b"), stories=(original, copy))
    page = texts(present.story_page(STORY, Mark(), Row(both, copy), with_dropped=False))
    assert "runs the copy of Harbour Post: Title of a" in page


def test_words_that_were_searched_for_are_found_without_regard_to_case() -> None:
    page = present.story_page(STORY, Mark(), with_dropped=False, terms=("ferry talks",))
    body = next(b for b in page if b.paragraph == 0)
    assert [(body.text[a:b], role) for a, b, role in body.spans] == [("ferry talks", "found")]


def test_a_long_paragraph_is_drawn_in_portions_without_losing_a_character() -> None:
    text = "envoy " * 10_000
    page = present.story_page(replace(STORY, passages=(Passage(text),)), Mark(), with_dropped=False)
    portions = [b.text for b in page if b.paragraph == 0]
    assert len(portions) > 5
    assert "".join(portions) == text


def test_an_event_page_lists_its_stories_and_the_other_events_of_its_storyline() -> None:
    here, other = event("e", "a", "b", headline="Talks open"), event("f", "c", headline="Talks close")
    page = present.event_page(here, lambda _: Mark(), (here, other))
    assert texts(page)[:2] == ["Talks open", "2 stories, 1 outlet · 3 May 2025"]
    assert [b.stop.story for b in page if b.stop] == ["a", "b", "c"]
    assert "Storyline: 1 other event" in texts(page)


def test_a_summary_page_numbers_sentences_and_points_into_the_text() -> None:
    desk = Desk(MemoryMarks())
    desk.load((event("e", "a"),))
    summary = Summary("lexrank", (Sentence("The ferry talks opened.", 0, StoryId("a")),))
    page = present.summary_page(summary, desk.rows[0], desk, {})
    assert page[0].text == "Summary · LexRank · 1 (+/-)"
    assert page[1].margin == "1 "
    assert page[1].stop == present.Stop(StoryId("a"), 0, "The ferry talks opened.")


def test_an_events_summary_names_the_outlet_of_each_sentence() -> None:
    desk = Desk(MemoryMarks())
    desk.load((event("e", "a", "b"),))
    summary = Summary("lexrank", (Sentence("The ferry talks opened.", 0, StoryId("a")),))
    page = present.summary_page(summary, desk.rows[0], desk, {StoryId("a"): "Harbour Post"})
    assert page[1].text == "The ferry talks opened.  — Harbour Post"


@pytest.mark.parametrize(
    ("records", "status", "said"),
    [
        ([{"added": 2, "same": 0, "revised": 0, "rejected": 0}], 0, ["2 added, 0 same, 0 revised, 0 rejected"]),
        ([{"source": "x", "reason": "empty"}], 1, ["x: empty"]),
        ([], 130, ["Stopped. What was already added stays; add the same again to go on"]),
        ([], -15, ["Stopped. What was already added stays; add the same again to go on"]),
        ([{"complaint": "no such folder"}], 2, ["no such folder"]),
    ],
)
def test_what_an_import_did_is_told(records: list[dict[str, object]], status: int, said: list[str]) -> None:
    assert [text for text, _ in present.added(records, status)] == said


@given(st.text(max_size=60), st.integers(2, 30), st.integers(1, 3))
def test_fitted_lines_are_never_too_wide_or_too_many(text: str, width: int, most: int) -> None:
    lines = present.fit(text, width, most)
    assert 1 <= len(lines) <= most
    assert all(cell_len(line) <= width for line in lines)
