"""The reader's own editor on a note: which it is, what it is given, what comes back."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from store.errors import InputError
from store.intake import clean_characters

BELOW = "# ------------------------ >8 ------------------------"
DEFAULTS = ("editor", "nano", "vim", "vi", "emacs", "notepad")


def command(env: Mapping[str, str] = os.environ) -> list[str]:
    """The program that $VISUAL, else $EDITOR names, else the first of the usual ones that is there. Raises
    InputError."""
    for name in ("VISUAL", "EDITOR"):
        if asked := env.get(name, "").strip():
            return _there(name, asked)
    found = next(filter(None, map(shutil.which, DEFAULTS)), None)
    if found is None:
        raise InputError("There is no editor: set VISUAL or EDITOR to one, or press {note} for a note of one line")
    return [found]


def _there(name: str, asked: str) -> list[str]:
    try:
        words = shlex.split(asked, posix=os.name == "posix")
    except ValueError as error:
        raise InputError(f"{name} is {asked!r}, which is no command ({error}): set it to your editor") from error
    if not words or not shutil.which(words[0]):
        raise InputError(f"{name} is {asked!r}, and there is no such program: set it to your editor, or press {{note}}")
    return words


def edited(note: str, about: str, env: Mapping[str, str] = os.environ) -> str:
    """The note as the reader leaves it. about says in the file what it is about.

    Raises InputError where the editor fails; what was written by then is kept in a file that the message names.
    """
    words = command(env)
    folder = Path(tempfile.mkdtemp(prefix="diplo-reader-note-"))
    file = folder / "note.md"
    ours = (BELOW, f"# Your note on: {' '.join(about.split())}", "# These three lines are left out.")
    try:
        file.write_text("\n".join((note, "", *ours, "")), "utf-8")
        status = subprocess.run([*words, str(file)], check=False).returncode
        written = file.read_text("utf-8", errors="replace")
    except OSError as error:
        raise InputError(
            f"{words[0]} could not be used: {error.strerror}. The note is as it was; {file} is kept"
        ) from error
    if status:
        raise InputError(f"{words[0]} ended with status {status}. The note is as it was; what you wrote is in {file}")
    with suppress(OSError):
        shutil.rmtree(folder)
    return note_in(written, ours)


def note_in(written: str, ours: Sequence[str]) -> str:
    """What of the file is the note: all but our lines, for many an editor begins behind them. Lines as they are,
    without white space at their ends and around all of them."""
    found = written.replace("\r\n", "\n").split("\n")
    for line in ours:
        at = next((n for n in range(len(found) - 1, -1, -1) if found[n].startswith(line)), None)
        if at is not None:
            more = found[at].removeprefix(line)
            found[at : at + 1] = [more] if more.strip() else []
    lines = [clean_characters(line).rstrip() for line in found]
    return "\n".join(lines).strip("\n").rstrip()
