"""One contact point on each side: it passes on, both are told, nobody is a line in the morning."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.domain.register.mail_domains import is_guarded_like
from engine.errors import InputError
from engine.service.deliver import deliver
from engine.service.register import contact_points, contacts
from engine.service.register.contacts import Holder
from engine.service.time.sweep import sweep
from engine.store.contacts import register
from tests.integration.office import COORDINATOR, Office
from tests.integration.office import new_office as office_in

FIRST, SECOND, KS = "en@sp.example", "to@ahus.example", "punkt@ks.example"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return office_in(tmp_path / "site", letters__digest="")


def point(office: Office, party: str, email: str, since: date | None = None) -> None:
    holder = Holder(party=party, duty="contact_point", email=email, since=since)
    contacts.add(office.site, [holder], office.at)
    deliver(office.site, office.at)


def holding(office: Office, day: date) -> list[str]:
    with office.site.database.reading() as tx:
        return [c.email for c in register.contacts(tx, day) if c.duty == "contact_point"]


def lacking(office: Office) -> list[str]:
    with office.site.database.reading() as tx:
        return [party for party, _ in contact_points.lacking(tx, office.at.date())]


def test_the_new_one_is_told_and_the_old_one_thanked(office: Office) -> None:
    point(office, "sykehuspartner", FIRST)
    office.later(days=40)
    point(office, "ks", KS)
    point(office, "ahus", SECOND)

    today = office.at.date()
    assert sorted(holding(office, today)) == sorted([KS, SECOND])
    assert FIRST in holding(office, today - timedelta(days=1))
    assert [each.template for each in office.letters(FIRST)] == [
        "contact_point",
        "contact_point_over",
    ]
    told = " ".join(office.text(SECOND).split())
    assert "kontaktpunkt for helseforetakene, ved Akershus universitetssykehus" in told
    assert f"Du tar over etter {FIRST}." in told
    assert f"På den andre siden er det {KS}." in told
    assert f"{SECOND} er det etter deg" in office.text(FIRST)


def test_it_passes_on_a_day_to_come(office: Office) -> None:
    point(office, "ks", KS)
    day = office.at.date() + timedelta(days=30)
    point(office, "ks-laering", "neste@ks.example", day)
    assert holding(office, day - timedelta(days=1)) == [KS]
    assert holding(office, day) == ["neste@ks.example"]


def test_the_same_again_tells_nobody_and_two_at_a_time_are_too_many(office: Office) -> None:
    point(office, "ks", KS)
    point(office, "ks", KS)
    assert len(office.letters(KS)) == 1
    two = [
        Holder(party=party, duty="contact_point", email=email)
        for party, email in (("ahus", SECOND), ("sykehuspartner", FIRST))
    ]
    with pytest.raises(InputError):
        contacts.add(office.site, two, office.at)
    assert holding(office, office.at.date()) == [KS]


def test_a_side_without_one_is_a_line_that_the_coordinator_answers(office: Office) -> None:
    assert lacking(office) == []
    point(office, "ks", KS)
    assert lacking(office) == ["sykehuspartner"]
    point(office, "sykehuspartner", FIRST)
    assert lacking(office) == []
    contacts.end(office.site, FIRST, office.at)
    assert lacking(office) == ["sykehuspartner"]
    office.later(days=1)
    sweep(office.site, office.at)
    deliver(office.site, office.at)
    assert "Ingen er kontaktpunkt for helseforetakene" in office.text(COORDINATOR)

    office.reply(COORDINATOR, f"1 NY KONTAKT: {SECOND}")

    assert lacking(office) == []
    assert office.last(SECOND).template == "contact_point"


def test_an_address_much_like_the_one_of_ks_laering_is_asked_about(office: Office) -> None:
    for address in ("ola@ks.no", "ks-laring@ks.no", "kslaring@ks.on", "kslaering@ks.no"):
        assert is_guarded_like(address), address
        holder = Holder(party="ks-laering", duty="ks_laering", email=address)
        with pytest.raises(InputError):
            contacts.add(office.site, [holder], office.at)
    for address in ("kslaring@ks.no", "redaksjon@kslaring.example", "kslaring@ks.example"):
        assert not is_guarded_like(address), address
