"""Made-up requests of the networks' year, for letters about them that nobody is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from msgspec.structs import replace

from engine.calendar import date_of, morning_of, oslo_day
from engine.definition.types import Workflow
from engine.domain.networks.network import DEPUTY, LEADER
from engine.domain.networks.network_report import (
    DELIVERIES,
    Contents,
    Delivery,
    Kind,
    Measure,
    Report,
    YearOfReports,
    with_delivery,
)
from engine.domain.networks.rollup import ROLLUP, as_record
from engine.model import TIME, Act, Cause, Contact, Facts, Language, Party, Proof, Reason, Request
from engine.plan.case import Case, Happening, Rules
from engine.plan.timing import timers_for
from engine.plan.yearly import unopened
from engine.plan.yearly_letters import FOUSAM, KINDS
from engine.service.trials.example import NUMBER, Place
from engine.wording import sentence
from engine.wording.catalogue import say, texts

AREA: Final = "eksempelomraadet"
NETWORKS: Final = ("rehabilitering", "demens")
_NUMBERS: Final = {"rehabilitering": NUMBER, "demens": "KD-2026-0002"}
_BODIES: Final = {"fousam": "FOUSAM", "su": "SU"}
_HOLDERS: Final = ((FOUSAM, "Testperson Beta"), ("su", ""))
_LEADERS: Final = ((LEADER, "Testperson Alfa"), (DEPUTY, ""))
_NOTHING_CAME: Final = frozenset({"not_delivered", "overdue", "missing_in_rollup"})
_BEFORE: Final = timedelta(days=3)
"""How long before the deadline the made-up network delivers, and the roll-up is sent."""


def _name(network: str, language: Language) -> str:
    return say(f"example_networks.{'area' if network == AREA else network}", language)


def _parties(language: Language) -> dict[str, Party]:
    """Return the made-up area and its networks, by id."""
    return {
        name: Party(
            id=name,
            kind="area" if name == AREA else "network",
            side="joint",
            name=_name(name, language),
            written_standard="neutral",
        )
        for name in (AREA, *NETWORKS)
    }


def _facts(known: Mapping[str, Party], language: Language) -> Facts:
    """Return what the store would have read about the area, its networks and their people."""
    return Facts(
        parties={**known, **_parties(language)},
        contacts=tuple(_contacts(language)),
        neutral_language=language,
        priority_areas=tuple(texts("example_priorities", language).values()),
        bodies=_BODIES,
    )


def request(place: Place, language: Language, at: datetime, rules: Rules, network: str) -> Request:
    """Return the request about the year that stands at `at`, in the state that `place` names."""
    workflow = place.routine.workflow
    first = unopened(
        workflow, rules, at, network=network, area=AREA, year=_year(workflow, oslo_day(at))
    )
    opened = _opened(workflow, int(first.kept["year"]))
    standing = replace(
        first, id=1, number=_NUMBERS[network], opened_at=opened, since=opened, changed_at=opened
    )
    if place.state != workflow.opens_with.state:
        since = _since(place, standing, rules)
        standing = replace(standing, state=place.state, since=since, changed_at=since)
    return replace(standing, kept={**standing.kept, **_kept(workflow, standing, language)})


def moment(place: Place, standing: Request, rules: Rules) -> datetime:
    """Return when the letter would be written: with its timer, else with the move it tells of."""
    due = (
        timer.due_at
        for timer in timers_for(place.routine.workflow, standing, rules.calendar)
        if place.target and timer.target == place.target
    )
    return min(due, default=standing.since)


def happening(
    place: Place,
    language: Language,
    at: datetime,
    *,
    parties: Mapping[str, Party],
    rules: Rules,
    network: str,
) -> Happening:
    """Return what a letter at `place` tells of: the latest year that was opened by `at`."""
    standing = request(place, language, at, rules, network)
    case = Case(
        workflow=place.routine.workflow,
        table=place.routine.table,
        request=standing,
        facts=_facts(parties, language),
        rules=rules,
    )
    event = place.routine.workflow.events.get(place.event)
    act = Act(
        event=place.event,
        actor=TIME,
        proof=Proof.SITE,
        cause=Cause("command", ""),
        key="",
        note=say("example.sent_back", language)
        if event is not None and "reason" in event.needs
        else "",
    )
    return Happening(case=case, act=act, role=TIME.name, at=moment(place, standing, rules))


def together(letters: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return the variables of one letter in place of several, one for each network."""
    first, *more = letters
    if not more:
        return first
    told = [network for each in letters for network in each["extra"]["networks"]]
    return {**first, "extra": {**first["extra"], "networks": told}}


