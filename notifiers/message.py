"""The bytes of a letter (RFC 5322, RFC 2045): headers that clients thread by, and its parts."""

from __future__ import annotations

import hashlib
import re
from base64 import encodebytes
from binascii import b2a_qp
from dataclasses import dataclass
from email.header import Header
from email.message import Message
from email.policy import compat32
from email.utils import format_datetime, parseaddr
from typing import Final

from engine.errors import SettingsError
from engine.ports import Envelope
from notifiers import cleaning

_MESSAGE_ID: Final = re.compile(r"<[^<>\s\x00-\x20\x7f-\U0010ffff]{1,900}>")
_LONGEST_THREAD: Final = 20
"""How many Message-IDs References holds: the first one and the newest ones (RFC 5322 §3.6.4)."""

_POLICY: Final = compat32.clone(linesep="\r\n", max_line_length=78)
_LINE: Final = b"\r\n"
# compat32 folds only at blanks: the newer policies turn a long Message-ID into an encoded word.


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who letters come from, where answers go, and the mark by which a site knows its own mail."""

    name: str
    address: str
    reply_to: str
    site_mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a letter; name and type are ours and in ASCII."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a letter says: the text is enough to act on, and the HTML says the same."""

    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()


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


def write(envelope: Envelope, content: Content, sender: Sender) -> bytes:
    """Return the message as bytes with CRLF line ends; the same letter gives the same bytes.

    Raises DeliveryFailedError when the receiver's address is none.
    """
    headers: Message[str, Header | str] = Message(policy=_POLICY)
    for name, value in _headers(envelope, sender):
        if value:
            headers[name] = value
    headers["Subject"] = _words(content.subject, "Subject")
    headers["Content-Language"] = envelope.language
    headers["MIME-Version"] = "1.0"
    written = headers.as_bytes().removesuffix(_LINE)
    return written + _parts(content, hashlib.sha256(envelope.message_id.encode()).hexdigest()[:24])


def _parts(content: Content, seed: str) -> bytes:
    """The letter's parts under their Content-Type; `seed` is the same for the same letter.

    What an e-mail program should show comes first, and what it should offer as files after it.
    """
    read = _together(
        "alternative", f"{seed}a", [_said("plain", content.text), _said("html", content.html)]
    )
    files = [_file(attachment) for attachment in content.attachments]
    return _together("mixed", f"{seed}m", [read, *files]) if files else read


def _together(kind: str, seed: str, parts: list[bytes]) -> bytes:
    # Neither quoted-printable nor base64 ever holds «=_»: no part can end early.
    boundary = f"=_{seed}"
    between = b"\r\n--" + boundary.encode() + _LINE
    header = f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"\r\n'.encode()
    ending = b"\r\n--" + boundary.encode() + b"--\r\n"
    return header + between + between.join(parts) + ending


def _said(kind: str, text: str) -> bytes:
    header = f'Content-Type: text/{kind}; charset="utf-8"\r\n'
    encoded = b2a_qp(text.replace("\n", "\r\n").encode(), istext=True)
    return f"{header}Content-Transfer-Encoding: quoted-printable\r\n\r\n".encode() + encoded


def _file(attachment: Attachment) -> bytes:
    header = (
        f"Content-Type:\r\n {attachment.type}\r\n"
        f'Content-Disposition: attachment; filename="{attachment.name}"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return header.encode() + encodebytes(attachment.content).replace(b"\n", _LINE)


def _headers(envelope: Envelope, sender: Sender) -> list[tuple[str, Header | str]]:
    answered = _message_ids(envelope.in_reply_to)[:1]
    return [
        ("From", _mailbox(sender)),
        ("To", cleaning.address(envelope.to)),
        ("Reply-To", sender.reply_to),
        ("Date", format_datetime(envelope.date)),
        ("Message-ID", " ".join(_message_ids(envelope.message_id)[:1])),
        ("In-Reply-To", " ".join(answered)),
        ("References", " ".join(_thread(envelope))),
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


def _thread(envelope: Envelope) -> list[str]:
    """The case first, as a message that was never sent: so all letters about it share a thread.

    Then what the letter answers, the newest last (RFC 5322 §3.6.4).
    """
    site = envelope.message_id.strip("<>").rpartition("@")[2]
    case = f"<{envelope.number.lower()}@{site}>" if envelope.number else ""
    named = (case, *envelope.references, *_message_ids(envelope.in_reply_to)[:1])
    found = list(dict.fromkeys(one for text in named for one in _message_ids(text)))
    return found if len(found) <= _LONGEST_THREAD else found[:1] + found[1 - _LONGEST_THREAD :]


def _message_ids(text: str) -> list[str]:
    return _MESSAGE_ID.findall(text)
