"""A new leader, told by mail: FOUSAM is asked, and its answer carries it out (R90)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import date, timedelta
from typing import Any, Final

from engine.calendar import oslo_day
from engine.domain import beside
from engine.domain.area_file import Person
from engine.domain.later import day_meant
from engine.domain.networks.leaders import Successor, address_in, beside_address, successor_in
from engine.domain.networks.network import DEPUTY, LEADER, Network, seat_faults
from engine.domain.own_words import says_yes
from engine.domain.register.mail_domains import domain_of
from engine.domain.register.parties import party_within
from engine.domain.words import says_yes as begins_with_yes
from engine.errors import InputError, RefusedError
from engine.model import Reason, Request
from engine.plan.yearly_letters import KINDS
from engine.service.acts.acting import case_of
from engine.service.answering.networks.network_acts import said, which_of
from engine.service.answering.networks.network_choice import folded, listed_in, name_of
from engine.service.answering.networks.network_question import asked, says_no, settle
from engine.service.mail.thread import NEEDS_ALIGNED, may_give_rights
from engine.service.mail.verdict import Incoming, Judged
from engine.service.networks import setting_up
from engine.store.cases.requests import load_request
from engine.store.cases.yearly import requests_of
from engine.store.contacts import networks, people, register
from engine.store.mail_out.letters import LetterRow

SUCCESSOR: Final = "successor"
"""What the letters' `extra` says of who is to lead: network, name, address, first day."""
_FAR: Final = timedelta(days=190)
"""A day further ahead is not the one from which somebody leads."""


def told(incoming: Incoming, letter: LetterRow | None, mine: Set[str]) -> Judged | None:
    """The question to FOUSAM whether somebody is to lead one of `mine`; None where the mail says
    nothing of it.
    """
    own = incoming.reading.own_text
    held = _held(incoming, mine)
    before = letter.variables.get("extra", {}).get(SUCCESSOR) if letter is not None else None
    found = successor_in(own, incoming.reading.sender, held)
    if found is None and before and (address := address_in(own, held)):
        found = Successor(name=before["name"], address=address)
    if found is None:
        return None
    led = _meant(incoming, letter, mine, before)
    if len(led) != 1:
        return which_of(incoming, [each.number for each in led]) if led else None
    day = _from(incoming, own)
    successor = {
        "network": str(led[0].owner),
        "name": found.name,
        "address": found.address,
        "since": day.isoformat() if day else (before or {}).get("since", ""),
    }
    code = "leader_asked" if found.address else "leader_address_wanted"
    return asked(incoming, led, code=code, **{SUCCESSOR: successor})


def _held(incoming: Incoming, mine: Set[str]) -> set[str]:
    """Addresses that mean nobody new: ours, and those of who leads already."""
    today = oslo_day(incoming.at)
    led = [c for c in register.contacts(incoming.tx, today) if c.party in mine]
    return {*incoming.site.addresses, *(c.email for c in led if c.duty == LEADER)}


def _from(incoming: Incoming, text: str) -> date | None:
    today = oslo_day(incoming.at)
    day = day_meant(text, today, incoming.site.rules.calendar)
    return day if day is not None and today < day <= today + _FAR else None


def _meant(
    incoming: Incoming,
    letter: LetterRow | None,
    mine: Set[str],
    before: Mapping[str, Any] | None,
) -> Sequence[Request]:
    """One request of each network that it may be about: the newest."""
    wanted = {before["network"]} if before else mine
    open_ones = [n.id for n in networks.networks(incoming.tx) if n.closed_on is None]
    known = {each: _requests(incoming, each) for each in open_ones if each in wanted}
    led = [requests[-1] for requests in known.values() if requests]
    subject = incoming.reading.subject if letter is None else ""
    text = folded(f"{subject} {incoming.reading.own_text}")
    named = [each for each in led if folded(name_of(incoming, each)) in text]
    listed = listed_in(letter)
    answered_to = [
        each for each in led if any(request.number in listed for request in known[str(each.owner)])
    ]
    return named or answered_to or led


