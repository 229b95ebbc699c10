"""The pure pipes: what goes in comes out in order, under its id, whatever it is."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import pipes
from store.archive import Archive
from store.model import Raw
from store.pipes import grouping, summarising
from store.text import story as reading

HARBOUR = (
    "Delegates from Vardania and Orlesia left the customs house in Tellmark on Tuesday after nine hours of talks on "
    "the harbour dues. Forty ships have been waiting outside the breakwater since the dues were raised.\n\n"
    "“We have agreed to meet again on the ninth of May,” the Vardanian envoy, Ilse Tarnow, told reporters on the quay. "
    "Shipowners said that every day of waiting cost them eleven thousand crowns."
)
ORCHARD = (
    "Several hundred apple growers from the Sellin valley drove their tractors into the Tavorian capital on Friday. "
    "They protest against a new tax on cold stores that the finance ministry wants to raise from the first of June."
)
LIMIT = 1_000_000


def clean(*records: dict[str, Any]) -> list[dict[str, Any]]:
    return list(pipes.clean(records))


def group(*records: dict[str, Any]) -> list[dict[str, Any]]:
    return list(pipes.group(records))


def summarise(*records: dict[str, Any], **options: Any) -> list[dict[str, Any]]:
    return list(pipes.summarise(records, pipes.Wanted(**options)))


EVERY = [clean, group, summarise]


# Ids and order


@pytest.mark.parametrize("pipe", EVERY)
def test_ids_come_out_as_they_went_in_and_in_order(pipe: Any) -> None:
    ids: list[Any] = ["b", "a", 7, "7", "b", None, 1.5, "e\ud800", ["x"], {"k": 1}]
    answers = pipe(*({"id": i, "text": HARBOUR} for i in ids), {"text": HARBOUR})
    assert [a["id"] for a in answers[:-1]] == ids
    assert "id" not in answers[-1]
    assert not [a for a in answers if "error" in a]


@pytest.mark.parametrize("pipe", EVERY)
def test_a_bad_record_gives_its_error_in_its_place_and_the_rest_goes_on(pipe: Any) -> None:
    answers = pipe({"id": 1, "text": HARBOUR}, {"id": 2, "text": 5}, {"id": 3}, {"id": 4, "text": HARBOUR})
    assert ["error" in a for a in answers] == [False, True, True, False]
    assert [a["id"] for a in answers] == [1, 2, 3, 4]
    assert set(answers[1]) == {"id", "error"}


@pytest.mark.parametrize("pipe", EVERY)
def test_the_error_of_a_pipe_before_is_passed_on(pipe: Any) -> None:
    assert pipe({"id": 9, "error": "empty"}) == [{"id": 9, "error": "empty"}]


@pytest.mark.parametrize("pipe", EVERY)
def test_nothing_in_gives_nothing_out(pipe: Any) -> None:
    assert pipe() == []


def test_lines_that_are_no_records_are_told_by_their_number() -> None:
    data = (
        b'{"id": 1}\n\n   \n{broken\n[1]\n"x"\nnull\n\xff\xfe\x00\n{"id": NaN}\n' + b"[" * 50_000 + b"\n" + b'{"id": 2}'
    )
    answers = list(pipes.lines(BytesIO(data)))
    assert answers[0] == {"id": 1} and answers[-1] == {"id": 2}
    assert [a["error"] for a in answers[1:-1]] == [
        "broken JSON on line 4",
        "line 5 is not an object",
        "line 6 is not an object",
        "line 7 is not an object",
        "broken JSON on line 8",
        "broken JSON on line 9",
        "broken JSON on line 10",
    ]


class Coming:
    """A stream that gives what was written to it piece by piece, as a pipe does."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = list(pieces)

    def read1(self, most: int) -> bytes:
        piece = self.pieces.pop(0) if self.pieces else b""
        assert len(piece) <= most
        return piece


def arriving(*pieces: bytes) -> list[list[dict[str, Any]]]:
    return list(pipes.arriving(Coming(*pieces)))  # type: ignore[arg-type]


def test_records_that_are_there_together_come_together_and_wait_for_none() -> None:
    assert arriving(b'{"id": 1}\n{"id": 2}\n{"i', b'd": 3', b"}\n", b'{"id": 4}') == [
        [{"id": 1}, {"id": 2}],
        [{"id": 3}],
        [{"id": 4}],
    ]
    stream = Coming(b'{"id": 1}\n', b'{"id": 2}\n')
    assert next(pipes.arriving(stream)) == [{"id": 1}]  # type: ignore[arg-type]
    assert len(stream.pieces) == 1


