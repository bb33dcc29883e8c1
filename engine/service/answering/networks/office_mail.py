"""What FOUSAM's mail comes to beside reading in: who is missing, no deliveries, supplements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.domain.beside import asks
from engine.domain.networks.deliveries import unread
from engine.domain.networks.network_report import deliveries_of
from engine.domain.own_questions import asks_for_form, asks_for_status
from engine.domain.words import all_general, general_meaning
from engine.errors import RefusedError
from engine.intake.reply import commands
from engine.model import Language, Reason, Request
from engine.plan.yearly import YEAR
from engine.plan.yearly_letters import FOUSAM, KINDS, VOID
from engine.service.acts.acting import act_on, case_of
from engine.service.answering.networks import leader_change, network_question
from engine.service.answering.networks.network_acts import act_of, refused, said
from engine.service.answering.networks.passing_on import PASSED, passed_on
from engine.service.mail.verdict import Incoming, Judged, language_of, plain_letter
from engine.service.networks import rollup
from engine.service.networks.cycle_status import Line, status_in
from engine.store.cases.requests import load_request
from engine.store.cases.yearly import requests_of
from engine.store.contacts import networks
from engine.store.mail_out.letters import LetterRow
from engine.wording.catalogue import say
from engine.wording.dates import day

STATUS: Final = "network_status"
VOID_CORRECTION = "not_a_correction"
_ABOUT_ONE: Final = frozenset({"network_delivered", "network_waits"})
_WHO: Final = re.compile(
    r"\b(?:kven|hvem|who|kva for nettverk|hvilke nettverk)\b.{0,60}"
    r"\b(?:levert\w*|levere\w*|mangl\w*|rapportert\w*|sendt?|missing|delivered)\b"
    r"|\b(?:korleis|hvordan|how)\b.{0,20}\b(?:ligg\w*|står|går|are we)\b.{0,40}"
    r"\b(?:\w*rapport\w*|\w*plan\w*|nettverk\w*|levering\w*|reports?|plans)\b",
    re.IGNORECASE | re.DOTALL,
)
_SHORT: Final = 400
_JOINED: Final = re.compile(r"\s*(?:,\s*(?:og|så)?|\bog så\b|\bog\b|\band\b|[&+/]|\s)\s*")
_ABOUT_IT: Final = re.compile(
    r"^[\s*_]+|(?:\s(?:samlerapporten|rapporten|han|ho|den|det|no|nå|takk))*[\s.!*_]*$",
    re.IGNORECASE,
)
"""What may stand around the words and adds nothing."""


def words_apart(incoming: Incoming) -> Incoming:
    """The mail with each of the roll-up's words on a line of its own: «LÅS og SEND» says both."""
    known = {word.casefold() for word in incoming.site.routines.words(rollup.ROUTINE)}
    lines: list[str] = []
    for line in incoming.reading.own_text.split("\n"):
        said = _JOINED.split(_ABOUT_IT.sub("", line).casefold())
        lines += [each.upper() for each in said] if len(said) > 1 and {*said} <= known else [line]
    return replace(incoming, reading=replace(incoming.reading, own_text="\n".join(lines)))


def office_mail(incoming: Incoming, number: str, letter: LetterRow | None) -> Judged | None:
    """The verdict on what FOUSAM asks or answers; None for any other mail of theirs."""
    own = incoming.reading.own_text
    if letter is not None and letter.template == network_question.QUESTION:
        judged = leader_change.answered(incoming, letter)
        judged = judged or network_question.answered(incoming, letter)
        if judged is not None:
            return judged
    if _asks_who(incoming):
        return _told_who(incoming)
    if letter is not None and letter.template == PASSED and not commands(own, _words(incoming)):
        return _answered(incoming, letter, str(letter.variables["extra"].get("writer", "")))
    if letter is not None and letter.template in _ABOUT_ONE:
        if _says_no(incoming):
            return _voided(incoming, number)
        ours = commands(own, _words(incoming)) or asks_for_status(own) or asks_for_form(own)
        if asks(own) and not ours:
            return _answered(incoming, letter, _delivered_by(incoming, number))
    return _supplemented(incoming, number)


