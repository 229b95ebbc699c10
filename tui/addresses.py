"""Web addresses on the screen: which may be handed to a terminal or a browser, and whether there is a browser."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

MOST = 2083  # bytes of an address in OSC 8, as VTE has it
SHOWN = 72  # columns of an address as a line of the page
_MAY_STAND = "%/:=&?~#+!$,;'@()*[]"  # what an address is made of beside letters, digits and -._~ (RFC 3986)
_IN_THE_TERMINAL = ("lynx", "w3m", "links", "links2", "elinks", "browsh", "www-browser")


def safe(url: str | None) -> str:
    """The address as printable ASCII, all else in it percent-encoded, so that nothing in it can act on a terminal;
    empty when it is not of the web."""
    if not url or not url.startswith(("http://", "https://")):
        return ""
    return quote(url, safe=_MAY_STAND, errors="replace")


def link(url: str | None) -> str:
    """The address to link to (OSC 8); empty when there is none that a terminal will take."""
    address = safe(url)
    return address if len(address) <= MOST else ""


def shown(url: str | None) -> str:
    """The address as a reader takes it in: without the scheme, cut where it is long."""
    bare = safe(url).partition("://")[2].removeprefix("www.").rstrip("/")
    return bare if len(bare) <= SHOWN else bare[: SHOWN - 1] + "…"


def opens_here(environ: Mapping[str, str]) -> bool:
    """Whether a browser that is opened now opens before the reader's eyes, and not over the desk or far away."""
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return False
    own = Path(environ.get("BROWSER", "").split(os.pathsep)[0].split(" ")[0]).name
    if own:
        return own not in _IN_THE_TERMINAL
    if sys.platform in ("darwin", "win32") or shutil.which("wslview"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
