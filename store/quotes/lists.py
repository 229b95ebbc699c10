"""The word lists of this room, kept as data in lists.txt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def read() -> dict[str, frozenset[str]]:
    """Name -> entries; lines of the same name add up."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in files("store.quotes").joinpath("lists.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, *entries = line.split()
            found[name].update(entry.replace("_", " ") for entry in entries)
    return {name: frozenset(entries) for name, entries in found.items()}


def one_of(entries: Iterable[str]) -> str:
    """A pattern for any of the entries, longest first."""
    return "(?:" + "|".join(sorted(entries, key=lambda e: (-len(e), e))) + ")"