def test_records_that_come_together_are_numbered_by_their_lines_and_never_many() -> None:
    data = b"\n".join((b'{"id": 1}', b"", b"  ", b"{broken", b"[1]", *[b'{"id": 2}'] * 30)) + b"\n\n"
    for pieces in ([data], [data[:20], data[20:]], [bytes([byte]) for byte in data]):
        found = arriving(*pieces)
        assert max(map(len, found)) <= 8 and min(map(len, found)) >= 1
        assert [a for group in found for a in group] == list(pipes.lines(BytesIO(data)))


def test_records_that_come_together_are_answered_as_each_would_be_alone() -> None:
    records: list[dict[str, Any]] = [
        {"id": 1, "text": HARBOUR},
        {"id": 2, "text": "  ", "html": f"<article><h1>Apples</h1><p>{ORCHARD}</p><p>{HARBOUR}</p></article>"},
        {"id": 3, "text": 7},
        {"text": ORCHARD, "title": "Growers in the capital"},
        {"error": "broken JSON on line 5"},
        {"id": None, "text": f"Share\n\n{ORCHARD}\n\nRead next\n\n{HARBOUR}"},
        {"id": 6},
        {"id": 7, "html": "<p>Gone</p>"},
    ]
    assert list(pipes.clean_arriving([records, [], records[:1]])) == clean(*records, records[0])


def test_a_text_that_cannot_be_read_spoils_none_that_come_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = reading._text

    def text(raw: Raw, *more: Any) -> Any:
        if raw.text == ORCHARD:
            raise ValueError
        return whole(raw, *more)

    monkeypatch.setattr(reading, "_text", text)
    answers = list(pipes.clean_arriving([[{"id": 1, "text": HARBOUR}, {"id": 2, "text": ORCHARD}]]))
    assert answers[0]["paragraphs"]
    assert answers[1] == {"id": 2, "error": "could not be read (ValueError)"}


@pytest.mark.parametrize("pipe", [pipes.clean, lambda r: pipes.summarise(r, pipes.Wanted("lead", 2))])
def test_an_answer_comes_before_the_next_record_is_asked_for(pipe: Any) -> None:
    asked: list[int] = []

    def coming() -> Iterator[dict[str, Any]]:
        for number in (1, 2):
            asked.append(number)
            yield {"id": number, "text": HARBOUR}

    assert next(pipe(coming()))["id"] == 1
    assert asked == [1]


