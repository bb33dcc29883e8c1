"""The Norwegian calendar that comes with the program equals what it is made from, and the law."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest

from config.calendars import norwegian

YEARS = range(2010, 2061)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Oudin 1940)."""
    century = year // 100
    golden = year % 19
    moon = century - century // 4 - (century - (century - 17) // 25) // 3 + 19 * golden + 15
    moon %= 30
    moon -= (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    month = 3 + (moon - weekday + 40) // 44
    return date(year, month, moon - weekday + 28 - 31 * (month // 4))


def test_the_calendar_equals_the_package_that_it_is_made_from() -> None:
    package = holidays.country_holidays("NO", years=YEARS, observed=False)

    assert norwegian().holidays == frozenset(package)


@pytest.mark.parametrize("year", YEARS)
def test_the_calendar_equals_the_law(year: int) -> None:
    moving = {easter(year) + timedelta(days=days) for days in (-3, -2, 0, 1, 39, 49, 50)}
    fixed = {date(year, 1, 1), date(year, 5, 1), date(year, 5, 17)}
    christmas = {date(year, 12, 25), date(year, 12, 26)}

    of_year = {day for day in norwegian().holidays if day.year == year}
    assert of_year == moving | fixed | christmas


def test_the_calendar_tells_its_name_and_a_version_that_follows_its_data() -> None:
    calendar = norwegian()

    assert calendar.name == "no"
    assert len(calendar.version) == 8
    assert calendar == norwegian()
