"""What a terminal could obey does not come back through an entity or an escape that is read after intake."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields

import pytest

from store.intake import read_bytes
from store.model import Raw, Story, StoryId
from store.text import story

WRITTEN = (
    *("&#27;", "&#x1b;", "&#x1B", "&#027;", "&amp;#27;", "&amp;amp;#27;", "&#155;", "&#7;", "&#127;"),
    *("&#8238;", "&#x202e;", "&ZeroWidthSpace;", "&#x200b;", "&shy;", "&rlm;"),
)
HOSTILE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e]")
BODY = "The ministers of Vardania and Ostravia met on Monday and agreed to open the Old {}[31mBridge in the autumn."


def _told(data: str, name: str) -> Story:
    (raw,) = read_bytes(data.encode(), name)
    assert isinstance(raw, Raw)
    return story.read(raw, StoryId("s"))


def _strings(told: Story) -> Iterator[str]:
    yield from (passage.text for passage in told.passages)
    values = (getattr(told.head, field.name) for field in fields(told.head))
    yield from (value for value in values if isinstance(value, str))


def _page(written: str, *, data: object) -> str:
    body = BODY.format(written)
    return (
        f"<html><head><title>Bridge {written} opens</title>"
        f"<meta property='og:title' content='Bridge {written}[1m opens'>"
        f"<meta name='author' content='Anna {written}Kovel'>"
        f"<script type='application/ld+json'>{json.dumps(data)}</script></head><body><article>"
        f"<h1>Bridge {written} opens</h1><p>{body}</p><ul><li>{body}</li></ul><p>{body}</p></article></body></html>"
    )


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.html"])
def test_no_entity_becomes_a_hostile_character(written: str, name: str) -> None:
    plain = f"# Bridge {written}[1m opens\n\n{BODY.format(written)}\n\n- one {written} item\n\n{BODY.format(written)}\n"
    data = _page(written, data={"@type": "NewsArticle", "headline": f"Bridge {written} opens"})
    told = _told(data if name == "a.html" else plain, name)
    assert told.paragraphs
    assert not [text for text in _strings(told) if HOSTILE.search(text)]


@pytest.mark.parametrize("character", ["\x1b", "\x9b", "\u202e", "\x07"])
def test_no_escape_in_the_data_of_a_page_becomes_one(character: str) -> None:
    data = {
        "@type": "NewsArticle",
        "headline": f"Bridge {character}[1m opens",
        "author": {"name": f"Anna {character}Kovel"},
        "publisher": {"name": f"Selm {character}Courier"},
        "articleBody": "\n".join(BODY.format(character) for _ in range(6)),
    }
    shown = _page("", data=data)
    thin = (
        f"<html><head><script type='application/ld+json'>{json.dumps(data)}</script></head><body>Loading</body></html>"
    )
    for page in (shown, thin):
        told = _told(page, "a.html")
        assert "Bridge" in told.head.title
        assert not [text for text in _strings(told) if HOSTILE.search(text)]
