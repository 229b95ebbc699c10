"""Words of a query that begin with a minus, on the command line."""

from __future__ import annotations

import pytest

from tests.tui.test_cli_queries import Line, line
from tui import arguments, wording

__all__ = ["line"]


def said(*words: str) -> dict[str, object]:
    return vars(wording.parsed(arguments.parser(), words, arguments.place_of_command(words)))


@pytest.mark.parametrize(
    ("words", "query"),
    [
        (("list", "is:unread", "-is:dismissed"), ["is:unread", "-is:dismissed"]),
        (("list", "-is:read", "--json", "-tag:x", "gas"), ["-is:read", "-tag:x", "gas"]),
        (("--library", "list", "list", "-(gas", "OR", "oil)"), ["-(gas", "OR", "oil)"]),
        (("export", "-outlet:post", "-o", "week.md"), ["-outlet:post"]),
        (("export", "-oil", "-oweek.md"), ["-oil"]),
        (("list", "--", "-is:read"), ["-is:read"]),
        (("list", ""), [""]),
        (("queries", "--save", "mine", "-is:read"), ["-is:read"]),
        (("events", "-origins:1"), ["-origins:1"]),
    ],
)
def test_a_word_with_a_minus_is_of_the_query_wherever_it_stands(words: tuple[str, ...], query: list[str]) -> None:
    assert said(*words)["query"] == query


def test_words_searched_for_may_begin_with_a_minus() -> None:
    assert said("search", "gas", "-is:read", "--limit", "3")["words"] == ["gas", "-is:read"]


@pytest.mark.parametrize("query", [("-is:read",), ("is:unread", "-is:dismissed", "-gas")])
def test_the_value_of_query_takes_the_words_with_a_minus_behind_it(query: tuple[str, ...]) -> None:
    marked = said("mark", "read", "--query", *query, "--json")
    assert (marked["query"], marked["flags"], marked["json"]) == (" ".join(query), ["read"], True)
    tagged = said("tag", "--query", *query, "--remove", "old")
    assert (tagged["query"], tagged["remove"]) == (" ".join(query), ["old"])


def test_an_empty_note_stays_one() -> None:
    assert said("mark", "--note", "", "--id", "a")["note"] == ""


@pytest.mark.parametrize("words", [("list", "--jsn", "-is:read"), ("mark", "-read", "--id", "a"), ("show", "a", "b")])
def test_an_option_that_there_is_not_is_still_told(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        said(*words)
    assert f"unrecognized arguments: {next(w for w in words[1:] if w != 'a')}" in capsys.readouterr().err


def test_search_understands_the_query_language_and_ranks_what_it_finds(line: Line) -> None:
    best = [row.split()[0] for row in line("search", "straits").splitlines()[::2]]
    line("mark", "read", "--id", best[1])
    unread = [row.split()[0] for row in line("search", "straits", "-is:read").splitlines()[::2]]
    assert len(best) > 2 and unread == [story for story in best if story != best[1]]
    assert [row.split()[0] for row in line("search", "is:read").splitlines()[::2]] == [best[1]]
    line("search", "outlt:post", status=2)
    assert "did you mean `outlet:`?" in line.err
