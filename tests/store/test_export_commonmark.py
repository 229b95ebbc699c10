"""The whole document before a CommonMark parser: what it is made of, and that no story can add to that."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from store.export import Review
from store.export.escape import fold
from store.export.front import Origin, origin
from store.export.markdown import markdown
from store.model import Head, Mark
from tests.store.reviews import hostile, one_story, two_events
from tests.store.test_export_escape import ANY, shown

STRICT = MarkdownIt("commonmark")
TABLES = MarkdownIt("commonmark").enable(["table", "strikethrough"])
FOOTNOTES = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)

NEVER = {
    "html_block",
    "html_inline",
    "image",
    "code_inline",
    "code_block",
    "fence",
    "em_open",
    "strong_open",
    "s_open",
    "hr",
    "bullet_list_open",
    "ordered_list_open",
}

HOSTILE = [
    "Talks [/] stall",
    "[@click=app.quit]x[/]",
    "\x1b]52;c;ZXZpbA==\x07Talks \u202elltats",
    "<script>alert(1)</script>",
    "<!-- talks --> <?php ?> <![CDATA[x]]>",
    "# Talks\n## stall\n---\n===",
    "- one\n- two\n1. three\n> four\n    five\n\tsix",
    "```\ncode\n```\n~~~\nmore\n~~~",
    "| a | b |\n|---|---|\n| c | d |",
    "[^1]: stall [^1] [^2]",
    "^[1]", "stall^[a note of its own] and ^[sic]",
    "[a]: http://a.example 'stall' [a] [a][a] ![a]",
    "[x](javascript:alert(1)) ![y](http://a.example/y.png) <http://a.example> http://a.example www.a.example",
    "*a* _b_ **c** __d__ ~~e~~ `f` ``g`` \\ \\\\ &amp; &lt;b&gt; &#60;",
    "[!WARNING]\nstall",
    "---\ngenerator: diplo-reader\n---",
    '": !!python/object:os.system {} # "',
    "]](", "![", "\\", "|", "!", "#", "[", "a]", "https://a.example/)[x](javascript:y)", "\u2028\x85\ufeff\ud800",
]  # fmt: skip


def body(text: str) -> str:
    return text.split("---\n", 2)[2]


def kinds(tokens: list[Token]) -> set[str]:
    return {t.type for t in tokens} | {child.type for t in tokens for child in t.children or []}


def headings(tokens: list[Token]) -> list[str]:
    return [shown([tokens[n + 1]]) for n, token in enumerate(tokens) if token.type == "heading_open"]


def targets(tokens: list[Token]) -> list[str]:
    opened = [child for t in tokens for child in t.children or [] if child.type == "link_open"]
    return [str(child.attrs["href"]) for child in opened]


def rows(tokens: list[Token]) -> list[int]:
    """The number of cells of every row of every table."""
    counts: list[int] = []
    for token in tokens:
        if token.type == "tr_open":
            counts.append(0)
        elif token.type in ("th_open", "td_open"):
            counts[-1] += 1
    return counts


def sound(review: Review) -> None:
    """What holds of every document, whatever its stories say."""
    text = markdown(review)
    assert origin(text) is Origin.INTACT
    for parser in (STRICT, TABLES, FOOTNOTES):
        tokens = parser.parse(body(text))
        assert not kinds(tokens) & NEVER
        events = [fold(section.event.headline) or "(no headline)" for section in review.sections]
        assert headings(tokens) == [fold(review.title) or "(no headline)", *events]
        assert all(target.casefold().startswith(("http://", "https://")) for target in targets(tokens))


def test_the_document_of_two_events_is_sound() -> None:
    sound(two_events())


def test_without_extensions_there_is_no_link_but_to_the_stories() -> None:
    found = targets(STRICT.parse(body(markdown(two_events()))))
    assert len(found) == 5  # two rows of a table (text here), two footnotes, one note
    assert {re.sub(r"/.*", "", target.removeprefix("https://")) for target in found} == {
        "harbourpost.example",
        "ledger.example",
    }


def test_with_tables_every_row_has_its_four_cells() -> None:
    assert rows(TABLES.parse(body(markdown(two_events())))) == [4] * 5


def test_with_footnotes_every_reference_finds_its_note() -> None:
    tokens = FOOTNOTES.parse(body(markdown(two_events())))
    kind = [token.type for token in tokens]
    references = [c for t in tokens for c in t.children or [] if c.type == "footnote_ref"]
    assert len(references) == kind.count("footnote_open") == 3
    assert "[^" not in "".join(c.content for t in tokens for c in t.children or [] if c.type == "text")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_adds_nothing_to_the_document(text: str) -> None:
    review = hostile(text)
    sound(review)
    tokens = FOOTNOTES.parse(body(markdown(review)))
    assert rows(tokens) == [4, 4]
    assert sum(t.type == "footnote_open" for t in tokens) == (1 if fold(text) else 0)


@settings(max_examples=200)
@given(ANY)
@example("![")
@example("^[1]")
def test_no_text_adds_anything_to_the_document(text: str) -> None:
    review = hostile(text)
    sound(review)
    tokens = FOOTNOTES.parse(body(markdown(review)))
    assert rows(tokens) == [4, 4]
    assert sum(t.type == "footnote_open" for t in tokens) == (1 if fold(text) else 0)


@given(st.text(max_size=40))
def test_no_query_breaks_the_front_matter(query: str) -> None:
    loaded = yaml.safe_load(markdown(two_events(query=query)).split("---\n", 2)[1])
    assert loaded["query"] == fold(query)


@given(st.text(max_size=20))
def test_no_date_breaks_the_front_matter(day: str) -> None:
    loaded = yaml.safe_load(markdown(one_story(Head("Talks stall", published=day))).split("---\n", 2)[1])
    assert loaded["stories"] == 1


def test_a_day_that_is_not_in_the_calendar_does_not_break_the_front_matter() -> None:
    loaded = yaml.safe_load(markdown(one_story(Head("Talks stall", published="2025-13-45"))).split("---\n", 2)[1])
    assert loaded["from"] == "2025-13-45"


def test_a_document_has_no_character_that_a_terminal_obeys() -> None:
    text = markdown(hostile("".join(map(chr, range(0xA0))) + "\u202e\u2066\u200b\ufeff"))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2066\u200b\ufeff]", text)


def test_a_note_reads_as_typed_in_the_document() -> None:
    note = "Ask the desk:\n\n# who?\n- *not* <b>them</b>\n    why [^1]?"
    tokens = FOOTNOTES.parse(body(markdown(one_story(Head("Talks stall"), mark=Mark(note=note)))))
    start, end = (next(n for n, t in enumerate(tokens) if t.type == f"blockquote_{edge}") for edge in ("open", "close"))
    assert shown(tokens[start:end]).removesuffix("\n\n") == note
