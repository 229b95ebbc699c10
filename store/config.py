"""The reader's settings, from one TOML file, and where the library is. A wrong line is told, never passed over: a
setting that silently does nothing is worse than a program that says which word it does not know."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

import platformdirs

from store.errors import ConfigError

APP = "diplo-reader"
CONFIG_VARIABLE = "DIPLO_READER_CONFIG"
LIBRARY_VARIABLE = "DIPLO_READER_LIBRARY"

SAMPLE_CONFIG = """\
# Settings of diplo-reader. Every line may be left out; what stands here is what holds without it.
# A path may begin with ~ ; one that is not absolute is taken from the folder of this file.

# Where the library is. --library and DIPLO_READER_LIBRARY go before this.
# library = "~/press"

# The colours of the desk: any theme of the palette (ctrl+p, "theme"); one chosen there holds until this line changes.
theme = "textual-dark"

# Draw marks and lines in ASCII: true, false, or "auto" for where the locale is not UTF-8, or the terminal a console.
ascii = "auto"

# When a story counts as read: "open" when it is opened, after so many seconds of that (5), "end" when its text was
# paged to the end, "never" only by a key.
mark_read = "open"

[summary]
# How summaries are made; without this line, by `desk` for one story and `event` for several.
# method = "lexrank"
# Sentences in a summary, 1 to 20.
sentences = 3

[export]
# Where press reviews are written; without this line, in the folder the program was started in.
# folder = "~/reviews"

[input]
# The largest file that is read, in MB.
limit_mb = 20

[keys]
# The keys to begin with: "default", "newsboat" or "mutt". `diplo-reader keys` shows what came of it.
preset = "default"
# Keys of your own, by the name of the command: one, or several in brackets.
# star = "s"
# page-down = ["pagedown", "ctrl+f"]
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """None stands for what the program itself would choose.

    mark_read is "open", "end", "never" or a number of seconds; keys gives a command's own keys, by its id, and
    key_lines where those are written in file.
    """

    library: Path | None = None
    theme: str = "textual-dark"
    ascii: bool | None = None
    mark_read: str | float = "open"
    summary_method: str | None = None
    summary_sentences: int = 3
    export_folder: Path | None = None
    limit_mb: float = 20
    key_preset: str = "default"
    keys: tuple[tuple[str, tuple[str, ...]], ...] = ()
    key_lines: tuple[tuple[str, int], ...] = field(default=(), compare=False)
    file: Path | None = field(default=None, compare=False)

    @property
    def limit(self) -> int:
        """The largest input in bytes."""
        return int(self.limit_mb * 1_000_000)


class _Wrong(Exception):
    """What a value would have to be."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a value is read with: the settings file, the environment, and the right values where they are a few."""

    file: Path
    environ: Mapping[str, str]
    right: Collection[str]


def load(
    file: Path | None, environ: Mapping[str, str], *, choices: Mapping[str, Collection[str]] | None = None
) -> Settings:
    """The settings in file, else in the file that DIPLO_READER_CONFIG names, else in the usual place if one is there.

    choices gives the right values of settings whose names live in other rooms: {"summary.method": SUMMARISERS}.
    Raises ConfigError with the file, the key and the nearest right one.
    """
    named = file or _variable(environ, CONFIG_VARIABLE)
    usual = config_file()
    if named is None and (usual is None or not _exists(usual)):
        return Settings()
    place = named or usual
    assert place is not None
    fields: dict[str, object] = {}
    for key, value in _keys(_parsed(place)):
        table, _, name = key.partition(".")
        if table == "keys" and name not in ("", "preset"):
            known = fields.get("keys", ())
            fields["keys"] = (*known, (name, _own_keys(place, key, value)))  # type: ignore[misc]
            continue
        name, read = _setting(place, key, value)
        try:
            fields[name] = read(value, _Reading(place, environ, (choices or {}).get(key, ())))
        except _Wrong as wrong:
            raise ConfigError(f"{place}: {key} = {_shown(value)} should be {wrong}") from None
    if own := fields.get("keys"):
        fields["key_lines"] = _lines(place, [name for name, _ in own])  # type: ignore[attr-defined]
    fields["file"] = place
    return Settings(**fields)  # type: ignore[arg-type]  # each reader gives its field's type


def config_file() -> Path | None:
    """The usual place of the settings file; None where the user has no home."""
    folder = _usual(platformdirs.user_config_path)
    return folder / "config.toml" if folder else None


def library_folder(argument: Path | None, environ: Mapping[str, str], settings: Settings) -> Path:
    """The library's folder, there or not: --library, else DIPLO_READER_LIBRARY, else the settings, else the user's
    data folder. Raises ConfigError where none of them says anything and the user has no home."""
    chosen = argument or _variable(environ, LIBRARY_VARIABLE) or settings.library
    folder = chosen or _usual(platformdirs.user_data_path)
    if folder is None:
        raise ConfigError(f"no home folder to keep a library in: name one with --library or {LIBRARY_VARIABLE}")
    folder = _expanded(folder, environ).absolute()
    try:
        (folder / "marks.json").stat()
    except FileNotFoundError:  # it may be made, or whoever makes it will say why not
        pass
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise ConfigError(f"no library can be in {folder}: {why}; name another folder with --library") from error
    return folder


def _parsed(file: Path) -> Mapping[str, object]:
    try:
        import tomllib

        return tomllib.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: is not UTF-8 text; save it as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{file}: is not TOML: {error}") from error


