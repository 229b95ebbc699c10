"""Paths as named -> the files to read. A file named by the reader is always tried; in a folder only stories are."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from store.intake import html, reasons
from store.intake.decode import NotText, decode
from store.intake.files import beginning, place, refusal
from store.intake.formats import ENDINGS, ending
from store.model import Rejected

_SNIFFED = 4096
_Identity = tuple[int, int]  # device and inode


def expand(paths: Sequence[Path], *, skipped: Callable[[Path], None] | None = None) -> list[Path | Rejected]:
    """Files in the order named, folders walked by name; the same file named twice, or reached twice, stands once.

    In a folder are taken: files with the ending of a format; with no ending, if they begin like text, HTML or JSON;
    with another ending (.php, .aspx, .asp), if they begin like an HTML page. All else there - pictures, PDF, CSS,
    programs - is what a folder of saved pages has beside its stories: passed over without a word in the list, and
    handed to skipped for those who count; but what is no file though it has the ending of one, as a pipe, is told.
    Hidden files and folders, and the NAME_files folder that a browser saves beside NAME.html, are not looked at.
    """
    walk = _Walk(skipped or (lambda _: None))
    return [found for path in paths for found in walk.named(path)]


class _Walk:
    """One walk over all paths named: remembers what it has seen."""

    def __init__(self, skipped: Callable[[Path], None]) -> None:
        self._skipped = skipped
        self._seen: set[_Identity] = set()

    def named(self, path: Path) -> Iterator[Path | Rejected]:
        try:
            about = path.stat()
        except (OSError, ValueError) as error:
            yield Rejected(place(path), refusal(error) if isinstance(error, OSError) else reasons.UNREADABLE)
            return
        if stat.S_ISDIR(about.st_mode):
            yield from self._folder(path, about)
        elif not stat.S_ISREG(about.st_mode):
            yield Rejected(place(path), reasons.NOT_A_FILE)
        elif self._first(about):
            yield path

    def _folder(self, top: Path, about: os.stat_result) -> Iterator[Path | Rejected]:
        """Depth first without recursion (folders may be nested deeper than Python's stack); each waiting folder
        carries the folders it stands in, so that a link to one of them is known as a loop."""
        waiting: list[tuple[Path, os.stat_result, tuple[_Identity, ...]]] = [(top, about, ())]
        while waiting:
            path, about, above = waiting.pop()
            if stat.S_ISREG(about.st_mode):
                if self._first(about):
                    yield path
                continue
            here = (about.st_dev, about.st_ino)
            if here in above:
                yield Rejected(place(path), reasons.LOOP)
                continue
            if not self._first(about):
                continue
            inside: list[tuple[Path, os.stat_result, tuple[_Identity, ...]]] = []
            for child in self._children(path):
                if isinstance(child, Rejected):
                    yield child
                else:
                    inside.append((*child, (*above, here)))
            waiting.extend(reversed(inside))

    def _children(self, folder: Path) -> Iterator[tuple[Path, os.stat_result] | Rejected]:
        """Folders and files of stories in a folder, by name."""
        try:
            names = sorted(name for name in os.listdir(folder) if not name.startswith("."))  # noqa: PTH208
        except OSError as error:
            yield Rejected(place(folder), refusal(error))
            return
        furniture = {f"{Path(name).stem}_files" for name in names if ending(name) in (".html", ".htm", ".xhtml")}
        for name in names:
            path = folder / name
            try:
                about = path.stat()
            except OSError as error:
                yield Rejected(place(path), refusal(error))
                continue
            if stat.S_ISDIR(about.st_mode):
                if name not in furniture:
                    yield path, about
            elif not stat.S_ISREG(about.st_mode) and ending(name) in ENDINGS:
                yield Rejected(place(path), reasons.NOT_A_FILE)
            elif stat.S_ISREG(about.st_mode) and _may_hold_stories(path):
                yield path, about
            else:
                self._skipped(path)

    def _first(self, about: os.stat_result) -> bool:
        identity = (about.st_dev, about.st_ino)
        new = identity not in self._seen
        self._seen.add(identity)
        return new


def _may_hold_stories(path: Path) -> bool:
    kind = ending(path.name)
    if kind in ENDINGS:
        return True
    head = decode(beginning(path, _SNIFFED))
    if isinstance(head, NotText) or not head.strip():
        return False
    return kind == "" or html.looks_like(head, kind)
