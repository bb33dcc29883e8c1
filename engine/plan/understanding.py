"""Own words: which one event a reply without a command surely means, if any; it moves nothing. And
the wait for the JA to it: how long it stands unanswered before the coordinators hear of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final, Protocol

from msgspec.structs import replace

from engine.calendar import Calendar, add
from engine.definition.types import Event, Keep, Span
from engine.domain import own_words
from engine.domain.blocking import words_of
from engine.domain.conditions import standing
from engine.domain.register.parties import party_within
from engine.model import PLATFORM, Act, Actor, Contact, Language, LetterDraft, Plan, TimerDraft
from engine.plan.case import Case, Happening
from engine.plan.decide import plan
from engine.plan.keeping import NO_REMARKS
from engine.plan.letters import coordinators_letters
from engine.plan.naming import party_name
from engine.plan.possible import owed_by, word_of
from engine.plan.timing import UNANSWERED
from engine.wording.names import DUTY_NAMES, HOLDER_NAMES

MOST_WORDS: Final = 120
"""A longer text says more than one event can hold; people read it."""
NO_OPINION: Final = "no_opinion"
"""The phrases about time, absence and who answers."""
NOT_NOW: Final = "not_now"
"""The phrases that say that an answer comes later."""
NO_REMARKS_SAID: Final = "no_remarks"
"""The phrases that say that somebody has no remarks."""
_FORWARDED = re.compile(r"\s*(?:vs|fw|fwd|vid(?:aresendt|eresendt)?|wg|tr)\s*:", re.IGNORECASE)
_PLACES: Final = frozenset({"i KS Læring", "til KS Læring", "på KS Læring", "in KS Læring"})
_THE_CONDITION: Final = frozenset(
    {"vilkåret", "vilkåra", "vilkårene", "betingelsen", "the condition", "the conditions"}
)
"""Whoever speaks of the condition that stands in the case sets none."""
_NAMED: Final = " kurset "
"""Stands for the course's own names, which mean nothing here, whatever words they hold."""
ACCEPT = "accept"
"""The event by which FOUSAM takes a report in, which is then over."""


def understood(case: Case, act: Act, text: str, subject: str, at: datetime) -> Event | None:
    """The one event that `text` surely means from a writer who is waited for, or None.

    `act` says who writes, how surely it is them, and with which note; every rule is asked. Text
    that was forwarded or is long means nothing; nor does one that asks, denies, doubts or sets a
    condition, unless an opinion or what is missing was asked for (INTERFACE §5.4).
    """
    if _FORWARDED.match(subject):
        return None
    plain = _without_names(case, act, text)
    if len(words_of(plain)) > MOST_WORDS:
        return None
    events = {event.name: event for event in _open_to(case, act, at)}
    phrases = {name: phrases_of(case, event) for name, event in events.items()}
    opinions = {name for name, event in events.items() if is_opinion(event)}
    wanting = {name for name, event in events.items() if "reason" in event.needs}
    naming = [name for name, event in events.items() if _party_kept(event)]
    if naming:
        # Whose the course is goes before all else that is said of it.
        return events[naming[0]]
    found = own_words.meant(plain, {n: phrases[n] for n in phrases.keys() - opinions - wanting})
    none = case.rules.phrases().get(NO_OPINION, ())
    found |= {n for n in opinions if own_words.is_opinion(plain, phrases[n], none)}
    lacking = {name for name in wanting if own_words.says(plain, phrases[name])}
    found |= {n for n in lacking if all(_comes_after(case, n, other) for other in found)}
    last = [name for name in found if not any(_comes_after(case, n, name) for n in found)]
    return events[last[0]] if len(last) == 1 else None


def closing(case: Case, contacts: Iterable[Contact], text: str) -> tuple[str, ...]:
    """The events that `text` seems to mean and that own words never bring about, as they end,
    reject, refuse or withdraw; then also those that take a reason, one of which may be meant. Empty
    where it seems to mean none.
    """
    actor, phrases = Actor(name="", contacts=tuple(contacts)), case.rules.phrases()
    here = [event for event in case.events_here() if case.role_for(event, actor) is not None]
    said = [e for e in here if own_words.says_surely(text, phrases.get(e.name, ()))]
    meant = [event.name for event in said if _closes(case, event)]
    others = [e.name for e in here if "reason" in e.needs and phrases.get(e.name)]
    return tuple(dict.fromkeys((*meant, *others))) if meant else ()


def is_opinion(event: Event) -> bool:
    """Whether somebody's opinion is what the event keeps."""
    return any(keep.kind == "opinion" for keep in event.keeps)


def note_of(event: Event, text: str, case: Case | None = None) -> str:
    """The text that goes with the event: the writer's own words where it keeps or needs them, and
    the party that they name where it keeps one.
    """
    if case is not None and _party_kept(event):
        ours = tuple(filter(None, (case.request.owner, case.request.requester)))
        party = party_within(text, case.facts.parties, (*ours, PLATFORM, "ks"))
        return party.name if party else ""
    return text.strip() if is_opinion(event) or "reason" in event.needs else ""


