"""To whom people's own words go: decided here alone, for what is passed on and for what letters say
of who will read an answer (INTERFACE §5.5).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, Literal

from msgspec import Struct

from engine.definition.types import Role
from engine.domain import beside, people_named
from engine.domain.own_words import is_courtesy, sentences
from engine.domain.private_words import of_somebodys_own
from engine.domain.register.duties import COORDINATOR, ELEARNING, KS_LAERING, MUNICIPALITY
from engine.domain.secrecy import has_identity_number
from engine.model import SYSTEM, TIME, Actor, Contact, Language
from engine.plan.case import Case, Happening
from engine.plan.possible import owed_by
from engine.wording.names import DUTY_NAMES, HOLDER_NAMES

MOST_WORDS: Final = 1_500
"""How many characters of what was written a letter repeats."""
SIDES: Final = frozenset({ELEARNING, KS_LAERING, MUNICIPALITY})
"""The duties that speak for one side of a case; every other one has its own opener to speak to."""
MOST_CHOICES: Final = 6
NOBODY: Final = "nobody"

Why = Literal["", "ask", "thanks", "private", "identity", "coordinator"]


class Way(Struct, frozen=True, kw_only=True):
    """To whom a writer's own words go."""

    to: tuple[Contact, ...] = ()
    why: Why = ""
    """Why they go to nobody: they are to be asked about (`ask`), are thanks, tell of somebody's own
    health or absence (`private`), hold an identity number, or are the coordinator's to read.
    """
    words: str = ""
    """What is passed on."""
    withheld: str = ""
    """What tells of somebody's own health or absence, and goes to nobody."""


def way_of(
    case: Case,
    writer: Sequence[Contact],
    text: str,
    *,
    first_line: str = "",
    reads: Mapping[str, Any] | None = None,
) -> Way:
    """To whom the own words `text` of `writer` go; `first_line` may greet somebody, and `reads` is
    what the letter that they answer says of who reads the answer.
    """
    if has_identity_number(text):
        return Way(why="identity")
    course = case.request.form.get("full_name", "")
    words, withheld = of_somebodys_own(text, (course,))
    if is_courtesy(words):
        return Way(why="private" if withheld else "thanks", withheld=withheld)
    to = _readers(case, writer, words, first_line, reads or {})
    if to is None:
        return Way(why="coordinator", words=words, withheld=withheld)
    return Way(to=to, why="" if to else "ask", words=words, withheld=withheld)


def _readers(
    case: Case,
    writer: Sequence[Contact],
    words: str,
    first_line: str,
    reads: Mapping[str, Any],
) -> tuple[Contact, ...] | None:
    """Those who read; nobody where the writer must be asked, None for the coordinator."""
    others = [each for each in people_of(case) if each.email not in {c.email for c in writer}]
    name = people_named.greeted(first_line)
    if name in {each.casefold() for each in DUTY_NAMES[COORDINATOR].values()}:
        return None
    greeted = [each for each in others if people_named.is_called(each.name, name)]
    if len({each.email for each in greeted}) == 1:
        return (greeted[0],)
    meant = tuple(each for each in others if each.id in reads.get("to", ()))
    if meant:
        return meant
    theirs = [role for role in case.workflow.roles.values() if _holds(case, writer, role)]
    if theirs and not any(role.duty in SIDES for role in theirs):
        return _reached(case, own_opener(case, theirs[0]))
    return _asked_something(case, theirs, words)


def people_of(case: Case) -> tuple[Contact, ...]:
    """Everybody who holds a role in the case and gets letters about it, once for each address."""
    found = (each for role in case.workflow.roles for each in _reached(case, role))
    return tuple({each.email: each for each in reversed(tuple(found))}.values())[::-1]


def own_opener(case: Case, role: Role) -> str:
    """The role in which the organisation of `role` opens or answers for the case; empty where it
    has none.
    """
    party, roles = case.party_of(role), case.workflow.roles
    own = [each.name for each in roles.values() if party and case.party_of(each) == party]
    opener = case.workflow.opens_with.by
    return opener if opener in own else next((n for n in own if roles[n].duty in SIDES), "")


def reads_answer(happening: Happening, role: str, language: Language) -> dict[str, Any]:
    """Who reads what a holder of `role` answers in own words to a letter about `happening`: their
    own opener, or whoever on the other side did what it tells of. `who` names them and `to` holds
    their contacts' ids; empty where the writer will be asked.
    """
    case, own = happening.case, happening.case.workflow.roles[role]
    if case.workflow.opens_with.by_time:
        return {}
    if own.duty in SIDES:
        to = _actors(happening, own)
        who = named(case, to, language) if to else ""
    else:
        to = _reached(case, own_opener(case, own))
        name = person_name(to[0]) if len(to) == 1 else ""
        who = name or (HOLDER_NAMES[to[0].duty][language] if to else "")
    return {"who": who, "to": [each.id for each in to]} if to else {}


def _actors(happening: Happening, own: Role) -> tuple[Contact, ...]:
    """Those of the other side who acted; of what time brings about, whoever moved the case last."""
    case, actor = happening.case, happening.act.actor
    if actor in (SYSTEM, TIME):
        last = case.request.last_act
        ids = last.contacts if last is not None else ()
        actor = Actor(name="", contacts=tuple(c for c in case.facts.contacts if c.id in ids))
    held = [
        role
        for role in case.workflow.roles.values()
        if role.duty in SIDES
        and case.party_of(role) != case.party_of(own)
        and _holds(case, actor.contacts, role)
    ]
    emails = {each.email for each in actor.contacts}
    reached = _reached(case, held[0].name) if held else ()
    return tuple(each for each in reached if each.email in emails) or reached


