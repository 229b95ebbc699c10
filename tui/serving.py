"""The desk in a web browser, through textual-serve: each browser tab is a desk of its own, a process like any other.

Whoever reaches the address has the library, so: on loopback only pages of this very address get in (a page of another
site could open a socket to it, and a name may be bent to point here), and elsewhere only whoever has the token.
"""

from __future__ import annotations

import re
import secrets
import shlex
import socket
from argparse import Namespace
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from textual_serve.server import Server

from tui.backroom import command
from tui.headless import say

COOKIE = "diplo-reader"
_A_HOST = re.compile(r"[\w.:\[\]-]{1,255}", re.ASCII)  # it is put into the page
TOKEN_BYTES = 24  # random, 192 bits: beyond guessing
# textual-serve's page asks a font of another host; the desk tells nobody that it is open.
NOTHING_FROM_ELSEWHERE = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self' ws: wss:; frame-ancestors 'none'"
)
# ... and it waits for a click before it listens to keys.
KEYS_AT_ONCE = """<script>
const waiting = setInterval(() => {
  const keys = document.querySelector(".xterm-helper-textarea");
  if (keys) { keys.focus(); if (document.activeElement === keys) clearInterval(waiting); }
}, 100);
</script>"""


def serve(folder: Path, options: Namespace) -> int:
    """Serves the desk of the library in folder until Ctrl+C."""
    token = None if is_loopback(options.host) else secrets.token_urlsafe(TOKEN_BYTES)
    server = DeskServer(folder, options.host, options.port, token=token, public_url=options.public_url)
    first, *others = server.addresses
    say.line(f"The desk is at {first}")
    for address in others:
        say.line(f"            or {address}")
    say.all_said()
    if token:
        say.note("Whoever has this address has your library, and nothing is encrypted on the way: keep it to yourself")
    say.note("Ctrl+C ends it; your marks are saved as you go")
    try:
        server.serve()
    except OSError as error:
        say.note(f"diplo-reader: cannot listen on {options.host}:{options.port} ({error.strerror}); try another --port")
        return 1
    return 0


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens on host."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def reachable(host: str) -> tuple[str, ...]:
    """Under which names a server that listens on host can be reached: of one that listens everywhere ("0.0.0.0", "::")
    those of this machine, as far as it knows them, which says nothing of a router or a firewall before it."""
    try:
        everywhere = ip_address(host).is_unspecified
    except ValueError:
        everywhere = not host
    if not everywhere:
        return (host,)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    loopback = "::1" if ":" in host else "127.0.0.1"
    found = [_way_out(family)]
    with suppress(OSError):
        found += [str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, family)]
    usable = (name for name in found if name and not ip_address(name.partition("%")[0]).is_loopback)
    return (*dict.fromkeys(usable), loopback)


def _way_out(family: socket.AddressFamily) -> str:
    """The address this machine would send from to another network; empty without one. Nothing is sent."""
    far = "2001:db8::1" if family == socket.AF_INET6 else "192.0.2.1"  # for documentation, RFC 5737 and 3849
    with socket.socket(family, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect((far, 9))
        return str(probe.getsockname()[0])
    return ""


class DeskServer(Server):
    def __init__(self, folder: Path, host: str, port: int, *, token: str | None, public_url: str | None = None) -> None:
        desk = shlex.join(command("--library", str(folder), "desk"))
        super().__init__(desk, host=host, port=port, title="diplo-reader", public_url=public_url)
        self.token = token
        self._given = bool(public_url)

    @property
    def address(self) -> str:
        return self.addresses[0]

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where the desk can be opened, each with the token where one is asked for."""
        behind = f"/?token={self.token}" if self.token else ""
        names = () if self._given else reachable(self.host)
        bracketed = (f"[{name}]" if ":" in name else name for name in names)
        urls = [f"http://{name}:{self.port}" for name in bracketed] or [self.public_url]
        return tuple(f"{url}{behind}" for url in urls)

    def initialize_logging(self) -> None:
        """Nothing: what goes wrong in a desk stands in that desk, and its log."""

    async def on_startup(self, app: web.Application) -> None:
        """Nothing: the address was told before."""

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard())
        return app

    def _guard(self) -> Middleware:
        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            self._of_this_address(request)
            shown = request.query.get("token") or request.cookies.get(COOKIE) or ""
            if self.token and not secrets.compare_digest(shown.encode(), self.token.encode()):
                raise web.HTTPForbidden(text="This desk needs the address with its token, as diplo-reader printed it.")
            response = await handler(request)
            if isinstance(response, web.Response) and response.content_type == "text/html":
                page = (response.text or "").replace(urlsplit(self.public_url).netloc, self._here(request))
                response.text = page.replace("</body>", f"{KEYS_AT_ONCE}</body>")
                response.headers["Content-Security-Policy"] = NOTHING_FROM_ELSEWHERE
            if self.token and not response.prepared:
                response.set_cookie(COOKIE, self.token, httponly=True, samesite="Strict")
                response.headers["Referrer-Policy"] = "no-referrer"
            return response

        return guard

    def _of_this_address(self, request: web.Request) -> None:
        """Refuses a page of another site, and an address that was bent to point here."""
        here = self._here(request)
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != here:
            raise web.HTTPForbidden(text="Another site's page may not open this desk.")
        if not _A_HOST.fullmatch(request.host) or (not self.token and request.host != here):
            raise web.HTTPForbidden(text=f"This desk is at {self.public_url} and answers to no other name.")

    def _here(self, request: web.Request) -> str:
        """The name of this desk: where a token is asked for, whichever of its many it was opened under."""
        return request.host if self.token and not self._given else urlsplit(self.public_url).netloc
