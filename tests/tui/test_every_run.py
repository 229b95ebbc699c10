"""What is shown is the same in every run: Python's sets are not, from one process to the next."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import SAMPLES
from tests.tui.programs import environment, run


def test_stories_of_one_day_are_listed_in_the_same_order_in_every_run(tmp_path: Path) -> None:
    told = set()
    for seed in ("0", "1", "2"):
        library = tmp_path / seed
        env = environment(PYTHONHASHSEED=seed)
        assert run("--library", library, "add", SAMPLES, env=env).returncode == 0
        listed = run("--library", library, "list", "--json", env=env)
        assert listed.returncode == 0
        told.add(listed.stdout)
    assert len(told) == 1
    assert told.pop().count(b"\n") > 48
