"""What all tests share: the sample stories, and a library made of them once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from store.config import Settings
from store.library import Library

SAMPLES = Path(__file__).parent.parent / "store" / "samples" / "stories"
settings.register_profile("house", deadline=None)  # how long a test takes says how busy the machine is
settings.load_profile("house")

TODAY = date(2025, 4, 2)
NOW = datetime(2025, 4, 2, 7, 0)


@pytest.fixture(autouse=True)
def no_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the home folder of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in ("DIPLO_READER_LIBRARY", "DIPLO_READER_CONFIG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def made_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library that holds the sample stories. Not to be changed: take sample_library."""
    folder = tmp_path_factory.mktemp("made") / "library"
    library = Library.open(folder, Settings())
    done = library.add([str(SAMPLES)], now=NOW)
    library.close()
    assert not done.rejected
    return folder


@pytest.fixture
def sample_folder(made_library: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    shutil.copytree(made_library, folder)
    return folder


@pytest.fixture
def sample_library(sample_folder: Path) -> Iterator[Library]:
    library = Library.open(sample_folder, Settings(), desk=True)
    yield library
    library.close()
