"""Columns stay straight whatever is written in them: the program on a pseudo-terminal, its screen read by another
terminal's rules (pyte), at three sizes and in three kinds of terminal."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

pytest.importorskip("pexpect")
pytest.importorskip("pyte")

if os.name != "posix":
    pytest.skip("pseudo-terminals as POSIX has them", allow_module_level=True)

from tests.tui import programs
from tests.tui.terminal import EDGE, Terminal, installed

# No Thai and no Devanagari: pyte stops at marks without a combining class, which they have, and drops the rest.
WORDS = {
    "cjk": "瓦尔达尼亚与奥尔莱西亚结束港口费争端 双方代表离开海关大楼",
    "arabic": "اتفقت فاردانيا وأورليسيا على إنهاء النزاع حول رسوم الميناء",
    "hebrew": "ורדניה ואורלסיה סיימו את המחלוקת על דמי הנמל",
    "combining": "Vardanía et Orlésia: le différend prend fin à Tellmárk, dit-on là-bas",
    "emoji": "Vardania 🎉 signs 📜 and everyone goes home 🚢 by sea",
}
SIZES = [(120, 40), (80, 24), (60, 20)]


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lines = [
        json.dumps({
            "id": name, "title": words, "outlet": words[:24], "published": f"2025-04-{day:02}",
            "text": f"{words}\n\n{words}. {words}. {words}.",
        })
        for day, (name, words) in enumerate(WORDS.items(), 1)
    ]  # fmt: skip
    file = tmp_path_factory.mktemp("wide") / "stories.jsonl"
    file.write_text("\n".join(lines), "utf-8")
    return file


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_the_edges_of_panes_stand_in_one_column_whatever_is_written(
    stories: Path, tmp_path: Path, columns: int, rows: int
) -> None:
    line = [*installed(), "--library", str(tmp_path / "library"), str(stories)]
    env = programs.environment(LC_ALL="C.UTF-8", COLORTERM="truecolor")
    with Terminal(line, columns=columns, rows=rows, env=env) as desk:
        desk.wait_for(f"{len(WORDS)} added", "help", "Five lines")
        desk.press("k")  # takes the five lines away
        desk.wait_until(lambda: "Five lines" not in desk.text, "list alone")
        for _ in WORDS:
            desk.wait_until(lambda: straight(desk, columns), "straight columns")
            before = desk.screen.display[-2]
            desk.press("j")
            desk.wait_until(lambda before=before: desk.screen.display[-2] != before or END in before, "cursor")
        desk.press("q")
        assert desk.leave() == 0


END = f"{len(WORDS)}/{len(WORDS)}"


def grid(desk: Terminal) -> list[list[str]]:
    """The cells of the screen, column by column."""
    buffer = desk.screen.buffer
    return [[buffer[y][x].data for x in range(desk.screen.columns)] for y in range(desk.screen.lines)]


def list_cells(desk: Terminal) -> list[str]:
    """The list's rows with one character a cell, so that places in them are columns."""
    rows = ["".join(cell if len(cell) == 1 else cell[:1] or "_" for cell in row) for row in grid(desk)[1:-2]]
    return [row.split(EDGE)[0] for row in rows]


def straight(desk: Terminal, columns: int) -> bool:
    """Whether each edge between panes stands in one column, and so do the dates of the list."""
    edges = {tuple(at for at, char in enumerate(row) if char == EDGE) for row in grid(desk)[1:-2]}
    dates = {row.rindex("Apr") for row in list_cells(desk) if "Apr" in row}
    wanted = 2 if columns >= 120 else 1 if columns >= 80 else 0
    return len(edges) == len(dates) == 1 and len(next(iter(edges))) == wanted