def _keys(table: Mapping[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    """("summary.sentences", 3) for each key, tables that hold settings unfolded."""
    for key, value in table.items():
        if isinstance(value, dict) and not above and key in _TABLES:
            yield from _keys(value, f"{key}.")
        else:
            yield f"{above}{key}", value


def _setting(file: Path, key: str, value: object) -> tuple[str, _Reader]:
    if key in _SETTINGS:
        return _SETTINGS[key]
    if key in _TABLES:
        raise ConfigError(f"{file}: {key} = {_shown(value)} should be a table, written [{key}]")
    raise ConfigError(f'{file}: "{key}" is no setting{_nearest(key, [*_SETTINGS, *_TABLES])}')


def _nearest(word: str, right: Collection[str]) -> str:
    """What to write instead: the nearest right name, one of the right name in the wrong table, or all there are."""
    own = {name.rpartition(".")[2]: name for name in right}
    near = get_close_matches(word, right, n=1) or get_close_matches(word.rpartition(".")[2], own, n=1)
    return f'; did you mean "{own.get(near[0], near[0])}"?' if near else f"; there are {', '.join(right)}"


def _path(value: object, reading: _Reading) -> Path:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise _Wrong('a path in quotes, as "~/press"')
    path = _expanded(Path(value), reading.environ)
    return path if path.is_absolute() else (reading.file.parent / path).absolute()


def _word(value: object, reading: _Reading) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Wrong("a name in quotes")
    if reading.right and value not in reading.right:
        near = _nearest(value, reading.right) if get_close_matches(value, reading.right) else ""
        raise _Wrong(f"one of {', '.join(reading.right)}{near}")
    return value


def _one_of(*right: str) -> _Reader:
    def read(value: object, reading: _Reading) -> str:
        return _word(value, replace(reading, right=right))

    return read


def _own_keys(file: Path, key: str, value: object) -> tuple[str, ...]:
    keys = [value] if isinstance(value, str) else value
    if not isinstance(keys, list) or not keys or not all(isinstance(k, str) and k.strip() for k in keys):
        raise ConfigError(f'{file}: {key} = {_shown(value)} should be a key in quotes, as "s", or several in brackets')
    return tuple(k.strip() for k in keys)


def _lines(file: Path, names: Collection[str]) -> tuple[tuple[str, int], ...]:
    """In which line of the file the keys of each command are written, from 1; one that cannot be told is left out."""
    lines = file.read_text("utf-8-sig").splitlines()
    table = next((n for n, line in enumerate(lines) if re.match(r"\s*\[\s*keys\s*\]", line)), 0)

    def line_of(name: str) -> int:
        written = re.compile(rf"""\s*(keys\s*\.\s*)?["']?{re.escape(name)}["']?\s*=""")
        return next((n for n in (*range(table, len(lines)), *range(table)) if written.match(lines[n])), -1) + 1

    return tuple((name, line) for name in names if (line := line_of(name)))


def _mark_read(value: object, _reading: _Reading) -> str | float:
    words = ("open", "end", "never")
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 3600:
        return value
    if value in words:
        return str(value)
    near = _nearest(value, words) if isinstance(value, str) and get_close_matches(value, words) else ""
    raise _Wrong(f"one of {', '.join(words)}, or a number of seconds{near}")


def _yes_or_auto(value: object, _reading: _Reading) -> bool | None:
    if isinstance(value, bool) or value == "auto":
        return value if isinstance(value, bool) else None
    raise _Wrong('true, false or "auto"')


def _number(least: float, most: float, *, whole: bool) -> _Reader:
    def read(value: object, _reading: _Reading) -> float:
        fits = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
        if not fits or not isinstance(value, int | float) or not least <= value <= most:
            raise _Wrong(f"a {'whole ' if whole else ''}number from {least:g} to {most:g}")
        return value

    return read


_Reader = Callable[[object, _Reading], object]
_SETTINGS: dict[str, tuple[str, _Reader]] = {
    "library": ("library", _path),
    "theme": ("theme", _word),
    "ascii": ("ascii", _yes_or_auto),
    "mark_read": ("mark_read", _mark_read),
    "summary.method": ("summary_method", _word),
    "summary.sentences": ("summary_sentences", _number(1, 20, whole=True)),
    "export.folder": ("export_folder", _path),
    "input.limit_mb": ("limit_mb", _number(0.001, 1000, whole=False)),
    "keys.preset": ("key_preset", _one_of("default", "newsboat", "mutt")),
}


_TABLES = tuple(dict.fromkeys(name.partition(".")[0] for name in _SETTINGS if "." in name))


def _variable(environ: Mapping[str, str], name: str) -> Path | None:
    """The path in a variable; one set to nothing is one not set."""
    value = environ.get(name, "").strip()
    return _expanded(Path(value), environ) if value else None


def _expanded(path: Path, environ: Mapping[str, str]) -> Path:
    """The path with a leading ~ as the home folder."""
    home = environ.get("HOME", "")
    if path.parts[:1] == ("~",) and Path(home).is_absolute():
        return Path(home, *path.parts[1:])
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise ConfigError(f"{path}: there is no home folder to put in for ~; write the path in full") from error


def _usual(folder: Callable[..., Path]) -> Path | None:
    """What platformdirs says; None where the user has no home, for which it raises or leaves the ~ standing."""
    try:
        path = folder(APP, appauthor=False)
    except RuntimeError:
        return None
    return path if path.is_absolute() else None


def _exists(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:
        return False


def _shown(value: object) -> str:
    text = f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    text = "".join(c if c.isprintable() else "?" for c in text)
    return text if len(text) <= 60 else f"{text[:57]}..."
