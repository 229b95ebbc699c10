"""The text of marks.json: TinyDB's own layout, one document a line, like beside like, so that people, diff and TinyDB
can read it, and we fast.

    {"about": {"1": {"schema": 1, "generation": 7, "marks": 2, "crc": "0a1b2c3d"}},
    "marks": {
    "1": {"id": "9f0c...", "read": true},
    "2": {"id": "77aa...", "tags": ["kelmar", "treaty"]}
    }}

A document holds the fields that differ from a mark never made. The checksum is over the lines of the documents: where
it does not fit, another hand has written here, which is told and not refused.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from store.errors import SchemaTooNew
from store.marks.changes import value
from store.model import MARK_FIELDS, UNMARKED, Mark, StoryId

SCHEMA = 1
ABOUT, MARKS = "about", "marks"
_END = b"\n}}\n"
_encode = json.JSONEncoder(ensure_ascii=False).encode

# A run of lines that differ in number and id alone. No id that needs escaping is taken here; the count then tells.
_LINE = r'"\d+": \{{"id": "[^"\\\n]*"{}\}},?\n'
_RUN = re.compile(_LINE.format("(.*)") + "(?:" + _LINE.format(r"\1") + ")*+")
_ID = re.compile(r'\{"id": "([^"\\\n]*)"')

Tables = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Saved:
    """A marks.json. sealed is False where its checksum does not fit."""

    generation: int
    marks: dict[StoryId, Mark]
    sealed: bool = True


def tables(marks: Mapping[StoryId, Mark], *, generation: int) -> Tables:
    """The tables that TinyDB is handed to store."""
    alike: dict[int, tuple[Mark, list[StoryId]]] = {}
    for story, mark in marks.items():
        alike.setdefault(id(mark), (mark, []))[1].append(story)
    documents: dict[str, Any] = {}
    for mark, stories in alike.values():
        fields = {f: getattr(mark, f) for f in MARK_FIELDS if getattr(mark, f) != getattr(UNMARKED, f)}
        documents.update({str(n): {"id": story} | fields for n, story in enumerate(stories, len(documents) + 1)})
    about = {"1": {"schema": SCHEMA, "generation": generation, "marks": len(marks)}}
    return {ABOUT: about, MARKS: documents}


def text(tables: Tables) -> bytes:
    documents = ",\n".join(_lines(tables[MARKS].items())).encode("utf-8", "backslashreplace")
    about = {n: {**about, "crc": f"{zlib.crc32(documents):08x}"} for n, about in tables[ABOUT].items()}
    return b'{"%s": %s,\n"%s": {\n%s\n}}\n' % (ABOUT.encode(), _encode(about).encode(), MARKS.encode(), documents)


def parsed(data: bytes) -> Tables:
    """The tables as TinyDB is handed them to read. Raises ValueError."""
    try:
        held = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from error
    if not isinstance(held, dict) or not all(isinstance(held.get(name), dict) for name in (ABOUT, MARKS)):
        raise ValueError("not a file of marks")
    return held


def read(data: bytes) -> Saved:
    """Raises ValueError where it is not what we write, SchemaTooNew where a newer program wrote it.

    What the checksum says is ours is read by its lines, 100,000 marks in a third of the time that JSON takes.
    """
    return _read_ours(data) or _read_any(data)


def _read_ours(data: bytes) -> Saved | None:
    first, _, rest = data.partition(b",\n")
    try:
        about = json.loads(first + b"}")[ABOUT]["1"]
        if about["crc"] != _checksum(data) or not rest.startswith(b'"marks": {\n'):
            return None
        generation, number = _generation(about), about["marks"]
        marks = _marks_of_lines(data.decode("utf-8"))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return Saved(generation, marks) if len(marks) == number else None


def _read_any(data: bytes) -> Saved:
    held = parsed(data)
    return Saved(_generation(held[ABOUT].get("1")), _marks(held[MARKS].values()), sealed=False)


def _generation(about: Any) -> int:
    if not isinstance(about, dict):
        raise ValueError("does not say what it is")
    schema, generation = about.get("schema"), about.get("generation")
    if type(schema) is int and schema > SCHEMA:
        raise SchemaTooNew(f"schema {schema}; this one knows {SCHEMA}")
    if schema != SCHEMA or type(generation) is not int:
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


def _checksum(data: bytes) -> str:
    start = data.find(b"\n", data.find(b"\n") + 1) + 1
    documents = data[start : max(start, len(data) - len(_END))]
    return f"{zlib.crc32(documents):08x}"


def _lines(documents: Iterable[tuple[str, Any]]) -> Iterator[str]:
    """In Python and not in one call to C: whoever draws the screen gets a turn between two lines."""
    for number, document in documents:
        yield f'"{number}": {_encode(document)}'
