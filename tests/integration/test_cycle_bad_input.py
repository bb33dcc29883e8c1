"""What people get wrong in the year of the networks: each gets its answer, or stands in the table
as what it is. The wrong year, an empty form and strangers are in test_cycle_deliver.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine.domain.networks.network import DEPUTY
from engine.errors import RefusedError
from engine.service.networks import setting_up as service
from engine.service.networks.cycle_commands import open_year
from engine.service.networks.cycle_status import status
from engine.service.networks.rollup import view
from engine.service.time.sweep import sweep
from engine.store.contacts import networks, register
from tests.integration.network_office import (
    ANNA,
    AREA,
    BODIL,
    DEPUTIES,
    FOUSAM,
    line,
    network_office,
)
from tests.integration.office import Office, new_office
from tests.integration.test_cycle_deliver import form


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """The plans for 2027 are open since 1 September."""
    office = network_office(tmp_path / "site")
    sweep(office.site, datetime(2026, 9, 1, 7, tzinfo=UTC))
    office.at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    return office


def faults(office: Office, name: str, year: int = 2027, kind: str = "plan") -> list[str]:
    return [reason.code for reason in line(office, year, kind, name).faults]


def refused(work: Callable[[], object]) -> list[str]:
    with pytest.raises(RefusedError) as error:
        work()
    return [reason.code for reason in error.value.reasons]


def test_a_plan_that_comes_twice_is_a_second_version_and_the_first_time_stands(
    office: Office,
) -> None:
    first = office.reply(BODIL, form())
    office.later(days=20)
    again = office.reply(BODIL, form())
    assert (first.request, again.verdict) == (again.request, "fired")
    assert "versjon 2" in office.text(BODIL)
    assert line(office, 2027, "plan", "Kreft").punctual == "in_time"


def test_a_plan_while_no_priority_areas_are_decided_waits_for_them(office: Office) -> None:
    with office.site.database.transaction() as tx:
        networks.set_priority_areas(tx, AREA, 2027, [])
    office.reply(BODIL, form())
    assert faults(office, "Kreft") == ["no_priority_areas"]
    assert status(office.site, 2027, office.at).priority_areas == ()
    assert "ikkje registrert satsingsområde for 2027" in office.text(FOUSAM)
    assert [each.code for each in office.reply(FOUSAM, "GODKJEND").reasons] == ["no_priority_areas"]
    service.priority(office.site, 2027, ["Tidleg innsats"])
    assert faults(office, "Kreft") == []
    assert office.reply(FOUSAM, "GODKJEND").verdict == "fired"


def test_an_unknown_priority_area_and_totals_that_contradict_stand_in_the_table(
    office: Office,
) -> None:
    office.reply(BODIL, f"{form(area='Månen')}Tiltak i alt: 7")
    assert faults(office, "Kreft") == ["unknown_priority_area", "totals_differ"]
    assert "7 tiltak i alt" in office.text(FOUSAM)
    said = office.reply(FOUSAM, "GODKJEND")
    assert {each.code for each in said.reasons} == {"unknown_priority_area", "totals_differ"}
    assert office.state(said.request) == "delivered"


def test_what_the_mandate_names_and_the_plan_does_not_is_a_warning_and_hinders_nothing(
    office: Office,
) -> None:
    office.reply(BODIL, form())
    assert [each.code for each in line(office, 2027, "plan", "Kreft").warnings] == [
        "sections_missing"
    ]
    assert "ikkje noko om gradvis overføring" in office.text(BODIL)
    assert "ikkje noko om gradvis overføring" in office.text(FOUSAM)
    assert office.reply(FOUSAM, "GODKJEND").verdict == "fired"


def test_two_reports_from_one_network_are_two_versions_of_one_line(office: Office) -> None:
    office.at = datetime(2027, 1, 4, 9, tzinfo=UTC)
    sweep(office.site, office.at)
    report = "Nettverk: Demens\nRapport for år: 2026\nTiltak: {}\nResultat: utført\nAvvik: 1"
    for sender, text in ((ANNA, "Kurs"), (DEPUTIES, "Fagdag")):
        assert office.mail(sender, "Rapport", report.format(text)).verdict == "fired"
    found = view(office.site, 2026).rollup
    (told,) = [each for each in found.lines if each.name == "Demens"]
    assert (told.deviations, told.measures and told.measures["done"], found.networks) == (1, 1, 3)
    assert view(office.site, 2026).faults == ()


def test_a_network_without_a_leader_is_told_of_and_its_deputy_is_asked(office: Office) -> None:
    with office.site.database.transaction() as tx:
        register.end_contact(tx, BODIL, date(2026, 11, 21))
    office.at = datetime(2026, 11, 23, 8, tzinfo=UTC)
    sweep(office.site, office.at)
    assert faults(office, "Kreft") == ["network_without_leader"]
    assert office.last("kreft@stord.example").template == "network_reminder"


def test_leader_and_deputy_from_one_side_stand_in_the_table(office: Office) -> None:
    with office.site.database.transaction() as tx:
        (deputy,) = [
            each for each in register.contacts(tx) if each.party == "kreft" and each.duty == DEPUTY
        ]
        networks.put_seat(tx, deputy.id, "fonna")
    assert faults(office, "Kreft") == ["seats_of_one_side"]


def test_a_site_without_networks_is_told_how_to_get_some(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    assert refused(lambda: status(office.site, 2026, office.at)) == ["no_area"]
    assert refused(lambda: open_year(office.site, 2026, office.at)) == ["no_area"]
    assert refused(lambda: view(office.site, 2026)) == ["no_area"]
    bare = network_office(tmp_path / "other")
    for name in ("Demens", "Kreft", "Rehabilitering"):
        service.close(bare.site, name, bare.at)
    assert refused(lambda: open_year(bare.site, 2026, bare.at)) == ["no_network"]


def test_a_word_in_answer_to_a_letter_about_several_networks_moves_none_of_them(
    office: Office,
) -> None:
    for name in ("Demens", "Rehabilitering"):
        office.mail(ANNA, "Plan", form(name))
    office.at = datetime(2026, 12, 4, 9, tzinfo=UTC)
    sweep(office.site, office.at)
    asked = [each for each in office.letters(FOUSAM) if each.template == "network_waits"][-1]
    headers = f"In-Reply-To: {asked.message_id}\r\n"
    answer = office.mail(FOUSAM, f"SV: {asked.subject}", "GODKJEND", headers=headers)
    assert answer.verdict == "unclear"
    assert "gjeld fleire nettverk: Demens" in office.text(FOUSAM)
    for name in ("Demens", "Rehabilitering"):
        report = line(office, 2027, "plan", name).report
        assert (report and report.state) == "delivered"
