"""A year of two areas whose leaders write as people do; what SU reads equals a count by hand."""

from __future__ import annotations

import base64
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine.domain.area_file import Person, area_of
from engine.domain.networks.network import DEPUTY
from engine.domain.networks.rollup import Rollup, from_record
from engine.service.letters.posting import envelope_of
from engine.service.mail.verdict import MailOutcome
from engine.service.networks import setting_up as service
from engine.service.networks.areas import set_up
from engine.service.networks.rollup import view
from engine.service.time.sweep import sweep
from engine.store.contacts import register
from tests.integration.network_office import ANNA, BODIL, DEPUTIES, FOUSAM, SU, network_office
from tests.integration.office import Office
from tests.integration.test_cycle_own_area import AREA
from tests.unit.docx_cases import document

HOME, AWAY = "helse-fonna", "innlandet"
CATO, DINA, EVA = "cato@gjovik.example", "dina@si.example", "eva@lillehammer.example"
INSTEAD, OFFICE, COMMITTEE = "vara@gjovik.example", "fagrad@si.example", "utvalg@si.example"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PLAN = """Nettverk: {0}
Plan for år: 2027
Tiltak 1: Kurs
Satsingsområde: Tidleg innsats
Tiltak 2: Fagdag
Satsingsområde: Barn og unge
Tiltak 3: Rettleiing
Satsingsområde: Barn og unge"""
REPORT = """Nettverk: {0}
Rapport for år: 2026
Tiltak 1: Kurs
Satsingsområde: Tidleg innsats
Resultat: {1}
Tiltak 2: Fagdag
Satsingsområde: Barn og unge
Resultat: {2}
Avvik: {3}"""


