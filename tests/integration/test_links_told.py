"""A dead link is told to coordinators once, stands where one looks, and moves nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.app import open_site
from engine.cli.program import run
from engine.service.morning.letter import write_morning
from engine.service.requests.show import link_of, one
from engine.service.upkeep.health import examined
from engine.service.upkeep.health_store import Finding
from engine.service.upkeep.verifying import verified
from tests.integration.linked import GONE, SILENT, shared
from tests.integration.office import COORDINATOR, PLATFORM, Office, new_office
from tests.integration.test_links_asked import ONE, OTHER, Asking

MORNING = datetime(2026, 9, 9, 5, 30, tzinfo=UTC)
"""07.30 in Oslo, two days after the office opens."""
DAY = timedelta(days=1)


@pytest.fixture
def asking(tmp_path: Path) -> Asking:
    return Asking(new_office(tmp_path / "site"))


def told(office: Office) -> list[str]:
    """What the newest morning letter says."""
    row = [each for each in office.letters(COORDINATOR) if each.template == "morning"][-1]
    return [line["text"] for line in row.variables["extra"]["lines"]]


def doctor(asking: Asking) -> list[Finding]:
    return [each for each in examined(asking.site, MORNING.date()) if each.check == "links"]


def failed_on_two_days(asking: Asking) -> list[str]:
    numbers = shared(asking.office, ONE, OTHER)
    asking.web.answers[ONE] = GONE
    asking.turn()
    asking.turn(days=1)
    return numbers


def test_it_is_told_once_by_itself_and_then_only_where_there_is_a_letter(asking: Asking) -> None:
    number, _ = failed_on_two_days(asking)
    site, office = asking.office.site, asking.office
    assert write_morning(site, MORNING) == 1
    link = (
        f"Lenke som ikke virker siden 7. september 2026: {number} «Kurs 1», {ONE} "
        "(serveren svarer 404)"
    )
    assert told(office) == [link]
    assert write_morning(site, MORNING + DAY) == 0
    office.at = MORNING + DAY + timedelta(hours=1)
    office.mail(PLATFORM, "Hei", "Hva mener dere?")
    assert write_morning(site, MORNING + 2 * DAY) == 1
    assert told(office) == [f"Ikke forstått, fra {PLATFORM}: «Hva mener dere?»", link]


def test_one_bad_day_is_told_to_nobody(asking: Asking) -> None:
    shared(asking.office, ONE, OTHER)
    asking.web.answers[ONE] = GONE
    asking.turn()
    assert write_morning(asking.office.site, MORNING) == 0
    (found,) = doctor(asking)
    assert (found.state, found.what) == (
        "ok",
        "2 links have been asked for, and none leads nowhere",
    )


def test_a_link_that_died_again_is_told_again(asking: Asking) -> None:
    failed_on_two_days(asking)
    assert write_morning(asking.office.site, MORNING) == 1
    del asking.web.answers[ONE]
    asking.turn(days=1)
    assert write_morning(asking.office.site, MORNING + DAY) == 0
    asking.web.answers[ONE] = GONE
    asking.turn(days=7)
    asking.turn(days=1)
    assert write_morning(asking.office.site, MORNING + 9 * DAY) == 1


def test_where_nothing_answers_it_is_our_own_network_and_no_news_of_any_course(
    asking: Asking,
) -> None:
    shared(asking.office, ONE, OTHER)
    asking.web.answers |= {ONE: SILENT, OTHER: SILENT}
    asking.turn()
    asking.turn(days=1)
    assert write_morning(asking.office.site, MORNING) == 0
    (found,) = doctor(asking)
    assert (found.state, found.what) == (
        "warning",
        "none of 2 links answers: does this machine reach the web?",
    )


def test_no_request_changes_by_it(asking: Asking) -> None:
    number, _ = failed_on_two_days(asking)
    write_morning(asking.office.site, MORNING)
    assert asking.office.events(number) == ["imported"]
    assert asking.office.state(number) == "shared"
    assert verified(asking.office.site).ok


def test_it_stands_with_the_request_and_with_the_doctor(asking: Asking) -> None:
    number, other = failed_on_two_days(asking)
    assert link_of(asking.site, one(asking.site, number)) == {
        "link": ONE,
        "state": "broken",
        "why": "link_status",
        "detail": "404",
        "checked_at": "2026-09-08T08:00:00Z",
        "failing_since": "2026-09-07T08:00:00Z",
    }
    found_there = link_of(asking.site, one(asking.site, other))
    assert found_there is not None
    assert found_there["state"] == "alive"
    (found,) = doctor(asking)
    assert (found.state, found.what) == (
        "warning",
        "1 links of shared courses lead nowhere: catalogue links",
    )


def test_a_request_without_a_link_has_none_and_one_never_asked_says_so(asking: Asking) -> None:
    without = asking.office.open()
    (number,) = shared(asking.office, ONE)
    assert link_of(asking.site, one(asking.site, without)) is None
    never = link_of(asking.site, one(asking.site, number))
    assert never is not None
    assert never["why"] == "link_not_yet"
    off = examined(asking.office.site, MORNING.date())
    assert not [each for each in off if each.check == "links"]


def test_the_commands_show_them_and_ask_when_told(
    asking: Asking, capsys: pytest.CaptureFixture[str]
) -> None:
    failed_on_two_days(asking)
    # Nothing on this machine is ever asked, so this one needs no web.
    shared(asking.office, "https://127.0.0.1/kurs", first=9)
    folder = str(asking.office.site.folder)
    asking.office.site.database.close()

    def said(*words: str) -> str:
        assert run(["--site", folder, "--at", "2026-09-09", *words]) == 0
        return capsys.readouterr().out

    rows = [json.loads(line) for line in said("--json", "catalogue", "links").splitlines()]
    assert [(row["link"], row["state"]) for row in rows] == [
        (ONE, "broken"),
        (OTHER, "alive"),
        ("https://127.0.0.1/kurs", None),
    ]
    text = said("--lang", "nn", "catalogue", "links")
    assert "verkar ikkje" in text
    assert "serveren svarar 404" in text
    assert "ikkje spurd enno" in text
    assert f"{ONE} (serveren svarer 404)" in said("request", "show", rows[0]["request"])
    site = open_site(asking.office.site.folder)
    with site.database, site.database.transaction() as tx:
        tx.define(
            ["UPDATE share SET ended_at = since WHERE request < (SELECT max(request) FROM share)"]
        )
    told = said("--json", "catalogue", "links", "--check")
    (row,) = [json.loads(line) for line in told.splitlines()]
    assert (row["state"], row["why"], row["detail"]) == ("unknown", "link_inside", "127.0.0.1")
    assert row["checked_at"] == "2026-09-09T06:00:00Z"
