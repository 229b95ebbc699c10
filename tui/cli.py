"""The command line: main(argv) -> exit status. 0 all well, 1 something was rejected, 2 wrong use.

Imports Textual last, and only to open the desk.
"""

from __future__ import annotations

import argparse
import errno
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from importlib import import_module
from pathlib import Path

from store import config
from store.errors import ArchiveDamaged, ConfigError, InputError, MarksDamaged, StoreError
from store.library import Library
from store.summary import METHODS, SUMMARISERS
from tui import commands, keymap
from tui.desk import counted
from tui.headless import crash, say


def _later(name: str) -> Callable[..., int]:
    """A command of tui.headless, loaded when it is first called: the desk needs none of them, and opens sooner."""
    module, _, function = name.partition(".")

    def command(*arguments: object) -> int:
        status: int = getattr(import_module(f"tui.headless.{module}"), function)(*arguments)
        return status

    return command


IN_LIBRARY = {
    "add": _later("adding.add"),
    "rebuild": _later("adding.rebuild"),
    "list": _later("reading.list_"),
    "search": _later("reading.search"),
    "queries": _later("reading.queries"),
    "show": _later("reading.show"),
    "mark": _later("reading.mark"),
    "tag": _later("reading.tag"),
    "export": _later("reading.export"),
    "events": _later("events.events"),
    "why": _later("events.why"),
    "differences": _later("sheets.differences"),
    "storyline": _later("sheets.storyline"),
    "statistics": _later("sheets.statistics"),
    "quotes": _later("quotes.quotes"),
    "merge": _later("events.merge"),
    "split": _later("events.split"),
    "rules": _later("events.rules"),
    "find-event": _later("events.find_event"),
    "furniture": _later("lines.furniture"),
    "settle": _later("lines.settle"),
}
ON_FOLDER = {
    "check": _later("keeping.check"),
    "backup": _later("keeping.backup"),
    "restore": _later("keeping.restore"),
    "paths": _later("keeping.paths"),
}
PIPES = {"clean": _later("piping.clean"), "group": _later("piping.group"), "summarise": _later("piping.summarise")}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit status. Whatever goes wrong is told in a line."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    say.ready()
    try:
        status = _status(arguments)
        say.all_said()
        return status
    except StoreError as error:
        say.note(f"diplo-reader: {error}{_way_out(error)}")
        return 2
    except BrokenPipeError:  # whoever read our output has had enough
        say.no_more()
        return 0
    except OSError as error:
        if error.errno != errno.ENOSPC:
            return _crashed()
        say.no_more()
        say.note("diplo-reader: the disk is full; what was to be written is not all there")
        return 2
    except KeyboardInterrupt:
        return 130
    except Exception:
        return _crashed()


def _status(arguments: list[str]) -> int:
    try:
        line = _with_command(arguments)
        options = _parser(only_desk=line != arguments).parse_args(line)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 2
    return _run(options)


def _crashed() -> int:
    say.note(f"diplo-reader: something went wrong that should not; the details are in {crash.note_down()}")
    return 3


def _way_out(error: StoreError) -> str:
    """What to type, where the store can only say what there is to choose from."""
    if not isinstance(error, MarksDamaged):
        return ""
    empty = "`diplo-reader restore --empty` begins without marks"
    return f" `diplo-reader restore` takes the backup; {empty}." if error.backup else f" {empty}."


def _with_command(arguments: list[str]) -> list[str]:
    """`diplo-reader PATH...` is `diplo-reader desk PATH...`; a file named as a command is written ./add."""
    known = {*IN_LIBRARY, *ON_FOLDER, *PIPES, "demo", "keys", "desk", "serve"}
    place = 0
    while place < len(arguments) and arguments[place].startswith("--") and arguments[place] != "--":
        if arguments[place] in ("--help", "--version"):
            return arguments
        place += 1 if "=" in arguments[place] else 2
    rest = arguments[place:]
    if rest and (rest[0] in known or rest[0] == "-h"):
        return arguments
    return [*arguments[:place], "desk", *rest]


