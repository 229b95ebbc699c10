"""What the reader said once and for all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RuleKind(StrEnum):
    """What a standing rule of the reader's says."""

    TOGETHER = "together"  # these stories report one event
    APART = "apart"  # these two stories report different events
    KEEP = "keep"  # this line is article, in this story or in this outlet
    UNLEARNED = "unlearned"  # lines learned as furniture of this outlet are not; one line, or all (no text)
    QUERY = "query"  # a saved query, by name


@dataclass(frozen=True, slots=True)
class Rule:
    """A standing rule of the reader's, by what it says: two rules that say the same are one.

    of holds story ids (sorted), or ("outlet:NAME",) for a rule about an outlet, or a query's name; text the line, or
    the query.
    """

    kind: RuleKind
    of: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Lifted:
    """A rule that stood and holds no longer. day: ISO, on which it was said, where that is known; told: it in words."""

    rule: Rule
    day: str | None
    told: str


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule made, or taken back."""

    rule: Rule
    made: bool = True
