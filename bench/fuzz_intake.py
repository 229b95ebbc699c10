"""Fuzz the intake: python bench/fuzz_intake.py [SECONDS] [SEED]. Stops at the first fault and prints the bytes.

Begins from small stories in every format and encoding and mutates them: bytes flipped, pieces cut, doubled, spliced
from one another, strung out to long runs. Every input must give stories or reasons, in one pass of bounded time, and
no story may hold a character that intake takes out.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter

from store import intake
from store.intake.identity import story_id, text_digest
from store.model import Raw
from store.text.characters import clean_characters

_TEXTS = (
    "Talks stall in Velmora\n\nThe envoy’s visit — “a first step” — ended on Tuesday.",
    "Посол вернулся в столицу.\r\n\r\nДата не назначена.",
    "El señor embajador llegó mañana.\r¿Qué dirá?",
    "می\u200cشود که سفیر رفت\u202e.\x1b]52;c;YQ==\x07",
    "外相は昨日、国境をめぐる交渉が来週も続けられると述べた。",
)
_WRAPPED = (
    "{}",
    '<!doctype html><html><head><meta charset="windows-1251"><link rel="canonical" href="https://v.example/a?gclid=x">'
    "</head><body><p>{}&#8238;&zwnj;&#x1b;</p></body></html>",
    '{"id": 7, "url": "https://v.example/a", "title": "T", "text": "{}", "tags": ["border"]}\n{"html": "<p>{}"}\n',
    '[\n{"text": "{}", "published": "2031-05-03"},\n{"text": 5},\n{"text": "{}"}\n]',
    '<?xml version="1.0" encoding="koi8-r"?><html xmlns="x"><p>{}',
)
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp1252", "shift_jis")
_NAMES = (None, "/a.txt", "/a.md", "/a.html", "/a.json", "/a.jsonl", "/a.pdf", "/a")
_PIECES = (
    b"<", b"<!--", b"-->", b"{", b"}", b"[", b"]", b'"', b"\\", b"\\ud800", b"\n", b"\r", b"\0", b"\x1b", b"\xff\xfe",
    b",", b" ", b"\xe2\x80\xae", b"\xe2\x80\x8d", b"&#", b"&#8203;", b"charset=", b"<link rel=canonical href=",
)  # fmt: skip
_SLOWEST = 2.0  # seconds for an input of at most 300 KB: anything that is not linear is far beyond


def seeds() -> list[bytes]:
    found = []
    for text in _TEXTS:
        for wrapped in _WRAPPED:
            inside = text.replace("\n", "\\n").replace("\r", "\\r") if wrapped.startswith(('{"', "[")) else text
            story = wrapped.replace("{}", inside)
            found += [story.encode(encoding, "ignore") for encoding in _ENCODINGS]
    return found


def mutated(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    work = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at, to = sorted(chance.randrange(len(work) + 1) for _ in range(2))
        match chance.randrange(6):
            case 0:
                work[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 4)))
            case 1:
                del work[at:to]
            case 2:
                work[at:at] = work[at:to]
            case 3:
                work[at:to] = chance.choice(others)[: chance.randint(0, 400)]
            case 4:
                work[at:at] = chance.choice(_PIECES)
            case _:
                work[at:at] = chance.choice(_PIECES) * chance.choice((2, 30, 2000))
    return bytes(work[:300_000])


def fault(data: bytes, name: str | None) -> str | None:
    """What is wrong with the way that intake takes these bytes; None where it is right."""
    began = time.perf_counter()
    found = list(intake.read_bytes(data, name))
    if time.perf_counter() - began > _SLOWEST:
        return f"took {time.perf_counter() - began:.1f} s for {len(data)} bytes"
    if not found:
        return "neither a story nor a reason"
    for story in found:
        if not isinstance(story, Raw):
            if not story.reason or not story.reason.isprintable():
                return f"a reason that is not one plain line: {story.reason!r}"
            continue
        given = (story.given.id, story.given.url, story.given.title, story.given.published, *story.given.tags)
        if any(clean_characters(text) != text for text in (story.text, *given) if text):
            return "a hostile character came through"
        story_id(story), text_digest(story)
    return None


def main() -> int:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(10**6)
    chance, others, runs = random.Random(seed), seeds(), Counter[str]()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data, name = mutated(chance.choice(others), others, chance), chance.choice(_NAMES)
        try:
            wrong = fault(data, name)
        except Exception as error:
            wrong = repr(error)
        if wrong:
            print(f"seed {seed}, name {name}: {wrong}\n{data[:2000]!r}")
            return 1
        runs["inputs"] += 1
    print(f"seed {seed}: {runs['inputs']} inputs in {seconds:g} s, no fault")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
