"""The real backroom: other processes, asked and stopped."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from store.config import Settings
from store.library import Library
from tests.tui import programs
from tui.backroom import Backroom, BackroomError, Record, command

SENTENCES = ["The talks in Tellmark ended on Tuesday without a date.", "Forty ships wait.", "The envoy left by sea."]
QUESTION = {"method": "lead", "sentences": 1}

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")


@pytest.fixture
async def backroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Backroom]:
    monkeypatch.setenv("PYTHONPATH", str(programs.ROOT))
    made = Backroom(tmp_path / "library")
    yield made
    made.close()
    await ended(made)


async def ended(backroom: Backroom) -> None:
    """Waits for the processes that were told to end."""
    others = (backroom._waiting, backroom._pipe.process if backroom._pipe else None)
    processes = [*backroom._jobs, *filter(None, others)]
    async with asyncio.timeout(programs.TOOK_TOO_LONG):
        await asyncio.gather(*(p.wait() for p in processes))
    for process in processes:
        process._transport.close()  # type: ignore[attr-defined]  # what is left is a pipe's end


def question(number: int) -> Record:
    return {**QUESTION, "id": "mine", "paragraphs": [f"Story number {number} begins here."]}


def text_of(answer: Record) -> str:
    sentences = answer["sentences"]
    assert isinstance(sentences, list)
    return " ".join(s["text"] for s in sentences)


def stories(folder: Path, number: int) -> Path:
    """A file of so many stories."""
    rows = [
        {"id": n, "text": f"Talk {n} ends\n\n" + " ".join(SENTENCES) + f" This is number {n}."} for n in range(number)
    ]
    file = folder / "rows.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return file


# Summaries


async def test_a_summary_comes_for_what_was_asked(backroom: Backroom) -> None:
    one = await backroom.summarise({**QUESTION, "paragraphs": SENTENCES})
    assert text_of(one) == SENTENCES[0]
    several = {"stories": [{"id": "a", "paragraphs": SENTENCES[:1]}, {"id": "b", "paragraphs": SENTENCES[1:]}]}
    both = await backroom.summarise({**QUESTION, **several, "sentences": 9})
    assert isinstance(both["sentences"], list)
    assert {s["story"] for s in both["sentences"]} == {"a", "b"}


async def test_each_of_several_askers_gets_its_own_answer(backroom: Backroom) -> None:
    answers = await asyncio.gather(*(backroom.summarise(question(n)) for n in range(6)))
    assert [text_of(a) for a in answers] == [f"Story number {n} begins here." for n in range(6)]


async def test_what_nobody_waits_for_any_more_is_not_even_asked(backroom: Backroom) -> None:
    await backroom.summarise(question(0))
    given_up = [asyncio.create_task(backroom.summarise(question(n))) for n in range(1, 30)]
    await asyncio.sleep(0)
    for task in given_up:
        task.cancel()
    assert text_of(await backroom.summarise(question(99))) == "Story number 99 begins here."
    assert backroom._asked <= 3


async def test_a_killed_process_is_replaced(backroom: Backroom) -> None:
    await backroom.summarise(question(1))
    assert backroom._pipe
    first = backroom._pipe.process
    os.kill(first.pid, signal.SIGKILL)
    assert text_of(await backroom.summarise(question(2))) == "Story number 2 begins here."
    await first.wait()
    assert backroom._pipe.process.pid != first.pid


async def test_a_process_that_always_ends_is_told(backroom: Backroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.backroom.command", lambda *_: [sys.executable, "-c", ""])
    with pytest.raises(BackroomError, match="stopped"):
        await backroom.summarise(question(1))


async def test_a_wrong_question_is_answered_with_its_error(backroom: Backroom) -> None:
    answer = await backroom.summarise({"method": "magic", "paragraphs": SENTENCES})
    assert "magic" in str(answer["error"])
    assert text_of(await backroom.summarise(question(1)))


# Jobs


async def test_a_job_tells_its_records_and_its_status(backroom: Backroom, tmp_path: Path) -> None:
    told: list[Record] = []
    status = await backroom.run(["add", "--json", "--", str(stories(tmp_path, 3)), str(tmp_path / "none")], told.append)
    assert status == 1
    assert told[-1] == {"added": 3, "same": 0, "revised": 0, "rejected": 1}
    assert [r["source"] for r in told if "reason" in r] == [str(tmp_path / "none")]
    assert not [r for r in told if "complaint" in r]


async def test_a_job_s_complaint_is_told(backroom: Backroom, tmp_path: Path) -> None:
    told: list[Record] = []
    (tmp_path / "foreign.md").write_text("my own words", "utf-8")
    await backroom.run(["add", "--json", str(stories(tmp_path, 1))], told.append)
    told.clear()
    status = await backroom.run(["export", "is:unread", "--json", "-o", str(tmp_path / "foreign.md")], told.append)
    assert status == 2
    assert len(told) == 1
    assert "foreign.md" in str(told[0]["complaint"])


async def test_what_was_piped_in_is_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(programs.ROOT))
    backroom = Backroom(tmp_path / "library", stories(tmp_path, 2))
    told: list[Record] = []
    assert await backroom.run(["add", "--json", "--", "-"], told.append) == 0
    assert told[-1]["added"] == 2


async def test_a_job_is_stopped_between_batches_and_what_came_in_stays(backroom: Backroom, tmp_path: Path) -> None:
    told: list[Record] = []

    def tell(record: Record) -> None:
        told.append(record)
        if record.get("stage") == "reading" and record.get("done"):
            backroom.stop()

    file = stories(tmp_path, 600)
    status = await backroom.run(["add", "--json", str(file)], tell)
    assert status < 0
    added = told[-1]["added"]
    assert isinstance(added, int)
    assert 0 < added < 600
    library = Library.open(tmp_path / "library", Settings())
    assert library.archive.count() == added == len(library.archive.event_of())
    library.close()


async def test_closing_leaves_no_process_behind(backroom: Backroom, tmp_path: Path) -> None:
    await backroom.summarise(question(1))
    assert backroom._pipe
    started = asyncio.Event()
    job = asyncio.create_task(backroom.run(["add", "--json", str(stories(tmp_path, 600))], lambda _: started.set()))
    await started.wait()
    pids = [backroom._pipe.process.pid, *(p.pid for p in backroom._jobs)]
    assert len(pids) == 2
    backroom.close()
    assert await job < 0
    await ended(backroom)
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    with pytest.raises(BackroomError):
        await backroom.summarise(question(2))


async def test_the_folder_one_is_in_is_no_part_of_the_program(
    backroom: Backroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("tui", "store", "json", "random", "argparse"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('somebody else was run')", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONPATH")
    assert text_of(await backroom.summarise(question(1))) == "Story number 1 begins here."
    told: list[Record] = []
    assert await backroom.run(["paths", "--json"], told.append) == 0
    assert told[0]["library"] == str(tmp_path / "library")


def test_the_program_is_this_one() -> None:
    assert command("paths")[0] == sys.executable
    assert str(programs.ROOT) in command("paths")


async def test_a_sheet_asked_of_the_process_that_waits_says_the_same(backroom: Backroom, tmp_path: Path) -> None:
    assert await backroom.run(["add", "--json", str(stories(tmp_path, 3))], lambda _: None) == 0
    asked = ["statistics", "--json"]
    cold: list[Record] = []
    assert await backroom.run(asked, cold.append) == 0
    await backroom.make_ready()
    waits = backroom._waiting
    assert waits is not None and waits.returncode is None
    await backroom.make_ready()
    assert backroom._waiting is waits, "one is enough"
    said: list[Record] = []
    assert await backroom.run(["show", "--json", "nosuch"], said.append) == 2
    assert backroom._waiting is waits, "it is for sheets"
    warm: list[Record] = []
    assert await backroom.run(asked, warm.append) == 0
    assert warm == cold and cold[0]["stories"] == 3
    assert backroom._waiting is None and waits.returncode == 0


async def test_where_the_process_that_waits_has_died_another_does_the_work(backroom: Backroom, tmp_path: Path) -> None:
    assert await backroom.run(["add", "--json", str(stories(tmp_path, 1))], lambda _: None) == 0
    await backroom.make_ready()
    assert backroom._waiting is not None
    backroom._waiting.kill()
    await backroom._waiting.wait()
    said: list[Record] = []
    assert await backroom.run(["statistics", "--json"], said.append) == 0
    assert said[0]["stories"] == 1


async def test_the_process_that_waits_ends_with_the_desk(backroom: Backroom) -> None:
    await backroom.make_ready()
    waits = backroom._waiting
    assert waits is not None and waits.stdin is not None
    waits.stdin.close()  # as where the desk was killed
    async with asyncio.timeout(programs.TOOK_TOO_LONG):
        assert await waits.wait() == 0


async def test_a_job_on_more_stories_than_a_command_line_holds_is_told_them_otherwise(
    backroom: Backroom, tmp_path: Path
) -> None:
    said: list[Record] = []
    assert await backroom.run(["add", "--json", str(stories(tmp_path, 2))], said.append) == 0
    library = Library.open(tmp_path / "library", Settings())
    event = library.events()[0]
    library.close()
    chosen = "--story=" + ",".join([event.stories[0].id] * 130_000)  # 2.2 MB, of which a system takes 2
    said.clear()
    file = tmp_path / "review.md"
    assert await backroom.run(["export", "--json", "-o", str(file), chosen], said.append) == 0
    assert said[-1]["written"] == 1 and file.read_text("utf-8").count("Talk") >= 1
