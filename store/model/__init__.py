"""The values that every room of the house hands to the next. Frozen, slotted, standard library only; no behaviour
beyond what can be read off the value itself."""

from store.model.crowd import MANY, Crowd, crowded
from store.model.event import Event, Listed
from store.model.head import Head
from store.model.ids import EventId, StoryId, StorylineId
from store.model.marks import MARK_FIELDS, UNMARKED, Act, Alike, Change, Changes, Mark, changes_of
from store.model.outlets import distinct, outlet_key
from store.model.placement import Fit, Moved, Nearness, Placement, Shared, Why
from store.model.quotes import Quote, Saying
from store.model.raw import Given, Markup, Raw, Rejected
from store.model.results import Added, Checked, Exported, Progress
from store.model.rules import Lifted, Rule, RuleChange, RuleKind
from store.model.story import Kind, Passage, Story
from store.model.summary import Sentence, Summary

__all__ = [
    "MANY",
    "MARK_FIELDS",
    "UNMARKED",
    "Act",
    "Added",
    "Alike",
    "Change",
    "Changes",
    "Checked",
    "Crowd",
    "Event",
    "EventId",
    "Exported",
    "Fit",
    "Given",
    "Head",
    "Kind",
    "Lifted",
    "Listed",
    "Mark",
    "Markup",
    "Moved",
    "Nearness",
    "Passage",
    "Placement",
    "Progress",
    "Quote",
    "Raw",
    "Rejected",
    "Rule",
    "RuleChange",
    "RuleKind",
    "Saying",
    "Sentence",
    "Shared",
    "Story",
    "StoryId",
    "StorylineId",
    "Summary",
    "Why",
    "changes_of",
    "crowded",
    "distinct",
    "outlet_key",
]
