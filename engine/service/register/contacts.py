"""Who holds which duty: registering and ending holders, each change whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.domain.register.duties import CONTACT_POINT, DUTIES, KS_LAERING, duty_by_words
from engine.domain.register.mail_domains import GUARDED, is_guarded_like, known_form
from engine.domain.register.parties import find_party, nearest
from engine.errors import ClaimTakenError, InputError, NotFoundError, RefusedError
from engine.model import Contact, Party, Reason
from engine.service.register import contact_points
from engine.service.register.new_holder import written_to
from engine.service.site import Site
from engine.store.contacts import addresses, register
from engine.store.database import Transaction
from engine.wording.meant import near as near_words
from engine.wording.names import DUTY_NAMES

ALWAYS = date(1900, 1, 1)
"""The first day of a holder whose first day nobody gave."""
_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")


class Holder(Struct, frozen=True, kw_only=True):
    """A holder as somebody wrote it down; `place` says where, for messages about it."""

    party: str
    """The party's id, or its name with or without HF or kommune."""
    duty: str
    email: str
    name: str = ""
    since: date | None = None
    until: date | None = None
    aliases: tuple[str, ...] = ()
    main: bool = False
    """Whether the address gets the duty's letters alone."""
    sure: bool = False
    """Whether somebody has said that an address much like a guarded one is right."""
    place: str = ""


def add(site: Site, holders: Sequence[Holder], at: datetime) -> tuple[tuple[Contact, bool], ...]:
    """(contact, whether it is new) for each holder, all of them registered in one transaction.

    Who is registered already stays, and gains the aliases; who is the first to hold a duty gets
    what has been asked it in vain. InputError with every fault, a line each: an unknown party or
    duty, no mail address, one of the site's own, a second contact point. Nothing is registered
    then.
    """
    with site.database.transaction() as tx:
        return added(site, tx, holders, at)


def added(
    site: Site, tx: Transaction, holders: Sequence[Holder], at: datetime
) -> tuple[tuple[Contact, bool], ...]:
    """As `add`, in the open transaction, which a second contact point leaves unfit to go on."""
    wanted = _without_faults(site, holders, register.parties(tx))
    held = {(each.party, each.duty, each.email) for each in register.contacts(tx)}
    # Whoever held a duty once and lost it begins anew, not from before the loss.
    first_days = [
        oslo_day(at) if (each.party, each.duty, each.email) in held else ALWAYS for each in wanted
    ]
    _one_on_each_side(wanted, register.parties(tx))
    pairs = zip(wanted, first_days, strict=True)
    found = [_added(site, tx, holder, first_day, at) for holder, first_day in pairs]
    for (contact, _), holder in zip(found, wanted, strict=True):
        if holder.main:
            register.set_main(tx, contact, holder.party, holder.duty)
    contacts = {contact.id: contact for contact in register.contacts(tx)}
    written_to(site, tx, [contacts[contact] for contact, new in found if new], at)
    return tuple((contacts[contact], new) for contact, new in found)


def end(site: Site, email: str, at: datetime, last_day: date | None = None) -> tuple[Contact, ...]:
    """What the address held until now; it holds nothing after `last_day`, by default from now on.

    NotFoundError when it holds nothing after that day.
    """
    with site.database.transaction() as tx:
        ended = register.end_contact(tx, email, last_day or oslo_day(at) - timedelta(days=1))
        for each in ended:
            if each.duty == CONTACT_POINT:
                contact_points.thanked(site, tx, each, at)
        return ended


def _without_faults(
    site: Site, holders: Sequence[Holder], parties: Mapping[str, Party]
) -> list[Holder]:
    """The holders with their parties' ids and bare addresses; InputError with every fault."""
    holders = [replace(each, duty=duty_by_words(each.duty) or each.duty) for each in holders]
    wanted: list[Holder] = []
    faults: list[tuple[str, Reason]] = []
    for holder in holders:
        found = list(_faults(site, holder, parties))
        faults += [(holder.place, reason) for reason in found]
        party = find_party(holder.party, parties)
        if party is not None and not found:
            email, *aliases = _addresses(holder)
            wanted.append(replace(holder, party=party.id, email=email, aliases=tuple(aliases)))
    if faults:
        raise InputError(faults=faults)
    return wanted


