"""Bounces as servers write them, and what has come of them, for the tests of bounces."""

from __future__ import annotations

from engine.calendar import oslo_day
from engine.service.mail.verdict import MailOutcome
from engine.store.contacts import addresses, register
from engine.store.mail_out.letters import LetterRow
from tests.integration.office import OURS, Office

SECOND = "kurs@ks.example"
GONE = "5.1.1"
FULL = "5.2.2"


def report(letter: LetterRow, status: str, *, to: str = "", action: str = "failed") -> bytes:
    """What a receiver's server writes when it gives up on a letter, or is late with it."""
    return (
        f"From: MAILER-DAEMON@mx.{letter.receiver.rpartition('@')[2]}\r\n"
        f"To: <{OURS}>\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        f"Message-ID: <dsn{letter.id}.{status}.{action}@mx.example>\r\n"
        "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nYour message could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {to or letter.receiver}\r\nAction: {action}\r\n"
        f"Status: {status}\r\nDiagnostic-Code: smtp; 550 {status} It did not work\r\n\r\n"
        "--b\r\nContent-Type: message/rfc822-headers\r\n\r\n"
        f"From: <{OURS}>\r\nMessage-ID: {letter.message_id}\r\nSubject: {letter.subject}\r\n\r\n"
        "--b--\r\n"
    ).encode()


def returned(office: Office, letter: LetterRow, status: str = GONE, **more: str) -> MailOutcome:
    return office.take(report(letter, status, **more))


def off(office: Office) -> set[str]:
    with office.site.database.reading() as tx:
        return set(addresses.suspended(tx))


def templates(office: Office, receiver: str) -> list[str]:
    """What the receiver was written, but for the letter of each morning."""
    found = [letter.template for letter in office.letters(receiver)]
    return [template for template in found if template != "morning"]


def with_a_second_holder(office: Office) -> None:
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx,
            party_id="ks-laering",
            duty="ks_laering",
            email=SECOND,
            valid_from=oslo_day(office.at),
        )
