"""Pages as blocks of plain text: a story, an event, a summary. No Textual needed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store.model import Head, Kind, Mark, Passage, Sentence, Story, StoryId, Summary
from tests.tui.fakes import MemoryMarks, event, listed
from tui import pages, present
from tui.desk import Desk, Layout, Row

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


def texts(blocks: tuple[pages.Block, ...]) -> list[str]:
    return [b.text for b in blocks if b.text]


def test_a_story_page_shows_head_and_kept_text_and_the_dropped_on_request() -> None:
    kept = texts(pages.story_page(STORY, Mark(), with_dropped=False))
    assert kept == [
        "Ferry talks open",
        "Harbour Post · LNA · 3 May 2025 · by Ida Pruett",
        "The ferry talks opened in Solmark.",
        "Background",
        "They had been put off twice.",
    ]
    every = texts(pages.story_page(STORY, Mark(), with_dropped=True))
    assert every[2] == "2 min read"
    cut_out = [b for b in pages.story_page(STORY, Mark(), with_dropped=True) if b.role == "dropped"]
    assert [(b.text, b.side) for b in cut_out] == [("2 min read", "reading time")]


def test_paragraphs_are_numbered_as_the_summary_counts_them() -> None:
    numbered = {
        b.paragraph: b.text for b in pages.story_page(STORY, Mark(), with_dropped=True) if b.paragraph is not None
    }
    assert tuple(numbered.values()) == STORY.paragraphs
    assert list(numbered) == [0, 1, 2]


def test_a_made_title_says_so() -> None:
    made = replace(STORY, head=Head("The ferry talks opened …", title_made=True))
    assert "made from the first sentence" in " ".join(texts(pages.story_page(made, Mark(), with_dropped=False)))


def test_notes_and_tags_stand_over_the_text() -> None:
    page = texts(pages.story_page(STORY, Mark(starred=True, tags=("port",), note="ask Ida [/]"), with_dropped=False))
    assert page[2:4] == ["★ starred  #port", "ask Ida [/]"]


def test_a_copy_names_the_story_it_runs() -> None:
    original, copy = listed("a", "e"), replace(listed("b", "e"), copy_of=StoryId("a"))
    both = replace(event("e", "a", "b"), stories=(original, copy))
    page = texts(pages.story_page(STORY, Mark(), Row(both, copy), with_dropped=False))
    assert "runs the copy of Harbour Post: Title of a" in page


def test_words_that_were_searched_for_are_found_without_regard_to_case() -> None:
    page = pages.story_page(STORY, Mark(), with_dropped=False, terms=("ferry talks",))
    body = next(b for b in page if b.paragraph == 0)
    assert [(body.text[a:b], role) for a, b, role in body.spans] == [("ferry talks", "found")]


def test_a_long_paragraph_is_drawn_in_portions_without_losing_a_character() -> None:
    text = "envoy " * 10_000
    page = pages.story_page(replace(STORY, passages=(Passage(text),)), Mark(), with_dropped=False)
    portions = [b.text for b in page if b.paragraph == 0]
    assert len(portions) > 5
    assert "".join(portions) == text


def test_an_event_page_lists_its_stories_and_the_other_events_of_its_storyline() -> None:
    here, other = event("e", "a", "b", headline="Talks open"), event("f", "c", headline="Talks close")
    page = pages.event_page(here, lambda _: Mark(), (here, other))
    assert texts(page)[:2] == ["Talks open", "2 stories, 1 outlet · 3 May 2025"]
    assert [b.stop.story for b in page if b.stop] == ["a", "b", "c"]
    assert "Storyline: 1 other event" in texts(page)


def test_an_event_page_counts_as_its_row_does() -> None:
    made = event("e", "a", "b")
    heads = (replace(made.stories[0].head, outlet=None), made.stories[1].head)
    mixed = replace(made, stories=tuple(replace(s, head=h) for s, h in zip(made.stories, heads, strict=True)))
    assert present.reporters(mixed) == "2 stories, 2 origins"
    assert texts(pages.event_page(mixed, lambda _: Mark(), (mixed,)))[1].startswith("2 stories, 2 origins · ")


def test_a_summary_page_numbers_sentences_and_points_into_the_text() -> None:
    desk = Desk(MemoryMarks())
    desk.load((event("e", "a"),))
    summary = Summary("lexrank", (Sentence("The ferry talks opened.", 0, StoryId("a")),))
    page = pages.summary_page(summary, desk.rows[0], desk, {}, {"longer": "L", "shorter": "S"})
    assert page[0].text == "Summary · LexRank · 1  L S"
    assert page[1].margin == "1 "
    assert page[1].stop == pages.Stop(StoryId("a"), 0, "The ferry talks opened.")


@pytest.mark.parametrize("layout", list(Layout))
def test_a_story_of_an_event_says_why_there_and_who_else_reports_it_in_every_layout(layout: Layout) -> None:
    desk = Desk(MemoryMarks())
    desk.layout = layout
    both = event("e", "a", "b")
    why = 'with "Title of b" (1.00): both name Solmark'
    both = replace(both, stories=(replace(both.stories[0], why=why), both.stories[1]))
    entry = replace(both, stories=(*both.stories, listed("c", "f"))) if layout is Layout.STORYLINES else both
    row = Row(entry, both.stories[0], alone=layout is Layout.STORIES)
    assert texts(pages.summary_page(None, row, desk, {}))[2:] == [
        "Why here",
        why,
        "Also reported by",
        "Harbour Post · Title of b",
    ]
    guessed = Row(entry, replace(both.stories[0], inferred=True), alone=layout is Layout.STORIES)
    assert "Why here (inferred)" in texts(pages.summary_page(None, guessed, desk, {}))


def test_a_story_that_is_an_event_by_itself_says_why_and_names_no_others() -> None:
    desk = Desk(MemoryMarks())
    alone = event("e", "a")
    story = replace(alone.stories[0], why="alone: no other story shares its rarer words")
    row = Row(replace(alone, stories=(story,)), story, alone=True)
    assert texts(pages.summary_page(None, row, desk, {}))[2:] == ["Why alone", "no other story shares its rarer words"]


def test_an_events_summary_names_the_outlet_of_each_sentence() -> None:
    desk = Desk(MemoryMarks())
    desk.load((event("e", "a", "b"),))
    summary = Summary("lexrank", (Sentence("The ferry talks opened.", 0, StoryId("a")),))
    page = pages.summary_page(summary, desk.rows[0], desk, {StoryId("a"): "Harbour Post"})
    assert page[1].text == "The ferry talks opened.  — Harbour Post"


def test_what_the_text_beside_it_opens_with_is_not_told_again() -> None:
    desk = Desk(MemoryMarks())
    desk.load((event("e", "a"),))
    told = (Sentence("The talks opened.", 0, StoryId("a")), Sentence("They ended at dawn.", 3, StoryId("a")))
    page = pages.summary_page(Summary("desk", told), desk.rows[0], desk, {}, opened=1)
    assert [block.text for block in page if block.text][:3] == [
        page[0].text,
        "1 of these 2 sentences opens the text; the other one:",
        "They ended at dawn.",
    ]
    assert page[0].text.endswith("· 2")
    longer = (*told[:1], Sentence("A second day was set.", 0, StoryId("a")), *told[1:], *told[1:])
    page = pages.summary_page(Summary("desk", longer), desk.rows[0], desk, {}, opened=2)
    assert page[0].text.endswith("· 4") and "2 of these 4 sentences open the text; the other 2:" in texts(page)
