"""Reports that were asked for under the first version of their routine go on under a later one."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

import workflows
from engine.app import open_site
from engine.service.deliver import deliver
from engine.service.time.sweep import sweep
from tests.integration.network_office import BODIL, FOUSAM, network_office
from tests.integration.office import Office
from tests.integration.test_cycle_deliver import with_file
from tests.integration.test_cycle_said import JANUARY, REPORT, answered, report_of

LATER = ("correct", "not_a_delivery", "not_a_correction")
"""The events that version 2 brought."""


def first_version(folder: Path) -> None:
    """The site's own network_report as it was before version 2."""
    text = (Path(workflows.__file__).parent / "network_report.yaml").read_text()
    for event in LATER:
        text = re.sub(rf"(?m)^  {event}:.*\n(?:    .*\n)+", "", text)
    for word in ("GODKJENT", "GODKJEND", "APPROVED"):
        text = text.replace(f"{word}, ", "")
    assert "GODK" not in text
    folder.mkdir(parents=True)
    (folder / "network_report.yaml").write_text(text.replace("version: 2", "version: 1"))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    own = tmp_path / "site" / "workflows"
    first_version(own)
    before = network_office(tmp_path / "site")
    before.at = datetime(2027, 1, 2, 8, tzinfo=UTC)
    sweep(before.site, before.at)
    before.site.database.close()
    shutil.rmtree(own)
    made = Office(open_site(tmp_path / "site"), at=JANUARY, written=100)
    sweep(made.site, made.at)
    deliver(made.site, made.at)
    return made


def test_a_correction_that_the_old_routine_has_no_event_for_comes_to_fousam(
    office: Office,
) -> None:
    office.mail(BODIL, "Rapport", REPORT.format(network="Kreft"))
    assert report_of(office, "Kreft").version == 1
    assert answered(office, FOUSAM, "network_delivered", "GODKJEND").verdict == "fired"
    outcome = answered(office, BODIL, "network_receipt", "Avvik (tal): 5")
    assert (outcome.verdict, outcome.events) == ("remark", ())
    assert "> Avvik (tal): 5" in office.text(FOUSAM)
    assert "FOUSAM har fått det du skreiv. Det du har levert, er ikkje endra." in office.text(BODIL)


def test_no_letter_offers_a_no_that_the_old_routine_does_not_know(office: Office) -> None:
    outcome = with_file(office, BODIL, "Sjå vedlegg.", "rapport-kreft.pdf", b"%PDF-1.7")
    assert outcome.verdict == "fired", outcome
    told = office.text(FOUSAM)
    assert "Det er ulese" in told
    assert "svar NEI" not in told
