"""Deliveries that are in no form of ours: a morning letter shows them, an answer reads them in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.domain.networks.network_report import deliveries_of
from engine.service.deliver import deliver
from engine.service.mail.verdict import MailOutcome
from engine.service.morning.letter import write_morning
from engine.service.time.sweep import sweep
from engine.store.cases import queries
from engine.store.cases.requests import load_request
from engine.store.mail_out import mornings
from tests.integration.network_office import ANNA, BODIL, FOUSAM, line, network_office
from tests.integration.office import Office
from tests.integration.test_cycle_deliver import with_file

PLAN = "Tiltak 1: Kurs for pårørande\nSatsingsområde: Tidleg innsats"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Kreft and Demens have sent a PDF each; it is the morning after."""
    office = network_office(tmp_path / "site")
    sweep(office.site, datetime(2026, 9, 1, 7, tzinfo=UTC))
    office.at = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
    with_file(office, BODIL, "Sjå vedlegg.", "plan.pdf", b"%PDF-1.7 kreft")
    with_file(office, ANNA, "Planen for Demens.", "demens.pdf", b"%PDF-1.7 demens")
    morning(office, 20)
    return office


def morning(office: Office, day: int) -> None:
    office.at = datetime(2026, 11, day, 6, 30, tzinfo=UTC)
    write_morning(office.site, office.at)
    deliver(office.site, office.at)
    assert office.last(FOUSAM).template == "morning"
    office.later(minutes=20)


def place(office: Office, name: str) -> int:
    """The number that the network's delivery has in the newest morning letter."""
    wanted = number(office, name)
    with office.site.database.reading() as tx:
        return next(i.number for i in mornings.items(tx) if i.subject == wanted)


def number(office: Office, name: str) -> str:
    report = line(office, 2027, "plan", name).report
    assert report is not None
    return report.number


def is_read(office: Office, name: str) -> bool:
    report = line(office, 2027, "plan", name).report
    assert report is not None
    return not report.unread


def say(office: Office, text: str) -> MailOutcome:
    return office.reply(FOUSAM, f"Hei!\n{text}\nMvh\nK")


def test_the_morning_letter_shows_what_is_unread_with_who_sent_it_and_how_to_read_it_in(
    office: Office,
) -> None:
    text = " ".join(office.text(FOUSAM).split())
    n = place(office, "Kreft")
    kreft = f"{n}. {number(office, 'Kreft')} Kreft: handlingsplanen for 2027"
    assert f"{kreft}, kom 19. november 2026 frå {BODIL} (plan.pdf) og er ikkje lesen inn" in text
    assert f"«{min(n, place(office, 'Demens'))} LEST»" in text


@pytest.mark.parametrize(
    "answer",
    ["{n} LEST\n{form}", "{n} LESE INN:\n\n{form}", "{n}\n{form}", "{n}. READ\n{form}"],
)
def test_a_form_under_the_number_is_read_in_and_fousam_can_go_on(
    office: Office, answer: str
) -> None:
    n = place(office, "Kreft")
    outcome = say(office, answer.format(n=n, form=PLAN))
    assert (outcome.verdict, outcome.events) == (
        "fired",
        (("read_in", "delivered", "delivered"),),
    )
    assert is_read(office, "Kreft")
    assert not is_read(office, "Demens")
    assert "handlingsplanen for 2027: 1 tiltak" in office.text(FOUSAM)
    assert say(office, f"{n} ER GODKJENT").events == (("approve", "delivered", "approved"),)
    assert office.last(BODIL).template == "network_approved"
    kreft = number(office, "Kreft")
    with office.site.database.reading() as tx:
        actors = [row.actor for row in queries.history(tx, kreft)]
    assert actors[-2:] == [FOUSAM, FOUSAM]


