"""FOUSAM's roll-up of a year's reports: what can be counted is, and what is unknown says so
(R76, R82).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal

from msgspec import Struct, convert, to_builtins
from msgspec.structs import asdict

from engine.domain.networks.deliveries import priority_area
from engine.domain.networks.network_report import OUTCOMES, Measure, Outcome, Report, YearOfReports
from engine.domain.secrecy import may_be_about_a_patient
from engine.model import Reason
from engine.wording.names import SECTION_NAMES

Standing = Literal["in_time", "late", "missing"]
STANDINGS: tuple[Standing, ...] = ("in_time", "late", "missing")


class Line(Struct, frozen=True, kw_only=True):
    """What one network's report came to."""

    network: str
    name: str
    request: str
    """The number of the report's request."""
    standing: Standing
    delivered_at: datetime | None = None
    read: bool = False
    """Whether somebody has read what was delivered; what is unread is counted nowhere."""
    no_activity: bool = False
    measures: Mapping[Outcome, int] | None = None
    """How many measures came to what; None where that is unknown."""
    deviations: int | None = None
    """Reported deviations; None where that is unknown."""
    version: int = 0
    """Which version of the report it was counted from; 0 where that was not kept."""


class AreaLine(Struct, frozen=True, kw_only=True):
    """One priority area with what became of its measures."""

    name: str
    """Empty for measures within none of the year's priority areas."""
    outcomes: Mapping[Outcome, int]

    @property
    def total(self) -> int:
        """How many measures the networks report within the area."""
        return sum(self.outcomes.values())


class Proposal(Struct, frozen=True, kw_only=True):
    """One proposal for improvement, word for word."""

    network: str
    text: str


class Work(Struct, frozen=True, kw_only=True):
    """What one network says of one of the mandate's areas of work, word for word (R86)."""

    section: str
    network: str
    text: str


class Rollup(Struct, frozen=True, kw_only=True):
    """Everything that the document says, counted once."""

    area: str
    year: int
    networks: int
    """How many networks were active on 31 December of the year."""
    lines: tuple[Line, ...]
    areas: tuple[AreaLine, ...]
    proposals: tuple[Proposal, ...]
    held_back: int
    """How many texts may be about a patient, and so stand in no document."""
    uncovered: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(network, the member parties that have named nobody), where there are any."""
    priority_areas_decided: bool = True
    bottlenecks: tuple[Proposal, ...] = ()
    works: tuple[Work, ...] = ()
    members_unknown: tuple[str, ...] = ()
    """The networks of which nobody has recorded who takes part."""
    before: tuple[Line, ...] = ()
    """In a supplement: what was told before of the networks whose reports it corrects."""

    def count(self, standing: Standing) -> int:
        """How many networks' reports came in time, came late, or are missing."""
        return sum(line.standing == standing for line in self.lines)

    @property
    def counted(self) -> tuple[Line, ...]:
        """The lines whose measures are known."""
        return tuple(line for line in self.lines if line.measures is not None)

    @property
    def unread(self) -> tuple[Line, ...]:
        """What was delivered in a form that nobody has read in yet."""
        return tuple(line for line in self.lines if line.standing != "missing" and not line.read)

    @property
    def outcomes(self) -> Mapping[Outcome, int]:
        """What became of all measures that are known."""
        return _summed(line.measures or {} for line in self.lines)

    @property
    def deviations(self) -> int | None:
        """All deviations that were reported as a number; None where nobody gave one."""
        known = [line.deviations for line in self.lines if line.deviations is not None]
        return sum(known) if known else None

    @property
    def deviations_unknown(self) -> tuple[str, ...]:
        """The networks that have given no number of deviations."""
        return tuple(line.name for line in self.lines if line.deviations is None)


def rolled_up(year: YearOfReports) -> Rollup:
    """The roll-up of a year's reports."""
    reports = sorted(year.reports, key=lambda report: (report.name.casefold(), report.number))
    said = [text for report in reports for text in _proposals(report)]
    return Rollup(
        area=year.area,
        year=year.year,
        networks=year.networks,
        lines=tuple(line_of(report) for report in reports),
        areas=_areas(reports, year.priority_areas),
        proposals=tuple(each for each in said if not may_be_about_a_patient(each.text)),
        held_back=len(held_back(year)),
        uncovered=tuple((name, who) for name, who in sorted(year.uncovered.items()) if who),
        priority_areas_decided=bool(year.priority_areas),
        bottlenecks=tuple(_bottlenecks(reports)),
        works=tuple(_works(reports)),
        members_unknown=year.members_unknown,
    )


def held_back(year: YearOfReports) -> tuple[Proposal, ...]:
    """Every text of the reports that may be about a patient: for FOUSAM's eyes alone."""
    return tuple(each for report in year.reports for each in _held_back(report))


def sum_faults(year: YearOfReports, rollup: Rollup) -> tuple[Reason, ...]:
    """Every sum that does not add up; with any, the roll-up can't be locked."""
    return tuple(_sum_faults(year, rollup))


