"""An address in full, for a desk that can open no browser: no frame at its sides, so that it can be marked whole."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui import addresses, commands
from tui.commands import Command
from tui.screens.keys import Acts, bindings

ACTS: Acts = {"dismiss": ("back", "quit", "open", "open-url"), "copy": ("copy",)}


def with_keys(table: Sequence[Command]) -> type[AddressScreen]:
    keys = commands.worded("{copy} copies it · {back} closes", commands.key_names(table))
    return type("AddressScreen", (AddressScreen,), {"BINDINGS": bindings(table, ACTS), "HINT": keys})


class AddressScreen(ModalScreen[None]):
    HINT = ""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = addresses.safe(url)

    def compose(self) -> ComposeResult:
        with Vertical(id="address"):
            yield Static("No browser opens here: over ssh, or there is none. The address:", markup=False)
            link = addresses.link(self.url)
            shown = Text(self.url, style=Style(link=link) if link else "", overflow="fold", no_wrap=False)
            yield Static(shown, id="address-url", markup=False)
            yield Static(self.HINT, classes="hint", markup=False)

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self.url)
        self.dismiss()
