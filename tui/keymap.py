"""The keys the reader has: a preset, and over it the keys of the settings. The key table itself is in commands.py."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from store.errors import ConfigError
from tui.commands import COMMANDS, Command, key_name

Keys = Mapping[str, tuple[str, ...]]

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
_FUNCTION = re.compile(r"f[1-9][0-9]?")
_SPELLED = {"pgdn": "pagedown", "pgup": "pageup", "esc": "escape", "return": "enter", "del": "delete", "comma": ","}
NAMES = (
    "enter", "escape", "tab", "space", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown", "up",
    "down", "left", "right",
)  # fmt: skip
"""What keys are called that write no character, as Textual has them."""


def commands(preset: str, own: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[tuple[Command, ...], tuple[str, ...]]:
    """The key table with the reader's keys, and what to tell the reader of keys that changed hands.

    A key that the preset or the settings give to one command is taken from the one that had it; one that they give to
    two raises ConfigError, as does a command or a key that there is not (all such lines in one error, a line each), and
    a command left without a key is told.
    """
    own = tuple((name, tuple(map(normal, keys))) for name, keys in own)
    if wrong := _wrongs(own):
        raise ConfigError("\n".join(wrong))
    mine = dict(own)
    chosen: dict[str, tuple[str, ...]] = {**PRESETS[preset], **mine}
    owner = {key: name for name in (*PRESETS[preset], *mine) for key in chosen[name]}
    table, told = [], []
    for command in COMMANDS:
        wanted = chosen.get(command.id, command.keys)
        kept = tuple(key for key in wanted if owner.get(key, command.id) == command.id)
        if lost := [key for key in wanted if key not in kept and owner[key] in mine]:
            now = ", ".join(f'"{key}" is now {owner[key]}' for key in lost)
            left = " ".join(map(key_name, kept)) or "no key left"
            told.append(f"{now}: {command.id} has {left}")
        table.append(replace(command, keys=kept))
    return tuple(table), tuple(told)


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
        set(held) <= _HELD and (len(base) == 1 or base in NAMES or bool(_FUNCTION.fullmatch(base)))
    )


def _wrongs(own: Sequence[tuple[str, tuple[str, ...]]]) -> list[str]:
    """All that is wrong with the reader's keys: commands and keys that there are not, keys given to two commands."""
    ids = [command.id for command in COMMANDS]
    wrong, given = [], dict[str, str]()
    for name, keys in own:
        if name not in ids:
            hint = _nearest(name, ids) or "`diplo-reader keys` lists them"
            wrong.append(f'keys.{name}: there is no command "{name}"; {hint}')
            continue
        for key in keys:
            if not _is_key(key):
                hint = _nearest(key, NAMES) or 'a key is one character, or a name as "f5", "enter", "ctrl+n"'
                wrong.append(f'keys.{name}: there is no key "{key}"; {hint}')
            elif given.setdefault(key, name) != name:
                wrong.append(f'keys.{name}: "{key}" is given to {given[key]} too; give one of them another key')
    return wrong


def _nearest(word: str, known: Collection[str]) -> str:
    near = get_close_matches(word.lower(), known, n=1)
    return f'did you mean "{near[0]}"?' if near else ""
