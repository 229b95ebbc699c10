"""Names of what a library holds, each a plain text."""

from __future__ import annotations

from typing import NewType

StoryId = NewType("StoryId", str)
EventId = NewType("EventId", str)
StorylineId = NewType("StorylineId", str)
