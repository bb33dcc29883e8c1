"""Where reading takes a short way, it comes to the same as by the long one."""

from __future__ import annotations

import re
import unicodedata
from email.headerregistry import AddressHeader
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine import plain as entering
from engine.intake import address, mime, proof
from engine.intake.headers import Headers, decode, tidy
from engine.intake.quoting import quotes
from engine.intake.reply import commands

ODD = (
    "aå\n\t\r\x00\x85\x9f\xa0\xad\u200b\u200f\u2028\u2003\u202e\u2060\u2069\u3000\ufeff"
    "e\u0301\u0308\ud800 "
)
TEXTS = st.text(st.one_of(st.sampled_from(ODD), st.characters()), max_size=60)
NAMES = st.from_regex(r"\A(?:[A-Za-z0-9]{1,8} ){0,3}\Z")
LOCAL = st.from_regex(r"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,20}\Z")
DOMAIN = st.from_regex(r"\A[A-Za-z0-9.-]{1,20}\Z")
NEAR_BOUNDARIES = st.lists(
    st.sampled_from(
        ["--b", "--b--", "--b--- ", "--b \t", "--b-- ", "x--b", "--bx", "-", "\n", "text"]
    )
)


def _tidied(text: str) -> str:
    """As `tidy`, with every step taken."""
    lines = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)
    spaced = re.sub(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]", " ", lines)
    plain = entering._GONE.sub("", spaced)  # noqa: SLF001 – what goes is one table
    return unicodedata.normalize("NFC", plain)


@given(TEXTS)
@settings(max_examples=150)
def test_a_text_is_tidied_alike_whether_or_not_there_is_anything_to_tidy(text: str) -> None:
    assert tidy(text) == _tidied(text)


@given(NAMES, LOCAL, DOMAIN)
@settings(max_examples=150)
def test_a_plain_sender_is_the_one_that_the_library_reads(
    name: str, local: str, domain: str
) -> None:
    value = f"{name}<{local}@{domain}>"
    found = address.sender(Headers((("from", value.encode()),)))
    if found.address:
        read: dict[str, Any] = {"defects": []}
        AddressHeader.parse(value, read)
        (only,) = [each for group in read["groups"] for each in group.addresses]
        assert found.address == f"{only.username}@{only.domain}".lower()


def test_a_header_that_comes_twice_is_read_from_the_top() -> None:
    found = Headers((("to", b" one"), ("from", b" x"), ("to", b" two")))

    assert found.all("to") == (b" one", b" two")
    assert found.raw("to") == "one"
    assert found.has("from")
    assert not found.has("cc")


def _pieces(body: bytes) -> list[bytes]:
    """The parts between lines `--b`, by a pattern."""
    pieces, start = [], -1
    for found in re.finditer(rb"^--b(--)?[ \t]*$", body, re.MULTILINE):
        if start >= 0:
            pieces.append(body[start : max(start, found.start() - 1)])
        start = -1 if found[1] else found.end() + 1
        if found[1]:
            return pieces
    return [*pieces, body[start:]] if start >= 0 else pieces


@given(NEAR_BOUNDARIES)
@settings(max_examples=300)
def test_parts_lie_between_the_lines_that_a_pattern_would_find(pieces: list[str]) -> None:
    body = "\n".join(pieces).encode()
    root, _ = mime.tree(b"Content-Type: multipart/mixed; boundary=b\n\n" + body)
    # A part without a header has its whole text as its body, but for one empty line above it.
    assert [part.body for part in root.children] == [
        each.removeprefix(b"\n") for each in _pieces(body)
    ]


@given(st.binary(max_size=12))
def test_bytes_of_no_charset_are_read_as_utf_8_with_or_without_its_mark(content: bytes) -> None:
    for whole in (content, b"\xef\xbb\xbf" + content):
        try:
            expected = whole.decode("utf-8-sig")
        except UnicodeDecodeError:
            expected = whole.decode("cp1252", errors="replace")
        assert decode(whole, "") == expected


def test_what_a_server_found_reads_alike_with_and_without_comments() -> None:
    plain = b"mx.example; spf=pass smtp.mailfrom=a.example; dmarc=pass header.from=a.example"
    assert proof.results(plain) == proof.results(plain.replace(b"; d", b" (a; b (c)); d"))
    assert len(proof.results(plain)) == 2


def test_what_stands_above_a_quote_comes_line_by_line_and_blank_lines_count() -> None:
    lines = ["Godtatt", "", "  ", "Den 7. sep. 2026 kl. 10:00 skrev", "Ola <a@b.example>:", "> x"]
    assert list(quotes.above(lines)) == lines[:3]
    assert quotes.begins(lines) == 3


def test_a_word_with_a_date_is_a_command_and_one_with_letters_alone_is_none() -> None:
    words = frozenset({"AVSLUTT"})
    assert [each.text for each in commands("Avslutt 1. desember 2026", words)] == [
        "1. desember 2026"
    ]
    assert commands("Avslutt snart", words) == ()