@pytest.mark.parametrize("pipe", EVERY)
def test_what_our_own_code_stumbles_over_is_an_error_of_that_record(pipe: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(reading, "read", stumble)
    for room in (grouping, summarising):
        monkeypatch.setattr(room, "given_story", stumble)
    assert pipe({"id": 1, "text": HARBOUR}) == [{"id": 1, "error": "could not be read (RecursionError)"}]


# What each gives


def test_clean_gives_head_paragraphs_and_what_was_dropped() -> None:
    text = f"Harbour talks end in Tellmark\n\n3 min read\n\n{HARBOUR}\n\nShare this article\n"
    [answer] = clean({"id": 1, "text": text})
    assert list(answer) == [
        "id", "title", "standfirst", "published", "published_inferred", "place", "outlet", "agency", "byline",
        "language", "paragraphs", "dropped",
    ]  # fmt: skip
    assert answer["title"] == "Harbour talks end in Tellmark"
    assert (answer["language"], answer["published_inferred"]) == ("en", False)
    assert answer["paragraphs"] == HARBOUR.split("\n\n")
    assert {"3 min read", "Share this article"} <= {d["text"] for d in answer["dropped"]}
    assert all(set(d) == {"text", "reason"} and d["reason"] for d in answer["dropped"])


def test_clean_does_not_pass_a_made_title_for_a_title() -> None:
    assert clean({"text": HARBOUR})[0]["title"] is None


WALL = "<title>404</title><body><h1>Page not found</h1><p>The page you asked for does not exist. Go to the front.</p>"


def test_clean_gives_a_page_without_an_article_its_error(tmp_path: Path) -> None:
    assert clean({"id": 1, "html": WALL}, {"id": 2, "text": HARBOUR})[0] == {"id": 1, "error": "an error page"}
    (tmp_path / "wall.html").write_text(WALL, "utf-8")
    [answer] = answers_for([tmp_path / "wall.html"])
    assert answer["error"] == "an error page"


def test_clean_gives_every_text_paragraphs_even_one_that_add_refuses() -> None:
    [answer] = clean({"id": 1, "text": "404 not found"})
    assert answer["paragraphs"] == ["404 not found"]


def test_clean_reads_html() -> None:
    paragraphs = "".join(f"<p>{p}</p>" for p in HARBOUR.split("\n\n"))
    page = f"<html><body><nav>Home</nav><article><h1>Harbour talks end</h1>{paragraphs}</article></body></html>"
    [answer] = clean({"id": 1, "html": page, "url": "https://harbour-post.example/talks"})
    assert answer["paragraphs"] == HARBOUR.split("\n\n")


def test_group_says_where_each_story_stands_and_why() -> None:
    answers = group(
        {"id": "a", "title": "Harbour talks end", "text": HARBOUR, "published": "2025-04-01", "outlet": "Post"},
        {"id": "o", "title": "Growers march", "text": ORCHARD, "published": "2025-04-01"},
        {"id": "b", "title": "Talks on harbour dues end", "text": HARBOUR, "published": "2025-04-02"},
    )
    assert all(list(a)[:4] == ["id", "event", "storyline", "why"] for a in answers)
    assert (answers[0]["nearest"], answers[1]["nearest"]) == ("b", None)
    assert answers[0]["likeness"] > 0.5
    assert {"name", "place"} & {shared["kind"] for shared in answers[0]["shared"]}
    assert (answers[0]["origin"], answers[2]["origin"], answers[2]["copy_of"]) == ("Post", "Post", "a")
    assert answers[0]["event"] == answers[2]["event"] != answers[1]["event"]
    assert answers[0]["storyline"] == answers[2]["storyline"]
    assert all(a["why"] for a in answers)


def test_group_names_a_story_without_a_title_by_its_beginning() -> None:
    answers = group({"id": 1, "text": HARBOUR}, {"id": 2, "text": HARBOUR})
    assert "Delegates from Vardania" in answers[0]["why"]


def test_group_takes_what_clean_gives() -> None:
    cleaned = clean({"id": 1, "text": HARBOUR}, {"id": 2, "text": ""}, {"id": 3, "text": HARBOUR})
    answers = group(*cleaned)
    assert [a["id"] for a in answers] == [1, 2, 3]
    assert answers[1] == cleaned[1]
    assert answers[0]["event"] == answers[2]["event"]


def test_stories_without_ids_are_told_apart() -> None:
    answers = group({"text": HARBOUR}, {"text": ORCHARD}, {"id": "~1", "text": ORCHARD})
    assert answers[0]["event"] != answers[1]["event"] == answers[2]["event"]
    assert all(c.isprintable() for a in answers for c in a["event"])


def test_a_summary_is_sentences_of_the_text_in_its_order() -> None:
    [answer] = summarise({"id": 1, "title": "Harbour talks", "text": HARBOUR}, sentences=2)
    assert list(answer) == ["id", "method", "sentences"]
    paragraphs = HARBOUR.split("\n\n")
    assert len(answer["sentences"]) == 2
    for sentence in answer["sentences"]:
        assert set(sentence) == {"text", "paragraph"}
        assert sentence["text"] in paragraphs[sentence["paragraph"]]
    places = [HARBOUR.index(s["text"]) for s in answer["sentences"]]
    assert places == sorted(places)


def test_an_event_s_summary_names_the_story_of_each_sentence() -> None:
    stories: list[dict[str, Any]] = [{"text": HARBOUR, "published": "2025-04-01"}, {"id": "second", "text": ORCHARD}]
    [answer] = summarise({"id": 1, "stories": stories}, sentences=6, method="lead")
    assert {s["story"] for s in answer["sentences"]} == {0, "second"}
    for sentence in answer["sentences"]:
        text = HARBOUR if sentence["story"] == 0 else ORCHARD
        assert sentence["text"] in text.split("\n\n")[sentence["paragraph"]]


def test_the_length_of_a_summary_is_counted_in_sentences_or_words() -> None:
    assert len(summarise({"text": HARBOUR}, sentences=1)[0]["sentences"]) == 1
    [answer] = summarise({"text": HARBOUR}, words=30)
    assert 0 < sum(len(s["text"].split()) for s in answer["sentences"]) <= 30


def test_a_record_may_bring_its_own_options() -> None:
    [answer] = summarise({"text": HARBOUR, "method": "lead", "sentences": 1}, method="luhn")
    assert (answer["method"], len(answer["sentences"])) == ("lead", 1)
    assert answer["sentences"][0]["text"].startswith("Delegates")


@pytest.mark.parametrize(
    "wrong",
    [
        {"method": "magic"}, {"method": ["lead"]}, {"sentences": -1}, {"sentences": "3"}, {"words": True},
        {"stories": "none"}, {"stories": [1]}, {"stories": [{"title": "no text"}]}, {"paragraphs": [1]},
        {"title": 5}, {"text": None},
    ],
)  # fmt: skip
def test_a_wrong_field_is_that_record_s_error(wrong: dict[str, Any]) -> None:
    [answer, after] = summarise({"id": 1, "text": HARBOUR, **wrong}, {"id": 2, "text": HARBOUR})
    assert set(answer) == {"id", "error"}
    assert after["sentences"]


def test_an_empty_paragraph_keeps_the_numbers_of_the_others() -> None:
    [answer] = summarise({"paragraphs": ["One is said here.", "", "Another is said there."]})
    assert [s["paragraph"] for s in answer["sentences"]] == [0, 2]


# Files


def answers_for(paths: Iterable[Path | str]) -> list[dict[str, Any]]:
    return list(pipes.clean_files(pipes.files([str(p) for p in paths], limit=LIMIT)))


def test_a_file_s_id_is_its_path_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(HARBOUR, "utf-8")
    (tmp_path / "in" / "b.txt").write_text("", "utf-8")
    monkeypatch.chdir(tmp_path)
    answers = answers_for(["./in/a.txt", "in/../in/a.txt", "in", "nowhere.txt"])
    assert [a["id"] for a in answers] == ["./in/a.txt", "in/../in/a.txt", "in/a.txt", "in/b.txt", "nowhere.txt"]
    assert ["error" in a for a in answers] == [False, False, False, True, True]


def test_records_in_a_file_have_its_path_and_their_own_ids(tmp_path: Path) -> None:
    rows = [{"id": "x", "text": HARBOUR}, {"text": ORCHARD}]
    file = tmp_path / "rows.jsonl"
    file.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    assert [a["id"] for a in answers_for([file])] == [f"{file}#x", f"{file}#2"]


def rows_file(file: Path, *lines: str) -> Path:
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return file


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.ndjson", "rows.json", "rows"])
def test_json_lines_are_limited_by_the_line_and_not_by_the_file(tmp_path: Path, name: str) -> None:
    one = json.dumps({"id": "x", "text": HARBOUR}, ensure_ascii=False)
    long = json.dumps({"id": "long", "text": ORCHARD * 9})
    limit = len(one.encode())
    file = rows_file(tmp_path / name, one, "", long, "{broken", json.dumps({"text": ORCHARD}), one)
    assert file.stat().st_size > 3 * limit
    answers = list(pipes.clean_files(pipes.files([str(file)], limit=limit)))
    assert [a["id"] for a in answers] == [f"{file}#{mark}" for mark in ("x", 2, 3, 4, "x")]
    assert [a.get("error") for a in answers] == [
        None,
        f"line 3: larger than the limit of {limit} bytes",
        "broken JSON on line 4",
        None,
        None,
    ]
    whole = list(pipes.clean_files(pipes.files([str(file)], limit=LIMIT)))
    assert [a for a in whole if a["id"].endswith("#x")] == [answers[0], answers[-1]]


def test_json_lines_over_the_limit_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    file = rows_file(tmp_path / "rows.jsonl", *[json.dumps({"text": "x" * 900})] * 20_000)
    tracemalloc.start()
    try:
        found = sum(isinstance(item, Raw) for _, item in pipes.files([str(file)], limit=LIMIT))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == 20_000
    assert file.stat().st_size > 18 * LIMIT and peak < 2 * LIMIT


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("list.json", json.dumps([{"text": HARBOUR}] * 9)),
        ("list.jsonl", json.dumps([{"text": HARBOUR}] * 9)),
        ("document.jsonl", json.dumps({"text": HARBOUR * 9}, indent=1)),
        ("story.txt", HARBOUR * 9),
        ("wide.jsonl", (json.dumps({"text": HARBOUR}) + "\n").encode("utf-16").decode("latin-1") * 9),
        ("blank.jsonl", "\n" * 9000),
    ],
)
def test_the_limit_of_other_files_stays_the_file_s(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text, "latin-1" if name == "wide.jsonl" else "utf-8")
    assert [a["error"] for a in pipes.clean_files(pipes.files([str(file)], limit=600))] == [
        "larger than the limit of 600 bytes"
    ]


