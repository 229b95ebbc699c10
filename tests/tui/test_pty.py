"""The program as it is installed, on a pseudo-terminal: keys in, screen out."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pexpect")
pytest.importorskip("pyte")

if os.name != "posix":
    pytest.skip("pseudo-terminals as POSIX has them", allow_module_level=True)

from tests.tui import programs
from tests.tui.terminal import ALTERNATE_OFF, ALTERNATE_ON, Terminal, installed

ENTER = "\r"
TITLE = "Harbour talks end in Tellmark"
FIRST = "Delegates from Vardania left the customs house on Tuesday."
STORY = f"{TITLE}\n\n{FIRST} Forty ships have been waiting outside the breakwater since the dues were raised.\n"


@pytest.fixture
def story(tmp_path: Path) -> Path:
    file = tmp_path / "harbour.txt"
    file.write_text(STORY, "utf-8")
    return file


def desk(*arguments: str | Path, columns: int = 120, rows: int = 40) -> Terminal:
    line = [*installed(), *map(str, arguments)]
    return Terminal(line, columns=columns, rows=rows, env=programs.environment(LC_ALL="C.UTF-8"))


def left_clean(terminal: Terminal) -> None:
    """The screen that was there before is back, the cursor and the mouse are the shell's again."""
    assert terminal.written.count(ALTERNATE_ON) == terminal.written.count(ALTERNATE_OFF) == 1
    after = terminal.written.rpartition(ALTERNATE_OFF)[2]
    assert "Traceback" not in after
    assert terminal.written.rindex("\x1b[?25h") > terminal.written.rindex("\x1b[?25l")
    assert terminal.written.rindex("\x1b[?1000l") > terminal.written.rindex("\x1b[?1000h")


@pytest.mark.parametrize(("columns", "rows"), [(120, 40), (80, 24)])
def test_a_story_is_read_starred_tagged_and_found_so_again(
    story: Path, tmp_path: Path, columns: int, rows: int
) -> None:
    library = tmp_path / "library"
    with desk("--library", library, story, columns=columns, rows=rows) as first:
        first.wait_for("1 added", "1 unread", "help", "quit")
        first.wait_until(lambda: FIRST in first.pane(1), "text in its pane")
        if columns < 120:
            first.press("3")
        first.wait_until(lambda: f"1 {FIRST}" in first.pane(2 if columns >= 120 else 1), "summary")
        first.press("1", "j", ENTER)
        first.press("s")
        first.wait_for("★ starred")
        first.press("t")
        first.wait_for(" tags")
        first.press("harbour", ENTER)
        first.wait_for("★ starred", "#harbour")
        first.press("q")
        assert first.leave() == 0
    left_clean(first)
    with desk("--library", library, columns=columns, rows=rows) as again:
        again.wait_for("1 story", "★ 1", "#harbour")
        assert TITLE[:20] in again.text
        again.press("q")
        assert again.leave() == 0


def test_the_demo_opens_on_the_samples_and_is_gone_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    with desk("demo") as demo:
        demo.wait_for("sample stories", "61 added")
        demo.press("j")
        demo.wait_until(lambda: "Summary" in demo.pane(2) and " 1 " in demo.pane(2), "summary")
        assert len(list((tmp_path / "tmp").iterdir())) == 1
        demo.press("q")
        assert demo.leave() == 0
    left_clean(demo)
    assert not list((tmp_path / "tmp").iterdir())


