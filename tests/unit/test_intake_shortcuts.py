"""Where reading takes a short way, it comes to the same as by the long one."""

from __future__ import annotations

import re
import unicodedata
from email.headerregistry import AddressHeader
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.intake import address
from engine.intake.charset import tidy
from engine.intake.headers import Headers

ODD = (
    "aå\n\t\r\x00\x85\x9f\xa0\xad\u200b\u200f\u2028\u2003\u202e\u2060\u2069\u3000\ufeff"
    "e\u0301\u0308\ud800 "
)
TEXTS = st.text(st.one_of(st.sampled_from(ODD), st.characters()), max_size=60)
NAMES = st.from_regex(r"\A(?:[A-Za-z0-9]{1,8} ){0,3}\Z")
LOCAL = st.from_regex(r"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,20}\Z")
DOMAIN = st.from_regex(r"\A[A-Za-z0-9.-]{1,20}\Z")


def _tidied(text: str) -> str:
    """As `tidy`, with every step taken."""
    lines = re.sub(r"\r\n?|[\x85\u2028\u2029]", "\n", text)
    spaced = re.sub(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]", " ", lines)
    seen = re.sub(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]", "", spaced)
    plain = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]", "", seen)
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
