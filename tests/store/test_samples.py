"""The sample corpus holds what it promises, and its labels point at what is there. What the program makes of it is
tested elsewhere."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
STORIES = HERE.parents[1] / "store" / "samples" / "stories"
EXPECTED: dict[str, Any] = json.loads((HERE.parent / "data" / "samples" / "expected.json").read_text(encoding="utf-8"))
LABELS: dict[str, dict[str, Any]] = EXPECTED["stories"]
HEAD = ("title", "published", "agency", "outlet", "byline", "place")


def text_of(path: Path) -> str:
    """Decoded; the one UTF-16 sample says so by its mark, the others by what they are."""
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        declared = re.search(rb"charset=[\"']?([\w-]+)", data)
        return data.decode(declared.group(1).decode() if declared else "cp1251")


def lines_of(key: str) -> list[str]:
    return text_of(STORIES / key).replace("\r\n", "\n").split("\n")


def words_of(markup: str) -> str:
    """Markup as its words alone, white space folded, so that a labelled paragraph can be looked up in it."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", markup)).split())


def page_of(key: str) -> str:
    """What stands in the HTML page or the JSON record of this key, as words."""
    name, _, record = key.partition("#")
    if not record:
        return words_of(text_of(STORIES / name))
    rows = [json.loads(row) for row in lines_of(name) if row.strip()]
    [row] = [row for row in rows if row["id"] == record]
    return words_of(" ".join(str(row.get(part, "")) for part in ("title", "text", "html")))


TEXTS = sorted(key for key in LABELS if key.endswith(".txt"))
PAGES = sorted(set(LABELS) - set(TEXTS))


def test_every_file_is_labelled_and_every_label_has_a_file() -> None:
    assert {key.partition("#")[0] for key in LABELS} == {path.name for path in STORIES.iterdir()}


@pytest.mark.parametrize("part", ["events", "storylines"])
def test_every_story_is_in_exactly_one_group(part: str) -> None:
    assert Counter(key for group in EXPECTED[part] for key in group) == Counter(list(LABELS))


def test_an_event_lies_within_one_storyline() -> None:
    line = {key: number for number, group in enumerate(EXPECTED["storylines"]) for key in group}
    assert [event for event in EXPECTED["events"] if len({line[key] for key in event}) != 1] == []


@pytest.mark.parametrize("key", TEXTS)
def test_labels_point_at_lines_that_say_something(key: str) -> None:
    lines, label = lines_of(key), LABELS[key]
    for part in ("body", "subheadings", "lead_in"):
        assert label[part] == sorted(set(label[part])), part
        assert all(lines[number - 1].strip() for number in label[part]), part
    kept = Counter(label["body"] + label["subheadings"] + label["lead_in"])
    assert label["body"] and max(kept.values()) == 1
    assert [n for n in label["strip"] if not lines[int(n) - 1].startswith(label["strip"][n])] == []
    assert {int(n) for n in label["strip"]} <= set(label["body"])
    if "paragraphs" in label:
        assert [n for paragraph in label["paragraphs"] for n in paragraph] == label["body"]


@pytest.mark.parametrize("key", TEXTS)
def test_a_labelled_title_is_a_line_of_its_own_that_is_not_body(key: str) -> None:
    title, lines = LABELS[key]["title"], lines_of(key)
    if title is not None:
        at = [number for number, line in enumerate(lines, 1) if line.strip() == title]
        assert at and not set(at) & set(LABELS[key]["body"])


@pytest.mark.parametrize("key", PAGES)
def test_labelled_paragraphs_of_pages_and_records_are_in_them_in_order(key: str) -> None:
    page, at = page_of(key), 0
    assert LABELS[key]["body"]
    for paragraph in LABELS[key]["body"]:
        found = page.find(words_of(html.escape(paragraph)), at)
        assert found >= 0, paragraph
        at = found + len(paragraph)


@pytest.mark.parametrize("key", sorted(LABELS))
def test_the_head_says_nothing_that_the_story_does_not(key: str) -> None:
    label = LABELS[key]
    assert set(HEAD) <= set(label)
    assert label["title"] is None or label["title"].strip()
    published = label["published"]
    assert published is None or re.fullmatch(r"2025-\d\d-\d\d(T\d\d:\d\d(\+\d\d:\d\d)?)?", published)
    whole = (text_of(STORIES / key.partition("#")[0])).casefold()
    for field in ("agency", "outlet", "place", "byline"):
        assert label[field] is None or label[field].casefold() in whole, field


def test_a_copy_stands_beside_the_story_it_runs() -> None:
    event = {key: number for number, group in enumerate(EXPECTED["events"]) for key in group}
    copies = {key: label["copy_of"] for key, label in LABELS.items() if label["copy_of"]}
    assert copies
    for key, first in copies.items():
        assert LABELS[first]["copy_of"] is None
        assert event[key] == event[first]
        assert LABELS[key]["origin"] == LABELS[first]["origin"] is not None


def values(field: str) -> Counter[str]:
    return Counter(label[field] for label in LABELS.values() if label[field])


def status(name: str) -> list[str]:
    return [key for key, label in LABELS.items() if label.get("status") == name]


def test_the_corpus_is_as_large_and_as_varied_as_promised() -> None:
    assert len(LABELS) >= 48
    assert len(EXPECTED["events"]) >= 12
    assert len(EXPECTED["storylines"]) >= 3
    assert len(values("outlet")) >= 7


def test_each_of_two_agencies_is_run_by_several_outlets() -> None:
    runs: dict[str, set[str]] = {}
    for label in LABELS.values():
        if label["agency"] and label["outlet"]:
            runs.setdefault(label["agency"], set()).add(label["outlet"])
    assert sorted(len(outlets) >= 2 for outlets in runs.values()) == [True, True]


def test_there_are_events_of_one_story_and_of_many() -> None:
    sizes = [len(event) for event in EXPECTED["events"]]
    assert min(sizes) == 1
    assert max(sizes) >= 6


def test_a_correction_and_a_withdrawn_piece_stand_with_what_they_take_back() -> None:
    event = {key: number for number, group in enumerate(EXPECTED["events"]) for key in group}
    [correction], [withdrawn], [notice] = status("correction"), status("withdrawn"), status("withdrawal")
    assert event[withdrawn] == event[notice]
    assert EXPECTED["events"][event[correction]] != [correction]


def test_the_files_come_in_every_form_that_saved_news_has() -> None:
    data = {path.name: path.read_bytes() for path in STORIES.iterdir()}
    assert sum(name.endswith(".html") for name in data) >= 8
    assert sum(name.endswith(".jsonl") for name in data) >= 1
    assert sum(b.startswith((b"\xff\xfe", b"\xfe\xff")) for b in data.values()) == 1
    assert sum(b"\r\n" in b for name, b in data.items() if name.endswith(".txt") and b"\x00" not in b) == 1
    assert any(b"windows-1252" in b for b in data.values())
    assert any("приём".encode("cp1251") in b for b in data.values())


def test_some_stories_lack_a_title_a_date_or_an_outlet() -> None:
    for field in ("title", "published", "outlet"):
        assert any(label[field] is None for label in LABELS.values()), field


def test_every_story_is_long_enough_to_read_and_short_enough_to_ship() -> None:
    for key, label in LABELS.items():
        body = label["body"] if key in PAGES else [lines_of(key)[number - 1] for number in label["body"]]
        assert 120 <= len(" ".join(body).split()) <= 600, key
