"""Stories in Markdown: the marks go, the words stay. All countries, people and outlets are invented."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.model import Given, Kind, Markup, Raw, Story, StoryId
from store.text import markdown
from store.text.story import read, refusal

LEAD = (
    "Vardanian Foreign Minister Ilko Marren said on Monday that his country would reopen its border with Ostravia, "
    "closed since the customs dispute of last autumn."
)
SECOND = (
    "Speaking after four hours of talks in the port of Selm, he said a joint commission will meet every second week."
)
THIRD = "Ostravian officials were more careful: the text still had to be read by the parliament, an official said."
BODY = (LEAD, SECOND, THIRD)


def story(text: str, given: Given = Given()) -> Story:  # noqa: B008
    return read(Raw(text, Markup.MARKDOWN, given=given), StoryId("m"))


def lines(text: str) -> list[str]:
    return [line for line in markdown.read(text)[0].split("\n") if line]


def test_marks_go_and_the_first_heading_is_the_title() -> None:
    marked = LEAD.replace("border", "*border*").replace("Ilko Marren", "[Ilko Marren](http://vardania.example/m)")
    made = story("\n\n".join(("# Border to open", marked, SECOND.replace("talks", "**`talks`**"), THIRD)))
    assert (made.head.title, made.head.title_made) == ("Border to open", False)
    assert made.body == BODY


def test_a_plain_text_with_the_same_marks_keeps_them() -> None:
    made = read(Raw("\n\n".join((LEAD.replace("border", "*border*"), SECOND, THIRD))), StoryId("t"))
    assert "*border*" in made.body[0]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("- one\n- two\n", ["- one", "- two"]),
        ("1. one\n2. two\n", ["1. one", "2. two"]),
        ("* one\n\n  more of it\n* two\n", ["- one", "more of it", "- two"]),
        ("> They **said** so.\n", ["They said so."]),
        ("Talks\n=====\n\nText.\n", ["Talks", "Text."]),
        ("```\ncode\n```\n", ["code"]),
        ("    set in by four\n", ["set in by four"]),
        ("![A bridge](a.jpg)\n\nText &amp; more.\n", ["Text & more."]),
        ("<div align='center'>\n<b>Talks</b> open<br>today\n</div>\n", ["Talks open", "today"]),
        ("<!-- a\nnote -->\n\nText <i>here</i>.\n", ["Text here."]),
        ("See [the text][1].\n\n[1]: http://vardania.example/text\n", ["See the text."]),
        ("[Note]: unchanged\n", ["[Note]: unchanged"]),
        ("The <minister> said \\*so\\*.\n", ["The <minister> said *so*."]),
        ("One.\n\n---\n\nTwo.\n", ["One.", "Two."]),
        ("A short line\nunder another\n", ["A short line", "under another"]),
        (f"{SECOND[:60]}\n{SECOND[60:]}\n", [f"{SECOND[:60]} {SECOND[60:]}"]),
    ],
)
def test_each_mark_becomes_plain_lines(text: str, shown: list[str]) -> None:
    assert lines(text) == shown


FRONT = "---\ntitle: 'Border to open'\ndate: 2031-05-03\nauthor: Anna Kovel\ntags:\n  - border\n- talks\n---\n"


def test_front_matter_goes_and_says_what_the_head_holds() -> None:
    made = story(FRONT + "\n" + "\n\n".join(BODY))
    assert made.body == BODY
    assert [p.text for p in made.passages] == list(BODY)
    assert (made.head.title, made.head.published, made.head.byline) == ("Border to open", "2031-05-03", "Anna Kovel")


def test_what_the_record_gave_wins_over_front_matter() -> None:
    assert story(FRONT + LEAD, Given(title="Given")).head.title == "Given"


def test_text_between_two_rules_is_no_front_matter() -> None:
    assert LEAD in lines("---\n\n" + LEAD + "\n\n---\n\n" + SECOND)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"## Border to open\n\n{LEAD}\n\n## Hauliers wait\n\n{SECOND}", "Border to open"),
        (f"# Selm Courier\n\n## Border to open\n\n{LEAD}", "Border to open"),
        (f"## Politics\n\n# Border to open\n\n{LEAD}", "Border to open"),
        (f"{LEAD}\n---\n\n{SECOND}", None),
        (f"{LEAD}\n\n## Hauliers wait\n\n{SECOND}\n\n{THIRD}", None),
    ],
)
def test_which_heading_is_the_title(text: str, title: str | None) -> None:
    head = story(text).head
    assert (None if head.title_made else head.title) == title


def test_a_heading_between_paragraphs_is_a_subheading() -> None:
    made = story(f"# Border to open\n\n{LEAD}\n\n{SECOND}\n\n## Hauliers wait\n\n{THIRD}")
    assert [p.text for p in made.passages if p.kind is Kind.SUBHEADING] == ["Hauliers wait"]


WORDS = st.text(st.characters(categories=("L", "N")) | st.sampled_from("'’,%&$()#*_-"), min_size=1, max_size=9)
PARAGRAPH = st.lists(WORDS, min_size=8, max_size=30).map(lambda words: " ".join(["The", *words]) + ".")


def letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", text))


@settings(max_examples=200, deadline=None)
@given(st.lists(PARAGRAPH, min_size=1, max_size=8), st.sampled_from(["\n", "\n\n"]))
@example(["The river crossed", "- We shall go,", "1986. A year", "=====", "    The envoy"], "\n")
@example([">" * 200 + " The envoy left.", "The minister stayed."], "\n\n")
@example(["  " * n + "- item" for n in range(150)], "\n")
def test_prose_loses_no_word(paragraphs: list[str], gap: str) -> None:
    text = gap.join(paragraphs)
    assert letters(" ".join(lines(text))) == letters(text)


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ab \n\n#*_-+>`[]()!<&;:/|\\1.~=") | st.characters(), max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert story(text).head.title
    assert refusal(Raw(text, Markup.MARKDOWN)) in (None, "no article in it")


def test_a_text_of_megabytes_stays_as_it_came() -> None:
    text = "The *envoy* left. " * 60_000
    assert markdown.read(text)[0] == text


def test_comments_that_never_close_cost_no_search_each() -> None:
    text = "<div>\n" + "<!-- a " * 40_000
    assert letters(markdown.read(text)[0]) == "a" * 40_000


def test_the_parser_is_not_imported_before_there_is_markdown() -> None:
    code = "import sys, store.text.story, store.intake; print('markdown_it' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"
