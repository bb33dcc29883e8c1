"""Bad input gets one clear letter that names every fault, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine.domain.fields import FIELDS
from engine.domain.secrecy import masked
from engine.store.cases import queries
from engine.store.contacts import register
from engine.store.mail_in import inbox
from tests.integration.office import COORDINATOR, OWNER, SUBJECT, Office, form, new_office

COURSES = json.loads(
    (Path(__file__).parents[1] / "unit" / "example_courses.json").read_text(encoding="utf-8")
)
TRUSTS = ("ahus", "siv", "sunnaas", "sshf", "sthf", "si", "so", "vv", "ous")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def course_mail(course: Mapping[str, str]) -> str:
    return "\n".join(f"{FIELDS[name].labels['nb']}: {text}" for name, text in course.items())


def test_each_faulty_example_course_gets_exactly_its_fault(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    office.at = datetime(2016, 8, 15, 7, 0, tzinfo=UTC)
    with office.site.database.transaction() as tx:
        register.add_agreement(tx, date(2016, 7, 1), date(2017, 7, 1), recorded_at=office.at)
        for trust in TRUSTS:
            email = f"elaering@{trust}.example"
            register.add_contact(
                tx, party_id=trust, duty="elearning", email=email, valid_from=date(2016, 7, 1)
            )
    ours = [course for course in COURSES if course["owner"] in TRUSTS]
    for course in sorted(ours, key=lambda course: bool(course["fault"])):
        subject = f"Deling til KS Læring: {course['form']['full_name']}"
        sender = f"elaering@{course['owner']}.example"
        outcome = office.mail(sender, subject, course_mail(course["form"]))
        assert outcome.verdict == "opened"
        expected = [course["fault"]] if course["fault"] else []
        assert [reason.code for reason in outcome.reasons] == expected
        assert office.state(outcome.request) == ("draft" if expected else "consulting")


def test_every_fault_of_a_form_stands_in_one_letter(office: Office) -> None:
    outcome = office.mail(
        OWNER,
        SUBJECT,
        form(
            Kurseier="Sykehuset på Månen",
            Lenke="http://laering.example/kurs",
            Kursets_kortnavn=None,
            Dato_for_studiestart="31.02.2027",
        ),
    )
    assert outcome.verdict == "opened"
    assert len(outcome.reasons) == 4
    (letter,) = office.letters(OWNER)
    assert letter.template == "form_faults"
    assert len(letter.variables["faults"]) == 4


def test_another_trusts_course_is_named_as_that(office: Office) -> None:
    outcome = office.mail(OWNER, SUBJECT, form(Kurseier="Oslo universitetssykehus HF"))
    assert [reason.code for reason in outcome.reasons] == ["owner_differs"]


def test_without_an_agreement_in_force_a_request_waits_and_says_why(office: Office) -> None:
    office.at = datetime(2028, 1, 3, 8, 0, tzinfo=UTC)
    outcome = office.mail(OWNER, SUBJECT, form())
    assert [reason.code for reason in outcome.reasons] == ["no_agreement"]
    assert office.state(outcome.request) == "draft"


def test_an_identity_number_is_warned_of_and_never_repeated(office: Office) -> None:
    number = "01010012356"
    outcome = office.mail(OWNER, SUBJECT, form(Kurssammendrag=f"Kurset for pasient {number}."))
    assert outcome.events[-1][2] == "submitted"
    assert masked(f"pasient {number}") != f"pasient {number}"
    assert all(number not in office.text(letter.receiver) for letter in office.letters())
    assert "elleve sifre" in office.text(OWNER) or "fødselsnummer" in office.text(OWNER)


def test_an_unreadable_mail_is_stored_with_its_verdict_and_the_next_is_handled(
    office: Office,
) -> None:
    verdicts = [
        office.take(raw).verdict
        for raw in (
            b"",
            b"\x00\xff\xfe" * 100,
            b"From: a@b.example, c@d.example\r\n\r\nMOTTATT",
            office.raw(OWNER, SUBJECT, form()),
        )
    ]
    assert verdicts[-1] == "opened"
    with office.site.database.reading() as tx:
        stored = inbox.listed(tx)
    assert [row.verdict for row in stored] == verdicts


def test_an_unknown_event_and_a_stranger_change_nothing(office: Office) -> None:
    number = office.open()
    events = office.events(number)
    strange = "noen@annet.example"
    assert office.mail(strange, f"SV: [{number}.00000000]", "GODTATT").verdict == "newcomer"
    assert (
        office.mail(strange, f"SV: [{number}.00000000]", "GODTATT", aligned=False).verdict
        == "unknown_sender"
    )
    assert office.events(number) == events
    assert not office.letters(COORDINATOR)
    with office.site.database.reading() as tx:
        assert len(queries.cases(tx)) == 1
