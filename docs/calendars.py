"""Print the Norwegian public holidays as config/calendars/no.csv holds them: `make calendars`."""

from __future__ import annotations

import csv
import sys

import holidays

YEARS = range(2010, 2061)


def main() -> None:
    """Write date and name of each public holiday in Norway to standard output."""
    days = holidays.country_holidays("NO", years=YEARS, language="no", observed=False)
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(("date", "name"))
    table.writerows((day.isoformat(), name) for day, name in sorted(days.items()))


if __name__ == "__main__":
    main()
