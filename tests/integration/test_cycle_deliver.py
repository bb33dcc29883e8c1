"""What networks send in, as people send it: a form, a document, the wrong year, twice, nothing."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.domain.networks.network_report import deliveries_of
from engine.errors import RefusedError
from engine.model import Request
from engine.service.mail.verdict import MailOutcome
from engine.service.networks import setting_up as service
from engine.service.networks.cycle import turn
from engine.service.networks.cycle_commands import Document, Errand, deliver, read_in
from engine.service.requests.mending import undo
from engine.service.time.sweep import sweep
from engine.store.cases.requests import load_request
from tests.integration.network_office import (
    ANNA,
    BODIL,
    DEPUTIES,
    FOUSAM,
    line,
    network_office,
)
from tests.integration.office import OURS, Office

NOVEMBER = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
FORM = """Nettverk: {network}
Plan for år: {year}
Tiltak 1: Kurs for pårørande
Satsingsområde: {area}
Ansvarleg: Karmøy
"""


def form(network: str = "Kreft", year: int = 2027, area: str = "Tidleg innsats") -> str:
    return FORM.format(network=network, year=year, area=area)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """The plans for 2027 are open since 1 September."""
    office = network_office(tmp_path / "site")
    sweep(office.site, datetime(2026, 9, 1, 7, tzinfo=UTC))
    office.at = NOVEMBER
    return office


def request(office: Office, number: str) -> Request:
    with office.site.database.reading() as tx:
        found = load_request(tx, number)
    assert found is not None
    return found


def with_file(office: Office, sender: str, body: str, name: str, content: bytes) -> MailOutcome:
    """A reply to the sender's last letter with a document."""
    letter = office.last(sender)
    office.written += 1
    packed = base64.encodebytes(content).decode().replace("\n", "\r\n")
    domain = sender.rpartition("@")[2]
    raw = (
        f"From: <{sender}>\r\nTo: <{OURS}>\r\nSubject: SV: {letter.subject}\r\n"
        f"Message-ID: <f{office.written}@{domain}>\r\nIn-Reply-To: {letter.message_id}\r\n"
        f"Date: {office.at:%a, %d %b %Y %H:%M:%S} +0000\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=grense\r\n\r\n"
        f"--grense\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
        f"--grense\r\nContent-Type: application/pdf; name={name}\r\n"
        f"Content-Disposition: attachment; filename={name}\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{packed}\r\n--grense--\r\n"
    )
    return office.take(raw.encode())


def test_a_form_is_read_at_once_approved_and_closed_when_its_year_ends(office: Office) -> None:
    outcome = office.reply(BODIL, form())
    assert outcome.verdict == "fired"
    assert "i tide" in office.text(BODIL)
    assert line(office, 2027, "plan", "Kreft").punctual == "in_time"
    assert "GODKJEND" in office.text(FOUSAM)
    assert office.reply(FOUSAM, "GODKJEND").verdict == "fired"
    assert office.state(outcome.request) == "approved"
    office.at = datetime(2027, 12, 31, 22, 59, tzinfo=UTC)
    sweep(office.site, office.at)
    assert office.state(outcome.request) == "approved"
    office.at = datetime(2027, 12, 31, 23, 0, tzinfo=UTC)
    sweep(office.site, office.at)
    assert office.state(outcome.request) == "closed"


def test_a_document_counts_when_it_comes_and_stands_unread_until_somebody_reads_it(
    office: Office,
) -> None:
    outcome = with_file(office, BODIL, "Sjå vedlegg.", "plan.pdf", b"%PDF-1.7 plan")
    assert outcome.verdict == "fired"
    seen = line(office, 2027, "plan", "Kreft")
    assert (seen.punctual, seen.report and seen.report.unread) == ("in_time", True)
    assert office.reply(FOUSAM, "GODKJEND").verdict == "refused"
    assert "ikkje lese inn" in office.text(FOUSAM)
    assert office.reply(FOUSAM, form()).events == (("read_in", "delivered", "delivered"),)
    assert office.reply(FOUSAM, "GODKJEND").verdict == "fired"


def test_a_form_filled_in_inside_our_quoted_letter_is_read(office: Office) -> None:
    quoted = "\n".join(f"> {row}" for row in ["Skjemaet", *form().split("\n")])
    outcome = office.reply(BODIL, f"Her er han.\n\n{quoted}")
    assert outcome.verdict == "fired"
    kept = deliveries_of(request(office, outcome.request).kept)
    assert kept[0].contents is not None
    assert kept[0].contents.measures[0].priority_area == "Tidleg innsats"


