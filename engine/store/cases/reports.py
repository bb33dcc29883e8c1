"""The reports of a year as the roll-up is built from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from msgspec.structs import replace

from engine.calendar import end_of_day
from engine.domain.networks.network import Network
from engine.domain.networks.network_report import Report, YearOfReports, deliveries_of
from engine.model import Party, Request
from engine.store.cases.yearly import about_year, requests_of
from engine.store.contacts import networks
from engine.store.database import Transaction

REPORT = "network_report"
"""The routine by which networks report on a year."""
LATE_AFTER = "late_after"
"""The day after which a delivery is late, as a request opened by time keeps it."""
_SENT_BACK: Final = frozenset({"returned", "missing_in_rollup"})


def reports_of_year(
    tx: Transaction, area: str, year: int, parties: Mapping[str, Party]
) -> YearOfReports:
    """Every report that the area's roll-up for `year` is built from, missing ones included."""
    active = [each for each in networks.networks(tx, area) if each.was_active(year)]
    found = requests_of(tx, REPORT)
    return YearOfReports(
        area=area,
        year=year,
        networks=len(active),
        reports=tuple(
            _standing(report_of(network, about_year(of_network(network, found), year), year))
            for network in active
        ),
        priority_areas=networks.priority_areas(tx, area, year),
        uncovered={
            network.name: _uncovered(tx, network, parties, year)
            for network in active
            if _are_known(tx, network)
        },
        members_unknown=tuple(each.name for each in active if not _are_known(tx, each)),
    )


def _standing(report: Report) -> Report:
    """The report without what FOUSAM sent back and has not got again: the roll-up names it as
    missing.
    """
    return replace(report, deliveries=()) if report.state in _SENT_BACK else report


def of_network(network: Network, requests: Iterable[Request]) -> tuple[Request, ...]:
    """Those of the requests that are the network's."""
    return tuple(each for each in requests if each.owner == network.id)


def report_of(network: Network, request: Request | None, year: int) -> Report:
    """The network's plan or report; one that was never opened is missing like one that never
    came.
    """
    if request is None:
        return Report(network=network.id, name=network.name, year=year, state="", number="")
    day = request.kept.get(LATE_AFTER)
    return Report(
        network=network.id,
        name=network.name,
        year=year,
        state=request.state,
        number=request.number,
        deliveries=deliveries_of(request.kept),
        late_after=None if day is None else end_of_day(date.fromisoformat(day)),
    )


def _uncovered(
    tx: Transaction, network: Network, parties: Mapping[str, Party], year: int
) -> tuple[str, ...]:
    """The names of the member parties that have named nobody (R70)."""
    at_the_end = date(year, 12, 31)
    mine = (each for each in networks.seats(tx, at_the_end) if each.network == network.id)
    seated = {each.organisation for each in mine}
    return tuple(
        parties[each.party].name
        for each in networks.members(tx, network.id)
        if not each.named.strip() and each.party in parties and each.party not in seated
    )


def _are_known(tx: Transaction, network: Network) -> bool:
    """Whether anybody has recorded who takes part: where nobody has, nobody is known to lack."""
    return any(each.named.strip() for each in networks.members(tx, network.id))
