"""A letter greets whoever it goes to by the name that is registered, and nobody by another's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from engine.store.contacts import register
from tests.integration.office import PLATFORM, new_office

KARI = "kari.berg@kslaring.example"


def test_a_registered_holder_is_greeted_by_name(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx,
            party_id="ks-laering",
            duty="ks_laering",
            email=KARI,
            name="Kari Berg",
            valid_from=date(2016, 1, 1),
        )

    office.open()

    assert office.text(KARI).startswith("Hei, Kari Berg!\n")
    assert office.text(PLATFORM).startswith("Hei!\n")

    for said in (
        "STATUS",
        "HJELP",
        "SPRÅK: bokmål",
        "BREV: straks",
        "MOTTATT",
        "GODTATT\n\nHvis dere retter kapittel 2.",
        "Hvem eier bildene?",
    ):
        office.reply(KARI, said)
        assert office.text(KARI).startswith("Hei, Kari Berg!\n"), said
    assert "Kari Berg" not in office.text(PLATFORM).partition("\n")[0]
