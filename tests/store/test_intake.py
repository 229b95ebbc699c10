"""Bytes of every kind -> stories, through the one entrance."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import intake
from store.model import Given, Markup, Raw, Rejected
from store.text.characters import clean_characters


def stories(data: bytes, source: str | None = None, limit: int = 20_000_000) -> list[Raw | Rejected]:
    return list(intake.read_bytes(data, source, limit=limit))


def only(data: bytes, source: str | None = None) -> Raw:
    (story,) = stories(data, source)
    assert isinstance(story, Raw), story
    return story


def reason(data: bytes, source: str | None = None, limit: int = 20_000_000) -> str:
    (rejected,) = stories(data, source, limit)
    assert isinstance(rejected, Rejected), rejected
    return rejected.reason


def lines(*records: object) -> bytes:
    return "\n".join(json.dumps(r) for r in records).encode()


def test_plain_text_is_one_story_with_its_place() -> None:
    assert only(b"Talks stall\n\nThe envoy left.\n", "/in/a.txt") == Raw(
        "Talks stall\n\nThe envoy left.\n", Markup.TEXT, "/in/a.txt"
    )


def test_a_text_file_that_holds_html_is_html() -> None:
    assert only(b"<!DOCTYPE html><p>The envoy left.", "/in/a.txt").markup is Markup.HTML
    assert only(b"\n<div class=x><p>The envoy left.</p></div>", "/in/a").markup is Markup.HTML


def test_an_html_file_that_holds_plain_text_is_text() -> None:
    assert only(b"Exports fell to <5 per cent> of what they were.", "/in/a.html").markup is Markup.TEXT


def test_markdown_that_begins_with_a_centred_heading_is_markdown() -> None:
    assert only(b'<h1 align="center">Talks</h1>\n\nThe envoy left.', "/in/a.md").markup is Markup.MARKDOWN


@pytest.mark.parametrize("name", ["/in/a.md", "/in/A.MARKDOWN"])
def test_markdown_is_told_by_its_ending_and_kept_as_it_came(name: str) -> None:
    assert only(b"# Talks\n\nThe *envoy* left.\n", name) == Raw("# Talks\n\nThe *envoy* left.\n", Markup.MARKDOWN, name)


@pytest.mark.parametrize("name", ["/in/a.txt", "/in/a", "/in/a.md.txt", None])
def test_text_of_another_ending_is_never_markdown(name: str | None) -> None:
    assert only(b"# Talks\n\nThe *envoy* left.\n", name).markup is Markup.TEXT


def test_a_page_under_a_markdown_name_is_a_page() -> None:
    assert only(b"<!DOCTYPE html><p>The envoy left.", "/in/a.md").markup is Markup.HTML


def test_a_json_file_that_holds_html_is_html() -> None:
    assert only(b"<html><body>Not found</body></html>", "/in/a.json").markup is Markup.HTML


def test_prose_that_begins_with_a_bracket_is_text() -> None:
    assert only(b"[VELMORA] The envoy left.", "/in/a.txt").markup is Markup.TEXT


def test_records_are_told_without_an_ending() -> None:
    found = stories(lines({"text": "One."}, {"text": "Two."}))
    assert [r.text for r in found if isinstance(r, Raw)] == ["One.", "Two."]


@pytest.mark.parametrize("name", ["/in/a.json", "/in/a.jsonl", "/in/a.txt", None])
def test_a_list_of_records_is_its_records(name: str | None) -> None:
    data = json.dumps([{"text": "One."}, {"html": "<p>Two."}], indent=1).encode()
    one, two = stories(data, name)
    assert isinstance(one, Raw) and isinstance(two, Raw)
    assert (one.text, two.text, two.markup) == ("One.", "<p>Two.", Markup.HTML)


def test_json_may_be_lines() -> None:
    assert len(stories(lines({"text": "One."}, {"text": "Two."}), "/in/a.json")) == 2


def test_every_field_of_a_record_is_kept() -> None:
    record = {
        "id": 7, "url": "https://velmora.example/a", "title": " Talks\nstall ", "text": "The envoy left.",
        "published": "2031-05-03", "outlet": "Velmora Post", "byline": "A. Tarn",
        "tags": ["border", " border", "talks"],
        "colour": {"passed": "over"},
    }  # fmt: skip
    assert only(lines(record), "/in/a.jsonl") == Raw(
        "The envoy left.",
        Markup.TEXT,
        "/in/a.jsonl#7",
        Given(
            id="7",
            url="https://velmora.example/a",
            title="Talks stall",
            published="2031-05-03",
            outlet="Velmora Post",
            byline="A. Tarn",
            tags=("border", "talks"),
        ),
    )


def test_a_record_without_id_has_a_place_only_if_it_is_the_whole_file() -> None:
    assert only(b'{"text": "One."}', "/in/a.json").source == "/in/a.json"
    assert [r.source for r in stories(lines({"text": "One."}, {"text": "Two."}), "/in/a.jsonl")] == [None, None]
    assert only(b'{"text": "One."}', "/in/a.jsonl").source is None
    assert only(b'{"text": "One."}').source is None


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ({"text": 5}, "text is a number"),
        ({"text": ["a"]}, "text is a list"),
        ({"text": "a", "title": True}, "title is true or false"),
        ({"text": "a", "tags": "border"}, "tags is a string, not a list"),
        ({"text": "a", "tags": ["x", 1]}, "tags holds a number"),
        ({"text": "a", "id": {}}, "id is an object"),
        ("The envoy", "a string, not an object"),
        (None, "null, not an object"),
        ({"title": "a"}, "neither text nor html"),
        (
            {"id": "a", "stories": [{"text": "One."}]},
            "several stories in one record, which `diplo-reader summarise - < FILE` takes",
        ),
        ({"text": " \n"}, "empty"),
    ],
)
def test_a_wrong_record_is_told_with_its_line_and_stops_no_other(record: object, told: str) -> None:
    first, wrong, last = stories(lines({"text": "One."}, record, {"text": "Three."}), "/in/a.jsonl")
    assert isinstance(first, Raw) and isinstance(last, Raw)
    assert wrong == Rejected("/in/a.jsonl", f"line 2: {told}")


def test_a_broken_line_is_told_and_stops_no_other() -> None:
    found = stories(b'\n{"text": "One."}\n{"text": "Tw\n\n{"text": "Three."}', "/in/a.jsonl")
    assert found[1] == Rejected("/in/a.jsonl", "broken JSON on line 3")
    assert [r.text for r in found if isinstance(r, Raw)] == ["One.", "Three."]


def test_a_broken_list_gives_the_records_around_the_place() -> None:
    found = stories(b'[\n{"text": "One."},\n{"text": "Tw\n},\n{"text": "Three."},\n{"te', "/in/a.json")
    assert [getattr(r, "text", None) or getattr(r, "reason", None) for r in found] == [
        "One.",
        "broken JSON on line 3",
        "Three.",
        "broken JSON on line 6",
    ]


def test_lines_under_the_name_of_json_may_begin_with_a_broken_one() -> None:
    found = stories(b'{"text": "On\n{"text": "Two."}\n', "/in/a.json")
    assert [getattr(r, "text", None) or getattr(r, "reason", None) for r in found] == ["broken JSON on line 1", "Two."]
    assert len(stories(b'oops\n{"text": "Two."}\n', "/in/a.json")) == 2


def test_what_stands_behind_a_list_is_told() -> None:
    found = stories(b'[{"text": "One."}]\n{"text": "Two."}', "/in/a.json")
    assert isinstance(found[0], Raw) and found[1] == Rejected("/in/a.json", "broken JSON on line 1")


def test_raw_line_ends_inside_a_json_string_are_kept() -> None:
    assert only(b'{"text": "One.\n\nTwo."}', "/in/a.json").text == "One.\n\nTwo."
    assert only('{"text": "One.\u2028Two."}\n'.encode(), "/in/a.jsonl").text == "One.\nTwo."


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf", "\u200b\u200e".encode()])
def test_nothing_in_it_is_empty(data: bytes) -> None:
    assert reason(data, "/in/a") == "empty"


def test_an_empty_list_is_empty() -> None:
    assert reason(b"[ ]", "/in/a.json") == "empty"


def test_what_cannot_be_read_is_told_in_a_word() -> None:
    assert reason(b"%PDF-1.7 Talks") == "binary"
    assert reason(b"\xcf\xad\x80\xdb\x9f\xa2") == "undecodable"


def test_more_than_the_limit_is_told_in_megabytes() -> None:
    assert reason(b"a" * 11, limit=10) == "larger than the limit of 10 bytes"
    assert reason(b"a" * 2_000_001, limit=2_000_000) == "larger than the limit of 2 MB"


def test_deep_json_is_broken_not_a_crash() -> None:
    assert reason(b"[" * 100_000, "/in/a.json").startswith("broken JSON")
    assert reason(b'{"a":' * 100_000, "/in/a.json").startswith("broken JSON")
    assert reason(b'{"text": ' + b"9" * 5000 + b"}", "/in/a.json").startswith("broken JSON")


def test_references_to_hostile_characters_are_taken_out_of_markup() -> None:
    raw = only(
        "<html><p>a&#8238;b&#x202E;c&#27;d&rlm;e&shy;f&#82&#8203;38;g &amp; &#128; می&zwnj;شود &eacute;".encode()
    )
    assert raw.text == "<html><p>abcdefg &amp; &#128; می\u200cشود &eacute;"


def test_records_are_cleaned_after_they_are_parsed() -> None:
    raw = only(rb'{"text": "a\u202eb\ud800c\u0000d\u001b]52;c", "title": "\u200eTalks\u0007", "outlet": "\u200b"}')
    assert (raw.text, raw.given.title, raw.given.outlet) == ("abcdc", "Talks", None)


def test_a_url_that_no_browser_should_open_is_dropped() -> None:
    assert only(b'{"text": "a", "url": "javascript:alert(1)"}').given.url is None


def hostile(text: str) -> bool:
    return clean_characters(text) != text


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.binary(max_size=400), st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass"))),
    st.sampled_from([None, "/a.txt", "/a.html", "/a.json", "/a.jsonl", "/a.md", "/a"]),
    st.sampled_from([b"", b"<html><p>", b"[", b'{"text":', b'{"text": "a"}\n', b"\xff\xfe", b"<meta charset=koi8-r>"]),
)
def test_any_bytes_are_stories_or_reasons_without_hostile_characters(
    data: bytes, name: str | None, head: bytes
) -> None:
    found = stories(head + data, name)
    assert found
    for story in found:
        if isinstance(story, Rejected):
            assert story.reason and "\n" not in story.reason
        else:
            assert story.text.strip() and not hostile(story.text)
            assert not any(hostile(f) for f in (story.given.url, story.given.title) if f)


@pytest.mark.parametrize(
    "data",
    [
        b"<p>" + b"&#8203;" * 100_000,
        b"<p>" + b"&#82" * 60_000 + b"&#8203;03;" + b"03;" * 60_000,
        b"<html>" + b"<link " * 100_000,
        b"<!--" * 200_000,
        b"<html>" + (b"<link a" + b" " * 1900 + b">") * 300,
        b"[" + b'{"text":"The \n' * 100_000,
        b"[" + b'{"text":[{},\n' * 100_000,
        b'{"a":\n' * 100_000,
        b"a" * 2_000_000 + b"\xe9",
        b"\xe9" * 2_000_000,
        ("\u200c" * 500_000).encode() + b"a",
    ],
    ids=lambda data: repr(data[:12]),
)
def test_long_runs_cost_no_more_than_their_length(data: bytes) -> None:
    """Each of these takes minutes where some step is quadratic, and then the runner's own time limit speaks."""
    assert all(isinstance(s, Rejected) or not hostile(s.text) for s in stories(data, None))
