"""The key table: every command the desk knows, once, in the order of the help. Bindings, palette, footer, help screen,
`diplo-reader keys` and the README's table are all made from COMMANDS.

To add a key: one Command here. An effect gets Hands, the few things a command may do to the screen, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tui.commands import moving, selecting, showing, triage
from tui.commands.hands import LIST, SUMMARY, TEXT, Hands
from tui.desk import Reach


@dataclass(frozen=True, slots=True)
class Command:
    """keys in Textual's names, the first is the one shown."""

    id: str
    keys: tuple[str, ...]
    label: str
    group: str
    effect: Callable[[Hands], None]
    changes_marks: bool = False

    @property
    def asks(self) -> bool:
        """Whether what is typed next is an answer."""
        return isinstance(self.effect, showing.Asking)


MOVE, TRIAGE, FIND, SHOW, OUT, APP = "Move", "Triage", "Find", "Show", "Take out and in", "Program"


COMMANDS: tuple[Command, ...] = (
    Command("down", ("j", "down"), "down", MOVE, moving.step(1)),
    Command("up", ("k", "up"), "up", MOVE, moving.step(-1)),
    Command("top", ("g", "home"), "to the top", MOVE, moving.end(False)),
    Command("bottom", ("G", "end"), "to the end", MOVE, moving.end(True)),
    Command("page-down", ("pagedown",), "a page down", MOVE, moving.page(1)),
    Command("page-up", ("pageup",), "a page up", MOVE, moving.page(-1)),
    Command("half-down", ("ctrl+d",), "half a page down", MOVE, moving.page(0.5)),
    Command("half-up", ("ctrl+u",), "half a page up", MOVE, moving.page(-0.5)),
    Command("open", ("enter",), "open the event or story; in the summary: jump to the sentence", MOVE, moving.open),
    Command("in", ("l", "right"), "step in: event, story, text, summary", MOVE, moving.right),
    Command("out", ("h", "left"), "step out again; on an event, fold it", MOVE, moving.close),
    Command(
        "back",
        ("escape",),
        "drop the selection, back to the list, clear search or filter, close a sheet",
        MOVE,
        moving.escape,
    ),
    Command("next-pane", ("tab",), "next pane", MOVE, moving.pane(1)),
    Command("previous-pane", ("shift+tab",), "previous pane", MOVE, moving.pane(-1)),
    Command("list-pane", ("1",), "the list", MOVE, moving.focus(LIST)),
    Command("text-pane", ("2",), "the text", MOVE, moving.focus(TEXT)),
    Command("summary-pane", ("3",), "the summary", MOVE, moving.focus(SUMMARY)),
    Command("next-unread", ("n",), "next unread story", MOVE, moving.unread(1)),
    Command("previous-unread", ("p",), "previous unread story", MOVE, moving.unread(-1)),
    Command("arrivals", ("I",), "to the next story that came in while you read", MOVE, moving.arrival),
    Command("next-event", ("]",), "next event", MOVE, moving.event(1)),
    Command("previous-event", ("[",), "previous event", MOVE, moving.event(-1)),
    Command("space", ("space",), "a page of text down, at its end the next unread story", MOVE, moving.space),
    Command("read", ("r",), "read, and on to the next unread", TRIAGE, triage.read, changes_marks=True),
    Command("read-event", ("R",), "the whole event read, and on", TRIAGE, triage.read_event, changes_marks=True),
    Command("toggle-read", ("m",), "read or unread", TRIAGE, triage.toggle_read, changes_marks=True),
    Command("dismiss", ("x",), "dismiss, or bring back", TRIAGE, triage.dismiss, changes_marks=True),
    Command("dismiss-event", ("X",), "dismiss the whole event", TRIAGE, triage.dismiss_event, changes_marks=True),
    Command("star", ("s",), "star", TRIAGE, triage.star, changes_marks=True),
    Command("star-event", ("S",), "star the whole event", TRIAGE, triage.star_event, changes_marks=True),
    Command("tags", ("t",), "edit the tags", TRIAGE, showing.Asking("tags"), changes_marks=True),
    Command(
        "tag-event",
        ("T",),
        "edit the tags of the event",
        TRIAGE,
        showing.Asking("tags of the event"),
        changes_marks=True,
    ),
    Command("repeat-tags", (".",), "the last tags again", TRIAGE, triage.repeat_tags, changes_marks=True),
    Command("note", ("c",), "write a note", TRIAGE, showing.Asking("note"), changes_marks=True),
    Command(
        "note-editor", ("ctrl+e",), "write a note in your editor", TRIAGE, lambda h: h.edit_note(), changes_marks=True
    ),
    Command(
        "highlight", ("H",), "highlight: a sentence, or what is picked", TRIAGE, triage.highlight, changes_marks=True
    ),
    Command("select", ("v",), "select this row and on; in the text: pick a sentence", TRIAGE, selecting.select_one),
    Command(
        "select-range",
        ("V",),
        "select from the last selected row to here; in the text: from this sentence on",
        TRIAGE,
        selecting.select_range,
    ),
    Command(
        "select-down", ("shift+down",), "select this row, or sentence, and the next", TRIAGE, selecting.select_step(1)
    ),
    Command(
        "select-up",
        ("shift+up",),
        "select this row, or sentence, and the one before",
        TRIAGE,
        selecting.select_step(-1),
    ),
    Command("select-all", ("*",), "select all that is shown, or nothing again", TRIAGE, selecting.select(Reach.SHOWN)),
    Command("select-above", ("(",), "select all above the cursor", TRIAGE, selecting.select(Reach.ABOVE)),
    Command("select-below", (")",), "select all below the cursor", TRIAGE, selecting.select(Reach.BELOW)),
    Command("select-query", ("%",), "select what a query finds", TRIAGE, showing.Asking("select")),
    Command("undo", ("u",), "undo", TRIAGE, triage.undo, changes_marks=True),
    Command("redo", ("ctrl+r",), "redo", TRIAGE, triage.redo, changes_marks=True),
    Command("search", ("/",), "search titles and texts", FIND, showing.Asking("search")),
    Command("filter", ("f",), "filter: is:unread is:starred tag:… outlet:… words", FIND, showing.Asking("filter")),
    Command("clear-filter", ("F",), "clear search and filter", FIND, lambda h: h.clear_filter()),
    Command("queries", ("'",), "go to a saved query", FIND, showing.Asking("queries")),
    Command(
        "save-query",
        ("ctrl+s",),
        "save the filter under a name",
        FIND,
        showing.Asking("save query"),
        changes_marks=True,
    ),
    Command(
        "delete-query", ("ctrl+k",), "delete a saved query", FIND, showing.Asking("delete query"), changes_marks=True
    ),
    Command(
        "order", ("O",), "the next order: newest, most outlets, most origins, unread, oldest", SHOW, showing.next_order
    ),
    Command("layout", ("E",), "the next layout: a row an event, a storyline, a story", SHOW, showing.next_layout),
    Command("fold-all", ("Z",), "fold all events, or unfold them", SHOW, showing.fold_all),
    Command(
        "restore",
        ("B",),
        "restore a line that cleaning took out, in this story",
        TRIAGE,
        showing.Asking("restore"),
        changes_marks=True,
    ),
    Command(
        "restore-everywhere",
        ("ctrl+b",),
        "restore a line in all stories of the outlet",
        TRIAGE,
        showing.Asking("restore everywhere"),
        changes_marks=True,
    ),
    Command(
        "merge", ("&",), "the selected stories are one event", TRIAGE, lambda h: h.judge("merge"), changes_marks=True
    ),
    Command(
        "split", ("#",), "this story is no part of its event", TRIAGE, lambda h: h.judge("split"), changes_marks=True
    ),
    Command("longer", ("+", "="), "a longer summary", SHOW, showing.length(1)),
    Command("shorter", ("-",), "a shorter summary", SHOW, showing.length(-1)),
    Command("new", ("N",), "summary: only what is new to you in the event", SHOW, showing.toggle("new")),
    Command("dropped", ("b",), "show what cleaning took out", SHOW, showing.toggle("dropped")),
    Command("why", ("w",), "why the story stands in its event, or alone", SHOW, lambda h: h.sheet("why")),
    Command("quotes", ('"',), "who said what in the event", SHOW, lambda h: h.sheet("quotes")),
    Command("differences", ("d",), "what the stories share, and where they differ", SHOW, showing.sheet("differences")),
    Command(
        "storyline", ("L",), "the storyline by day: reports, turning points, silence", SHOW, showing.sheet("storyline")
    ),
    Command(
        "statistics",
        ("C",),
        "unread by outlet and day, tags in use, who covers what",
        SHOW,
        showing.sheet("statistics"),
    ),
    Command("narrower", ("<",), "a narrower list, or summary; edges can be dragged too", SHOW, lambda h: h.widen(-1)),
    Command("wider", (">",), "a wider list, or summary", SHOW, lambda h: h.widen(1)),
    Command("zen", ("z",), "the text alone", SHOW, showing.toggle("zen")),
    Command("open-url", ("o",), "open the story's address in a browser", OUT, lambda h: h.browse()),
    Command("copy", ("y",), "copy the link, or the title", OUT, lambda h: h.copy()),
    Command("export", ("e",), "export the selection, else all tagged, to Markdown", OUT, showing.Asking("export")),
    Command("add", ("a",), "add files or a folder", OUT, showing.Asking("add"), changes_marks=True),
    Command(
        "stop", ("ctrl+x",), "stop what runs in the background; what is stored stays", APP, lambda h: h.stop_work()
    ),
    Command("palette", ("ctrl+p",), "every command by name", APP, lambda h: h.palette()),
    Command("help", ("?",), "help", APP, lambda h: h.help()),
    Command("quit", ("q",), "quit; everything is saved", APP, lambda h: h.leave()),
)


