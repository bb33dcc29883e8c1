"""What a site lacks, or will soon: settings, holders, letters that are stuck, broken history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from engine.errors import KursdelingError
from engine.intake.proof import below_others, with_another_name
from engine.plan.link_health import is_ours
from engine.service.register.contact_check import checked
from engine.service.requests.shared_links import views
from engine.service.site import Site
from engine.service.upkeep.health_store import Finding, State, finding, stored
from engine.service.upkeep.heartbeat import LEAPT
from engine.service.upkeep.verifying import verified
from engine.store import heartbeats
from engine.store.contacts import register
from engine.store.database import Transaction
from engine.store.mail_in import inbox
from engine.store.mail_out import departures, letters


def examined(site: Site, day: date) -> Iterator[Finding]:
    """Everything that was looked at in the site, as it stands on `day`; nothing is changed."""
    yield finding("settings", "ok", "settings_read")
    yield from stored(site)
    yield _addresses(site)
    with site.database.reading() as tx:
        yield _agreement(tx, day)
        yield from _contacts(site, tx, day)
        yield from _results(site, tx)
        yield _signing(site, tx)
        yield from _pause(tx)
        yield from _letters(tx)
        yield from _mail(tx)
        yield from _workers(tx, site)
        yield from links_found(site, tx)
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
        yield finding("transport", "warning", "everything_to", address=site.everything_to)
    try:
        yield finding("transport", "ok", "letters_go", where=site.notifier().reached())
    except KursdelingError as error:
        yield Finding("transport", "broken", str(error))


def _addresses(site: Site) -> Finding:
    if site.addresses:
        return Finding("mail.addresses", "ok", ", ".join(site.addresses))
    return finding("mail.addresses", "warning", "any_address")


def _results(site: Site, tx: Transaction) -> Iterator[Finding]:
    """Whether anybody could send results in a trusted server's name, and whether true ones are
    passed over.
    """
    rules = site.intake
    if not rules.trusted_servers:
        return
    if not rules.strips_results:
        servers = ", ".join(rules.trusted_servers)
        yield finding("mail.trusted_servers", "warning", "results_not_stripped", servers=servers)
    heads = inbox.newest_heads(tx)
    names = (with_another_name(head, rules) for head in heads)
    if called := next((name for name in names if name), ""):
        yield finding("mail.trusted_servers", "warning", "results_renamed", called=called)
    for counting, host in (below_others(head, rules) for head in heads):
        if host:
            code = "results_planted" if counting else "results_below"
            yield finding("mail.trusted_servers", "warning", code, host=host)
            return


def _signing(site: Site, tx: Transaction) -> Finding:
    newest = letters.newest_id(tx)
    if newest and not site.genuine(newest):
        return finding("signing.key", "broken", "key_lost")
    return finding("signing.key", "ok", "key_known")


def _agreement(tx: Transaction, day: date) -> Finding:
    covering = [each for each in register.agreements(tx) if each.since <= day < each.to]
    if covering:
        last = max(each.to for each in covering) - timedelta(days=1)
        return finding("agreement", "ok", "agreement_holds", until=last)
    return finding("agreement", "warning", "agreement_lacks", on=day)


def _contacts(site: Site, tx: Transaction, day: date) -> Iterator[Finding]:
    """What `contact check` finds; a duty without a holder stops nothing, so it is a warning."""
    for fault in checked(site, tx, day):
        broken = fault.kind in ("own_address", "alias_clash")
        state: State = "broken" if broken else "warning"
        yield Finding("contacts", state, fault.what, fault.code, fault.values)
    if not register.parties(tx):
        yield finding("register", "broken", "register_empty")
    held = {(contact.party, contact.duty) for contact in register.contacts(tx, day)}
    if held:
        yield finding("contacts", "ok", "duties_held", count=len(held))


def _pause(tx: Transaction) -> Iterator[Finding]:
    standing = departures.paused(tx)
    if standing is not None:
        why = f" ({standing.reason})" if standing.reason else ""
        yield finding("letters", "broken", "paused", since=standing.since, why=why)


def _letters(tx: Transaction) -> Iterator[Finding]:
    held = letters.listed(tx, "held")
    nobody = sum(1 for row in held if not row.receiver)
    counted = letters.counts(tx)
    stuck = (
        (counted.get("dead", 0), "letters_dead"),
        (len(held) - nobody, "letters_held"),
        (nobody, "letters_to_nobody"),
    )
    warnings = [finding("letters", "warning", code, count=n) for n, code in stuck if n]
    yield from warnings or [finding("letters", "ok", "in_all", count=sum(counted.values()))]


def _mail(tx: Transaction) -> Iterator[Finding]:
    waiting = len(inbox.undecided(tx))
    if waiting:
        yield finding("mail", "warning", "mail_waits", count=waiting)
    else:
        yield finding("mail", "ok", "in_all", count=sum(inbox.counts(tx).values()))


def _workers(tx: Transaction, site: Site) -> Iterator[Finding]:
    """Each worker that runs; one that has fallen silent was killed, or hangs."""
    now = site.clock.now()
    for each in heartbeats.listed(tx):
        if each.is_stale(now):
            silent = {"worker": each.worker, "since": each.at, "doing": each.doing}
            yield finding("workers", "broken", "worker_silent", **silent)
        elif each.doing == LEAPT:
            yield finding("workers", "broken", "worker_leapt", worker=each.worker)
        elif each.settings and each.settings != site.settings:
            yield finding("workers", "warning", "worker_older", worker=each.worker)
        else:
            yield finding("workers", "ok", "worker_runs", worker=each.worker, doing=each.doing)


def _history(site: Site) -> Finding:
    result = verified(site)
    if result.ok:
        counted = {"requests": result.requests, "events": result.events}
        return finding("history", "ok", "history_whole", **counted)
    return finding("history", "broken", "history_broken", count=len(result.broken))


def links_found(site: Site, tx: Transaction) -> Iterator[Finding]:
    """What `doctor` says of them; nothing where nobody has ever asked, and nobody shall."""
    known = [each.health for each in views(tx) if each.health is not None]
    if site.links_every is None and not known:
        return
    if is_ours(known):
        yield finding("links", "warning", "links_none_answer", count=len(known))
        return
    count = sum(each.broken_since is not None for each in known)
    if count:
        yield finding("links", "warning", "links_broken", count=count)
    else:
        yield finding("links", "ok", "links_fine", count=len(known))
