"""Waiting for what an app does beside the keys."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress

from textual.app import App
from textual.worker import WorkerCancelled


async def done(app: App[None], groups: Collection[str] | None = None) -> None:
    """All of it has ended, of all groups for None; work that newer work replaced counts as ended."""
    while working := [w for w in app.workers if not w.is_finished and (groups is None or w.group in groups)]:
        with suppress(WorkerCancelled):
            await app.workers.wait_for_complete(working)