def day(month: int, number: int, year: int = 2027) -> datetime:
    return datetime(year, month, number, 8, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Helse Fonna in nynorsk and Innlandet in bokmål, three networks each."""
    made = network_office(tmp_path / "site")
    set_up(made.site, area_of(tomllib.loads(AREA), "a.toml"), made.at, examples=False)
    with made.site.database.transaction() as tx:
        for duty, email in (("fousam", OFFICE), ("su", COMMITTEE)):
            register.add_contact(
                tx, party_id=AWAY, duty=duty, email=email, name="", valid_from=date(2016, 1, 1)
            )
    for name, leader, place in (
        ("Hukommelse", CATO, "3405"),
        ("Rus", DINA, "si"),
        ("Palliasjon", EVA, "3405"),
    ):
        service.add(made.site, name, made.at, area=AWAY, decided_on=date(2015, 1, 1))
        service.seat(made.site, name, Person(email=leader, organisation=place), made.at)
    service.seat(made.site, "Rus", Person(email=INSTEAD, organisation="3405"), made.at, duty=DEPUTY)
    for year in (2026, 2027):
        service.priority(made.site, year, ["Tidleg innsats", "Barn og unge"], area=AWAY)
    return made


def to(office: Office, sender: str, template: str, body: str, name: str = "") -> MailOutcome:
    """An answer to the newest such letter to the sender that tells of `name`, if it is given."""
    letter = [
        each
        for each in office.letters(sender)
        if each.template == template and name in str(each.variables["extra"])
    ][-1]
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    return office.mail(sender, f"SV: {letter.subject}", body, headers=headers)


def with_document(
    office: Office, sender: str, subject: str, file: tuple[str, str, bytes]
) -> MailOutcome:
    """A new mail with a document and no words to speak of."""
    name, kind, content = file
    packed = base64.encodebytes(content).decode().replace("\n", "\r\n")
    head = office.raw(sender, subject, "").partition(b"Content-Type")[0]
    body = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=grense\r\n\r\n"
        "--grense\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSjå vedlegg.\r\n"
        f"--grense\r\nContent-Type: {kind}; name={name}\r\n"
        f"Content-Disposition: attachment; filename={name}\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{packed}\r\n--grense--\r\n"
    )
    return office.take(head + body.encode())


def word() -> bytes:
    """A filled-in report whose values stand in content controls, under a merged heading."""
    rows = [
        line.partition(": ")
        for line in REPORT.format("Demens", "utført", "delvis", "tre").split("\n")
    ]
    merged = (
        '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>Årsrapport</w:t></w:r>'
        "</w:p></w:tc></w:tr>"
    )
    cells = "".join(
        f"<w:tr><w:tc><w:p><w:r><w:t>{label}</w:t></w:r></w:p></w:tc><w:tc><w:sdt><w:sdtContent>"
        f"<w:p><w:r><w:t>{value}</w:t></w:r></w:p></w:sdtContent></w:sdt></w:tc></w:tr>"
        for label, _, value in rows
    )
    return document(f"<w:tbl>{merged}{cells}</w:tbl>")


def pass_until(office: Office, at: datetime) -> None:
    office.at = at
    found = sweep(office.site, at)
    assert not found.faults, found.faults


def rollup(office: Office, area: str) -> Rollup:
    return view(office.site, 2026, area).rollup


def standing(found: Rollup) -> dict[str, str]:
    return {line.name: line.standing for line in found.lines}


def supplements(office: Office, receiver: str) -> list[Rollup]:
    return [
        from_record(row.variables["extra"])
        for row in office.letters(receiver)
        if row.template == "rollup_supplement"
    ]


def the_plans(office: Office) -> None:
    pass_until(office, day(9, 1, 2026))
    office.at = day(11, 16, 2026)
    assert to(office, BODIL, "network_wanted", "Planen kjem neste veke.").events == ()
    assert to(office, FOUSAM, "network_question", "Nei.").events == ()
    assert office.reply(BODIL, PLAN.format("Kreft")).verdict == "fired"
    mended = to(office, BODIL, "network_receipt", "Tiltak 2: Fagdag i mars")
    assert mended.verdict == "fired"
    assert "Tiltak 2: «Fagdag» → «Fagdag i mars»" in office.text(FOUSAM)
    both = f"{PLAN.format('Demens')}\n\n{PLAN.format('Rehabilitering')}"
    assert len(office.mail(ANNA, "Planane våre", both).events) == 2
    forwarded = (
        "Eg sender vidare for Anna.\n\nNettverk: Rehabilitering\nPlan for år: 2027\nTiltak 3: utgår"
    )
    assert office.mail(DEPUTIES, "VS: Handlingsplan", forwarded).verdict == "fired"
    for name in ("Kreft", "Demens", "Rehabilitering"):
        assert to(office, FOUSAM, "network_delivered", "GODKJEND", name).verdict == "fired"
    for who, name in ((CATO, "Hukommelse"), (DINA, "Rus")):
        assert office.mail(who, "Handlingsplan", PLAN.format(name)).verdict == "fired"
    # Innlandet's third plan came on paper.
    assert office.mail(OFFICE, "På papir", PLAN.format("Palliasjon")).verdict == "fired"


def the_reports(office: Office) -> None:
    for at in (day(1, 2), day(1, 18)):
        pass_until(office, at)
    told = REPORT.format("Kreft", "utført", "ikkje utført", "12, derav 3 alvorlege")
    assert office.mail(BODIL, "Årsrapport", told).verdict == "fired"
    asks = "Vi ber om utsett frist for rapporten, for haustmøtet blei flytta til februar."
    assert office.mail(ANNA, "Frist", asks).events == ()
    assert to(office, FOUSAM, "network_question", "NEI, det er ikkje rapporten").events == ()
    as_word = ("rapport-demens.docx", WORD, word())
    assert with_document(office, ANNA, "Rapport Demens", as_word).verdict == "fired"
    pdf = ("rehabilitering-2026.pdf", "application/pdf", b"%PDF-1.7 rapport")
    assert with_document(office, ANNA, "Rapport Rehabilitering", pdf).verdict == "fired"
    read = "Tiltak 1: Kurs\nSatsingsområde: Tidleg innsats\nResultat: utført\nAvvik: 0"
    assert to(office, FOUSAM, "network_delivered", read, "Rehabilitering").events[0][0] == "read_in"
    assert to(office, ANNA, "network_receipt", "Avvik (tal): 4", "Demens").verdict == "fired"
    for name in ("Kreft", "Demens", "Rehabilitering"):
        assert to(office, FOUSAM, "network_delivered", "GODKJEND", name).verdict == "fired"
    told = REPORT.format("Hukommelse", "utført", "utført", "1 200")
    assert office.mail(CATO, "Årsrapport", told).verdict == "fired"
    assert office.mail(DINA, "Rapport", "Jeg er sykmeldt fram til april.").events == ()
    assert "sykmeldt" not in office.text(OFFICE)
    office.mail(CATO, "SV: Takk", "Tusen takk!")
    pass_until(office, day(2, 4))
    late = REPORT.format("Rus", "delvis", "ikke utført", "ingen")
    assert office.mail(INSTEAD, "VS: Årsrapport for Dina", late).verdict == "fired"
    assert office.mail(OFFICE, "Spørsmål", "Hvem har ikke levert?").verdict == "answered"
    assert "Mangler (1): Palliasjon" in office.text(OFFICE)


def the_rollups(office: Office) -> None:
    pass_until(office, day(2, 15))
    for who in (FOUSAM, OFFICE):
        assert len(to(office, who, "rollup_draft", "LÅS\nSEND").events) == 2
    pass_until(office, day(2, 16))
    office.at = day(3, 1)
    late = REPORT.format("Palliasjon", "utført", "utført", "2")
    assert office.mail(EVA, "Beklager sen rapport", late).events[0][0] == "deliver_late"
    assert office.reply(OFFICE, "SEND").verdict == "answered"
    office.at = day(3, 8)
    assert to(office, CATO, "rollup_copy", "Avvik (tall): 1 210").verdict == "fired"
    assert to(office, OFFICE, "network_delivered", "SEND", "Hukommelse").verdict == "answered"
    unclear = office.mail(BODIL, "Rapport", "Nettverk: Kreft\nRapport for år: 2026\nTiltak: Nytt")
    assert unclear.verdict == "refused"
    assert to(office, BODIL, "rollup_copy", "Ingen aktivitet: ja").verdict == "refused"
    assert to(office, BODIL, "rollup_copy", "Tiltak 2: delvis").verdict == "fired"
    assert to(office, FOUSAM, "network_delivered", "SEND", "Kreft").verdict == "answered"


def test_what_su_reads_equals_a_count_by_hand_and_no_time_is_untrue(office: Office) -> None:
    the_plans(office)
    the_reports(office)
    the_rollups(office)
    assert office.written >= 30

    home, away = rollup(office, HOME), rollup(office, AWAY)
    in_time = dict.fromkeys(("Demens", "Kreft", "Rehabilitering"), "in_time")
    assert standing(home) == in_time
    assert standing(away) == {"Hukommelse": "in_time", "Rus": "late", "Palliasjon": "missing"}
    # Kreft 1 done, 1 not; Demens 1 done, 1 partly; Rehabilitering 1 done.
    assert home.outcomes == {"done": 3, "partly": 1, "not_done": 1, "unknown": 0}
    assert home.deviations == 12 + 4 + 0
    # Hukommelse 2 done; Rus 1 partly, 1 not.
    assert away.outcomes == {"done": 2, "partly": 1, "not_done": 1, "unknown": 0}
    assert away.deviations == 1200 + 0

    (mended,) = supplements(office, SU)
    assert mended.outcomes == {"done": 1, "partly": 1, "not_done": 0, "unknown": 0}
    assert [line.name for line in mended.before] == ["Kreft"]
    first, second = supplements(office, COMMITTEE)
    assert (standing(first), first.deviations) == ({"Palliasjon": "late"}, 2)
    assert (standing(second), second.deviations) == ({"Hukommelse": "in_time"}, 1210)
    assert [line.deviations for line in second.before] == [1200]

    for text in told(office):
        assert "kurset" not in text
        assert "koordinatoren" not in text
        assert "cycle " not in text


def told(office: Office) -> Iterator[str]:
    """Every letter about the networks' year as its receiver reads it."""
    for row in office.letters():
        if row.template.startswith(("network_", "rollup_", "delivery_")):
            yield office.site.letters.text(envelope_of(row))
