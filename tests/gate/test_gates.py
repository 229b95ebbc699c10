"""What a gate says where there is nothing to measure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gate import __main__ as gates
from tests.gate.clean_measure import best_lines

OWN = ("kinds", "heads", "frames", "languages", "quotes")  # their data is ours, and always here


def test_where_no_data_is_nothing_is_said_to_hold(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.gate"],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "DIPLO_READER_BENCH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=90,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [line for line in ran.stdout.splitlines() if line.endswith(": not measured")] == [
        f"{name}: not measured" for name in gates.GATES if name not in OWN
    ]
    assert [line for line in ran.stdout.splitlines() if "holds" in line] == [f"{name}: holds" for name in OWN]


@pytest.mark.parametrize(("names", "status"), [(["nonsense"], 2), ([], 1)])
def test_a_gate_that_does_not_hold_fails(
    names: list[str], status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tests.gate.sentences.run", lambda: False)
    for name in ("clean", "kinds", "heads", "events", "frames", "storylines", "languages", "summary", "quotes"):
        monkeypatch.setattr(f"tests.gate.{name}.run", lambda: None)
    assert gates.main(names) == status
    assert ("BELOW" in capsys.readouterr().out) is (status == 1)


def test_the_best_lines_are_those_that_are_more_of_the_body_than_not() -> None:
    body = "The lock at Marl opened on Monday.\n\nNine barges passed before noon, said the keeper.\n\nSo it was."
    lines = (
        "Home",
        "The lock at Marl opened on Monday. Share this",
        "Nine barges passed before noon, said the keeper.",
        "So it was.",
        "It was so.",
        "Read more of the lock at other times and places",
    )
    assert best_lines(body, "\n".join(lines)) == "\n".join(lines[1:4])
