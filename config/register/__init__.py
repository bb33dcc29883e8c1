"""The parties that come with the program: Helse Sør-Øst and its trusts, municipalities, KS."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files

from engine.model import Party

WRITTEN_STANDARD = {"bokmål": "nb", "nynorsk": "nn", "nøytral": "neutral"}


def parties() -> tuple[Party, ...]:
    """Return every party of the register: organisations, then municipalities by number (R1)."""
    return (*_organisations(), *_municipalities())


def _organisations() -> Iterator[Party]:
    for row in _rows("organisations.csv"):
        yield Party(
            id=row["id"],
            kind=row["kind"],
            side="trust" if row["side"] == "trust" else "municipal",
            name=row["name"],
            written_standard=row["written_standard"],
            organisation_number=row["organisation_number"],
        )


def _municipalities() -> Iterator[Party]:
    for row in _rows("municipalities.csv"):
        yield Party(
            id=row["kommunenummer"],
            kind="municipality",
            side="municipal",
            name=f"{row['kommunenavn']} kommune",
            written_standard=WRITTEN_STANDARD[row["maalform"]],
            organisation_number=row["orgnr"],
        )


def _rows(name: str) -> list[dict[str, str]]:
    text = files("config.register").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
