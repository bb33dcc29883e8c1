"""The year of the networks on a machine that was off, and on one whose clock jumps back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from engine.calendar import OSLO
from engine.store.cases import queries
from tests.integration.network_office import (
    ANNA,
    BODIL,
    DEPUTIES,
    FOUSAM,
    SU,
    Written,
    days,
    line,
    network_office,
    simulated,
    swept,
)
from tests.integration.office import Office

AUTUMN = date(2026, 10, 25)
ALL_LEADERS = (ANNA, BODIL, DEPUTIES, "kreft@stord.example")


def to(receivers: tuple[str, ...], template: str, *on: str) -> list[Written]:
    return [(day, receiver, template) for day in on for receiver in receivers]


def deadlines_passed(office: Office) -> list[str]:
    """The days on which a plan became late, one for each plan."""
    with office.site.database.reading() as tx:
        return [
            f"{row.at.astimezone(OSLO):%Y-%m-%d %H.%M}"
            for case in queries.cases(tx, workflow="network_plan")
            for row in queries.history(tx, case.request.number)
            if row.event == "deadline_passed"
        ]


def test_a_machine_that_was_off_from_20_november_to_10_december_catches_up_once(
    tmp_path: Path,
) -> None:
    office = network_office(tmp_path / "site")
    swept(office, [*days(date(2026, 9, 1), date(2026, 9, 1)), *days(AUTUMN, date(2026, 11, 19))])
    office.at = datetime(2026, 12, 10, 8, tzinfo=UTC)
    foreseen = simulated(office, datetime(2027, 1, 1, 12, tzinfo=UTC))
    written = swept(office, days(date(2026, 12, 10), date(2027, 1, 1)))
    # The chasers of 1 and 8 December were not written, nor are they now: the third is.
    table = sorted(
        [
            *to((FOUSAM,), "network_batch", "2026-12-14"),
            *to(ALL_LEADERS, "network_overdue", "2026-12-15"),
            *to((FOUSAM, SU), "network_escalated", "2026-12-22"),
        ]
    )
    assert [each for each in written if each[0] > "2026-11-19"] == table == foreseen
    assert deadlines_passed(office) == ["2026-12-10 09.00"] * 3
    assert line(office, 2027, "plan", "Kreft").punctual == "missing"


def test_a_machine_that_was_off_while_chasers_were_due_writes_one_and_keeps_the_rhythm(
    tmp_path: Path,
) -> None:
    office = network_office(tmp_path / "site")
    swept(office, [*days(date(2026, 9, 1), date(2026, 9, 1)), *days(AUTUMN, date(2026, 12, 1))])
    written = swept(office, days(date(2026, 12, 10), date(2027, 1, 1)))
    assert [each for each in written if each[0] > "2026-11-30"] == sorted(
        [
            *to(ALL_LEADERS, "network_overdue", "2026-12-01", "2026-12-10", "2026-12-15"),
            *to((FOUSAM,), "network_batch", "2026-12-10", "2026-12-14"),
            *to((FOUSAM, SU), "network_escalated", "2026-12-22"),
        ]
    )


def test_a_clock_that_jumps_back_an_hour_chases_nobody_twice(tmp_path: Path) -> None:
    office = network_office(tmp_path / "site")
    swept(office, [*days(date(2026, 9, 1), date(2026, 9, 1)), *days(AUTUMN, date(2026, 11, 30))])
    clock = [
        datetime(2026, 12, 1, 6, 50, tzinfo=UTC) + timedelta(minutes=minutes)
        for minutes in (0, 20, 40, -20, 0, 10, 20, 80)
    ]
    written = swept(office, clock)
    assert [each for each in written if each[0] > "2026-11-30"] == sorted(
        to(ALL_LEADERS, "network_overdue", "2026-12-01")
    )
    assert deadlines_passed(office) == ["2026-12-01 07.50"] * 3