def test_files_are_cleaned_before_they_are_grouped_and_summarised(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"Harbour talks end in Tellmark\n\n3 min read\n\n{HARBOUR}\n", "utf-8")
    (tmp_path / "c.txt").write_text(" ", "utf-8")
    found = list(pipes.files([str(tmp_path)], limit=LIMIT))
    grouped = list(pipes.group_files(found))
    assert grouped[0]["event"] == grouped[1]["event"]
    made = list(pipes.summarise_files(found, pipes.Wanted("lead", 9)))
    assert "3 min read" not in [s["text"] for s in made[0]["sentences"]]
    assert [a["id"] for a in grouped] == [a["id"] for a in made] == [str(tmp_path / f"{n}.txt") for n in "abc"]
    assert grouped[2]["error"] == made[2]["error"]


def test_a_pipe_stores_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(HARBOUR, "utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    answers_for(["a.txt"])
    summarise({"text": HARBOUR})
    group({"text": HARBOUR})
    assert [p.name for p in tmp_path.rglob("*")] == ["a.txt"]


# Whatever comes

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from(
    ["id", "text", "html", "title", "published", "outlet", "url", "stories", "paragraphs", "error", "words", "method"]
)


@pytest.mark.parametrize("pipe", EVERY)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record_list=st.lists(st.dictionaries(NAMES, VALUES, max_size=6), max_size=4))
def test_any_record_gets_one_answer(pipe: Any, record_list: list[dict[str, Any]]) -> None:
    answers = pipe(*record_list)
    assert [a.get("id", "none") for a in answers] == [r.get("id", "none") for r in record_list]
    assert all("could not be read" not in a.get("error", "") for a in answers)
    json.dumps(answers)


