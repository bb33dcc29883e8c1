"""An area of one's own, who takes part in it, who leads, and what SU asks of a network."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine.domain.area_file import Person, area_of
from engine.domain.networks.network import LEADER
from engine.errors import RefusedError, SettingsError
from engine.report.cycle_table import members_told
from engine.report.explaining import comes
from engine.service.networks import setting_up as service
from engine.service.networks.areas import set_up
from engine.service.networks.views import views
from engine.service.requests.show import one
from engine.service.time.sweep import sweep
from engine.store.contacts import networks
from engine.wording import sentence
from tests.integration.network_office import ANNA, BODIL, FOUSAM, network_office
from tests.integration.office import Office

AREA = """
id = "innlandet"
name = "Innlandet-området"
written_standard = "nb"
fousam = "Fagrådet"
su = "Strategisk utvalg"
municipalities = ["3405", "3403"]
[trust]
id = "si"
name = "Sykehuset Innlandet HF"
[[invited]]
id = "inn"
name = "Høgskolen i Innlandet"
"""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Three networks in Helse Fonna, in August."""
    return network_office(tmp_path / "site")


def leaders(office: Office, name: str) -> tuple[str, str]:
    (found,) = [v for v in views(office.site, office.at) if v.network.name == name]
    return found.leader, found.deputy


def test_the_same_leader_twice_goes_on_leading(office: Office) -> None:
    for _ in range(2):
        person = Person(email=BODIL, organisation="fonna")
        service.seat(office.site, "Kreft", person, office.at, duty=LEADER)
    assert leaders(office, "Kreft")[0] == f"{BODIL} (fonna)"
    office.later(days=3)
    service.seat(office.site, "Kreft", Person(email=BODIL, organisation="fonna"), office.at)
    assert leaders(office, "Kreft")[0] == f"{BODIL} (fonna)"


def test_nobody_from_outside_the_area_takes_part(office: Office) -> None:
    with pytest.raises(RefusedError) as refused:
        service.put_member(office.site, "Kreft", "0301", "Testperson Beta")
    (reason,) = refused.value.reasons
    assert reason.code == "organisation_outside_area"
    with pytest.raises(RefusedError) as unknown:
        service.put_member(office.site, "Kreft", "9999", "Testperson Beta")
    assert "bestilte" not in sentence(unknown.value.reasons[0], "nb")
    assert service.put_member(office.site, "Kreft", "hvl", "Testperson Beta").party == "hvl"
    with pytest.raises(RefusedError) as seat:
        service.seat(office.site, "Kreft", Person(email="x@hvl.example", organisation="hvl"),
                     office.at)  # fmt: skip
    assert "seat_is_for_the_sides" in {each.code for each in seat.value.reasons}


def test_an_area_of_ones_own_says_what_its_bodies_are_called(office: Office) -> None:
    with pytest.raises(SettingsError, match=r"«su» is missing; see docs/own-area\.md"):
        area_of(tomllib.loads(AREA.replace('su = "Strategisk utvalg"\n', "")), "a.toml")
    described = area_of(tomllib.loads(AREA), "a.toml")
    set_up(office.site, described, office.at, examples=False)
    fewer = area_of(tomllib.loads(AREA.replace(', "3403"', "")), "a.toml")
    area = set_up(office.site, fewer, office.at, examples=False)
    with office.site.database.reading() as tx:
        assert networks.areas(tx)["innlandet"] == area
    assert (area.municipalities, area.invited) == (("3405",), ("inn",))


def test_an_assignment_is_told_and_a_work_group_ends_by_itself(office: Office) -> None:
    task = service.add_task(
        office.site, "Kreft", "Kartlegg tilbodet", office.at, ends_on=date(2026, 12, 1),
        kind="assignment",
    )  # fmt: skip
    assert "Kartlegg tilbodet" in office.text(BODIL)
    assert "via FOUSAM" in office.text(BODIL)
    service.add_task(
        office.site, "Demens", "Felles rutine", office.at, ends_on=date(2026, 8, 25),
        kind="work_group",
    )  # fmt: skip
    office.at = datetime(2026, 8, 26, 8, tzinfo=UTC)
    sweep(office.site, office.at)
    sweep(office.site, office.at)
    told = [each for each in office.letters() if each.template == "network_task"]
    ended = [each.receiver for each in told if each.variables["extra"]["done"]]
    assert sorted(ended) == sorted({ANNA, FOUSAM, "nest@fonna.example"})
    service.finish_task(office.site, task.id, office.at)
    (view,) = [v for v in views(office.site, office.at) if v.network.name == "Kreft"]
    assert [each.done_on for each in view.tasks] == [date(2026, 8, 26)]


def test_an_assignment_whose_day_is_over_is_asked_about_once(office: Office) -> None:
    for text, day in (("Kartlegg tilbodet", 25), ("Samle rutinar", 25)):
        service.add_task(
            office.site, "Kreft", text, office.at, ends_on=date(2026, 8, day), kind="assignment"
        )
    for day in (25, 26, 26, 27):
        office.at = datetime(2026, 8, day, 8, tzinfo=UTC)
        sweep(office.site, office.at)
    asked = [row for row in office.letters(BODIL) if row.template == "network_task_over"]
    assert [row.variables["extra"]["text"] for row in asked] == [
        "Kartlegg tilbodet",
        "Samle rutinar",
    ]
    assert len([r for r in office.letters(FOUSAM) if r.template == "network_task_over"]) == 2
    assert "hadde frist tysdag 25. august 2026" in office.text(BODIL)


def test_gaps_are_named_only_where_members_are_known() -> None:
    assert "ikkje registrert" in members_told([], ["Karmøy", "Bømlo"], "nn")
    said = members_told(["Stord: Alfa"], ["Karmøy", "Bømlo"], "nn")
    assert said == "Stord: Alfa. Ingen peika ut frå Karmøy, Bømlo"


def test_a_plan_is_due_on_the_day_of_the_mandate(office: Office) -> None:
    office.at = datetime(2026, 9, 1, 7, tzinfo=UTC)
    sweep(office.site, office.at)
    view = one(office.site, "KD-2026-0001")
    assert {each.due for each in view.owed} == {datetime(2026, 11, 30, 23, tzinfo=UTC)}


def test_the_day_on_which_the_rollup_is_built_has_a_name() -> None:
    said = comes("fire", "build", (), "morning of built", "nn", into="utkast")
    assert "built" not in said
