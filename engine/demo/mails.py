"""Mails of the story: what only a run knows is filled into the files, as a mail program would."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from email.header import Header
from email.utils import format_datetime
from functools import partial

from msgspec import Struct

from config.demo import mail
from engine.calendar import OSLO, oslo_day
from engine.demo.receiver import Letter
from engine.wording import dates

SERVER = "mx.kursdeling.example"
"""The name by which the site's own mail server signs what it has found out about a mail."""
_PLACEHOLDER = re.compile(r"\{\{(\w+)((?:\|[^{}|]*)*)\}\}")
_CHARSET = re.compile(rb'charset="?([\w-]+)', re.IGNORECASE)
_FROM = re.compile(rb"^From:.*<([^<>\s]+)>", re.MULTILINE)
_STARTS_AFTER = timedelta(days=60)
_ENDS_AFTER = timedelta(days=30)
_MONDAY = 0

Fill = Callable[[Sequence[str]], str]


class Moment(Struct, frozen=True, kw_only=True):
    """What a mail is filled in from: when it is written, by whom, and in answer to what."""

    at: datetime
    """When it is sent, in Oslo's time."""
    serial: int
    sender: str
    aligned: bool
    """Whether the sender's own mail server vouches for the address (DMARC)."""
    answers: Letter | None


def sender_of(name: str) -> str:
    """The address that the mail `name` comes from; ValueError when it names none."""
    found = _FROM.search(mail(name))
    if found is None:
        raise ValueError(f"the mail {name} has no From")
    return found[1].decode("ascii").lower()


def written(name: str, moment: Moment) -> bytes:
    """The mail `name` as it arrives at `moment`, in the file's own charset and with CRLF.

    KeyError for a placeholder that is none, or that needs a letter where nothing is answered.
    """
    raw = mail(name)
    charset = _charset(raw)
    fills = _fills(moment)

    def fill(found: re.Match[str]) -> str:
        return fills[found[1]](found[2].split("|")[1:])

    text = _PLACEHOLDER.sub(fill, raw.decode(charset))
    return "\r\n".join(text.splitlines()).encode(charset, errors="replace") + b"\r\n"


def by_another_route(raw: bytes) -> bytes:
    """The same mail once more, come through another server: only Received differs."""
    return b"Received: from list.kursdeling.example by " + SERVER.encode() + b"\r\n" + raw


def _charset(raw: bytes) -> str:
    """The charset of the file; parts in quoted-printable are ASCII, whatever they declare."""
    if b"quoted-printable" in raw.lower():
        return "ascii"
    found = _CHARSET.search(raw)
    return found[1].decode("ascii") if found else "utf-8"


def _fills(moment: Moment) -> Mapping[str, Fill]:
    local = moment.at.astimezone(OSLO)
    start = _start(local)
    plain = {
        "date": format_datetime(local),
        "unique": f"{local:%y%m%d}{moment.serial:04}",
        "received": _received(moment, local),
        "start": _numbers(start),
        "start_long": dates.short_day(start.date(), "nb"),
        "ends": _numbers(local + _ENDS_AFTER),
        "next_year": str(local.year + 1),
        "last_year": str(local.year - 1),
    }
    fills: dict[str, Fill] = {name: partial(_plain, text) for name, text in plain.items()}
    if moment.answers is not None:
        fills |= _answering(moment.answers)
    return fills


def _plain(text: str, _: Sequence[str]) -> str:
    return text


def _received(moment: Moment, local: datetime) -> str:
    domain = moment.sender.rpartition("@")[2]
    results = (
        f"spf=pass smtp.mailfrom={domain};\n\tdkim=pass header.d={domain};\n"
        f"\tdmarc=pass header.from={domain}"
        if moment.aligned
        else f"spf=softfail smtp.mailfrom={domain};\n\tdmarc=none header.from={domain}"
    )
    return (
        f"Received: from mail.{domain} (mail.{domain} [192.0.2.25])\n"
        f"\tby {SERVER} with ESMTPS id {moment.serial:06X}; {format_datetime(local)}\n"
        f"Authentication-Results: {SERVER};\n\t{results}"
    )


def _answering(letter: Letter) -> Mapping[str, Fill]:
    """What mail programs repeat of the letter that is answered, each in its own way."""
    when = letter.date.astimezone(OSLO)
    day = dates.day(oslo_day(when), "nb")
    weekday, rest = day.split(" ", 1)
    number, month, year = rest.split(" ")
    short = f"{number} {month[:3]}. {year}"
    plain = {
        "answered": letter.message_id,
        "reply_subject": _subject(f"SV: {letter.subject}"),
        "automatic_subject": _subject(f"Automatisk svar: {letter.subject}"),
        "letter": letter.text.strip(),
        "letter_subject": letter.subject,
        "letter_sent": f"{day} {when:%H:%M}",
        "letter_gmail": f"{weekday[:3]}. {short} kl. {when:%H:%M}",
        "letter_apple": f"{short} kl. {when:%H:%M}",
        "letter_day": f"{when:%d.%m.%Y %H:%M}",
        "letter_html": html.escape(letter.text.strip()).replace("\n", "<br>\n"),
    }
    fills: dict[str, Fill] = {name: partial(_plain, text) for name, text in plain.items()}
    fills["quote"] = partial(_quote, letter.text)
    return fills


def _subject(text: str) -> str:
    """The subject as header lines; UTF-8, as our dashes and quotation marks ask for."""
    return Header(text, "utf-8", header_name="Subject").encode()


def _quote(text: str, filled_in: Sequence[str]) -> str:
    """The text with quote marks; each «Label=value» is written into the first such blank line."""
    quoted = "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())
    for one in filled_in:
        label, _, value = one.partition("=")
        if f"> {label}:\n" not in quoted:
            raise KeyError(f"the letter has no blank line «{label}:» to fill in")
        quoted = quoted.replace(f"> {label}:\n", f"> {label}: {value}\n", 1)
    return quoted


def _start(local: datetime) -> datetime:
    """The first Monday that is far enough ahead for a course to start."""
    day = local + _STARTS_AFTER
    while day.weekday() != _MONDAY:
        day += timedelta(days=1)
    return day


def _numbers(day: datetime) -> str:
    return f"{day.day}.{day.month}.{day.year}"
