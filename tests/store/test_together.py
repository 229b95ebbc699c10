"""Several programs on one library at once: nothing is lost, and what one does the others see within a second."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.store.libraries import ODD_NAME
from tests.store.programs import counted

LEAST = {
    "desk acts": 11,
    "second_desk acts": 11,
    "cron acts": 2,
    "export exports": 2,
    "desk seen": 1,
    "second_desk seen": 1,
}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the programs are forked to be many in little time")
def test_two_desks_a_cron_job_and_an_export_lose_nothing(tmp_path: Path) -> None:
    for seconds in (5, 20, 60):  # a busy machine needs longer until they meet
        counts = counted("programs_together", tmp_path / f"{seconds}" / ODD_NAME / "library", seconds)
        assert (counts["failed"], counts["lost"], counts["stories lost"], counts["problems"]) == (0, 0, 0, 0)
        if all(counts[what] >= least for what, least in LEAST.items()):
            break
    assert {what: counts[what] for what, least in LEAST.items() if counts[what] < least} == {}
