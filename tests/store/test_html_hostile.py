"""HTML that is broken, endless or nested beyond reason: read in bounded time, never with an error."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from store.model import Markup, Raw, StoryId
from store.text import html
from store.text.html import blocks, tree
from store.text.story import read, refusal
from tests.store.pages import BODY, FOOTER, MENU, TITLE, article, page, paragraphs

TAGS = (
    "p",
    "div",
    "article",
    "table",
    "tr",
    "td",
    "ul",
    "li",
    "a",
    "span",
    "b",
    "br",
    "script",
    "template",
    "h1",
    "svg",
)
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(BODY),
    st.sampled_from(
        [
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<p",
            "<a href='",
            "&#0;",
            "&#x110000;",
            "&lt;p&gt;",
            "<?x",
            "\x1f",
            "\ufeff",
        ]
    ),
    st.sampled_from(
        ["<script type='application/ld+json'>", '{"@type":"NewsArticle","articleBody":', '["', "null}", "1e999"]
    ),
    st.text(max_size=40),
)


@example("<p><script></script>\x1f")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_markup_is_read_without_an_error(text: str) -> None:
    made = read(Raw(text, Markup.HTML), StoryId("s"))
    assert made.head.title
    assert all(p.reason for p in made.dropped)
    refusal(Raw(text, Markup.HTML))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(BODY), min_size=1, max_size=6, unique=True), st.integers(0, 2**32))
def test_no_word_of_a_block_is_invented_or_set_twice(texts: list[str], seed: int) -> None:
    rng = random.Random(seed)
    markup = "".join(
        rng.choice((f"<p>{t}</p>", f"<div>{t}</div>", f"{t}<br><br>", f"<li><a href=x>{t}</a></li>")) for t in texts
    )
    root = tree.parse(f"<html><body>{markup}</body></html>")
    assert root is not None
    assert [line for block in blocks.of(root).blocks for line in block.text.split("\n")] == texts


DEEP = {
    "divs": "<div>" * 10_000 + paragraphs() + "</div>" * 10_000,
    "spans": "<span>" * 10_000 + BODY[0] + "</span>" * 10_000,
    "open lists": "<ul><li>" * 5_000 + BODY[0],
    "open quotes": "<blockquote>" * 10_000 + paragraphs(),
    "fonts around each paragraph": "".join("<font>" * 180 + f"<p>{text}</p>" + "</font>" * 180 for text in BODY),
}


@pytest.mark.parametrize("name", DEEP)
def test_markup_nested_beyond_reason_is_read(name: str) -> None:
    assert "border" in html.read(page(DEEP[name]))[0]


HUGE = {
    "two megabytes of paragraphs": article(paragraphs(*BODY) * 3_000),
    "five megabytes in one line": article("<p>" + (" ".join(BODY) + " ") * 8_000 + "</p>"),
    "twenty megabytes of script": article(f"<script>{'var a = 1; ' * 1_900_000}</script>" + paragraphs()),
    "a million links": article(paragraphs() + "<a href=x>y</a> " * 300_000),
    "a million attributes": page(f"<div {' '.join(f'data-a{n}={n}' for n in range(1_000_000))}>{paragraphs()}</div>"),
    "attributes without values": page(f"<div {' '.join(f'a{n}' for n in range(300_000))}>{paragraphs()}</div>"),
    "attributes with tags in them": page(
        "<div " + " ".join(f"a{n}='<p>'" for n in range(100_000)) + f">{paragraphs()}</div>"
    ),
    "quotes that nothing closes": page('<a b="' * 100_000 + paragraphs()),
    "a class of a megabyte": article(f"<div class='{'body-text ' * 100_000}'>{paragraphs()}</div>"),
    "a hundred thousand classes": article("".join(f"<i class='c{n}'></i>" for n in range(100_000)) + paragraphs()),
    "ten thousand headings": page(f"<title>{TITLE}</title>" + "<h2>Border talks</h2>" * 10_000 + paragraphs()),
    "a megabyte of data": article(paragraphs()).replace(
        '"inLanguage"', '"about": [' + "[" * 100_000 + '], "inLanguage"'
    ),
}


@pytest.mark.timeout(100)
@pytest.mark.parametrize("name", HUGE)
def test_huge_pages_are_read(name: str) -> None:
    assert BODY[1][:40] in html.read(HUGE[name])[0]


def test_a_file_without_any_text_has_no_lines() -> None:
    assert html.read(page(f"{MENU}<img src=a>{FOOTER}"))[0] == html.read(page(f"{MENU}<img src=a>{FOOTER}"))[0]
    assert html.read("<html><body><img src=a></body></html>")[0] == ""


def _blocks(markup: str) -> blocks.Page:
    root = tree.parse(markup)
    assert root is not None
    return blocks.of(root)


def test_the_short_blocks_of_an_endless_table_share_blocks_row_by_row() -> None:
    rows = "<tr><td>12</td><td>13</td></tr>" * 10_000
    page = _blocks(f"<table>{rows}</table><p>{BODY[0]}</p>")
    assert len(page.blocks) < 8_200
    assert page.blocks[-1].text == BODY[0]
    assert "12 | 13\n12 | 13" in page.blocks[-2].text
    assert sum(block.text.count("12") for block in page.blocks) == 10_000
