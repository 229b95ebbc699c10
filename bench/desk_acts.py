"""Every act of the desk by its key, on a pseudo-terminal: milliseconds from the key to the first thing written after
it, by the clock and of the CPU of the thread that draws.

An act that changes something is taken back before the next. What is not driven: an editor, a browser, quitting.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pty_desk import QUIET, OnTerminal

from tui.commands import COMMANDS

ROUNDS = 3
ALL_MARKED = 2.0  # seconds in which they are
NAMED = {
    "Esc": "\x1b", "Enter": "\r", "Tab": "\t", "S-Tab": "\x1b[Z", "Space": " ", "PgDn": "\x1b[6~", "PgUp": "\x1b[5~",
    "S-Down": "\x1b[1;2B", "S-Up": "\x1b[1;2A",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pressed:
    """Keys typed before, the key that is timed, keys typed after; ^d is ctrl+d. name: where it is no command's own."""

    key: str
    before: str = ""
    after: str = ""
    name: str = ""


ONE = (
    *map(Pressed, "j k G g PgDn PgUp ^d ^u ] [ n p".split()),
    *(Pressed("r", after="u"), Pressed("R", after="u"), Pressed("m", after="u"), Pressed("x", after="u")),
    *(Pressed("X", after="u"), Pressed("s", after="u"), Pressed("S", after="u")),
    *(Pressed("u", before="s"), Pressed("^r", before="s u", after="u")),
    *(Pressed("Enter", after="1"), Pressed("l", after="1"), Pressed("h", before="2"), Pressed("Esc", before="2")),
    *(Pressed("Tab", after="1"), Pressed("S-Tab", after="1"), Pressed("1", before="2"), Pressed("2", after="1")),
    *(Pressed("3", after="1"), Pressed("Space"), Pressed("v", after="Esc"), Pressed("V", before="v j", after="Esc")),
    *(Pressed("S-Down", after="Esc"), Pressed("S-Up", after="Esc"), Pressed("H", before="n l", after="Esc Esc")),
)
MANY = (
    *(Pressed("*", after="Esc"), Pressed("(", before="G", after="Esc g"), Pressed(")", after="Esc")),
    *(Pressed("s", before="*", after="u Esc", name="star all"), Pressed("r", before="*", after="u", name="read all")),
    *(Pressed("x", before="*", after="u", name="dismiss all"), Pressed("u", before="* s Esc", name="undo of star all")),
    *(Pressed("^r", before="* s Esc u", after="u", name="redo of star all"),),
    Pressed("Enter", before="* t b e n c h", after="u Esc", name="tag all"),
    *(Pressed(".", before="*", after="u Esc", name="the last tags to all"),),
    Pressed("Enter", before="* c s e e n", after="u Esc", name="note on all"),
)
ASKED = (
    *(Pressed(key, after="Esc") for key in "t T c / f % ^s ^k ' B ^b e a ^p ?".split()),
    *(Pressed("g", before="/ t a", after="Esc F", name="search: a letter more"),),
    *(Pressed("Enter", before="/ t a l k s", after="F", name="search: kept"), Pressed("F", before="/ t a l k s Enter")),
)
SHOWN = (
    *(Pressed(key, after="Esc") for key in 'w " d L C'.split()),
    *map(Pressed, "O O O O O E E E Z Z + - N N b b < > z z y".split()),
    *(Pressed("&"), Pressed("#"), Pressed("^x")),
)
NOT_DRIVEN = {"note-editor", "open-url", "quit"}


def named(pressed: Pressed) -> str:
    """What the act is called: by its command, unless it has a name of its own."""
    return pressed.name or next(c.id for c in COMMANDS if _typed(c.keys[0]) == _bytes(pressed.key))


def _typed(key: str) -> str:
    """What a terminal sends for a key as Textual names it."""
    known = {
        "down": "j", "up": "k", "pagedown": NAMED["PgDn"], "pageup": NAMED["PgUp"], "escape": NAMED["Esc"],
        "enter": "\r", "tab": "\t", "shift+tab": NAMED["S-Tab"], "space": " ", "shift+down": NAMED["S-Down"],
        "shift+up": NAMED["S-Up"],
    }  # fmt: skip
    return chr(ord(key[5:]) - 96) if key.startswith("ctrl+") else known.get(key, key)


def _bytes(key: str) -> str:
    return chr(ord(key[1]) - 96) if len(key) == 2 and key[0] == "^" else NAMED.get(key, key)


def missing() -> set[str]:
    """The commands that no act here drives."""
    driven = {_bytes(p.key) for p in (*ONE, *MANY, *ASKED, *SHOWN)}
    return {c.id for c in COMMANDS if not {_typed(key) for key in c.keys} & driven} - NOT_DRIVEN


Times = list[tuple[float, float]]


def timed(desk: OnTerminal) -> Iterator[tuple[str, Times]]:
    """Each act with its times; those on all stories come last, as what they leave for undo fills the memory."""
    desk.rest(2.5)
    for pressed in (*ONE, *ASKED, *SHOWN, *MANY):
        if pressed in MANY[:1]:
            print(f"{desk.memory():.0f} MB before the acts on all", flush=True)
        times = []
        for _ in range(ROUNDS):
            _type(desk, pressed.before)
            desk.rest(QUIET)
            if "*" in pressed.before:
                desk.rest(1.0, ALL_MARKED)
            began = desk.screen_worked()
            answered = desk.key(_bytes(pressed.key))
            times.append((answered, (desk.screen_worked() - began) * 1000))
            _type(desk, pressed.after)
        yield named(pressed), [t for t in times if t[0] == t[0]]


def _type(desk: OnTerminal, keys: str) -> None:
    for key in keys.split():
        desk.typed(_bytes(key))


def table(found: Sequence[tuple[int, Sequence[tuple[str, Times]]]]) -> str:
    """Of each act median and worst by the clock and the median of CPU, one column a size."""
    rows: dict[str, dict[int, Times]] = {}
    for size, acts in found:
        for name, times in acts:
            rows.setdefault(name, {}).setdefault(size, []).extend(times)
    sizes = [size for size, _ in found]
    rows["all"] = {size: [t for by_size in rows.values() for t in by_size.get(size, [])] for size in sizes}
    lines = ["key to repaint, ms: median / worst (CPU)    " + "".join(f"{size:>22,}" for size in sizes)]
    lines += [f"  {name:40}" + "".join(f"{_cell(by.get(size)):>24}" for size in sizes) for name, by in rows.items()]
    return "\n".join(lines)


def _cell(times: Times | None) -> str:
    if not times:
        return "-"
    wall, cpu = zip(*times, strict=True)
    return f"{statistics.median(wall):.1f} / {max(wall):.1f} ({statistics.median(cpu):.1f})"


def bytecode(folder: Path) -> dict[str, str]:
    """Has the programs that are timed start as installed ones do, compiled, whatever the environment of the bench."""
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
