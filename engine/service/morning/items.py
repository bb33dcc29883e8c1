"""What the coordinators' morning letter is about: everything that waits for one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from typing import Final

from msgspec import Struct

from engine import intake
from engine.calendar import oslo_day, oslo_time
from engine.definition.types import Role
from engine.domain.register.duties import COORDINATOR
from engine.domain.secrecy import masked
from engine.errors import NotFoundError
from engine.intake.reading import Reading
from engine.model import Language
from engine.plan.link_health import LinkHealth
from engine.plan.morning import Item, next_due
from engine.service.requests import shared_links
from engine.service.requests.show import Owed, View, one_in
from engine.service.site import Site
from engine.store.cases import timers
from engine.store.contacts import register
from engine.store.database import Transaction
from engine.store.links import SharedLink
from engine.store.mail_in import inbox
from engine.store.mail_out import letters, mornings
from engine.store.mail_out.mornings import Standing
from engine.wording import dates, morning
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
"""The verdicts after which a coordinator should look, and under which heading."""
UNPROVED: Final = frozenset({"unknown_sender", "unproved_sender"})
"""The verdicts on mail that anybody may have written: a coordinator is told so."""
LONGEST: Final = 140
"""How many characters of a mail, a subject or an error a line repeats."""

Values = Callable[[Language], Mapping[str, str]]
Held = frozenset[tuple[str, str]]
"""The (party, duty) pairs that somebody holds."""


class Entry(Struct, frozen=True, kw_only=True):
    """One item, and what its line says in a language."""

    item: Item
    values: Values
    told_from: datetime | None = None
    """For what is no reason to write more than once: since when it is known."""


def entries(site: Site, tx: Transaction, day: date, at: datetime) -> Iterator[Entry]:
    """Everything that waits for a coordinator at `at`, for the letter of the morning of `day`.

    What a line says is read only when it is asked for.
    """
    yield from _requests(site, tx, at)
    yield from _mails(site, tx)
    yield from _letters(site, tx)
    yield from _links(tx)
    yield from _chasers(site, tx, day, at)


def _requests(site: Site, tx: Transaction, at: datetime) -> Iterator[Entry]:
    held = frozenset((each.party, each.duty) for each in register.contacts(tx, oslo_day(at)))
    for standing in mornings.standing(tx):
        roles = _waited_for(site, tx, standing)
        unheld = [each for each in roles if not any(_is_held(r, standing, held) for r in each)]
        number = standing.number
        # Who has done their part owes nothing any more: that costs more to find out.
        if unheld and _lacking(one_in(site, tx, number), held):
            yield Entry(
                item=Item(kind="stuck", subject=number),
                values=partial(_stuck, site, tx, number, held),
            )
        elif (
            roles
            and _is_late(standing, [role for role, *_ in roles], at)
            and (standing.escalated or one_in(site, tx, number).owed)
        ):
            yield Entry(
                item=Item(kind="late", subject=number), values=partial(_late, site, tx, number)
            )


def _waited_for(site: Site, tx: Transaction, standing: Standing) -> list[tuple[Role, ...]]:
    """The roles that are waited for, each with those that are written to where nobody holds it."""
    try:
        workflow = site.routines.version(tx, standing.workflow, standing.version).workflow
    except NotFoundError:
        # A sweep tells of it, and the other requests are worth a letter all the same.
        return []
    state = workflow.states[standing.state]
    names = (*state.waits_for, state.then) if state.then else state.waits_for
    waited_for = [workflow.roles[name] for name in names]
    return [
        (role, *(workflow.roles[name] for name in role.instead if name in workflow.roles))
        for role in waited_for
    ]


def _is_held(role: Role, standing: Standing, held: Held) -> bool:
    party = role.party if role.of is None else standing.parties[role.of]
    return any((party, duty) in held for duty in role.duties)


def _is_late(standing: Standing, roles: Iterable[Role], at: datetime) -> bool:
    ours = any(COORDINATOR in role.duties for role in roles)
    return ours or standing.escalated or (standing.due_at is not None and standing.due_at <= at)


def _lacking(view: View, held: Held) -> list[Owed]:
    """Those who are waited for in a duty that nobody holds."""
    roles = view.routine.workflow.roles.values()
    counting = {role.duty: role.duties for role in roles}
    return [
        owed
        for owed in view.owed
        if not any((owed.party, d) in held for d in counting.get(owed.duty, (owed.duty,)))
    ]


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
    site: Site, tx: Transaction, number: str, held: Held, language: Language
) -> Mapping[str, str]:
    view, names = one_in(site, tx, number), register.parties(tx)
    who = (
        morning.duty_at(
            DUTY_NAMES[owed.duty][language],
            names[owed.party].name.removesuffix(" HF") if owed.party in names else "",
            language,
        )
        for owed in _lacking(view, held)
    )
    return {**_named(view, language), "who": all_of(tuple(dict.fromkeys(who)), language)}


def _mails(site: Site, tx: Transaction) -> Iterator[Entry]:
    for mail, verdict, refuted in mornings.for_people(tx):
        # What got no answer for there had been enough may have any other verdict.
        kind = "refuted" if refuted else KIND_OF.get(verdict, "unclear")
        item = Item(kind=kind, subject=str(mail))
        yield Entry(item=item, values=partial(_mail, site, tx, mail))


def _mail(site: Site, tx: Transaction, mail: int, _: Language) -> Mapping[str, str]:
    row = inbox.get(tx, mail)
    raw = inbox.raw_of(tx, mail)
    said = _said(intake.read(raw, site.intake)) if raw is not None else ""
    return {
        "sender": row.sender,
        "doubt": "unproved" if row.verdict in UNPROVED else "",
        "about": row.request,
        "said": _short(said) or _short(row.subject),
    }


def _said(reading: Reading) -> str:
    """A person's own words; of a bounce, whom it is about and why."""
    if reading.bounce is None:
        return reading.own_text
    return ": ".join(part for part in (*reading.bounce.addresses, reading.bounce.reason) if part)


def _letters(site: Site, tx: Transaction) -> Iterator[Entry]:
    for letter, state in mornings.stopped(tx):
        item = Item(kind=state, subject=str(letter))
        yield Entry(item=item, values=partial(_letter, site, tx, letter))


def _letter(site: Site, tx: Transaction, letter: int, _: Language) -> Mapping[str, str]:
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
            values=partial(_link, link, health),
            told_from=health.broken_since,
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
    for timer, occurrence in mornings.chasers(tx, at, next_due(site.rules.calendar, day)):
        item = Item(kind="chaser", subject=f"{timer}:{occurrence}")
        yield Entry(item=item, values=partial(_chaser, site, tx, timer))


def _chaser(site: Site, tx: Transaction, identity: int, language: Language) -> Mapping[str, str]:
    timer = next(each for each in timers.armed(tx) if each.id == identity)
    roles = (ROLE_NAMES[role][language] if role in ROLE_NAMES else role for role in timer.roles)
    local = oslo_time(timer.due_at)
    when = f"{dates.short_day(local.date(), language)} {dates.clock(local, language)}"
    named = _named(one_in(site, tx, timer.request), language)
    return {**named, "who": all_of(tuple(roles), language), "when": when}


def _short(text: str) -> str:
    """On one line, of a bearable length, and without what nobody should repeat."""
    line = " ".join(masked(text).split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rstrip()}…"
