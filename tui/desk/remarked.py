"""RemarkedList: keeps the list in step with the marks, a few stories at a time or many at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

from store.model import StoryId
from tui.desk import plan as plans
from tui.desk.arrangement import DISMISSED, HIDDEN
from tui.desk.plan import Plan, flags_of
from tui.desk.shown import ShownList

CROWD = StoryId(""), -1
"""Stands among the changed stories for many: a plan begun before them takes the flags of the list that has them."""


class RemarkedList(ShownList):
    """What changes marks says so here; the cursor's row stays, though it may no longer fit the filter."""

    def _swap(self, plan: Plan) -> None:
        changed = dict(self._changed[plan.began :])
        if changed.pop(CROWD[0], None) and plan.arrangement.skeleton.top == self.top:
            old = plan.arrangement
            plan = replace(plan, arrangement=old.under(old.fits, hides=old.hides, flags=self._list.flags))
        super()._swap(plan)
        self._catch_up(changed)

    def _catch_up(self, changed: Mapping[StoryId, int]) -> None:
        """Takes in what changed while a plan was made."""
        for story, n in changed.items():
            if n < len(self._list.flags):
                new = flags_of(self.mark(story))
                self._list.flag(n, new | (self._list.flags[n] & HIDDEN if not new & DISMISSED else 0))
        self._refit(sorted(changed.values()))
        self._list.change(k for k in map(self._list.rank, changed.values()) if k is not None)

    def plan_marked(self) -> Callable[[], Plan]:
        """Makes the list as it is under the marks there are now, in whatever thread that is called; then `take_marked`
        it. For marks of many stories: those of a few are taken in at once."""
        return partial(plans.remarked, self._plan, self.marks, began=len(self._changed))

    def take_marked(self, plan: Plan) -> bool:
        """Shows a list that was planned so; the cursor's row stays. False where the list is another one by now: plan it
        again."""
        if plan.wanted is not self._plan.wanted or plan.arrangement.skeleton is not self._list.skeleton:
            return False
        at, index = self._at(), self.cursor
        kept = self._kept_at(at)
        self._swap(plan)
        self._keep(kept)
        self._back(at, index)
        self._changed.append(CROWD)
        return True

    def _kept_at(self, at: tuple[int, int | None] | None) -> frozenset[int]:
        """The stories that go on being shown until the cursor leaves them, though they may fit no more."""
        if self._filter and at and not self._list.kept:
            return frozenset(self._list.shown(at[0]) if at[1] is None else (at[1],))
        return self._list.kept

    def _marked(self, stories: Collection[StoryId]) -> None:
        """Takes the new marks of these stories into the list; the cursor's row stays, though it may no longer fit."""
        at, index = self._at(), self.cursor
        self._list.kept = self._kept_at(at)
        ranks: set[int] = set()
        gone: set[int] = set()
        for story, n in self._numbers_of(stories).items():
            if n >= len(self._list.flags):
                continue
            old, new = self._list.flags[n], flags_of(self.mark(story))
            k = self._list.rank(n)
            if k is not None:
                ranks.add(k)
                if (old ^ new) & DISMISSED:
                    gone.add(k)
            self._list.flag(n, new | (old & HIDDEN if not new & DISMISSED else 0))
            self._changed.append((story, n))
        if self._filter:
            self._refit([n for k in ranks for n in self._list.members(k)])
        self._list.change(ranks)
        plans.hide_late_comers(self._list, self._entries, self._plan.wanted.layout, gone)
        if self._filter or gone:
            self._redrawn(rows=True)
            self._back(at, index)
        else:
            self._redrawn()

    def _numbers_of(self, stories: Collection[StoryId]) -> dict[StoryId, int]:
        if all(s in self._numbers for s in stories):
            return {s: self._numbers[s] for s in stories}
        return self._shelf.numbers(list(stories))

    def _refit(self, numbers: Sequence[int]) -> None:
        fits, filter = self._list.fits, self._filter
        if fits is None or filter is None or not numbers:
            return
        for story, n in self._shelf.numbers(self._shelf.ids(numbers)).items():
            if n < len(fits):
                fits[n] = filter.fits(n, self.mark(story))
