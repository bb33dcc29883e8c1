"""Letters of a site that is only tried out: all to one address, with the true receiver on top."""

from __future__ import annotations

import html
import re
from email.charset import QP, Charset
from email.generator import BytesGenerator
from email.header import Header, decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from io import BytesIO
from typing import TYPE_CHECKING, Final, cast

from engine.model import LANGUAGES, Language
from engine.wording.catalogue import say
from notifiers import cleaning

TRUE_RECEIVER: Final = "X-Kursdeling-True-Receiver"
_BODY: Final = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
if TYPE_CHECKING:
    Parts = Message[str, str | Header]

_POLICY: Final = compat32.clone(linesep="\r\n", max_line_length=78)


def redirected(raw: bytes, receiver: str, address: str) -> bytes:
    """Return the letter `raw` as it goes to `address` in place of its receiver.

    The same letter always gives the same bytes. Message-ID, thread and attachments stay.
    """
    message = cast("Parts", BytesParser(policy=_POLICY).parsebytes(raw))
    named = str(message.get("Content-Language", "nb"))
    language: Language = next((each for each in LANGUAGES if each == named), "nb")
    to = cleaning.line(receiver)
    subject = str(make_header(decode_header(str(message.get("Subject", "")))))
    _set(message, "To", cleaning.address(address))
    _set(message, TRUE_RECEIVER, _words(to, TRUE_RECEIVER))
    text = say("redirect.subject", language, to=to, subject=cleaning.line(subject))
    _set(message, "Subject", _words(text, "Subject"))
    _mark(message, say("redirect.on_top", language, to=to))
    file = BytesIO()
    BytesGenerator(file, mangle_from_=False, policy=_POLICY).flatten(message)
    return file.getvalue()


def _mark(message: Parts, notice: str) -> None:
    for part in message.walk():
        if part.get_content_disposition() == "attachment":
            continue
        if part.get_content_type() == "text/plain":
            _rewrite(part, f"{notice}\r\n\r\n{_text(part)}")
        elif part.get_content_type() == "text/html":
            shown = f"<p><strong>{html.escape(notice)}</strong></p>"
            text = _text(part)
            begins = _BODY.search(text)
            at = begins.end() if begins else 0
            _rewrite(part, text[:at] + shown + text[at:])


def _text(part: Parts) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""


def _rewrite(part: Parts, text: str) -> None:
    charset = Charset("utf-8")
    charset.body_encoding = QP
    del part["Content-Transfer-Encoding"]
    part.set_payload(text.replace("\r\n", "\n"), charset)


def _set(message: Parts, name: str, value: str | Header) -> None:
    del message[name]
    message[name] = value


def _words(text: str, name: str) -> Header:
    plain = text.isascii() and "=?" not in text
    return Header(text, "us-ascii" if plain else "utf-8", header_name=name)
