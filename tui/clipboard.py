"""The clipboard of whoever sits at the terminal, by OSC 52: it works over ssh, where no clipboard program could.

tmux and screen hand a terminal's sequences on only when they are wrapped in one of their own (DCS).
"""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Mapping
from contextlib import suppress

ESC, BEL = "\x1b", "\a"
STRING_END = f"{ESC}\\"
CHUNK = 240  # characters; screen keeps 256 of a string, in versions before 4.2, and drops the rest


def sequences(text: str, environ: Mapping[str, str]) -> str:
    """What to write to the terminal that environ tells of, to have text in the clipboard."""
    plain = f"{ESC}]52;c;{base64.b64encode(text.encode('utf-8', 'replace')).decode('ascii')}{BEL}"
    term = environ.get("TERM", "")
    if environ.get("TMUX") or term.startswith("tmux"):
        # The plain one is for tmux itself (set-clipboard on), the wrapped one for the terminal (allow-passthrough on).
        return plain + through_tmux(plain)
    if environ.get("STY"):
        return through_screen(plain)
    if term.startswith("screen"):  # at the far end of ssh: one of the two, and tmux passes over what is not for it
        return plain + through_screen(plain)
    return plain


def through_tmux_itself(text: str, environ: Mapping[str, str]) -> None:
    """Has a tmux we run in put text into its buffer and hand it on: as it comes, it lets no program's sequence through
    (set-clipboard external), but does this for its own command. Waits for it; without tmux, or an old one, nothing."""
    if environ.get("TMUX"):
        with suppress(OSError, subprocess.SubprocessError):
            told = text.encode("utf-8", "replace")
            subprocess.run(["tmux", "load-buffer", "-w", "-"], input=told, timeout=5, capture_output=True, check=False)


def through_tmux(sequence: str) -> str:
    return f"{ESC}Ptmux;{sequence.replace(ESC, ESC + ESC)}{STRING_END}"


def through_screen(sequence: str) -> str:
    """In pieces, which screen sends on one after the other: the terminal reads them as one sequence."""
    pieces = (sequence[at : at + CHUNK] for at in range(0, len(sequence), CHUNK))
    return "".join(f"{ESC}P{piece}{STRING_END}" for piece in pieces)
