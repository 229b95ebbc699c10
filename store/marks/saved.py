"""The text of marks.json: TinyDB's own layout, one document a line, like beside like, so that people, diff and TinyDB
can read it, and we fast.

    {"about": {"1": {"schema": 2, "generation": 7, "marks": 2, "crc": "0a1b2c3d"}},
    "rules": {
    "1": {"kind": "apart", "of": ["77aa...", "9f0c..."], "text": ""}
    },
    "uses": {
    "1": {"day": "2031-05-01", "tags": {"kelmar": 1}, "stories": {"kelmar": 2}}
    },
    "marks": {
    "1": {"id": "9f0c...", "read": true},
    "2": {"id": "77aa...", "tags": ["kelmar", "treaty"]}
    }}

A document of marks holds the fields that differ from a mark never made; rules stand in the order in which they were
made; uses count the acts of a day (in UTC) that put a tag on, and the stories that have it since. The checksum is over
all but the first line: where it does not fit, another hand has written here, which is told and not refused. Schema 1
had marks alone.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from store.errors import SchemaTooNew
from store.marks.changes import rule_as_json, rule_from_json, value
from store.marks.held import Held, Rules, Uses, bounded, is_day, most
from store.model import MARK_FIELDS, UNMARKED, Mark, StoryId

SCHEMA = 2
ABOUT, RULES, USES, MARKS = "about", "rules", "uses", "marks"
_END = b"\n}}\n"
_MARKS_BEGIN = b'\n"marks": {\n'  # no JSON text holds a line's end
_LINES = 1_000  # written at a time
_encode = json.JSONEncoder(ensure_ascii=False).encode

# A run of lines that differ in number and id alone. No id that needs escaping is taken here; the count then tells.
_LINE = r'"\d+": \{{"id": "[^"\\\n]*"{}\}},?\n'
_RUN = re.compile(_LINE.format("(.*)") + "(?:" + _LINE.format(r"\1") + ")*+")
_ID = re.compile(r'\{"id": "([^"\\\n]*)"')

_DOCUMENT = re.compile(r'"\d+": (\{.*\}),?')

Tables = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Saved:
    """A marks.json. sealed is False where its checksum does not fit."""

    generation: int
    held: Held = field(default_factory=Held)
    sealed: bool = True


def tables(held: Held, *, generation: int) -> Tables:
    """The tables that TinyDB is handed to store."""
    about = {"1": {"schema": SCHEMA, "generation": generation, "marks": len(held.marks)}}
    placed = {day: most(tags) for day, tags in held.placed.items()}
    uses = [
        {"day": day, "tags": dict(tags), "stories": dict(placed.get(day, {}))}
        for day, tags in bounded(held.uses).items()
    ]
    rules = [rule_as_json(rule) for rule in held.rules]
    return {ABOUT: about, RULES: _numbered(rules), USES: _numbered(uses), MARKS: Documents(held.marks)}


def _numbered(documents: Iterable[Any]) -> dict[str, Any]:
    return {str(number): document for number, document in enumerate(documents, 1)}


class Documents(Mapping[str, dict[str, Any]]):
    """The documents of marks, each made when it is asked for: 100,000 at a time took 50 MB while they were written."""

    def __init__(self, marks: Mapping[StoryId, Mark]) -> None:
        self._marks = marks
        self._fields: dict[int, dict[str, Any]] = {}
        alike: dict[int, list[StoryId]] = {}
        for story, mark in marks.items():
            alike.setdefault(id(mark), []).append(story)
        self._stories = [story for stories in alike.values() for story in stories]

    def __len__(self) -> int:
        return len(self._stories)

    def __iter__(self) -> Iterator[str]:
        return map(str, range(1, len(self) + 1))

    def __getitem__(self, number: str) -> dict[str, Any]:
        story = self._stories[int(number) - 1]
        mark = self._marks[story]
        if id(mark) not in self._fields:
            fields = {f: getattr(mark, f) for f in MARK_FIELDS if getattr(mark, f) != getattr(UNMARKED, f)}
            self._fields[id(mark)] = fields
        return {"id": story} | self._fields[id(mark)]


def text(tables: Tables) -> bytes:
    rest = b"".join(pieces(tables))
    return first_line(tables, zlib.crc32(rest)) + rest


def first_line(tables: Tables, crc: int) -> bytes:
    """As long as any other, whatever the checksum of all that follows is."""
    about = {n: {**about, "crc": f"{crc:08x}"} for n, about in tables[ABOUT].items()}
    return b'{"%s": %s,\n' % (ABOUT.encode(), _encode(about).encode())


def pieces(tables: Tables) -> Iterator[bytes]:
    """All but the first line, some lines at a time."""
    for number, name in enumerate((RULES, USES, MARKS)):
        lines, between = _lines(tables[name].items()), b"\n},\n" if number else b""
        yield b'%s"%s": {\n' % (between, name.encode())
        before = ""
        while some := list(islice(lines, _LINES)):
            yield (before + ",\n".join(some)).encode("utf-8", "backslashreplace")
            before = ",\n"
    yield b"\n}}\n"


def parsed(data: bytes) -> dict[str, dict[str, Any]]:
    """The tables as TinyDB is handed them to read. Raises ValueError."""
    try:
        held = json.loads(data)
    except (ValueError, RecursionError) as error:
        where = f" in line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise ValueError(f"not JSON{where}" if data else "it is empty") from error
    if not isinstance(held, dict) or not all(isinstance(held.get(name), dict) for name in (ABOUT, MARKS)):
        raise ValueError("not a file of marks")
    return held


def read(data: bytes) -> Saved:
    """Raises ValueError where it is not what we write, SchemaTooNew where a newer program wrote it.

    What the checksum says is ours is read by its lines, 100,000 marks in a third of the time that JSON takes.
    """
    return _read_ours(data) or _read_any(data)


def lines_of(data: bytes) -> Held:
    """What the lines of a file say that cannot be read as one: every mark and rule whose line is whole."""
    held = Held()
    for line in data.decode("utf-8", "replace").split("\n"):
        if not (found := _DOCUMENT.fullmatch(line)):
            continue
        try:
            document = json.loads(found[1])
            if "kind" in document:
                held.rules[rule_from_json(document)] = None
            elif type(story := document.pop("id")) is str:
                held.marks[StoryId(story)] = _mark(document)
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
    return held


def _read_ours(data: bytes) -> Saved | None:
    at = data.find(_MARKS_BEGIN)
    try:
        tables = json.loads(data[: max(at, 0)].removesuffix(b",") + b"}")
        about = tables[ABOUT]["1"]
        if about["crc"] != _checksum(data, about["schema"]):
            return None
        generation, number = _generation(about), about["marks"]
        held = Held(_marks_of_lines(data[at:].decode("utf-8")), _rules(tables), *_uses(tables))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return Saved(generation, held) if len(held.marks) == number else None


def _read_any(data: bytes) -> Saved:
    tables = parsed(data)
    generation = _generation(tables[ABOUT].get("1"))
    try:
        rules, (uses, placed) = _rules(tables), _uses(tables)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not a file of marks: {error}") from error
    return Saved(generation, Held(_marks(tables[MARKS].values()), rules, uses, placed), sealed=False)


def _generation(about: Any) -> int:
    if not isinstance(about, dict):
        raise ValueError("does not say what it is")
    schema, generation = about.get("schema"), about.get("generation")
    if type(schema) is int and schema > SCHEMA:
        raise SchemaTooNew(f"schema {schema}; this one knows {SCHEMA}")
    if type(schema) is not int or schema < 1 or type(generation) is not int:
        raise ValueError("without schema or generation")
    return generation


def _marks_of_lines(text: str) -> dict[StoryId, Mark]:
    marks: dict[StoryId, Mark] = {}
    for run in _RUN.finditer(text):
        mark = _mark(json.loads(f'{{"id": ""{run[1]}}}'))
        marks.update(dict.fromkeys(map(StoryId, _ID.findall(text, run.start(), run.end())), mark))
    return marks


def _mark(document: dict[str, Any]) -> Mark:
    return Mark(**{name: value(name, held) for name, held in document.items() if name != "id"})  # type: ignore[arg-type]


def _marks(documents: Iterable[Any]) -> dict[StoryId, Mark]:
    marks: dict[StoryId, Mark] = {}
    known: dict[str, Mark] = {}
    for document in documents:
        if not isinstance(document, dict):
            raise ValueError("a document that is no object")
        story = document.pop("id", None)
        if type(story) is not str:
            raise ValueError("a document without an id")
        kind = repr(document)
        if kind not in known:
            known[kind] = _mark(document)
        if story in marks:
            raise ValueError("one story twice")
        marks[StoryId(story)] = known[kind]
    return marks


def _rules(tables: Tables) -> Rules:
    return {rule_from_json(document): None for document in tables.get(RULES, {}).values()}


def _uses(tables: Tables) -> tuple[Uses, Uses]:
    """What can be read of them: no file of marks is refused for a count that another hand spoiled. Files of before
    2026-11-22 count acts alone: each is taken to have tagged one story."""
    uses: Uses = {}
    placed: Uses = {}
    for document in tables.get(USES, {}).values():
        day, tags = (document.get("day"), document.get("tags")) if isinstance(document, dict) else (None, None)
        if is_day(day) and isinstance(tags, dict):
            stories = document.get("stories")
            uses[str(day)] = _counter(tags)
            if on := +_counter(stories if isinstance(stories, dict) else tags):
                placed[str(day)] = on
    return uses, placed


def _counter(tags: Mapping[str, Any]) -> Counter[str]:
    return Counter({tag: number for tag, number in tags.items() if type(number) is int})


def _checksum(data: bytes, schema: object) -> str:
    start, end = data.find(b"\n") + 1, len(data)
    if schema == 1:
        start = data.find(b"\n", start) + 1
        end = max(start, end - len(_END))
    return f"{zlib.crc32(memoryview(data)[start:end]):08x}"


def _lines(documents: Iterable[tuple[str, Any]]) -> Iterator[str]:
    """In Python and not in one call to C: whoever draws the screen gets a turn between two lines."""
    for number, document in documents:
        yield f'"{number}": {_encode(document)}'
