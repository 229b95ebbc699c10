"""Sheets: what a screen over the desk shows of an event beside its list, text and summary. Each is a headless command
run elsewhere, whose records are laid out here, and whose Markdown is what `e` writes.

To add a sheet: a command that speaks --json and --markdown -o, one Sheet here, one Command in the key table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from store.model import Listed, StoryId
from store.sheets import INFERRED
from tui import quoted
from tui.backroom import Record
from tui.desk import Row, counted
from tui.pages import BLANK, Block, Stop
from tui.surveys import differences, statistics, storyline

Titles = Callable[[str], str]
"""From a story's id to how the reader knows it: its outlet and title."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """command and arguments make the headless command; blocks lays its records out, titled by those of the row; empty
    is what is said where there are none."""

    name: str
    title: str
    arguments: Callable[[Row], list[str]] | None  # None: it is of the whole library, whatever the row
    blocks: Callable[[Sequence[Record], Titles], tuple[Block, ...]]
    empty: str
    about: Callable[[Row], str] = lambda row: row.event.headline
    by: str = ""  # the field of its records that it can be narrowed by, and the command's option for that

    def stories(self, records: Sequence[Record]) -> frozenset[StoryId]:
        """The stories that records name by id: what `titles` will be asked for."""
        return frozenset(
            StoryId(i) for record in records for key in ("other", "story") if isinstance(i := record.get(key), str)
        )


def _one(row: Row) -> Listed:
    """The story that is asked about: of an event's own row one that is shown, and the one whose headline it has if
    that is."""
    return next(iter(row.leading), row.event.stories[0])


def _story(row: Row) -> list[str]:
    return [_one(row).id]


def _title(row: Row) -> str:
    return _one(row).head.title


def _event(row: Row) -> list[str]:
    """The event that a story stands in; of a row that is a storyline, its newest."""
    return [(row.story or row.event.stories[-1]).event]


def _first(lay: Callable[[Record], tuple[Block, ...]]) -> Callable[[Sequence[Record], Titles], tuple[Block, ...]]:
    """The layout of a command that says one record."""
    return lambda records, _: lay(records[0]) if records else ()


def _quotes(row: Row) -> list[str]:
    return ["--event", *_event(row)]


def _said(records: Sequence[Record], _titles: Titles) -> tuple[Block, ...]:
    return quoted.blocks(records)


def _why(records: Sequence[Record], titles: Titles) -> tuple[Block, ...]:
    """Why a story stands in its event, or alone."""
    blocks: list[Block] = []
    for told in records:
        if isinstance(story := told.get("story"), str):  # of an event's row, the reader cannot know which was taken
            blocks += [Block(titles(story), "subheading"), BLANK]
        blocks += [Block(str(told.get("sentence", "")), "body"), BLANK]
        if told.get("inferred") is True:
            blocks += [Block(INFERRED, "faint"), BLANK]
        other = told.get("other")
        if isinstance(other, str):
            blocks.append(Block("nearest story", "label"))
            near = f"{titles(other)}  ({_share(told.get('likeness'))} alike)"
            blocks += [Block(near, "body", indent=2, stop=Stop(StoryId(other))), BLANK]
        for kind, found in _by_kind(_records(told.get("shared"))).items():
            blocks.append(Block(f"shared {kind}s", "label"))
            blocks += [_bar(each) for each in found]
            blocks.append(BLANK)
        apart = told.get("apart")
        if isinstance(apart, list) and apart:
            blocks.append(Block("what keeps it apart", "label"))
            blocks += [Block(str(reason), "body", indent=2) for reason in apart]
    return tuple(blocks)


_BAR = 8  # columns of a bar as long as the heaviest


def _bar(shared: Record) -> Block:
    weight, stories = shared.get("weight"), shared.get("stories")
    length = round(_BAR * weight) if isinstance(weight, int | float) else 0
    inside = f"  in {counted(stories, 'story', 'stories')}" if isinstance(stories, int) and stories > 2 else ""
    text = str(shared.get("text", ""))
    full = f"{text}  {shared.get('measured', '')}{inside}"
    spans = ((len(text), len(full), "faint"),)
    return Block(full, "body", spans, indent=_BAR + 4, margin=f"  {'▪' * max(1, length)}")


def _by_kind(shared: Sequence[Record]) -> Mapping[str, list[Record]]:
    kinds: dict[str, list[Record]] = {}
    heaviest = max((float(w) for s in shared if isinstance(w := s.get("weight"), int | float)), default=1.0) or 1.0
    for each in shared:
        weight = each.get("weight")
        scaled = float(weight) / heaviest if isinstance(weight, int | float) else 0.0
        measured = f"{float(weight):.1f}" if isinstance(weight, int | float) else ""
        kinds.setdefault(str(each.get("kind", "")), []).append({**each, "weight": scaled, "measured": measured})
    return kinds


def _records(value: object) -> list[Record]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _share(value: object) -> str:
    return f"{round(100 * value)} %" if isinstance(value, int | float) else "not measured"


SHEETS: Mapping[str, Sheet] = {
    sheet.name: sheet
    for sheet in (
        Sheet("quotes", "Who said what", _quotes, _said, "Nobody is quoted here.", by=quoted.BY),
        Sheet("why", "Why it stands here", _story, _why, "There is nothing to tell of this story.", _title),
        Sheet("differences", "Differences", _event, _first(differences), "There is nothing to compare."),
        Sheet("storyline", "Storyline", _event, _first(storyline), "There is no storyline here."),
        Sheet("statistics", "Statistics", None, _first(statistics), "There is nothing to count."),
    )
}
