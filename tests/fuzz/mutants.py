"""Mails bent out of shape: what the fuzzing makes of the corpora, by bytes, lines and parts."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from tests.corpus.reader import samples

MAILS = Path(__file__).parents[1] / "mail"
SEEDS = [
    *(path.read_bytes() for path in sorted(MAILS.rglob("*.eml"))),
    *(sample.raw for sample in samples()),
]
BITS = [
    b"\r", b"\n", b"\n\n", b"\r\n", b"\x00", b'"', b"<", b">", b"=?", b"?=", b"--", b";", b"(",
    b")", b":", b"@", b",", b"%", b"*", b"\\", b"\xff", b"\xc3", b"\xe5", b"\xf0\x9f",
    b"\xef\xbb\xbf",
    b"From: a@b.no\n", b"\nFrom: x@y.no\n", b"=?utf-8?q?=FF?=", b"=?utf-8?b?////?=", b"*0*=",
    b"<!--", b"-->", b"<style>", b"</style>", b"<div style='display:none'>", b"<blockquote>",
    b"<![CDATA[", b"&#x110000;", b"&#99999999999;", b"begin 644 a\n", b"\nend\n", b"=\n", b"=3D",
    b"Content-Type: multipart/mixed; boundary=b\n", b"Content-Type: multipart/report\n",
    b"Content-Type: message/delivery-status\n\n", b"Content-Type: text/html; charset=utf-7\n",
    b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: x-uuencode\n",
    b"Return-Path: <>\n", b"Subject: Undeliverable: x\n", b"\n--b\n", b"\n--b--\n", b"base64",
    b"-----BEGIN PGP MESSAGE-----\n", b"-----END PGP MESSAGE-----\n", b"\nMANGLER:\n", b"\n> ",
    b"https://urldefense.com/v3/__http://a*__;Jg!!", b"safelinks.protection.outlook.com/?url=",
]  # fmt: skip


@st.composite
def mutants(draw: st.DrawFn) -> bytes:
    """A mail of the corpora after one to twelve changes."""
    raw = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 12))):
        _change(draw, raw)
    return bytes(raw)


def _change(draw: st.DrawFn, raw: bytearray) -> None:
    at = draw(st.integers(0, max(0, len(raw) - 1)))
    how = draw(st.sampled_from(["put", "put", "cut", "repeat", "swap", "splice", "flip"]))
    if how == "put":
        new = draw(st.one_of(st.binary(max_size=12), st.sampled_from(BITS)))
        raw[at : at + draw(st.integers(0, 40))] = new
    elif how == "cut":
        del raw[at : at + draw(st.integers(1, 2_000))]
    elif how == "repeat":
        piece = bytes(raw[at : at + draw(st.integers(1, 60))])
        raw[at:at] = piece * draw(st.sampled_from([2, 20, 2_000]))
    elif how == "swap":
        lines = bytes(raw).split(b"\n")
        one, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        lines[one], lines[other] = lines[other], lines[one]
        raw[:] = b"\n".join(lines)
    elif how == "splice":
        other_mail = draw(st.sampled_from(SEEDS))
        raw[at:] = other_mail[draw(st.integers(0, max(0, len(other_mail) - 1))) :]
    elif raw:
        raw[at] ^= 1 << draw(st.integers(0, 7))