def _run(options: argparse.Namespace) -> int:
    if options.command == "keys":
        table = _key_table()
        print(commands.as_markdown(table) if options.markdown else commands.as_text(table), end="")
        return 0
    settings = config.load(None, os.environ, choices={"summary.method": SUMMARISERS})
    if options.command in PIPES and not _of_library(options):
        return PIPES[options.command](options, settings)
    if options.command == "demo":
        return _demo(options, settings)
    folder = config.library_folder(options.library, os.environ, settings)
    if options.command == "serve":
        return _serve(folder, settings, options)
    if options.command in ON_FOLDER:
        return ON_FOLDER[options.command](folder, settings, options)
    if options.command == "desk":
        return _desk(folder, settings, options.paths)
    try:
        return _in_library(folder, settings, options)
    except ArchiveDamaged as damage:
        if options.command != "rebuild":
            raise
        _mend(folder, damage)
        return _in_library(folder, settings, options)


def _of_library(options: argparse.Namespace) -> bool:
    """Whether a pipe is asked about stories of the library."""
    return options.command == "summarise" and bool(options.id or options.event)


def _serve(folder: Path, _settings: config.Settings, options: argparse.Namespace) -> int:
    try:
        from tui import serving
    except ImportError as missing:
        say.note(
            f"diplo-reader: the desk in a browser needs {missing.name}, which is not installed; "
            "`python -m pip install 'diplo-reader[serve]'` installs it"
        )
        return 2
    return serving.serve(folder, options)


def _key_table() -> Sequence[commands.Command]:
    """The reader's keys; those of the table where the settings cannot be read, which is told."""
    try:
        settings = config.load(None, os.environ)
        return keymap.commands(settings.key_preset, settings.keys)[0]
    except ConfigError as wrong:
        say.note(f"diplo-reader: {wrong}")
        return commands.COMMANDS


def _in_library(folder: Path, settings: config.Settings, options: argparse.Namespace) -> int:
    with closing(Library.open(folder, settings)) as library:
        for notice in library.notices:
            say.note(notice)
        command = _later("summing.summarise") if _of_library(options) else IN_LIBRARY[options.command]
        return command(library, options)


def _mend(folder: Path, damage: ArchiveDamaged) -> None:
    """What `rebuild` does first where the archive does not open."""
    mended = Library.mend(folder, now=datetime.now())
    lost = f", {mended.lost} could not be read" if mended.lost else ""
    say.note(
        f"{damage}\n{counted(mended.kept, 'story', 'stories')} saved{lost}; the old file is kept as {mended.aside}"
    )


# --- the desk


def _desk(folder: Path, settings: config.Settings, paths: Sequence[str], name: str = "") -> int:
    if paths and not any(_there(path) for path in paths):
        say.note(f"diplo-reader: no such file or command: {paths[0]}; `diplo-reader --help` lists the commands")
        return 2
    in_browser = os.environ.get("TEXTUAL_DRIVER", "").startswith("textual.drivers.web_driver")
    if not sys.stdout.isatty() and not in_browser:
        todo = "`diplo-reader add PATH` adds without it" if paths else "`diplo-reader --help` lists what works without"
        say.note(f"diplo-reader: the desk needs a terminal; {todo}")
        return 2
    piped = _kept_stdin() if "-" in paths else None
    try:
        if not in_browser:
            _keys_from_terminal()
        library = _open_for_desk(folder, settings)
        return 1 if library is None else _show(library, paths, name=name, piped=piped)
    finally:
        if piped:
            piped.unlink(missing_ok=True)


def _there(name: str) -> bool:
    """Whether there is anything to read under a path as it was typed."""
    try:
        return name == "-" or Path(name).exists() or Path(name).expanduser().exists()
    except (OSError, RuntimeError, ValueError):
        return False


def _open_for_desk(folder: Path, settings: config.Settings) -> Library | None:
    try:
        return Library.open(folder, settings, desk=True)
    except MarksDamaged as damage:
        if damage.backup is None:
            raise
        say.note(f"diplo-reader: {damage}")
        if not _yes(f"Take the backup with {counted(damage.backup_marks, 'marked story', 'marked stories')}? [Y/n] "):
            say.note(f"Nothing was changed.{_way_out(damage)}")
            return None
        from tui.headless.keeping import restored_marks

        say.note(restored_marks(folder, use_backup=True))
        return Library.open(folder, settings, desk=True)


def _yes(question: str) -> bool:
    try:
        return input(question).strip().casefold() in ("", "y", "yes")
    except EOFError:
        return False


