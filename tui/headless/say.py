"""Say: how headless commands speak. Text from outside is printed without what a terminal would obey."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping

from store.intake import clean_characters


def in_utf8() -> None:
    """Makes standard output and error speak UTF-8 whatever the locale, and never stumble over a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def line(text: str = "") -> None:
    """One line for a person on standard output."""
    print(clean_characters(text))


def record(fields: Mapping[str, object]) -> None:
    """One JSON line for a program, at once, so that whoever reads the pipe need not wait."""
    sys.stdout.write(json.dumps(fields, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def note(text: str) -> None:
    """One line on standard error: counts, refusals, what to do next."""
    print(clean_characters(text), file=sys.stderr)
