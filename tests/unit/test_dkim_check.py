"""Signatures checked by ourselves: a whole one counts, and nothing that is less."""

from __future__ import annotations

import time

import dns.resolver
import pytest

from engine.app.dkim_check import Lookup, from_dns, signed_for
from engine.errors import SignatureUnknownError
from tests.unit.dkim_cases import DOMAIN, MAIL, SELECTOR, record, signed

HEADERS = [b"from", b"to", b"subject", b"date", b"message-id", b"content-type", b"mime-version"]


def answering(*records: bytes, asked: list[str] | None = None) -> Lookup:
    def look(name: str) -> list[bytes]:
        if asked is not None:
            asked.append(name)
        return list(records)

    return look


KNOWN = answering(record())


@pytest.mark.parametrize("bits", [1024, 2048])
@pytest.mark.parametrize("way", [(b"relaxed", b"relaxed"), (b"simple", b"simple")])
def test_a_signed_mail_is_its_domains(bits: int, way: tuple[bytes, bytes]) -> None:
    asked: list[str] = []
    raw = signed(bits=bits, canonicalize=way)
    assert signed_for(raw, DOMAIN, answering(record(bits), asked=asked))
    assert asked == [f"{SELECTOR}._domainkey.{DOMAIN}."]


def test_it_is_still_signed_when_it_was_stored_with_other_line_ends() -> None:
    assert signed_for(signed().replace(b"\r\n", b"\n"), DOMAIN, KNOWN)


def test_an_organisation_signs_for_its_departments_and_not_the_other_way() -> None:
    assert signed_for(signed(), f"post.{DOMAIN}", KNOWN)
    raw = signed(domain=f"post.{DOMAIN}".encode())
    assert not signed_for(raw, DOMAIN, KNOWN)
    assert signed_for(raw, f"post.{DOMAIN}", KNOWN)


@pytest.mark.parametrize("domain", ["annet.example", "ahf.example", "hf.example.org", "example"])
def test_a_signature_of_another_domain_is_not_even_looked_up(domain: str) -> None:
    asked: list[str] = []
    assert not signed_for(signed(), domain, answering(record(), asked=asked))
    assert asked == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\r\nMOTTATT", b"\r\nGODTATT"),
        (b"Hilsen Kari\r\n", b"Hilsen Kari\r\nAVSLUTT\r\n"),
        (b"<kari@", b"<ola@"),
        (b"SV: Kurset", b"SV: [KD-2026-0001.00000000]"),
        (b"<m1@", b"<m2@"),
        (b"7 Sep", b"8 Sep"),
        (b"MIME-Version", b"From: <x@hf.example>\r\nMIME-Version"),
        (b"MIME-Version", b"Subject: TREKK\r\nMIME-Version"),
        (b"MIME-Version", b"Content-Type: text/html\r\nMIME-Version"),
        (b"MIME-Version: 1.0\r\n", b"MIME-Version: 1.0\r\nno header at all\r\n"),
    ],
)
def test_a_mail_that_was_changed_on_the_way_is_not_signed(old: bytes, new: bytes) -> None:
    raw = signed()
    assert raw.count(old) == 1
    assert not signed_for(raw.replace(old, new), DOMAIN, KNOWN)


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_nothing_can_be_put_above_a_signed_mail_that_we_read_and_the_signature_does_not(
    end: bytes,
) -> None:
    trick = end.join([b"X-A: 1", b"From: <sjef@hf.example>", b"", b"GODTATT", b""])
    assert not signed_for(trick + signed(), DOMAIN, KNOWN)
    assert not signed_for(b"From x" + end + trick + signed(), DOMAIN, KNOWN)


def test_a_signature_that_leaves_the_end_of_the_text_open_counts_for_nothing() -> None:
    raw = signed(length=True)
    assert b"; l=" in raw
    assert not signed_for(raw, DOMAIN, KNOWN)
    assert not signed_for(raw + b"AVSLUTT\r\n", DOMAIN, KNOWN)


@pytest.mark.parametrize("left_out", [b"subject", b"date", b"message-id"])
def test_a_signature_must_cover_what_makes_a_mail_this_one(left_out: bytes) -> None:
    named = [name for name in HEADERS if name != left_out]
    assert signed_for(signed(include_headers=HEADERS), DOMAIN, KNOWN)
    assert not signed_for(signed(include_headers=named), DOMAIN, KNOWN)


