"""A whole year of the networks, from the opening to the roll-up and the year after it."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.errors import RefusedError
from engine.model import LANGUAGES
from engine.report.letter_documents import SIGNED
from engine.service.acts.commands import fire
from engine.service.letters.posting import envelope_of
from engine.service.mail.verdict import MailOutcome
from engine.service.networks.cycle_commands import open_year, opening_later
from engine.service.networks.cycle_status import status
from engine.service.time.sweep import sweep
from tests.integration import postgres
from tests.integration.network_office import ANNA, BODIL, FOUSAM, SU, line, network_office
from tests.integration.office import OURS, Office


def reply_to(office: Office, sender: str, template: str, body: str) -> MailOutcome:
    """An answer to the sender's newest letter from `template`."""
    letter = next(row for row in reversed(office.letters(sender)) if row.template == template)
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    return office.mail(sender, f"SV: {letter.subject}", body, headers=headers)


def test_a_year_is_opened_by_command_and_once_only(tmp_path: Path) -> None:
    office = network_office(tmp_path / "site")
    assert len(open_year(office.site, 2027, office.at)) == 3
    assert open_year(office.site, 2027, office.at) == ()
    assert [day.isoformat() for _, day in opening_later(office.site, 2027, office.at)] == [
        "2028-01-02",
        "2028-01-02",
    ]
    with pytest.raises(RefusedError) as far:
        open_year(office.site, 2030, office.at)
    assert [each.code for each in far.value.reasons] == ["year_too_far"]
    # Nobody plans a year that is over.
    office.at = datetime(2028, 1, 3, 8, tzinfo=UTC)
    assert {each.workflow for each in open_year(office.site, 2027, office.at)} == {
        "network_report",
        "su_rollup",
    }


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_whole_year_comes_round(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """In time, late, no activity and missing; sent, supplemented, and closed a year later."""
    settings = {}
    if kind == "postgresql":
        server = request.getfixturevalue("postgresql_server")
        settings["database"] = postgres.new_database(server, "year")
    office = network_office(tmp_path / "site", **settings)
    office.at = datetime(2027, 1, 2, 8, tzinfo=UTC)
    sweep(office.site, office.at)
    assert reply_to(office, BODIL, "network_wanted", "Ingen aktivitet").verdict == "fired"
    office.at = datetime(2027, 2, 5, 8, tzinfo=UTC)
    sweep(office.site, office.at)
    report = "Nettverk: Demens\nRapport for år: 2026\nTiltak: Kurs\nStatus: Delvis\nAvvik: 3"
    late = office.mail(ANNA, "Rapport", report)
    assert late.verdict == "fired"
    assert line(office, 2026, "report", "Demens").punctual == "late"
    assert line(office, 2026, "report", "Kreft").punctual == "in_time"
    assert line(office, 2026, "report", "Rehabilitering").punctual == "missing"
    office.at = datetime(2027, 2, 26, 8, tzinfo=UTC)
    sweep(office.site, office.at)
    assert reply_to(office, FOUSAM, "rollup_waits", "LÅS").events == (("lock", "draft", "locked"),)
    sent = office.reply(FOUSAM, "SEND")
    assert sent.events == (("send", "locked", "sent"),)
    assert office.last(SU).template == "rollup_sent"
    sweep(office.site, office.at)
    missing = line(office, 2026, "report", "Rehabilitering").report
    assert missing is not None
    assert missing.state == "missing_in_rollup"
    assert office.last(ANNA).template == "network_missing"
    office.later(days=10)
    supplement = reply_to(
        office, ANNA, "network_missing", report.replace("Demens", "Rehabilitering")
    )
    assert supplement.events == (("deliver_late", "missing_in_rollup", "received"),)
    assert office.last(SU).template == "network_delivered_late"
    office.site.database.close()


def test_what_is_missing_closes_when_the_next_roll_up_is_sent(tmp_path: Path) -> None:
    office = network_office(tmp_path / "site")
    for year in (2026, 2027):
        office.at = datetime(year + 1, 1, 2, 8, tzinfo=UTC)
        open_year(office.site, year, office.at)
        office.at = datetime(year + 1, 2, 20, 8, tzinfo=UTC)
        sweep(office.site, office.at)
        view = status(office.site, year, office.at)
        assert view.rollup is not None
        for event in ("lock", "send"):
            fire(office.site, view.rollup.number, event, email=FOUSAM, at=office.at)
        sweep(office.site, office.at)
    found = line(office, 2026, "report", "Kreft").report
    assert (found and found.state) == "closed"
    found = line(office, 2027, "report", "Kreft").report
    assert (found and found.state) == "missing_in_rollup"


def test_letters_go_in_the_secretarys_name_from_the_sites_own_address(tmp_path: Path) -> None:
    office = network_office(tmp_path / "site")
    sweep(office.site, datetime(2026, 9, 1, 7, tzinfo=UTC))
    office.at = datetime(2026, 11, 20, 8, tzinfo=UTC)
    sweep(office.site, office.at)
    asked, shown = office.last(ANNA), office.last(FOUSAM)
    headers = email.message_from_bytes(
        office.site.letters.render(envelope_of(asked)), policy=email.policy.default
    )
    (sender,) = headers["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Testperson Alfa, FOUSAM", OURS)
    assert "Helsing Testperson Alfa, FOUSAM" in office.text(ANNA)
    assert shown.template == "network_batch"
    assert "desse måndag 23. november 2026" in office.text(FOUSAM)
    ours = email.message_from_bytes(office.site.letters.render(envelope_of(shown)))
    assert "Alfa" not in ours["From"]


def test_the_letters_that_are_signed_are_those_that_go_in_the_secretarys_name() -> None:
    for language in LANGUAGES:
        folder = Path(__file__).parents[2] / "notifiers" / "templates" / language
        texts = {file.stem: file.read_text(encoding="utf-8") for file in folder.glob("*.txt")}
        assert {name for name, text in texts.items() if "net.signed()" in text} == SIGNED
