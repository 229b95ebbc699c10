"""How many HTML pages a second are read, beside trafilatura in the same run.

    python bench/bench_html.py BENCH/clean [--pages 60]

Times are of the processor, and each page is read by all before the next: what else the machine does falls on all.
"whole" is a story with its line pass and its head, without the detection of its language, which text stories have too.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import trafilatura

from store.model import Given, Markup, Raw, StoryId
from store.text import html, story


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("bench", type=Path)
    arguments.add_argument("--pages", type=int, default=60)
    given = arguments.parse_args()
    readers: dict[str, Callable[[str, str], object]] = {
        "trafilatura": lambda page, url: trafilatura.extract(page, url=url, include_comments=False),
        "trafilatura, with head": lambda page, url: trafilatura.bare_extraction(
            page, url=url, include_comments=False, with_metadata=True
        ),
        "page": _page,
        "whole story": _story,
    }
    took: dict[str, list[float]] = {name: [] for name in readers}
    pages = _pages(given.bench / "html.jsonl.gz", given.pages)
    for name, read in readers.items():  # once without the watch: models are loaded, classes compiled
        read(*pages[0])
        took[name].clear()
    for page, url in pages:
        for name, read in readers.items():
            started = time.process_time()
            read(page, url)
            took[name].append(time.process_time() - started)
    base = statistics.median(took["trafilatura"])
    print(f"{len(pages)} pages{'':<18}{'median ms':>10}{'mean ms':>9}{'pages/s':>9}{'x trafilatura':>15}")
    for name, times in took.items():
        median, mean = statistics.median(times), statistics.mean(times)
        print(f"{name:<26}{median * 1000:>10.1f}{mean * 1000:>9.1f}{1 / mean:>9.1f}{median / base:>15.2f}")


def _page(page: str, url: str) -> object:
    html.forget()
    return html.page(page, url)


def _story(page: str, url: str) -> object:
    html.forget()
    return story.read(Raw(page, Markup.HTML, given=Given(url=url)), StoryId("s"))


def _pages(data: Path, many: int) -> list[tuple[str, str]]:
    """The pages whose ids have the smallest checksums: a fixed sample of all sizes."""
    with gzip.open(data, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    records.sort(key=lambda record: crc32(record["id"].encode()))
    return [(record["html"], record["url"]) for record in records[:many]]


if __name__ == "__main__":
    main()
