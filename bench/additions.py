"""Adding clean stories by the program itself: stories a second of CPU and memory at each size, then one more story, and
another, to a library that is open. CPU, because the clock of a busy machine says little; a loop of additions beside it
tells how busy it was."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path

from generate import Made, stories

from store.config import Settings
from store.library import Library

IN_A_FILE = 5_000  # stories: about 7 MB, where `add` refuses files of more than 20
MORE = 40  # stories added one by one
LOOP = 1_000_000  # additions


def adding(folder: Path, sizes: Sequence[int], desk: Sequence[str]) -> None:
    """desk: how the program is started, without arguments."""
    print("\nadding     stories/CPU s   x first     MB   one more: ms of CPU   worst   x a million additions")
    first = 0.0
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=folder) as own:
            cpu, memory = _added((*desk, "--library", own, "add", str(_feed(folder, size))))
            first = first or size / cpu
            print(f"  {size:>7,}  {size / cpu:>12.0f}  {size / cpu / first:>8.2f}  {memory:>5.0f}", end="", flush=True)
            took = sorted(_one_by_one(Path(own), size))
            middle = statistics.median(took)
            print(f"   {middle:>19.1f}   {took[-1]:>5.1f}   {middle / _loop():>21.2f}", flush=True)


def _feed(folder: Path, size: int) -> Path:
    """The same stories as files that `add` takes."""
    made = folder / f"feed{size}"
    if not made.exists():
        part = made.with_name(made.name + ".part")
        part.mkdir()
        for number, some in enumerate(_by(IN_A_FILE, stories(size))):
            (part / f"{number:04}.jsonl").write_text("".join(json.dumps(m.record()) + "\n" for m in some), "utf-8")
        part.rename(made)
    return made


def _by(size: int, items: Iterator[Made]) -> Iterator[list[Made]]:
    while some := list(islice(items, size)):
        yield some


def _added(command: Sequence[str]) -> tuple[float, float]:
    """Seconds of CPU and megabytes at most."""
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(program.pid, 0)
    program.returncode = os.waitstatus_to_exitcode(status)
    if program.returncode:
        raise subprocess.CalledProcessError(program.returncode, command)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def _one_by_one(folder: Path, size: int) -> Iterator[float]:
    """Milliseconds of CPU that each of some more stories takes, grouping and index included; the first, which loads
    the models and the index of the groups, is left out."""
    every = max(1, size // (MORE + 1))
    late = list(islice(stories(size, seed=1), 0, every * (MORE + 1), every))
    with closing(Library.open(folder, Settings())) as library, tempfile.TemporaryDirectory() as inbox:
        file = Path(inbox) / "one.jsonl"
        for number, made in enumerate(late):
            file.write_text(json.dumps(made.record() | {"url": f"https://late.example/{number}"}) + "\n", "utf-8")
            began = time.process_time()
            library.add([str(file)], now=datetime.now())
            if number:
                yield (time.process_time() - began) * 1000


def _loop() -> float:
    began, total = time.process_time(), 0
    for number in range(LOOP):
        total += number
    return (time.process_time() - began) * 1000
