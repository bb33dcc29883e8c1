"""What the coordinators' morning letter is about: everything that waits for one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from engine import intake
from engine.calendar import oslo_day, oslo_time
from engine.domain.secrecy import masked
from engine.intake.reading import Reading
from engine.model import Language
from engine.plan.morning import Item, next_due
from engine.service.deliver import envelope_of
from engine.service.show import Owed, View
from engine.service.site import Site
from engine.store import inbox, letters, mornings, register, timers
from engine.store.database import Transaction
from engine.store.letters import LetterRow
from engine.store.timers import TimerRow
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
COORDINATOR: Final = "coordinator"

Values = Callable[[Language], Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item, and what its line says in a language."""

    item: Item
    values: Values


def entries(site: Site, tx: Transaction, views: Iterable[View], at: datetime) -> Iterator[Entry]:
    """Everything that waits for a coordinator at `at`; `views` are the requests as they stand."""
    by_number = {view.request.number: view for view in views}
    yield from _requests(tx, by_number.values(), at)
    yield from _mails(site, tx)
    yield from _letters(site, tx)
    yield from _chasers(site, tx, by_number, at)


def _requests(tx: Transaction, views: Iterable[View], at: datetime) -> Iterator[Entry]:
    held = {(each.party, each.duty) for each in register.contacts(tx, oslo_day(at))}
    for view in views:
        if not view.owed:
            continue
        lacking = [owed for owed in view.owed if not _is_held(view, owed, held)]
        if lacking:
            yield _request("stuck", view, partial(_lacking, tx, lacking))
        elif _is_late(view, at):
            yield _request("late", view, partial(_waited_for, view))


def _is_held(view: View, owed: Owed, held: set[tuple[str, str]]) -> bool:
    """Whether anybody holds a duty that counts for the one that is waited for."""
    roles = view.routine.workflow.roles.values()
    duties = next((role.duties for role in roles if role.duty == owed.duty), (owed.duty,))
    return any((owed.party, duty) in held for duty in duties)


def _is_late(view: View, at: datetime) -> bool:
    late = any(owed.due is not None and owed.due <= at for owed in view.owed)
    ours = any(owed.duty == COORDINATOR for owed in view.owed)
    return late or ours or view.request.escalated_at is not None


def _request(kind: str, view: View, values: Values) -> Entry:
    def told(language: Language) -> Mapping[str, str]:
        return {**_named(view), "state": view.state_title(language), **values(language)}

    return Entry(item=Item(kind=kind, subject=view.request.number), values=told)


def _named(view: View) -> dict[str, str]:
    name = view.course_document().get("full_name", "")
    return {"number": view.request.number, "course": f"«{_short(name)}»" if name else "–"}


def _waited_for(view: View, language: Language) -> Mapping[str, str]:
    duties = dict.fromkeys(HOLDER_NAMES[owed.duty][language] for owed in view.owed)
    since = min(owed.since for owed in view.owed)
    return {
        "who": all_of(tuple(duties), language),
        "since": dates.short_day(oslo_day(since), language),
    }


def _lacking(tx: Transaction, lacking: list[Owed], language: Language) -> Mapping[str, str]:
    names = register.parties(tx)
    who = (
        morning.duty_at(
            DUTY_NAMES[owed.duty][language],
            names[owed.party].name.removesuffix(" HF") if owed.party in names else "",
            language,
        )
        for owed in lacking
    )
    return {"who": all_of(tuple(dict.fromkeys(who)), language)}


def _mails(site: Site, tx: Transaction) -> Iterator[Entry]:
    for mail, verdict in mornings.for_people(tx, KIND_OF):
        item = Item(kind=KIND_OF[verdict], subject=str(mail))
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
    for state in ("dead", "held"):
        for row in letters.listed(tx, state):
            if row.receiver:
                item = Item(kind=state, subject=str(row.id))
                yield Entry(item=item, values=partial(_letter, site, row))


def _letter(site: Site, row: LetterRow, _: Language) -> Mapping[str, str]:
    subject = row.subject or site.letters.subject(envelope_of(row))
    bare = subject.rpartition(" [")[0] or subject
    why = _short(row.error) or "–"
    return {"to": row.receiver, "about": row.request, "said": _short(bare), "why": why}


def _chasers(
    site: Site, tx: Transaction, views: Mapping[str, View], at: datetime
) -> Iterator[Entry]:
    """The reminders that leave before the next morning letter does."""
    until = next_due(site.rules.calendar, oslo_day(at))
    for timer in timers.armed(tx):
        view = views.get(timer.request)
        if timer.action == "remind" and at < timer.due_at <= until and view is not None:
            subject = f"{timer.id}:{timer.occurrence}"
            item = Item(kind="chaser", subject=subject)
            yield Entry(item=item, values=partial(_chaser, view, timer))


def _chaser(view: View, timer: TimerRow, language: Language) -> Mapping[str, str]:
    roles = (ROLE_NAMES[role][language] if role in ROLE_NAMES else role for role in timer.roles)
    local = oslo_time(timer.due_at)
    when = f"{dates.short_day(local.date(), language)} {dates.clock(local, language)}"
    return {**_named(view), "who": all_of(tuple(roles), language), "when": when}


def _short(text: str) -> str:
    """On one line, of a bearable length, and without what nobody should repeat."""
    line = " ".join(masked(text).split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rstrip()}…"
