"""The first start: what an empty library offers, and five lines of keys that are shown once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tui.commands import Command, key_names, worded

SAMPLES = Path(__file__).parent.parent / "store" / "samples" / "stories"
WORD = "samples"  # typed where a folder is asked for

NONE_YET = "No stories yet. "
EMPTY = """{none}Three ways to some:

Press {add} and name a file or a folder of clippings.

Press {add} and type samples: 61 invented stories to try the desk on. They stay in this library.
(For a look only: {quit} quits, then  diplo-reader demo)

Quit, and pipe a text in:  cat story.txt | diplo-reader -"""

_GUIDE = """{down} {up} move, {open} opens, {space} reads on: a page, then the next unread
{read} read, {dismiss} put aside, {star} star, {tags} tag; {undo} takes anything back
{search} searches, {filter} filters, {select} selects several
{why} why stories stand together, {differences} where they differ
{help} every key, {export} writes a press review, {quit} quits: all is saved"""


def empty(table: Sequence[Command], lost: str = "") -> str:
    """What an empty list says, with the reader's own keys. lost: what is said of a library that once had stories."""
    return worded(EMPTY, {**key_names(table), "none": lost.replace(". ", ".\n") + "\n\n" if lost else NONE_YET})


def guide(table: Sequence[Command]) -> str:
    """Five lines, with the reader's own keys."""
    return worded(_GUIDE, key_names(table))


def path(typed: str) -> str:
    """What to add: the samples for their word, unless there is a file or folder of that name."""
    return str(SAMPLES) if typed.strip().casefold() == WORD and not Path(typed.strip()).exists() else typed
