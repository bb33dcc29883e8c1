"""Days on the command line."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from engine.cli.given import YEARS
from engine.cli.usage import said


class Day(click.ParamType[date]):
    """A day as `YYYY-MM-DD`."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date; wrong usage when the text is none."""
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            self.fail(said("day_wanted", text=value), param)
        if day.year not in YEARS:
            self.fail(said("day_far", text=value, low=min(YEARS), high=max(YEARS)), param)
        return day


DAY = Day()
