"""What check and repair say of an archive that is not damaged: another program has it open, or it is gone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from store import soundness
from store.archive import Archive, snapshot
from store.config import Settings
from store.errors import LibraryError
from tests.store.libraries import STORIES, damaged, held, make
from tests.store.programs_on_archive import item

NOW = datetime(2031, 5, 1, 10, 15)


def test_an_archive_is_not_set_aside_under_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "_EXCLUSIVE_SECONDS", 0.1)
    make(tmp_path)
    damaged(tmp_path, "UPDATE revisions SET packed = x'00' WHERE r = 7")
    adding = Archive.open(tmp_path)
    found = soundness.check(tmp_path)
    assert any(part.problems for part in found)
    with pytest.raises(LibraryError, match="Another program has"):
        list(soundness.repair(tmp_path, Settings(), found, now=NOW))
    assert not [p for p in tmp_path.iterdir() if "damaged" in p.name]
    adding.put([item(STORIES)], added="2031-05-03")
    adding.close()
    list(soundness.repair(tmp_path, Settings(), found, now=NOW))
    assert not any(part.problems for part in soundness.check(tmp_path))
    assert item(STORIES)[0] in held(tmp_path)[2]
