"""What the keys do that leave marks, and those that take them back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from store.model import Act, StoryId
from tui.commands.hands import TEXT, Hands
from tui.desk import acts


def _then_on(hands: Hands, stories: Sequence[StoryId]) -> None:
    def on(act: Act | None, unseen: str) -> None:
        hands.desk.clear_selected()
        more = hands.desk.to_unread(1)
        if act:
            hands.desk.taken_on()
        said = f"{act.label}{unseen} · {{undo}} takes it back" if act else "Already read"
        hands.say(said if more else f"{said} · nothing else is unread here")

    hands.act(stories, acts.read, on)


def read(hands: Hands) -> None:
    _then_on(hands, hands.desk.targets)


def read_event(hands: Hands) -> None:
    _then_on(hands, hands.desk.event_targets)


def toggle_read(hands: Hands) -> None:
    hands.act(hands.desk.targets, acts.toggle_read)


def dismiss(hands: Hands) -> None:
    _dismissed(hands, hands.desk.targets)


def dismiss_event(hands: Hands) -> None:
    _dismissed(hands, hands.desk.event_targets)


def _dismissed(hands: Hands, stories: Sequence[StoryId]) -> None:
    def gone(act: Act | None, unseen: str) -> None:
        hands.did(act, unseen)
        hands.desk.clear_selected()
        hands.desk.arrange()

    hands.act(stories, acts.toggle_dismissed, gone)


def star(hands: Hands) -> None:
    hands.act(hands.desk.targets, acts.toggle_star)


def star_event(hands: Hands) -> None:
    hands.act(hands.desk.event_targets, acts.toggle_star)


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
        repeated = hands.desk.retagging((), tags)
        hands.act(hands.desk.targets, repeated, partial(hands.did, nothing="These stories have the tags already"))
    else:
        hands.say("No tags to repeat yet: press {tags} to tag")


def undo(hands: Hands) -> None:
    def undone(act: Act | None) -> None:
        if act:
            hands.settle(act, undone=True)
        hands.say(f"Undone: {act.label.lower()} ({{redo}} does it again)" if act else "Nothing to undo")

    hands.undo(undone)


def redo(hands: Hands) -> None:
    def redone(act: Act | None) -> None:
        if act:
            hands.settle(act)
        hands.say(f"Done again: {act.label.lower()}" if act else "Nothing to redo")

    hands.undo(redone, again=True)
