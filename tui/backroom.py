"""Backroom: work that must not touch the screen's thread, done by our own headless commands in other processes.

Summaries go through one long-lived `diplo-reader summarise -` pipe, so that sumy, nltk and numpy are loaded once and
never here; adding and exporting are one process each, which can be stopped at any time without losing what is stored.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from store.errors import StoreError

LINE_LIMIT = 256 * 1024 * 1024  # bytes of one JSON line: a 20 MB story, escaped, with room to spare
Record = Mapping[str, object]


class BackroomError(StoreError):
    """A process of ours ended without an answer."""


class Work(Protocol):
    """What the desk has done elsewhere."""

    async def summarise(self, request: Record) -> Record: ...
    async def run(self, arguments: Sequence[str], told: Callable[[Record], None]) -> int: ...
    def stop(self) -> None: ...
    def close(self) -> None: ...


def command(*arguments: str) -> list[str]:
    """This program again, in the same interpreter."""
    return [sys.executable, "-m", "tui", *arguments]


@dataclass
class _Pipe:
    """One summarise process and the questions it has not yet answered."""

    process: Process
    waiting: dict[str, asyncio.Future[Record]] = field(default_factory=dict)


class Backroom:
    """Work done by child processes of this one."""

    def __init__(self, library: Path) -> None:
        self._library = library
        self._pipe: _Pipe | None = None
        self._readers: set[asyncio.Task[None]] = set()
        self._jobs: set[Process] = set()
        self._starting = asyncio.Lock()
        self._asked = 0

    async def summarise(self, request: Record) -> Record:
        """The answer of the summarise pipe to one request; late answers to questions given up are dropped."""
        async with self._starting:
            if self._pipe is None or self._pipe.process.returncode is not None:
                self._pipe = await self._start()
            pipe = self._pipe
        self._asked += 1
        key = str(self._asked)
        line = await asyncio.to_thread(_line, {**request, "id": key})
        future: asyncio.Future[Record] = asyncio.get_running_loop().create_future()
        pipe.waiting[key] = future
        try:
            assert pipe.process.stdin is not None
            pipe.process.stdin.write(line)
            await pipe.process.stdin.drain()
            return await future
        except (BrokenPipeError, ConnectionResetError) as error:
            raise BackroomError("The summary process has stopped; move on and come back to start it anew") from error
        finally:
            pipe.waiting.pop(key, None)

    async def _start(self) -> _Pipe:
        line = command("summarise", "-", "--json")
        process = await asyncio.create_subprocess_exec(*line, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=LINE_LIMIT)
        pipe = _Pipe(process)
        reader = asyncio.create_task(_read_answers(pipe))
        self._readers.add(reader)
        reader.add_done_callback(self._readers.discard)
        return pipe

    async def run(self, arguments: Sequence[str], told: Callable[[Record], None]) -> int:
        """Runs a headless command that prints JSON lines, telling each; gives its exit status, below 0 when stopped."""
        line = command("--library", str(self._library), *arguments)
        process = await asyncio.create_subprocess_exec(*line, stdin=DEVNULL, stdout=PIPE, stderr=PIPE, limit=LINE_LIMIT)
        self._jobs.add(process)
        try:
            assert process.stdout is not None and process.stderr is not None
            complaints = asyncio.create_task(process.stderr.read())
            async for answer in process.stdout:
                record = _record(answer)
                if record:
                    told(record)
            said = (await complaints).decode("utf-8", "replace").strip()
            status = await process.wait()
            if said and status > 0:
                told({"complaint": said.splitlines()[-1]})
            return status
        finally:
            self._jobs.discard(process)
            if process.returncode is None:
                _kill(process)

    def stop(self) -> None:
        """Stops what runs, except the summaries."""
        for process in self._jobs:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()

    def close(self) -> None:
        """Ends every process at once; nothing in them is worth waiting for."""
        for process in (*self._jobs, *((self._pipe.process,) if self._pipe else ())):
            _kill(process)
        for reader in self._readers:
            reader.cancel()


def _line(request: Record) -> bytes:
    return (json.dumps(request, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def _record(line: bytes) -> Record:
    try:
        record = json.loads(line)
    except ValueError:
        return {}
    return record if isinstance(record, dict) else {}


async def _read_answers(pipe: _Pipe) -> None:
    assert pipe.process.stdout is not None
    try:
        async for line in pipe.process.stdout:
            answer = _record(line)
            future = pipe.waiting.get(str(answer.get("id")))
            if future is not None and not future.done():
                future.set_result(answer)
    finally:
        for future in pipe.waiting.values():
            if not future.done():
                future.set_exception(BackroomError("The summary process has stopped"))


def _kill(process: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
