"""The front matter of an export: what it holds, and whether a hand has been at it since.

The checksum covers everything but its own line, so that a word the officer adds anywhere is seen.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from enum import Enum, auto

from store.export.escape import fold

GENERATOR = "generator: diplo-reader"
SCHEMA = 1

_FRONT = re.compile(r"---\n(.*?)^---$", re.DOTALL | re.MULTILINE)
_CHECKSUM = re.compile(r"^checksum: sha256:([0-9a-f]{64})\n", re.MULTILINE)


class Origin(Enum):
    """Whose text a file holds."""

    FOREIGN = auto()
    EDITED = auto()
    INTACT = auto()


def scalar(text: str) -> str:
    """Text as a YAML scalar on one line."""
    return json.dumps(fold(text), ensure_ascii=False)


def seal(fields: Iterable[tuple[str, str | int]], body: str) -> str:
    """The whole document: front matter with these fields (values are YAML already), a checksum, the body."""
    own = "".join(f"{name}: {value}\n" for name, value in fields)
    top = f"---\n{GENERATOR}\nschema: {SCHEMA}\n{own}"
    rest = f"---\n\n{body}"
    return f"{top}checksum: sha256:{_digest(top + rest)}\n{rest}"


def origin(text: str) -> Origin:
    """Whose text this is. A byte order mark, other line ends and line ends at the very end are no edit."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    front = _FRONT.match(plain)
    if not front or GENERATOR not in front[1].split("\n"):
        return Origin.FOREIGN
    written = _CHECKSUM.search(plain, 0, front.end())
    if not written:
        return Origin.EDITED
    rest = plain[: written.start()] + plain[written.end() :]
    return Origin.INTACT if _digest(rest) == written[1] else Origin.EDITED


def _digest(text: str) -> str:
    return hashlib.sha256(text.rstrip("\n").encode("utf-8", "surrogatepass")).hexdigest()
