"""What coordinators and FOUSAM do about a year by command: open it, lay in, read in."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from engine import intake
from engine.calendar import date_of, oslo_day
from engine.definition.types import DayRule
from engine.domain.networks.deliveries import emptiness, values_of
from engine.domain.networks.network_form import read
from engine.domain.networks.network_report import Contents, Kind
from engine.errors import RefusedError
from engine.intake.files.documents import text_of
from engine.model import Cause, Reason, Request
from engine.plain import plain
from engine.plan.yearly import DELIVER, DELIVER_LATE, MISSING, READ_IN
from engine.service.acts.acting import act_on, case_of, in_transaction
from engine.service.acts.commands import Done, act_of, finish
from engine.service.networks.cycle import Turned, open_all, wanted, yearly
from engine.service.networks.setting_up import area_named, network_named
from engine.service.site import Site
from engine.store.cases.yearly import about_year, requests_of
from engine.store.contacts import networks
from engine.store.database import Transaction
from engine.store.mail_in import attachments, inbox
from engine.store.mail_in.attachments import AttachmentRow

ROUTINES: Final[Mapping[Kind, str]] = {"plan": "network_plan", "report": "network_report"}
SOURCE: Final = "cycle deliver"
"""Where a document that was laid in by command comes from, as `mail list` says it."""


class Document(Struct, frozen=True, kw_only=True):
    """A document to be laid in: its name, and its bytes."""

    name: str
    content: bytes

    @property
    def text(self) -> str:
        """What it says, where it is a Word file, a spreadsheet or plain text; else empty."""
        said = text_of(self.name, "", self.content)
        if said is not None:
            return said
        try:
            return "" if b"\0" in self.content else plain(self.content.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return ""


class Errand(Struct, frozen=True, kw_only=True):
    """What a command is about, and on whose behalf."""

    network: str
    """The network's id or name."""
    kind: Kind
    year: int
    email: str
    at: datetime
    area: str = ""
    """The area that the network is in; any, where none is named."""


def open_year(site: Site, year: int, at: datetime, area: str = "") -> tuple[Turned, ...]:
    """Open what belongs to `year` and is not open yet: plans until the year is over, reports and
    the roll-up once it is.

    RefusedError for a year that is not one of the three around the present one.
    """
    today = oslo_day(at)
    if not today.year - 1 <= year <= today.year + 1:
        values = {"year": year, "first": today.year - 1, "last": today.year + 1}
        raise RefusedError((Reason("year_too_far", values),))
    return in_transaction(site, lambda tx: _open_year(site, tx, year, at, area))


def _open_year(
    site: Site, tx: Transaction, year: int, at: datetime, area: str
) -> tuple[Turned, ...]:
    home = area_named(tx, area) if area or not networks.areas(tx) else None
    taking_part = [
        each for each in networks.networks(tx, home.id if home else "") if each.was_active(year)
    ]
    if not taking_part:
        raise RefusedError((Reason("no_network", {"year": year}),))
    turned: list[Turned] = []
    for routine in yearly(site):
        opening = routine.workflow.opens_with
        rule = opening.day
        if rule is None or not _is_of_now(rule, year, oslo_day(at)):
            continue
        wants = wanted(opening.each, taking_part, year)
        cause = Cause("command", f"cycle open {year}")
        turned += open_all(site, tx, routine, wants, at=at, cause=cause)
    return tuple(turned)


def _is_of_now(rule: DayRule, year: int, today: date) -> bool:
    """Whether what is opened on that day of each year can be asked for: nobody plans a year that
    is over, or reports on one that is not.
    """
    if rule.years > 0:
        return date_of(rule, year) <= today
    return year >= today.year


def opening_later(site: Site, year: int, at: datetime) -> tuple[tuple[str, date], ...]:
    """(routine, day) of what belongs to `year` and cannot be opened yet, in the order of the
    days.
    """
    rules = ((each.workflow.name, each.workflow.opens_with.day) for each in yearly(site))
    days = [(name, date_of(rule, year)) for name, rule in rules if rule and rule.years > 0]
    return tuple(each for each in sorted(days, key=lambda each: each[1]) if each[1] > oslo_day(at))


