"""Whatever has been stored can be judged anew, tied to a request, or laid aside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.errors import RefusedError
from engine.service import receive
from engine.service.mail import by_coordinator
from engine.store.mail_in import inbox
from engine.store.mail_in import sorting as sorted_mail
from tests.integration.office import OURS, OWNER, PLATFORM, SUBJECT, Office, form, new_office

AUTOMATIC = "Auto-Submitted: auto-replied\r\n"
BULK = "List-Id: <nyheter.fremmed.example>\r\nPrecedence: bulk\r\n"
RETURNED = (
    b"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: <%b>\r\nSubject: Returned mail\r\n"
    b"Message-ID: <b1@mx.example>\r\nContent-Type: multipart/report; "
    b'report-type=delivery-status; boundary="x"\r\n\r\n--x\r\n\r\nIt failed.\r\n--x\r\n'
    b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
    b"Final-Recipient: rfc822; noen@hf.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--x--\r\n"
) % OURS.encode()
LARGEST = 20_000


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = new_office(tmp_path_factory.mktemp("every") / "site")
    office.site = replace(office.site, intake=replace(office.site.intake, max_bytes=LARGEST))
    office.open()
    yield office
    office.site.database.close()


def mails(office: Office) -> dict[str, bytes]:
    """A mail for each verdict that changes no request."""
    stranger = "noen@fremmed.example"
    opening = office.raw(OWNER, SUBJECT, form(Kursets_kortnavn="SI-X"))
    return {
        "automatic": office.raw(PLATFORM, "Fravær", "Borte.", headers=AUTOMATIC),
        "bulk": office.raw(stranger, "Nytt", "Kjøp!", headers=BULK),
        "bounce": RETURNED,
        "loop": office.raw(OURS, "Hei", "Hei"),
        "unreadable": b"\x00\xff" * 200,
        "oversize": office.raw(OWNER, "Stor", "x" * LARGEST),
        "unknown_sender": office.raw(stranger, "Hei", "Hei", aligned=False),
        "newcomer": office.raw(stranger, "Hei", "Hei"),
        "unproved_sender": office.raw(PLATFORM, "KD-2026-0001", "MOTTATT", aligned=False),
        "unconfirmed": opening.partition(b"\r\n")[2].replace(b"<m", b"<u", 1),
        "not_ours": office.raw(OWNER, "Hei", "Hei").replace(OURS.encode(), b"andre@ks.example"),
        "remark": office.raw(PLATFORM, "SV: KD-2026-0001", "Hvem er kontaktpersonen hos dere?"),
        "answered": office.raw(PLATFORM, "SV: KD-2026-0001", "STATUS"),
        "refused": office.raw(PLATFORM, "SV: KD-2026-0001", "MERKET"),
        "unclear": office.raw(OWNER, "Hei", "Hei").replace(b"\r\nTo:", b", <b@si.example>\r\nTo:"),
    }


VERDICTS = (
    "automatic", "bulk", "bounce", "loop", "unreadable", "oversize", "unknown_sender", "newcomer",
    "unproved_sender", "unconfirmed", "not_ours", "remark", "answered", "refused", "unclear",
)  # fmt: skip


@pytest.mark.parametrize("verdict", [*VERDICTS, "repeated"])
def test_it_is_kept_whole_and_can_be_retried_attached_and_discarded(
    office: Office, verdict: str
) -> None:
    office.at = office.at.replace(hour=8)
    office.later(days=1)
    raw = mails(office)[verdict if verdict != "repeated" else "remark"]
    if verdict == "repeated":
        office.take(raw)
    before = office.events("KD-2026-0001")
    taken = office.take(raw)
    assert taken.verdict == verdict

    assert receive.retry(office.site, taken.mail, office.at).verdict == verdict
    attached = by_coordinator.attach(office.site, taken.mail, "KD-2026-0001", office.at)
    assert attached.request == "KD-2026-0001"
    by_coordinator.discard(office.site, taken.mail, "ferdig", office.at)

    with office.site.database.reading() as tx:
        assert inbox.raw_of(tx, taken.mail) == raw
        done = [row.action for row in sorted_mail.of_mail(tx, taken.mail)]
        settled = sorted_mail.settled(tx)
    assert done == ["retry", "attach", "discard"]
    assert taken.mail in settled
    assert office.events("KD-2026-0001") == before


def test_so_can_a_mail_that_was_never_judged(office: Office) -> None:
    mail = receive.take(office.site, office.raw(PLATFORM, "Hei", "Hei"), "test", office.at)
    assert by_coordinator.discard(office.site, mail, "ferdig", office.at).verdict == "unclear"


def test_of_what_is_none_of_our_business_nothing_is_left_to_judge(tmp_path: Path) -> None:
    beside = new_office(tmp_path / "site", mail__mode="beside")
    lost = beside.mail("noen@fremmed.example", "Lunsj?", "Klokka tolv?")
    assert lost.verdict == "not_ours"
    with pytest.raises(RefusedError, match="mail_forgotten"):
        receive.retry(beside.site, lost.mail, beside.at)
