"""Draws docs/desk.svg, the README's picture: the desk on the sample stories at 120 by 40, keys pressed by Pilot.

python bench/picture.py [KEY ...]
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path

from store.config import Settings
from store.library import Library
from tui.app import DiploApp
from tui.backroom import Backroom

os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}  # whatever terminal this is made in

ROOT = Path(__file__).parent.parent
SIZE = (120, 40)


async def draw(keys: list[str]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder), Settings(), desk=True)
        library.add([str(ROOT / "store" / "samples" / "stories")], now=datetime(2025, 4, 2))
        app = DiploApp(library, Backroom(Path(folder)), today=date(2025, 4, 2), name="sample stories")
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause(1)
            for key in keys:
                await pilot.press(key)
                await pilot.pause(0.1)
            await pilot.pause(10)  # the first summary waits for its process
            picture = app.export_screenshot(title="diplo-reader")
        library.close()
    picture = picture.replace("<svg ", '<svg xml:space="preserve" ', 1)  # spaces at the ends of a run are columns too
    return re.sub(r"@font-face\s*{[^}]*}|<!--.*?-->", "", picture, flags=re.DOTALL)  # it names no host


if __name__ == "__main__":
    out = ROOT / "docs" / "desk.svg"
    out.parent.mkdir(exist_ok=True)
    out.write_text(asyncio.run(draw(sys.argv[1:] or ["j", "s", "t", *"grain", "enter", "j"])), "utf-8")
