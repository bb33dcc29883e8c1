"""What a site lacks, or will soon: settings, holders, letters that are stuck, broken history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from engine.errors import KursdelingError
from engine.service.contact_check import checked
from engine.service.finding import Finding
from engine.service.health_store import stored
from engine.service.site import Site
from engine.service.verifying import verified
from engine.store import heartbeats, inbox, letters, pauses, register
from engine.store.database import Transaction


def examined(site: Site, day: date) -> Iterator[Finding]:
    """Everything that was looked at in the site, as it stands on `day`; nothing is changed."""
    yield Finding("settings", "ok", "kursdeling.toml can be read")
    yield from stored(site)
    yield _addresses(site)
    with site.database.reading() as tx:
        yield _agreement(tx, day)
        yield from _contacts(site, tx, day)
        yield _signing(site, tx)
        yield from _pause(tx)
        yield from _letters(tx)
        yield from _mail(tx)
        yield from _workers(tx, site.clock.now())
    yield from _mailboxes(site)
    yield from _transport(site)
    yield _history(site)


def _mailboxes(site: Site) -> Iterator[Finding]:
    """Each mailbox that the settings name, opened and left as it was."""
    for mailbox in site.mailboxes():
        try:
            with mailbox:
                yield Finding("mailbox", "ok", mailbox.name)
        except KursdelingError as error:
            yield Finding("mailbox", "broken", str(error))


def _transport(site: Site) -> Iterator[Finding]:
    """Where letters go, tried without sending any."""
    if site.everything_to:
        what = f"every letter goes to {site.everything_to}: letters.everything_to is set"
        yield Finding("transport", "warning", what)
    try:
        yield Finding("transport", "ok", site.notifier().reached())
    except KursdelingError as error:
        yield Finding("transport", "broken", str(error))


def _addresses(site: Site) -> Finding:
    if site.addresses:
        return Finding("mail.addresses", "ok", ", ".join(site.addresses))
    what = "empty: mail to any address is taken; set the addresses that intake reads"
    return Finding("mail.addresses", "warning", what)


def _signing(site: Site, tx: Transaction) -> Finding:
    newest = letters.newest_id(tx)
    if newest and not site.genuine(newest):
        what = "our last letter was signed with a key that is not here: replies to it prove nothing"
        return Finding("signing.key", "broken", f"{what}; put the site's own file back")
    return Finding("signing.key", "ok", "what we sign is known again")


def _agreement(tx: Transaction, day: date) -> Finding:
    covering = [each for each in register.agreements(tx) if each.since <= day < each.to]
    if covering:
        last = max(each.to for each in covering)
        return Finding("agreement", "ok", f"in force until {last}")
    what = f"none is in force on {day}, so that nothing can be submitted: agreement add"
    return Finding("agreement", "warning", what)


def _contacts(site: Site, tx: Transaction, day: date) -> Iterator[Finding]:
    """What `contact check` finds; a duty without a holder stops nothing, so it is a warning."""
    for fault in checked(site, tx, day):
        broken = fault.kind in ("own_address", "alias_clash")
        yield Finding("contacts", "broken" if broken else "warning", fault.what)
    held = {(contact.party, contact.duty) for contact in register.contacts(tx, day)}
    if held:
        yield Finding("contacts", "ok", f"{len(held)} duties are held")


def _pause(tx: Transaction) -> Iterator[Finding]:
    standing = pauses.paused(tx)
    if standing is not None:
        why = f" ({standing.reason})" if standing.reason else ""
        what = f"nothing leaves since {standing.since:%Y-%m-%dT%H:%M:%SZ}{why}: letter resume"
        yield Finding("letters", "broken", what)


def _letters(tx: Transaction) -> Iterator[Finding]:
    held = letters.listed(tx, "held")
    nobody = sum(1 for row in held if not row.receiver)
    counted = letters.counts(tx)
    stuck = (
        (counted.get("dead", 0), "could not be handed over: letter retry, or letter cancel"),
        (len(held) - nobody, "are held: letter release"),
        (nobody, "have nobody to go to: contact add"),
    )
    warnings = [Finding("letters", "warning", f"{n} {what}") for n, what in stuck if n]
    yield from warnings or [Finding("letters", "ok", f"{sum(counted.values())} in all")]


def _mail(tx: Transaction) -> Iterator[Finding]:
    waiting = len(inbox.undecided(tx))
    if waiting:
        yield Finding("mail", "warning", f"{waiting} stored and not judged yet: tick")
    else:
        yield Finding("mail", "ok", f"{sum(inbox.counts(tx).values())} in all")


def _workers(tx: Transaction, now: datetime) -> Iterator[Finding]:
    """Each worker that runs; one that has fallen silent was killed, or hangs."""
    for each in heartbeats.listed(tx):
        if each.is_stale(now):
            what = f"{each.worker} is silent since {each.at:%Y-%m-%dT%H:%M:%SZ} ({each.doing})"
            yield Finding("workers", "broken", f"{what}: start it again with run")
        else:
            yield Finding("workers", "ok", f"{each.worker} runs ({each.doing})")


def _history(site: Site) -> Finding:
    result = verified(site)
    if result.ok:
        return Finding("history", "ok", f"{result.requests} requests, {result.events} events")
    return Finding("history", "broken", f"{len(result.broken)} faults: db verify")
