"""The largest mails that are taken in: read within two seconds of CPU and 200 MB."""

from __future__ import annotations

import base64
import resource
from time import process_time

import pytest

from engine.intake import IntakeRules, read

SIZE = 24_000_000
HEAD = (
    b"From: Kari <kari@hf.example>\nTo: x@kd.example\nReturn-Path: <>\n"
    b"Subject: Mail delivery failed\nDate: Sat, 21 Nov 2026 10:00:00 +0100\n"
)
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n--x\n"
SECONDS = 20.0
"""Ten times what is promised: what a busy machine may need, and no runaway ever does with less."""
ROOM = 200_000
"""Kilobytes."""


def filled(start: bytes, piece: bytes) -> bytes:
    return start + piece * ((SIZE - len(start)) // len(piece))


HEAVIEST = {
    "an attachment": lambda: (
        MIXED
        + b"\nhei\n--x\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(b"\xff" * 57) * (SIZE // 80)
    ),
    "empty lines": lambda: filled(MIXED + b"Content-Type: message/rfc822\n\n" + HEAD, b"\n"),
    "reports": lambda: filled(
        MIXED + b"Content-Type: message/delivery-status\n\n",
        b"Final-Recipient: rfc822;a@b.no\nAction: failed\n\n",
    ),
    "styled words": lambda: filled(
        HEAD + b"Content-Type: text/html\n\n<style>" + b".a.b{color:#fff}" * 5_000 + b"</style>",
        b"<p class='a b c' style='color:red'>a</p>",
    ),
    "files in the text": lambda: filled(HEAD + b"\n", b"begin 644 a\n#0V%T\nend\n"),
}


@pytest.mark.parametrize("name", HEAVIEST)
def test_a_message_of_the_greatest_size_takes_little_time_and_room(name: str) -> None:
    raw = HEAVIEST[name]()
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, process_time()
    reading = read(raw, IntakeRules())
    assert process_time() - start < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < ROOM
    # Styled words ask for more work than any letter that a person writes.
    assert reading.kind == ("unreadable" if name == "styled words" else "bounce")
