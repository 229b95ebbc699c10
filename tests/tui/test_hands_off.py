"""Nobody but SQLite opens the archive or the index of its log: closing such a file gives up all locks that this process
has on it, other programs then take it for free, and what they do to it may kill a third or damage the archive."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui import programs

WATCH = """
import sys
def opened(event, told):
    if event == "open" and str(told[0]).startswith(sys.argv[2]) and str(told[0]).endswith(("archive.sqlite3", "-shm")):
        sys.stderr.write("OPENED " + str(told[0]))
sys.addaudithook(opened)
"""
RUN = "from tui import cli\nsys.exit(cli.main(sys.argv[1:]))"
LINES = [
    ["list"],
    ["search", "straits"],
    ["check"],
    ["add", "new.txt"],
    ["backup", "b.zip"],
    ["tag", "x", "--query", "straits"],
]


def watched(code: str, folder: Path, *line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WATCH + code, "--library", str(folder), *line],
        capture_output=True,
        cwd=folder.parent,
        env=programs.environment(),
        text=True,
        timeout=programs.TOOK_TOO_LONG,
    )


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_no_command_opens_the_files_of_an_archive_that_is_open(sample_folder: Path, line: list[str]) -> None:
    new = "Talks end in Tellmark\n\nEnvoys left the customs house in Tellmark on Tuesday after nine hours of talks.\n"
    (sample_folder.parent / "new.txt").write_text(new)
    done = watched(RUN, sample_folder, *line)
    assert done.returncode == 0, done.stderr
    assert "OPENED" not in done.stderr
    seen = watched("open(sys.argv[2] + '/archive.sqlite3').close()", sample_folder)
    assert "OPENED" in seen.stderr  # the watch sees what there is to be seen
