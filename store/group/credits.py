"""What a story says of its own origin, in one value."""

from __future__ import annotations

from dataclasses import dataclass

from store.group import sources
from store.model import Story


@dataclass(frozen=True, slots=True)
class Source:
    """The agency or outlet that a story has its report from, and its own name."""

    credited: str | None = None
    own: str | None = None

    @property
    def wire(self) -> bool:
        """Whether an agency itself publishes the story."""
        return self.own is not None and sources.agency(self.own)


def read(story: Story) -> Source:
    own = sources.own_name(story)
    return Source(own if own and sources.agency(own) else sources.credited(story), own)
