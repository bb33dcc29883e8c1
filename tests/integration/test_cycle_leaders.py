"""A new leader told by mail: FOUSAM is asked, answers, and both are told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.domain.networks.network import DEPUTY, LEADER
from engine.service.mail.verdict import MailOutcome
from engine.service.time.sweep import sweep
from engine.store.contacts import people, register
from tests.integration.network_office import ANNA, BODIL, FOUSAM, network_office
from tests.integration.office import Office
from tests.integration.test_cycle_said import JANUARY, REPORT, report_of

NEW = "kari.nordmann@haugesund.kommune.example"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """The reports on 2026 are asked for; Haugesund's mail domain is known."""
    made = network_office(tmp_path / "site")
    with made.site.database.transaction() as tx:
        people.add_domain(tx, "haugesund.kommune.example", "1106")
        people.add_domain(tx, "fonna.example", "fonna")
    made.at = datetime(2027, 1, 2, 8, tzinfo=UTC)
    sweep(made.site, made.at)
    made.at = JANUARY
    return made


def leading(office: Office, duty: str = LEADER, network: str = "kreft") -> list[str]:
    with office.site.database.reading() as tx:
        held = register.contacts(tx, office.at.date())
    return [each.email for each in held if (each.party, each.duty) == (network, duty)]


def to_fousam(office: Office, body: str, *, aligned: bool = True) -> MailOutcome:
    letter = [x for x in office.letters(FOUSAM) if x.template == "network_question"][-1]
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    return office.mail(FOUSAM, f"SV: {letter.subject}", body, headers=headers, aligned=aligned)


def test_a_yes_seats_the_new_leader_and_both_are_told(office: Office) -> None:
    words = "Hei! Ny leiar for nettverket er Kari Nordmann (kari.nordmann@fonna.example)."
    assert office.reply(BODIL, words).verdict == "suggested"
    assert leading(office) == [BODIL]
    asked = office.text(FOUSAM)
    assert "Skal Kari Nordmann (kari.nordmann@fonna.example) vere leiar" in asked
    assert "levering" not in asked
    assert to_fousam(office, "JA").verdict == "answered"
    assert leading(office) == ["kari.nordmann@fonna.example"]
    assert "er leiar for Kreft frå" in office.text(FOUSAM)
    told = [row.template for row in office.letters("kari.nordmann@fonna.example")]
    assert told == ["network_leader", "network_overdue", "network_wanted"]
    assert "får du ikkje brev som leiar" in office.text(BODIL)
    new = office.reply("kari.nordmann@fonna.example", REPORT.format(network="Kreft"))
    assert [event for event, _, _ in new.events] == ["deliver"]
    assert report_of(office, "Kreft").state == "delivered"


def test_who_leads_no_longer_and_names_somebody_is_asked_for_the_address(office: Office) -> None:
    assert office.reply(BODIL, "Eg er ikkje lenger leiar, Kari tek over.").verdict == "suggested"
    assert "Kva er e-postadressa til den nye leiaren?" in office.text(BODIL)
    assert "Kva er e-postadressa til den nye leiaren?" in office.text(FOUSAM)
    assert to_fousam(office, "JA").verdict == "unclear"
    assert "Vi manglar e-postadressa" in office.text(FOUSAM)
    # Either may answer with the address.
    letter = [x for x in office.letters(BODIL) if x.template == "answer"][-1]
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    assert office.mail(BODIL, "SV", "kari@fonna.example", headers=headers).verdict == "suggested"
    assert to_fousam(office, "Ja, det stemmer").verdict == "answered"
    assert leading(office) == ["kari@fonna.example"]


