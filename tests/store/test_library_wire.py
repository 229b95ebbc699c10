"""An agency's copy that many outlets run to the letter, without an address: as many stories, one event, one origin."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from store.archive import Archive
from store.config import Settings
from store.library import Library
from store.model import StoryId
from tests.conftest import NOW

OUTLETS = ("Post", "Courier", "Ledger", "Herald", "Gazette", "Mirror", "Argus", "Bulletin", "Standard", "Echo")
WIRE = (
    "TELLMARK (Aldine) - Vardania and Orlesia signed an accord on harbour dues on Tuesday, ending a dispute that had "
    "kept forty ships waiting outside the breakwater.\n"
    "The Vardanian envoy, Ilse Tarnow, said the dues would fall by a third from the first of June.\n"
    "Shipowners said that every day of waiting had cost them eleven thousand crowns."
)

# An add that ends in the middle of it: library, file, and after how many stories.
KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from store.config import Settings
from store.library import Library
seen = 0
def told(progress):
    global seen
    seen += progress.stage == "reading"
    if seen > int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
Library.open(Path(sys.argv[1]), Settings()).add([sys.argv[2]], now=datetime(2031, 5, 6), told=told)
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library", Settings())
    yield library
    library.close()


def lines(outlets: Sequence[str], text: str = WIRE) -> bytes:
    rows = [{"text": text, "title": "Harbour accord", "published": "2031-05-06", "outlet": o} for o in outlets]
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def add(library: Library, outlets: Sequence[str], text: str = WIRE) -> tuple[int, int, int]:
    done = library.add(["-"], now=NOW, stdin=BytesIO(lines(outlets, text)))
    return len(done.added), len(done.revised), len(done.same)


def copies(library: Library) -> dict[str | None, StoryId]:
    return {raw.given.outlet: story for story, raw in library.archive.raws()}


def stands(library: Library) -> tuple[list[str], int, int]:
    """The outlets of the one event, its origins and its stories."""
    [event] = library.events()
    return sorted(event.outlets), len(event.origins), len(event.stories)


@pytest.mark.parametrize("batch", [1, 3, 10])
def test_ten_outlets_with_one_text_are_ten_outlets_of_one_origin(library: Library, batch: int) -> None:
    for at in range(0, len(OUTLETS), batch):
        add(library, OUTLETS[at : at + batch])
    assert stands(library) == (sorted(OUTLETS), 1, 10)
    assert add(library, OUTLETS[::-1]) == (0, 0, 10)
    assert stands(library) == (sorted(OUTLETS), 1, 10)


def test_a_mark_stays_with_the_outlet_whose_copy_it_was(library: Library) -> None:
    add(library, OUTLETS[:3])
    courier = copies(library)["Courier"]
    library.mark("Starred", [courier], lambda m: replace(m, starred=True))
    add(library, ("Ledger", "Argus", "Courier", "Post"))
    assert copies(library)["Courier"] == courier
    assert [story for story, mark in library.marks.all().items() if mark.starred] == [courier]


def test_a_library_made_before_keeps_its_ids(library: Library) -> None:
    """What an outlet ran alone has the id that it always had, and so has what names no outlet."""
    add(library, ("Post",))
    [story] = copies(library).values()
    bare = library.add(["-"], now=NOW, stdin=BytesIO(WIRE.encode()))
    assert (bare.added, bare.same) == ((), (story,))


def test_rebuilding_leaves_ten_outlets_where_they_are(library: Library) -> None:
    add(library, OUTLETS)
    before = copies(library)
    library.rebuild()
    assert copies(library) == before
    assert stands(library) == (sorted(OUTLETS), 1, 10)


def test_an_add_that_is_killed_again_and_again_ends_with_every_copy_once(tmp_path: Path) -> None:
    texts = [WIRE.replace("forty", str(number)) for number in range(40, 50)]
    inbox, folder = tmp_path / "inbox.jsonl", tmp_path / "library"
    inbox.write_bytes(b"".join(lines(OUTLETS, text) for text in texts))
    held = []
    for stories in (20, 45, 90):
        killed = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(inbox), str(stories)])
        assert killed.returncode == -signal.SIGKILL
        held.append(counted(folder))
    assert held == [0, 32, 64]  # whole batches
    library = Library.open(folder, Settings())
    library.add([str(inbox)], now=NOW)
    copies = [(raw.text, raw.given.outlet) for _, raw in library.archive.raws()]
    assert sorted(copies) == sorted((text, outlet) for text in texts for outlet in OUTLETS)
    library.close()


def counted(folder: Path) -> int:
    archive = Archive.open(folder)
    try:
        return archive.count()
    finally:
        archive.close()
