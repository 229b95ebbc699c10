"""newsboat with the same stories: installed from the system's packages where that can be done, fed from a file."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path

from generate import Made, stories
from pty_desk import OnTerminal

PRESSES = 9


def installed() -> str | None:
    """newsboat, if need be from apt; None where there is no apt, or no right to use it."""
    if not shutil.which("newsboat") and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-q", "newsboat"], check=False, stdout=subprocess.DEVNULL)
    return shutil.which("newsboat")


def newsboat(folder: Path, sizes: Sequence[int]) -> None:
    program = installed()
    if program is None:
        print("\nnewsboat: not installed, and apt could not install it")
        return
    print("\nnewsboat             first frame s   open list s    down ms     End ms   memory MB")
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=folder) as own:
            _measure(program, Path(own), size)


def _measure(program: str, own: Path, size: int) -> None:
    feed = own / "feed.xml"
    items = "".join(_item(made) for made in stories(size))
    feed.write_text(f'<rss version="2.0"><channel><title>All</title>{items}</channel></rss>', "utf-8")
    (own / "urls").write_text(f"file://{feed}\n", "utf-8")
    (own / "config").write_text("max-items 0\nauto-reload no\nconfirm-exit no\n", "utf-8")
    line = (program, "-u", str(own / "urls"), "-c", str(own / "cache.db"), "-C", str(own / "config"))
    subprocess.run((*line, "-x", "reload"), check=False, capture_output=True, timeout=1800)
    desk = OnTerminal(line, env={"HOME": str(own)})
    first = desk.shown(b"All")
    desk.rest()
    opened = desk.key("\r")
    desk.rest(1.0)
    down = [_press(desk, "j") for _ in range(PRESSES)]
    end = [t for _ in range(PRESSES) for t in (_press(desk, "\x1b[F"), _press(desk, "\x1b[H"))]
    figures = f"{first:10.2f} {opened / 1000:13.2f} {statistics.median(down):10.1f} {statistics.median(end):10.1f}"
    print(f"  {size:>9,} stories {figures} {desk.memory():11.0f}", flush=True)
    desk.end()


def _press(desk: OnTerminal, key: str) -> float:
    desk.rest()
    return desk.key(key)


def _item(made: Made) -> str:
    when = datetime.fromisoformat(made.published or "2025-12-31T12:00").astimezone()
    text = "".join(f"<p>{p}</p>" for p in made.paragraphs)
    return (
        f"<item><title>{escape(made.title)}</title><guid>{made.id}</guid><pubDate>{format_datetime(when)}</pubDate>"
        f"<author>{escape(made.outlet)}</author><description>{escape(text)}</description></item>"
    )
