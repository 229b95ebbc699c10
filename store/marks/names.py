"""The names of the stories of large acts, in the history's file: each stands there once, and an act on very many says
by bits which of them it was on.

    {"history": 2, "names": ["9f0c...", "77aa..."], "table": "5d21c0", "after": "", "crc": "0a1b2c3d"}
    {"time": ..., "changes": [{"field": "read", "old": false, "new": true,
                               "stories": {"table": "5d21c0", "bits": "eJx..."}}], ...}

A line of names goes on from the one whose table it comes after. bits: in base64 what zlib makes of them, bit n for the
n-th name, little end first. An act on few stories names them itself, as every act did before (schema 1).
"""

from __future__ import annotations

import base64
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from store.marks import journal
from store.marks.changes import Entry, as_json, from_json, stories_of
from store.model import Crowd, StoryId, crowded
from store.model.crowd import among, bits_of, numbered, numbered_alike

SCHEMA = 2
A_LINE = 10_000  # names in one: read in a moment, so that whoever draws the screen gets a turn between two


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file. entry: its act. makes: the table that its names make up with those of the table it needs.
    An act needs the tables of its stories. Neither an act nor names is what cannot be read."""

    data: bytes
    entry: Entry | None = None
    makes: str = ""
    needs: frozenset[str] = frozenset()

    @property
    def bad(self) -> bool:
        return not self.entry and not self.makes

    @property
    def unpacked(self) -> Entry | None:
        """The act where it is a large one that names its stories itself."""
        large = self.entry and not self.needs and any(isinstance(s.stories, Crowd) for s in self.entry.switches)
        return self.entry if large else None


@dataclass(slots=True)
class _Chain:
    """Tables each of which goes on from the one before: the names of all. used: bits of those that any act is on."""

    names: list[StoryId] = field(default_factory=list)
    alike: bool = True  # whether the bits of a crowd in memory are the same
    used: int = 0

    def extend(self, names: Sequence[StoryId]) -> None:
        first = len(self.names)
        self.alike = self.alike and numbered_alike(names, first)
        self.names.extend(numbered(first, first + len(names)) if self.alike else names)

    @property
    def wasteful(self) -> bool:
        return len(self.names) > 2 * self.used.bit_count() + A_LINE


class Tables:
    """The names in one file: what was read of them, and what is written behind that."""

    def __init__(self) -> None:
        self._tables: dict[str, tuple[_Chain, int]] = {}  # how many of the chain's names are the table's
        self._last = ""  # of the tables
        self._numbers: dict[StoryId, int] = {}  # in the last one, where those in memory are others
        self._asked = False  # whether to begin a new one

    def read(self, data: bytes) -> Line:
        """The next line."""
        try:
            held = journal.unsealed(data)
            return self._names(data, held) if "names" in held else self._act(data, held)
        except (ValueError, KeyError, TypeError, RecursionError, zlib.error):
            return Line(data)

    def _names(self, data: bytes, held: dict[str, Any]) -> Line:
        schema, made, after = held["history"], held["table"], held["after"]
        if schema != SCHEMA or type(made) is not str or not made:
            raise ValueError("no names of ours")
        self._go_on(made, after, stories_of(held["names"]))
        return Line(data, makes=made, needs=frozenset({after} - {""}))

    def _go_on(self, made: str, after: str, names: Sequence[StoryId]) -> None:
        chain, length = self._tables[after] if after else (_Chain(), 0)
        if length < len(chain.names):  # another line went on from there already
            chain, names = _Chain(), [*chain.names[:length], *names]
        chain.extend(names)
        self._tables[made] = chain, len(chain.names)
        self._last = made

    def _act(self, data: bytes, held: dict[str, Any]) -> Line:
        needs: set[str] = set()

        def stories(told: Any) -> Sequence[StoryId]:
            if not isinstance(told, dict):
                return crowded(stories_of(told))
            needs.add(told["table"])
            return self._among(*self._tables[told["table"]], told["bits"])

        return Line(data, from_json(held, stories), needs=frozenset(needs))

    def _among(self, chain: _Chain, length: int, told: str) -> Sequence[StoryId]:
        bits = int.from_bytes(zlib.decompress(base64.b64decode(told, validate=True)), "little")
        if bits.bit_length() > length:
            raise ValueError("more names than there are")
        chain.used |= bits
        return Crowd.of_bits(bits) if chain.alike else crowded(list(among(chain.names, bits)))

    def write(self, entry: Entry) -> Iterator[Line]:
        """The line of an act behind those that were read, after lines of the names that it needs."""
        crowds = [switch.stories for switch in entry.switches if isinstance(switch.stories, Crowd)]
        new = self._unknown(crowds) if crowds else ()
        for first in range(0, len(new), A_LINE):
            yield self._name(new[first : first + A_LINE])
        yield self._encoded(entry)

    def _unknown(self, crowds: Sequence[Crowd]) -> Sequence[StoryId]:
        """The names that the last table lacks. Where most of that is no longer used, a new one is begun: the old one
        goes with the acts on it."""
        chain = self._chain
        if not self._asked and chain.wasteful:
            self._last = ""
            chain = _Chain(alike=False)
        self._asked = True
        if chain.alike:
            return numbered(len(chain.names), max(crowd.bits.bit_length() for crowd in crowds))
        known = self._places(chain)
        return list(dict.fromkeys(story for crowd in crowds for story in crowd if story not in known))

    def _places(self, chain: _Chain) -> dict[StoryId, int]:
        if len(self._numbers) != len(chain.names):
            self._numbers = dict(zip(chain.names, range(len(chain.names)), strict=True))
        return self._numbers

    @property
    def _chain(self) -> _Chain:
        return self._tables[self._last][0] if self._last else _Chain()

    def _name(self, names: Sequence[StoryId]) -> Line:
        made, after = os.urandom(6).hex(), self._last
        data = journal.line({"history": SCHEMA, "names": names, "table": made, "after": after})[:-1]
        self._go_on(made, after, names)
        return Line(data, makes=made, needs=frozenset({after} - {""}))

    def _encoded(self, entry: Entry) -> Line:
        needs: set[str] = set()

        def told(stories: Sequence[StoryId]) -> object:
            if not isinstance(stories, Crowd):
                return list(stories)
            needs.add(self._last)
            return {"table": self._last, "bits": base64.b64encode(self._packed(stories)).decode()}

        return Line(journal.line(as_json(entry, told))[:-1], entry, needs=frozenset(needs))

    def _packed(self, crowd: Crowd) -> bytes:
        chain = self._chain
        if chain.alike:
            return crowd.packed
        return Crowd.of_bits(bits_of(self._places(chain), crowd)).packed


def with_names(acts: Sequence[Line], lines: Iterable[Line]) -> list[Line]:
    """The acts, and before them those of the lines with the names that they need."""
    wanted = {table for act in acts for table in act.needs}
    found = []
    for line in reversed([line for line in lines if line.makes]):
        if line.makes in wanted:
            wanted |= line.needs
            found.append(line)
    return [*reversed(found), *acts]
