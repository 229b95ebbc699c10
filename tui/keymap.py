"""The keys the reader has: a preset, and over it the keys of the settings. The key table itself is in commands.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from store.errors import ConfigError
from tui.commands import COMMANDS, Command

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


def commands(preset: str, own: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[tuple[Command, ...], tuple[str, ...]]:
    """The key table with the reader's keys, and what to tell the reader of keys that changed hands.

    A key that the preset or the settings give to one command is taken from the one that had it; one that they give to
    two raises ConfigError, as does a command that there is not, and a command left without a key is told.
    """
    _known(own)
    _no_clash(own)
    mine = dict(own)
    chosen: dict[str, tuple[str, ...]] = {**PRESETS[preset], **mine}
    owner = {key: name for name in (*PRESETS[preset], *mine) for key in chosen[name]}
    table, told = [], []
    for command in COMMANDS:
        wanted = chosen.get(command.id, command.keys)
        kept = tuple(key for key in wanted if owner.get(key, command.id) == command.id)
        if lost := [key for key in wanted if key not in kept and owner[key] in mine]:
            now = ", ".join(f'"{key}" is now {owner[key]}' for key in lost)
            told.append(f"{now}: {command.id} has {' '.join(kept) or 'no key left'}")
        table.append(replace(command, keys=kept))
    return tuple(table), tuple(told)


def for_textual(command: Command) -> str:
    """The keys of a command as a binding has them."""
    return ",".join(_NAMED.get(key, key) for key in command.keys)


def _known(own: Sequence[tuple[str, tuple[str, ...]]]) -> None:
    ids = [command.id for command in COMMANDS]
    for name, _ in own:
        if name not in ids:
            near = get_close_matches(name, ids, n=1)
            hint = f'did you mean "{near[0]}"?' if near else "`diplo-reader keys` lists them"
            raise ConfigError(f'keys.{name}: there is no command "{name}"; {hint}')


def _no_clash(own: Sequence[tuple[str, tuple[str, ...]]]) -> None:
    given: dict[str, str] = {}
    for name, keys in own:
        for key in keys:
            if given.setdefault(key, name) != name:
                raise ConfigError(f'keys.{name}: "{key}" is given to {given[key]} too; give one of them another key')
