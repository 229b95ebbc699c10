"""What the keys do that leave marks, and those that take them back."""

from __future__ import annotations

from collections.abc import Collection

from store.model import Act, StoryId
from tui.commands.hands import TEXT, Hands


def _then_on(hands: Hands, act: Act | None) -> None:
    hands.desk.clear_selected()
    more = hands.desk.to_unread(1)
    said = f"{act.label} · {{undo}} takes it back" if act else "Already read"
    hands.say(said if more else f"{said} · nothing else is unread here")


def read(hands: Hands) -> None:
    _then_on(hands, hands.desk.set_read(hands.desk.targets))


def read_event(hands: Hands) -> None:
    _then_on(hands, hands.desk.set_read(hands.desk.event_targets))


def toggle_read(hands: Hands) -> None:
    hands.did(hands.desk.toggle_read(hands.desk.targets))


def dismiss(hands: Hands) -> None:
    _dismissed(hands, hands.desk.targets)


def dismiss_event(hands: Hands) -> None:
    _dismissed(hands, hands.desk.event_targets)


def _dismissed(hands: Hands, stories: Collection[StoryId]) -> None:
    hands.did(hands.desk.toggle_dismissed(stories))
    hands.desk.clear_selected()
    hands.desk.arrange()


def star(hands: Hands) -> None:
    hands.did(hands.desk.toggle_star(hands.desk.targets))


def star_event(hands: Hands) -> None:
    hands.did(hands.desk.toggle_star(hands.desk.event_targets))


def highlight(hands: Hands) -> None:
    if hands.pane == TEXT and hands.picking:
        hands.highlight()
    elif hands.desk.story:
        hands.focus_pane(TEXT)
        hands.pick()
    else:
        hands.say("Open a story first: highlights are of its text")


def repeat_tags(hands: Hands) -> None:
    tags = hands.desk.last_tags
    if tags:
        hands.did(hands.desk.set_tags(hands.desk.targets, (), tags), "These stories have the tags already")
    else:
        hands.say("No tags to repeat yet: press {tags} to tag")


def undo(hands: Hands) -> None:
    act = hands.desk.undo()
    if act:
        hands.settle(act, undone=True)
    hands.say(f"Undone: {act.label.lower()} ({{redo}} does it again)" if act else "Nothing to undo")


def redo(hands: Hands) -> None:
    act = hands.desk.redo()
    if act:
        hands.settle(act)
    hands.say(f"Done again: {act.label.lower()}" if act else "Nothing to redo")