def _sum_faults(year: YearOfReports, rollup: Rollup) -> Iterator[Reason]:
    for network, times in Counter(report.network for report in year.reports).items():
        if times > 1:
            name = next(each.name for each in year.reports if each.network == network)
            yield Reason("rollup_network_twice", {"network": name, "times": times})
    told = sum(rollup.count(standing) for standing in STANDINGS)
    if told != rollup.networks:
        yield Reason("rollup_networks_differ", {"lines": told, "networks": rollup.networks})
    for report in year.reports:
        contents = report.contents
        if contents is not None and not contents.totals_agree:
            values = {"network": report.name, "stated": contents.stated_total}
            yield Reason("rollup_totals_differ", {**values, "listed": len(contents.measures)})
    by_area = _summed(line.outcomes for line in rollup.areas)
    if by_area != rollup.outcomes:
        values = {"by_area": sum(by_area.values()), "in_all": sum(rollup.outcomes.values())}
        yield Reason("rollup_measures_differ", values)


def line_of(report: Report) -> Line:
    """What one network's report comes to."""
    contents = report.contents
    missing = report.delivered_at is None
    return Line(
        network=report.network,
        name=report.name,
        request=report.number,
        standing="missing" if missing else "late" if report.late else "in_time",
        delivered_at=report.delivered_at,
        read=contents is not None and not report.unread,
        no_activity=contents is not None and contents.no_activity,
        measures=None if contents is None else _outcomes(contents.measures),
        deviations=None if contents is None else contents.deviation_count,
        version=max((d.version for d in report.deliveries if d.contents is not None), default=0),
    )


def _outcomes(measures: Sequence[Measure]) -> dict[Outcome, int]:
    found = Counter(measure.outcome for measure in measures)
    return {outcome: found[outcome] for outcome in OUTCOMES}


def _summed(
    parts: Iterator[Mapping[Outcome, int]] | Sequence[Mapping[Outcome, int]],
) -> dict[Outcome, int]:
    found = dict.fromkeys(OUTCOMES, 0)
    for part in parts:
        for outcome, number in part.items():
            found[outcome] += number
    return found


def _areas(reports: Sequence[Report], decided: Sequence[str]) -> tuple[AreaLine, ...]:
    """A line for each priority area that SU decided, and one for what lies within none.

    Where SU has decided none, the networks' own words stand.
    """
    by_area: dict[str, list[Measure]] = {name: [] for name in decided}
    for report in reports:
        for measure in report.contents.measures if report.contents else ():
            named = measure.priority_area.strip()
            known = (priority_area(named, decided) or "") if decided else named
            by_area.setdefault(known, []).append(measure)
    return tuple(
        AreaLine(name=name, outcomes=_outcomes(measures)) for name, measures in by_area.items()
    )


def _proposals(report: Report) -> Iterator[Proposal]:
    if report.contents is not None:
        for text in report.contents.improvements:
            yield Proposal(network=report.name, text=text)


def _bottlenecks(reports: Sequence[Report]) -> Iterator[Proposal]:
    for report in reports:
        text = report.contents.bottlenecks.strip() if report.contents else ""
        if text and not may_be_about_a_patient(text):
            yield Proposal(network=report.name, text=text)


def _works(reports: Sequence[Report]) -> Iterator[Work]:
    """What is said of each area of work, in the mandate's order."""
    for section in SECTION_NAMES:
        for report in reports:
            text = report.contents.sections.get(section, "").strip() if report.contents else ""
            if text and not may_be_about_a_patient(text):
                yield Work(section=section, network=report.name, text=text)


def _held_back(report: Report) -> Iterator[Proposal]:
    contents = report.contents
    if contents is None:
        return
    texts = (
        *contents.improvements,
        contents.deviation_text,
        contents.bottlenecks,
        *contents.sections.values(),
        contents.free_text,
    )
    for text in texts:
        if text.strip() and may_be_about_a_patient(text):
            yield Proposal(network=report.name, text=text)


ROLLUP: Final = "rollup"
"""The name under which a request keeps what was locked."""
FAULTS: Final = "faults"


def as_record(year: YearOfReports) -> dict[str, Any]:
    """The year rolled up, with every sum that does not add up, as values that JSON can hold."""
    rollup = rolled_up(year)
    record: dict[str, Any] = to_builtins(rollup, builtin_types=(datetime,))
    record["lines"] = [_line(line) for line in rollup.lines]
    record["before"] = []
    record["uncovered"] = [[name, list(who)] for name, who in rollup.uncovered]
    faults = [
        {"code": reason.code, "values": dict(reason.values)} for reason in sum_faults(year, rollup)
    ]
    return {ROLLUP: record, FAULTS: faults}


def faults_in(record: Mapping[str, Any]) -> tuple[Reason, ...]:
    """The sums that do not add up, as `as_record` made them plain."""
    return tuple(Reason(each["code"], each["values"]) for each in record.get(FAULTS, ()))


def correcting(record: Mapping[str, Any], before: Iterable[Line]) -> dict[str, Any]:
    """The record of a supplement with what was told before of those whose reports it corrects."""
    return {**record, ROLLUP: {**record[ROLLUP], "before": [_line(each) for each in before]}}


def from_record(record: Mapping[str, Any]) -> Rollup:
    """The roll-up that `as_record` made plain, or that was kept of it."""
    return convert(record[ROLLUP], Rollup)


def _line(line: Line) -> dict[str, Any]:
    at = line.delivered_at
    return {**asdict(line), "delivered_at": None if at is None else at.isoformat()}
