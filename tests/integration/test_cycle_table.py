"""Two winters of the networks, day by day: exactly these letters, by tick and by simulation."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from engine.service.networks.cycle_status import status
from tests.integration.network_office import (
    ANNA,
    BODIL,
    DEPUTIES,
    FOUSAM,
    SU,
    Written,
    days,
    names_in,
    network_office,
    simulated,
    swept,
)

KREFT_DEPUTY = "kreft@stord.example"
LEADERS = (ANNA, BODIL)
ALL_LEADERS = (ANNA, BODIL, DEPUTIES, KREFT_DEPUTY)


def to(receivers: tuple[str, ...], template: str, *on: str) -> list[Written]:
    return [(day, receiver, template) for day in on for receiver in receivers]


# Nobody answers. 31 January and 28 February 2027 are Sundays: the last reminder goes on the Friday
# before, and nothing is late before the Monday is over.
WINTER_2026 = sorted(
    [
        *to(LEADERS, "network_wanted", "2026-09-01"),
        *to((FOUSAM,), "network_batch", "2026-10-30", "2026-11-20", "2026-11-26", "2026-11-30"),
        *to(LEADERS, "network_reminder", "2026-10-31", "2026-11-23", "2026-11-27"),
        *to(ALL_LEADERS, "network_overdue", "2026-12-01", "2026-12-08", "2026-12-15"),
        *to((FOUSAM,), "network_batch", "2026-12-07", "2026-12-14"),
        *to((FOUSAM, SU), "network_escalated", "2026-12-22"),
        *to(LEADERS, "network_wanted", "2027-01-02"),
        *to((FOUSAM,), "network_batch", "2027-01-15", "2027-01-28", "2027-02-01"),
        *to(LEADERS, "network_reminder", "2027-01-17", "2027-01-29"),
        *to((FOUSAM,), "rollup_draft", "2027-02-01"),
        *to(ALL_LEADERS, "network_overdue", "2027-02-02", "2027-02-09", "2027-02-16"),
        *to((FOUSAM,), "network_batch", "2027-02-08", "2027-02-15"),
        *to((FOUSAM,), "rollup_waits", "2027-02-21", "2027-02-26"),
        *to((FOUSAM, SU), "rollup_waits", "2027-03-02", "2027-03-09", "2027-03-16"),
    ]
)
# 2028 is a leap year: the roll-up is due on 28 February all the same. 31 January and 28 February
# are Mondays.
WINTER_2027 = sorted(
    [
        *to(LEADERS, "network_wanted", "2027-09-01"),
        *to((FOUSAM,), "network_batch", "2027-10-29", "2027-11-22", "2027-11-26", "2027-11-30"),
        *to(LEADERS, "network_reminder", "2027-10-31", "2027-11-23", "2027-11-29"),
        *to(ALL_LEADERS, "network_overdue", "2027-12-01", "2027-12-08", "2027-12-15"),
        *to((FOUSAM,), "network_batch", "2027-12-07", "2027-12-14"),
        *to((FOUSAM, SU), "network_escalated", "2027-12-22"),
        *to(LEADERS, "network_wanted", "2028-01-02"),
        *to((FOUSAM,), "network_batch", "2028-01-14", "2028-01-27", "2028-01-31"),
        *to(LEADERS, "network_reminder", "2028-01-17", "2028-01-28"),
        *to((FOUSAM,), "rollup_draft", "2028-02-01"),
        *to(ALL_LEADERS, "network_overdue", "2028-02-01", "2028-02-08", "2028-02-15"),
        *to((FOUSAM,), "network_batch", "2028-02-07", "2028-02-14"),
        *to((FOUSAM,), "rollup_waits", "2028-02-21", "2028-02-25"),
        *to((FOUSAM, SU), "rollup_waits", "2028-02-29", "2028-03-07", "2028-03-14"),
    ]
)


def test_a_winter_with_two_sundays_brings_the_letters_of_the_table(tmp_path: Path) -> None:
    office = network_office(tmp_path / "site")
    foreseen = simulated(office, datetime(2027, 3, 31, tzinfo=UTC))
    assert foreseen == WINTER_2026
    assert swept(office, days(date(2026, 8, 21), date(2027, 3, 30))) == WINTER_2026
    assert names_in(office, ANNA, "network_overdue") == ["Demens", "Rehabilitering"]
    assert names_in(office, FOUSAM, "network_batch") == ["Demens", "Kreft", "Rehabilitering"]


def test_a_leap_year_brings_the_letters_of_the_table(tmp_path: Path) -> None:
    office = network_office(tmp_path / "site", datetime(2027, 8, 20, 8, tzinfo=UTC))
    assert simulated(office, datetime(2028, 3, 31, tzinfo=UTC)) == WINTER_2027
    winter = days(date(2027, 10, 25), date(2028, 3, 20))
    assert swept(office, [*days(date(2027, 9, 1), date(2027, 9, 1)), *winter]) == WINTER_2027
    assert status(office.site, 2027, office.at).rollup_due == date(2028, 2, 28)


def test_a_machine_that_was_off_in_the_last_week_of_november_writes_each_letter_once(
    tmp_path: Path,
) -> None:
    office = network_office(tmp_path / "site")
    off = [date(2026, 11, day) for day in range(23, 30)]
    before = [*days(date(2026, 9, 1), date(2026, 9, 1)), *days(date(2026, 11, 1), off[0])]
    swept(office, before[:-1])
    table = sorted(
        [
            *to((FOUSAM,), "network_batch", "2026-11-20", "2026-11-30"),
            *to(LEADERS, "network_reminder", "2026-11-30"),
            *to(ALL_LEADERS, "network_overdue", "2026-12-01"),
        ]
    )
    office.at = datetime(2026, 11, 30, 8, tzinfo=UTC)
    foreseen = simulated(office, datetime(2026, 12, 2, 12, tzinfo=UTC))
    assert foreseen == [each for each in table if each[0] > "2026-11-22"]
    written = swept(office, days(date(2026, 11, 30), date(2026, 12, 2)))
    assert [each for each in written if each[0] > "2026-11-02"] == table


def test_a_machine_that_was_off_over_the_deadline_opens_late_and_chases_in_the_old_rhythm(
    tmp_path: Path,
) -> None:
    office = network_office(tmp_path / "site")
    written = swept(office, days(date(2026, 12, 3), date(2026, 12, 9)))
    assert written == sorted(
        [
            *to(LEADERS, "network_wanted", "2026-12-03"),
            *to((FOUSAM,), "network_batch", "2026-12-07"),
            *to(ALL_LEADERS, "network_overdue", "2026-12-08"),
        ]
    )


def test_no_weekend_is_spared_where_the_site_says_so(tmp_path: Path) -> None:
    office = network_office(tmp_path / "site", cycle__weekend_grace="false")
    written = simulated(office, datetime(2027, 2, 3, tzinfo=UTC))
    assert [each for each in written if each[2] == "network_overdue" and each[0] > "2027"] == to(
        tuple(sorted(ALL_LEADERS)), "network_overdue", "2027-02-01"
    )
