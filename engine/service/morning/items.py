"""What the morning letter is about, but for the networks: everything that waits for a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Final

from msgspec import Struct

from engine import intake
from engine.calendar import oslo_day, oslo_time, start_of_day, subtract
from engine.definition.types import Role
from engine.domain.private_words import is_private, of_somebodys_own
from engine.domain.register.duties import CONTACT_POINT, COORDINATOR
from engine.domain.register.mail_domains import domain_of
from engine.domain.secrecy import has_identity_number, masked
from engine.intake.reading import Reading
from engine.intake.subject import without_tokens
from engine.model import Language
from engine.plan.link_health import LinkHealth
from engine.plan.morning import Item, next_due
from engine.plan.understanding import PATIENCE
from engine.service.register import contact_points
from engine.service.register.new_holder import party_of, waited_for
from engine.service.requests import shared_links
from engine.service.requests.show import View, one_in
from engine.service.site import Site
from engine.store.cases import queries, timers
from engine.store.cases.requests import load_request
from engine.store.contacts import addresses, people, register
from engine.store.database import Transaction
from engine.store.links import SharedLink
from engine.store.mail_in import inbox
from engine.store.mail_in.inbox import MailRow
from engine.store.mail_out import letters, mornings
from engine.store.mail_out.mornings import ForPeople, Standing
from engine.wording import dates, morning
from engine.wording.catalogue import say
from engine.wording.names import DUTY_NAMES, HOLDER_NAMES, ROLE_NAMES, all_of

KIND_OF: Final[Mapping[str, str]] = {
    "unclear": "unclear",
    "remark": "unclear",
    "unreadable": "unclear",
    "oversize": "unclear",
    "newcomer": "stranger",
    "unknown_sender": "stranger",
    "unproved_sender": "stranger",
    "bounce": "bounce",
}
"""The verdicts after which a coordinator should look, and the kind of line of each."""
UNPROVED: Final = frozenset({"unknown_sender", "unproved_sender"})
"""The verdicts on mail that anybody may have written: a coordinator is told so."""
MUST_NOT_WAIT: Final = "must_not_wait"
"""The reason that a mail stands first; its `kind` says what it holds."""
LONGEST: Final = 140
"""How many characters of a mail, a subject or an error a line repeats."""

Values = Callable[[Language], Mapping[str, str]]
Held = frozenset[tuple[str, str]]
"""The (party, duty) pairs that somebody holds."""


class Entry(Struct, frozen=True, kw_only=True):
    """One thing that waits for a person."""

    item: Item
    since: datetime
    """Since when it waits."""
    parties: Callable[[], frozenset[str]]
    """Whom it is about; read only where there are several coordinators."""
    values: Values
    """What its line says in a language; read only where it has a line."""


def entries(site: Site, tx: Transaction, day: date, at: datetime) -> Iterator[Entry]:
    """Everything that waits for a person at `at`, for the letter of the morning of `day`."""
    yield from _requests(site, tx, at)
    yield from _contact_points(tx, day)
    yield from _mails(site, tx, at)
    yield from _letters(tx)
    yield from _links(tx)
    yield from _chasers(site, tx, day, at)


def _requests(site: Site, tx: Transaction, at: datetime) -> Iterator[Entry]:
    """Requests that are late, and duties that requests wait for and nobody holds.

    What a reminder is yet to mend needs nobody.
    """
    held = frozenset((each.party, each.duty) for each in register.contacts(tx, oslo_day(at)))
    lacked: dict[tuple[str, str], list[Standing]] = {}
    for standing in mornings.standing(tx):
        roles = waited_for(site, tx, standing)
        found = set()
        # Who has done their part owes nothing any more: that costs more to find out.
        if any(not _is_held(each, standing, held) for each in roles):
            found = _lacking(one_in(site, tx, standing.number), held)
        for each in found:
            lacked.setdefault(each, []).append(standing)
        since = standing.escalated_at
        if since is None and any(COORDINATOR in role.duties for role, *_ in roles):
            since = standing.since
        if since is not None and not found:
            yield Entry(
                item=Item(kind="late", subject=standing.number),
                since=since,
                parties=partial(_parties, standing),
                values=partial(_late, site, tx, standing.number),
            )
    for (party, duty), waiting in lacked.items():
        yield Entry(
            item=Item(kind="stuck", subject=f"{party}:{duty}"),
            since=min(each.since for each in waiting),
            parties=partial(frozenset, {party}),
            values=partial(_stuck, site, tx, (party, duty), [each.number for each in waiting]),
        )


def _contact_points(tx: Transaction, day: date) -> Iterator[Entry]:
    """Sides that have no contact point (R12)."""
    for party, since in contact_points.lacking(tx, day):
        yield Entry(
            item=Item(kind="point", subject=f"{party}:{CONTACT_POINT}"),
            since=start_of_day(since),
            parties=partial(frozenset, {party}),
            values=partial(_point, tx, party),
        )


def _point(tx: Transaction, party: str, language: Language) -> Mapping[str, str]:
    return {"side": say(f"sides.{register.party(tx, party).side}", language)}


def _is_held(roles: tuple[Role, ...], standing: Standing, held: Held) -> bool:
    return any((party_of(role, standing), duty) in held for role in roles for duty in role.duties)


def _parties(standing: Standing) -> frozenset[str]:
    return frozenset(party for party in standing.parties.values() if party)


def _lacking(view: View, held: Held) -> set[tuple[str, str]]:
    """The (party, duty) of those who are waited for where nobody holds it."""
    roles = view.routine.workflow.roles.values()
    counting = {role.duty: role.duties for role in roles}
    return {
        (str(owed.party), owed.duty)
        for owed in view.owed
        if not any((owed.party, d) in held for d in counting.get(owed.duty, (owed.duty,)))
    }


def _named(view: View, language: Language) -> dict[str, str]:
    name = view.course_document().get("full_name", "")
    return {
        "number": view.request.number,
        "course": f"«{_short(name)}»" if name else "–",
        "state": view.state_title(language),
    }


def _late(site: Site, tx: Transaction, number: str, language: Language) -> Mapping[str, str]:
    view = one_in(site, tx, number)
    duties = dict.fromkeys(HOLDER_NAMES[owed.duty][language] for owed in view.owed)
    since = dates.short_day(oslo_day(view.request.since), language)
    return {
        **_named(view, language),
        "who": all_of(tuple(duties), language) or "–",
        "since": since,
    }


def _stuck(
    site: Site, tx: Transaction, lacked: tuple[str, str], numbers: list[str], language: Language
) -> Mapping[str, str]:
    party, duty = lacked
    known = register.parties(tx)
    name = known[party].name.removesuffix(" HF") if party in known else ""
    first = _named(one_in(site, tx, numbers[0]), language)
    return {
        **first,
        "who": morning.duty_at(DUTY_NAMES[duty][language], name, language),
        "more": ", ".join(numbers[1:]),
    }


def _mails(site: Site, tx: Transaction, at: datetime) -> Iterator[Entry]:
    asked_before = subtract(site.rules.calendar, at, PATIENCE)
    settled = _bounces_settled(tx, oslo_day(at))
    for mail in mornings.for_people(tx, asked_before):
        if mail.id in settled:
            continue
        # What got no answer for there had been enough may have any other verdict.
        kind = "refuted" if mail.refuted else KIND_OF.get(mail.verdict, "unclear")
        yield Entry(
            item=Item(kind="demand" if mail.urgent else kind, subject=str(mail.id)),
            since=mail.received_at,
            parties=partial(_of_mail, tx, mail),
            values=partial(_mail, site, tx, mail.id),
        )


def _bounces_settled(tx: Transaction, day: date) -> set[int]:
    """The mails that told of addresses which letters reach by now, or which hold nothing."""
    holding = {each.email for each in register.contacts(tx, day)}
    silent = addresses.suspended(tx).keys() & holding
    told = [(each.inbox, each.address) for each in addresses.bounces(tx) if each.inbox]
    open_still = {mail for mail, address in told if address in silent}
    return {mail for mail, _ in told} - open_still


def _of_mail(tx: Transaction, mail: ForPeople) -> frozenset[str]:
    """The parties that the mail is about: those of its request, else the writer's own."""
    held = register.contacts_of_address(tx, mail.sender, oslo_day(mail.received_at))
    homes = people.parties_of_domain(tx, domain_of(mail.sender))
    return _of_request(tx, mail.request, *homes, *(contact.party for contact in held))


