"""A letter's subject is stored when the letter is written; what lists letters reads it alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.ports import Envelope, Letters
from engine.service import receive
from engine.service.deliver import deliver
from engine.service.upkeep.verifying import verified
from engine.store.mail_out import letters
from engine.store.mail_out.letters import LetterRow
from tests.integration.office import OWNER, SUBJECT, Office, form, new_office


@dataclass
class Broken:
    """Letters of which no subject and no text can be written."""

    real: Letters

    def subject(self, envelope: Envelope) -> str:
        raise ValueError(f"no subject for {envelope.template}")

    def __getattr__(self, name: str) -> object:
        return getattr(self.real, name)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def listed(office: Office) -> tuple[LetterRow, ...]:
    with office.site.database.reading() as tx:
        return letters.listed(tx)


def judged(office: Office) -> str:
    """The number of a request that a mail has opened; nothing has been handed over yet."""
    raw = office.raw(OWNER, SUBJECT, form())
    mail = receive.take(office.site, raw, "test", office.at)
    return receive.handle(office.site, mail, office.at).request


def test_a_letter_has_its_subject_with_number_and_token_from_the_start(office: Office) -> None:
    number = judged(office)
    rows = listed(office)
    assert {row.state for row in rows} == {"waiting"}
    assert len({row.receiver for row in rows}) > 1
    before = {row.id: row.subject for row in rows}
    for row in rows:
        assert row.subject
        assert row.subject.endswith(f"[{number}.{row.token}]")
    office.later(hours=1)
    deliver(office.site, office.at)
    assert {row.id: row.subject for row in listed(office) if row.id in before} == before
    assert not verified(office.site).broken


def test_a_subject_that_cannot_be_written_keeps_no_letter_back(office: Office) -> None:
    office.site = replace(office.site, letters=Broken(office.site.letters))
    number = judged(office)
    row = office.last(OWNER)
    assert row.subject == f"{row.template} [{number}.{row.token}]"
    assert not verified(office.site).broken
