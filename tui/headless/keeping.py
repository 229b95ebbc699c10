"""check, backup, restore, paths: what keeps a library, rather than what is in it."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime
from pathlib import Path

from store import config
from store.model import Checked
from tui.desk import counted
from tui.headless import crash, say
from tui.headless.adding import progress


def check(folder: Path, settings: config.Settings, options: Namespace) -> int:
    """Exit status 0 when all is sound, or was made so; 1 when not."""
    from store import soundness

    with progress(options) as told:
        checked = soundness.check(folder, told)
    if options.repair and any(part.problems for part in checked):
        _report(checked, json=options.json)
        with progress(options) as told:
            for done in soundness.repair(folder, settings, checked, now=datetime.now(), told=told):
                _did(done, json=options.json)
            checked = soundness.check(folder, told)
    _report(checked, json=options.json)
    sound = _sound(checked)
    if options.json:
        say.record({"sound": sound})
    elif sound:
        say.line("All is sound.")
    elif not any(part.problems for part in checked):
        say.note("What could be looked at is sound; check again for the rest")
    else:
        todo = "what is left needs a backup: `restore FILE`" if options.repair else "`check --repair` mends what it can"
        say.note(f"Not all is sound; {todo}")
    return 0 if sound else 1


def _sound(checked: tuple[Checked, ...]) -> bool:
    return not any(part.problems or part.unseen for part in checked)


def _report(checked: tuple[Checked, ...], *, json: bool) -> None:
    for part in checked:
        if json:
            found = {"problems": list(part.problems), "notes": list(part.notes), "unseen": part.unseen}
            say.record({"part": part.part, "counts": dict(part.counts), **found})
            continue
        held = ", ".join(f"{name} {number:,}" for name, number in part.counts)
        state = "NOT SOUND" if part.problems else "NOT ALL CHECKED" if part.unseen else "sound"
        say.line(f"{part.part:20} {held}{': ' if held else ''}{state}")
        for told in (*part.problems, *((part.unseen,) if part.unseen else ()), *part.notes):
            say.line(f"{'':20} - {told}")


def _did(done: str, *, json: bool) -> None:
    if json:
        say.record({"repaired": done})
    else:
        say.line(f"{'repaired':20} {done}")


def backup(folder: Path, _settings: config.Settings, options: Namespace) -> int:
    """Writes the library to one file. Exit status 1 where the library has lost what a backup should hold."""
    from store import backup
    from store.holdings import archive_gone

    gone = archive_gone(folder)
    with progress(options) as told:
        kept = backup.make(
            folder, options.file, settings=config.config_file(), now=datetime.now(), archive_gone=gone, told=told
        )
    _told((*kept.lost, *kept.notes))
    size = kept.file.stat().st_size
    if options.json:
        say.record(
            {
                "backup": str(kept.file),
                "bytes": size,
                "stories": kept.stories,
                "marked": kept.marked,
                "rules": kept.rules,
                "lost": list(kept.lost),
            }
        )
    else:
        say.line(f"{kept.file}: {_held(kept.stories, kept.marked, kept.rules)}, {size / 1e6:.1f} MB")
    return 1 if kept.lost else 0


def restore(folder: Path, _settings: config.Settings, options: Namespace) -> int:
    """Takes a backup file, or without one the backup of the marks that is kept beside them."""
    if options.file is None:
        say.note(restored_marks(folder, use_backup=not options.empty))
        return 0
    from store import backup

    with progress(options) as told:
        kept = backup.restore(folder, options.file, settings=config.config_file(), now=datetime.now(), told=told)
    if options.json:
        say.record({"restored": str(kept.file), "stories": kept.stories, "marked": kept.marked, "rules": kept.rules})
    else:
        say.line(f"{_held(kept.stories, kept.marked, kept.rules)} are back from {kept.file}")
    _told(kept.notes)
    return 0


def restored_marks(folder: Path, *, use_backup: bool) -> str:
    """The marks from the backup beside them, or none; what was done."""
    from store.marks import Marks

    return Marks.restore(folder, use_backup=use_backup)


def paths(folder: Path, _settings: config.Settings, options: Namespace) -> int:
    """Where everything is."""
    places = {
        "library": str(folder),
        "marks": str(folder / "marks.json"),
        "archive": str(folder / "archive.sqlite3"),
        "log": str(crash.log_file()),
        "settings": str(config.config_file() or "none: no home folder"),
    }
    if options.json:
        say.record(places)
    else:
        for name, place in places.items():
            say.line(f"{name:9} {place}")
    return 0


def _held(stories: int, marked: int, rules: int) -> str:
    ruled = f", {counted(rules, 'rule', 'rules')}" if rules else ""
    return f"{counted(stories, 'story', 'stories')}, {counted(marked, 'marked story', 'marked stories')}{ruled}"


def _told(notes: tuple[str, ...]) -> None:
    for note in notes:
        say.note(note)