def _of_request(tx: Transaction, number: str | None, *others: str | None) -> frozenset[str]:
    """The parties of the request; the others where it is about none."""
    request = load_request(tx, number) if number else None
    found = (request.owner, request.borrower, request.requester) if request else others
    return frozenset(filter(None, found))


def _mail(site: Site, tx: Transaction, mail: int, language: Language) -> Mapping[str, str]:
    row = inbox.get(tx, mail)
    raw = inbox.raw_of(tx, mail)
    reading = intake.read(raw, site.intake) if raw is not None else None
    said, subject = _said(reading) if reading else "", row.subject
    if reading is None or reading.bounce is None:
        said, subject = repeatable(tx, row, (said, subject), language)
    held = (each["values"]["kind"] for each in row.reasons if each["code"] == MUST_NOT_WAIT)
    return {
        "what": "".join(say(f"must_not_wait_kinds.{kind}", language) for kind in held),
        "sender": row.sender,
        "doubt": "unproved" if row.verdict in UNPROVED else "",
        "known": "" if row.verdict in UNPROVED else "newcomer",
        "about": row.request,
        "said": _short(said) or _short(subject),
    }


def repeatable(
    tx: Transaction, row: MailRow, texts: Sequence[str], language: Language
) -> list[str]:
    """The mail's `texts` as a coordinator may read them: of one with an identity number only that
    it came, of the others all but what tells of somebody's own illness, leave or absence.
    """
    if any(has_identity_number(each) for each in texts):
        return [say("morning.identity", language), *[""] * (len(texts) - 1)]
    if not any(is_private(each) for each in texts):
        return list(texts)
    request = load_request(tx, row.request) if row.request else None
    names = {known.full_name for known in queries.known_courses(tx)}
    names.add(request.form.get("full_name", "") if request else "")
    found = [of_somebodys_own(each, names) for each in texts]
    if not any(private for _, private in found):
        return list(texts)
    (first, _), *others = found
    told = say("morning.private", language)
    return [" ".join(filter(None, (first, told))), *(rest for rest, _ in others)]


