"""A coordinator registers whoever wrote a stored message, without typing the address."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli.given import Given
from engine.cli.groups.contact import add
from engine.cli.program import run
from engine.errors import RefusedError
from engine.service import receive
from engine.service.answering.writer import writer_of
from engine.service.register import contacts
from tests.integration.office import EXPERTS, Office, new_office

COLLEAGUE = "ny@si.example"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def test_a_colleague_who_answered_gets_the_duty_that_the_letter_went_to(office: Office) -> None:
    office.open(Unntak=None)
    headers = f"In-Reply-To: {office.last(EXPERTS).message_id}\r\n"
    before = office.mail(COLLEAGUE, "SV: kurset", "Vi ser på det.", headers=headers)
    writer = writer_of(office.site, before.mail, office.at)
    assert (writer.party, writer.duty, writer.email) == ("si", "subject_experts", COLLEAGUE)
    ((_, new),) = contacts.add(office.site, [writer], office.at)
    assert new
    again = receive.retry(office.site, before.mail, office.at)
    assert (before.verdict, again.verdict) == ("newcomer", "remark")


def test_the_mail_of_whoever_is_registered_so_is_judged_anew(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    number = office.open(Unntak=None)
    headers = f"In-Reply-To: {office.last(EXPERTS).message_id}\r\n"
    mail = office.mail(COLLEAGUE, "SV: kurset", "Vi ser på det.", headers=headers).mail
    site = ["--site", str(office.site.folder), "--at", office.at.isoformat(), "--json"]

    assert run([*site, "contact", "add", "--from-mail", str(mail)]) == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["email"], told["new"]) == (COLLEAGUE, True)
    assert (told["mail"], told["verdict"], told["request"]) == (mail, "remark", number)


def test_nobody_is_registered_whose_duty_the_mail_does_not_show(office: Office) -> None:
    mail = office.mail("noen@gmail.example", "Hei", "Kan jeg være med?").mail
    with pytest.raises(RefusedError) as refused:
        writer_of(office.site, mail, office.at)
    assert [each.code for each in refused.value.reasons] == ["mail_of_no_duty"]


@pytest.mark.parametrize(
    "arguments", [[], ["si", "elearning"], ["--from-mail", "1", "si"], ["--from-mail", "x"]]
)
def test_half_of_what_a_holder_needs_is_wrong_usage(arguments: list[str]) -> None:
    assert CliRunner().invoke(add, arguments, obj=Given()).exit_code == 2
