"""A new site sends nothing until a human says so: from `init` to the first letter that leaves."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.acceptance.site import CONTACTS, OURS, OWNER, PLATFORM, Program, mail, run

COORDINATOR = "koordinator@kursdeling.example"
THURSDAY = "2026-03-05T10:00"
FRIDAY = "2026-03-06T07:30"
"""The morning after, in Oslo."""


@pytest.fixture
def new(tmp_path: Path) -> Program:
    """A site as the README makes one, with contacts and an agreement, and one mail taken."""
    folder = tmp_path / "my-site"
    made = run(
        "init", str(folder), f"--set=mail.addresses={OURS}",
        "--set=mail.trusted_servers=mx.kursdeling.example",
    )  # fmt: skip
    assert made.code == 0, made.err
    contacts = tmp_path / "contacts.csv"
    contacts.write_text(CONTACTS, encoding="utf-8")
    program = Program(folder=folder, at=THURSDAY, apart=True)
    program.done("contact", "import", str(contacts))
    program.done("agreement", "add", "--from", "2026-01-01", "--to", "2027-01-01")
    return program


def outbox(program: Program) -> list[EmailMessage]:
    """Every letter that has left the site."""
    files = sorted(
        (program.folder / "outbox").rglob("*.eml"), key=lambda file: file.stat().st_mtime
    )
    return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in sorted(files)]


def test_nothing_leaves_a_new_site_until_a_letter_is_released_by_command(new: Program) -> None:
    new.opened()
    assert new.one("tick", at="2026-03-05T23:00")["letters"] == {}
    first, *others = new.list("letter", "list")
    assert {row["state"] for row in (first, *others)} == {"held"}
    assert outbox(new) == []

    new.done("letter", "release", str(first["id"]))
    assert new.one("tick", at="2026-03-05T23:30")["letters"] == {"sent": 1}
    (left,) = outbox(new)
    assert left["To"] == first["to"]


def test_a_coordinator_releases_the_first_letters_by_answering_the_morning_letter(
    new: Program,
) -> None:
    new.opened()
    assert new.one("tick", at="2026-03-06T07:29")["letters"] == {}
    assert new.one("tick", at=FRIDAY)["letters"] == {"sent": 1}
    (morning,) = outbox(new)
    assert morning["To"] == COORDINATOR
    text = str(morning.get_body(("plain",)).get_content())  # type: ignore[union-attr]  # it has one
    assert f"1. Holdt brev til {PLATFORM}" in text
    assert "«SLIPP ALLE»" in text

    answer = mail(
        body="SLIPP ALLE",
        subject=f"SV: {morning['Subject']}",
        sender=COORDINATOR,
        name="slipp",
        more=f"In-Reply-To: {morning['Message-ID']}",
    )
    assert new.take(answer, at="2026-03-06T08:00")["verdict"] == "answered"
    assert new.one("tick", at="2026-03-06T08:00")["letters"] == {"sent": 3}
    assert {letter["To"] for letter in outbox(new)} == {COORDINATOR, PLATFORM, OWNER}


def test_a_pause_keeps_everything_back_until_letters_may_leave_again(program: Program) -> None:
    program.opened()
    paused = program.one("letter", "pause", "--reason", "feil lenke")
    assert (paused["paused"], paused["reason"]) == (True, "feil lenke")
    assert program.one("tick")["letters"] == {}
    assert program.one("letter", "resume")["paused"] is False
    assert program.one("tick")["letters"] == {"sent": 2}
