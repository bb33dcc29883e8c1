"""FOUSAM's roll-up: looked at while it is a draft, locked and sent once, supplemented after that
(R76, R82).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from engine.domain.networks.network import Area
from engine.domain.networks.network_report import Report, YearOfReports
from engine.domain.networks.rollup import (
    ROLLUP,
    Line,
    Proposal,
    Rollup,
    as_record,
    correcting,
    faults_in,
    from_record,
    held_back,
    line_of,
)
from engine.errors import RefusedError
from engine.model import Cause, LetterDraft, Reason, Request
from engine.plan.reminding import letters_due
from engine.report.letter_documents import SUPPLEMENT, unwritable
from engine.service.acts.acting import act_on, case_of, in_transaction
from engine.service.acts.commands import Done, act_of, finish
from engine.service.letters.posting import post
from engine.service.networks.copies import post_copies
from engine.service.networks.setting_up import area_named
from engine.service.site import Site
from engine.store.cases.reports import reports_of_year
from engine.store.cases.yearly import about_year, requests_of
from engine.store.contacts import networks, register
from engine.store.database import Transaction
from engine.store.mail_out import letters

ROUTINE: Final = "su_rollup"
LOCK, SEND = "lock", "send"
FOUSAM: Final = "fousam"


class RollupView(Struct, frozen=True, kw_only=True):
    """The roll-up of an area's year as it stands."""

    area: Area
    request: Request | None
    """None while nothing has been opened for the year."""
    told: Mapping[str, Any]
    """What its document is made of; see `report.letter_documents.as_document`."""
    faults: tuple[Reason, ...]
    """The sums that do not add up; with any, it can't be locked."""
    held_back: tuple[Proposal, ...]
    """Texts that may be about a patient: for FOUSAM's eyes alone."""

    @property
    def rollup(self) -> Rollup:
        """The numbers."""
        return from_record(self.told)

    @property
    def is_locked(self) -> bool:
        """Whether it is as it will be sent, or was."""
        return self.request is not None and ROLLUP in self.request.kept


class Sent(Struct, frozen=True, kw_only=True):
    """What sending came to: the events of the roll-up, or a supplement's number."""

    number: str
    events: tuple[tuple[str, str | None, str], ...] = ()
    supplement: int = 0
    networks: tuple[str, ...] = ()
    """Whom a supplement is about."""
    letters: int = 0


def view(site: Site, year: int, area: str = "") -> RollupView:
    """The roll-up as it was locked, else as it would be now; RefusedError for an unknown area."""
    with site.database.reading() as tx:
        home = area_named(tx, area)
        request = about_year(requests_of(tx, ROUTINE, home.id), year)
        reports = reports_of_year(tx, home.id, year, register.parties(tx))
    fresh = as_record(reports)
    locked = request is not None and ROLLUP in request.kept
    return RollupView(
        area=home,
        request=request,
        told=_told(home, year, request.kept if request is not None and locked else fresh),
        faults=() if locked else faults_in(fresh),
        held_back=held_back(reports),
    )


def send(site: Site, year: int, at: datetime, *, area: str = "", email: str = "") -> Sent:
    """Lock the roll-up and send it to SU; what has come since, where it is sent already.

    On behalf of `email`, else of the area's first FOUSAM contact. RefusedError carries every
    reason: not opened or not built yet, sums that do not add up, nothing new.
    """
    return in_transaction(site, lambda tx: _send(site, tx, year, at, area=area, email=email))


def _send(site: Site, tx: Transaction, year: int, at: datetime, *, area: str, email: str) -> Sent:
    home = area_named(tx, area)
    request = about_year(requests_of(tx, ROUTINE, home.id), year)
    if request is None:
        raise RefusedError((Reason("rollup_not_open", {"year": year}),))
    if request.state == "sent":
        return supplement(site, tx, request, at)
    email = email or _secretary(site, tx, request, at)
    events = (
        ()
        if request.state == "locked"
        else _fired(site, tx, request, LOCK, email=email, at=at).events
    )
    done = _fired(site, tx, request, SEND, email=email, at=at)
    return Sent(number=request.number, events=(*events, *done.events), letters=done.letters)


