"""How many stories of 4 KB are cleaned a second.

    python bench/bench_clean.py [BENCH/clean] [--stories 80] [--once [--together]]

Times are of the processor, each story's the least of three, so that what else the machine does falls on it less; a loop
of additions beside them tells how busy that is. --once: each story is read whole a single time, so that nothing is
remembered of its lines, and a longer text is cut to 4 KB, so that there are more; --together: eight at a time, as
`diplo-reader clean` reads what comes together. Without BENCH the bundled samples are
joined to texts of 4 KB, which have the furniture of several pages and are the harder for it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from store import intake
from store.model import Raw, StoryId
from store.text import story
from store.text.clean import clean

SAMPLES = Path(__file__).parents[1] / "store" / "samples" / "stories"
SIZES = range(3500, 4700)  # characters
ADDITIONS = 200_000
TURNS = 3
T = TypeVar("T")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("bench", type=Path, nargs="?")
    arguments.add_argument("--stories", type=int, default=80)
    arguments.add_argument("--once", action="store_true")
    arguments.add_argument("--together", action="store_true")
    given = arguments.parse_args()
    for name, texts in _texts(given.bench):
        if given.once:
            _tell_once(name, list(islice(filter(None, map(_cut, texts)), given.stories)), 8 if given.together else 1)
            continue
        chosen = list(islice((text for text in texts if len(text) in SIZES), given.stories))
        _tell(name, "cleaned", chosen, clean)
        _tell(name, "read whole", chosen, _read)


def _read(text: str) -> object:
    return story.read(Raw(text), StoryId("s"))


def _cut(text: str) -> str:
    """Text up to the end of a line, if that makes 4 KB of it; else nothing."""
    cut = text if len(text) in SIZES else text[: text.rfind("\n", 0, SIZES.stop) + 1]
    return cut if len(cut) in SIZES else ""


def _texts(bench: Path | None) -> Iterator[tuple[str, Iterator[str]]]:
    if bench is None:
        yield "samples", _joined()
        return
    for shape in ("graft", "cont"):
        yield shape, _records(bench / f"{shape}.jsonl.gz")


def _joined() -> Iterator[str]:
    text = ""
    for path in sorted(SAMPLES.glob("*.txt")):
        for item in intake.read(path, limit=SIZES.stop * 100):
            text = f"{text}\n\n{item.text if isinstance(item, Raw) else ''}"[: SIZES.stop - 1]
        if len(text) in SIZES:
            yield text
            text = ""


def _records(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"] or ""


def _tell_once(name: str, texts: list[str], many: int) -> None:
    """The same for texts read once, so many at a time; the first ones are read without the watch."""
    groups = [texts[at : at + many] for at in range(0, len(texts), many)]
    _together(groups[0])
    took = [_took(_together, group) for group in groups[1:]]
    size = sum(map(len, chain.from_iterable(groups[1:]))) / 4096
    print(
        f"{name:<8} read once, {many} at a time  {len(texts):>3} stories  {size / sum(took):>6.0f} of 4 KB a second"
        f"  additions {_busy() * 1000:.0f} ms"
    )


def _together(texts: list[str]) -> object:
    return story.read_together([(Raw(text), StoryId("s")) for text in texts])


def _tell(name: str, act: str, texts: list[str], run: Callable[[str], object]) -> None:
    run(texts[0])
    took = [min(_took(run, text) for _ in range(TURNS)) for text in texts]
    size = sum(map(len, texts)) / 4096
    print(
        f"{name:<8} {act:<11} {len(texts):>3} stories  {size / sum(took):>6.0f} of 4 KB a second"
        f"  median {statistics.median(took) * 1000:.1f} ms  additions {_busy() * 1000:.0f} ms"
    )


def _took(run: Callable[[T], object], read: T) -> float:
    started = time.process_time()
    run(read)
    return time.process_time() - started


def _busy() -> float:
    started, total = time.process_time(), 0
    for number in range(ADDITIONS):
        total += number
    return time.process_time() - started


if __name__ == "__main__":
    main()