@pytest.mark.parametrize("piped", ["cat {story} |", "< {story}"])
def test_what_is_piped_in_is_added_and_keys_come_from_the_terminal(
    story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piped: str
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    line = " ".join(f"'{word}'" for word in [*installed(), "--library", str(tmp_path / "library"), "-"])
    before, after = (piped, "") if piped.endswith("|") else ("", piped)
    whole = f"{before} {line} {after}".format(story=story)
    with Terminal(["/bin/sh", "-c", whole], columns=120, rows=40, env=programs.environment()) as terminal:
        terminal.wait_for("1 added", TITLE[:20])
        terminal.press("s")
        terminal.wait_for("★ 1")
        terminal.press("q")
        assert terminal.leave() == 0
    assert not list((tmp_path / "tmp").iterdir())


def test_a_desk_without_input_takes_its_keys_from_the_terminal(story: Path, tmp_path: Path) -> None:
    line = " ".join(f"'{word}'" for word in [*installed(), "--library", str(tmp_path / "library"), str(story)])
    with Terminal(["/bin/sh", "-c", f"{line} </dev/null"], columns=80, rows=24, env=programs.environment()) as terminal:
        terminal.wait_for("1 added", TITLE[:20])
        terminal.press("q")
        assert terminal.leave() == 0


def test_a_desk_that_is_told_to_end_leaves_the_terminal_clean(story: Path, tmp_path: Path) -> None:
    with desk("--library", tmp_path / "library", story) as told:
        told.wait_for("1 added", TITLE[:20])
        told.press("s")
        told.wait_for("★ 1")
        told.tell(signal.SIGTERM)
        assert told.leave() == 0
    left_clean(told)


@pytest.fixture(params=[signal.SIG_DFL, signal.SIG_IGN], ids=["", "started by nohup"])
def hangup(request: pytest.FixtureRequest) -> Iterator[None]:
    before = signal.signal(signal.SIGHUP, request.param)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("hangup")
def test_a_desk_whose_window_is_closed_lets_go_of_the_library(story: Path, tmp_path: Path) -> None:
    with desk("--library", tmp_path / "library", story) as closed:
        closed.wait_for("1 added", TITLE[:20])
        closed.press("s")
        closed.wait_for("★ 1")
        closed.hang_up()
    with desk("--library", tmp_path / "library") as again:
        again.wait_for("★ 1", TITLE[:20])
        assert "READ ONLY" not in again.text
        again.press("q")
        assert again.leave() == 0


def test_what_is_done_at_a_second_desk_is_seen_at_the_first(story: Path, tmp_path: Path) -> None:
    with desk("--library", tmp_path / "library", story) as first:
        first.wait_for("1 added", TITLE[:20])
        with desk("--library", tmp_path / "library") as second:
            second.wait_for(TITLE[:20], "help")
            second.press("s")
            second.wait_for("★ 1")
            first.wait_for("★ 1")
            second.press("q")
            assert second.leave() == 0
        first.press("q")
        assert first.leave() == 0


def test_after_damage_the_backup_is_offered_before_the_desk_opens(story: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    with desk("--library", library, story) as first:
        first.wait_for("1 added", TITLE[:20])
        first.press("s")
        first.wait_for("★ 1")
        first.press("q")
        assert first.leave() == 0
    (library / "marks.json").write_bytes(b"{")
    with desk("--library", library) as refused:
        refused.wait_for("[Y/n]")
        refused.press("n", ENTER)
        assert refused.leave() == 1
    assert "diplo-reader restore" in " ".join(refused.written.split())
    with desk("--library", library) as again:
        again.wait_for("[Y/n]")
        again.press(ENTER)
        again.wait_for("★ 1", TITLE[:20])
        again.press("q")
        assert again.leave() == 0


def test_add_shows_a_bar_when_it_takes_long(tmp_path: Path) -> None:
    rows = "".join(f'{{"id": {n}, "text": "{" ".join(STORY.split())} This is telling {n}."}}\n' for n in range(1500))
    (tmp_path / "rows.jsonl").write_text(rows, "utf-8")
    with desk("--library", tmp_path / "library", "add", tmp_path / "rows.jsonl") as adding:
        adding.wait_for("reading", "━")
        adding.press("\x03")
        adding.wait_for("Stopped")
        assert adding.leave() == 130
    assert " added, 0 same, 0 revised, 0 rejected" in adding.text
    assert "Traceback" not in adding.written


def test_a_desk_whose_keys_clash_or_are_unknown_opens_and_says_which(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.toml").write_text('[keys]\nadd = "J"\nstar = "J"\nstr = "K"\n', "utf-8")
    monkeypatch.setenv("DIPLO_READER_CONFIG", str(tmp_path / "config.toml"))
    with desk("--library", tmp_path / "library") as clashing:
        clashing.wait_for("config.toml:", "line 3, keys.star: ", "line 4, keys.str: ", "quit")
        clashing.press("q")
        assert clashing.leave() == 0
