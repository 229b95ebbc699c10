"""The key table: every command the desk knows, once. Bindings, palette, footer, help screen, `diplo-reader keys` and
the README's table are all made from COMMANDS.

To add a key: one Command here. An effect gets Hands, the few things a command may do to the screen, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from store.model import Act, StoryId
from tui.desk import LAYOUTS, ORDERS, Desk, Layout, Order, Reach, counted

K = TypeVar("K", bound=StrEnum)
LIST, TEXT, SUMMARY = "list", "text", "summary"
PANES = (LIST, TEXT, SUMMARY)


class Hands(Protocol):
    """What a command may do beside changing the desk."""

    @property
    def desk(self) -> Desk: ...
    @property
    def pane(self) -> str: ...
    def focus_pane(self, pane: str) -> None: ...
    def scroll(self, lines: int) -> None:
        """Scrolls the text, or moves the summary's cursor, whichever has the focus."""

    def page(self, pages: float, pane: str | None = None) -> bool:
        """Scrolls a pane by its height; false when it already stood at that end."""

    def jump(self) -> None:
        """Goes where the block under the page's cursor points."""

    def opened(self, story: StoryId) -> None:
        """Says that the reader opened a story."""

    def read_through(self) -> None:
        """Says that the reader came to the end of the text."""

    @property
    def picking(self) -> bool:
        """Whether there is a cursor in the text."""

    def pick(self, by: int = 0, *, extend: bool = False) -> None:
        """Puts a cursor into the text; takes so many sentences more into what is picked; extend: until told again."""

    def stop_picking(self) -> None: ...
    def highlight(self) -> None:
        """Highlights what is picked, or takes it off."""

    def edit_note(self) -> None:
        """Opens the reader's editor on the note."""

    def did(self, act: Act | None, nothing: str = "Nothing to change") -> None:
        """Tells the reader what an act did, and that it can be undone."""

    def say(self, text: str) -> None: ...
    def ask(self, what: str) -> None:
        """Opens the prompt for "search", "filter", "tags", "note", "export", "add" and the like (see tui.prompts)."""

    def clear_filter(self, *, search_first: bool = False) -> None:
        """Clears search and filter; search_first: the filter only where there is no search."""

    def change_length(self, by: int) -> None: ...
    def toggle(self, what: str) -> None:
        """Turns "dropped" lines, "new" alone or "zen" on and off."""

    def browse(self) -> None: ...
    def copy(self) -> None: ...
    def judge(self, how: str) -> None:
        """Puts the selected stories together ("merge"), or sets the cursor's story apart ("split"), for good."""

    def settle(self, act: Act, *, undone: bool = False) -> None:
        """Has the rules of an act that was done, or undone, take effect."""

    def stop_work(self) -> None: ...
    def relist(self) -> None:
        """Lists the library in the desk's order and layout."""

    def sheet(self, name: str) -> None:
        """Opens a sheet of the event under the cursor (see tui.sheets)."""

    def widen(self, by: int) -> None:
        """Makes the list wider (1) or narrower (-1)."""

    def palette(self) -> None: ...
    def help(self) -> None: ...
    def leave(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Command:
    """keys in Textual's names, the first is the one shown; footer is the short label there, empty to leave it out."""

    id: str
    keys: tuple[str, ...]
    label: str
    group: str
    effect: Callable[[Hands], None]
    footer: str = ""
    changes_marks: bool = False


# --- moving


def _step(by: int) -> Callable[[Hands], None]:
    def effect(hands: Hands) -> None:
        if hands.pane == LIST:
            hands.desk.move(by)
        else:
            hands.scroll(by)

    return effect


def _page(pages: float) -> Callable[[Hands], None]:
    def effect(hands: Hands) -> None:
        hands.page(pages)

    return effect


def _end(last: bool) -> Callable[[Hands], None]:
    def effect(hands: Hands) -> None:
        if hands.pane == LIST:
            hands.desk.go(len(hands.desk.rows) - 1 if last else 0)
        else:
            hands.scroll(10**9 if last else -(10**9))

    return effect


def _open(hands: Hands) -> None:
    if hands.pane != LIST:
        hands.jump()
        return
    story = hands.desk.open()
    if story is not None:
        hands.opened(story)
        hands.focus_pane(TEXT)


def _right(hands: Hands) -> None:
    if hands.pane == TEXT:
        hands.focus_pane(SUMMARY)
    elif hands.pane == LIST:
        _open(hands)


def _close(hands: Hands) -> None:
    if hands.pane != LIST:
        hands.focus_pane(TEXT if hands.pane == SUMMARY else LIST)
    else:
        hands.desk.close()


def _escape(hands: Hands) -> None:
    if hands.picking:
        hands.stop_picking()
    elif hands.pane == LIST and hands.desk.selected:
        hands.desk.clear_selected()
    elif hands.pane != LIST:
        hands.focus_pane(LIST)
    elif hands.desk.search or hands.desk.filter:
        hands.clear_filter(search_first=True)
    else:
        hands.desk.close()


def _pane(step: int) -> Callable[[Hands], None]:
    return lambda hands: hands.focus_pane(PANES[(PANES.index(hands.pane) + step) % len(PANES)])


def _focus(pane: str) -> Callable[[Hands], None]:
    return lambda hands: hands.focus_pane(pane)


def _unread(step: int) -> Callable[[Hands], None]:
    def effect(hands: Hands) -> None:
        if not hands.desk.to_unread(step):
            hands.say("Nothing else is unread here")

    return effect


def _event(step: int) -> Callable[[Hands], None]:
    def effect(hands: Hands) -> None:
        if not hands.desk.to_event(step):
            hands.say("This is the last event" if step > 0 else "This is the first event")

    return effect


def _space(hands: Hands) -> None:
    if hands.page(1, TEXT):
        return
    hands.read_through()
    if not hands.desk.to_unread(1):
        hands.say("All read. Press F to clear a filter, a to add stories")


# --- triage


def _then_on(hands: Hands, act: Act | None) -> None:
    hands.desk.clear_selected()
    more = hands.desk.to_unread(1)
    said = f"{act.label} · u takes it back" if act else "Already read"
    hands.say(said if more else f"{said} · nothing else is unread here")


def _read(hands: Hands) -> None:
    _then_on(hands, hands.desk.set_read(hands.desk.targets))


def _read_event(hands: Hands) -> None:
    _then_on(hands, hands.desk.set_read(hands.desk.event_targets))


def _toggle_read(hands: Hands) -> None:
    hands.did(hands.desk.toggle_read(hands.desk.targets))


def _dismiss(hands: Hands) -> None:
    _dismissed(hands, hands.desk.targets)


def _dismiss_event(hands: Hands) -> None:
    _dismissed(hands, hands.desk.event_targets)


def _dismissed(hands: Hands, stories: Collection[StoryId]) -> None:
    hands.did(hands.desk.toggle_dismissed(stories))
    hands.desk.clear_selected()
    hands.desk.arrange()


def _star(hands: Hands) -> None:
    hands.did(hands.desk.toggle_star(hands.desk.targets))


def _star_event(hands: Hands) -> None:
    hands.did(hands.desk.toggle_star(hands.desk.event_targets))


def _select(reach: Reach) -> Callable[[Hands], None]:
    def effect(hands: Hands) -> None:
        desk = hands.desk
        if not desk.whole:
            hands.say("The list is still being read: once more in a moment")
            return
        found = desk.within(reach)
        if reach is Reach.SHOWN and desk.selected.issuperset(found):
            desk.clear_selected()
            hands.say("Nothing is selected")
        else:
            desk.select(found)
            hands.say(selected(len(desk.selected)))

    return effect


def selected(number: int) -> str:
    """What the reader is told of a selection."""
    stories = counted(number, "story", "stories")
    return f"{stories} selected · Esc drops them" if number else "Nothing is selected"


def _select_one(hands: Hands) -> None:
    if hands.pane == TEXT:
        hands.pick()
    else:
        hands.desk.toggle_selected()


def _select_range(hands: Hands) -> None:
    if hands.pane == TEXT:
        hands.pick(extend=True)
    else:
        hands.desk.select_range()


def _select_step(by: int) -> Callable[[Hands], None]:
    def effect(hands: Hands) -> None:
        desk = hands.desk
        if hands.pane == TEXT:
            hands.pick(by)
            return
        for step in (0, by):
            desk.move(step)
            desk.select(s.id for s in (desk.row.stories if desk.row else ()))

    return effect


def _highlight(hands: Hands) -> None:
    if hands.pane == TEXT and hands.picking:
        hands.highlight()
    elif hands.desk.story:
        hands.focus_pane(TEXT)
        hands.pick()
    else:
        hands.say("Open a story first: highlights are of its text")


def _repeat_tags(hands: Hands) -> None:
    tags = hands.desk.last_tags
    if tags:
        hands.did(hands.desk.set_tags(hands.desk.targets, (), tags), "These stories have the tags already")
    else:
        hands.say("No tags to repeat yet: press t to tag")


def _undo(hands: Hands) -> None:
    act = hands.desk.undo()
    if act:
        hands.settle(act, undone=True)
    hands.say(f"Undone: {act.label.lower()} (ctrl+r does it again)" if act else "Nothing to undo")


def _redo(hands: Hands) -> None:
    act = hands.desk.redo()
    if act:
        hands.settle(act)
    hands.say(f"Done again: {act.label.lower()}" if act else "Nothing to redo")


def _next_order(hands: Hands) -> None:
    hands.desk.order = following(Order, hands.desk.order)
    hands.say(ORDERS[hands.desk.order].capitalize())
    hands.relist()


def _next_layout(hands: Hands) -> None:
    hands.desk.layout = following(Layout, hands.desk.layout)
    hands.say(LAYOUTS[hands.desk.layout].capitalize())
    hands.relist()


def following(kinds: type[K], one: K) -> K:
    """The kind after one, going round."""
    known = list(kinds)
    return known[(known.index(one) + 1) % len(known)]


def _ask(what: str) -> Callable[[Hands], None]:
    return lambda hands: hands.ask(what)


def _toggle(what: str) -> Callable[[Hands], None]:
    return lambda hands: hands.toggle(what)


def _sheet(name: str) -> Callable[[Hands], None]:
    return lambda hands: hands.sheet(name)


def _length(by: int) -> Callable[[Hands], None]:
    return lambda hands: hands.change_length(by)


MOVE, TRIAGE, FIND, SHOW, OUT, APP = "Move", "Triage", "Find", "Show", "Take out and in", "Program"

COMMANDS: tuple[Command, ...] = (
    Command("down", ("j", "down"), "down", MOVE, _step(1)),
    Command("up", ("k", "up"), "up", MOVE, _step(-1)),
    Command("top", ("g", "home"), "to the top", MOVE, _end(False)),
    Command("bottom", ("G", "end"), "to the end", MOVE, _end(True)),
    Command("page-down", ("pagedown",), "a page down", MOVE, _page(1)),
    Command("page-up", ("pageup",), "a page up", MOVE, _page(-1)),
    Command("half-down", ("ctrl+d",), "half a page down", MOVE, _page(0.5)),
    Command("half-up", ("ctrl+u",), "half a page up", MOVE, _page(-0.5)),
    Command("open", ("enter",), "open the event or story; in the summary: jump to the sentence", MOVE, _open, "open"),
    Command("in", ("l", "right"), "step in: event, story, text, summary", MOVE, _right),
    Command("out", ("h", "left"), "step out again", MOVE, _close),
    Command("back", ("escape",), "drop the selection, back to the list, clear search or filter, close", MOVE, _escape),
    Command("next-pane", ("tab",), "next pane", MOVE, _pane(1)),
    Command("previous-pane", ("shift+tab",), "previous pane", MOVE, _pane(-1)),
    Command("list-pane", ("1",), "the list", MOVE, _focus(LIST)),
    Command("text-pane", ("2",), "the text", MOVE, _focus(TEXT)),
    Command("summary-pane", ("3",), "the summary", MOVE, _focus(SUMMARY)),
    Command("next-unread", ("n",), "next unread story", MOVE, _unread(1), "unread"),
    Command("previous-unread", ("p",), "previous unread story", MOVE, _unread(-1)),
    Command("next-event", ("]",), "next event", MOVE, _event(1)),
    Command("previous-event", ("[",), "previous event", MOVE, _event(-1)),
    Command("space", ("space",), "a page of text down, at its end the next unread story", MOVE, _space, "page/next"),
    Command("read", ("r",), "read, and on to the next unread", TRIAGE, _read, "read", changes_marks=True),
    Command("read-event", ("R",), "the whole event read, and on", TRIAGE, _read_event, changes_marks=True),
    Command("toggle-read", ("m",), "read or unread", TRIAGE, _toggle_read, changes_marks=True),
    Command("dismiss", ("x",), "dismiss, or bring back", TRIAGE, _dismiss, "dismiss", changes_marks=True),
    Command("dismiss-event", ("X",), "dismiss the whole event", TRIAGE, _dismiss_event, changes_marks=True),
    Command("star", ("s",), "star", TRIAGE, _star, "star", changes_marks=True),
    Command("star-event", ("S",), "star the whole event", TRIAGE, _star_event, changes_marks=True),
    Command("tags", ("t",), "edit the tags", TRIAGE, _ask("tags"), "tag", changes_marks=True),
    Command("tag-event", ("T",), "edit the tags of the event", TRIAGE, _ask("tags of the event"), changes_marks=True),
    Command("repeat-tags", (".",), "the last tags again", TRIAGE, _repeat_tags, changes_marks=True),
    Command("note", ("c",), "write a note", TRIAGE, _ask("note"), changes_marks=True),
    Command(
        "note-editor", ("ctrl+e",), "write a note in your editor", TRIAGE, lambda h: h.edit_note(), changes_marks=True
    ),
    Command("highlight", ("H",), "highlight: a sentence, or what is picked", TRIAGE, _highlight, changes_marks=True),
    Command("select", ("v",), "select this row and on; in the text: pick a sentence", TRIAGE, _select_one),
    Command(
        "select-range",
        ("V",),
        "select from the last selected row to here; in the text: from this sentence on",
        TRIAGE,
        _select_range,
    ),
    Command("select-down", ("shift+down",), "select this row, or sentence, and the next", TRIAGE, _select_step(1)),
    Command("select-up", ("shift+up",), "select this row, or sentence, and the one before", TRIAGE, _select_step(-1)),
    Command("select-all", ("*",), "select all that is shown, or nothing again", TRIAGE, _select(Reach.SHOWN)),
    Command("select-above", ("(",), "select all above the cursor", TRIAGE, _select(Reach.ABOVE)),
    Command("select-below", (")",), "select all below the cursor", TRIAGE, _select(Reach.BELOW)),
    Command("select-query", ("%",), "select what a query finds", TRIAGE, _ask("select")),
    Command("undo", ("u",), "undo", TRIAGE, _undo, "undo", changes_marks=True),
    Command("redo", ("ctrl+r",), "redo", TRIAGE, _redo, changes_marks=True),
    Command("search", ("/",), "search titles and texts", FIND, _ask("search"), "search"),
    Command("filter", ("f",), "filter: is:unread is:starred tag:… outlet:… words", FIND, _ask("filter")),
    Command("clear-filter", ("F",), "clear search and filter", FIND, lambda h: h.clear_filter()),
    Command("queries", ("'",), "go to a saved query", FIND, _ask("queries")),
    Command("save-query", ("ctrl+s",), "save the filter under a name", FIND, _ask("save query"), changes_marks=True),
    Command("delete-query", ("ctrl+k",), "delete a saved query", FIND, _ask("delete query"), changes_marks=True),
    Command("order", ("O",), "the next order: newest, most outlets, most origins, unread, oldest", SHOW, _next_order),
    Command("layout", ("E",), "the next layout: a row an event, a storyline, a story", SHOW, _next_layout),
    Command(
        "restore",
        ("B",),
        "restore a line that cleaning took out, in this story",
        TRIAGE,
        _ask("restore"),
        changes_marks=True,
    ),
    Command(
        "restore-everywhere",
        ("ctrl+b",),
        "restore a line in all stories of the outlet",
        TRIAGE,
        _ask("restore everywhere"),
        changes_marks=True,
    ),
    Command(
        "merge", ("&",), "the selected stories are one event", TRIAGE, lambda h: h.judge("merge"), changes_marks=True
    ),
    Command(
        "split", ("#",), "this story is no part of its event", TRIAGE, lambda h: h.judge("split"), changes_marks=True
    ),
    Command("longer", ("+", "="), "a longer summary", SHOW, _length(1)),
    Command("shorter", ("-",), "a shorter summary", SHOW, _length(-1)),
    Command("new", ("N",), "summary: only what is new to you in the event", SHOW, _toggle("new")),
    Command("dropped", ("b",), "show what cleaning took out", SHOW, _toggle("dropped")),
    Command("why", ("w",), "why the story stands in its event, or alone", SHOW, lambda h: h.sheet("why")),
    Command("quotes", ('"',), "who said what in the event", SHOW, lambda h: h.sheet("quotes")),
    Command("differences", ("d",), "what the stories share, and where they differ", SHOW, _sheet("differences")),
    Command("storyline", ("L",), "the storyline by day: reports, turning points, silence", SHOW, _sheet("storyline")),
    Command("statistics", ("C",), "unread by outlet and day, tags in use, who covers what", SHOW, _sheet("statistics")),
    Command("narrower", ("<",), "a narrower list; its edge can be dragged too", SHOW, lambda h: h.widen(-1)),
    Command("wider", (">",), "a wider list", SHOW, lambda h: h.widen(1)),
    Command("zen", ("z",), "the text alone", SHOW, _toggle("zen")),
    Command("open-url", ("o",), "open the story's address in a browser", OUT, lambda h: h.browse()),
    Command("copy", ("y",), "copy the link, or the title", OUT, lambda h: h.copy()),
    Command("export", ("e",), "export the selection, else all tagged, to Markdown", OUT, _ask("export"), "export"),
    Command("add", ("a",), "add files or a folder", OUT, _ask("add"), changes_marks=True),
    Command(
        "stop", ("ctrl+x",), "stop what runs in the background; what is stored stays", APP, lambda h: h.stop_work()
    ),
    Command("palette", ("ctrl+p",), "every command by name", APP, lambda h: h.palette()),
    Command("help", ("?",), "help", APP, lambda h: h.help()),
    Command("quit", ("q",), "quit; everything is saved", APP, lambda h: h.leave()),
)

FOOT: Mapping[str, Mapping[str, str]] = {
    LIST: {c.id: c.footer for c in COMMANDS if c.footer},
    TEXT: {
        "space": "page/next", "back": "list", "star": "star", "tags": "tag", "highlight": "highlight",
        "dropped": "cut out", "next-unread": "unread", "undo": "undo", "open-url": "browser",
    },
    SUMMARY: {
        "open": "go there", "back": "list", "longer": "longer", "shorter": "shorter", "new": "new only", "why": "why",
        "differences": "differences", "quotes": "quotes",
    },
}  # fmt: skip
"""The keys that matter in each pane, likeliest first, with their short labels: the footer, and the help's beginning."""

BY_ID = {c.id: c for c in COMMANDS}


def run(command: Command, hands: Hands) -> None:
    """Carries a command out, or says why it cannot be."""
    if command.changes_marks and hands.desk.marks.read_only:
        hands.say(f"This desk is read-only: {hands.desk.marks.why_read_only}. Mend that and start again")
        return
    command.effect(hands)


KEY_NAMES = {
    "down": "↓", "up": "↑", "left": "←", "right": "→", "pagedown": "PgDn", "pageup": "PgUp", "escape": "Esc",
    "enter": "Enter", "space": "Space", "tab": "Tab", "shift+tab": "Shift+Tab", "home": "Home", "end": "End",
}  # fmt: skip


def key_name(key: str) -> str:
    """A key as a person writes it."""
    return KEY_NAMES.get(key, key)


def groups(table: Sequence[Command] = COMMANDS) -> dict[str, tuple[Command, ...]]:
    return {g: tuple(c for c in table if c.group == g) for g in dict.fromkeys(c.group for c in table)}


def as_markdown(table: Sequence[Command] = COMMANDS) -> str:
    """The key table as the README shows it; the name is what the settings know a command by."""
    lines = ["| keys | what it does | name |", "|---|---|---|"]
    for group, commands in groups(table).items():
        lines.append(f"| **{group}** | | |")
        lines += [f"| {_markdown_keys(c.keys)} | {c.label} | `{c.id}` |" for c in commands]
    return "\n".join(lines) + "\n"


def _markdown_keys(keys: Collection[str]) -> str:
    return " ".join(f"`{key_name(k)}`" for k in keys)


def as_text(table: Sequence[Command] = COMMANDS) -> str:
    """The key table for a terminal: keys, the command's name in the settings, what it does."""
    lines = []
    for group, commands in groups(table).items():
        lines += ["", group]
        lines += [f"  {' '.join(key_name(k) for k in c.keys):14}  {c.id:16}  {c.label}" for c in commands]
    return "\n".join(lines[1:]) + "\n"
