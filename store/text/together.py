"""Texts that are judged side by side. Whoever reads a text asks for the odds of its lines, pass after pass, and does
not know of the others; the line model looks at all of them together, which costs it half as much as one by one."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from store.text.measured import Measured

T = TypeVar("T")


class Question(NamedTuple):
    """How likely is each of these lines body? gaps says before which a blank line stands."""

    lines: Sequence[Measured]
    gaps: Sequence[bool]


Asking = Generator[Question, Sequence[float], T]  # it is sent the log odds of each line


def answered(asking: Sequence[Asking[T]]) -> list[T]:
    """What each of some readers of texts makes of its own."""
    from store.text import linemodel  # numpy takes longer to import than everything else at start-up

    reader = linemodel.Reader()
    done: dict[int, T] = {}
    odds: dict[int, Sequence[float] | None] = dict.fromkeys(range(len(asking)))
    while odds:
        questions: dict[int, Question] = {}
        for which, told in odds.items():
            try:
                questions[which] = next(asking[which]) if told is None else asking[which].send(told)
            except StopIteration as end:
                done[which] = end.value
        odds = {**reader.together(questions)}
    return [done[which] for which in range(len(asking))]
