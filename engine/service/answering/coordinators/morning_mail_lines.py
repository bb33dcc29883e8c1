"""What a coordinator's line about a stored mail does: ties it, lets it count, registers its
sender, or lays it aside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.domain.fields import FIELDS
from engine.domain.register.duties import duty_by_words
from engine.domain.register.parties import find_party
from engine.errors import InputError, KursdelingError, RefusedError
from engine.intake.quoting.numbered import Line
from engine.intake.reply import Command, commands
from engine.intake.subject import numbers
from engine.model import Actor, Language, LetterDraft, Reason
from engine.plan.naming import event_named
from engine.plan.possible import correction_for
from engine.service.acts.acting import case_of
from engine.service.answering.writer import duty_of_writer
from engine.service.mail import by_coordinator
from engine.service.mail.verdict import Incoming
from engine.service.mail.vouching import reading_of
from engine.service.register import contacts
from engine.service.register.contacts import Holder
from engine.service.requests.show import one_in
from engine.store.cases.requests import load_request
from engine.store.contacts import register
from engine.store.contacts.register import contacts_of_address
from engine.store.mail_in import inbox
from engine.store.mail_out.mornings import ItemRow
from engine.wording.morning import duty_at
from engine.wording.names import DUTY_NAMES

_SURE: Final = re.compile(r"\b(?:sikkert?|bekreft\w*|stadfest\w*|sure|confirm\w*)\b", re.IGNORECASE)
"""Beside an address that looks wrong: it is right all the same."""
MAIL: Final = frozenset({"demand", "unclear", "stranger", "refuted", "bounce"})
"""The kinds of line that are about a mail."""
_ADDRESS = re.compile(r"[^\s@<>,;:()]+@[^\s@<>,;:()]+\.[^\s@<>,;:()]+")
_STRANGE = frozenset({"newcomer", "unknown_sender"})


Moves = tuple[tuple[str, str | None, str], ...]
"""Events with the states that they led from and to."""


class Told(Struct, frozen=True):
    """What was done, and the words of its sentence in a language."""

    what: str
    values: Mapping[str, Callable[[Language], str]] = field(default_factory=dict)
    events: Moves = ()
    """What happened to a request because of the line itself, and no other mail."""
    letters: tuple[LetterDraft, ...] = ()
    """What goes to others because of it."""


def attached(incoming: Incoming, item: ItemRow, line: Line) -> Told:
    """`3 TIL KD-2026-0004`: the mail tied to the request, and the form that it holds read as its
    writer's; with a command behind it, as `fired`.
    """
    found = numbers(line.text)
    number = found[0] if found else ""
    if not number or load_request(incoming.tx, number) is None:
        raise RefusedError((Reason("morning_no_request", {"text": line.text or "–"}),))
    rest = line.text.upper().partition(number)[2].strip(" :.")
    if rest:
        return _fired(incoming, item, number, line.text[-len(rest) :])
    filled = _fills_in(incoming, item, number)
    _sorted(incoming, item, number, event=filled)
    after = one_in(incoming.site, incoming.tx, number)
    values = {"number": lambda _: number, "state": after.state_title}
    return Told("attached_form" if filled else "attached", values)


def _fills_in(incoming: Incoming, item: ItemRow, number: str) -> str:
    """The event by which the mail's form corrects the request, if it has one that its writer may
    send now; else empty.
    """
    reading = reading_of(incoming.site, incoming.tx, int(item.subject))
    if reading is None or not FIELDS.keys() & reading.fields.keys():
        return ""
    sender = reading.sender
    contacts = contacts_of_address(incoming.tx, sender, oslo_day(incoming.at))
    case = case_of(incoming.site, incoming.tx, number, incoming.at)
    event = correction_for(case, Actor(name=sender, contacts=contacts)) if contacts else None
    return event.name if event and case.request.state in event.sources else ""


def fired(incoming: Incoming, item: ItemRow, line: Line) -> Told:
    """`3 ER GODTATT`: the mail lets the event happen, as its writer's act."""
    row = inbox.get(incoming.tx, int(item.subject))
    if not row.request:
        raise RefusedError((Reason("morning_which_request", {"n": item.number}),))
    return _fired(incoming, item, row.request, line.text)


def _fired(incoming: Incoming, item: ItemRow, number: str, text: str) -> Told:
    view = one_in(incoming.site, incoming.tx, number)
    workflow = view.routine.workflow
    said = commands(text, workflow.words)
    if len(said) != 1 or said[0].line != 1:
        raise RefusedError((Reason("morning_no_answer", {"text": text or "–", "number": number}),))
    event = event_named(workflow, said[0].word, view.request.state)
    _sorted(incoming, item, number, event=event, said=said[0])
    after = one_in(incoming.site, incoming.tx, number)
    return Told("fired", {"number": lambda _: number, "state": after.state_title})


