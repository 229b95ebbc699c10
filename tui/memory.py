"""Memory: how the C library, where it is glibc, takes it from the system and gives it back.

Left to itself it raises the size from which a block is taken from the system, and given back to it, with the first
large block that is freed, and gives each thread an arena of its own. Lists and tables of 100,000 stories then lie
between small blocks that stay: after all acts on all of 100,000 stories those took 30 MB, and hardly any with this.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import Any

_MMAP_THRESHOLD, _ARENA_MAX = -3, -8  # in malloc.h, with M_ before
_LARGE = 1 << 18  # bytes of a block that is taken from the system by itself


def keep_together() -> None:
    """Has all threads take small blocks from one place, and large ones from the system, to which they go back when they
    are freed. Before there are threads; 2 ms, as the interface to C libraries is loaded."""
    with suppress(AttributeError):
        _libc().mallopt(_ARENA_MAX, 1)
        _libc().mallopt(_MMAP_THRESHOLD, _LARGE)


def give_back() -> None:
    """What is free between blocks in use. Takes some milliseconds, without the interpreter: for a thread."""
    with suppress(AttributeError):
        _libc().malloc_trim(0)


@cache
def _libc() -> Any:
    """The program's own C library; None where there is none to be asked, as on Windows."""
    try:
        import ctypes

        return ctypes.CDLL(None)
    except (ImportError, OSError, TypeError):
        return None