def test_a_summary_of_several_counts_origins() -> None:
    toll = "Tarsia and Vardania agreed to end the Osk river dispute after nine years of talks."
    again = "The Osk river dispute of Tarsia and Vardania ended after nine years of talks, both agreed."
    stories = [{"id": "a", "text": toll, "origin": "TNA"}, {"id": "b", "text": again, "origin": "Orsk Post"}]
    [answer] = pipes.summarise([{"id": 1, "stories": stories}], pipes.Wanted())
    assert answer["method"] == "event"
    assert [s["support"] for s in answer["sentences"]] == [2]
    alike = [{**s, "origin": "TNA"} for s in stories]
    [answer] = pipes.summarise([{"id": 1, "stories": alike}], pipes.Wanted())
    assert [s["support"] for s in answer["sentences"]] == [1]


def test_what_is_new_is_told_of_stories_not_read() -> None:
    stories = [
        {"id": "a", "text": "The ferry talks in Orsk opened on Monday after nine days of delay.", "read": True},
        {
            "id": "b",
            "text": "The ferry talks in Orsk opened after nine days of delay. Pilots will strike from Friday on.",
        },
    ]
    [answer] = pipes.summarise([{"id": 1, "stories": stories, "method": "new"}], pipes.Wanted())
    assert answer == {
        "id": 1,
        "method": "new",
        "sentences": [
            {"text": "Pilots will strike from Friday on.", "story": "b", "outlet": None, "support": 1, "paragraph": 0},
        ],
    }


def test_summaries_are_kept_in_a_library_that_is_named(tmp_path: Path) -> None:
    record = {"id": 1, "text": "The ferry talks opened. Nobody came."}
    with pipes.kept_in(tmp_path) as kept:
        assert kept is None
    Archive.open(tmp_path).close()
    with pipes.kept_in(tmp_path) as kept:
        [first] = pipes.summarise([record], pipes.Wanted(kept=kept))
    with pipes.kept_in(tmp_path) as kept, pytest.MonkeyPatch.context() as patch:
        patch.setattr("store.summary.summarise", lambda *a, **k: 1 / 0)
        assert list(pipes.summarise([record], pipes.Wanted(kept=kept))) == [first]
    (tmp_path / "archive.sqlite3").write_bytes(b"no archive")
    with pipes.kept_in(tmp_path) as kept:
        assert kept is None


def test_a_story_is_read_in_the_language_it_is_said_to_be_in() -> None:
    record = {"id": 1, "text": "Tarsia firmó el tratado. Nadie vino.", "language": "es"}
    [answer] = pipes.summarise([record], pipes.Wanted())
    assert len(answer["sentences"]) == 2
    [wrong] = pipes.summarise([{**record, "language": 7}], pipes.Wanted())
    assert "language" in wrong["error"]
