"""clean, group and summarise: pure pipes that store nothing."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable

from store import pipes
from store.config import Settings
from store.errors import InputError
from tui.headless import say


def clean(options: Namespace, settings: Settings) -> int:
    if _from_stdin(options):
        return _out(options, pipes.clean_arriving(pipes.arriving(sys.stdin.buffer)), _clean_text)
    return _out(options, pipes.clean_files(pipes.files(options.paths, limit=settings.limit)), _clean_text)


def group(options: Namespace, settings: Settings) -> int:
    if _from_stdin(options):
        return _out(options, pipes.group(pipes.lines(sys.stdin.buffer)), _group_text)
    return _out(options, pipes.group_files(pipes.files(options.paths, limit=settings.limit)), _group_text)


def summarise(options: Namespace, settings: Settings) -> int:
    method = options.method or settings.summary_method
    sentences = options.sentences or settings.summary_sentences
    with pipes.kept_in(options.library) as kept:
        wanted = pipes.Wanted(method, sentences, options.words, kept)
        if _from_stdin(options):
            return _out(options, pipes.summarise(pipes.lines(sys.stdin.buffer), wanted), _summary_text)
        found = pipes.files(options.paths, limit=settings.limit)
        return _out(options, pipes.summarise_files(found, wanted), _summary_text)


def _from_stdin(options: Namespace) -> bool:
    """Whether records are read, and not files. Raises StoreError where both are asked for."""
    if options.paths and options.paths != ["-"]:
        if "-" in options.paths:
            raise InputError("- stands for JSON Lines on standard input and cannot be mixed with files")
        return False
    say.awaiting_input("JSON Lines")
    return True


def _out(options: Namespace, answers: Iterable[pipes.Record], as_text: Callable[[pipes.Record], str]) -> int:
    """Writes each answer as it comes; exit status 1 when one of them is an error."""
    status = 0
    for answer in answers:
        status = 1 if "error" in answer else status
        if options.json:
            say.record(answer)
        elif "error" in answer:
            say.note(f"{answer.get('id', '')}: {answer['error']}".lstrip(": "))
        else:
            say.line(as_text(answer))
    return status


def _clean_text(answer: pipes.Record) -> str:
    return "\n\n".join([str(answer["title"] or ""), *answer["paragraphs"]]) + "\n"


def _group_text(answer: pipes.Record) -> str:
    return f"{answer['event']}  {answer.get('id', '')}  {answer['why']}"


def _summary_text(answer: pipes.Record) -> str:
    if not answer["sentences"]:
        return "Nothing new.\n" if answer.get("method") == "new" else "Nothing to summarise.\n"
    return "\n".join(sentence_text(s["text"], s.get("support", 1)) for s in answer["sentences"]) + "\n"


def sentence_text(text: str, support: int) -> str:
    """A sentence of a summary on a line, with the number of origins that support it where there are several."""
    return f"{text}  x{support}" if support > 1 else text