def areas_of(incoming: Incoming) -> tuple[str, ...]:
    """The areas that the writer is FOUSAM's for: their own, and those of their networks."""
    known = networks.areas(incoming.tx)
    homes = {each.id: each.area for each in networks.networks(incoming.tx)}
    mine = (each.party for each in incoming.contacts if each.duty == FOUSAM)
    found = (party if party in known else homes.get(party, "") for party in mine)
    return tuple(dict.fromkeys(each for each in found if each))


def networks_of(incoming: Incoming) -> frozenset[str]:
    """The networks of those areas."""
    areas = set(areas_of(incoming))
    return frozenset(each.id for each in networks.networks(incoming.tx) if each.area in areas)


def _asks_who(incoming: Incoming) -> bool:
    own = incoming.reading.own_text.strip()
    words = commands(own, all_general())
    if any(general_meaning(each.word) == "status" for each in words):
        return True
    return len(own) <= _SHORT and bool(_WHO.search(own))


def _told_who(incoming: Incoming) -> Judged:
    language = language_of(incoming)
    told: dict[str, Any] = {
        "networks": [],
        "overview": [
            part for area in areas_of(incoming) for part in _overview(incoming, area, language)
        ],
    }
    areas = networks.areas(incoming.tx)
    first = next((areas[each] for each in areas_of(incoming)), None)
    if first is not None:
        told["bodies"] = {"fousam": first.fousam, "su": first.su}
    return Judged(
        verdict="answered", letters=(plain_letter(incoming, STATUS, language, {"extra": told}),)
    )


def _overview(incoming: Incoming, area: str, language: Language) -> Iterator[dict[str, Any]]:
    """Each kind and year of the area that something is open of, as the lines of a letter."""
    mine = {each.id for each in networks.networks(incoming.tx, area)}
    for name, kind in KINDS.items():
        requests = [r for r in requests_of(incoming.tx, name) if r.owner in mine]
        years = sorted({int(r.kept[YEAR]) for r in requests})
        open_ones = {int(r.kept[YEAR]) for r in requests if r.state not in ("closed", "received")}
        for year in [each for each in years if each in open_ones or each == years[-1]]:
            view = status_in(incoming.site, incoming.tx, year, incoming.at, area)
            lines = [each for each in view.lines if each.kind == kind and each.report]
            state = view.titles[view.rollup.number][language] if view.rollup else ""
            yield {
                "kind": kind,
                "year": year,
                "area": view.area.name,
                "missing": [each.network.name for each in lines if not _came(each)],
                "came": [_line(each, language) for each in lines if _came(each)],
                "rollup": state if kind == "report" else "",
            }


def _came(line: Line) -> bool:
    return line.report is not None and line.report.delivered_at is not None


def _line(line: Line, language: Language) -> dict[str, Any]:
    at = line.report.delivered_at if line.report else None
    punctual = say(f"punctuality.{line.punctual}", language) if line.punctual else ""
    return {
        "name": line.network.name,
        "day": day(oslo_day(at), language) if at else "",
        "punctual": punctual,
        "unread": bool(line.report and line.report.unread),
    }


def _says_no(incoming: Incoming) -> bool:
    return network_question.says_no(incoming.reading.own_text)


def _voided(incoming: Incoming, number: str) -> Judged | None:
    """What FOUSAM's no to a document comes to: its time counts for nothing."""
    request = load_request(incoming.tx, number)
    if request is None:
        return None
    if not unread(request.kept):
        return _too_late(incoming, request)
    event = VOID if len(deliveries_of(request.kept)) == 1 else VOID_CORRECTION
    case = case_of(incoming.site, incoming.tx, number, incoming.at, event=event)
    if event not in case.workflow.events:
        return None
    act = act_of(incoming, event, note=network_question.beside_no(incoming))
    step = act_on(case, act, incoming.at)
    if step.reasons:
        return refused(incoming, request, step.reasons)
    network = networks.network(incoming.tx, str(request.owner)).name
    note = Reason("not_a_delivery_noted", {"network": network})
    return Judged(
        verdict="fired",
        number=number,
        plans=step.events,
        letters=(said(incoming, case, done=(note,)),),
    )