def _requests(incoming: Incoming, network: str) -> list[Request]:
    """The network's, those that are open last."""
    found = [request for name in KINDS for request in requests_of(incoming.tx, name, network)]
    return sorted(found, key=lambda each: (each.state not in ("closed", "received"), each.id))


def answered(incoming: Incoming, letter: LetterRow) -> Judged | None:
    """What FOUSAM's answer comes to: the new leader in their seat, or what is missing for that;
    None where it says nothing of a leader.
    """
    extra, own = letter.variables["extra"], incoming.reading.own_text
    successor = extra.get(SUCCESSOR) or {}
    about = load_request(incoming.tx, letter.request)
    if about is None or not (successor or extra.get("leaves")) or says_no(own):
        return None
    network = networks.network(incoming.tx, str(about.owner))
    given = address_in(own, _held(incoming, {network.id}))
    beside_it = beside_address(own)
    plain = says_yes(own, (), f"leiar leder leader {successor.get('name', '')} {network.name}")
    if beside.hinders(beside_it) if given else not (successor and plain):
        said_more = bool(successor) and (bool(given) or begins_with_yes(own))
        return _not_done(incoming, about, Reason("leader_yes_alone")) if said_more else None
    if not may_give_rights(incoming):
        return Judged(verdict="unproved_sender", number=letter.request, reasons=(NEEDS_ALIGNED,))
    if not (address := given or successor.get("address", "")):
        return _not_done(incoming, about, Reason("leader_address_missing"))
    place = _place(incoming, network, address, beside_it, extra.get("words", ""))
    if not place:
        return _not_done(incoming, about, Reason("leader_place_missing", {"address": address}))
    person = Person(email=address, name=successor.get("name", ""), organisation=place)
    return _seated(incoming, about, network, person, successor.get("since", ""))


def _place(incoming: Incoming, network: Network, address: str, *said: str) -> str:
    """The one side that the address, else what was written, says; empty where neither does."""
    area = networks.areas(incoming.tx)[network.area]
    sides = {area.trust, *area.municipalities}
    of_domain = sides & {*people.parties_of_domain(incoming.tx, domain_of(address))}
    if len(of_domain) == 1:
        return of_domain.pop()
    known = {k: v for k, v in register.parties(incoming.tx).items() if k in sides}
    named = (party_within(text, known, ()) for text in said)
    return next((party.id for party in named if party is not None), "")


def _seated(
    incoming: Incoming, about: Request, network: Network, person: Person, since: str
) -> Judged:
    tx, today = incoming.tx, oslo_day(incoming.at)
    first = max(date.fromisoformat(since), today) if since else today
    for contact in register.contacts(tx, first):
        if (contact.party, contact.duty, contact.email) == (network.id, DEPUTY, person.email):
            # Who takes over is the deputy no longer.
            networks.end_seat(tx, contact.id, max(first - timedelta(days=1), contact.valid_from))
    try:
        setting_up.seat_in(incoming.site, tx, network, person, incoming.at, since=first)
    except RefusedError as error:
        return _not_done(incoming, about, *error.reasons)
    except InputError as error:
        return _not_done(incoming, about, *(reason for _, reason in error.faults))
    case = case_of(incoming.site, tx, about.number, incoming.at)
    settle(tx, case)
    seats, parties = networks.seats(tx, first), register.parties(tx)
    faults = seat_faults(network, register.contacts(tx, first), seats, parties)
    values = {"network": network.name, "who": person.name or person.email, "day": first}
    done = Reason("leader_seated", {**values, "address": person.email})
    letters = (said(incoming, case, done=(done,), noted=faults),)
    return Judged(verdict="answered", number=about.number, letters=letters)


def _not_done(incoming: Incoming, about: Request, *reasons: Reason) -> Judged:
    case = case_of(incoming.site, incoming.tx, about.number, incoming.at)
    letters = (said(incoming, case, not_done=reasons),)
    return Judged(verdict="unclear", number=about.number, letters=letters, reasons=reasons)
