"""What the screens over the desk share: keys that the reader has for the like of it there, how wide they are, and that
they are styled once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, ScreenResultType

from tui.commands import Command
from tui.keymap import for_textual
from tui.widgets.ground import Ground

WHOLE_SCREEN = [(0, "-narrow"), (80, "-wide")]  # columns: under 80 such a screen takes all of them

Acts = Mapping[str, tuple[str, ...]]
"""By an action of a screen, the commands whose keys do it there."""


def bindings(table: Sequence[Command], acts: Acts) -> list[BindingType]:
    """The bindings of a screen over the desk, as Textual wants them."""
    by_id = {command.id: command for command in table}
    made = ((action, for_textual(*(by_id[name] for name in names))) for action, names in acts.items())
    return [Binding(keys, action, show=False) for action, keys in made if keys]


class OverTheDesk(ModalScreen[ScreenResultType], Ground):
    """A screen over the desk. Textual styles a new one three times: when it is put up, when it is told how wide it is,
    and when it is shown."""

    HORIZONTAL_BREAKPOINTS = WHOLE_SCREEN

    def __init__(self) -> None:
        super().__init__()
        width = self.app.size.width
        self._classes.add(next(name for least, name in reversed(WHOLE_SCREEN) if width >= least))

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        event.refresh_styles = False


class Frame(Vertical):
    """What stands around the page of such a screen, with a title and the keys below."""
