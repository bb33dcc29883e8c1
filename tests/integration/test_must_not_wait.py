"""Insight, one's own data and faults in a course reach whoever handles them, from any sender."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.service.morning.letter import write_morning
from engine.store.contacts import register
from tests.integration.office import (
    COORDINATOR,
    EXPERTS,
    OWNER,
    PLATFORM,
    REQUESTER,
    SERVER,
    Office,
    new_office,
)

ARCHIVE = "arkiv@si.example"
STRANGER = "sykepleier@tynset.example"
COURSE = "Fallforebygging i sykehjem"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = new_office(tmp_path / "site")
    with made.site.database.transaction() as tx:
        for party, duty, email in (
            ("si", "archive", ARCHIVE), ("3405", "municipality", REQUESTER),
        ):  # fmt: skip
            register.add_contact(
                tx, party_id=party, duty=duty, email=email, valid_from=date(2016, 1, 1)
            )
    return made


def shared(office: Office) -> str:
    number = office.open()
    for sender, word in ((PLATFORM, "GODTATT"), (OWNER, "MERKET")):
        office.reply(sender, word)
    assert office.state(number) == "shared"
    return number


def first_line(office: Office) -> str:
    office.later(days=1)
    write_morning(office.site, office.at)
    letter = next(r for r in reversed(office.letters(COORDINATOR)) if r.template == "morning")
    return str(letter.variables["extra"]["lines"][0]["text"])


def got(office: Office, receiver: str, template: str) -> int:
    return sum(row.template == template for row in office.letters(receiver))


def test_a_demand_for_insight_goes_to_the_archive_and_stands_first(office: Office) -> None:
    number = office.open()
    outcome = office.mail(
        "redaksjonen@avisa.example", f"Innsyn i {number}", "Vi ber om\ninnsyn i saken."
    )
    assert outcome.verdict == "newcomer"
    assert got(office, ARCHIVE, "insight_wanted") == 1
    assert "Vi ber om" in office.text(ARCHIVE)
    assert "arkivet ved Sykehuset Innlandet" in office.text("redaksjonen@avisa.example")
    assert first_line(office).startswith("Krav om innsyn (offentleglova), fra redaksjonen@avisa")


def test_insight_into_no_known_case_is_the_coordinators(office: Office) -> None:
    outcome = office.mail(REQUESTER, "Innsyn", "Eg krev innsyn i alt om samarbeidet.")
    assert outcome.verdict == "remark"
    assert "koordinatoren for Kursdeling" in office.text(REQUESTER)
    assert got(office, ARCHIVE, "insight_wanted") == 0


def test_ones_own_data_is_the_coordinators_within_a_month(office: Office) -> None:
    office.mail(REQUESTER, "Hei", "Hvilke opplysninger har dere om meg?")
    assert "innen én måned" in office.text(REQUESTER)
    assert first_line(office).startswith("Krav om egne opplysninger")


def test_nobody_without_proof_is_answered(office: Office) -> None:
    office.open()
    outcome = office.mail(
        "redaksjonen@avisa.example", "Innsynskrav", "Jeg krever innsyn.", aligned=False
    )
    assert outcome.verdict == "unknown_sender"
    assert not office.letters("redaksjonen@avisa.example")
    assert "avsenderen er ikke bekreftet" in first_line(office)


@pytest.mark.parametrize(
    "said",
    ["FEIL I KURSET: dosen i kapittel 2 er ti ganger for høy", "Dosene i kapittel 2 er feil."],
)
def test_a_fault_goes_at_once_to_owner_and_experts_and_the_answer_to_borrowers(
    office: Office, said: str
) -> None:
    number = shared(office)
    office.mail(REQUESTER, COURSE, said)
    assert got(office, OWNER, "course_fault_told") == got(office, EXPERTS, "course_fault_told") == 1
    assert "kapittel 2" in office.text(OWNER)
    assert "den e-læringsansvarlige ved Sykehuset Innlandet" in office.text(REQUESTER)
    before = office.events(number)
    assert office.reply(OWNER, "Dere har rett. Dosen er feil og rettes i dag.").request == number
    for receiver in (PLATFORM, REQUESTER):
        assert "rettes i dag" in office.text(receiver)
    assert office.reply(EXPERTS, "Vi ser på det.").request == number
    assert got(office, PLATFORM, "course_fault_decided") == 1
    assert office.events(number) == before


def test_the_owners_command_goes_its_own_way(office: Office) -> None:
    number = shared(office)
    office.mail(STRANGER, COURSE, "FEIL I KURSET: gal dose")
    assert office.reply(OWNER, "AVSLUTT").verdict == "fired"
    assert office.state(number) == "ending"


def test_a_command_beside_a_fault_is_carried_out(office: Office) -> None:
    number = office.open()
    office.reply(PLATFORM, "GODTATT")
    assert office.reply(OWNER, "MERKET\n\nFEIL I KURSET: kapittel 2").verdict == "fired"
    assert office.state(number) == "shared"
    assert first_line(office).startswith("Feil i et kurs, fra")


def test_strangers_pass_on_no_links_and_only_so_much(office: Office) -> None:
    shared(office)
    for n in range(8):
        office.mail(
            STRANGER, f"{COURSE} {n}", "Dosen er feil, se https://ond.example/a", aligned=False
        )
    assert "ond.example" not in office.text(OWNER)
    assert "ikke bekreftet" in office.text(OWNER)
    assert got(office, OWNER, "course_fault_told") == 5
    assert not office.letters(STRANGER)


def test_who_is_refuted_reaches_nobody(office: Office) -> None:
    shared(office)
    raw = office.raw(PLATFORM, COURSE, "FEIL I KURSET: alt", aligned=False)
    refuted = f"Authentication-Results: {SERVER}; dmarc=fail header.from=ks.example\r\n".encode()
    assert office.take(refuted + raw).verdict == "unproved_sender"
    assert got(office, OWNER, "course_fault_told") == 0
    assert first_line(office).startswith("Feil i et kurs")


def test_before_the_course_is_shared_a_fault_is_an_answer_like_any_other(office: Office) -> None:
    office.open(Unntak=None)
    assert office.reply(EXPERTS, "Dosene i kapittel 2 er feil.").verdict == "suggested"


def test_an_identity_number_is_passed_on_to_nobody(office: Office) -> None:
    shared(office)
    office.mail(REQUESTER, COURSE, "FEIL I KURSET: feil dose for 01010112345")
    assert "0112345" not in office.text(OWNER)
    assert "fødselsnummer" in office.text(OWNER)
