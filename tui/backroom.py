"""Backroom: work that must not touch the screen's thread, done by our own headless commands in other processes.

Summaries go through one long-lived `diplo-reader summarise -` pipe, so that sumy, nltk and numpy are loaded once and
never here; adding and exporting are one process each, which can be stopped at any time without losing what is stored.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from store.errors import StoreError
from tui import waiting

LINE_LIMIT = 256 * 1024 * 1024  # bytes of one JSON line: a 20 MB story, escaped, with room to spare
LONG_LINE = 20_000  # characters of a command line; Windows takes 32,000 at most, Linux 2 million: 80,000 stories
INTERRUPTED = 130  # what our commands leave with when they were asked to stop, and did
Record = Mapping[str, object]


class BackroomError(StoreError):
    """A process of ours ended without an answer."""


class Work(Protocol):
    """What the desk has done elsewhere."""

    async def summarise(self, request: Record) -> Record: ...
    async def run(self, arguments: Sequence[str], told: Callable[[Record], None]) -> int: ...
    async def make_ready(self) -> None:
        """Has what sheets need loaded before one is asked for."""

    def stop(self) -> None: ...
    def close(self) -> None: ...


# The program as it lies here. Not `-m tui`: that would look for it, and for every module it imports, in the folder the
# reader happens to be in.
_START = """import sys
if sys.argv[1] not in sys.path:
    sys.path.insert(0, sys.argv[1])
