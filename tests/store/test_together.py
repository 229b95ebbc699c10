"""Several programs on one library at once: nothing is lost, and what one does the others see within a second."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.libraries import ODD_NAME


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the programs are forked to be many in little time")
def test_two_desks_a_cron_job_and_an_export_lose_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.programs_together", str(tmp_path / ODD_NAME / "library"), "5"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    counts = json.loads(done.stdout)
    print(counts, done.stderr[-2000:])  # noqa: T201
    assert (counts["failed"], counts["lost"], counts["stories lost"], counts["problems"]) == (0, 0, 0, 0), done.stderr
    assert counts["desk acts"] > 10
    assert counts["cron acts"] > 1
    assert counts["export exports"] > 1
    assert counts["desk seen"] > 0
    assert counts["second_desk seen"] > 0
