"""Networks as a secretariat keeps them: who may lead, what is refused, and what it looks like."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.app.routine_files import described
from engine.domain.area_file import Person
from engine.domain.networks.network import DEPUTY, LEADER
from engine.errors import RefusedError, SettingsError
from engine.service.networks import setting_up as service
from engine.service.networks.areas import set_up
from engine.service.networks.cycle_status import status
from engine.service.networks.views import views
from engine.service.register.contact_check import checked
from engine.service.time.sweep import sweep
from engine.store.contacts import networks, register
from engine.wording import sentence
from tests.integration.network_office import (
    ANNA,
    AREA,
    BEGIN,
    FOUSAM,
    line,
    names_in,
    network_office,
)
from tests.integration.office import Office, new_office

SEPTEMBER = datetime(2026, 9, 1, 7, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return network_office(tmp_path / "site")


def codes(work: Callable[[], object]) -> list[str]:
    """Why the work is refused."""
    with pytest.raises(RefusedError) as refused:
        work()
    return [reason.code for reason in refused.value.reasons]


def seated(office: Office, name: str, email: str, place: str, duty: str = LEADER) -> None:
    person = Person(email=email, organisation=place)
    service.seat(office.site, name, person, office.at, duty=duty)


def test_the_shipped_area_comes_with_its_municipalities_and_examples(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    area = set_up(office.site, described(AREA), BEGIN, examples=True)
    assert len(area.municipalities) == 16
    assert set_up(office.site, described(AREA), BEGIN, examples=True) == area
    found = views(office.site, BEGIN)
    assert len(found) == 6
    assert not [fault for each in found for fault in each.faults]
    assert service.priority(office.site, 2027, [])
    sweep(office.site, SEPTEMBER)
    with office.site.database.reading() as tx:
        assert not [fault for fault in checked(office.site, tx, SEPTEMBER.date()) if fault.party]


def test_leader_and_deputy_are_two_people_from_either_side(office: Office) -> None:
    # Demens has a deputy from the trust.
    one_side = codes(lambda: seated(office, "Demens", "ny@fonna.example", "fonna"))
    assert one_side == ["seats_of_one_side"]
    same = codes(lambda: seated(office, "Demens", ANNA, "fonna", DEPUTY))
    assert same == ["leader_is_deputy"]
    outside = codes(lambda: seated(office, "Demens", "ny@oslo.example", "0301"))
    assert outside == ["organisation_outside_area"]
    assert line_of(office, "Demens") == f"{ANNA} (1149)"
    office.later(days=1)
    seated(office, "Demens", "ny@stord.example", "Stord kommune")
    office.later(days=1)
    assert line_of(office, "Demens") == "ny@stord.example (4614)"
    with office.site.database.reading() as tx:
        led = [c for c in register.contacts(tx) if c.party == "demens" and c.duty == LEADER]
    assert [(c.email, c.valid_until is None) for c in led] == [
        (ANNA, False),
        ("ny@stord.example", True),
    ]


def line_of(office: Office, name: str) -> str:
    return next(each.leader for each in views(office.site, office.at) if each.network.name == name)


def test_what_is_unknown_closed_or_there_already_is_answered(office: Office) -> None:
    site, at = office.site, office.at
    day = date(2020, 1, 1)
    assert codes(lambda: described("helse-nord")) == ["area_unknown"]
    assert codes(lambda: service.add(site, "Ny", at, area="nord", decided_on=day)) == [
        "area_unknown"
    ]
    assert codes(lambda: service.add(site, "demens", at, decided_on=day)) == ["network_stands"]
    assert codes(lambda: service.close(site, "Ukjent", at)) == ["network_unknown"]
    assert codes(lambda: service.close(site, "Kreft", at, date(2000, 1, 1))) == ["not_decided_yet"]
    service.close(site, "Kreft", at)
    assert codes(lambda: service.close(site, "Kreft", at)) == ["network_closed"]
    office.later(days=2)
    assert codes(lambda: seated(office, "Kreft", "ny@fonna.example", "fonna")) == ["network_closed"]
    assert "Kreft" not in [each.network.name for each in views(site, office.at)]
    assert "Kreft" in [each.network.name for each in views(site, office.at, closed=True)]


def test_a_file_that_describes_no_area_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "nord.toml"
    file.write_text('id = "nord"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="describes no area") as refused:
        described(str(file))
    assert refused.value.reason is not None
    assert "Det mangler name, written_standard" in sentence(refused.value.reason, "nb")
    file.write_text("id = ", encoding="utf-8")
    with pytest.raises(SettingsError, match="cannot be read"):
        described(str(file))


def test_a_site_holds_several_areas_and_asks_which_one_is_meant(office: Office) -> None:
    other = described(AREA)
    nord = replace(
        other,
        area=replace(other.area, id="nord", name="Nord", fousam="Fagrådet", municipalities=()),
    )
    set_up(office.site, nord, office.at, examples=False)
    assert codes(lambda: status(office.site, 2027, office.at)) == ["several_areas"]
    service.add(office.site, "Sår", office.at, area="nord", decided_on=date(2020, 1, 1))
    assert [each.network.name for each in views(office.site, office.at, area="nord")] == ["Sår"]
    sweep(office.site, SEPTEMBER)
    found = status(office.site, 2027, SEPTEMBER, "nord")
    assert (found.lines[0].network.name, found.lines[0].punctual) == ("Sår", "waiting")
    assert len(status(office.site, 2027, SEPTEMBER, AREA).lines) == 6


def test_a_network_without_a_leader_is_seen_and_its_letters_go_to_the_next(office: Office) -> None:
    service.add(office.site, "Sår", office.at, decided_on=date(2020, 1, 1))
    sweep(office.site, SEPTEMBER)
    office.at = SEPTEMBER
    assert names_in(office, FOUSAM, "network_wanted") == ["Sår"]
    faults = [reason.code for reason in line(office, 2027, "plan", "Sår").faults]
    assert faults == ["network_without_leader", "network_without_deputy"]


def test_what_a_closed_network_owed_is_closed_with_it_but_not_for_a_year_that_is_over(
    office: Office,
) -> None:
    sweep(office.site, SEPTEMBER)
    office.at = datetime(2027, 1, 3, 8, tzinfo=UTC)
    sweep(office.site, office.at)
    service.close(office.site, "Kreft", office.at)
    sweep(office.site, office.at)
    plan = line(office, 2027, "plan", "Kreft").report
    report = line(office, 2026, "report", "Kreft").report
    assert (plan and plan.state, report and report.state) == ("closed", "not_delivered")


def test_a_network_that_began_after_the_deadline_owes_nothing_for_that_year(
    office: Office,
) -> None:
    office.at = datetime(2026, 12, 5, 8, tzinfo=UTC)
    service.add(office.site, "Sår", office.at, decided_on=date(2026, 12, 1))
    sweep(office.site, office.at)
    assert line(office, 2027, "plan", "Sår").report is None
    assert line(office, 2027, "plan", "Kreft").report is not None


def test_assignments_work_groups_and_named_members_are_kept(office: Office) -> None:
    until = office.at.date() + timedelta(days=90)
    task = service.add_task(
        office.site, "Demens", "Kartlegg", office.at, ends_on=until, kind="work_group"
    )
    past = codes(
        lambda: service.add_task(
            office.site, "Demens", "X", office.at, ends_on=date(2020, 1, 1), kind="assignment"
        )
    )
    assert past == ["day_past"]
    service.put_member(office.site, "Demens", "Stord kommune", "Testperson Beta")
    (view,) = [each for each in views(office.site, office.at) if each.network.name == "Demens"]
    assert [each.text for each in view.tasks] == ["Kartlegg"]
    assert {each.party: each.named for each in view.members}["4614"] == "Testperson Beta"
    with office.site.database.transaction() as tx:
        networks.task_done(tx, task.id, office.at.date())
        assert networks.tasks(tx, "demens")[0].done_on == office.at.date()
