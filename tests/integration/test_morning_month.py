"""A month of ten cases in parallel: how much stands in the coordinator's morning letters."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from engine.calendar import is_working_day
from engine.plan.morning import instant_of
from engine.service.deliver import deliver
from engine.service.morning.letter import write_morning
from engine.service.time.sweep import sweep
from engine.store.contacts import register
from tests.integration.office import (
    COORDINATOR,
    EXPERTS,
    LIAISON,
    OWNER,
    PLATFORM,
    Office,
    new_office,
)

SECOND_HOLDER = "kslaring2@ks.example"
BEGIN, END = date(2026, 9, 8), date(2026, 10, 8)


def written(office: Office, day: int, numbers: list[str]) -> None:
    """What people write on the so many-th day: most as they should, some as people do."""
    if day < 10:
        numbers.append(office.open(Kursets_kortnavn=f"SI-FALL{day}", Unntak=None))
        return
    number = numbers[day % 10]
    match day % 7:
        case 0:
            office.mail(EXPERTS, f"SV [{number}]", "INGEN MERKNADER")
            office.mail(LIAISON, f"SV [{number}]", "INGEN MERKNADER")
        case 1:
            office.mail(PLATFORM, "Kurs", "Hva mener dere?")
        case 2:
            office.mail(OWNER, f"SV [{number}]", "Det ser vel greit ut, men hva nå?")
        case 3:
            office.mail("kari@annet.example", "Hei", f"Kan jeg få kurset {day}?")
        case 4:
            office.mail(EXPERTS, f"SV [{number}]", "Takk for påminnelsen, vi er snart i mål.")
        case 5:
            office.mail(PLATFORM, f"SV [{number}]", "GODTATT")
        case _:
            office.mail(SECOND_HOLDER, f"SV [{number}]", "MANGLER: bilde til forsiden")


def test_no_morning_letter_of_a_month_of_ten_cases_has_more_than_twelve_lines(
    tmp_path: Path,
) -> None:
    office = new_office(tmp_path / "site")
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx, party_id="ks-laering", duty="ks_laering", email=SECOND_HOLDER,
            valid_from=date(2016, 1, 1),
        )  # fmt: skip
    numbers: list[str] = []
    day, count = BEGIN, 0
    while day < END:
        if is_working_day(office.site.rules.calendar, day):
            office.at = instant_of(day)
            write_morning(office.site, office.at)
            sweep(office.site, office.at + timedelta(hours=3))
            deliver(office.site, office.at + timedelta(hours=3))
            office.later(hours=4)
            written(office, count, numbers)
            count += 1
        day += timedelta(days=1)
    mornings = [row for row in office.letters(COORDINATOR) if row.template == "morning"]
    lines = [len(row.variables["extra"]["lines"]) for row in mornings]
    assert len(numbers) == 10
    assert 4 <= len(mornings) <= count
    assert 0 < max(lines) <= 12, lines
