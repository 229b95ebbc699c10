"""The desk in a web browser: who gets in, and, where Chromium is there, that it works."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer

from store.config import Settings
from store.library import Library
from tests.conftest import NOW
from tui.serving import DeskServer, is_loopback

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
LETTER = "Talks open in Solmark\n\nSOLMARK, May 3 (Lark News) -- Envoys of both sides met in Solmark on Saturday.\n"


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("10.0.0.7", False), ("desk", False)],
)
def test_loopback_is_what_this_machine_alone_reaches(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


async def status(server: DeskServer, path: str, **headers: str) -> int:
    app = await server._make_app()
    async with TestClient(TestServer(app)) as client:
        response = await client.get(path, headers=headers)
        return response.status


HERE = {"Host": "127.0.0.1:8391"}


async def test_on_loopback_only_pages_of_this_address_get_in(tmp_path: Path) -> None:
    def server() -> DeskServer:
        return DeskServer(tmp_path, "127.0.0.1", 8391, token=None)

    assert await status(server(), "/", **HERE) == 200
    assert await status(server(), "/", Host="desk.example:8391") == 403, "a name that was bent to point here"
    assert await status(server(), "/ws", **HERE, Origin="http://elsewhere.example") == 403
    assert await status(server(), "/ws", **HERE, Origin="http://127.0.0.1:9999") == 403, "another program's page"
    assert "token" not in server().address


async def test_the_page_asks_nothing_of_another_host(tmp_path: Path) -> None:
    app = await DeskServer(tmp_path, "127.0.0.1", 8391, token=None)._make_app()
    async with TestClient(TestServer(app)) as client:
        response = await client.get("/", headers=HERE)
        policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy


async def test_elsewhere_only_whoever_has_the_token_gets_in(tmp_path: Path) -> None:
    def server() -> DeskServer:
        return DeskServer(tmp_path, "10.0.0.7", 8391, token="s3cret")

    assert server().address == "http://10.0.0.7:8391/?token=s3cret"
    assert await status(server(), "/") == 403
    assert await status(server(), "/?token=wrong") == 403
    assert await status(server(), "/?token=%C3%A9") == 403
    assert await status(server(), "/?token=s3cret") == 200
    for path in ("/ws", "/static/js/textual.js", "/download/x"):
        assert await status(server(), path) == 403, path
    assert await status(server(), "/static/js/textual.js", Cookie="diplo-reader=s3cret") == 200
    assert await status(server(), "/ws?token=s3cret", Origin="http://elsewhere.example") == 403


def test_a_desk_that_listens_everywhere_is_told_under_addresses_that_can_be_opened(tmp_path: Path) -> None:
    for host, loopback in (("0.0.0.0", "127.0.0.1"), ("::", "[::1]")):
        addresses = DeskServer(tmp_path, host, 8391, token="s3cret").addresses
        assert addresses[-1] == f"http://{loopback}:8391/?token=s3cret"
        assert not any(f"/{host}:" in address or "[::]" in address for address in addresses)
        assert all(address.endswith(":8391/?token=s3cret") for address in addresses)
        assert len(set(addresses)) == len(addresses)
    given = DeskServer(tmp_path, "0.0.0.0", 8391, token="s3cret", public_url="https://desk.example")
    assert given.addresses == ("https://desk.example/?token=s3cret",)
    assert DeskServer(tmp_path, "127.0.0.1", 8391, token=None).addresses == ("http://127.0.0.1:8391",)


async def test_under_whichever_name_it_was_opened_the_page_talks_to_that_name_and_needs_the_token(
    tmp_path: Path,
) -> None:
    app = await DeskServer(tmp_path, "0.0.0.0", 8391, token="s3cret")._make_app()
    async with TestClient(TestServer(app)) as client:
        for name in ("192.0.2.7:8391", "desk.example:8391"):
            page = await (await client.get("/?token=s3cret", headers={"Host": name})).text()
            assert f"ws://{name}/ws" in page and "0.0.0.0" not in page
            assert (await client.get("/", headers={"Host": name}, cookies={"diplo-reader": "no"})).status == 403
            own = {"Host": name, "Origin": f"http://{name}"}
            other = {"Host": name, "Origin": "http://elsewhere.example"}
            assert (await client.get("/?token=s3cret", headers=own)).status == 200
            assert (await client.get("/?token=s3cret", headers=other)).status == 403
        nasty = {"Host": '"><script>x</script>'}
        assert (await client.get("/?token=s3cret", headers=nasty)).status in (400, 403)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(*arguments: str, **environ: str) -> Iterator[subprocess.Popen[bytes]]:
    out = subprocess.DEVNULL
    process = subprocess.Popen(arguments, stdout=out, stderr=out, env={**os.environ, **environ})
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


class Tab:
    """One tab of a headless Chromium, by its own protocol."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.number = 0

    async def tell(self, method: str, **parameters: Any) -> Any:
        self.number += 1
        await self.socket.send_json({"id": self.number, "method": method, "params": parameters})
        while True:
            answer = await self.socket.receive_json(timeout=30)
            if answer.get("id") == self.number:
                assert "error" not in answer, answer
                return answer["result"]

    async def key(self, key: str) -> None:
        text = {"Enter": "\r"}.get(key, key)
        code = {"Enter": 13}.get(key, ord(key.upper()[0]))
        about = {"key": key, "text": text, "windowsVirtualKeyCode": code}
        await self.tell("Input.dispatchKeyEvent", type="keyDown", **about)
        await self.tell("Input.dispatchKeyEvent", type="keyUp", **about)