def test_several_lines_are_each_read_and_lists_in_a_form_are_no_lines(office: Office) -> None:
    kreft, demens = place(office, "Kreft"), place(office, "Demens")
    plan = f"{PLAN}\nAnna:\n1. Til hausten\n2. er det kurs\n3. Oppsummering"
    say(office, f"{kreft} LESE\n{plan}\n{demens} LESE\n{PLAN.replace('Kurs', 'Film')}")
    numbers = [number(office, name) for name in ("Kreft", "Demens")]
    with office.site.database.reading() as tx:
        requests = [load_request(tx, each) for each in numbers]
    read = [deliveries_of(each.kept)[-1].contents for each in requests if each]
    assert [each.measures[0].text for each in read if each] == [
        "Kurs for pårørande",
        "Film for pårørande",
    ]
    assert read[0] is not None
    assert read[0].free_text == "1. Til hausten\n2. er det kurs\n3. Oppsummering"


def test_a_form_that_names_its_network_needs_no_number(office: Office) -> None:
    assert say(office, PLAN).verdict == "unclear"
    assert say(office, f"Nettverk: Demens\n{PLAN}").verdict == "fired"
    assert is_read(office, "Demens")
    # One is left, so that nothing else can be meant.
    assert say(office, PLAN).verdict == "fired"
    assert is_read(office, "Kreft")


REFUSED = [
    ("{n} LEST", "ingen linjer frå skjemaet"),
    ("{n} LEST\nHan er fin.", "ingen linjer frå skjemaet"),
    ("{n} LEST\nNettverk: Demens\n{form}", "Skjemaet gjeld Demens"),
    ("{n} LEST\nPlan for år: 2025\n{form}", "2025"),
    ("{n} LEST\nRapport for år: 2027\n{form}", "årsrapport"),
    ("{n} LEST\nTiltak 1:\nSatsingsområde: Barn", "utan at det var fylt ut"),
    ("{n} ER GODKJENT", "ikkje lese inn"),
    ("{n} ER FIN", "«FIN» er ikkje eit svar"),
    ("{n} FORKAST: nei", "passar ikkje"),
]


def test_what_cannot_be_read_in_is_said_and_changes_nothing(office: Office) -> None:
    for answer, why in REFUSED:
        outcome = say(office, answer.format(n=place(office, "Kreft"), form=PLAN))
        assert (outcome.verdict, outcome.events) == ("refused", ()), answer
        assert why in office.last(FOUSAM).variables["not_done"][0]
    assert not is_read(office, "Kreft")


def test_what_is_wrong_with_a_plan_is_told_when_it_is_read_in(office: Office) -> None:
    n = place(office, "Kreft")
    say(office, f"{n} LEST\nTiltak 1: Kurs\nSatsingsområde: Noko anna")
    assert "Noko anna" in office.last(FOUSAM).variables["done"][0]
    assert say(office, f"{n} ER MANGLER: Satsingsområde").verdict == "fired"
    assert "Satsingsområde" in office.text(BODIL)
    assert office.state(number(office, "Kreft")) == "returned"


def test_no_activity_is_read_in_with_two_words(office: Office) -> None:
    office.at = datetime(2027, 1, 4, 9, tzinfo=UTC)
    sweep(office.site, office.at)
    with_file(office, BODIL, "Rapporten vår.", "rapport.pdf", b"%PDF-1.7")
    office.at = datetime(2027, 1, 5, 6, 30, tzinfo=UTC)
    write_morning(office.site, office.at)
    deliver(office.site, office.at)
    office.later(minutes=5)
    report = line(office, 2026, "report", "Kreft").report
    assert report is not None
    with office.site.database.reading() as tx:
        n = next(i.number for i in mornings.items(tx) if i.subject == report.number)
    assert say(office, f"{n} INGEN AKTIVITET").verdict == "fired"
    assert "årsrapporten for 2026: ingen aktivitet" in office.text(FOUSAM)
    assert say(office, f"{n} ER GODTATT").events == (("accept", "delivered", "received"),)
