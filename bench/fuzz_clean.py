"""Fuzz the cleaning of text and HTML: python bench/fuzz_clean.py [--minutes N] [--seed N] [--only text|html].

Begins from the bundled sample stories and from the troubles that scraped text has, and mutates them: lines doubled,
moved, joined and cut, pieces of one story in another, tags opened and never closed, entities, runs of thousands. Every
input must give the same story twice, within _SLOWEST seconds of processor time and _MOST_MEMORY, with a sound head.
What is at fault is written to the folder of --keep; the run goes on, and its last line counts. --atheris lets atheris
choose the mutations by coverage, where it is installed.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from types import FrameType

from store.intake import clean_characters
from store.model import Markup, Raw, Story, StoryId
from store.text import story

STORIES = Path(__file__).parents[1] / "store" / "samples" / "stories"
_SLOWEST = 4.0  # seconds of processor time for at most _LARGEST characters: what is not linear is far beyond
_LARGEST = 200_000
_MOST_MEMORY = 3 << 30  # bytes of address space; the libraries take one of them

_TEXT = (
    "\n", "\n\n", " ", "\t", "|", " | ", " - ", "—", ":", "(", ")", "[", "]", "/", ".", "…", "\u00a0", "\u2028",
    "-\n", "1. ", "• ", "Q: ", "By ", "By Anna Kovel in Selm", "SELM, May 3 (Vantel) -- ", "Published ", "Updated: ",
    "Tuesday", "12.04.2031 14:07 MSK", "May 3, 2031", "31 February 2031", "99:99", "GMT+99", "Read next", "Share",
    "© 2031 Post", "12 апреля 2031", "12 أبريل 2031", "ИНТЕРФАКС", "“", "”", "'", "A" * 3000, "a " * 3000, "9" * 3000,
    "\n" * 3000, "A.B." * 800, "Ab " * 1500, "- " * 2000, "(" * 3000, "Ab. " * 1500, "\u0301" * 2000, "By " * 1000,
    "May 3, " * 600,
)  # fmt: skip
_HTML = (
    "<", ">", "</", "<!--", "-->", "<p>", "</p>", "<div>", "</div>", "<script>", "</script>", "<style>", "<article>",
    "<table><tr><td>", "<![CDATA[", "]]>", "<br>", "&nbsp;", "&#0;", "&#x1F;", "&#55296;", "&amp;" * 500,
    "<a href='/x'>", "<html lang='", "<meta property='og:title' content='",
    '<script type="application/ld+json">{"headline":', "{}", "[]", '"@graph":[', "<p>" * 3000, "<div>" * 3000,
    "<b>" * 3000, "<table>" * 300, "<ul><li>" * 1000, "</div>" * 3000, "<!--" * 2000, "<a>" * 2000, "<h1>",
    "<time datetime='2031-05-03'>", "<link rel=canonical href='javascript:x'>",
)  # fmt: skip


def seeds() -> list[tuple[str, Markup]]:
    found = []
    for path in sorted(STORIES.iterdir()):
        markup = Markup.HTML if path.suffix in (".html", ".htm") else Markup.TEXT
        text = path.read_bytes().decode("utf-8", "replace")
        found.append((text, markup))
    return [*found, ("", Markup.TEXT), ("", Markup.HTML), ("<p>Talks open.", Markup.HTML)]


def mutated(text: str, markup: Markup, others: list[tuple[str, Markup]], chance: random.Random) -> str:
    pieces = _TEXT + _HTML if markup is Markup.HTML else _TEXT
    for _ in range(chance.randint(1, 8)):
        at, to = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
        to = min(to, at + chance.choice((3, 40, 400, 4000)))
        match chance.randrange(8):
            case 0:
                text = text[:at] + text[to:]
            case 1:
                text = text[:at] + text[at:to] * chance.choice((2, 3, 40)) + text[to:]
            case 2:
                other = chance.choice(others)[0]
                start = chance.randrange(len(other) + 1)
                text = text[:at] + other[start : start + chance.choice((30, 300, 3000))] + text[to:]
            case 3:
                lines = text.split("\n")
                chance.shuffle(lines)
                text = "\n".join(lines)
            case 4:
                text = text.replace("\n", chance.choice((" ", "", "\n\n", "\r")), chance.choice((1, 5, -1)))
            case 5:
                text = text[:at] + "".join(chr(chance.randrange(0x20, 0x3000)) for _ in range(5)) + text[at:]
            case _:
                text = text[:at] + chance.choice(pieces) + text[at:]
    return text[:_LARGEST]


class _TooSlow(Exception):
    pass


def _alarm(signum: int, frame: FrameType | None) -> None:
    raise _TooSlow


def fault(text: str, markup: Markup) -> str | None:
    """What is wrong with the way that the room takes this text; None where it is right."""
    raw = Raw(clean_characters(text), markup)
    signal.setitimer(signal.ITIMER_VIRTUAL, _SLOWEST)
    try:
        told = story.read(raw, StoryId("s"))
        story.refusal(raw)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        again = story.read(raw, StoryId("s")) if len(text) < 20_000 else told
    except _TooSlow:
        return f"slow: over {_SLOWEST} s\n{traceback.format_exc(limit=-4)}"
    except (Exception, MemoryError) as error:
        return f"{type(error).__name__}: {error}\n{traceback.format_exc(limit=-4)}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return "not the same twice" if told != again else next(_unsound(raw, told), None)


def _unsound(raw: Raw, told: Story) -> Iterator[str]:
    head = told.head
    if not head.title.strip() or "\n" in head.title:
        yield f"title {head.title!r}"
    if any("\n" in (value or "") for value in (head.place, head.outlet, head.agency, head.byline, head.published)):
        yield f"a field of several lines: {head}"
    if head.published and not _is_date(head.published):
        yield f"no date: {head.published}"
    if (
        head.published
        and raw.markup is Markup.TEXT
        and head.published[:4] not in raw.text
        and not head.published_inferred
    ):
        yield f"a year that is not in the text: {head.published}"
    if head.language and not re.fullmatch("[a-z]{2}", head.language):
        yield f"language {head.language}"
    if raw.markup is Markup.TEXT and raw.text.strip() and not told.paragraphs:
        yield "a text of which nothing is kept"


def _is_date(written: str) -> bool:
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return False
    return True


def run(minutes: float, seed: int, only: str | None, keep: Path | None) -> int:
    chance, started = random.Random(seed), time.monotonic()
    every = seeds()
    chosen = [s for s in every if only in (None, s[1].value)]
    tried, faults, slowest = 0, Counter[str](), 0.0
    while time.monotonic() - started < 60 * minutes:
        text, markup = chance.choice(chosen)
        text = mutated(text, markup, every, chance)
        before = time.process_time()
        wrong = fault(text, markup)
        slowest = max(slowest, time.process_time() - before)
        tried += 1
        if wrong:
            kind = wrong.split("\n")[0][:80]
            faults[kind] += 1
            if faults[kind] <= 3:
                _tell(text, markup, wrong, keep)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(
        f"{tried} inputs, {sum(faults.values())} at fault, slowest {slowest:.1f} s, most memory {peak} MB, seed {seed}"
    )
    return 1 if faults else 0


def _tell(text: str, markup: Markup, wrong: str, keep: Path | None) -> None:
    print(f"--- {markup.value}, {len(text)} characters: {wrong}", flush=True)
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        name = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
        (keep / f"{name}.{markup.value}").write_text(text, encoding="utf-8", errors="surrogatepass", newline="")


def by_coverage(minutes: float, seed: int) -> None:
    import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]

    def one(data: bytes) -> None:
        markup = Markup.HTML if data[:1] > b"\x7f" else Markup.TEXT
        if wrong := fault(data[1:].decode("utf-8", "replace")[:_LARGEST], markup):
            raise AssertionError(wrong)

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], f"-max_total_time={int(60 * minutes)}", f"-seed={seed}", "-max_len=20000"], one)
    atheris.Fuzz()


def main() -> int:
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    asked.add_argument("--minutes", type=float, default=1.0)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", choices=("text", "html"))
    asked.add_argument("--keep", type=Path)
    asked.add_argument("--atheris", action="store_true")
    options = asked.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    signal.signal(signal.SIGVTALRM, _alarm)
    if options.atheris:
        by_coverage(options.minutes, options.seed)
        return 0
    return run(options.minutes, options.seed, options.only, options.keep)


if __name__ == "__main__":
    sys.exit(main())
