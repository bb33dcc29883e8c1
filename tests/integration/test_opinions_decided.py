"""Once all who are asked have answered, the opener has deadlines of their own, and may send it on
with what was said.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import rmtree

import pytest

from engine.app import open_site
from engine.service.requests.listing import lines
from engine.service.requests.show import request_document
from engine.service.time.simulate import simulate
from engine.service.time.sweep import sweep
from engine.service.upkeep.verifying import verified
from engine.store.cases import timers
from tests.integration.office import EXPERTS, LIAISON, OWNER, PLATFORM, Office, new_office
from tests.integration.test_opinions_to_read import (
    LETTER_TO_KS,
    ROUTINES,
    VETO,
    answered,
    consulted,
    lending_office,
    told,
    version,
    waited_for,
    write,
)
from tests.integration.version_1 import write_first_versions


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = lending_office(tmp_path / "site")
    yield made
    made.site.database.close()


def pass_days(office: Office, days: int) -> None:
    for _ in range(days):
        office.later(days=1)
        sweep(office.site, office.at)


def armed(office: Office, number: str) -> list[tuple[str, tuple[str, ...]]]:
    with office.site.database.reading() as tx:
        return [(each.action, each.roles) for each in timers.armed(tx, number)]


@pytest.mark.parametrize("routine", ROUTINES)
def test_the_opener_is_reminded_and_warned_and_then_it_is_closed(
    office: Office, routine: str
) -> None:
    number = consulted(office, routine)
    pass_days(office, 3)
    answered(office, number)
    (waiting,) = request_document(office.site, number, office.at)["waiting_on"]
    assert (waiting["since"], waiting["due"]) == ("2026-09-10T08:00:00Z", "2026-09-17T08:00:00Z")
    (line,) = lines(office.look(), office.at)
    assert line.document()["waiting_on"] == [waiting]
    assert {roles for _, roles in armed(office, number)} <= {(), ("owner",), ("borrower",)}
    said = told(office, OWNER, "opinion_given")[-1]
    assert "torsdag 17. september" in said
    assert "Uten svar innen" in said
    pass_days(office, 59)
    templates = [row.template for row in office.letters(OWNER)]
    assert templates.count("held_back") == 3
    assert templates.count("lapse_warning") == 1
    assert "Svar SEND (KS Læring får da bare vite" in told(office, OWNER, "lapse_warning")[0]
    assert "go_on_without_opinions" not in templates
    assert told(office, EXPERTS, "remind") == told(office, LIAISON, "remind") == []
    assert office.state(number) == "consulting"
    pass_days(office, 2)
    assert office.state(number) == "withdrawn"
    assert office.last(OWNER).template == "request_lapsed"
    assert office.letters(PLATFORM) == []
    assert verified(office.site).broken == ()


def test_what_is_taken_back_gives_the_others_their_deadlines_again(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__undo_minutes="15")
    number = consulted(office, "hf_to_ks")
    before = armed(office, number)
    write(office, number, LIAISON, "INGEN MERKNADER")
    write(office, number, EXPERTS, f"UTTALELSE: {VETO}")
    assert armed(office, number) != before
    assert write(office, number, EXPERTS, "ANGRE") == "fired"
    assert armed(office, number) == before
    assert verified(office.site).broken == ()


@pytest.mark.parametrize("routine", ROUTINES)
@pytest.mark.parametrize(
    "said", ["SEND MED UTTALELSER", "Send med fråsegner", "SUBMIT WITH OPINIONS."]
)
def test_the_opinions_travel_where_the_opener_says_so(
    office: Office, routine: str, said: str
) -> None:
    number = consulted(office, routine)
    answered(office, number, liaison="Personnummer 01019012480 er nevnt i kurset.")
    assert office.reply(OWNER, said).verdict == "fired"
    assert office.state(number) == "submitted"
    (text,) = told(office, PLATFORM, LETTER_TO_KS[routine])
    assert f"> {VETO}" in text
    assert "01019012480" not in text
    write(office, number, PLATFORM, "MANGLER: lisens")
    write(office, number, OWNER, "Lisens: CC BY 4.0")
    assert f"> {VETO}" in told(office, PLATFORM, LETTER_TO_KS[routine])[-1]
    write(office, number, OWNER, "TREKK")
    assert office.last(PLATFORM).template == "request_withdrawn"


def test_opinions_cannot_travel_before_there_are_any_or_all_have_answered(office: Office) -> None:
    number = consulted(office, "hf_to_ks")
    assert write(office, number, OWNER, "SEND MED UTTALELSER") == "refused"
    assert "Ingen av dem som ble spurt" in office.text(OWNER)
    write(office, number, EXPERTS, f"UTTALELSE: {VETO}")
    assert write(office, number, OWNER, "SEND MED UTTALELSER") == "refused"
    assert office.state(number) == "consulting"


def test_it_is_told_in_the_simulation_of_what_comes(office: Office) -> None:
    number = consulted(office, "hf_to_ks")
    answered(office, number)
    coming = simulate(office.site, office.at, office.at + timedelta(days=70))
    ours = [each for each in coming if each.request == number]
    assert [each.event for each in ours if each.action == "fire"] == ["give_up"]
    assert [each.action for each in ours].count("remind") == 3


def test_a_request_of_version_1_stops_too_and_goes_on_at_the_openers_word(tmp_path: Path) -> None:
    own = tmp_path / "site" / "workflows"
    write_first_versions(own)
    before = new_office(tmp_path / "site")
    number = consulted(before, "hf_to_ks")
    before.site.database.close()
    rmtree(own)
    office = Office(open_site(tmp_path / "site"), at=before.at, written=100)
    write(office, number, EXPERTS, f"UTTALELSE: {VETO}")
    write(office, number, LIAISON, "INGEN MERKNADER")
    assert (office.state(number), version(office, number)) == ("consulting", 1)
    assert waited_for(office, number) == ["elearning"]
    text = office.text(OWNER)
    assert (
        "det avgjør dere. Svar SEND (KS Læring får da bare vite at begge er spurt), TREKK" in text
    )
    assert "SEND MED UTTALELSER" not in text
    pass_days(office, 9)
    assert office.last(OWNER).template == "held_back"
    assert write(office, number, OWNER, "SEND MED UTTALELSER") != "fired"
    assert write(office, number, OWNER, "SEND") == "fired"
    assert office.state(number) == "submitted"
    assert VETO not in office.text(PLATFORM)
    assert verified(office.site).broken == ()


def test_a_correction_and_send_in_one_mail_are_told_as_one_thing(office: Office) -> None:
    number = consulted(office, "hf_to_ks")
    write(office, number, EXPERTS, "UTTALELSE: Kapittel 2 er tynt")
    write(office, number, LIAISON, "INGEN MERKNADER")
    assert write(office, number, OWNER, "Tidsbruk: 50 min\n\nSEND") == "fired"
    assert office.state(number) == "submitted"
    text = office.text(OWNER)
    assert "er sendt til KS Læring" in text
    assert "ikke sendt" not in text
    assert "Svar SEND" not in text


@pytest.mark.parametrize(
    "word", ["Send uten uttalelser", "SEND UTAN FRÅSEGNER", "Send uten uttalelsene."]
)
def test_send_without_the_opinions_is_send(office: Office, word: str) -> None:
    number = consulted(office, "hf_to_ks")
    write(office, number, EXPERTS, "UTTALELSE: Kapittel 2 er tynt")
    write(office, number, LIAISON, "INGEN MERKNADER")
    assert write(office, number, OWNER, word) == "fired"
    assert office.events(number)[-1] == "submit"
