"""The settings file, and the four places a library may be named in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from store import config
from store.config import SAMPLE_CONFIG, Settings
from store.errors import ConfigError


def loaded(tmp_path: Path, text: str, **choices: list[str]) -> Settings:
    file = tmp_path / "config.toml"
    file.write_text(text, "utf-8")
    return config.load(file, {}, choices={"summary.method": choices.get("methods", [])})


def complaint(tmp_path: Path, text: str, **choices: list[str]) -> str:
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, text, **choices)
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / 'config.toml'}: ")
    return message.partition(".toml: ")[2]


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert loaded(tmp_path, "") == Settings()


def test_the_sample_says_what_holds_without_it(tmp_path: Path) -> None:
    assert loaded(tmp_path, SAMPLE_CONFIG) == Settings()


def test_the_sample_names_every_setting_and_its_comments_are_right(tmp_path: Path) -> None:
    lines = [line.removeprefix("# ") if " = " in line else line for line in SAMPLE_CONFIG.splitlines()]
    full = loaded(tmp_path, "\n".join(lines).replace('"~/', '"/home/x/'))
    assert full.library == Path("/home/x/press")
    assert full.summary_method == "lexrank"
    assert full.export_folder == Path("/home/x/reviews")
    written = {line.partition(" = ")[0] for line in lines if " = " in line}
    assert written == {*(name.rpartition(".")[2] for name in config._SETTINGS), "star", "page-down"}
    assert dict(full.keys) == {"star": ("s",), "page-down": ("pagedown", "ctrl+f")}


def test_every_setting_is_read(tmp_path: Path) -> None:
    text = """
        library = "/press"
        theme = "nord"
        mark_read = "never"
        [summary]
        method = "luhn"
        sentences = 5
        [export]
        folder = "reviews"
        [input]
        limit_mb = 0.5
        [keys]
        preset = "mutt"
        star = ["s", "*"]
    """
    assert loaded(tmp_path, text, methods=["lead", "luhn"]) == Settings(
        library=Path("/press"),
        theme="nord",
        mark_read="never",
        summary_method="luhn",
        summary_sentences=5,
        export_folder=tmp_path / "reviews",
        limit_mb=0.5,
        key_preset="mutt",
        keys=(("star", ("s", "*")),),
    )


def test_a_story_may_count_as_read_after_some_seconds(tmp_path: Path) -> None:
    assert loaded(tmp_path, "mark_read = 2.5").mark_read == 2.5


def test_the_limit_is_in_bytes() -> None:
    assert (Settings().limit, Settings(limit_mb=0.5).limit) == (20_000_000, 500_000)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('libary = "/a"', '"libary" is no setting; did you mean "library"?'),
        ("sentences = 4", '"sentences" is no setting; did you mean "summary.sentences"?'),
        ("[summary]\nsentenses = 4", '"summary.sentenses" is no setting; did you mean "summary.sentences"?'),
        ("[summery]\nsentences = 4", '"summery" is no setting; did you mean "summary"?'),
        ("summary = 4", "summary = 4 should be a table, written [summary]"),
        ("[summary]\nsentences = 0", "summary.sentences = 0 should be a whole number from 1 to 20"),
        ("[summary]\nsentences = true", "summary.sentences = true should be a whole number from 1 to 20"),
        ("[summary]\nsentences = 2.5", "summary.sentences = 2.5 should be a whole number from 1 to 20"),
        ('[summary]\nsentences = "3"', 'summary.sentences = "3" should be a whole number from 1 to 20'),
        ("[input]\nlimit_mb = nan", "input.limit_mb = nan should be a number from 0.001 to 1000"),
        ("library = 3", 'library = 3 should be a path in quotes, as "~/press"'),
        (
            'mark_read = "opened"',
            'mark_read = "opened" should be one of open, end, never, or a number of seconds; did you mean "open"?',
        ),
        ("mark_read = 0", "mark_read = 0 should be one of open, end, never, or a number of seconds"),
        ("mark_read = true", "mark_read = true should be one of open, end, never, or a number of seconds"),
        ("[keys]\nstar = 3", 'keys.star = 3 should be a key in quotes, as "s", or several in brackets'),
        ("[keys]\nstar = []", 'keys.star = [] should be a key in quotes, as "s", or several in brackets'),
        ('[keys]\npreset = "vim"', 'keys.preset = "vim" should be one of default, newsboat, mutt'),
        ("theme = []", "theme = [] should be a name in quotes"),
    ],
)
def test_a_wrong_line_is_told_with_what_would_be_right(tmp_path: Path, text: str, told: str) -> None:
    assert complaint(tmp_path, text) == told


def test_a_wrong_method_is_told_with_the_nearest(tmp_path: Path) -> None:
    told = complaint(tmp_path, '[summary]\nmethod = "lexrnk"', methods=["lead", "lexrank"])
    assert told == 'summary.method = "lexrnk" should be one of lead, lexrank; did you mean "lexrank"?'


def test_broken_toml_is_told_with_its_line(tmp_path: Path) -> None:
    assert "line 2" in complaint(tmp_path, 'theme = "nord"\nsentences 3')


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b'theme = "\xe9"')
    with pytest.raises(ConfigError, match="not UTF-8"):
        config.load(tmp_path / "config.toml", {})


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert loaded(tmp_path, '\ufefftheme = "nord"').theme == "nord"


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gone\.toml: cannot be read"):
        config.load(tmp_path / "gone.toml", {})
    with pytest.raises(ConfigError, match=r"gone\.toml: cannot be read"):
        config.load(None, {"DIPLO_READER_CONFIG": str(tmp_path / "gone.toml")})


def test_the_usual_file_need_not_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert config.load(None, {"DIPLO_READER_CONFIG": ""}) == Settings()


@pytest.mark.skipif(sys.platform != "linux", reason="XDG folders")
def test_the_usual_file_is_read_and_the_variable_goes_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "diplo-reader").mkdir()
    (tmp_path / "diplo-reader" / "config.toml").write_text('theme = "nord"')
    (tmp_path / "other.toml").write_text('theme = "gruvbox"')
    assert config.load(None, {}).theme == "nord"
    assert config.load(None, {"DIPLO_READER_CONFIG": str(tmp_path / "other.toml")}).theme == "gruvbox"


def test_the_library_is_where_the_nearest_word_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    settings, environ = Settings(library=Path("/settings")), {"DIPLO_READER_LIBRARY": "/variable"}
    assert config.library_folder(Path("/argument"), environ, settings) == Path("/argument")
    assert config.library_folder(None, environ, settings) == Path("/variable")
    assert config.library_folder(None, {"DIPLO_READER_LIBRARY": ""}, settings) == Path("/settings")
    assert config.library_folder(None, {}, Settings()).name == "diplo-reader"


def test_a_tilde_is_the_home_folder() -> None:
    environ = {"HOME": "/home/x", "DIPLO_READER_LIBRARY": "~/press"}
    assert config.library_folder(None, environ, Settings()) == Path("/home/x/press")


def test_a_library_is_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert config.library_folder(Path("press"), {}, Settings()) == tmp_path / "press"


def test_without_a_home_there_are_settings_and_a_plain_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.path.expanduser", lambda path: path)  # what it does for a user without an entry
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert config.load(None, {}) == Settings()
    with pytest.raises(ConfigError, match="--library"):
        config.library_folder(None, {}, Settings())
    with pytest.raises(ConfigError, match="in full"):
        config.library_folder(Path("~/press"), {}, Settings())


def test_loading_needs_no_heavy_library() -> None:
    heavy = ("numpy", "nltk", "lxml", "charset_normalizer", "trafilatura", "sumy")
    code = f"import sys, store.config, store.intake; print([m for m in {heavy} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"
