"""Letters that came back, as the commands show them; and several reminders that were one letter."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from engine.cli.program import run
from engine.report.table import oslo
from engine.service.upkeep.verifying import verified
from engine.store.contacts import register
from engine.store.mail_out import letters
from tests.integration.bounced import off, returned, templates
from tests.integration.office import COORDINATOR, EXPERTS, OWNER, PLATFORM, Office, new_office
from tests.integration.test_chasers import chased, opened


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def told(
    office: Office, capsys: pytest.CaptureFixture[str], *words: str, code: int = 0
) -> list[dict[str, object]]:
    capsys.readouterr()
    at = f"{office.at:%Y-%m-%dT%H:%M:%SZ}"
    assert run(["--site", str(office.site.folder), "--json", "--at", at, *words]) == code
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_lists_say_which_letter_came_back_and_which_address_gets_no_more(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.open()
    lost = office.last(PLATFORM)
    outcome = returned(office, lost)
    shown = {each["id"]: each for each in told(office, capsys, "letter", "list")}
    assert shown[lost.id]["state"] == "sent"
    assert shown[lost.id]["bounced"] == {
        "at": f"{office.at:%Y-%m-%dT%H:%M:%SZ}",
        "outcome": "hard",
        "status": "5.1.1",
        "reason": "550 5.1.1 It did not work",
        "mail": outcome.mail,
    }
    assert [each["bounced"] for id_, each in shown.items() if id_ != lost.id] == [None] * (
        len(shown) - 1
    )
    (one,) = told(office, capsys, "letter", "show", str(lost.id))
    assert one["bounced"] == shown[lost.id]["bounced"]
    holders = {each["email"]: each["suspended"] for each in told(office, capsys, "contact", "list")}
    assert [email for email, suspended in holders.items() if suspended] == [PLATFORM]
    faults = told(office, capsys, "contact", "check", code=1)
    assert PLATFORM in [each["address"] for each in faults if each["kind"] == "suspended"]
    (because,) = told(office, capsys, "request", "why", lost.request)
    assert "kom ikke fram" in json.dumps(because, ensure_ascii=False)
    assert told(office, capsys, "contact", "restore", PLATFORM)[0]["email"] == PLATFORM
    assert off(office) == set()
    (refused,) = told(office, capsys, "--lang", "nn", "contact", "restore", PLATFORM, code=1)
    assert refused == {"error": "not_found", "reasons": [f"Brev går alt til {PLATFORM}."]}


def test_an_absence_is_withdrawn_by_command(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    days = ("--from", "2026-09-08", "--until", "2026-09-15")
    told(office, capsys, "contact", "away", PLATFORM, *days)
    assert told(office, capsys, "contact", "away", PLATFORM, "--cancel") == [
        {
            "email": PLATFORM,
            "from": "2026-09-08",
            "until": "2026-09-15",
            "substitute": None,
            "cancelled": True,
        }
    ]
    (refused,) = told(office, capsys, "contact", "away", PLATFORM, "--cancel", code=1)
    assert refused["error"] == "refused"
    told(office, capsys, "contact", "away", PLATFORM, "--cancel", *days, code=2)
    told(office, capsys, "contact", "away", PLATFORM, code=2)


def test_reminders_that_left_as_one_letter_go_on_as_what_each_is_about(office: Office) -> None:
    opened(office, 3)
    *inside, carrier = chased(office)
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx,
            party_id="si",
            duty="subject_experts",
            email="ny@si.example",
            valid_from=date(2020, 1, 1),
        )
    returned(office, carrier)
    assert off(office) == {EXPERTS}
    went = [row for row in office.letters("ny@si.example") if row.template == "remind"]
    assert [row.request for row in went] == [row.request for row in inside]
    assert len({row.token for row in (*went, *inside)}) == 2 * len(inside)
    assert "undelivered" not in templates(office, COORDINATOR)
    first = went[0]
    headers = f"In-Reply-To: {first.message_id}\r\n"
    answer = office.mail("ny@si.example", "SV: Påminnelse", "INGEN MERKNADER", headers=headers)
    assert (answer.verdict, answer.request) == ("fired", first.request)


def test_a_letter_that_came_back_is_listed_so_and_can_be_sent_again(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    number = office.open()
    lost = office.last(PLATFORM)
    with office.site.database.reading() as tx:
        bytes_before = letters.stored_bytes(tx, lost.id)
    kept = next(each for each in office.letters(OWNER) if each.state == "sent")
    told(office, capsys, "letter", "retry", str(kept.id), code=1)
    office.later(minutes=1)
    returned(office, lost)
    capsys.readouterr()
    assert run(["--site", str(office.site.folder), "--lang", "nb", "letter", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Kom i retur" in lines[0]
    assert [line.split()[0] for line in lines if oslo(office.at) in line] == [str(lost.id)]
    office.later(minutes=1)
    (again,) = told(office, capsys, "letter", "retry", str(lost.id))
    assert again["state"] == "retry"
    told(office, capsys, "letter", "send")
    (row,) = (each for each in told(office, capsys, "letter", "list") if each["id"] == lost.id)
    assert (row["state"], row["bounced"]) == ("sent", None)
    with office.site.database.reading() as tx:
        assert letters.stored_bytes(tx, lost.id) == bytes_before
    told(office, capsys, "letter", "retry", str(lost.id), code=1)
    assert verified(office.site).ok
    assert office.state(number) == "submitted"
