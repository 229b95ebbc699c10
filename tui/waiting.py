"""Waiting: a process that has loaded what the sheets need before one is asked for, and then is the command it is told.

Loading takes half a second to a second of a sheet's command; what is left of it is a tenth or two.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

COMMANDS = frozenset({"why", "quotes", "differences", "storyline", "statistics"})
LOADED = (
    "tui.cli", "tui.arguments", "tui.wording", "tui.headless.opening", "tui.headless.events", "tui.headless.quotes",
    "tui.headless.sheets", "store.library", "store.judging", "store.group.why", "store.quotes", "store.surveys",
    "store.summary.differences", "store.summary.lexrank", "store.statistics", "store.timeline",
)  # fmt: skip


def request(arguments: Sequence[str]) -> bytes:
    """What such a process is told."""
    return (json.dumps(list(arguments)) + "\n").encode()


def main() -> int:
    """Waits for one line on standard input and does what it says; leaves where that is closed instead."""
    for name in LOADED:
        with suppress(ImportError):  # it is missed again, and told, by the command that needs it
            import_module(name)
    told = sys.stdin.readline()
    if not told:
        return 0
    from tui import cli

    return cli.main([str(argument) for argument in json.loads(told)])
