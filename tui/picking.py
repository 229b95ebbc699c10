"""Picking: the cursor in a story's text, by the sentence, and how far from it the pick extends."""

from __future__ import annotations

from collections.abc import Sequence

from store.model import Story
from store.text.passages import Span, sentences

Place = tuple[int, int]
"""A paragraph, and which of its sentences."""


class Picking:
    """Plain Python. Sentences are looked for in the paragraphs that the cursor comes to, not in the whole of a text."""

    def __init__(self, story: Story, paragraph: int = 0, offset: int = 0) -> None:
        """Starts at the sentence that holds this place in the text, or comes next. Raises ValueError where a story has
        no text."""
        self.story = story.id
        self.paragraphs: Sequence[str] = story.paragraphs
        self.extending = False
        self._known: dict[int, tuple[tuple[int, int], ...]] = {}
        start = self._from(paragraph, offset) or self._from(0, 0)
        if start is None:
            raise ValueError("no text")
        self.at: Place = start
        self.anchor: Place = start

    def _from(self, paragraph: int, offset: int) -> Place | None:
        for number in range(max(0, paragraph), len(self.paragraphs)):
            for place, (_, end) in enumerate(self._of(number)):
                if number > paragraph or end > offset:
                    return number, place
        return None

    def _of(self, paragraph: int) -> tuple[tuple[int, int], ...]:
        if paragraph not in self._known:
            self._known[paragraph] = sentences(self.paragraphs[paragraph])
        return self._known[paragraph]

    # --- moving

    def move(self, by: int, *, extend: bool = False) -> None:
        """Goes so many sentences on or back, as far as there are any; extend: takes them into the pick."""
        step = 1 if by > 0 else -1
        for _ in range(abs(by)):
            next_one = self._beside(self.at, step)
            if next_one is None:
                break
            self.at = next_one
        if not (extend or self.extending):
            self.anchor = self.at

    def toggle_extending(self) -> None:
        self.extending = not self.extending
        if not self.extending:
            self.anchor = self.at

    def done(self) -> None:
        """Ends the pick; the cursor stays where it is."""
        self.extending, self.anchor = False, self.at

    def _beside(self, place: Place, step: int) -> Place | None:
        number, index = place
        if 0 <= index + step < len(self._of(number)):
            return number, index + step
        number += step
        while 0 <= number < len(self.paragraphs):
            if found := self._of(number):
                return number, 0 if step > 0 else len(found) - 1
            number += step
        return None

    # --- what is picked

    @property
    def spans(self) -> tuple[Span, ...]:
        """What is picked, a span a paragraph."""
        (first, start), (last, end) = sorted((self.anchor, self.at))
        out = []
        for number in range(first, last + 1):
            inside = self._of(number)
            if inside:
                begin = inside[start][0] if number == first else inside[0][0]
                stop = inside[end][1] if number == last else inside[-1][1]
                out.append((number, begin, stop))
        return tuple(out)

    @property
    def head(self) -> tuple[int, int]:
        """The paragraph of the cursor, and where its sentence starts there: what is to be in sight."""
        number, index = self.at
        return number, self._of(number)[index][0]

    def __len__(self) -> int:
        """How many sentences are picked."""
        (first, start), (last, end) = sorted((self.anchor, self.at))
        return sum(len(self._of(n)) for n in range(first, last)) - start + end + 1
