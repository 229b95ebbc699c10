"""What the screens over the desk share: keys that the reader has for the like of it there, and how wide they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.binding import Binding, BindingType

from tui.commands import Command
from tui.keymap import for_textual

WHOLE_SCREEN = [(0, "-narrow"), (80, "-wide")]  # columns: under 80 such a screen takes all of them

Acts = Mapping[str, tuple[str, ...]]
"""By an action of a screen, the commands whose keys do it there."""


def bindings(table: Sequence[Command], acts: Acts) -> list[BindingType]:
    """The bindings of a screen over the desk, as Textual wants them."""
    by_id = {command.id: command for command in table}
    made = ((action, for_textual(*(by_id[name] for name in names))) for action, names in acts.items())
    return [Binding(keys, action, show=False) for action, keys in made if keys]
