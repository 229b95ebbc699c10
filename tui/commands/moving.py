"""What the keys do that move: in the list, the text and the summary, and from one to another."""

from __future__ import annotations

from collections.abc import Callable

from tui.commands.hands import LIST, PANES, SUMMARY, TEXT, Hands


def step(by: int) -> Callable[[Hands], None]:
    def effect(hands: Hands) -> None:
        if hands.pane == LIST:
            hands.desk.move(by)
        else:
            hands.scroll(by)

    return effect


def page(pages: float) -> Callable[[Hands], None]:
    def effect(hands: Hands) -> None:
        hands.page(pages)

    return effect


def end(last: bool) -> Callable[[Hands], None]:
    def effect(hands: Hands) -> None:
        if hands.pane == LIST:
            hands.desk.go(len(hands.desk.rows) - 1 if last else 0)
        else:
            hands.scroll(10**9 if last else -(10**9))

    return effect


def open(hands: Hands) -> None:
    if hands.pane != LIST:
        hands.jump()
        return
    story = hands.desk.open()
    if story is not None:
        hands.opened(story)
        hands.focus_pane(TEXT)


def right(hands: Hands) -> None:
    if hands.pane == TEXT:
        hands.focus_pane(SUMMARY)
    elif hands.pane == LIST:
        open(hands)


def close(hands: Hands) -> None:
    if hands.pane != LIST:
        hands.focus_pane(TEXT if hands.pane == SUMMARY else LIST)
    else:
        hands.desk.close()


def escape(hands: Hands) -> None:
    if hands.picking:
        hands.stop_picking()
    elif hands.pane == LIST and hands.desk.selected:
        hands.desk.clear_selected()
    elif hands.pane != LIST:
        hands.focus_pane(LIST)
    elif hands.desk.search or hands.desk.filter:
        hands.clear_filter(search_first=True)
    else:
        hands.say("Nothing to drop or to clear · {out} steps out of an event, and folds it")


def pane(step: int) -> Callable[[Hands], None]:
    return lambda hands: hands.focus_pane(PANES[(PANES.index(hands.pane) + step) % len(PANES)])


def focus(pane: str) -> Callable[[Hands], None]:
    return lambda hands: hands.focus_pane(pane)


def unread(step: int) -> Callable[[Hands], None]:
    def effect(hands: Hands) -> None:
        if not hands.desk.to_unread(step):
            hands.say("Nothing else is unread here")

    return effect


def arrival(hands: Hands) -> None:
    if hands.desk.to_arrival():
        left = len(hands.desk.arrived)
        hands.say(f"{left} more came in: {{arrivals}} goes on" if left else "That is all that came in")
    elif hands.desk.arrived:
        hands.say("What came in is not shown under this filter: {clear-filter} clears it")
    else:
        hands.say("Nothing else came in while you were here")


def event(step: int) -> Callable[[Hands], None]:
    def effect(hands: Hands) -> None:
        if not hands.desk.to_event(step):
            hands.say("This is the last event" if step > 0 else "This is the first event")

    return effect


def space(hands: Hands) -> None:
    if hands.page(1, TEXT):
        return
    hands.read_through()
    if not hands.desk.to_unread(1):
        hands.say("All read. Press {clear-filter} to clear a filter, {add} to add stories")
