"""Quotes and their speakers, paragraph by paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass

from store.model import Quote, Story
from store.quotes import abroad
from store.quotes.cast import Cast
from store.quotes.clauses import LONGEST, Clause, addressee, clause, question
from store.quotes.marks import Stretch, stretches
from store.quotes.names import NAME, PRONOUNS, is_speaker, person
from store.quotes.speech import BESIDE, following, opening, subject, verbs
from store.text import words

_READ = 200_000  # characters of a story that are read for quotes
_REACH = 250  # characters beside a quote in which its speaker is looked for
_VERB_FIRST = re.compile(r"[ ]*,?[ ]*(?:[–—-][ ])?(\w+(?: (?:out|on|it))?)[ ]")
_GAP = re.compile(r"[^“”\"«»;]{0,90}[:,]?\s*")
_WHEN_NAME = re.compile(rf"(?:When|As|After|While|Before|Since|If|Until|Once|Because|Though|Although) ({NAME}) [a-z]")
_WHOLE = 4  # words; a clause that is all in marks is a direct quote, a term is not
_STOP = re.compile(r"(?<![A-Z.])\.\Z")  # the sentence's own, not an abbreviation's
_ENDS = (".", "!", "?", "”", '"', "»")
_LEADS_ON = (",", "!", "?", "…", "...", "—", "–", "-")


def quotes(story: Story) -> tuple[Quote, ...]:
    """The quotes of a story, in the order of the text: direct ones by the stretch, indirect ones by the sentence.

    Of the languages of abroad.py direct ones, of some reported ones, of others none; a story of unknown language is
    read as English. Paragraphs count as in `Story.paragraphs`.
    """
    language = story.head.language or "en"
    if language != "en":
        return tuple(abroad.quotes(story, language, _READ)) if language in abroad.LANGUAGES else ()
    reading = _Reading(story, Cast(story.paragraphs))
    found: list[Quote] = []
    left = _READ
    for number, text in enumerate(story.paragraphs):
        if len(text) > left:
            break
        left -= len(text)
        found += (quote for _, quote in sorted(reading.paragraph(number, text), key=lambda placed: placed[0]))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Held:
    """Who says a stretch, by which verb, and where the words that tell so end."""

    who: str
    verb: str
    end: int


@dataclass
class _Reading:
    """One story being read, paragraph by paragraph."""

    story: Story
    cast: Cast
    open_speaker: str = ""  # of a quote that the last paragraph did not close
    quoted_before: str = ""  # who said the last paragraph, where it was all quote

    def paragraph(self, number: int, text: str) -> list[tuple[int, Quote]]:
        found = stretches(text)
        spans = words.spans(text)
        held: list[tuple[int, Quote]] = []
        before: _Held | None = None
        speaker = ""
        at = 0
        for begin, end in spans:
            inside = []
            while at < len(found) and found[at].start < end:
                inside.append(found[at])
                at += 1
            spoken = False
            for stretch in inside:
                said = self._of_stretch(text, stretch, begin, before)
                if said is None:
                    spoken = spoken or stretch.speaks
                    continue
                before, speaker, spoken = said, said.who, True
                self._spoke(said.who)
                if asked := self._named(addressee(said.verb, text[said.end : said.end + _REACH])):
                    self.cast.tell(asked)
                words_said = _tidy(text[stretch.first : stretch.last])
                held.append((stretch.start, Quote(words_said, said.who, said.verb, True, self.story.id, number)))
            if spoken or any(s.start < end and begin < s.end and s.speaks for s in found[max(0, at - 2) : at]):
                continue
            quote = self._indirect(number, text[begin:end])
            if quote is not None:
                held.append((begin, quote))
        self.open_speaker = speaker if found and not found[-1].closed else ""
        self.quoted_before = speaker if held and _all_quote(text, found) else ""
        return held

    def _of_stretch(self, text: str, stretch: Stretch, begin: int, before: _Held | None) -> _Held | None:
        after = self._after(text, stretch)
        if after is not None:
            return after
        if not stretch.speaks:
            return None
        lead = text[max(begin, stretch.start - LONGEST) : stretch.start]
        if lead.strip():
            return self._introduced(lead, stretch)
        if before is not None and not re.search(r"[.!?:]\s+\S", text[before.end : stretch.start]):
            return _Held(before.who, before.verb, stretch.end)
        if stretch.start == 0 and self.open_speaker:
            return _Held(self.open_speaker, "said", stretch.end)
        if stretch.start == 0 and self.quoted_before and _all_quote(text, [stretch]):
            return _Held(self.quoted_before, "said", stretch.end)
        return self._from_sentence_before(text[max(0, begin - LONGEST) : begin], stretch) if begin else None

    def _after(self, text: str, stretch: Stretch) -> _Held | None:
        """“...,” she told reporters; “...,” said a spokesman"""
        inside = text[stretch.first : stretch.last].rstrip()
        rest = text[stretch.end : stretch.end + _REACH]
        if not stretch.closed or not (inside.endswith(_LEADS_ON) or rest.startswith(",")):
            return None
        if not (stretch.speaks or inside[:1].isupper()):
            return None
        first = _VERB_FIRST.match(rest)
        if first and first[1] in BESIDE:
            who = self._named(following(rest[first.end() :]))
            return _Held(who, first[1], stretch.end + first.end() + len(who)) if who else None
        clear = re.split(r"[“«„\"]|(?<=[a-z])[.!?;] ", rest, maxsplit=1)[0]
        lead = len(clear) - len(clear.lstrip(" ,–—-"))
        for verb in verbs(clear):
            written, start = subject(clear[lead : verb.start], joined=False)
            if verb.text in BESIDE and written and start <= 4 and (who := self._named(written)):
                return _Held(who, verb.text, stretch.end + verb.end)
        according = re.match(r",? ?according to ", clear)
        if according and (who := self._named(following(clear[according.end() :]))):
            return _Held(who, "according to", stretch.end + according.end())
        return None

    def _introduced(self, lead: str, stretch: Stretch) -> _Held | None:
        """Solmark said: “...”; Brusk: “...”"""
        for verb in reversed(list(verbs(lead))):
            if verb.text in BESIDE and _GAP.fullmatch(lead[verb.end :]):
                who = self._named(subject(lead[: verb.start])[0])
                return _Held(who, verb.text, stretch.end) if who else None
        name = lead.strip()[:-1]
        if lead.rstrip().endswith(":") and is_speaker(name) and name.casefold() not in PRONOUNS:
            return _Held(self._named(name), "said", stretch.end)
        return None

    def _from_sentence_before(self, before: str, stretch: Stretch) -> _Held | None:
        """A quote that stands alone after a sentence that says who speaks: `Marren was blunt, she said no. “...”`"""
        last = words.sentences(before)[-1:] or [""]
        reported = clause(last[0])
        who = self._named(reported.who) if reported else ""
        return _Held(who, "said", stretch.end) if who else None

    def _indirect(self, number: int, sentence: str) -> Quote | None:
        reported = clause(sentence)
        who = self._own(reported, sentence) if reported else ""
        asked = self._named(reported.asked if reported else question(sentence))
        if led := _WHEN_NAME.match(sentence[:_REACH]):
            self.cast.tell(self._named(led[1]), sure=False)
        if len(sentence) <= LONGEST and sentence.rstrip().endswith(_ENDS):
            written = opening(sentence)
            if written.casefold() not in PRONOUNS and (subject_of := self._named(written)):
                self.cast.tell(subject_of, sure=False)
        if who:
            self._spoke(who)
        if asked and asked != who and (reported or person(asked)):
            self.cast.tell(asked)
        if not who or reported is None:
            return None
        text = _tidy(reported.text)
        whole = next(iter(stretches(text)), None)
        if whole and whole.start == 0 and whole.end >= len(text) - 1 and len(text.split()) >= _WHOLE:
            return Quote(_tidy(text[whole.first : whole.last]), who, reported.verb, True, self.story.id, number)
        return Quote(_STOP.sub("", text), who, reported.verb, False, self.story.id, number)

    def _own(self, reported: Clause, sentence: str) -> str:
        """Who reports; a pronoun within a sentence is first of all whom the sentence begins with."""
        if reported.who.casefold() in ("he", "she") and not sentence.lstrip().startswith(reported.who):
            led = _WHEN_NAME.match(sentence[:_REACH])
            first = self._named(led[1]) if led else self._named(opening(sentence))
            if person(first) and self.cast.gender.get(first, reported.who) == reported.who:
                return first
        return self._named(reported.who)

    def _spoke(self, who: str) -> None:
        self.cast.last = who
        self.cast.tell(who)

    def _named(self, written: str) -> str:
        return self.cast.who(written) if written else ""


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ,;")


def _all_quote(text: str, found: list[Stretch]) -> bool:
    """Whether hardly anything of a paragraph stands outside its quotes."""
    return sum(s.end - s.start for s in found) >= 0.9 * len(text.strip())