def named(case: Case, people: Sequence[Contact], language: Language, *, fully: bool = False) -> str:
    """What the people are called together: a person by name, `fully` with the organisation, others
    by their organisation.
    """
    if len(people) == 1 and (name := person_name(people[0])):
        party = party_called(case, people[0])
        return f"{name} ({party})" if fully and name != party else name
    party = party_called(case, people[0])
    if not fully or people[0].duty == KS_LAERING:
        return party
    return f"{DUTY_NAMES[people[0].duty][language]} ({party})"


def person_name(contact: Contact) -> str:
    """The contact's name, where it is a person's and not the title of a duty."""
    titles = (title.casefold() for titles in DUTY_NAMES.values() for title in titles.values())
    name = contact.name.casefold()
    return "" if any(title in name for title in titles) else contact.name


def party_called(case: Case, contact: Contact) -> str:
    """The contact's organisation, as people call it."""
    known = case.facts.parties.get(contact.party)
    return known.name.removesuffix(" HF") if known else contact.party


def choices(case: Case, writer: Sequence[Contact], language: Language) -> list[dict[str, Any]]:
    """Who may be meant, as the question lists them: people of the case, the coordinator, nobody.

    `to` holds contacts' ids, and is empty for the last two, whose `for` tells which they are.
    """
    theirs = {each.email for each in writer}
    groups: dict[tuple[int, ...], str] = {}
    for role in case.workflow.roles.values():
        people = [each for each in _reached(case, role.name) if each.email not in theirs]
        if people:
            groups.setdefault(
                tuple(each.id for each in people), named(case, people, language, fully=True)
            )
    listed = [{"who": who, "to": list(to), "for": ""} for to, who in groups.items()]
    return [
        *listed[:MOST_CHOICES],
        {"who": "", "to": [], "for": COORDINATOR},
        {"who": "", "to": [], "for": NOBODY},
    ]


def harmless(words: str) -> str:
    """The words as text alone: no token or quote of ours that an answer could bring back."""
    text = _TOKEN.sub(r"\1", words)
    lines = (line.lstrip("> \t") for line in text.strip().split("\n"))
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return text if len(text) <= MOST_WORDS else f"{text[:MOST_WORDS].rstrip()} …"


_TOKEN: Final = re.compile(r"\[(KD-\d{4}-\d{4,})\.[0-9A-Z]{8}\]", re.IGNORECASE)


def writer_in(case: Case, contacts: Sequence[Contact]) -> Contact:
    """The writer as whoever takes part in the case, where they hold duties elsewhere too."""
    roles = case.workflow.roles.values()
    held = (each for role in roles for each in contacts if _holds(case, (each,), role))
    return next(held, contacts[0])


def asks_something(words: str) -> bool:
    """Whether a sentence of the words asks."""
    return any(beside.asks(each) for each in sentences(words))


def _asked_something(case: Case, theirs: Sequence[Role], words: str) -> tuple[Contact, ...]:
    """Those of the other side whom a question of one side speaks to; nobody where it may be meant
    for somebody else.
    """
    asking = [each for each in sentences(words) if beside.asks(each)]
    if not asking or not theirs:
        return ()
    ours = {case.party_of(role) for role in theirs}
    others = [
        role
        for role in case.workflow.roles.values()
        if role.duty in SIDES and case.party_of(role) not in {*ours, None}
    ]
    text = " ".join(asking).casefold()
    by_name = [role for role in others if _names(case, role, text)]
    spoken_to = people_named.speaks_to_somebody(text)
    owed = [role for role in others if role.name in owed_by(case)]
    meant = by_name or ((owed if len(_parties(case, others)) > 1 else others) if spoken_to else [])
    return _reached(case, meant[0].name) if len(_parties(case, meant)) == 1 else ()


def _parties(case: Case, roles: Sequence[Role]) -> set[str | None]:
    return {case.party_of(role) for role in roles}


def _names(case: Case, role: Role, text: str) -> bool:
    people = case.holders(role.name)
    called = {party_called(case, each).casefold() for each in people}
    called |= {each.name.casefold() for each in people if person_name(each)}
    return any(name and name in text for name in called)


def _holds(case: Case, contacts: Collection[Contact], role: Role) -> bool:
    party = case.party_of(role)
    return any(each.party == party and each.duty in role.duties for each in contacts)


def _reached(case: Case, role: str) -> tuple[Contact, ...]:
    if not role:
        return ()
    return tuple(each for each in case.holders(role) if each.email not in case.facts.suspended)


def chosen(offered: Sequence[Mapping[str, Any]], said: str) -> Mapping[str, Any] | None:
    """Which of the people that a question lists is meant by its answer: a number or a name, and at
    most courtesies beside it; None where that is not certain.
    """
    answer = [each for each in sentences(said) if not is_courtesy(each)]
    place = people_named.chosen(
        [people_named.names_of(str(one["who"]), str(one["for"])) for one in offered],
        " ".join(answer or [said]),
    )
    return None if place is None else offered[place]
