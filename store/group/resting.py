"""Rest for the collector of circles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def resting(rests: bool = True) -> Iterator[None]:
    """Python does not look for circles meanwhile, if so told: of all that is made of many stories it would look again
    and again, and one more story in a library of 100,000 may set off a look at all that is held, 60 ms, where grouping
    makes none."""
    stopped = rests and gc.isenabled()
    if stopped:
        gc.disable()
    try:
        yield
    finally:
        if stopped:
            gc.enable()
