"""What `add` says of its progress where nobody watches."""

from __future__ import annotations

from argparse import Namespace

import pytest

from store.group import AGAIN
from store.model import Progress
from tui.headless.adding import progress


def test_a_lost_index_is_told_once_where_no_bar_can_be_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(Namespace(json=False)) as told:
        for stage in ("reading", AGAIN, AGAIN, "linking events"):
            told(Progress(stage, 200, 1200))
    assert capsys.readouterr().err == "Building the index of events again: 1,200 stories.\n"


def test_a_lost_index_is_told_step_by_step_to_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(Namespace(json=True)) as told:
        told(Progress(AGAIN, 200, 1200))
    assert capsys.readouterr().out == f'{{"stage": "{AGAIN}", "done": 200, "total": 1200}}\n'
