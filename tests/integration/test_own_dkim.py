"""A site that checks signatures itself: asked once, kept with the message, and judged the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.app.dkim_check import signed_for
from engine.errors import SignatureUnknownError
from engine.service import receive
from engine.service.mail.verdict import MailOutcome
from tests.integration.office import OWNER, PLATFORM, SERVER, SUBJECT, Office, form, new_office
from tests.unit.dkim_cases import record, signed


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def office(tmp_path: Path, asked: list[str]) -> Office:
    def knows(name: str) -> list[bytes]:
        asked.append(name)
        return [record()]

    return asking(new_office(tmp_path / "site"), knows)


def asking(office: Office, lookup: Callable[[str], list[bytes]]) -> Office:
    office.site = replace(office.site, signed_for=partial(signed_for, lookup=lookup))
    return office


def answer(office: Office, words: str = "MOTTATT", *, domain: str = "ks.example") -> bytes:
    """A reply without our token or Message-ID, signed by its own domain."""
    raw = office.raw(PLATFORM, "SV: KD-2026-0001", words, aligned=False)
    return signed(raw, domain=domain.encode())


def test_a_signed_mail_is_proof_where_no_server_vouches(office: Office, asked: list[str]) -> None:
    office.open()
    assert office.mail(PLATFORM, "SV: KD-2026-0001", "MOTTATT", aligned=False).verdict == (
        "unproved_sender"
    )
    assert office.take(answer(office)).verdict == "fired"
    assert asked == ["post._domainkey.ks.example."]


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b"MOTTATT", b"GODTATT"),
        lambda raw: raw.replace(b"d=ks.example", b"d=hf.example"),
        lambda raw: f"Authentication-Results: {SERVER}; dmarc=fail\r\n".encode() + raw,
    ],
    ids=["changed", "another domain", "our own server says that it failed"],
)
def test_less_than_a_whole_signature_is_no_proof(
    office: Office, change: Callable[[bytes], bytes]
) -> None:
    number = office.open()
    assert office.take(change(answer(office))).verdict == "unproved_sender"
    assert office.state(number) == "submitted"


def test_where_a_server_of_ours_vouches_nobody_is_asked(office: Office, asked: list[str]) -> None:
    office.open()
    assert asked == []


def test_a_site_that_does_not_want_it_asks_nobody(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    office.open()
    assert office.site.signed_for is None
    assert office.take(answer(office)).verdict == "unproved_sender"


def test_the_setting_turns_it_on(tmp_path: Path) -> None:
    assert new_office(tmp_path / "site", mail__check_dkim="true").site.signed_for is not None


def test_a_mail_is_judged_the_same_when_the_key_is_gone(office: Office, asked: list[str]) -> None:
    raw = signed(office.raw(OWNER, SUBJECT, form(), aligned=False), domain=b"si.example")
    mail = receive.take(office.site, raw, "test", office.at)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("engine.service.receive.in_transaction", stopped)
        with pytest.raises(KeyboardInterrupt):
            receive.handle(office.site, mail, office.at)
    asking(office, lambda _: [])

    assert receive.handle(office.site, mail, office.at).verdict == "opened"
    assert len(asked) == 1


def stopped(*_: object) -> MailOutcome:
    raise KeyboardInterrupt


def test_a_coordinator_who_has_a_mail_judged_anew_gets_what_was_found_then(
    office: Office, asked: list[str]
) -> None:
    office.open()
    lost = office.take(answer(office, "Hvem er kontaktpersonen hos dere?"))
    assert lost.verdict == "remark"
    asking(office, lambda _: [])
    assert receive.retry(office.site, lost.mail, office.at).verdict == "remark"
    assert len(asked) == 1


def test_while_nobody_knows_a_mail_waits_but_not_for_ever(office: Office) -> None:
    def unknown(name: str) -> list[bytes]:
        raise SignatureUnknownError(name)

    office.open()
    asking(office, unknown)
    mail = receive.take(office.site, answer(office), "test", office.at)
    with pytest.raises(SignatureUnknownError):
        receive.handle(office.site, mail, office.at)
    office.later(minutes=59)
    with pytest.raises(SignatureUnknownError):
        receive.handle(office.site, mail, office.at)
    office.later(minutes=1)
    assert receive.handle(office.site, mail, office.at).verdict == "unproved_sender"

    # Nothing was found, so nothing is kept: a coordinator may have it asked again.
    asking(office, lambda _: [record()])
    assert receive.retry(office.site, mail, office.at).verdict == "fired"