SELECTED, PICKING, EMPTY, UNADDRESSED = "selection", "pick", "empty library", "text without an address"
FOOT: Mapping[str, Mapping[str, str]] = {
    LIST: {
        "open": "open", "space": "next", "read": "read", "dismiss": "dismiss", "star": "star", "tags": "tag",
        "undo": "undo", "search": "search", "next-unread": "unread", "filter": "filter", "export": "export",
    },
    SELECTED: {
        "read": "read", "dismiss": "dismiss", "star": "star", "tags": "tag", "merge": "one event", "undo": "undo",
        "back": "drop", "export": "export",
    },
    TEXT: {
        "space": "next", "back": "list", "star": "star", "tags": "tag", "highlight": "highlight", "undo": "undo",
        "dropped": "cut out", "open-url": "browser", "note": "note",
    },
    PICKING: {
        "down": "on", "up": "back", "select-range": "extend", "highlight": "highlight", "undo": "undo",
        "back": "leave",
    },
    SUMMARY: {
        "open": "go there", "back": "list", "longer": "longer", "shorter": "shorter", "new": "new", "why": "why",
        "differences": "compare", "quotes": "quotes",
    },
    EMPTY: {
        "add": "add", "stop": "stop", "arrivals": "came in", "help": "help", "palette": "commands",
        "quit": "quit",
    },
    UNADDRESSED: {
        "space": "next", "back": "list", "star": "star", "tags": "tag", "highlight": "highlight", "undo": "undo",
        "dropped": "cut out", "note": "note",
    },
}  # fmt: skip
"""The keys that matter in each pane, in a selection, a pick and an empty library, likeliest first, with their short
labels: the footer, which shows as many as there is room for, and the help's beginning."""


def at_hand(pane: str, *, empty: bool, selected: bool, picking: bool, address: bool) -> Mapping[str, str]:
    """The keys that matter now. empty: there is no story at all; address: the story has one that can be opened."""
    if empty:
        return FOOT[EMPTY]
    if pane == LIST and selected:
        return FOOT[SELECTED]
    if pane == TEXT and not picking and not address:
        return FOOT[UNADDRESSED]
    return FOOT[PICKING if pane == TEXT and picking else pane]


BY_ID = {c.id: c for c in COMMANDS}


def run(command: Command, hands: Hands) -> None:
    """Carries a command out, or says why it cannot be."""
    if command.changes_marks and hands.desk.marks.read_only:
        hands.say(f"Nothing was changed: this desk is read-only, because {hands.desk.marks.why_read_only}")
        return
    command.effect(hands)
