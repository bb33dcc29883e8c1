"""The site's key is renewed in the middle of a thread, and later retired."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.app.keyring import keys_of, renew_key, retire_key
from engine.calendar import oslo_day
from engine.cli.program import run
from engine.service.upkeep.health import examined
from engine.store.mail_out.letters import LetterRow
from tests.integration.office import PLATFORM, Office, new_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def renewed(office: Office) -> str:
    """The name of the key before."""
    renew_key(office.site.folder, oslo_day(office.at))
    return keys_of(office.site.folder)[-2].name


def answer(office: Office, letter: LetterRow, words: str, *, token: bool = False) -> str:
    """The verdict on an answer to `letter` that has no other proof than that."""
    headers = "" if token else f"In-Reply-To: {letter.message_id}\r\n"
    subject = f"SV: [{letter.request}.{letter.token}]" if token else "SV"
    return office.mail(PLATFORM, subject, words, headers=headers, aligned=False).verdict


@pytest.mark.parametrize("token", [False, True], ids=["by Message-ID", "by the subject's token"])
def test_a_thread_goes_on_over_a_change_of_keys(office: Office, token: bool) -> None:
    number = office.open()
    first = office.last(PLATFORM)
    renewed(office)

    assert answer(office, first, "MOTTATT", token=token) == "fired"
    second = office.last(PLATFORM)
    assert answer(office, second, "GODTATT", token=token) == "fired"
    assert office.state(number) == "accepted"
    assert answer(office, first, "STATUS", token=token) == "answered"


@pytest.mark.parametrize(("token", "verdict"), [(False, "unclear"), (True, "unproved_sender")])
def test_letters_of_a_retired_key_prove_nothing_and_later_ones_do(
    office: Office, token: bool, verdict: str
) -> None:
    number = office.open()
    first = office.last(PLATFORM)
    old = renewed(office)
    answer(office, first, "MOTTATT")
    second = office.last(PLATFORM)
    retire_key(office.site.folder, old)

    assert answer(office, first, "GODTATT", token=token) == verdict
    assert office.state(number) == "received"
    assert answer(office, second, "GODTATT", token=token) == "fired"


def test_doctor_tells_when_the_key_of_our_own_letters_is_not_here(office: Office) -> None:
    def states() -> list[str]:
        day = oslo_day(office.at)
        return [each.state for each in examined(office.site, day) if each.check == "signing.key"]

    assert states() == ["ok"]
    office.open()
    assert states() == ["ok"]
    retire_key(office.site.folder, renewed(office))
    assert states() == ["broken"]
    office.open(Kursets_kortnavn="SI-FALL2", Fullt_navn_på_kurset="Fall 2")
    assert states() == ["ok"]


def test_keys_are_renewed_and_retired_by_command(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(*words: str) -> tuple[int, list[dict[str, object]]]:
        code = run(["--site", str(office.site.folder), "--json", "--at", "2027-01-04", *words])
        return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    (old,) = keys_of(office.site.folder)
    code, (made,) = told("key", "renew")
    assert (code, made["signs"], made["remark"]) == (0, True, "2027-01-04")
    _, rows = told("key", "list")
    assert [(row["key"], row["signs"]) for row in rows] == [(old.name, False), (made["key"], True)]

    assert told("key", "retire", str(made["key"]))[0] == 1
    assert told("key", "retire", old.name) == (0, [])
    assert [each.name for each in keys_of(office.site.folder)] == [made["key"]]
