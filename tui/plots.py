"""Figures drawn in text: bars, sparklines, a histogram of days. Plain characters alone, so that no colour is needed; in
ASCII where the locale cannot take more. plotext is loaded by the first histogram."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date

from store.model import outlet_key
from tui.backroom import Record

_BAR, _SPARK = "█", "▁▂▃▄▅▆▇█"
_ASCII_BAR, _ASCII_SPARK = "#", "._-=+*%#"
_ROWS = 6  # of a histogram


def ascii_only(environ: Mapping[str, str] | None = None) -> bool:
    """Whether the locale names an encoding that has no block characters; where it names none, it is taken to have."""
    env = os.environ if environ is None else environ
    named = (env.get("LC_ALL") or env.get("LC_CTYPE") or env.get("LANG") or "").partition(".")[2]
    return bool(named) and "utf" not in named.casefold()


def bar(count: int, most: int, width: int) -> str:
    """As long as count is of most; what there is one of is never nothing."""
    length = max(1, round(width * count / max(most, 1))) if count else 0
    return (_ASCII_BAR if ascii_only() else _BAR) * length


def spark(counts: Sequence[int]) -> str:
    """A column a count, a space for none."""
    steps = _ASCII_SPARK if ascii_only() else _SPARK
    most = max(counts, default=0)
    return "".join(steps[max(0, round(count / most * len(steps)) - 1)] if count else " " for count in counts)


def pressed(counts: Sequence[int], width: int) -> tuple[int, ...]:
    """The counts in at most so many columns: as they are, or summed over as many at a time as it takes."""
    step = -(-len(counts) // width) or 1
    return tuple(sum(counts[at : at + step]) for at in range(0, len(counts), step))


def histogram(days: Sequence[tuple[str, int]]) -> tuple[tuple[str, str], ...]:
    """A column a day: (what stands left of the line, the line). Days are ISO dates in order, without holes."""
    if not any(count for _, count in days):
        return ()
    import plotext

    plain, most = ascii_only(), max(count for _, count in days)
    label = len(str(most))
    plotext.clear_figure()
    plotext.theme("clear")
    plotext.plotsize(label + 1 + len(days), _ROWS + 1)
    plotext.xlim(0.5, len(days) + 0.5)
    plotext.ylim(0, most)
    plotext.frame(False)
    plotext.yaxes(True, False)
    plotext.yticks([0, most], ["0", str(most)])
    least = most / _ROWS  # a row: a day with one story is not an empty day
    heights = [max(count, least) if count else 0 for _, count in days]
    plotext.bar(range(1, len(days) + 1), heights, marker=_ASCII_BAR if plain else _BAR, width=1)
    drawn = plotext.uncolorize(plotext.build()).split("\n")[:_ROWS]
    if plain:
        drawn = [line.translate({0x2502: "|", 0x2524: "|"}) for line in drawn]
    return (*((line[:label], line[label:].rstrip()) for line in drawn), ("", _axis(days)))


def _axis(days: Sequence[tuple[str, int]]) -> str:
    """The first and the last day under the ends of a histogram, whose axis stands left of the first."""
    first, last = (short_day(days[at][0]) for at in (0, -1))
    return f"{'+' if ascii_only() else '└'}{first} {last.rjust(len(days) - len(first) - 1)}"


def short_day(day: str) -> str:
    """ "3 Mar" of an ISO date; the text itself where it is none."""
    try:
        found = date.fromisoformat(day[:10])
    except ValueError:
        return day
    return f"{found.day} {found:%b}"


# --- voices


def run_by(voice: Record) -> str:
    """ ", run by 2 outlets: Harbour Post, Lark News": who prints it beside itself, or that it has several stories."""
    outlets, stories = voice.get("outlets"), voice.get("stories")
    own = outlet_key(str(voice.get("name")))
    others = [str(o) for o in outlets if outlet_key(str(o)) != own] if isinstance(outlets, list | tuple) else []
    if others:
        number = f"{len(others)} outlets: " if len(others) > 1 else ""
        return f", run by {number}{', '.join(others)}"
    several = len(stories) if isinstance(stories, list | tuple) else 0
    return f", {several} stories" if several > 1 else ""
