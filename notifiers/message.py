"""The bytes of a letter (RFC 5322): headers that clients thread by, and the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.charset import QP, Charset
from email.generator import BytesGenerator
from email.header import Header
from email.message import Message
from email.policy import compat32
from email.utils import format_datetime, parseaddr
from io import BytesIO
from typing import Final

from engine.errors import SettingsError
from engine.ports import Envelope
from notifiers import cleaning

_MESSAGE_ID: Final = re.compile(r"<[^<>\s\x00-\x20\x7f-\U0010ffff]{1,900}>")
_LONGEST_THREAD: Final = 20
"""How many Message-IDs References holds: the first one and the newest ones (RFC 5322 §3.6.4)."""

_POLICY: Final = compat32.clone(linesep="\r\n", max_line_length=78)
# compat32 folds only at blanks: the newer policies turn a long Message-ID into an encoded word.


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who letters come from, where answers go, and the mark by which a site knows its own mail."""

    name: str
    address: str
    reply_to: str
    site_mark: str


def sender(*, sender: str, reply_to: str, site_mark: str) -> Sender:
    """Return the sender of all letters; raises SettingsError when an address is none."""
    name, address = parseaddr(sender)
    if "@" not in address or (reply_to and "@" not in parseaddr(reply_to)[1]):
        raise SettingsError("mail.sender and the reply address must be mail addresses")
    return Sender(
        name=cleaning.line(name),
        address=cleaning.address(address),
        reply_to=cleaning.address(parseaddr(reply_to)[1]) if reply_to else "",
        site_mark=cleaning.line(site_mark),
    )


def write(envelope: Envelope, subject: str, text: str, sender: Sender) -> bytes:
    """Return the message as bytes with CRLF line ends; the same letter gives the same bytes.

    Raises DeliveryFailedError when the receiver's address is none.
    """
    message: Message[str, Header | str] = Message(policy=_POLICY)
    for name, value in _headers(envelope, sender):
        if value:
            message[name] = value
    message["Subject"] = _words(subject, "Subject")
    message["Content-Language"] = envelope.language
    message["MIME-Version"] = "1.0"
    charset = Charset("utf-8")
    charset.body_encoding = QP
    message.set_payload(text, charset)
    file = BytesIO()
    BytesGenerator(file, mangle_from_=False, policy=_POLICY).flatten(message)
    return file.getvalue()


def _headers(envelope: Envelope, sender: Sender) -> list[tuple[str, Header | str]]:
    answered = _message_ids(envelope.in_reply_to)[:1]
    return [
        ("From", _mailbox(sender)),
        ("To", cleaning.address(envelope.to)),
        ("Reply-To", sender.reply_to),
        ("Date", format_datetime(envelope.date)),
        ("Message-ID", " ".join(_message_ids(envelope.message_id)[:1])),
        ("In-Reply-To", " ".join(answered)),
        ("References", " ".join(_thread(envelope.references))),
        ("Auto-Submitted", "auto-replied" if answered else "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        ("x-ms-reactions", "disallow"),
        ("X-Kursdeling-Site", _words(sender.site_mark, "X-Kursdeling-Site")),
    ]


def _mailbox(sender: Sender) -> Header | str:
    if not sender.name:
        return sender.address
    header = Header(header_name="From")
    if sender.name.isascii():
        name = sender.name.replace("\\", "\\\\").replace('"', '\\"')
        header.append(f'"{name}"')
    else:
        header.append(sender.name, "utf-8")
    header.append(f"<{sender.address}>")
    return header


def _words(text: str, name: str) -> Header | str:
    # A text that only looks like an encoded word would be decoded by the reader: encode it too.
    if text.isascii() and "=?" not in text:
        return Header(text, "us-ascii", header_name=name) if text else ""
    return Header(text, "utf-8", header_name=name)


def _thread(references: tuple[str, ...]) -> list[str]:
    found = list(dict.fromkeys(one for text in references for one in _message_ids(text)))
    return found if len(found) <= _LONGEST_THREAD else found[:1] + found[1 - _LONGEST_THREAD :]


def _message_ids(text: str) -> list[str]:
    return _MESSAGE_ID.findall(text)