def test_a_plan_outside_the_priority_areas_is_shown_to_fousam_who_returns_it(
    office: Office,
) -> None:
    number = office.reply(BODIL, form(area="Noko heilt anna")).request
    assert "Noko heilt anna" in office.text(FOUSAM)
    assert office.reply(FOUSAM, "GODKJEND").verdict == "refused"
    assert office.reply(FOUSAM, "MANGLAR").verdict == "refused"
    assert office.reply(FOUSAM, "MANGLAR: Satsingsområde for tiltak 1").verdict == "fired"
    assert "> Satsingsområde for tiltak 1" in office.text(BODIL)
    office.later(days=20)
    assert office.reply(BODIL, form()).events == (("deliver", "returned", "delivered"),)
    versions = deliveries_of(request(office, number).kept)
    assert [each.version for each in versions] == [1, 2]
    assert line(office, 2027, "plan", "Kreft").punctual == "in_time"


def test_one_reply_for_two_networks_is_told_apart_by_its_form_or_asked_about(
    office: Office,
) -> None:
    unclear = with_file(office, ANNA, "Sjå vedlegg.", "plan.pdf", b"%PDF-1.7")
    assert unclear.verdict == "unclear"
    assert "Demens" in office.text(ANNA)
    assert "Rehabilitering" in office.text(ANNA)
    named = office.mail(ANNA, "Plan", form("Rehabilitering"))
    assert (named.verdict, office.state(named.request)) == ("fired", "delivered")
    # Only one is waited for now.
    other = with_file(office, ANNA, "Sjå vedlegg.", "demens.pdf", b"%PDF-1.7")
    assert other.verdict == "fired"
    assert other.request != named.request


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (form(year=2026), "wrong_year"),
        (form().replace("Kurs for pårørande", ""), "delivery_empty"),
        (form().replace("Plan for år", "Rapport for år").replace("Tiltak 1", "Avvik"), None),
    ],
    ids=["the wrong year", "an empty form", "a report"],
)
def test_what_cannot_be_delivered_is_answered_and_changes_nothing(
    office: Office, body: str, reason: str | None
) -> None:
    outcome = office.reply(BODIL, body)
    assert outcome.verdict in ("refused", "unclear")
    if reason:
        assert [each.code for each in outcome.reasons] == [reason]
    assert office.last(BODIL).template == "delivery_unclear"
    assert line(office, 2027, "plan", "Kreft").punctual == "waiting"


def test_a_question_thanks_and_a_word_after_the_delivery_deliver_nothing(office: Office) -> None:
    assert office.reply(BODIL, "Kan vi få vente til veke 50?").verdict == "remark"
    assert office.reply(BODIL, "Takk, vi er i gang.").verdict == "remark"
    assert office.reply(BODIL, form()).verdict == "fired"
    said = "Vi er svært nøgde med planen i år, og gler oss til å ta fatt på han alle saman."
    assert office.reply(BODIL, said).verdict == "remark"
    assert line(office, 2027, "plan", "Kreft").report is not None


def test_nobody_but_leader_and_deputy_delivers(office: Office) -> None:
    office.reply(BODIL, form())
    errand = Errand(network="Demens", kind="plan", year=2027, email=BODIL, at=office.at)
    document = Document(name="plan.txt", content=form("Demens").encode())
    with pytest.raises(RefusedError) as refused:
        deliver(office.site, errand, document)
    assert [each.code for each in refused.value.reasons] == ["not_your_role"]
    stranger = office.mail("nokon@ukjend.example", "Plan", form("Demens"))
    assert stranger.verdict in ("newcomer", "unknown_sender")
    assert line(office, 2027, "plan", "Demens").punctual == "waiting"
    unproved = office.mail(ANNA, "Plan", form("Demens"), aligned=False)
    assert unproved.verdict != "fired"


def test_what_came_by_another_way_is_laid_in_and_kept_as_a_message(office: Office) -> None:
    errand = Errand(network="Demens", kind="plan", year=2027, email=DEPUTIES, at=office.at)
    done = deliver(office.site, errand, Document(name="plan.pdf", content=b"%PDF-1.7"))
    assert done.events == (("deliver", "not_delivered", "delivered"),)
    with pytest.raises(RefusedError):
        read_in(office.site, errand, None)
    twice = deliver(office.site, errand, Document(name="p.txt", content=form("Demens").encode()))
    assert twice.events == (("deliver", "delivered", "delivered"),)
    seen = line(office, 2027, "plan", "Demens")
    assert seen.report is not None
    assert [each.version for each in seen.report.deliveries] == [1, 2]
    with pytest.raises(RefusedError) as empty:
        deliver(office.site, errand, Document(name="tom.txt", content=b"  "))
    assert [each.code for each in empty.value.reasons] == ["delivery_empty"]