def _too_late(incoming: Incoming, request: Request) -> Judged:
    """What a no comes to once somebody has read what it is about."""
    case = case_of(incoming.site, incoming.tx, request.number, incoming.at)
    titles = case.workflow.states[request.state].titles
    network = networks.network(incoming.tx, str(request.owner)).name
    code = "no_after_reading" if request.state == "delivered" else "no_too_late"
    reason = Reason(code, {"network": network, "state": titles})
    letters = (said(incoming, case, not_done=(reason,)),)
    return Judged(verdict="refused", number=request.number, letters=letters, reasons=(reason,))


def _delivered_by(incoming: Incoming, number: str) -> str:
    """The address that the last version came from; empty where nothing has come."""
    request = load_request(incoming.tx, number)
    versions = deliveries_of(request.kept) if request is not None else ()
    return versions[-1].by if versions else ""


def _answered(incoming: Incoming, letter: LetterRow, writer: str) -> Judged | None:
    """FOUSAM's answer to a leader's own words, or its question about what came, which goes to that
    leader.
    """
    request = load_request(incoming.tx, letter.request)
    if request is None:
        return None
    case = case_of(incoming.site, incoming.tx, request.number, incoming.at)
    passed = passed_on(incoming, case, incoming.reading.own_text, back_to=writer)
    if not passed:
        return None
    note = Reason("words_passed_on", {"who": writer})
    letters = (*passed, said(incoming, case, done=(note,)))
    return Judged(verdict="answered", number=request.number, letters=letters)


def _words(incoming: Incoming) -> frozenset[str]:
    """Every word that an event of the networks' year listens to, and the general ones."""
    return all_general() | incoming.site.routines.words(*KINDS, rollup.ROUTINE)


def _supplemented(incoming: Incoming, number: str) -> Judged | None:
    """What SEND comes to once the roll-up has been sent: what has come since, as a supplement."""
    request = load_request(incoming.tx, number) if number else None
    sent = _sent_rollup(incoming, request) if request else None
    if request is None or sent is None or not _says_send(incoming):
        return None
    case = case_of(incoming.site, incoming.tx, sent.number, incoming.at)
    try:
        found = rollup.supplement(incoming.site, incoming.tx, sent, incoming.at)
    except RefusedError as error:
        letters = (said(incoming, case, not_done=error.reasons),)
        return Judged(verdict="refused", number=sent.number, letters=letters, reasons=error.reasons)
    values = {"number": found.supplement, "networks": found.networks}
    note = Reason("supplement_sent", values)
    return Judged(
        verdict="answered", number=sent.number, letters=(said(incoming, case, done=(note,)),)
    )


def _says_send(incoming: Incoming) -> bool:
    current = incoming.site.routines.current
    if rollup.ROUTINE not in current:
        return False
    send = current[rollup.ROUTINE].workflow.events[rollup.SEND]
    return bool(commands(incoming.reading.own_text, send.words))


def _sent_rollup(incoming: Incoming, request: Request) -> Request | None:
    """The roll-up of the request's area and year, where it has been sent."""
    if request.workflow == rollup.ROUTINE:
        found = [request]
    elif request.workflow in KINDS:
        area = networks.network(incoming.tx, str(request.owner)).area
        found = [
            each
            for each in requests_of(incoming.tx, rollup.ROUTINE, area)
            if each.kept[YEAR] == request.kept[YEAR]
        ]
    else:
        return None
    return next((each for each in found if each.state == "sent"), None)
