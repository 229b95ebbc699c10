"""The desk opened from the command line: what is piped in, who holds the library, damaged marks, the sample stories.

Imports Textual last.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from store import config
from store.errors import InputError, MarksDamaged
from store.library import Library
from tui import memory
from tui.desk import counted
from tui.headless import say
from tui.headless.opening import opened

# ms that Esc waits for the rest of a sequence; Textual's 100 are felt. A terminal on this machine writes a sequence at
# once; a network may part it, and tmux waits 10 there too.
ESC_DELAY, ESC_DELAY_AFAR = "4", "10"
# A second at most. At Textual's 60 a key right behind a frame, say of a cursor that blinks, waits 16 ms for its own.
FRAMES = "120"


def desk(folder: Path, settings: config.Settings, paths: Sequence[str], name: str = "") -> int:
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
        return opened(folder, settings, desk=True)
    except MarksDamaged as damage:
        if damage.backup is None:
            raise
        say.note(f"diplo-reader: {damage}")
        if not _yes(f"Take the {counted(damage.backup_marks, 'marked story', 'marked stories')}? [Y/n] "):
            say.note(f"Nothing was changed.{say.way_out(damage)}")
            return None
        from tui.headless.keeping import restored_marks

        say.note(restored_marks(folder, use_backup=True))
        return opened(folder, settings, desk=True)


def _yes(question: str) -> bool:
    try:
        return input(question).strip().casefold() in ("", "y", "yes")
    except EOFError:
        return False


def _show(library: Library, paths: Sequence[str], *, name: str, piped: Path | None) -> int:
    os.environ.setdefault("ESCDELAY", esc_delay(os.environ))
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
    memory.keep_together()
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

    Not for SIGHUP: there is no terminal left then, and a desk that waits for one would hold the library. It ends at
    once, and so it does where whoever started it ignores that signal, as nohup has it: no key would ever reach it.
    """
    if hangup := getattr(signal, "SIGHUP", None):  # Windows has none
        signal.signal(hangup, signal.SIG_DFL)
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


def esc_delay(environment: Mapping[str, str]) -> str:
    """What ESCDELAY is to be where the reader did not say."""
    afar = environment.keys() & {"SSH_CONNECTION", "SSH_TTY", "MOSH_CONNECTION"}
    return ESC_DELAY_AFAR if afar else ESC_DELAY


def _keys_from_terminal() -> None:
    """Makes the terminal standard input again, where something else is."""
    if sys.stdin.isatty():
        return
    try:
        os.dup2(os.open("/dev/tty" if os.name == "posix" else "CONIN$", os.O_RDONLY), 0)
    except OSError as error:
        raise InputError("There is no terminal to read keys from: use `diplo-reader add -`") from error


def demo(options: Namespace, settings: config.Settings) -> int:
    """The sample stories in a library that is gone afterwards."""
    samples = Path(__file__).parent.parent / "store" / "samples" / "stories"
    with tempfile.TemporaryDirectory(prefix="diplo-reader-demo-", ignore_cleanup_errors=True) as folder:
        if options.headless:
            from tui.headless import adding, reading

            with closing(Library.open(Path(folder), settings)) as library:
                options.paths, options.json, options.query = [str(samples)], False, []
                return adding.add(library, options) or reading.list_(library, options)
        return desk(Path(folder), settings, [str(samples)], name="sample stories")
