"""Word lists kept as data: a line is the name of its list and words; "#" begins a comment line."""

from __future__ import annotations

from collections import defaultdict
from importlib.resources import files


def read_lists(name: str) -> dict[str, frozenset[str]]:
    """The lists of one file beside this module; lines of the same name add up."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in files("store.text").joinpath(name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            key, *listed = line.split()
            found[key].update(listed)
    return {key: frozenset(listed) for key, listed in found.items()}
