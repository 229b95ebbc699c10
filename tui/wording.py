"""Wording: words of a query on a command line. `-is:read` is one there and no option, wherever it stands."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence

QUERIED = {
    "list": "query", "search": "words", "export": "query", "queries": "query", "events": "query", "quotes": "query"
}  # fmt: skip
"""Commands that take a query as words, and what argparse calls these."""

_MARK = "\0"  # before such a word, so that argparse takes it for none of its own; no argument of a program holds it
_MINUS = re.compile(r"-[^-\s].*", re.DOTALL)
_SHORT = re.compile(r"-[a-z]|-o\S*[./]\S*")  # an option of one letter, and -o with its file right behind it


def parsed(parser: argparse.ArgumentParser, line: Sequence[str], place: int) -> argparse.Namespace:
    """What a line says whose command stands at place. Ends the program, as argparse does, where it makes no sense."""
    words = QUERIED.get(line[place]) if place < len(line) else None
    options, more = parser.parse_known_args([*line[:place], *_marked(line[place:], everywhere=words is not None)])
    if wrong := [word for word in more if words is None or word.startswith("-")]:
        parser.error(f"unrecognized arguments: {' '.join(map(_plain, wrong))}")
    if words is not None:
        setattr(options, words, [_plain(word) for word in (*getattr(options, words), *more)])
    elif isinstance(query := getattr(options, "query", None), str):
        options.query = _plain(query)
    return options


def _marked(line: Sequence[str], *, everywhere: bool) -> list[str]:
    """The words, those of a query that begin with a minus marked: everywhere, or right behind --query, whose value
    takes in all of them that follow."""
    made: list[str] = []
    of_query = False
    for at, word in enumerate(line):
        if word == "--":
            return [*made, *line[at:]]
        minus = bool(_MINUS.fullmatch(word)) and not _SHORT.fullmatch(word)
        if of_query and minus:
            made[-1] += f" {word}"
            continue
        of_query = at > 0 and line[at - 1] == "--query"
        made.append(_MARK + word if minus and (everywhere or of_query) else word)
    return made


def _plain(word: str) -> str:
    return word.removeprefix(_MARK)
