"""What leaders and FOUSAM write to each other: it comes to somebody, and what we say of it is
true.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from engine.domain.area_file import Person
from engine.report.letter_documents import as_document
from engine.service.deliver import deliver, envelope_in
from engine.service.letters.posting import envelope_of
from engine.service.networks import setting_up as service
from engine.service.networks.rollup import view
from engine.service.time.sweep import sweep
from tests.integration import smtp_server
from tests.integration.network_office import ANNA, BODIL, FOUSAM, line, network_office
from tests.integration.office import Office
from tests.integration.smtp_server import MailServer
from tests.integration.test_cycle_deliver import with_file
from tests.integration.test_cycle_said import REPORT, answered, report_of

CATO = "cato@karmoy.example"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
JANUARY = datetime(2027, 1, 20, 8, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """The reports on 2026 are asked for, and it is Wednesday 20 January."""
    return waiting(network_office(tmp_path / "site"))


def waiting(office: Office) -> Office:
    for at in (datetime(2027, 1, 2, 8, tzinfo=UTC), JANUARY):
        office.at = at
        sweep(office.site, at)
    deliver(office.site, JANUARY)
    return office


def texts(office: Office, receiver: str, template: str) -> list[str]:
    rows = [each for each in office.letters(receiver) if each.template == template]
    return [office.site.letters.text(envelope_of(row)) for row in rows]


def test_a_question_about_what_is_delivered_goes_to_fousam_and_the_answer_back(
    office: Office,
) -> None:
    both = "\n".join(REPORT.format(network=name) for name in ("Demens", "Rehabilitering"))
    office.mail(ANNA, "Rapportane", both)
    assert answered(office, ANNA, "network_receipt", "Når blir rapporten godkjend?").events == ()
    (asked,) = texts(office, FOUSAM, "network_words")
    assert f"{ANNA} skriv dette om årsrapporten for 2026 frå" in asked
    assert "> Når blir rapporten godkjend?" in asked
    told = office.text(ANNA)
    assert "FOUSAM har fått det du skreiv" in told
    assert "kurset" not in told
    assert "oordinatoren" not in told

    assert answered(office, FOUSAM, "network_words", "I møtet 3. februar.").verdict == "answered"
    (back,) = texts(office, ANNA, "network_words")
    assert "> I møtet 3. februar." in back
    assert f"sendt til {ANNA}" in office.text(FOUSAM)


def test_what_fousam_writes_beside_a_no_comes_to_the_leader(office: Office) -> None:
    office.reply(BODIL, "Kan vi få utsett frist til 15. februar? Vi er berre to att.")
    answered(office, FOUSAM, "network_question", "Nei, men de får til 15. februar.")
    assert "> men de får til 15. februar." in office.text(BODIL)
    office.later(days=1)
    with_file(office, BODIL, "Sjå vedlegg.", "moteplan.pdf", PDF)
    answered(office, FOUSAM, "network_delivered", "NEI. Dette er møteplanen.")
    told = office.text(BODIL)
    assert "> Dette er møteplanen." in told
    assert "Tida for det tel ikkje" in told


@pytest.mark.parametrize("words", ["Tusen takk!", "Takk for det! :)", "Flott, takk skal du ha"])
def test_thanks_alone_write_no_letter(office: Office, words: str) -> None:
    office.reply(BODIL, REPORT.format(network="Kreft"))
    before = len(office.letters())
    assert answered(office, BODIL, "network_receipt", words).verdict == "answered"
    assert len(office.letters()) == before


def test_thanks_that_say_more_come_to_fousam(office: Office) -> None:
    assert office.reply(BODIL, "Takk. Vi leverer ikkje i år.").events == ()
    assert "> Takk. Vi leverer ikkje i år." in office.text(FOUSAM)


@pytest.mark.parametrize(
    "words", ["Møtet på sjukehuset er flytta.", "Sykepleierne på legevakta rapporterer i mars."]
)
def test_words_of_the_field_are_no_secret(office: Office, words: str) -> None:
    office.reply(BODIL, words)
    assert f"> {words}" in office.text(FOUSAM)


def test_whose_words_are_kept_back_is_told_so(office: Office) -> None:
    office.reply(BODIL, "Eg er sjukmeld, så rapporten kjem seinare.")
    assert "sjukmeld" not in office.text(FOUSAM)
    assert "men ikkje kva" in office.text(BODIL)


def test_fousam_is_asked_again_until_it_answers(office: Office) -> None:
    office.reply(BODIL, "Rapporten kjem neste veke.")
    for days, asked in ((1, 1), (2, 2), (4, 2), (6, 3)):
        sweep(office.site, JANUARY + timedelta(days=days))
        assert len(texts(office, FOUSAM, "network_question")) == asked, days
    again = texts(office, FOUSAM, "network_question")[-1]
    assert "Vi har spurt om dette før" in again
    assert "> Rapporten kjem neste veke." in again
    office.at = JANUARY + timedelta(days=6, hours=1)
    deliver(office.site, office.at)
    assert answered(office, FOUSAM, "network_question", "NEI").verdict == "answered"
    sweep(office.site, JANUARY + timedelta(days=10))
    assert len(texts(office, FOUSAM, "network_question")) == 3


def test_a_no_that_comes_too_late_says_so(office: Office) -> None:
    office.reply(BODIL, REPORT.format(network="Kreft"))
    assert answered(office, FOUSAM, "network_delivered", "NEI").verdict == "refused"
    assert "svar MANGLAR: kva som manglar" in office.text(FOUSAM)
    assert answered(office, FOUSAM, "network_delivered", "GODKJEND").verdict == "fired"
    assert answered(office, FOUSAM, "network_delivered", "Nei").verdict == "refused"
    assert "står alt som «Motteken»" in office.text(FOUSAM)
    assert line(office, 2026, "report", "Kreft").punctual == "in_time"


def test_fousam_may_answer_for_as_long_as_it_is_waited_for(office: Office) -> None:
    with_file(office, BODIL, "Sjå vedlegg.", "rapport.pdf", PDF)
    office.later(days=75)
    read = "Tiltak 1: Kurs\nSatsingsområde: Tidleg innsats\nResultat: utført\nAvvik: 0"
    outcome = answered(office, FOUSAM, "network_delivered", read)
    assert [event for event, _, _ in outcome.events] == ["read_in"]


def test_words_that_fousam_takes_for_a_delivery_come_along_to_be_read_in(office: Office) -> None:
    said = "Vi har ingen ting å rapportere."
    office.reply(BODIL, said)
    assert answered(office, FOUSAM, "network_question", "Jepp, det stemmer").verdict == "fired"
    letter = office.last(FOUSAM)
    with office.site.database.reading() as tx:
        files = envelope_in(tx, letter).files
    assert (files[0].name, files[0].content.decode()) == ("tekst.txt", said)


def test_su_reads_what_nobody_has_read_in(office: Office) -> None:
    with_file(office, BODIL, "Sjå vedlegg.", "rapport.pdf", PDF)
    found = as_document(view(office.site, 2026).told, "nn")
    assert "Ingen har lese inn det som kom frå: Kreft." in str(found)


def test_an_empty_correction_leaves_what_stands_and_says_so(office: Office) -> None:
    office.reply(BODIL, REPORT.format(network="Kreft"))
    assert answered(office, BODIL, "network_receipt", "Tiltak 2:").verdict == "refused"
    told = office.text(BODIL)
    assert "Det som er levert før, står som det var" in told
    assert "Ingenting er registrert som levert" not in told
    assert line(office, 2026, "report", "Kreft").punctual == "in_time"
    assert report_of(office, "Kreft").state == "delivered"


def test_a_pdf_reaches_fousam_over_smtp_byte_for_byte(tmp_path: Path) -> None:
    server = MailServer()
    with smtp_server.listening(server) as port:
        smtp = {"letters__transport": "smtp", "smtp__host": "127.0.0.1", "smtp__port": str(port)}
        made = waiting(network_office(tmp_path / "site", **smtp))
        with_file(made, BODIL, "Sjå vedlegg.", "rapport.pdf", PDF)
    letter = next(each for each in server.taken if b"rapport.pdf" in each.content)
    assert letter.receivers == (FOUSAM,)
    parts = [
        part
        for part in message_from_bytes(letter.content).walk()
        if part.get_content_type() == "application/pdf"
    ]
    assert [part.get_payload(decode=True) for part in parts] == [PDF]


def test_a_line_about_somebody_elses_report_is_no_delivery_of_ones_own(office: Office) -> None:
    office.mail(BODIL, "Rapport", REPORT.format(network="Kreft"))
    (receipt,) = [r for r in office.letters(BODIL) if r.template == "network_receipt"]
    headers = f"In-Reply-To: {receipt.message_id}\r\n"
    forwarded = office.mail(ANNA, f"VS: {receipt.subject}", "Avvik (tal): 99", headers=headers)
    assert forwarded.events == ()
    for name in ("Demens", "Rehabilitering"):
        assert line(office, 2026, "report", name).punctual == "waiting"
    office.later(days=1)
    assert office.mail(ANNA, "Demens", "Avvik (tal): 99").events == ()


def test_a_no_after_the_delivery_has_come_does_not_say_that_we_wait(office: Office) -> None:
    office.reply(BODIL, "Rapporten kjem i dag.")
    office.mail(BODIL, "Rapport", REPORT.format(network="Kreft"))
    assert answered(office, FOUSAM, "network_question", "NEI").events == ()
    assert "Kreft har levert sidan vi spurde" in office.text(FOUSAM)
    assert "ventar framleis" not in office.text(FOUSAM)


def test_a_file_named_by_a_part_of_the_name_is_that_networks(tmp_path: Path) -> None:
    made, lungs, skin = network_office(tmp_path / "site"), "Fagleg nettverk for lunge", "hud"
    for name in (lungs, f"Fagleg nettverk for {skin}"):
        service.add(made.site, name, made.at, decided_on=date(2015, 1, 1))
        service.seat(made.site, name, Person(email=CATO, organisation="1149"), made.at)
    office = waiting(made)
    with_file(office, CATO, "Her er han.", "rapport-lunge-2026.pdf", PDF)
    assert line(office, 2026, "report", lungs).punctual == "in_time"
    assert line(office, 2026, "report", f"Fagleg nettverk for {skin}").punctual == "waiting"
