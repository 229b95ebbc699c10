"""Sweeping: Python's collector of garbage, kept out of the way of keys.

Left to itself it stops the desk when a count is full, which is mostly while a key is being answered: for 1 to 3 ms at
every second key or so, and for 13 to 40 ms now and then (10,000 stories; it walks all that is kept for undo). Here it
sweeps while the reader rests.
"""

from __future__ import annotations

import gc
from time import monotonic

SECONDS = 0.5  # between looks
RESTED = 0.4  # seconds after a key in which the next one is not to be kept waiting
LONG_RESTED = 4.0  # seconds after which the reader is taken to read
SOME = 2_000  # new objects that are worth a sweep: some 1 ms
MANY = 50_000  # new objects that are swept in spite of keys: some 5 ms
CROWD = 200_000  # new objects that come from a list or an act on very many stories, and are there to stay
LONG = 0.02  # seconds of a sweep of everything, after which what is left is not walked again


class Sweeping:
    def __init__(self) -> None:
        self._was_on = False
        self._pressed = monotonic()
        self._swept = 0.0

    def begin(self) -> None:
        self._was_on = gc.isenabled()
        gc.disable()

    def end(self) -> None:
        if self._was_on:
            gc.enable()

    def pressed(self) -> None:
        """A key has come."""
        self._pressed = monotonic()

    def look(self) -> None:
        """Sweeps as much as the moment allows."""
        rested, new = monotonic() - self._pressed, gc.get_count()[0]
        if new > CROWD:
            gc.freeze()
        elif rested > LONG_RESTED and self._swept < self._pressed:
            self._sweep_all()
        elif new > (SOME if rested > RESTED else MANY):
            gc.collect(1)

    def _sweep_all(self) -> None:
        began = self._swept = monotonic()
        gc.collect()
        if monotonic() - began > LONG:
            gc.freeze()
