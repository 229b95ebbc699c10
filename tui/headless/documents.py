"""Documents: one answer in the form that was asked for: Markdown, to standard output or a file, a record, or lines."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping

from store import export as exporting
from tui.headless import say
from tui.headless.reading import file_named


def wanted(options: Namespace) -> bool:
    return bool(options.markdown or options.output)


def shown(
    options: Namespace,
    *,
    document: Callable[[], str],
    record: Callable[[], Mapping[str, object]],
    lines: Iterable[str],
) -> int:
    """Says an answer for whoever asked: as Markdown, for a program, or line by line for a person."""
    if wanted(options):
        return out(options, document())
    if options.json:
        say.record(record())
        return 0
    for text in lines:
        say.line(text)
    return 0


def out(options: Namespace, text: str) -> int:
    """Writes a document where it was asked for. Raises ExportRefused."""
    if not options.output or options.output == "-":
        say.document(text)
        return 0
    file = file_named(options.output)
    kept = exporting.write(file, text, force=options.force)
    if kept:
        say.note(f"The file that stood there is kept as {kept}")
    if options.json:
        say.record({"file": str(file.absolute())})
    else:
        say.note(f"Written to {file}")
    return 0