def test_a_year_that_is_not_open_and_a_closed_network_are_answered(office: Office) -> None:
    wanted = Errand(network="Kreft", kind="report", year=2026, email=BODIL, at=office.at)
    document = Document(name="r.txt", content=b"Ingen aktivitet")
    with pytest.raises(RefusedError) as early:
        deliver(office.site, wanted, document)
    assert [each.code for each in early.value.reasons] == ["year_not_open"]
    service.close(office.site, "Kreft", office.at)
    list(turn(office.site, office.at))
    assert line(office, 2027, "plan", "Kreft").report is not None
    closed = Errand(network="Kreft", kind="plan", year=2027, email=BODIL, at=office.at)
    with pytest.raises(RefusedError) as gone:
        deliver(office.site, closed, document)
    assert [each.code for each in gone.value.reasons] == ["network_closed"]
    told = with_file(office, BODIL, "Sjå vedlegg.", "plan.pdf", b"%PDF")
    assert told.verdict == "unclear"
    assert "avvikla" in office.text(BODIL)


def test_a_delivery_can_be_taken_back(tmp_path: Path) -> None:
    office = network_office(tmp_path / "site", letters__undo_minutes="15")
    sweep(office.site, datetime(2026, 9, 1, 7, tzinfo=UTC))
    office.at = NOVEMBER
    number = office.mail(BODIL, "Plan", form()).request
    undo(office.site, number, email=BODIL, at=office.at)
    assert office.state(number) == "not_delivered"
    assert not deliveries_of(request(office, number).kept)


def test_forms_for_two_networks_in_one_mail_are_each_read_on_their_own(office: Office) -> None:
    other = form("Rehabilitering").replace("Kurs for pårørande", "Film om trening")
    outcome = office.reply(ANNA, f"{form('Demens')}\n{other}")
    assert outcome.verdict == "fired"
    assert [event for event, _, _ in outcome.events] == ["deliver", "deliver"]
    for name, text in (("Demens", "Kurs for pårørande"), ("Rehabilitering", "Film om trening")):
        report = line(office, 2027, "plan", name).report
        assert report is not None
        assert report.contents is not None
        assert [each.text for each in report.contents.measures] == [text]
    receipts = [row for row in office.letters(ANNA) if row.template == "network_receipt"]
    assert len(receipts) == 2
    assert len([row for row in office.letters(FOUSAM) if row.template == "network_delivered"]) == 2


def test_two_forms_of_which_one_is_not_the_writers_deliver_only_their_own(office: Office) -> None:
    outcome = office.reply(BODIL, f"{form('Kreft')}\n{form('Demens')}")
    assert (outcome.verdict, [each.code for each in outcome.reasons]) == (
        "fired",
        ["not_your_network"],
    )
    assert line(office, 2027, "plan", "Kreft").punctual == "in_time"
    assert line(office, 2027, "plan", "Demens").punctual == "waiting"
    alone = office.mail(BODIL, "Plan", form("Demens"))
    assert (alone.verdict, alone.reasons[0].code) == ("refused", "not_your_network")
    assert "Demens" in office.text(BODIL)


def test_two_forms_that_do_not_say_which_network_are_asked_about(office: Office) -> None:
    plan = form().replace("Nettverk: Kreft\n", "")
    outcome = office.reply(ANNA, f"Nettverk:\n{plan}\nNettverk:\n{plan}")
    assert outcome.verdict == "unclear"
    assert line(office, 2027, "plan", "Demens").punctual == "waiting"


def test_fousam_reads_in_the_network_that_the_form_names_whatever_letter_it_answers(
    office: Office,
) -> None:
    for name in ("demens.pdf", "rehabilitering.pdf"):
        with_file(office, ANNA, "Sjå vedlegg.", name, b"%PDF-1.7")
    with_file(office, BODIL, "Sjå vedlegg.", "plan.pdf", b"%PDF-1.7")
    assert office.reply(FOUSAM, form("Demens")).verdict == "fired"
    two = f"{form('Rehabilitering')}\n{form('Kreft')}"
    assert [event for event, _, _ in office.reply(FOUSAM, two).events] == ["read_in", "read_in"]
    for name in ("Demens", "Rehabilitering", "Kreft"):
        report = line(office, 2027, "plan", name).report
        assert report is not None
        assert not report.unread