from tui.cli import main
sys.exit(main(sys.argv[2:]))
"""
_WAIT = _START.replace("from tui.cli", "from tui.waiting").replace("main(sys.argv[2:])", "main()")


def _waiting_line() -> list[str]:
    return [sys.executable, "-P", "-c", _WAIT, str(Path(__file__).parent.parent)]


def command(*arguments: str) -> list[str]:
    """This program again, in the same interpreter."""
    return [sys.executable, "-P", "-c", _START, str(Path(__file__).parent.parent), *arguments]


@dataclass
class _Pipe:
    """One summarise process and the question it is at, which may have been given up meanwhile."""

    process: Process
    key: str = ""
    answer: asyncio.Future[Record] | None = None
    ended: bool = False


class Backroom:
    """Work done by child processes of this one. piped is what was standard input, for whoever adds "-"."""

    def __init__(self, library: Path, piped: Path | None = None) -> None:
        self._library = library
        self._piped = piped
        self._pipe: _Pipe | None = None
        self._readers: set[asyncio.Task[None]] = set()
        self._jobs: set[Process] = set()
        self._waiting: Process | None = None
        self._turn = asyncio.Lock()
        self._asked = 0
        self._closed = False

    async def summarise(self, request: Record) -> Record:
        """The answer of the summarise pipe to one request. Raises BackroomError.

        One question at a time: whoever gives up while waiting for a turn was never asked for, so that moving quickly
        through a list does not leave a queue of summaries that nobody wants.
        """
        for last in (False, True):
            async with self._turn:
                answer = await self._ask(request)
            try:
                return await asyncio.shield(answer)
            except BackroomError:
                if last or self._closed:
                    raise
        raise AssertionError("unreachable: the second time returns or raises")

    async def _ask(self, request: Record) -> asyncio.Future[Record]:
        """Asks a process that runs, once the question before is answered."""
        pipe = await self._running()
        if pipe.answer is not None:
            await asyncio.wait([pipe.answer])
            pipe = await self._running()
        self._asked += 1
        line = await asyncio.to_thread(_line, {**request, "id": str(self._asked)})
        pipe.key, pipe.answer = str(self._asked), asyncio.get_running_loop().create_future()
        if pipe.ended:
            pipe.answer.set_exception(_stopped())
        assert pipe.process.stdin is not None
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # its reader says so
            pipe.process.stdin.write(line)
            await pipe.process.stdin.drain()
        return pipe.answer

    async def _running(self) -> _Pipe:
        if self._closed:
            raise _stopped()
        if self._pipe is None or self._pipe.ended:
            line = command("--library", str(self._library), "summarise", "-", "--json")
            self._pipe = _Pipe(await self._started(*line, stdin=PIPE, stderr=DEVNULL))
            reader = asyncio.create_task(_read_answers(self._pipe))
            self._readers.add(reader)
            reader.add_done_callback(self._readers.discard)
        return self._pipe

    async def _started(self, *line: str, stdin: int | IO[bytes], stderr: int) -> Process:
        process = await asyncio.create_subprocess_exec(*line, stdin=stdin, stdout=PIPE, stderr=stderr, limit=LINE_LIMIT)
        if self._closed:  # meanwhile
            _kill(process)
        return process

    async def run(self, arguments: Sequence[str], told: Callable[[Record], None]) -> int:
        """Runs a headless command that prints JSON lines, telling each; gives its exit status, below 0 when stopped."""
        process = await self._told_to(arguments) or await self._begun(arguments)
        self._jobs.add(process)
        try:
            assert process.stdout is not None and process.stderr is not None
            complaints = asyncio.create_task(process.stderr.read())
            heard = False
            async for answer in process.stdout:
                record = _record(answer)
                if record:
                    heard = True
                    told(record)
            said = (await complaints).decode("utf-8", "replace").strip()
            status = await process.wait()
            if status == INTERRUPTED:
                return -signal.SIGINT
            if said and (status > 1 or (status == 1 and not heard)):  # 1 says that what was told is not all well
                told({"complaint": said.splitlines()[-1]})
            return status
        finally:
            self._jobs.discard(process)
            if process.returncode is None:
                _kill(process)

    async def _begun(self, arguments: Sequence[str]) -> Process:
        if sum(map(len, arguments)) > LONG_LINE and not (self._piped and "-" in arguments):
            process = await self._started(*_waiting_line(), stdin=PIPE, stderr=PIPE)
            await self._tell(process, arguments)
            return process
        line = command("--library", str(self._library), *arguments)
        with self._piped.open("rb") if self._piped and "-" in arguments else contextlib.nullcontext(DEVNULL) as stdin:
            return await self._started(*line, stdin=stdin, stderr=PIPE)

    async def make_ready(self) -> None:
        """Starts a process that loads what sheets need and then waits for one; where one waits, nothing."""
        if self._closed or (self._waiting and self._waiting.returncode is None):
            return
        with contextlib.suppress(OSError):  # no process to be had now: the next sheet takes its time
            self._waiting = await self._started(*_waiting_line(), stdin=PIPE, stderr=PIPE)

    async def _told_to(self, arguments: Sequence[str]) -> Process | None:
        """The process that waits, told what to do; None where none waits, or it is not made for that."""
        process = self._waiting
        if process is None or process.returncode is not None or arguments[0] not in waiting.COMMANDS:
            return None
        self._waiting = None
        return process if await self._tell(process, arguments) else None

    async def _tell(self, process: Process, arguments: Sequence[str]) -> bool:
        """Tells a process that waits what to do; false where it has ended."""
        assert process.stdin is not None
        try:
            process.stdin.write(waiting.request(("--library", str(self._library), *arguments)))
            await process.stdin.drain()
            process.stdin.close()
        except (BrokenPipeError, ConnectionResetError):
            return False
        return True

    def stop(self) -> None:
        """Stops what runs, except the summaries."""
        for process in self._jobs:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()

    def close(self) -> None:
        """Ends every process at once; nothing in them is worth waiting for."""
        self._closed = True
        others = (self._waiting, self._pipe.process if self._pipe else None)
        for process in (*self._jobs, *filter(None, others)):
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
            if pipe.answer is not None and not pipe.answer.done() and str(answer.get("id")) == pipe.key:
                pipe.answer.set_result(answer)
    except ValueError:  # an answer longer than any summary can be
        _kill(pipe.process)
    finally:
        pipe.ended = True
        if pipe.answer is not None and not pipe.answer.done():
            pipe.answer.set_exception(_stopped())
            pipe.answer.exception()  # seen: whoever asked may have given up


def _stopped() -> BackroomError:
    return BackroomError("The summary process has stopped; move on and come back to start it anew")


def _kill(process: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