def test_fousam_answers_with_the_address_and_the_place(office: Office) -> None:
    # The deputy of Demens is the trust's, so its leader is from a municipality.
    words = "Eg har slutta som leiar for Demens. Kari Nordmann overtek."
    letter = office.last(ANNA)
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    assert office.mail(ANNA, "SV", words, headers=headers).verdict == "suggested"
    outcome = to_fousam(office, "kari@nettverk.example")
    assert outcome.verdict == "unclear"
    assert "Kva kommune eller føretak kjem kari@nettverk.example frå?" in office.text(FOUSAM)
    assert to_fousam(office, "Kari er i Haugesund kommune: kari@nettverk.example").verdict == (
        "answered"
    )
    assert leading(office, network="demens") == ["kari@nettverk.example"]
    assert leading(office, network="rehabilitering") == [ANNA]


def test_the_other_side_cannot_lead_beside_its_own_deputy(office: Office) -> None:
    office.reply(BODIL, f"Ny leiar er Kari Nordmann, {NEW}")
    assert to_fousam(office, "JA").verdict == "unclear"
    assert "kjem frå same side" in office.text(FOUSAM)
    assert leading(office) == [BODIL]


def test_the_deputy_takes_over_and_fousam_reads_that_there_is_none_now(office: Office) -> None:
    deputy = leading(office, DEPUTY)[0]
    with office.site.database.transaction() as tx:
        people.add_domain(tx, "stord.example", "4614")
    assert office.mail(deputy, "Kreft", "Bodil har slutta. Eg tek over som leiar.").verdict == (
        "suggested"
    )
    assert to_fousam(office, "Ja").verdict == "answered"
    assert leading(office) == [deputy]
    assert leading(office, DEPUTY) == []
    assert "Kreft har ingen nestleiar" in office.text(FOUSAM)


def test_a_no_leaves_the_leader_and_the_words_come_back(office: Office) -> None:
    office.reply(BODIL, "Ny leiar er Kari Nordmann, kari@fonna.example")
    assert to_fousam(office, "NEI. SU må vedta det først.").verdict == "answered"
    assert leading(office) == [BODIL]
    assert "same leiar som før" in office.text(FOUSAM)
    assert "SU må vedta det" in office.text(BODIL)


@pytest.mark.parametrize("words", ["Ja, når SU har vedteke det", "Ja, men spør kari@fonna.example"])
def test_a_yes_that_says_more_seats_nobody(office: Office, words: str) -> None:
    office.reply(BODIL, "Ny leiar er Kari Nordmann, kari@fonna.example")
    assert to_fousam(office, words).verdict == "unclear"
    assert leading(office) == [BODIL]


def test_without_proof_nobody_is_let_in(office: Office) -> None:
    office.reply(BODIL, "Ny leiar er Kari Nordmann, kari@fonna.example")
    assert to_fousam(office, "JA", aligned=False).verdict == "unproved_sender"
    assert leading(office) == [BODIL]


def test_a_leader_who_only_leaves_is_asked_about_as_before(office: Office) -> None:
    office.reply(BODIL, "Eg er ikkje lenger leiar for nettverket.")
    assert "Er dette ei levering?" in office.text(FOUSAM)
    assert to_fousam(office, "kari@fonna.example").verdict == "answered"
    assert leading(office) == ["kari@fonna.example"]


def test_fousam_itself_tells_of_a_new_leader_and_is_asked(office: Office) -> None:
    outcome = office.mail(
        FOUSAM, "Kreft", "Ny leiar for Kreft er Kari Nordmann, kari@fonna.example"
    )
    assert outcome.verdict == "suggested"
    assert to_fousam(office, "JA").verdict == "answered"
    assert leading(office) == ["kari@fonna.example"]


def test_from_a_day_ahead(office: Office) -> None:
    office.reply(BODIL, "Ny leiar frå 1. februar: Kari Nordmann, kari@fonna.example")
    assert "frå måndag 1. februar 2027" in office.text(FOUSAM)
    assert to_fousam(office, "JA").verdict == "answered"
    assert leading(office) == [BODIL]
    office.at = datetime(2027, 2, 1, 8, tzinfo=UTC)
    assert leading(office) == ["kari@fonna.example"]