def beside(template: str) -> dict[str, Any]:
    """Return what only the letter itself is given."""
    return {"supplement": 1} if template == "rollup_supplement" else {}


def unclear(year: int, language: Language) -> dict[str, Any]:
    """Return the variables of the question which network and year a mail is about."""
    kind = say("network_kinds.plan", language)
    known = ", ".join(f"{_name(name, language)} ({kind} {year})" for name in NETWORKS)
    fault = sentence(Reason("which_delivery", {"known": known}), language)
    return {"faults": [fault], "extra": {}}


def _contacts(language: Language) -> Iterator[Contact]:
    held = [(AREA, *each) for each in _HOLDERS]
    held += [(network, *each) for network in NETWORKS for each in _LEADERS]
    for number, (party, duty, name) in enumerate(held, 1):
        yield Contact(
            id=number,
            party=party,
            duty=duty,
            name=name,
            email=f"{duty.replace('_', '-')}.{party}@kommune.example",
            valid_from=date(2020, 1, 1),
            language=language,
        )


def _opened(workflow: Workflow, year: int) -> datetime:
    opening = workflow.opens_with.day
    if opening is None:
        raise ValueError(f"{workflow.name} is not opened by time")
    return morning_of(date_of(opening, year))


def _year(workflow: Workflow, today: date) -> int:
    """The latest year that such a request has been opened about by `today`."""
    years = range(today.year + 1, today.year - 3, -1)
    return next(year for year in years if oslo_day(_opened(workflow, year)) <= today)


def _since(place: Place, standing: Request, rules: Rules) -> datetime:
    """When it came into its state: by the clock where that is what moves it, else in good time."""
    workflow = place.routine.workflow
    by_clock = {event.name for event in workflow.events.values() if event.to == place.state}
    fired = (
        timer.due_at
        for timer in timers_for(workflow, standing, rules.calendar)
        if timer.action == "fire" and timer.target in by_clock
    )
    deadline = morning_of(date.fromisoformat(standing.kept["deadline"]))
    return min(fired, default=deadline - _BEFORE)


def _kept(workflow: Workflow, standing: Request, language: Language) -> dict[str, Any]:
    kind, year = KINDS.get(workflow.name), int(standing.kept["year"])
    if kind is None:
        return rollup(year, standing.since, language)
    if standing.state in _NOTHING_CAME:
        return {}
    came = _delivery(str(standing.owner), kind, year, standing.since, language)
    return {DELIVERIES: with_delivery({}, came)}


def _delivery(network: str, kind: Kind, year: int, at: datetime, language: Language) -> Delivery:
    measures = tuple(
        Measure(text=text, priority_area=area, outcome="done" if kind == "report" else "unknown")
        for text, area in zip(
            texts("example_measures", language).values(),
            tuple(texts("example_priorities", language).values()),
            strict=True,
        )
    )
    return Delivery(
        version=1,
        at=at,
        source="mail:1",
        by=f"network-leader.{network}@kommune.example",
        contents=Contents(
            kind=kind, network=_name(network, language), year=year, measures=measures
        ),
    )


def rollup(year: int, at: datetime, language: Language) -> dict[str, Any]:
    """Return the made-up roll-up of the year: one network reported at `at`, and one never did."""
    came = _delivery(NETWORKS[0], "report", year, at, language)
    reports = tuple(
        Report(
            network=network,
            name=_name(network, language),
            year=year,
            state="received" if deliveries else "missing_in_rollup",
            number=_NUMBERS[network],
            deliveries=deliveries,
        )
        for network, deliveries in zip(NETWORKS, ((came,), ()), strict=True)
    )
    told = YearOfReports(
        area=_name(AREA, language),
        year=year,
        networks=len(reports),
        reports=reports,
        priority_areas=tuple(texts("example_priorities", language).values()),
    )
    return {ROLLUP: as_record(told)[ROLLUP]}