async def answers(session: aiohttp.ClientSession, url: str) -> aiohttp.ClientResponse:
    for _ in range(150):
        try:
            return await session.get(url)
        except aiohttp.ClientError:
            await asyncio.sleep(0.1)
    raise AssertionError(f"nothing answers at {url}")


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
async def test_in_chromium_a_story_opens_and_a_mark_lands(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LETTER)
    folder = tmp_path / "library"
    library = Library.open(folder, Settings())
    library.add([str(tmp_path / "a.txt")], now=NOW)
    (story,) = library.archive.search("Solmark", 5)
    library.close()
    port, debugging = free_port(), free_port()
    assert CHROMIUM is not None
    quiet = ("--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")
    browser = (CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", *quiet)
    profile = (f"--user-data-dir={tmp_path / 'profile'}", f"--remote-debugging-port={debugging}")
    served = (sys.executable, "-m", "tui", "--library", str(folder), "serve", "--port", str(port))
    with running(*served), running(*browser, *profile, "about:blank"):
        async with aiohttp.ClientSession() as session:
            await answers(session, f"http://127.0.0.1:{port}/")
            tabs = await (await answers(session, f"http://127.0.0.1:{debugging}/json")).json()
            page = next(tab for tab in tabs if tab["type"] == "page")
            async with session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as wire:
                tab = Tab(wire)
                await tab.tell("Page.navigate", url=f"http://127.0.0.1:{port}/")
                await until(folder, story, tab, "Enter", "read")
                await until(folder, story, tab, "s", "starred")


async def until(folder: Path, story: str, tab: Tab, key: str, field: str) -> None:
    """Presses a key, once the desk is there, and waits for the mark it sets to be in the library."""
    deadline, pressed = time.monotonic() + 60, False
    while time.monotonic() < deadline:
        if not pressed and (folder / "desk.holder").exists():
            await asyncio.sleep(2)  # the desk holds the library a moment before its first frame
            await tab.key(key)
            pressed = True
        shown = subprocess.run(
            [sys.executable, "-m", "tui", "--library", str(folder), "show", "--json", story],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        if json.loads(shown.stdout.splitlines()[0])["mark"][field]:
            return
        await asyncio.sleep(0.2)
    raise AssertionError(f"{key} has set no {field}")
