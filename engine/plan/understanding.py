"""Own words: which one event a reply without a command surely means, if any; it moves nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from engine.definition.types import Event
from engine.domain import blocking
from engine.domain.neutral import ASKING_VERBS, BESIDE, SUBJECTS, WRITTEN_TO
from engine.frozen import replace
from engine.model import Act, Language, Plan
from engine.pattern import pattern
from engine.plan.case import Case
from engine.plan.decide import plan
from engine.plan.possible import owed_by
from engine.plan.variables import party_name
from engine.wording.names import DUTY_NAMES, HOLDER_NAMES

MOST_WORDS: Final = 60
"""A longer text says more than one event can hold; people read it."""
_SENTENCES = pattern(r"[.!;\n]")
_CLAUSES = pattern(r"[,()–—]|\s-\s|\b(?:og|and|så)\b", re.IGNORECASE)
_COLON = pattern(r":\s*")
_FORWARDED = pattern(r"\s*(?:vs|fw|fwd|vid(?:aresendt|eresendt)?|wg|tr)\s*:", re.IGNORECASE)
_PLACES: Final = frozenset({"i KS Læring", "til KS Læring", "på KS Læring", "in KS Læring"})
_NAMED: Final = " kurset "
"""Stands for the course's own names, which mean nothing here, whatever words they hold."""


def understood(case: Case, act: Act, text: str, subject: str, at: datetime) -> Event | None:
    """The one event that `text` surely means from a writer who is waited for, or None.

    `act` says who writes, how surely it is them, and with which note; every rule is asked. Text
    that was forwarded, denies, doubts, asks, sets a condition or is long means nothing.
    """
    if _FORWARDED.match(subject):
        return None
    plain = _without_names(case, act, text)
    if len(blocking.words_of(plain)) > MOST_WORDS:
        return None
    found = {
        event.name: languages
        for event in _open_to(case, act, at)
        if (languages := frozenset(_said(event, plain)))
    }
    if len(found) != 1:
        return None
    name, languages = next(iter(found.items()))
    return None if blocking.blocks(plain, languages) else case.workflow.events[name]


def note_of(event: Event, text: str) -> str:
    """The text that goes with the event: the writer's own words where it keeps or needs them."""
    opinion = any(keep.kind == "opinion" for keep in event.keeps)
    return text.strip() if opinion or "reason" in event.needs else ""


def _open_to(case: Case, act: Act, at: datetime) -> Iterator[Event]:
    waited_for = set(owed_by(case)) & set(case.roles_of(act.actor))
    for event in case.events_here():
        if not event.phrases or not waited_for & set(event.by):
            continue
        wanted = replace(act, event=event.name, note=note_of(event, act.note))
        if isinstance(plan(case, wanted, at), Plan):
            yield event


def _without_names(case: Case, act: Act, text: str) -> str:
    """`text` with the course, the label, the case and the writer themselves named alike."""
    form, information = case.request.form, case.facts.course
    labels = {state.label for state in case.workflow.states.values() if state.label}
    names = {form.get("full_name", ""), form.get("short_name", ""), case.request.number, *labels}
    names |= _PLACES
    if information is not None:
        names |= {information.full_name, information.short_name}
    ours = {party_name(case, contact.party) for contact in act.actor.contacts}
    for contact in act.actor.contacts:
        ours |= set(DUTY_NAMES[contact.duty].values()) | set(HOLDER_NAMES[contact.duty].values())
    text = _replaced(text, names, _NAMED)
    return _replaced(text, ours, " vi ")


def _replaced(text: str, names: set[str], by: str) -> str:
    for name in sorted(filter(None, names), key=len, reverse=True):
        written = r"\s+".join(re.escape(part) for part in name.split())
        text = re.sub(rf"[«“\"]?(?<!\w){written}(?!\w)[»”\"]?", by, text, flags=re.IGNORECASE)
    return text


def _said(event: Event, text: str) -> Iterator[Language]:
    """The languages in which some part of `text` says no more and no less than a phrase."""
    # What stands before a colon tells who says what comes after it, also on the next line.
    sentences = [_clauses(one) for one in _SENTENCES.split(_COLON.sub(" ", text))]
    for language, phrases in event.phrases.items():
        wanted = [blocking.words_of(phrase) for phrase in phrases]
        beside = BESIDE.union(*wanted)
        if any(_says(sentence, phrase, beside) for sentence in sentences for phrase in wanted):
            yield language


def _clauses(sentence: str) -> list[tuple[str, ...]]:
    return [words for part in _CLAUSES.split(sentence) if (words := blocking.words_of(part))]


def _says(sentence: list[tuple[str, ...]], phrase: tuple[str, ...], beside: frozenset[str]) -> bool:
    length = len(phrase)
    for clause in sentence:
        for place in range(len(clause) - length + 1):
            before, after = clause[:place], clause[place + length :]
            if clause[place : place + length] != phrase:
                continue
            known = _known_doer(sentence, before, phrase)
            if known and _before(before) and _nothing_but(beside, before, after):
                return True
    return False


def _known_doer(
    sentence: list[tuple[str, ...]], before: tuple[str, ...], phrase: tuple[str, ...]
) -> bool:
    """A clause that names nobody itself goes on about whoever the sentence began with."""
    return bool(set(before) & SUBJECTS) or sentence[0][0] in BESIDE | {phrase[0]}


def _before(words: tuple[str, ...]) -> bool:
    """What stands before the phrase neither asks nor tells of those who are written to."""
    asks = len(words) > 1 and words[0] in ASKING_VERBS and words[1] in SUBJECTS
    return not asks and not set(words) & WRITTEN_TO


def _nothing_but(beside: frozenset[str], *runs: tuple[str, ...]) -> bool:
    said = {word for run in runs for word in blocking.without_harmless(run)}
    return not said - beside - {blocking.HARMLESS_MARK}
