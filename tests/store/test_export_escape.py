"""Escaping: whatever the text, Markdown shows it as it is; and a plain sentence is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from store.export.escape import cell, clean, fold, heading, inline, line, link, quotation

STRICT = MarkdownIt("commonmark")
GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(tokens: list[Token]) -> str:
    """The text a reader sees; a line end where a line is broken, an empty line between paragraphs."""
    parts = []
    for token in tokens:
        if token.type == "inline":
            parts.append(shown(token.children or []))
        elif token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif token.type in ("text", "text_special"):
            parts.append(token.content)
        elif token.type == "paragraph_close":
            parts.append("\n\n")
    return "".join(parts)


def types(tokens: list[Token]) -> set[str]:
    """The kinds of token there are, at every depth, without text and paragraphs."""
    found = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or []}
    return found - {"inline", "text", "text_special", "softbreak", "paragraph_open", "paragraph_close"}


PLAIN = [
    "U.S. - Russia (talks)",
    "Tariffs of 12.5% + levy: who pays?",
    "AT&T & the “Harbour Post” – 3 < 5 > 2",
    "Envoy [sic] meets President's aide; [updated]",
    "#talks trend as #1 topic, ~40 000 march",
    "It's 10:30 a.m. | see http://a.example/b_c?d=e and www.b.example",
    "snake_case_name stays, 2 * 3 = 6, C:\\Users too",
    "1990s: -5°C, +3, 1.5m, 2025-04-12",
    "Переговоры возобновились — «Вестник»; 会談が再開",
]


@pytest.mark.parametrize("text", PLAIN)
@pytest.mark.parametrize("write", [inline, line])
def test_ordinary_text_is_left_alone(write: Callable[[str], str], text: str) -> None:
    assert write(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# Talks", "\\# Talks"),
        ("- talks", "\\- talks"),
        ("1. Talks", "1\\. Talks"),
        ("12) Talks", "12\\) Talks"),
        ("> talks", "\\> talks"),
        ("+ talks", "\\+ talks"),
        ("===", "\\==="),
        ("***", "\\*\\*\\*"),
        ("* * *", "\\* * \\*"),
        ("***a***", "\\*\\*\\*a\\*\\*\\*"),
        ("--- | ---", "\\--- | ---"),
        ("talks - stall", "talks - stall"),
        ("*stall*", "\\*stall\\*"),
        ("`stall`", "\\`stall\\`"),
        ("[stall](http://a.example)", "\\[stall\\](http://a.example)"),
        ("![stall](http://a.example/x.png)", "!\\[stall\\](http://a.example/x.png)"),
        ("[^1] stall", "\\[^1\\] stall"),
        ("stall^[1]", "stall^\\[1\\]"),
        ("^[sic]", "^\\[sic\\]"),
        ("[!NOTE]", "\\[!NOTE\\]"),
        ("[a]: http://a.example", "\\[a\\]: http://a.example"),
        ("<b>stall</b>", "\\<b>stall\\</b>"),
        ("<http://a.example>", "\\<http://a.example>"),
        ("Talks &amp; more, AT&T", "Talks \\&amp; more, AT&T"),
        ("~~stall~~", "\\~\\~stall\\~\\~"),
        ("Talks [/] stall", "Talks [/] stall"),
        ("\x1b]52;c;aGk=\x07Talks\u202e\u200b", "\\]52;c;aGk=Talks"),
        ("Talks\r\n\tstall\u2028on", "Talks stall on"),
    ],
)
def test_what_would_be_markup_is_escaped(text: str, written: str) -> None:
    assert line(text) == written


def test_a_pipe_is_escaped_in_a_cell() -> None:
    assert cell("a|b\\|c") == "a\\|b\\\\\\|c"


SIGNS = st.text(alphabet=st.sampled_from("\\`*_~[]()<>!&#;:|+-=.1ax^ \t\n\u00a0é/\"'"), max_size=30)
MARKS = (
    "***",
    "**",
    "---",
    "===",
    "___",
    "```",
    "~~~",
    "##",
    "-",
    "+",
    ">",
    "1.",
    "[a]",
    "[^1]",
    "[!NOTE]",
    "](",
    "]:",
    "![",
    "<b>",
    "</b>",
    "<!--",
    "&amp;",
    "&#60;",
    "|",
    "\\",
    "a",
    "http://a.example",
)
MARKUPISH = st.one_of(SIGNS, st.lists(st.sampled_from([*MARKS, " ", " ", "\n", "    "]), max_size=8).map("".join))
ANY = st.one_of(MARKUPISH, st.text(max_size=60))


@given(ANY)
@example("a *b* _c_ **d** [e](f) <g> &amp; `h`")
def test_a_paragraph_shows_the_text(text: str) -> None:
    for parser in (STRICT, GITHUB):
        tokens = parser.parse(line(text))
        assert types(tokens) == set()
        assert shown(tokens).removesuffix("\n\n") == fold(text)


@given(ANY, ANY)
def test_lines_of_one_paragraph_show_their_texts(one: str, two: str) -> None:
    tokens = GITHUB.parse(f"{line(one)}\n{line(two)}")
    assert types(tokens) == set()
    if fold(one) and fold(two):
        assert shown(tokens) == f"{fold(one)}\n{fold(two)}\n\n"


@given(ANY)
def test_a_heading_shows_the_text(text: str) -> None:
    tokens = STRICT.parse(f"## {heading(text)}")
    assert types(tokens) == {"heading_open", "heading_close"}
    assert shown(tokens) == (fold(text) or "(no headline)")


@given(ANY, ANY)
def test_a_cell_shows_the_text(one: str, two: str) -> None:
    tokens = GITHUB.parse(f"| A | B |\n|---|---|\n| {cell(one)} | {cell(two)} |")
    cells = [shown([t]) for t in tokens if t.type == "inline"]
    assert cells == ["A", "B", fold(one), fold(two)]
    assert not types(tokens) & {"link_open", "image", "html_inline", "code_inline", "em_open", "strong_open", "s_open"}


@given(ANY)
def test_a_link_shows_the_text_and_leads_where_it_should(text: str) -> None:
    tokens = STRICT.parse(link(inline(text), "https://a.example/x") + " stall")
    assert types(tokens) == {"link_open", "link_close"}
    assert shown(tokens) == f"{fold(text)} stall\n\n"


@given(st.text(max_size=60))
def test_an_address_stays_one_target(text: str) -> None:
    tokens = GITHUB.parse("Talks " + link("stall", f"https://a.example/{text}") + " on")
    assert types(tokens) == {"link_open", "link_close"}
    (opened,) = [child for child in tokens[1].children or [] if child.type == "link_open"]
    assert str(opened.attrs["href"]).startswith("https://a.example/")
    assert shown(tokens) == "Talks stall on\n\n"


def as_typed(note: str) -> str:
    """A note without white space at line ends, and with one empty line where there are several."""
    lines = [typed.rstrip() for typed in clean(note).split("\n")]
    text = "\n".join(lines).strip("\n")
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text


@given(ANY)
@example("# Not a heading\n\n    indented\n\ttab\n- list\n1. one\n---\n```\ncode")
def test_a_note_reads_as_it_was_typed(note: str) -> None:
    for parser in (STRICT, GITHUB):
        tokens = parser.parse("\n".join(quotation(note)))
        assert types(tokens) <= {"blockquote_open", "blockquote_close", "hardbreak"}
        assert shown(tokens).removesuffix("\n\n") == as_typed(note)


def test_a_note_of_several_paragraphs_is_one_quotation() -> None:
    assert quotation("\nAsk *whom*?  \n  - the envoy\n\n\n\nThen write.\n") == [
        "> Ask \\*whom\\*?\\",
        "> &#32; - the envoy",
        ">",
        "> Then write.",
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\x1b", "\x1f"])
def test_an_empty_note_is_no_quotation(text: str) -> None:
    assert quotation(text) == []


@pytest.mark.parametrize("piece", ["[", "[a", "*a", "\\", "&a", "<a", "~", "_", "# ", "]("])
def test_a_huge_text_is_escaped_in_linear_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    assert len(inline(text)) >= len(fold(text))
