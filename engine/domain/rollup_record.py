"""A roll-up as plain values: how it is kept when it is locked, and read again for ever after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from msgspec import to_builtins
from msgspec.structs import asdict

from engine.domain.network_report import YearOfReports
from engine.domain.rollup import AreaLine, Line, Proposal, Rollup, Work, rolled_up, sum_faults
from engine.model import Reason

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
    plain = record[ROLLUP]
    return Rollup(
        area=plain["area"],
        year=plain["year"],
        networks=plain["networks"],
        lines=tuple(_read_line(each) for each in plain["lines"]),
        areas=tuple(AreaLine(**each) for each in plain["areas"]),
        proposals=tuple(Proposal(**each) for each in plain["proposals"]),
        held_back=plain["held_back"],
        uncovered=tuple((name, tuple(who)) for name, who in plain["uncovered"]),
        priority_areas_decided=plain["priority_areas_decided"],
        # What was locked by an earlier release says nothing of these.
        bottlenecks=tuple(Proposal(**each) for each in plain.get("bottlenecks", ())),
        works=tuple(Work(**each) for each in plain.get("works", ())),
        members_unknown=tuple(plain.get("members_unknown", ())),
        before=tuple(_read_line(each) for each in plain.get("before", ())),
    )


def _line(line: Line) -> dict[str, Any]:
    at = line.delivered_at
    return {**asdict(line), "delivered_at": None if at is None else at.isoformat()}


def _read_line(plain: Mapping[str, Any]) -> Line:
    at = plain["delivered_at"]
    return Line(**{**plain, "delivered_at": None if at is None else datetime.fromisoformat(at)})
