"""Records docs/session.svg, the README's session: the desk on the sample stories at 120 by 32, a frame a step, keys
pressed by Pilot. Lines that frames share are drawn once, so the file stays small.

python bench/session.py
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from pathlib import Path

from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from textual.pilot import Pilot
from textual.strip import Strip

from store.config import Settings
from store.library import Library
from tui.app import DiploApp
from tui.backroom import Backroom

os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}  # whatever terminal this is made in

ROOT = Path(__file__).parent.parent
COLUMNS, ROWS = 120, 32
WIDTH, HEIGHT, SIZE = 8.4, 17, 14  # pixels of a cell, and of its letters
SECONDS = 3.5  # a frame
INK, GROUND, SAID = "#e0e0e0", "#121212", "#ffa62b"


@dataclass(frozen=True, slots=True)
class Step:
    """keys are pressed, shown as `shown`, and what happens then is said."""

    keys: tuple[str, ...]
    shown: str
    said: str


STEPS = (
    Step((), "diplo-reader demo", "events, and under each the stories that report it"),
    Step(("j", "j", "enter"), "j j Enter", "a story, cleaned; its summary beside it"),
    Step(("b",), "b", "what cleaning cut out, and why"),
    Step(("b", "w"), "w", "why the story stands in its event"),
    Step(("escape", "d"), "d", "what the stories share, and where they differ"),
    Step(("escape", "escape", "t", *"grain", "enter"), "t grain Enter", "tagged"),
    Step(("f", *"outlet:a"), "f outlet:a", "one query language, completed from what there is"),
    Step(("escape", "f", *"lock", "enter", "*"), "f lock Enter *", "all that is found, selected"),
    Step(("s",), "s", "starred as one step"),
    Step(("u",), "u", "and taken back as one"),
)


@dataclass
class Drawing:
    """The lines of all frames, each different one once."""

    lines: dict[str, str] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)

    def frame(self, strips: Sequence[Strip]) -> str:
        used = (f'<use href="#{self.line(strip)}" y="{HEIGHT * row}"/>' for row, strip in enumerate(strips))
        return "".join(used)

    def line(self, strip: Strip) -> str:
        drawn, column = "", 0
        for text, style, _ in strip:
            cells = cell_len(text)
            ink, ground = _colours(style or Style.null())
            at, wide = f"{column * WIDTH:.1f}", f"{cells * WIDTH:.1f}"
            if ground != GROUND:
                drawn += f'<rect x="{at}" width="{wide}" height="{HEIGHT}.3" fill="{ground}"/>'
            if text.strip():
                look = self._look(ink, style or Style.null())
                lead = cell_len(text) - cell_len(text.lstrip())
                bare = text.strip()
                start, length = (column + lead) * WIDTH, cell_len(bare) * WIDTH
                said = escape(bare).replace(" ", "\N{NO-BREAK SPACE}")
                drawn += f'<text x="{start:.1f}" y="13" textLength="{length:.1f}" class="{look}">{said}</text>'
            column += cells
        return self.lines.setdefault(drawn, f"l{len(self.lines)}")

    def _look(self, ink: str, style: Style) -> str:
        rule = f"fill:{ink}"
        rule += ";font-weight:bold" if style.bold else ""
        rule += ";font-style:italic" if style.italic else ""
        rule += ";text-decoration:underline" if style.underline else ""
        return self.styles.setdefault(rule, f"s{len(self.styles)}")


def _colours(style: Style) -> tuple[str, str]:
    ink, ground = (_hex(style.color, INK), _hex(style.bgcolor, GROUND))
    return (ground, ink) if style.reverse else (ink, ground)


def _hex(color: Color | None, otherwise: str) -> str:
    return color.get_truecolor().hex if color and not color.is_default else otherwise


def picture(drawing: Drawing, frames: Sequence[str]) -> str:
    """The frames one after the other, for ever; a reader who wants nothing to move sees one of them."""
    wide, high, whole = COLUMNS * WIDTH, HEIGHT * (ROWS + 2), SECONDS * len(frames)
    styles = "".join(f".{name}{{{rule}}}" for rule, name in drawing.styles.items())
    delays = "".join(f".f{n}{{animation-delay:{SECONDS * n:.1f}s}}" for n in range(len(frames)))
    lines = "".join(f'<g id="{name}">{drawn}</g>' for drawn, name in drawing.lines.items())
    shown = "".join(
        f'<g class="f f{n}">{frame}<text x="8" y="{HEIGHT * (ROWS + 1) + 8}"><tspan class="k">{escape(step.shown)}'
        f'</tspan><tspan dx="16">{escape(step.said)}</tspan></text></g>'
        for n, (step, frame) in enumerate(zip(STEPS, frames, strict=True))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high}" role="img">'
        "<title>A session at the desk</title>"
        f"<style>text{{font:{SIZE}px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:{INK};"
        f"white-space:pre}}.k{{fill:{SAID};font-weight:bold}}"
        f".f{{visibility:hidden;animation:shown {whole:.1f}s infinite}}"
        f"@keyframes shown{{0%{{visibility:visible}}{100 / len(frames):.3f}%,100%{{visibility:hidden}}}}"
        "@media(prefers-reduced-motion:reduce){.f{animation:none}.f1{visibility:visible}}"
        f"{delays}{styles}</style><defs>{lines}</defs>"
        f'<rect width="100%" height="100%" rx="8" fill="{GROUND}"/>{shown}</svg>\n'
    )


async def still(app: DiploApp, pilot: Pilot[None]) -> None:
    """Waits until no work is under way and the screen stays as it is."""
    before: list[str] = []
    for _ in range(120):
        await pilot.pause(0.25)
        now = [strip.text for strip in app.screen._compositor.render_strips()]
        waiting = any(text.strip(" ▏│") == "…" or "Looking …" in text for text in now)
        if now == before and not waiting and all(worker.is_finished for worker in app.workers):
            return
        before = now


async def record() -> str:
    drawing, frames = Drawing(), []
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder), Settings(), desk=True)
        library.add([str(ROOT / "store" / "samples" / "stories")], now=datetime(2025, 4, 2))
        app = DiploApp(library, Backroom(Path(folder)), today=date(2025, 4, 2), name="sample stories")
        async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
            await still(app, pilot)
            for step in STEPS:
                for key in step.keys:
                    await pilot.press(key)
                    await pilot.pause(0.05)
                if step.keys[-1:] != ("s",) and step.keys[-1:] != ("u",):
                    await still(app, pilot)
                frames.append(drawing.frame(app.screen._compositor.render_strips()))
        library.close()
    return picture(drawing, frames)


if __name__ == "__main__":
    (ROOT / "docs" / "session.svg").write_text(asyncio.run(record()), "utf-8")
