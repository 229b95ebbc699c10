"""Why something handed in is not a story: each reason is one line in plain words, shown to the reader as it is."""

from __future__ import annotations

EMPTY = "empty"
BINARY = "binary"
UNDECODABLE = "undecodable"
UNREADABLE = "unreadable"
LOOP = "loop of links"
NOT_A_FILE = "not a regular file"
SEVERAL = "several stories in one record, which `diplo-reader summarise - < FILE` takes"

STANDARD_INPUT = "standard input"
LIMIT = 20_000_000
"""Bytes a file or standard input may have."""


def too_large(limit: int) -> str:
    amount = f"{limit / 1_000_000:g} MB" if limit >= 100_000 else f"{limit} bytes"
    return f"larger than the limit of {amount}"


def unreadable(error: OSError) -> str:
    """The reason for a failed system call, in the system's own words."""
    return f"{UNREADABLE} ({(error.strerror or type(error).__name__).lower()})"


def broken_json(line: int) -> str:
    return f"broken JSON on line {line}"
