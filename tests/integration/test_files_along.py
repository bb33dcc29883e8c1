"""Files that were asked for or are spoken of go along; the others are named."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from engine.service.mail.verdict import MailOutcome
from engine.service.morning.letter import write_morning
from tests.integration.office import (
    COORDINATOR,
    EXPERTS,
    OURS,
    OWNER,
    PLATFORM,
    SERVER,
    Office,
    new_office,
)

SENT = ("forside.png", "liste.xlsx", "notat.txt")
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def reply(office: Office, sender: str, body: str, **files: bytes) -> MailOutcome:
    letter, mail = office.last(sender), EmailMessage()
    office.written += 1
    domain = sender.partition("@")[2]
    mail["Authentication-Results"] = f"{SERVER}; dmarc=pass header.from={domain}"
    mail["From"], mail["To"], mail["Subject"] = sender, OURS, f"SV: {letter.subject}"
    mail["Message-ID"] = f"<f{office.written}@{domain}>"
    mail["In-Reply-To"] = letter.message_id
    mail.set_content(body)
    for name, content in files.items():
        mail.add_attachment(
            content, maintype="application", subtype="octet-stream",
            filename=name.replace("__", "."),
        )  # fmt: skip
    return office.take(mail.as_bytes())


def files(office: Office, receiver: str) -> dict[str, bytes]:
    """What went along with the newest letter, as it left."""
    letter = office.last(receiver)
    with office.site.database.reading() as tx:
        row = tx.one("letter_raw", {"of_letter": letter.id})
    assert row is not None
    read = email.message_from_bytes(bytes(row["raw"]), policy=email.policy.default)
    found = {str(e.get_filename()): e.get_payload(decode=True) for e in read.walk()}
    return {name: bytes(content) for name, content in found.items() if name in SENT}


def asked_for_a_picture(office: Office) -> str:
    number = office.open()
    office.reply(PLATFORM, "MANGLER: bilde til forsiden")
    return number


def test_a_picture_that_was_asked_for_goes_along(office: Office) -> None:
    number = asked_for_a_picture(office)
    assert reply(office, OWNER, "SEND", forside__png=PNG).verdict == "fired"
    assert office.state(number) == "submitted"
    assert files(office, PLATFORM) == {"forside.png": PNG}
    assert "Vedlagt: forside.png." in office.text(PLATFORM)
    assert "forside.png er sendt med" in office.text(OWNER)


def test_what_is_not_what_its_name_says_is_named_only(office: Office) -> None:
    asked_for_a_picture(office)
    reply(
        office, OWNER, "SEND", forside__png=b"<html><script>x</script>", liste__xlsx=b"PK\x03\x04"
    )
    assert files(office, PLATFORM) == {}
    text = office.text(PLATFORM)
    assert "ikke sendt videre: forside.png, liste.xlsx." in text
    assert "er ikke sendt videre" in office.text(OWNER)


def test_what_nobody_asked_for_or_speaks_of_is_named_only(office: Office) -> None:
    office.open()
    office.reply(PLATFORM, "MANGLER: tidsbruken")
    reply(office, OWNER, "Tidsbruk: 90 minutter", notat__txt=b"Hei")
    assert files(office, PLATFORM) == {}
    assert "notat.txt" in office.text(PLATFORM)


def test_an_experts_file_stays_within_their_own_organisation(office: Office) -> None:
    office.open(Unntak=None)
    office.reply("samhandling@si.example", "INGEN MERKNADER")
    reply(office, EXPERTS, "INGEN MERKNADER\n\nSe vedlegg.", notat__txt=b"Hemmelig")
    letters = [row for row in office.letters(PLATFORM) if row.variables["extra"].get("files")]
    assert letters == []


@pytest.mark.parametrize(
    ("command", "passes"), list({"true": True, "false": False, "no-such": False}.items())
)
def test_the_scanner_sees_each_file_first(tmp_path: Path, command: str, *, passes: bool) -> None:
    office = new_office(tmp_path / "site", mail__scan_command=command)
    asked_for_a_picture(office)
    reply(office, OWNER, "SEND", forside__png=PNG)
    assert (files(office, PLATFORM) == {"forside.png": PNG}) is passes
    office.later(days=1)
    write_morning(office.site, office.at)
    told = [r for r in office.letters(COORDINATOR) if r.template == "morning"][-1:]
    lines = [each["text"] for row in told for each in row.variables["extra"]["lines"]]
    assert any("virusskanneren" in line for line in lines) is not passes