def _fired(
    site: Site, tx: Transaction, request: Request, event: str, *, email: str, at: datetime
) -> Done:
    act = act_of(tx, event, email=email, at=at, key=str(uuid.uuid4()))
    case = case_of(site, tx, request.number, at, event=event)
    return finish(site, tx, act_on(case, act, at), dry_run=False)


def _secretary(site: Site, tx: Transaction, request: Request, at: datetime) -> str:
    case = case_of(site, tx, request.number, at)
    held = [each for each in case.facts.contacts if each.duty == FOUSAM]
    mine = [each for each in held if each.party == request.owner]
    if not (mine or held):
        raise RefusedError((Reason("rollup_without_secretary"),))
    return (mine or held)[0].email


def supplement(site: Site, tx: Transaction, request: Request, at: datetime) -> Sent:
    """A numbered supplement with what has come since; the report itself is never changed."""
    home = networks.areas(tx)[str(request.owner)]
    year = int(request.kept["year"])
    earlier = [row for row in letters.of_request(tx, request.number) if row.template == SUPPLEMENT]
    told = [row.variables["extra"] for row in earlier]
    known = {line.network: line for line in from_record(request.kept).lines if line.read}
    for extra in sorted(told, key=lambda each: int(each["supplement"])):
        known |= {line.network: line for line in from_record(extra).lines}
    late = _only(reports_of_year(tx, home.id, year, register.parties(tx)), known)
    if not late.reports:
        raise RefusedError((Reason("nothing_to_supplement", {"year": year}),))
    record = as_record(late)
    if faults_in(record):
        raise RefusedError(faults_in(record))
    corrected = [known[each.network] for each in late.reports if each.network in known]
    record = correcting(record, corrected)
    number = max((int(extra["supplement"]) for extra in told), default=0) + 1
    case = case_of(site, tx, request.number, at)
    extra = {**_told(home, year, record), "supplement": number}
    drafts = [
        replace(
            draft, variables={**draft.variables, "extra": {**draft.variables["extra"], **extra}}
        )
        for draft in letters_due(case, "send", SUPPLEMENT, ("su",), at)
    ]
    faults = [fault for draft in drafts if (fault := unwritable(draft, at))]
    if faults:
        raise RefusedError(faults)
    _write(site, tx, request, drafts, number=number, at=at)
    post_copies(site, tx, request, {**extra, "supplement": number}, at)
    return Sent(
        number=request.number,
        supplement=number,
        networks=tuple(report.name for report in late.reports),
        letters=len(drafts),
    )


def _only(year: YearOfReports, known: Mapping[str, Line]) -> YearOfReports:
    """The year with nothing but the reports that have come, been read, and not been told of as
    they are now.
    """
    reports = tuple(each for each in year.reports if _is_news(each, known))
    return replace(year, reports=reports, networks=len(reports), uncovered={}, members_unknown=())


def _is_news(report: Report, known: Mapping[str, Line]) -> bool:
    if report.contents is None or report.unread:
        return False
    told, now = known.get(report.network), line_of(report)
    if told is None:
        return True
    # What an earlier release told did not keep its version; then the numbers are compared.
    same = now.version == told.version if told.version else _numbers(now) == _numbers(told)
    return not same


def _numbers(line: Line) -> tuple[Any, ...]:
    return (line.standing, line.no_activity, dict(line.measures or {}), line.deviations)


def _write(
    site: Site,
    tx: Transaction,
    request: Request,
    drafts: list[LetterDraft],
    *,
    number: int,
    at: datetime,
) -> None:
    for draft in drafts:
        post(
            site,
            tx,
            draft,
            seed=f"supplement:{request.number}:{number}|{draft.receiver}",
            request_id=request.id,
            cause=Cause("command", f"supplement:{request.number}:{number}"),
            at=at,
            workflow=request.workflow,
        )


def _told(home: Area, year: int, kept: Mapping[str, Any]) -> dict[str, Any]:
    return {
        ROLLUP: kept[ROLLUP],
        "year": year,
        "area_name": home.name,
        "bodies": {"fousam": home.fousam, "su": home.su},
    }