def _faults(site: Site, holder: Holder, parties: Mapping[str, Party]) -> Iterator[Reason]:
    if find_party(holder.party, parties) is None:
        near = nearest(holder.party, parties)
        yield Reason("party_missing_near", {"party": holder.party, "nearest": near})
    if holder.duty not in DUTIES:
        names = {name: tuple(titles.values()) for name, titles in DUTY_NAMES.items()}
        found = near_words(holder.duty, names)
        values = {"text": holder.duty, "nearest": found, "known": "" if found else tuple(DUTIES)}
        yield Reason("duty_missing", values)
    party = find_party(holder.party, parties)
    if party is not None and party.side not in (DUTIES[holder.duty].sides or (party.side,)):
        yield Reason("duty_of_other_side", {"duty": holder.duty, "party": party.name})
    for address in _addresses(holder):
        if not _ADDRESS.fullmatch(address):
            yield Reason("no_mail_address", {"text": address})
        if address in site.addresses:
            yield Reason("own_address_taken", {"address": address})
        if holder.duty == KS_LAERING and not holder.sure and is_guarded_like(address):
            yield Reason("guarded_address", {"address": address, "guarded": GUARDED})


def _addresses(holder: Holder) -> tuple[str, ...]:
    return tuple(known_form(address) for address in (holder.email, *holder.aliases))


def _one_on_each_side(wanted: Sequence[Holder], parties: Mapping[str, Party]) -> None:
    """InputError where two are to be contact point of one side at once (R12)."""
    found: dict[str, str] = {}
    for holder in wanted:
        if holder.duty != CONTACT_POINT or holder.until is not None:
            continue
        if found.setdefault(parties[holder.party].side, holder.email) != holder.email:
            raise _taken(holder)


def _added(
    site: Site, tx: Transaction, holder: Holder, first_day: date, at: datetime
) -> tuple[int, bool]:
    if holder.duty == CONTACT_POINT and holder.until is None:
        return _passed_on(site, tx, holder, first_day, at)
    if holder.until is None and not DUTIES[holder.duty].several:
        for other in register.contacts(tx):
            held = (other.party, other.duty, other.valid_until) == (holder.party, holder.duty, None)
            if held and other.email != holder.email:
                raise _taken(holder)
    return _kept(tx, holder, holder.since or first_day)


def _passed_on(
    site: Site, tx: Transaction, holder: Holder, first_day: date, at: datetime
) -> tuple[int, bool]:
    """The contact point of a side passes to the holder, from their first day on."""
    since = holder.since or oslo_day(at)
    held = contact_points.of_side(tx, holder.party, since)
    same = (holder.party, holder.email)
    old = [each for each in held if (each.party, each.email) != same]
    for each in old:
        register.end_period(tx, each, since)
    added, new = _kept(tx, holder, since if old else holder.since or first_day)
    if new:
        contact = next(each for each in register.contacts(tx) if each.id == added)
        contact_points.passed_to(site, tx, contact, old, at)
    return added, new


def _kept(tx: Transaction, holder: Holder, since: date) -> tuple[int, bool]:
    try:
        return register.add_contact(
            tx,
            party_id=holder.party,
            duty=holder.duty,
            email=holder.email,
            name=holder.name,
            valid_from=since,
            valid_until=holder.until,
            aliases=holder.aliases,
        )
    except ClaimTakenError as error:
        raise _taken(holder) from error


def _taken(holder: Holder) -> InputError:
    code = "contact_point_taken" if holder.duty == CONTACT_POINT else "duty_taken"
    reason = Reason(code, {"party": holder.party, "duty": holder.duty})
    return InputError(faults=[(holder.place, reason)])


def restore(site: Site, email: str, at: datetime) -> str:
    """Let letters go to the address again, which is given back bare; NotFoundError where nothing
    keeps them back.
    """
    address = known_form(email)
    with site.database.transaction() as tx:
        if not addresses.lift(tx, address, at):
            raise NotFoundError(
                f"letters go to {address} already",
                reason=Reason("letters_go_there", {"address": address}),
            )
    return address


def import_parties(site: Site, wanted: Sequence[Party]) -> tuple[tuple[Party, bool], ...]:
    """(party, whether it is new) for each, all of them written in one transaction.

    One that the register has gets the new name, kind and written standard. RefusedError where it
    would change sides, since what it has shared stands on one of them (R1).
    """
    with site.database.transaction() as tx:
        known = register.parties(tx)
        crossing = [each for each in wanted if known.get(each.id, each).side != each.side]
        if crossing:
            raise RefusedError(
                tuple(Reason("party_changes_side", {"party": each.id}) for each in crossing)
            )
        register.upsert_parties(tx, wanted)
    return tuple((each, each.id not in known) for each in wanted)
