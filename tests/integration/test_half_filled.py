"""A form of which little is filled in: the letter names all that is left, in whole."""

from __future__ import annotations

from pathlib import Path

from tests.integration.office import OWNER, SUBJECT, new_office

LITTLE = (
    "Fullt navn på kurset: Kateter\nKursets kortnavn: SI-KAT\nMål: Trygg behandling\nInnhold:\n"
)


def test_every_field_that_is_not_filled_in_is_named(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")

    office.mail(OWNER, SUBJECT, LITTLE)

    line = next(each for each in office.text(OWNER).splitlines() if "Ikke fylt ut" in each)
    assert line.endswith("Produsert av, Tidsbruk og Kurskoordinator.")
    assert "…" not in line