def _show(library: Library, paths: Sequence[str], *, name: str, piped: Path | None) -> int:
    from tui.app import DiploApp
    from tui.backroom import Backroom

    try:
        app = DiploApp(library, Backroom(library.folder, piped), today=date.today(), bring=paths, name=name)
        with _ending(app.leave):
            app.run()
        if app.crashed:
            say.note(f"diplo-reader: something went wrong that should not; the details are in {app.crashed}")
        return app.return_code or 0
    finally:
        library.close()


@contextmanager
def _ending(leave: Callable[[], None]) -> Iterator[None]:
    """Has the desk close as by its key when it is told to end, so that the terminal is left clean.

    Not for SIGHUP: there is no terminal left then, and a desk that waits for one would hold the library.
    """
    before = signal.signal(signal.SIGTERM, lambda *_: leave())
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _kept_stdin() -> Path:
    """What is piped in, as a file: the desk must open before it is added, and may be closed before that is done."""
    say.awaiting_input("stories")
    with tempfile.NamedTemporaryFile("wb", prefix="diplo-reader-", suffix=".input", delete=False) as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
    return Path(kept.name)


def _keys_from_terminal() -> None:
    """Makes the terminal standard input again, where something else is."""
    if sys.stdin.isatty():
        return
    try:
        os.dup2(os.open("/dev/tty" if os.name == "posix" else "CONIN$", os.O_RDONLY), 0)
    except OSError as error:
        raise InputError("There is no terminal to read keys from: use `diplo-reader add -`") from error


def _demo(options: argparse.Namespace, settings: config.Settings) -> int:
    """The sample stories in a library that is gone afterwards."""
    samples = Path(__file__).parent.parent / "store" / "samples" / "stories"
    with tempfile.TemporaryDirectory(prefix="diplo-reader-demo-", ignore_cleanup_errors=True) as folder:
        if options.headless:
            with closing(Library.open(Path(folder), settings)) as library:
                options.paths, options.json, options.query = [str(samples)], False, []
                return IN_LIBRARY["add"](library, options) or IN_LIBRARY["list"](library, options)
        return _desk(Path(folder), settings, [str(samples)], name="sample stories")


# --- the parser


def _parser(*, only_desk: bool = False) -> argparse.ArgumentParser:
    """only_desk: without the other commands, whose options are then neither looked up nor loaded."""
    parser = argparse.ArgumentParser(
        prog="diplo-reader",
        usage="diplo-reader [--library DIR] [PATH ...]\n       diplo-reader [--library DIR] COMMAND ...",
        description="A terminal reading desk for people who follow diplomacy. With paths, or without anything, it "
        "opens the desk; paths (files, folders, - for standard input) are added first.",
        epilog="`diplo-reader demo` opens sample stories in a library that is gone afterwards.",
    )
    _library(parser, default=None, help="the library's folder (else DIPLO_READER_LIBRARY)")
    parser.add_argument("--version", action=_Version, nargs=0, help="show program's version number and exit")
    sub = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", title="commands", prog="diplo-reader")
    desk = sub.add_parser("desk", help="open the desk; what PATH... without a command does")
    desk.add_argument("paths", nargs="*", metavar="PATH")
    if not only_desk:
        _add_desk_commands(sub)
        _add_library_commands(sub)
        _add_event_commands(sub)
        _add_pipes(sub)
    for command in set(sub.choices) - {*PIPES, "demo", "keys"}:
        _library(sub.choices[command], default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return parser


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
        "file", nargs="?", type=Path, metavar="FILE", help="of `backup`; without it the marks from their own backup"
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
    from tui.headless.reading import FLAGS

    add = _json(sub.add_parser("add", help="add stories"))
    add.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input")
    _json(sub.add_parser("rebuild", help="make texts, groups and index anew from the raw texts; marks untouched"))
    list_ = _json(sub.add_parser("list", help="events and their stories"))
    list_.add_argument("query", nargs="*", metavar="QUERY")
    search = _json(sub.add_parser("search", help="stories that hold all the words, best first"))
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
    export.add_argument("--story", action="append", metavar="ID", help="this story, instead of a query")


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
    from tui.headless.reading import FLAGS

    if text not in FLAGS:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(FLAGS)}")
    return text


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < len(text) < 10 or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)
