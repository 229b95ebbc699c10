"""Whether the terminal that a desk stands in is still there. Where no signal tells (nohup, a program that
started the desk and was killed), Textual reads an end of input over and over, and the desk would spin for ever."""

from __future__ import annotations

import os
import select
import sys


def standing() -> bool:
    """Whether standard input is a terminal, whose end can be seen here."""
    return sys.platform != "win32" and os.isatty(0)


def gone() -> bool:
    """Whether a terminal that stood is hung up: its window closed, its line cut."""
    if sys.platform == "win32":
        return False
    asked = select.poll()
    asked.register(0, 0)  # hang-up and error are always told
    return bool(asked.poll(0))