def no_remarks_word(
    case: Case, event: Event, act: Act, text: str, language: Language
) -> str | None:
    """The word of `event` that says that there are no remarks, where `text` says so and nothing
    else; else None.
    """
    said = _without_names(case, act, own_words.without_name(text))
    if not own_words.says_only(said, case.rules.phrases().get(NO_REMARKS_SAID, ())):
        return None
    words = event.says.get(language, ()) if is_opinion(event) else ()
    return next((word for word in words if word.casefold() in NO_REMARKS), None)


def _party_kept(event: Event) -> Keep | None:
    """What names a party in the event, where nothing else is kept."""
    return next((keep for keep in event.keeps if keep.kind == "party"), None)


def _says_whose(case: Case, event: Event, act: Act) -> bool:
    """Whether the writer's own words say whose the course is, as the event asks."""
    keep, text = _party_kept(event), _without_names(case, act, act.note)
    said = own_words.says(text, phrases_of(case, event))
    return said and bool(keep and (keep.optional or note_of(event, act.note, case)))


def phrases_of(case: Case, event: Event) -> tuple[str, ...]:
    """What stands for the event in its file and, of the same name, in the program's phrases."""
    own = (phrase for phrases in event.phrases.values() for phrase in phrases)
    return tuple(dict.fromkeys((*own, *case.rules.phrases().get(event.name, ()))))


def _closes(case: Case, event: Event) -> bool:
    """Whether the event ends the case, moves a share on or goes back; what is accepted ends
    well.
    """
    if event.name == ACCEPT or event.back:
        return bool(event.back)
    states, state = case.workflow.states, case.request.state
    target = case.table.target(state, event.name) or state
    return states[target].final or bool(states[state].label and target != state)


def _comes_after(case: Case, later: str, earlier: str) -> bool:
    """Whether `later` could follow `earlier` and not the other way round: it says both."""
    state = case.request.state
    between = [case.table.target(state, name) for name in (earlier, later)]
    follows, back = (
        target is not None and case.table.target(target, name) is not None
        for target, name in zip(between, (later, earlier), strict=True)
    )
    return follows and not back


def _open_to(case: Case, act: Act, at: datetime) -> Iterator[Event]:
    waited_for = set(owed_by(case)) & set(case.roles_of(act.actor))
    for event in case.events_here():
        if not phrases_of(case, event) or not waited_for & set(event.by):
            continue
        if _closes(case, event):
            continue
        if _party_kept(event) and not _says_whose(case, event, act):
            continue
        wanted = replace(act, event=event.name, note=note_of(event, act.note, case))
        if isinstance(plan(case, wanted, at), Plan):
            yield event


def _without_names(case: Case, act: Act, text: str) -> str:
    """`text` with the course, the label, the case and the writer themselves named alike."""
    form, information = case.request.form, case.facts.course
    labels = {state.label for state in case.workflow.states.values() if state.label}
    names = {form.get("full_name", ""), form.get("short_name", ""), case.request.number, *labels}
    names |= _PLACES
    if standing(case.request.kept):
        names |= _THE_CONDITION
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


PATIENCE: Final = Span(2, "working days")
"""How long what we ask about is left to whoever is asked."""
_AGAIN: Final = Span(10, "working days")
_AT_MOST: Final = 3


class Waiting(Protocol):
    """A timer as far as it matters here."""

    @property
    def target(self) -> str:
        """What it writes."""

    @property
    def roles(self) -> tuple[str, ...]:
        """About whom."""


def wait_for(roles: tuple[str, ...], calendar: Calendar, at: datetime) -> TimerDraft:
    """The timer of a suggestion that was made to `roles` at `at` (INTERFACE §5: 2 working days).

    Like every timer of a request it is void after the next move.
    """
    return TimerDraft(
        position=0,
        action="escalate",
        target=UNANSWERED,
        roles=roles,
        due_at=add(calendar, at, PATIENCE),
        every=str(_AGAIN),
        at_most=_AT_MOST,
        rule=f"after {PATIENCE}",
        calendar=f"{calendar.name} {calendar.version}",
    )


def asked(armed: Iterable[Waiting]) -> frozenset[str]:
    """The roles that have a suggestion to answer; no chaser goes to them meanwhile."""
    return frozenset(role for timer in armed if timer.target == UNANSWERED for role in timer.roles)


def unanswered_letters(
    happening: Happening, roles: tuple[str, ...], *, event: str, word: str, text: str
) -> Iterator[LetterDraft]:
    """What was suggested to `roles` by its `word` and never answered, to each coordinator.

    None where they owe nothing any more: somebody has answered for them.
    """
    case = happening.case
    owing = [role for role in roles if role in owed_by(case)]
    for letter in coordinators_letters(happening, owing[0], UNANSWERED) if owing else ():
        extra = {**letter.variables["extra"], "word": _word(case, event, word, letter)}
        yield replace(letter, variables={**letter.variables, "remark": text, "extra": extra})


def _word(case: Case, event: str, said: str, letter: LetterDraft) -> str:
    """What was asked about, as the reader calls it."""
    known = case.workflow.events.get(event)
    if known is None:
        return said
    places = [words.index(said) for words in known.says.values() if said in words]
    theirs = known.says.get(letter.language, ())
    return (
        theirs[places[0]]
        if places and places[0] < len(theirs)
        else word_of(known, letter.language) or ""
    )
