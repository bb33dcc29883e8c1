"""The bytes of a letter (RFC 5322, RFC 2045): headers that clients thread by, and its parts."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode, encodebytes
from binascii import b2a_qp
from email.utils import format_datetime, parseaddr
from typing import Final

from msgspec import Struct

from engine.errors import SettingsError
from engine.ports import Envelope
from notifiers import cleaning

_MESSAGE_ID: Final = re.compile(r"<[^<>\s\x00-\x20\x7f-\U0010ffff]{1,900}>")
_LONGEST_THREAD: Final = 20
"""How many Message-IDs References holds: the first one and the newest ones (RFC 5322 §3.6.4)."""

_LINE: Final = b"\r\n"
_FOLD: Final = "\r\n "
_WORDS_FIT: Final = 50
"""How long a text may be to stand on one line with the name of any header of ours."""
_BYTES_OF_A_WORD: Final = 33
"""So that an encoded word and the longest name of a header keep within 78 characters."""

_PARTS_OF_A_LETTER: Final = 0b1100_0000
_GOES_ON: Final = 0b1000_0000
"""How each byte of a letter but its first begins in UTF-8: an encoded word holds whole letters."""


class Sender(Struct, frozen=True, kw_only=True):
    """Who letters come from, where answers go, and the mark by which a site knows its own mail."""

    name: str
    address: str
    reply_to: str
    site_mark: str


class Attachment(Struct, frozen=True, kw_only=True):
    """A file that goes with a letter; name and type are ours and in ASCII."""

    name: str
    type: str
    content: bytes


class Content(Struct, frozen=True, kw_only=True):
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
    headers = [
        *_headers(envelope, sender),
        ("Subject", _words(content.subject)),
        ("Content-Language", envelope.language),
        ("MIME-Version", "1.0"),
    ]
    # The standard library's headers take longer than all the rest of the letter.
    written = "".join(f"{name}: {value}\r\n" for name, value in headers if value)
    seed = hashlib.sha256(envelope.message_id.encode()).hexdigest()[:24]
    return written.encode("ascii") + _parts(content, seed)


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


def _headers(envelope: Envelope, sender: Sender) -> list[tuple[str, str]]:
    """Every value is ASCII on one line, or folded; what is empty is left out."""
    answered = _message_ids(envelope.in_reply_to)[:1]
    # Whoever signs is named; the address stays the site's, for it is the site that sends.
    name = cleaning.line(envelope.sender_name)
    return [
        ("From", _mailbox(name or sender.name, sender.address)),
        ("To", cleaning.address(envelope.to)),
        ("Reply-To", sender.reply_to and _mailbox(name, sender.reply_to)),
        ("Date", format_datetime(envelope.date)),
        ("Message-ID", _FOLD.join(_message_ids(envelope.message_id)[:1])),
        ("In-Reply-To", _FOLD.join(answered)),
        ("References", _FOLD.join(_thread(envelope))),
        ("Auto-Submitted", "auto-replied" if answered else "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        ("x-ms-reactions", "disallow"),
        ("X-Kursdeling-Site", _words(sender.site_mark)),
    ]


def _mailbox(called: str, address: str) -> str:
    if not called:
        return address
    name = _words(called)
    if called == name:
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        name = f'"{escaped}"'
    return f"{name}{_FOLD if len(name) > _WORDS_FIT else ' '}<{address}>"


def _words(text: str) -> str:
    """A text as it stands if it is short and plain, else in encoded words (RFC 2047)."""
    # A text that only looks like an encoded word would be decoded by the reader: encode it too.
    if text.isascii() and len(text) <= _WORDS_FIT and "=?" not in text:
        return text
    encoded, pieces = text.encode(), []
    while len(encoded) > _BYTES_OF_A_WORD:
        ends = _BYTES_OF_A_WORD
        while encoded[ends] & _PARTS_OF_A_LETTER == _GOES_ON:
            ends -= 1
        pieces.append(encoded[:ends])
        encoded = encoded[ends:]
    return _FOLD.join(f"=?utf-8?b?{b64encode(each).decode()}?=" for each in [*pieces, encoded])


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
