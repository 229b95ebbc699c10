"""The parts of README.md that are made from the code. `python -m tests.tui.readme` writes them anew."""

from __future__ import annotations

import re
from pathlib import Path

from store.config import SAMPLE_CONFIG
from store.query import help_table
from tui.commands import as_markdown

README = Path(__file__).parent.parent.parent / "README.md"
PARTS = {"keys": as_markdown, "queries": help_table, "config": lambda: f"```toml\n{SAMPLE_CONFIG}```\n"}


def filled(text: str) -> str:
    """The README with its made parts as the code now makes them."""
    for name, make in PARTS.items():
        part = make().strip()
        pattern = re.compile(rf"(<!-- {name}: [^\n]*-->\n).*?(<!-- {name} end -->)", re.DOTALL)
        text, found = pattern.subn(lambda m, part=part: f"{m[1]}\n{part}\n\n{m[2]}", text)  # type: ignore[misc]
        if not found:
            raise ValueError(f"README.md has lost its part {name!r}")
    return text


if __name__ == "__main__":
    README.write_text(filled(README.read_text("utf-8")), "utf-8")
