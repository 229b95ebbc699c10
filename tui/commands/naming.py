"""What keys are called, and the key table in words: for the README and for a terminal."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from tui.commands.table import COMMANDS, Command

_NAMED = re.compile(r"\{([a-z]+(?:-[a-z]+)*)\}")
KEY_NAMES = {
    "down": "↓", "up": "↑", "left": "←", "right": "→", "pagedown": "PgDn", "pageup": "PgUp", "escape": "Esc",
    "enter": "Enter", "space": "Space", "tab": "Tab", "shift+tab": "Shift+Tab",
    "shift+down": "Shift+↓", "shift+up": "Shift+↑", "home": "Home", "end": "End",
}  # fmt: skip


def key_name(key: str) -> str:
    """A key as a person writes it."""
    return KEY_NAMES.get(key, key)


def key_names(table: Sequence[Command] = COMMANDS) -> Mapping[str, str]:
    """What the first key of each command is called."""
    return {command.id: key_name(command.keys[0]) if command.keys else "(no key)" for command in table}


def worded(text: str, names: Mapping[str, str]) -> str:
    """A text of ours with the reader's keys in it: "{undo} takes it back" is "u takes it back"."""
    return _NAMED.sub(lambda found: names.get(found[1], found[0]), text)


def groups(table: Sequence[Command] = COMMANDS) -> dict[str, tuple[Command, ...]]:
    return {g: tuple(c for c in table if c.group == g) for g in dict.fromkeys(c.group for c in table)}


def as_markdown(table: Sequence[Command] = COMMANDS) -> str:
    """The key table as the README shows it; the name is what the settings know a command by."""
    lines = ["| keys | what it does | name |", "|---|---|---|"]
    for group, commands in groups(table).items():
        lines.append(f"| **{group}** | | |")
        lines += [f"| {_markdown_keys(c.keys)} | {c.label} | `{c.id}` |" for c in commands]
    return "\n".join(lines) + "\n"


def _markdown_keys(keys: Collection[str]) -> str:
    return " ".join(f"`{key_name(k)}`" for k in keys)


def as_text(table: Sequence[Command] = COMMANDS) -> str:
    """The key table for a terminal: keys, the command's name in the settings, what it does."""
    lines = []
    for group, commands in groups(table).items():
        lines += ["", group]
        lines += [f"  {' '.join(key_name(k) for k in c.keys):14}  {c.id:16}  {c.label}" for c in commands]
    return "\n".join(lines[1:]) + "\n"