def test_a_signature_that_has_run_out_counts_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import dkim  # type: ignore[import-untyped]  # it ships no py.typed

    real = dkim.DKIM.gen_header

    def with_end(
        self: object, fields: list[tuple[bytes, bytes]], *rest: object, **more: object
    ) -> bytes:
        found: bytes = real(
            self, [*fields[:-1], (b"x", str(ends).encode()), fields[-1]], *rest, **more
        )
        return found

    monkeypatch.setattr(dkim.DKIM, "gen_header", with_end)
    now = int(time.time())
    for ends, holds in ((now + 3_600, True), (now + 1, False)):
        raw = signed()
        assert f"x={ends}".encode() in raw
        monkeypatch.setattr(time, "time", lambda now=now: now + 60)
        assert signed_for(raw, DOMAIN, KNOWN) is holds
        monkeypatch.undo()
        monkeypatch.setattr(dkim.DKIM, "gen_header", with_end)


def test_weak_keys_and_old_algorithms_count_for_nothing() -> None:
    assert not signed_for(signed(bits=768), DOMAIN, answering(record(768)))
    assert not signed_for(signed(signature_algorithm=b"rsa-sha1"), DOMAIN, KNOWN)


@pytest.mark.parametrize(
    "records",
    [
        [],
        [record(2048)],
        [record(), record()],
        [record(flags="y")],
        [b"v=DKIM1; k=rsa; p="],
        [b"v=DKIM1; k=ed25519; p=" + b"A" * 43 + b"="],
        [b"p=\xff\xfe"],
        [b"v=spf1 -all"],
    ],
)
def test_without_the_one_right_key_nothing_is_signed(records: list[bytes]) -> None:
    assert not signed_for(signed(), DOMAIN, answering(*records))


def test_other_records_of_the_name_do_not_matter() -> None:
    assert signed_for(signed(), DOMAIN, answering(b"v=spf1 -all", record()))


def test_a_key_for_the_domain_alone_signs_for_no_identity_below_it() -> None:
    only = answering(record(flags="s"))
    assert signed_for(signed(), DOMAIN, only)
    assert not signed_for(signed(identity=b"@post.hf.example"), DOMAIN, only)
    assert signed_for(signed(identity=b"@post.hf.example"), DOMAIN, KNOWN)


def test_no_more_than_some_keys_are_asked_for() -> None:
    asked: list[str] = []
    raw = MAIL
    for _ in range(20):
        raw = signed(raw, include_headers=HEADERS)
    assert not signed_for(raw, DOMAIN, answering(asked=asked))
    assert len(asked) == 3


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 100,
        MAIL,
        b"DKIM-Signature: v=1\r\n" + MAIL,
        b"DKIM-Signature: d=hf.example; h=from; a=rsa-sha256; b=\xff\r\n" + MAIL,
        b"DKIM-Signature:" + b" ;d=hf.example" * 10_000 + b"\r\n" + MAIL,
        MAIL + b" " * 500_000,
    ],
)
def test_what_is_no_signature_proves_nothing(raw: bytes) -> None:
    assert not signed_for(raw, DOMAIN, KNOWN)


def test_hostile_mail_takes_no_time() -> None:
    started = time.process_time()
    for raw in (
        signed() + b"\t " * 500_000,
        b"X:" + b"\r\n a" * 100_000 + b"\r\n" + signed(),
        b"".join(b"X%d: a\r\n" % n for n in range(20_000)) + signed(),
    ):
        assert not signed_for(raw, DOMAIN, KNOWN)
    assert time.process_time() - started < 2


def test_whether_a_mail_is_signed_is_unknown_while_nobody_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise dns.resolver.LifetimeTimeout(timeout=1, errors=[])

    monkeypatch.setattr(dns.resolver.Resolver, "resolve", fails)
    with pytest.raises(SignatureUnknownError, match=SELECTOR):
        signed_for(signed(), DOMAIN, from_dns)


def test_a_name_that_does_not_exist_has_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise dns.resolver.NXDOMAIN

    monkeypatch.setattr(dns.resolver.Resolver, "resolve", fails)
    assert from_dns("post._domainkey.hf.example.") == []
    assert not signed_for(signed(), DOMAIN, from_dns)
