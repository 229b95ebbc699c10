"""What the keys do that select: rows of the list, or sentences of the text."""

from __future__ import annotations

from collections.abc import Callable

from tui.commands.hands import TEXT, Hands
from tui.desk import Reach, counted

AT_ONCE = 100_000  # stories above or below the cursor that are selected between two frames: some 7 ms
NOT_YET = "The list is still being read: once more in a moment"


def select(reach: Reach) -> Callable[[Hands], None]:
    def effect(hands: Hands) -> None:
        desk = hands.desk
        if not desk.whole:
            hands.say(NOT_YET)
            return
        if reach is Reach.SHOWN:
            desk.toggle_all()
        else:
            number, find = desk.selecting(reach)
            if not number:
                hands.say("There is nothing to select here" if not desk.row else f"No story is {reach.value} this row")
                return
            if number > AT_ONCE:
                hands.select_later(find)
                return
            desk.select_flagged(find())
        hands.say(selected(len(desk.selected)))

    return effect


def selected(number: int) -> str:
    """What the reader is told of a selection."""
    stories = counted(number, "story", "stories")
    return f"{stories} selected · {{back}} drops them" if number else "Nothing is selected"


def select_one(hands: Hands) -> None:
    if hands.pane == TEXT:
        hands.pick()
    else:
        hands.desk.toggle_selected()


def select_range(hands: Hands) -> None:
    if hands.pane == TEXT:
        hands.pick(extend=True)
    elif not hands.desk.whole:
        hands.say(NOT_YET)
    elif not hands.desk.select_range() and hands.desk.selected:
        hands.say("This row is selected · {select-range} on another selects from here to there")


def select_step(by: int) -> Callable[[Hands], None]:
    def effect(hands: Hands) -> None:
        desk = hands.desk
        if hands.pane == TEXT:
            hands.pick(by)
            return
        for step in (0, by):
            desk.move(step)
            desk.select(s.id for s in (desk.row.stories if desk.row else ()))

    return effect