def deliver(site: Site, errand: Errand, document: Document) -> Done:
    """The document laid in for the network on somebody's behalf, kept as a message of its own.

    RefusedError carries every reason: an unknown or closed network, a year that is not open, an
    address that holds no duty there, an empty form.
    """
    return in_transaction(site, lambda tx: _deliver(site, tx, errand, document))


def _deliver(site: Site, tx: Transaction, errand: Errand, document: Document) -> Done:
    request, at = request_for(tx, errand), errand.at
    contents = read(document.text, errand.kind)
    if contents is None and not document.content.strip():
        raise RefusedError((Reason("delivery_empty"),))
    late = request.state == MISSING and contents is not None
    event = DELIVER_LATE if late else DELIVER
    proved = act_of(tx, event, email=errand.email, at=at, key=str(uuid.uuid4()))
    mail = _stored(site, tx, errand, document, request.number)
    act = replace(
        proved,
        cause=Cause("mail", str(mail)),
        key=f"mail:{mail}:1",
        values=values_of(contents),
    )
    step = act_on(case_of(site, tx, request.number, at, event=event), act, at)
    done = finish(site, tx, step, dry_run=False)
    moves = [{"event": name, "from": start, "to": to} for name, start, to in done.events]
    inbox.set_verdict(
        tx, mail, "fired", at=site.clock.now(), request=request.id, events=moves, reasons=[]
    )
    return done


def _stored(site: Site, tx: Transaction, errand: Errand, document: Document, number: str) -> int:
    """The id of the message that keeps the document, as if it had come by mail."""
    message = EmailMessage(policy=SMTP)
    message["From"] = errand.email
    message["To"] = next(iter(site.addresses), errand.email)
    message["Subject"] = f"{number} {document.name}"
    message["Date"] = format_datetime(errand.at)
    message["Message-ID"] = f"<{uuid.uuid4()}@cycle.invalid>"
    message.set_content(SOURCE)
    message.add_attachment(
        document.content, maintype="application", subtype="octet-stream", filename=document.name
    )
    recorded_at = site.clock.now()
    mail = inbox.take(
        tx,
        bytes(message),
        source=SOURCE,
        envelope={},
        received_at=errand.at,
        recorded_at=recorded_at,
    )
    reading = intake.read(bytes(message), site.intake)
    found = (
        (AttachmentRow(sha256=a.sha256, name=a.name, type=a.type, size=a.size), a.content)
        for a in reading.attachments
    )
    attachments.keep(tx, mail, found)
    inbox.set_reading(
        tx,
        mail,
        message_id=reading.message_id,
        digest=reading.digest,
        sender=errand.email.lower(),
        subject=reading.subject,
        kind=reading.kind,
    )
    return mail


def read_in(site: Site, errand: Errand, contents: Contents | None) -> Done:
    """What FOUSAM says stands in the last version; RefusedError carries every reason."""
    if contents is None or emptiness(contents):
        raise RefusedError((Reason("nothing_read"),))
    values = values_of(contents)

    def work(tx: Transaction) -> Done:
        request, at, key = request_for(tx, errand), errand.at, str(uuid.uuid4())
        act = act_of(tx, READ_IN, email=errand.email, at=at, key=key, values=values)
        step = act_on(case_of(site, tx, request.number, at, event=READ_IN), act, at)
        return finish(site, tx, step, dry_run=False)

    return in_transaction(site, work)


def request_for(tx: Transaction, errand: Errand) -> Request:
    """The network's request of that kind about `year`, locked for a change.

    RefusedError: an unknown network, a closed one, a year that is not open.
    """
    found, year = network_named(tx, errand.network, errand.area), errand.year
    request = about_year(requests_of(tx, ROUTINES[errand.kind], found.id), year)
    if request is None and found.closed_on is not None:
        values = {"network": found.name, "day": found.closed_on}
        raise RefusedError((Reason("network_closed", values),))
    if request is None:
        raise RefusedError((Reason("year_not_open", {"network": found.name, "year": year}),))
    if request.state == "closed" and found.closed_on is not None:
        values = {"network": found.name, "day": found.closed_on}
        raise RefusedError((Reason("network_closed", values),))
    return request
