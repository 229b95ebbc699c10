"""The command line: main(argv) -> exit status. 0 all well, 1 something was rejected or could not be done, 2 wrong use,
3 a fault of ours, 130 interrupted.

What can be typed is in arguments.py, each command in tui.headless, the way to the desk in entry.py, which imports
Textual last.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import ArchiveDamaged, ConfigError, ExportFailed, LibraryError, StoreError, UnknownStory
from tui.headless import crash, say

if TYPE_CHECKING:
    from argparse import Namespace

    from store.config import Settings
    from store.library import Library


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


COMMANDS = frozenset({*IN_LIBRARY, *ON_FOLDER, *PIPES, "demo", "keys", "desk", "serve"})


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit status. Whatever goes wrong is told in a line."""
    say.ready()
    # Until what runs is loaded: none of it is garbage, and the collector would walk all of it a dozen times.
    gc.disable()
    try:
        status = _status(list(sys.argv[1:] if argv is None else argv))
        say.all_said()
        return status
    except StoreError as error:
        say.note(f"diplo-reader: {error}{say.way_out(error)}")
        state = isinstance(error, LibraryError | ExportFailed)  # of the library or the disk, not what was typed or set
        return 1 if state else 2
    except BrokenPipeError:  # whoever read our output has had enough
        say.no_more()
        return 0
    except OSError as error:
        if error.errno != errno.ENOSPC:
            return _crashed()
        say.no_more()
        say.note("diplo-reader: the disk is full; what was to be written is not all there")
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception:
        return _crashed()
    finally:
        gc.enable()


def _status(typed: list[str]) -> int:
    from tui import arguments, wording

    try:
        line = arguments.with_command(typed, COMMANDS)
        parser = arguments.parser(only_desk=line != typed)
        options = wording.parsed(parser, line, arguments.place_of_command(line))
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 2
    return _run(options)


def _crashed() -> int:
    say.note(f"diplo-reader: something went wrong that should not; the details are in {crash.note_down()}")
    return 3


_SWEEP = (
    20_000  # things made since the last sweep for cycles, of which ours make few; by 700 a fiftieth of the time goes
)


def _run(options: Namespace) -> int:
    from store import config
    from store.summary import SUMMARISERS

    if options.command != "desk":  # which sweeps in its own time
        gc.set_threshold(_SWEEP)
        gc.enable()
    if options.command == "keys":
        return _keys(markdown=options.markdown)
    settings = config.load(None, os.environ, choices={"summary.method": SUMMARISERS})
    if options.command in PIPES and not _of_library(options):
        return PIPES[options.command](options, settings)
    if options.command == "demo":
        from tui import entry

        return entry.demo(options, settings)
    folder = config.library_folder(options.library, os.environ, settings)
    if options.command == "serve":
        return _serve(folder, settings, options)
    if options.command in ON_FOLDER:
        return ON_FOLDER[options.command](folder, settings, options)
    if options.command == "desk":
        from tui import entry

        return entry.desk(folder, settings, options.paths)
    try:
        return _in_library(folder, settings, options)
    except ArchiveDamaged as damage:
        if options.command != "rebuild":
            raise
        _mend(folder, damage, options)
        return _in_library(folder, settings, options)


def _of_library(options: Namespace) -> bool:
    """Whether a pipe is asked about stories of the library."""
    return options.command == "summarise" and (options.id is not None or options.event is not None)


def _serve(folder: Path, _settings: Settings, options: Namespace) -> int:
    try:
        from tui import serving
    except ImportError as missing:
        say.note(
            f"diplo-reader: the desk in a browser needs {missing.name}, which is not installed; "
            "`python -m pip install 'diplo-reader[serve]'` installs it"
        )
        return 2
    return serving.serve(folder, options)


def _keys(*, markdown: bool) -> int:
    """The reader's keys; those of the table where the settings cannot be read, which is told."""
    from store import config
    from tui import commands, keymap

    table, status = commands.COMMANDS, 0
    try:
        settings = config.load(None, os.environ)
        keys = keymap.commands(settings.key_preset, settings.keys, settings.key_lines)
        table, status = keys.table, 1 if keys.wrong else 0
        for told in keys.told:
            say.note(f"{settings.file}: {told}")
    except ConfigError as wrong:
        say.note(f"diplo-reader: {wrong}")
        status = 2
    print(commands.as_markdown(table) if markdown else commands.as_text(table), end="")
    return status


def _in_library(folder: Path, settings: Settings, options: Namespace) -> int:
    from tui.headless.opening import opened

    with closing(opened(folder, settings)) as library:
        for notice in library.notices:
            if notice != library.unread or options.command != "rebuild":
                say.note(notice)
        command = _later("summing.summarise") if _of_library(options) else IN_LIBRARY[options.command]
        with _damage_told(library):
            try:
                status = command(library, options)
            except UnknownStory as error:  # which is nobody's mistake where all stories are gone
                if library.lost:
                    raise LibraryError(str(error)) from error
                raise
        # Whoever asks of stories that were lost, cron say, is not to take "none" for an answer.
        return status or int(bool(library.lost) and not _on_rules_alone(options))


def _on_rules_alone(options: Namespace) -> bool:
    """Whether a command is done without any story."""
    saves = options.command == "queries" and (options.save is not None or options.delete is not None)
    return options.command == "rules" or saves


@contextmanager
def _damage_told(library: Library) -> Iterator[None]:
    """What nobody foresaw may come of a damaged archive, which is looked for then. Raises ArchiveDamaged."""
    try:
        yield
    except (StoreError, OSError):
        raise
    except Exception as error:
        try:
            library.archive.verify()
        except StoreError as damage:
            raise damage from error
        raise


def _mend(folder: Path, damage: ArchiveDamaged, options: Namespace) -> None:
    """What `rebuild` does first where the archive does not open."""
    from store.library import Library
    from tui.headless.adding import progress

    say.note(str(damage))
    with progress(options) as told:
        mended = Library.mend(folder, now=datetime.now(), told=told)
    say.note(f"{mended.told}. The old file is kept as {mended.aside}")
