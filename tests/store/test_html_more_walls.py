"""Sixty-three made-up pages (tests/data/walls.jsonl), a dozen of each kind that holds no article and fifteen that do,
written before the program ran on them. Its first run refused 32 of the 48 walls and one of the articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.model import Markup, Raw
from store.text.story import refusal

_LINES = (Path(__file__).parents[1] / "data" / "walls.jsonl").read_text(encoding="utf-8").splitlines()
PAGES = [(record["id"], record["reason"], record["html"]) for record in map(json.loads, _LINES)]


@pytest.mark.parametrize(("name", "reason", "markup"), PAGES, ids=[name for name, _, _ in PAGES])
def test_a_page_is_refused_for_what_it_is_and_an_article_never(name: str, reason: str, markup: str) -> None:
    assert (refusal(Raw(markup, Markup.HTML)) or "") == reason
