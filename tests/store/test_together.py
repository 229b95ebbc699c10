"""Several programs on one library at once: nothing is lost, and what one does the others see within a second."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.libraries import ODD_NAME

LEAST = {"desk acts": 11, "cron acts": 2, "export exports": 2, "desk seen": 1, "second_desk seen": 1}


def run_together(library: Path, seconds: int) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.programs_together", str(library), str(seconds)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    counts: dict[str, float] = json.loads(done.stdout)
    print(counts, done.stderr[-2000:])  # noqa: T201
    return counts


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the programs are forked to be many in little time")
def test_two_desks_a_cron_job_and_an_export_lose_nothing(tmp_path: Path) -> None:
    for seconds in (5, 20, 60):  # a busy machine needs longer until they meet
        counts = run_together(tmp_path / f"{seconds}" / ODD_NAME / "library", seconds)
        assert (counts["failed"], counts["lost"], counts["stories lost"], counts["problems"]) == (0, 0, 0, 0)
        if all(counts[what] >= least for what, least in LEAST.items()):
            break
    assert {what: counts[what] for what, least in LEAST.items() if counts[what] < least} == {}