def _sorted(
    incoming: Incoming,
    item: ItemRow,
    number: str,
    *,
    event: str = "",
    said: Command | None = None,
) -> None:
    by_coordinator.attached(
        incoming.site,
        incoming.tx,
        int(item.subject),
        number,
        incoming.at,
        event=event,
        note=said.text if said else "",
        word=said.word if said else "",
        by=incoming.reading.sender,
    )


def discarded(incoming: Incoming, item: ItemRow, line: Line) -> Told:
    """`3 FORKAST: grunn`: the mail laid aside."""
    by_coordinator.discarded(incoming.site, incoming.tx, int(item.subject), line.text, incoming.at)
    return Told("discarded")


def read_again(incoming: Incoming, item: ItemRow, _: Line) -> Told:
    """`3 PRØV IGJEN`: the mail judged anew."""
    mail = int(item.subject)
    by_coordinator.retried(incoming.site, incoming.tx, mail, incoming.at, incoming.judge)
    return Told("read_again")


def contact_registered(incoming: Incoming, item: ItemRow, line: Line) -> Told:
    """`3 NY KONTAKT`: the writer registered, in the duty that is named or that the case says; a
    stranger's mail is then read again.
    """
    row = inbox.get(incoming.tx, int(item.subject))
    place = _named(incoming, line.text) if line.text else duty_of_writer(incoming, row)
    if place is None or not row.sender:
        raise RefusedError((Reason("morning_which_contact", {"n": item.number}),))
    told = _registered(incoming, *place, row.sender, line.text)
    if row.verdict not in _STRANGE:
        return told
    read_again(incoming, item, line)
    return replace(told, what="registered_read")


def holder_registered(incoming: Incoming, item: ItemRow, line: Line) -> Told:
    """`7 NY KONTAKT: adresse`: whoever has the duty that the line names, wherever the requests
    stand by now; of a late request one of those who are waited for.
    """
    address = _ADDRESS.search(line.text)
    places = _places(incoming, item)
    roles = ",".join(duty for _, duty in places)
    if address is None or not places:
        raise RefusedError((Reason("morning_which_address", {"n": item.number, "roles": roles}),))
    named = _named(incoming, line.text.replace(address[0], " "))
    if named is None and len(places) == 1:
        (named,) = places
    if named is None:
        raise RefusedError((Reason("morning_which_contact", {"n": item.number}),))
    return _registered(incoming, *named, address[0].lower(), line.text)


def _places(incoming: Incoming, item: ItemRow) -> list[tuple[str, str]]:
    """The (party, duty) pairs that the line is about."""
    if item.kind in ("stuck", "point"):
        party, _, duty = item.subject.partition(":")
        return [(party, duty)]
    owed = one_in(incoming.site, incoming.tx, item.subject).owed
    return [(each.party, each.duty) for each in owed if each.party]


def _registered(incoming: Incoming, party: str, duty: str, email: str, text: str) -> Told:
    name = register.party(incoming.tx, party).name.removesuffix(" HF")
    day, sure = oslo_day(incoming.at), _SURE.search(text) is not None
    holder = Holder(party=party, duty=duty, email=email, since=day, sure=sure)
    try:
        contacts.added(incoming.site, incoming.tx, [holder], incoming.at)
    except InputError as error:
        guarded = [each for _, each in error.faults if each.code == "guarded_address"]
        raise RefusedError(
            (Reason("morning_guarded", guarded[0].values),)
            if guarded
            else (Reason("morning_no_address", {"text": email}),)
        ) from error
    except KursdelingError as error:
        raise RefusedError((Reason("morning_no_address", {"text": email}),)) from error

    def called(language: Language) -> str:
        return duty_at(DUTY_NAMES[duty][language], name, language)

    return Told("registered", {"email": lambda _: email, "duty": called})


def _named(incoming: Incoming, text: str) -> tuple[str, str] | None:
    """The party and the duty that a text names, in either order."""
    parties = register.parties(incoming.tx)
    words = re.sub(r"[,:;()]", " ", text).split()
    for place in range(1, len(words)):
        first, last = " ".join(words[:place]), " ".join(words[place:])
        for named, held in ((first, last), (last, first)):
            party, duty = find_party(named, parties), duty_by_words(held)
            if party is not None and duty is not None:
                return party.id, duty
    return None
