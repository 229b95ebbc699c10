"""python -m tests.gate [NAME...]: measure quality on labelled data and hold the floors; without a name, all of them.

Where the labelled data is not present nothing is measured, which is said, and is no failure."""

from __future__ import annotations

import importlib
import importlib.util
import sys

GATES = ("clean", "kinds", "heads", "events", "frames", "storylines", "languages", "summary", "sentences", "quotes")
SAID = {True: "holds", False: "BELOW ITS FLOOR", None: "not measured"}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in GATES]
    if unknown:
        sys.stderr.write(f"no gate named {unknown[0]}; there are: {', '.join(GATES)}\n")
        return 2
    held = [_held(name) for name in names or GATES]
    return 0 if all(held) else 1


def _held(name: str) -> bool:
    if importlib.util.find_spec(f"tests.gate.{name}") is None:
        sys.stdout.write(f"{name}: no gate yet\n")
        return True
    held = importlib.import_module(f"tests.gate.{name}").run()
    sys.stdout.write(f"{name}: {SAID[held]}\n")
    return held is not False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
