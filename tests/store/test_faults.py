"""Kills, damage and full disks at random: some of the trials that bench/faults.py does by the thousand."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.trials import BAD

ROOT = Path(__file__).parents[2]
ON_SMALL_DISK = 'mount -t tmpfs -o size=4m tmpfs "$1" && shift && exec "$@"'

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the programs are forked to be many in little time")


def run(*command: str) -> dict[str, int]:
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode in (0, 1), done.stderr[-3000:]
    counts: dict[str, int] = json.loads(done.stdout)
    print(counts)  # noqa: T201
    assert {bad: counts.get(bad, 0) for bad in BAD} == dict.fromkeys(BAD, 0), done.stderr[-3000:]
    return counts


@pytest.mark.parametrize(
    ("what", "trials", "seen"),
    [
        ("kills_adding", 6, "stories kept"),
        ("kills_exporting", 12, "old"),
        ("kills_keeping", 16, "restored"),
        ("corrupt_marks", 150, "told"),
        ("corrupt_archive", 50, "told by a reader"),
        ("corrupt_backup", 40, "refused"),
    ],
)
def test_nothing_is_lost_unsaid(tmp_path: Path, what: str, trials: int, seen: str) -> None:
    counts = run(sys.executable, "-m", "tests.store.trials", what, str(tmp_path), str(trials), "1")
    assert counts["trials"] == trials
    if not counts[seen]:  # every kill came too early, or too late, on a busy machine
        counts = run(sys.executable, "-m", "tests.store.trials", what, str(tmp_path / "again"), str(4 * trials), "2")
    assert counts[seen] > 0


def small_disks() -> bool:
    """Whether this machine lets us have a disk of our own, of four megabytes."""
    if not shutil.which("unshare"):
        return False
    return (
        subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True).returncode == 0
    )


own_disk = pytest.mark.skipif(sys.platform != "linux" or not small_disks(), reason="no disk of our own to be had")


@own_disk
def test_a_library_that_may_only_be_read_is_read_and_the_rest_told(tmp_path: Path) -> None:
    trial = (sys.executable, "-m", "tests.store.trials", "read_only", str(tmp_path), "1", "1")
    counts = run("unshare", "-rm", "sh", "-c", ON_SMALL_DISK, "sh", str(tmp_path), *trial)
    assert counts["status 0"] > 10
    assert counts["status 1"] > 10


@own_disk
def test_every_writer_on_a_full_disk_says_so_and_loses_nothing(tmp_path: Path) -> None:
    trial = (sys.executable, "-m", "tests.store.trials", "full_disk", str(tmp_path), "21", "1")
    counts = run("unshare", "-rm", "sh", "-c", ON_SMALL_DISK, "sh", str(tmp_path), *trial)
    assert sum(number for what, number in counts.items() if what.endswith(": told")) > 5
    assert sum(number for what, number in counts.items() if what.endswith(": done")) > 2
