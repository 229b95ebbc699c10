"""Say: how headless commands speak. Text from outside is printed without what a terminal would obey."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TextIO, cast

from store.errors import MarksDamaged, StoreError


def ready() -> None:
    """Makes the standard streams fit to be used: there, though whoever started us closed them; speaking UTF-8 whatever
    the locale; and never stumbling over a character."""
    sys.stdin = sys.stdin or _nothing("r")
    sys.stdout = sys.stdout or _nothing("w")
    sys.stderr = sys.stderr or _nothing("w")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _nothing(mode: str) -> TextIO:
    """Nowhere to write, nothing to read; never closed, as no standard stream is."""
    return cast("TextIO", open(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8", closefd=False))


def line(text: str = "") -> None:
    """One line for a person on standard output."""
    print(_harmless(text))


def _harmless(text: str) -> str:
    from store.intake import clean_characters  # loads all that reads files, which a desk does not do

    return clean_characters(text)


def record(fields: Mapping[str, object]) -> None:
    """One JSON line for a program, at once, so that whoever reads the pipe need not wait."""
    sys.stdout.write(json.dumps(fields, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def document(text: str) -> None:
    """A whole document on standard output, as it is."""
    sys.stdout.write(text)


def note(text: str) -> None:
    """One line on standard error: counts, refusals, what to do next."""
    with suppress(OSError):  # where nobody listens to what goes wrong, the work is still done
        print(_harmless(text), file=sys.stderr)


def way_out(error: StoreError) -> str:
    """What to type, where the store can only say what there is to choose from."""
    if not isinstance(error, MarksDamaged):
        return ""
    empty = "`diplo-reader restore --empty` begins without marks"
    return f" `diplo-reader restore` takes that; {empty}." if error.backup else f" {empty}."


def awaiting_input(what: str) -> None:
    """Says why nothing happens, to whoever sits before an empty terminal."""
    if sys.stdin.isatty():
        note(f"Reading {what} from the terminal; {'ctrl+d' if os.name == 'posix' else 'ctrl+z and Enter'} ends them")


def all_said() -> None:
    """Writes what is still held back, so that what goes wrong in that is met here and not at the interpreter's end.

    Raises OSError.
    """
    sys.stdout.flush()


def no_more() -> None:
    """Lets go of standard output, which can take no more: the interpreter must not complain about it at its end."""
    with suppress(OSError, ValueError, io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
