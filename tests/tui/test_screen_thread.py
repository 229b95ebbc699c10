"""The process that draws: it shows summaries and has loaded none of what makes them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.tui import programs

HEAVY = ("numpy", "sumy", "nltk")
# A desk with a real backroom, moved about in every length and mode of the summary until each has come.
CODE = """
import asyncio, datetime, sys
from pathlib import Path
from store.config import Settings
from store.library import Library
from tui.app import DiploApp
from tui.backroom import Backroom

async def main(folder):
    library = Library.open(folder, Settings(), desk=True)
    work = Backroom(folder)
    app = DiploApp(library, work, today=datetime.date(2031, 1, 1))
    shown = set()
    async with app.run_test(size=(140, 40)) as pilot:
        for key in ("", "j", "j", "+", "N", "-"):
            if key:
                await pilot.press(key)
            for _ in range(1500):
                await pilot.pause()
                if app.main.furnished and app.desk.rows and app.panes._summaries and not app.panes.stale():
                    break
                await asyncio.sleep(0.02)
            else:
                raise SystemExit("no summary came")
        for made in app.panes._summaries.values():
            shown.update(sentence.text for sentence in made.sentences)
    work.close()
    library.close()
    assert len(shown) > 3, shown
    print(*sys.modules, sep="\\n")

asyncio.run(main(Path(sys.argv[1])))
"""


def test_a_desk_that_shows_summaries_has_loaded_nothing_that_makes_them(sample_folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(sample_folder)],
        capture_output=True,
        env=programs.environment(),
        timeout=programs.TOOK_TOO_LONG,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    loaded = {name.partition(".")[0] for name in done.stdout.splitlines()}
    assert "textual" in loaded
    assert not loaded & set(HEAVY)
