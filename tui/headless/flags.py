"""What can be set on a story by name. Loaded with what can be typed, so that it loads nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from store.model import Mark

FLAGS: dict[str, Callable[[Mark], Mark]] = {
    "read": lambda m: replace(m, read=True),
    "unread": lambda m: replace(m, read=False),
    "starred": lambda m: replace(m, starred=True),
    "unstarred": lambda m: replace(m, starred=False),
    "dismissed": lambda m: replace(m, dismissed=True),
    "kept": lambda m: replace(m, dismissed=False),
}
