"""Whatever comes in, intake answers with a Reading, and soon; nothing raises."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.intake import IntakeRules, Reading, read
from engine.intake.reply import commands, remainder

RULES = IntakeRules(trusted_servers=("mx.kursdeling.example",))
WORDS = frozenset({"GODTATT", "MANGLER", "AVSLUTT", "INGEN MERKNADER"})
SEEDS = [path.read_bytes() for path in sorted((Path(__file__).parents[1] / "mail").rglob("*.eml"))]
HEAD = b"From: Kari <kari@hf.example>\nTo: x@kd.example\nDate: Sat, 21 Nov 2026 10:00:00 +0100\n"


LIMIT = 20.0
"""Seconds of processor time: ten times what is promised, for machines differ."""


def nested(depth: int) -> bytes:
    level = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
    return HEAD + b"".join(level % (n, n) for n in range(depth)) + b"\nhei\n"


@pytest.mark.parametrize(
    ("raw", "message_id"),
    [
        (b"Message-ID: <[b378d0f7]@microsoft.com>", "<[b378d0f7]@microsoft.com>"),
        (
            b"Message-ID: <[anu10]x@[anu13].EURPRD10.PROD.OUTLOOK.COM>",
            "<[anu10]x@[anu13].EURPRD10.PROD.OUTLOOK.COM>",
        ),
        (b"Message-ID:\n <kd.1@kd.\n example>", "<kd.1@kd.example>"),
        (b"Message-ID: <>", ""),
        (b"Message-ID: <", ""),
        (b"Message-ID: < >", ""),
        (b"Message-ID: kari", ""),
        (b"X: y", ""),
    ],
)
def test_a_message_id_is_read_as_it_stands(raw: bytes, message_id: str) -> None:
    assert read(HEAD + raw + b"\n\nhei", RULES).message_id == message_id


@pytest.mark.parametrize(
    "raw",
    [
        b"From: <\n\nx", b'From: "\n\nx', b"From: a@[\n\nx", b"From: .@b\n\nx", b"From: ;\n\nx",
        b"From: =?utf-8?q?A=0D=0ABcc..?= <a@b.no>\n\nx",
        b"From: a@b.no\nDate: Sat, 21 Nov 2026 10:99999999999999999999:15\n\nx",
        b"From: a@b.no\nDate: Sat, 99 Nov 99999 10:00:00 +9999\n\nx",
        b"From: a@b.no\nDate: \n\nx",
        b"From: a@b.no\nContent-Type: text/plain; name*=a\x00''b; x=\"\x00\n\nx",
        b"From: a@b.no\nContent-Disposition: attachment; filename*=utf-8''%00%ff\n\nx",
        b"From: a@b.no\nContent-Type: text/plain; name*99=x; name*1*=y; name*0*='z'\n\nx",
        b"From: a@b.no\nContent-Type: /\n\nx",
        b"From: a@b.no\nContent-Type: multipart/mixed\n\n--x\n\nhei\n--x--\n",
        b"From: a@b.no\nContent-Type: multipart/mixed; boundary=\"\"\n\n--\n\nhei\n",
        b"From: a@b.no\nContent-Type: multipart/mixed; boundary=x\n\nhei, no boundary",
        b"From: a@b.no\nContent-Transfer-Encoding: base64\n\nA",
        b"From: a@b.no\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n#0V%T\n!!\xff\nend\n",
        b"From: a@b.no\nContent-Transfer-Encoding: quoted-printable\n\n=zz=\xff=3",
        b"From: a@b.no\nSubject: =?utf-8?b?A?= =?x?q?=?= =?utf-8?q?=C3?=\n\nx",
        b"From: a@b.no", b"From:", b"\xff\xfe\x00", b"",
    ],
)  # fmt: skip
def test_input_that_crashes_other_readers_gives_a_reading(raw: bytes) -> None:
    reading = read(raw, RULES)
    assert not [note for note in reading.notes if note.startswith("unreadable:")]


@pytest.mark.parametrize(
    "charset",
    ["rot13", "base64", "zlib", "idna", "undefined", "punycode", "unicode_escape", "x-unknown",
     "utf-7", "hz", "us-ascii", "iso-8859-1", "utf-8", "\x00", "", "'latin1'", "8bit", "cp-1252"],
)  # fmt: skip
def test_any_charset_gives_norwegian_letters(charset: str) -> None:
    head = HEAD + b'Content-Type: text/plain; charset="' + charset.encode() + b'"\n\n'
    assert read(head + b"bl\xe5b\xe6r \x96 \\x41", RULES).own_text == "blåbær – \\x41"
    assert read(head + "blåbær – \\x41".encode(), RULES).own_text == "blåbær – \\x41"


def timed(raw: bytes) -> tuple[Reading, float]:
    start = process_time()
    return read(raw, RULES), process_time() - start


HEAVY = {
    "a long subject": HEAD + b"Subject: " + b"=?utf-8?q?Hei_=C3=A5?= " * 30_000 + b"\n\nhei",
    "many receivers": HEAD + b"To: " + b"".join(b"a%d@x.no, " % n for n in range(20_000)) + b"\n\n",
    "many references": HEAD + b"References: " + b"\n ".join([b"<a@x.example>"] * 50_000) + b"\n\n",
    "nested brackets": b"From: " + b"(" * 3_000 + b" a@b.no\n\nx",
    "nested parts": nested(1_500),
    "many parts": HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n" * 200_000,
    "many headers": HEAD + b"X: y\n" * 200_000 + b"\nx",
    "many parameters": HEAD + b"Content-Type: text/plain" + b";a=b" * 200_000 + b"\n\nx",
    "open quotes": HEAD + b'Authentication-Results: "' + b'\\"' * 4_000 + b"\n\nx",
    "open tags": HEAD + b"Content-Type: text/html\n\n" + b"<a " * 200_000,
    "open comments": HEAD + b"Content-Type: text/html\n\n" + b"<!--" * 200_000,
    "deep html": HEAD + b"Content-Type: text/html\n\n" + b"<div>" * 100_000 + b"hei",
    "crossed html": HEAD + b"Content-Type: text/html\n\n" + b"<b>" * 50_000 + b"</i></b>" * 50_000,
    "short lines": HEAD + b"\n" + b"a\n" * 500_000,
    "one long line": HEAD + b"\n" + b"skrev 2016 " * 100_000,
    "many labels": HEAD + b"\n" + b"Kurs: x\n" * 100_000,
    "links": HEAD + b"\n" + b"http://a" * 100_000 + b"<http://a" * 10_000,
}


TOO_MUCH = frozenset({"deep html", "crossed html"})
"""Whose many thousand tags cost more than the work that one message may ask for."""


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_input_is_read_in_two_seconds(name: str) -> None:
    reading, seconds = timed(HEAVY[name])
    assert seconds < LIMIT
    assert reading.kind == ("unreadable" if name in TOO_MUCH else "person")


def test_what_is_cut_is_noted() -> None:
    assert read(HEAVY["a long subject"], RULES).notes == ("header_cut:subject",)
    assert "depth_cut" in read(HEAVY["nested parts"], RULES).notes
    assert "parts_cut" in read(HEAVY["many parts"], RULES).notes
    assert "text_cut" in read(HEAVY["short lines"], RULES).notes


def test_an_oversize_message_tells_who_sent_it_and_nothing_more() -> None:
    raw = HEAD + b"Subject: Stor [KD-2026-0001.7K2Q9M4D]\n\nGODTATT\n" + b"x" * 2_000
    reading = read(raw, IntakeRules(max_bytes=1_000))
    assert reading.kind == "oversize"
    assert reading.sender == "kari@hf.example"
    assert (reading.text, reading.aligned, len(reading.digest)) == ("", False, 64)
    assert reading.notes == (f"oversize:{len(raw)}",)


def test_what_is_no_mail_is_unreadable() -> None:
    assert read(b"PK\x03\x04 not a mail", RULES).kind == "unreadable"
    assert read(b"", RULES).notes == ("no_headers",)


def test_a_fault_of_our_own_costs_one_mail_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("engine.intake.mime.tree", broken)
    assert read(HEAD, RULES).notes == ("unreadable:RecursionError",)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    raw = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, max(0, len(raw) - 1)))
        cut = draw(st.integers(0, 40))
        new = draw(
            st.one_of(
                st.binary(max_size=12),
                st.sampled_from(
                    [b"\r", b"\n", b"\n\n", b"\x00", b'"', b"<", b">", b"=?", b"?=", b"--", b";",
                     b"(", b":", b"From: a@b.no\n", b"=?utf-8?q?=FF?=", b"\xff", b"*0*=", b"<!--",
                     b"Content-Type: multipart/mixed; boundary=b\n", b"base64", b"\nMANGLER:\n"]
                ),
            )
        )  # fmt: skip
        raw[at : at + cut] = new
    return bytes(raw)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_no_mutation_of_a_mail_is_too_much(raw: bytes) -> None:
    reading = read(raw, RULES)
    assert not [note for note in reading.notes if note.startswith("unreadable:")]
    assert bool(reading.sender) != bool(reading.sender_doubt) or reading.kind == "unreadable"
    taken = commands(reading.own_text, WORDS)
    assert all(command.word in WORDS for command in taken)
    remainder(reading.own_text, taken, reading.fields)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_at_all_are_too_much(raw: bytes) -> None:
    for message in (raw, HEAD + raw, HEAD + b"Content-Type: text/html\n\n" + raw):
        assert not [n for n in read(message, RULES).notes if n.startswith("unreadable:")]