def _said(reading: Reading) -> str:
    """A person's own words; of a bounce, whom it is about and why."""
    if reading.bounce is None:
        return reading.own_text
    return ": ".join(part for part in (*reading.bounce.addresses, reading.bounce.reason) if part)


def _letters(tx: Transaction) -> Iterator[Entry]:
    for letter in mornings.stopped(tx):
        yield Entry(
            item=Item(kind=letter.state, subject=str(letter.id)),
            since=letter.written_at,
            parties=partial(_of_request, tx, letter.request, letter.party),
            values=partial(_letter, tx, letter.id),
        )


def _letter(tx: Transaction, letter: int, _: Language) -> Mapping[str, str]:
    row = letters.get(tx, letter)
    subject = row.told_subject
    bare = subject.rpartition(" [")[0] or subject
    why = _short(row.error) or "–"
    return {"to": row.receiver, "about": row.request, "said": _short(bare), "why": why}


def _links(tx: Transaction) -> Iterator[Entry]:
    """Links that lead nowhere: often nobody here can mend them, so once is enough to write."""
    for link, health in shared_links.broken(tx):
        yield Entry(
            item=Item(kind="link", subject=link.request),
            since=health.broken_since or health.checked_at,
            parties=partial(_of_request, tx, link.request),
            values=partial(_link, link, health),
        )


def _link(link: SharedLink, health: LinkHealth, language: Language) -> Mapping[str, str]:
    return {
        "number": link.request,
        "course": f"«{_short(link.course)}»",
        "link": _short(link.url),
        "since": dates.short_day(oslo_day(health.failing_since or health.checked_at), language),
        "why": shared_links.in_words(health, language),
    }


def _chasers(site: Site, tx: Transaction, day: date, at: datetime) -> Iterator[Entry]:
    """The reminders that leave before the next morning letter does."""
    for chaser in mornings.chasers(tx, at, next_due(site.rules.calendar, day)):
        yield Entry(
            item=Item(kind="chaser", subject=f"{chaser.id}:{chaser.occurrence}"),
            since=chaser.due_at,
            parties=partial(_of_request, tx, chaser.request),
            values=partial(_chaser, site, tx, chaser.id),
        )


def _chaser(site: Site, tx: Transaction, identity: int, language: Language) -> Mapping[str, str]:
    timer = next(each for each in timers.armed(tx) if each.id == identity)
    roles = (ROLE_NAMES[role][language] if role in ROLE_NAMES else role for role in timer.roles)
    local = oslo_time(timer.due_at)
    when = f"{dates.short_day(local.date(), language)} {dates.clock(local, language)}"
    named = _named(one_in(site, tx, timer.request), language)
    return {**named, "who": all_of(tuple(roles), language), "when": when}


def _short(text: str) -> str:
    """On one line, of a bearable length, and without what nobody should repeat."""
    line = " ".join(masked(without_tokens(text)).split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rstrip()}…"
