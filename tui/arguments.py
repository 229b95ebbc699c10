"""What can be typed behind `diplo-reader`: commands, their options, their help. Nothing is done here."""

from __future__ import annotations

import argparse
from collections.abc import Sequence, Set
from pathlib import Path

from store.summary import METHODS
from tui.headless import say
from tui.headless.flags import FLAGS

WITHOUT_LIBRARY = frozenset({"clean", "group", "demo", "keys"})  # commands that look at none


def with_command(arguments: list[str], known: Set[str]) -> list[str]:
    """`diplo-reader PATH...` is `diplo-reader desk PATH...`; a file named as a known command is written ./add."""
    if {"--help", "--version"} & set(arguments[: (place := place_of_command(arguments)) + 1]):
        return arguments
    rest = arguments[place:]
    if rest and (rest[0] in known or rest[0] == "-h"):
        return arguments
    return [*arguments[:place], "desk", *rest]


def place_of_command(arguments: Sequence[str]) -> int:
    """Where the first word stands that is no option and no option's value."""
    place = 0
    while place < len(arguments) and arguments[place].startswith("--") and arguments[place] != "--":
        if arguments[place] in ("--help", "--version"):
            break
        place += 1 if "=" in arguments[place] else 2
    return place


def _named(text: str) -> Path:
    """A file by its name. An empty one, of a variable that was not set, is the folder one stands in to Path."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the name of the file is empty")
    return Path(text)


def parser(*, only_desk: bool = False) -> argparse.ArgumentParser:
    """only_desk: without the other commands, whose options are then neither looked up nor loaded."""
    made = argparse.ArgumentParser(
        prog="diplo-reader",
        usage="diplo-reader [--library DIR] [PATH ...]\n       diplo-reader [--library DIR] COMMAND ...",
        description="A terminal reading desk for people who follow diplomacy. With paths, or without anything, it "
        "opens the desk; paths (files, folders, - for standard input) are added first.",
        epilog="`diplo-reader demo` opens sample stories in a library that is gone afterwards.",
    )
    _library(made, default=None, help="the library's folder (else DIPLO_READER_LIBRARY)")
    made.add_argument("--version", action=_Version, nargs=0, help="show program's version number and exit")
    sub = made.add_subparsers(dest="command", required=True, metavar="COMMAND", title="commands", prog="diplo-reader")
    desk = sub.add_parser("desk", help="open the desk; what PATH... without a command does")
    desk.add_argument("paths", nargs="*", metavar="PATH")
    if not only_desk:
        _add_desk_commands(sub)
        _add_library_commands(sub)
        _add_event_commands(sub)
        _add_pipes(sub)
    for command in set(sub.choices) - WITHOUT_LIBRARY:
        _library(sub.choices[command], default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return made


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        say.line(f"diplo-reader {version('diplo-reader')}")
        parser.exit()


def _library(parser: argparse.ArgumentParser, *, default: object, help: str) -> None:
    """Understood before a command and after it: who types it does not remember which."""
    parser.add_argument("--library", type=Path, metavar="DIR", default=default, help=help)


def _add_desk_commands(sub: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    demo = sub.add_parser("demo", help="open the desk on sample stories")
    demo.add_argument("--headless", action="store_true", help="list them instead of opening the desk")
    _json(sub.add_parser("paths", help="where the library, its files and the settings are"))
    keys = sub.add_parser("keys", help="the keys of the desk")
    keys.add_argument("--markdown", action="store_true", help="as a Markdown table")
    web = sub.add_parser("serve", help="the desk in a web browser")
    web.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1: this machine alone)")
    web.add_argument("--port", type=_port, default=8391, help="the port (8391)")
    web.add_argument("--public-url", metavar="URL", help="the address others reach it at, where it is another")
    _add_keeping(sub)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is no port: 1 to 65535")
    return int(text)


def _add_keeping(sub: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = _json(sub.add_parser("check", help="read all of the library and say whether it is sound"))
    check.add_argument(
        "--repair", action="store_true", help="mend what is not; what is damaged is set aside, never deleted"
    )
    backup = _json(sub.add_parser("backup", help="the whole library in one file"))
    backup.add_argument("file", nargs="?", type=Path, default=Path(), metavar="FILE", help="else a name with the date")
    restore = _json(sub.add_parser("restore", help="take back a backup; what there is, is set aside"))
    which = restore.add_mutually_exclusive_group()
    which.add_argument(
        "file", nargs="?", type=_named, metavar="FILE", help="of `backup`; without it the marks from their own backup"
    )
    which.add_argument(
        "--empty", action="store_true", help="start without marks; the marks that are there get another name"
    )


def _document(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--markdown", action="store_true", help="as a Markdown document")
    parser.add_argument("-o", "--output", metavar="FILE", help="write the document to FILE (- for standard output)")
    parser.add_argument("--force", action="store_true", help="replace FILE though it is not ours; the old one is kept")


def _add_library_commands(sub: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from store.export import DEFAULT, EXPORTERS

    add = _json(sub.add_parser("add", help="add stories"))
    add.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input")
    _json(sub.add_parser("rebuild", help="make texts, groups and index anew from the raw texts; marks untouched"))
    list_ = _json(sub.add_parser("list", help="events and their stories"))
    list_.add_argument("query", nargs="*", metavar="QUERY")
    search = _json(sub.add_parser("search", help="stories that a query finds, those that hold its words best, first"))
    search.add_argument("words", nargs="+", metavar="WORD")
    search.add_argument("--limit", type=_positive, default=50, metavar="N")
    saved = _json(
        sub.add_parser("queries", help="saved queries, with what each finds; @NAME stands for one in any query")
    )
    saved.add_argument("query", nargs="*", metavar="QUERY", help="with --save: what to save")
    saved.add_argument("--save", metavar="NAME", help="keep QUERY under this name")
    saved.add_argument("--delete", metavar="NAME", help="take this one away")
    show = _json(sub.add_parser("show", help="one story"))
    show.add_argument("id", metavar="ID", help="its id, or the beginning of it")
    show.add_argument("--dropped", action="store_true", help="with what cleaning took out")
    mark = _json(sub.add_parser("mark", help="set read state, star, note"))
    mark.add_argument("flags", nargs="*", type=_flag, metavar="FLAG", help=", ".join(FLAGS))
    mark.add_argument("--note", metavar="TEXT")
    tag = _json(sub.add_parser("tag", help="add tags; --remove takes them off"))
    tag.add_argument("tags", nargs="*", default=[], metavar="TAG")
    tag.add_argument("--remove", action="append", default=[], metavar="TAG")
    for chosen in (mark, tag):
        chosen.add_argument("--id", action="append", metavar="ID", help="a story, by id or the beginning of it")
        chosen.add_argument("--query", metavar="QUERY", help="all the stories that fit")
    export = _json(sub.add_parser("export", help="write a press review"))
    export.add_argument("query", nargs="*", metavar="QUERY", help="which stories; without it all that are tagged")
    export.add_argument("-o", "--output", default="-", metavar="FILE")
    export.add_argument("--format", choices=list(EXPORTERS), default=DEFAULT)
    export.add_argument("--force", action="store_true", help="also onto a file that is not ours; the old one is kept")
    export.add_argument(
        "--story",
        action="append",
        metavar="ID",
        help="this story, instead of a query; again, or with commas between, for more",
    )


def _add_event_commands(sub: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    listed = _json(sub.add_parser("events", help="events: who reports them, how many origins, why they are one"))
    listed.add_argument("query", nargs="*", metavar="QUERY")
    listed.add_argument("--why", action="store_true", help="with --json: also what each story shares, as data")
    why = _json(sub.add_parser("why", help="why a story stands in its event, or what keeps two stories apart"))
    why.add_argument("id", metavar="ID", help="its id, or the beginning of it")
    why.add_argument("other", nargs="?", metavar="ID", help="another story")
    _document(why)
    furniture = _json(sub.add_parser("furniture", help="the lines learned to be furniture of an outlet"))
    furniture.add_argument("outlet", nargs="?", metavar="OUTLET")
    switch = furniture.add_mutually_exclusive_group()
    switch.add_argument(
        "--off", nargs="?", const="", metavar="LINE", help="read this line, or all, of OUTLET after all"
    )
    switch.add_argument("--on", nargs="?", const="", metavar="LINE", help="take it for furniture again")
    settle = _json(sub.add_parser("settle", help="have rules take effect: what the desk calls after it made some"))
    settle.add_argument("--story", action="append", default=[], metavar="ID", help="group it and its event anew")
    settle.add_argument("--regroup", action="store_true", help="group all stories anew")
    settle.add_argument("--reread", action="append", default=[], metavar="ID", help="read it anew")
    settle.add_argument("--outlet", action="append", default=[], metavar="OUTLET", help="read its stories anew")
    said = _json(sub.add_parser("quotes", help="who said what, by speaker; the same in other wordings beside it"))
    said.add_argument("query", nargs="*", metavar="QUERY")
    said.add_argument("--story", action="append", metavar="ID", help="of this story; again for more")
    said.add_argument("--event", metavar="ID", help="of this event, named by its id or a story's of it")
    said.add_argument("--speaker", metavar="NAME", help="only what this one said; part of a name will do")
    _document(said)
    compared = _json(sub.add_parser("differences", help="what the stories of an event share, and where they differ"))
    by_day = _json(sub.add_parser("storyline", help="a storyline by day: reports, turning points, silence"))
    for sheet in (compared, by_day):
        sheet.add_argument("id", metavar="ID", help="of the event or of a story of it, or the beginning of a story's")
        _document(sheet)
    _document(_json(sub.add_parser("statistics", help="unread by outlet and day, tags in use, who covers what")))
    merge = _json(sub.add_parser("merge", help="put stories, and their events, together for good"))
    merge.add_argument("ids", nargs="+", metavar="ID")
    split = _json(sub.add_parser("split", help="take a story out of its event for good"))
    split.add_argument("id", metavar="ID")
    _json(sub.add_parser("rules", help="what you said is together or apart"))
    find = _json(sub.add_parser("find-event", help="the events that a text belongs to, best first; stores nothing"))
    find.add_argument("path", metavar="FILE", help="a file, or - for standard input")
    find.add_argument("--limit", type=_positive, default=5, metavar="N")


def _add_pipes(sub: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    clean = _json(sub.add_parser("clean", help="pipe: raw text or HTML to clean text"))
    group = _json(sub.add_parser("group", help="pipe: clean stories to events and storylines"))
    summarise = _json(sub.add_parser("summarise", help="pipe: clean stories to summaries"))
    for pipe in (clean, group, summarise):
        pipe.add_argument(
            "paths", nargs="*", metavar="PATH", help="files or folders; - or nothing: JSON Lines on stdin"
        )
    summarise.add_argument("-n", "--sentences", type=_positive, metavar="N")
    summarise.add_argument("--words", type=_positive, metavar="N")
    summarise.add_argument("--method", choices=METHODS, metavar="|".join(METHODS))
    summarise.add_argument("--id", action="append", metavar="ID", help="instead: this story of the library")
    summarise.add_argument("--event", metavar="ID", help="instead: all stories of the event that this one stands in")


def _json(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--json", action="store_true", help="JSON Lines, for programs")
    return parser


def _flag(text: str) -> str:
    if text not in FLAGS:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(FLAGS)}")
    return text


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < len(text) < 10 or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)
