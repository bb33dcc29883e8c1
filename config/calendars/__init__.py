"""The public holidays that come with the program, as calendars."""

from __future__ import annotations

import csv
from datetime import date
from hashlib import sha256
from importlib.resources import files

from engine.calendar import Calendar

DIGITS = 8


def norwegian() -> Calendar:
    """Return Norway's calendar; its version is the beginning of its data's SHA-256.

    Holidays by helligdagsfredloven § 2 and the Act of 26 April 1947 no. 1 on 1 and 17 May.
    """
    data = files("config.calendars").joinpath("no.csv").read_bytes()
    rows = csv.DictReader(data.decode().splitlines())
    return Calendar(
        name="no",
        version=sha256(data).hexdigest()[:DIGITS],
        holidays=frozenset(date.fromisoformat(row["date"]) for row in rows),
    )
