"""Reads the corpus: files of messages, each with its settings and what intake must make of it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_PROGRAMS: dict[str, tuple[str, ...]] = {
    "plain": ("Received: from mail.example by mx.kursdeling.example",),
    "outlook": (
        "Received: from AM0PR10MB1234.EURPRD10.PROD.OUTLOOK.COM by mx.kursdeling.example",
        "Thread-Topic: Kurs",
        "Thread-Index: AdqYkZ0Z8f3x1",
        "Accept-Language: nb-NO, en-US",
        "Content-Language: nb-NO",
        "X-MS-Has-Attach:",
        "X-MS-TNEF-Correlator:",
        "X-MS-Exchange-Transport-CrossTenantHeadersStamped: AM0PR10MB1234",
    ),
    "owa": ("Accept-Language: nb-NO", "msip_labels:", "X-MS-Exchange-Organization-SCL: 1"),
    "outlook_mac": ("User-Agent: Microsoft-MacOutlook/16.90.0.2409", "Thread-Topic: Kurs"),
    "outlook_ios": ("X-MS-Exchange-MessageSentRepresentingType: 1", "Thread-Topic: Kurs"),
    "exchange": (
        "Received: from EX01.ahus.example (10.0.0.7) by mx.kursdeling.example (10.0.0.8)",
        "X-MS-Exchange-Parent-Message-Id: <kd.1.s@kursdeling.example>",
        "X-MS-Exchange-Organization-AuthAs: Internal",
    ),
    "gmail": ("X-Received: by 2002:a17:906:1 with SMTP id a1mr1", "X-Gm-Message-State: AOJu0Yx"),
    "gmail_bounce": ("Return-Path: <>", "X-Received: by 2002:a17:906:1 with SMTP id a1mr1"),
    "apple": ("X-Mailer: iPhone Mail (22B83)", "Mime-Version: 1.0 (1.0)"),
    "thunderbird": ("User-Agent: Mozilla Thunderbird", "Content-Language: nb-NO"),
    "lotus": ("X-Mailer: Lotus Notes Release 8.5.3FP6", "X-KeepSent: 5A2B-C1258"),
    "groupwise": ("X-Mailer: Novell GroupWise Internet Agent 14.2.3",),
}  # fmt: skip
_DEFAULTS = {
    "to": "To: Kursdeling <deling@kursdeling.example>",
    "date": "Date: Wed, 18 Nov 2026 10:20:00 +0100",
    "subject": "Subject: SV: Kurs",
    "content-type": "Content-Type: text/plain; charset={charset}",
}
_ENDS = {"lf": b"\n", "crlf": b"\r\n", "cr": b"\r"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One message of the corpus."""

    name: str
    raw: bytes
    expect: dict[str, Any]

    def __str__(self) -> str:
        return self.name


def samples(*files: str) -> list[Sample]:
    """The messages of the named files of the corpus, or of all of it."""
    names = files or tuple(sorted(path.stem for path in HERE.glob("*.txt")))
    return [sample for name in names for sample in _of_file(name)]


def _of_file(name: str) -> list[Sample]:
    whole = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.split(r"^=== ", whole, flags=re.MULTILINE)[1:]
    return [_sample(name, entry) for entry in entries]


def _sample(file: str, entry: str) -> Sample:
    head, _, message = entry.partition("\n---\n")
    title, *lines = head.split("\n")
    settings = dict(line.split(": ", 1) for line in lines)
    name = f"{file}/{title.strip()}"
    return Sample(
        name=name, raw=_raw(name, settings, message), expect=json.loads(settings["expect"])
    )


def _raw(name: str, settings: dict[str, str], message: str) -> bytes:
    top, _, body = message.partition("\n\n")
    charset = settings.get("charset", "utf-8")
    present = {line.partition(":")[0].lower() for line in top.split("\n")}
    defaults = [line for key, line in _DEFAULTS.items() if key not in present]
    head = "\n".join(
        [*_PROGRAMS[settings["via"]], f"Message-ID: <{name}@mail.example>", top, *defaults]
    )
    text = head.format(charset=charset) if "content-type" not in present else head
    raw = f"{text}\n\n{body.rstrip()}\n".encode(charset)
    if settings.get("nul"):
        raw = raw.replace(b"@@", b"\x00")
    return raw.replace(b"\n", _ENDS[settings.get("eol", "lf")])
