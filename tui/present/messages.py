"""What long work says to the reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

from tui.desk import counted

Severity = Literal["information", "warning", "error"]


def progress(record: Mapping[str, object]) -> str:
    """One line of how far an import has come."""
    done, total = record.get("done"), record.get("total")
    of = f" {done:,}" if isinstance(done, int) and done else ""
    of += f" of {total:,}" if isinstance(total, int) and total and of else ""
    return f"{record.get('stage')}{of} … ({{stop}} stops)"


STOPPED = 130  # the exit status of a command that was asked to stop, as shells have it


def added(records: Sequence[Mapping[str, object]], status: int) -> Iterable[tuple[str, Severity]]:
    """What an import did, for the reader: first the counts, then what was rejected and why."""
    stopped = status < 0 or status == STOPPED
    if stopped and not any("added" in record for record in records):
        yield f"Stopped. What was already added stays; {_GOES_ON}", "warning"
    for record in records:
        if "complaint" in record:
            yield str(record["complaint"]), "error"
        if "added" in record:
            if stopped:
                yield f"Stopped: {_counts(record)}, and that stays; {_GOES_ON}", "warning"
            elif record.get("rejected") and not any(record.get(n) for n in ("added", "same", "revised")):
                yield "Nothing was added", "information"
            else:
                yield _counts(record), "information"
        if moved := record.get("moved"):
            number = len(moved) if isinstance(moved, list) else 0
            yield f"{counted(number, 'story', 'stories')} you marked moved to another event", "information"
    rejected = [r for r in records if "reason" in r]
    for record in rejected[:3]:
        yield f"Not added: {record.get('source')}: {record['reason']}", "warning"
    if len(rejected) > 3:
        yield f"… and {len(rejected) - 3} more rejected; `diplo-reader add` lists them all", "warning"


_GOES_ON = "adding the same again goes on where this left off"


def _counts(record: Mapping[str, object]) -> str:
    """What became of the stories that came: "5 added, 2 same"."""
    names = ("added", "same", "revised", "rejected")
    return ", ".join(f"{record.get(n, 0)} {n}" for n in names if n == "added" or record.get(n))


def exported(record: Mapping[str, object]) -> str:
    """What an export wrote, and where."""
    written, asked = record.get("written"), record.get("asked")
    if not written:
        return "Nothing to export: tag stories with {tags}, or select some with {select}"
    short = "" if written == asked else f" of {asked}"
    stories = "story" if 1 == written == asked else "stories"
    return f"Exported {written}{short} {stories} to {from_home(str(record.get('file')))}"


def from_home(path: str) -> str:
    """A path as people write it: with ~ for the home folder."""
    with suppress(RuntimeError, ValueError):
        return str("~" / Path(path).relative_to(Path.home()))
    return path


def about_keys(told: Sequence[str], file: Path | None) -> tuple[str, ...]:
    """All there is to say of the reader's keys, as one message."""
    head = (f"In {from_home(str(file))}:",) if file else ()
    return ("\n".join((*head, *told)),) if told else ()


def refused(complaint: str, file: str) -> str:
    """Why an export was not written; the desk has no --force to advise, but another name is quickly given."""
    if "--force" in complaint:
        return (
            f"{file} is there already, and not as a review was last written to it: "
            "press {export} and give another name"
        )
    return complaint
