"""The keys the reader has: a preset, and over it the keys of the settings. The key table itself is in commands.py."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from tui.commands import COMMANDS, Command, key_name

Keys = Mapping[str, tuple[str, ...]]
Own = Sequence[tuple[str, tuple[str, ...]]]
Lines = Sequence[tuple[str, int]]

PRESETS: Mapping[str, Keys] = {
    "default": {},
    # What newsboat's own keys do there, as far as there is the like of it here.
    "newsboat": {
        "toggle-read": ("N",),
        "read-event": ("A",),
        "dismiss": ("D",),
        "next-event": ("J", "]"),
        "previous-event": ("K", "["),
        "filter": ("F",),
        "clear-filter": ("ctrl+f",),
        "new": ("M",),
    },
    # What mutt's index does: d and u, N and F, l to limit, t to tag (here: select), Tab to the next new one.
    "mutt": {
        "toggle-read": ("N",),
        "dismiss": ("d",),
        "differences": ("D",),
        "star": ("F",),
        "select": ("t",),
        "tags": ("y",),
        "copy": ("Y",),
        "filter": ("l",),
        "in": ("right",),
        "clear-filter": ("A",),
        "next-unread": ("tab", "n"),
        "next-pane": ("ctrl+w",),
        "export": ("|",),
        "new": ("M",),
        "top": ("=", "home", "g"),
        "longer": ("+",),
    },
}
_NAMED = {",": "comma"}  # Textual parts keys at commas
_HELD = {"ctrl", "shift", "alt", "super", "hyper", "meta"}
_HELD_WITH = re.compile(r"[!-~]|\w")  # no terminal tells of ctrl with £ or €
_FUNCTION = re.compile(r"f[1-9][0-9]?")
_SPELLED = {"pgdn": "pagedown", "pgup": "pageup", "esc": "escape", "return": "enter", "del": "delete", "comma": ","}
NAMES = (
    "enter", "escape", "tab", "space", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown", "up",
    "down", "left", "right",
)  # fmt: skip
"""What keys are called that write no character, as Textual has them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of the reader's keys: the table they make; wrong, a line for each that was left out, and why; lost, a
    line for each command that lost a key to another."""

    table: tuple[Command, ...]
    wrong: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        return (*self.wrong, *self.lost)


def commands(preset: str, own: Own, lines: Lines = ()) -> Reading:
    """The key table with the reader's keys.

    A key that the preset or the settings give to one command is taken from the one that had it. One that they give to
    two, a command or a key that there is not, are left out, and what is left without a key of its own keeps that of the
    preset: a slip in the settings is told and costs nobody the desk. lines says in which a command's keys are written.
    """
    own = tuple((name, tuple(map(normal, keys))) for name, keys in own)
    mine, wrong = _sifted(own, dict(lines))
    chosen: dict[str, tuple[str, ...]] = {**PRESETS[preset], **mine}
    owner = {key: name for name in (*PRESETS[preset], *mine) for key in chosen[name]}
    table, lost = [], []
    for command in COMMANDS:
        wanted = chosen.get(command.id, command.keys)
        kept = tuple(key for key in wanted if owner.get(key, command.id) == command.id)
        if gone := [key for key in wanted if key not in kept and owner[key] in mine]:
            now = ", ".join(f'"{key}" is now {owner[key]}' for key in gone)
            left = " ".join(map(key_name, kept)) or "no key left"
            lost.append(f"{now}: {command.id} has {left}")
        table.append(replace(command, keys=kept))
    return Reading(tuple(table), tuple(wrong), tuple(lost))


def for_textual(*commands: Command) -> str:
    """The keys of commands as a binding has them."""
    return ",".join(_NAMED.get(key, key) for command in commands for key in command.keys)


def normal(key: str) -> str:
    """A key as Textual names it: "Ctrl+J" is "ctrl+j", "shift+d" is what a terminal makes of it, "D"."""
    if len(key) == 1:
        return key
    *held, base = key.split("+")
    held = [name.strip().lower() for name in held]
    base = base.strip()
    if held == ["shift"] and len(base) == 1:
        return base.upper()
    return "+".join([*held, _SPELLED.get(base.lower(), base.lower())])


def _is_key(key: str) -> bool:
    *held, base = key.split("+")
    return len(key) == 1 or (
        set(held) <= _HELD and (bool(_HELD_WITH.fullmatch(base)) or base in NAMES or bool(_FUNCTION.fullmatch(base)))
    )


def _sifted(own: Own, lines: Mapping[str, int]) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The reader's keys as far as they can be had, and a line for each that cannot."""
    ids = [command.id for command in COMMANDS]
    mine, wrong = dict[str, tuple[str, ...]](), list[str]()
    given = Counter(key for name, keys in own if name in ids for key in set(keys))
    first = dict[str, str]()
    for name, keys in own:
        at = f"line {lines[name]}, keys.{name}:" if name in lines else f"keys.{name}:"
        if name not in ids:
            hint = _nearest(name, ids) or "`diplo-reader keys` lists them"
            wrong.append(f'{at} there is no command "{name}"; {hint}')
            continue
        for key in keys:
            if not _is_key(key):
                hint = _nearest(key, NAMES) or 'a key is one character, or a name as "f5", "enter", "ctrl+n"'
                wrong.append(f'{at} there is no key "{key}"; {hint}')
            elif first.setdefault(key, name) != name:
                wrong.append(f'{at} "{key}" is given to {first[key]} too; neither has it until one gets another key')
        if had := tuple(key for key in keys if _is_key(key) and given[key] == 1):
            mine[name] = had
    return mine, wrong


def _nearest(word: str, known: Collection[str]) -> str:
    near = get_close_matches(word.lower(), known, n=1)
    return f'did you mean "{near[0]}"?' if near else ""
