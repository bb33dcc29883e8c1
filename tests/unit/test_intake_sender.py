"""Who is writing, to whom, and who vouches for it: forgeries are doubted, never believed."""

from __future__ import annotations

import pytest

from engine.intake import IntakeRules, Reading, read

TRUSTED = IntakeRules(trusted_servers=("mx.hf.example",))


def mail(*headers: str, body: str = "AVSLUTT", rules: IntakeRules = TRUSTED) -> Reading:
    rest = "Date: Sat, 21 Nov 2026 10:00:00 +0100\nSubject: x\n\n"
    return read(("\n".join(headers) + "\n" + rest + body).encode(), rules)


@pytest.mark.parametrize(
    ("value", "address", "name"),
    [
        ("kari@hf.example", "kari@hf.example", ""),
        ("Kari.Nordmann+x@HF.Example", "kari.nordmann+x@hf.example", ""),
        ("<kari@hf.example>", "kari@hf.example", ""),
        ("Kari Nordmann <kari@hf.example>", "kari@hf.example", "Kari Nordmann"),
        ('"Nordmann, Kari" <kari@hf.example>', "kari@hf.example", "Nordmann, Kari"),
        ('"kari@hf.example" <kari@hf.example>', "kari@hf.example", "kari@hf.example"),
        ("Kari N. Nordmann <kari@hf.example>", "kari@hf.example", "Kari N. Nordmann"),
        ("kari@hf.example (Kari)", "kari@hf.example", "Kari"),
        (
            "=?utf-8?q?K=C3=A5re?= =?utf-8?q?_=C3=98?= <kari@hf.example>",
            "kari@hf.example",
            "Kåre Ø",
        ),
        ("=?utf-8?b?S8OlcmUsIGFAYi5ubw==?= <kari@hf.example>", "kari@hf.example", "Kåre, a@b.no"),
        ("Kåre <kari@hf.example>", "kari@hf.example", "Kåre"),
        ("Kari\n <kari@hf.example>", "kari@hf.example", "Kari"),
    ],
)
def test_a_sender_that_two_readers_agree_on_is_read(value: str, address: str, name: str) -> None:
    reading = mail(f"From: {value}")
    assert (reading.sender, reading.sender_doubt) == (address, "")
    assert reading.sender_name == name


@pytest.mark.parametrize(
    ("headers", "doubt"),
    [
        ([], "no_from"),
        (["From: "], "no_from"),
        (["From: kari@hf.example", "From: ond@x.example"], "several_from"),
        (["From: kari@hf.example", "FROM : kari@hf.example"], "several_from"),
        (["From: kari@hf.example, ond@x.example"], "several_addresses"),
        (["From: Kari <kari@hf.example>, Ond <ond@x.example>"], "several_addresses"),
        (["From: kari@hf.example <ond@x.example>"], "malformed"),
        (["From: alice@x)bob@y"], "malformed"),
        (["From: <kari@hf.example> <ond@x.example>"], "malformed"),
        (["From: kari@hf.example, <ond@x.example>"], "several_addresses"),
        (['From: "Kari" kari@hf.example'], "readings_differ"),
        (["From: undisclosed-recipients:;"], "malformed"),
        (["From: Gruppe: kari@hf.example;"], "malformed"),
        (["From: \u212aari@hf.example"], "malformed"),
        (["From: kаri@hf.example"], "malformed"),
        (["From: kari@hf.example\x00"], "malformed"),
        (["From: Kari"], "malformed"),
        (["From: kari@hf.example." + "a" * 300], "malformed"),
        (["From: " + "Kari " * 300 + "<kari@hf.example>"], "malformed"),
        (["From: kari@hf.example@x.example"], "malformed"),
        (["From: <@x.example:kari@hf.example>"], "malformed"),
        (['From: "kari"@hf.example'], "malformed"),
        (["From: kari@[192.0.2.1]"], "malformed"),
    ],
)
def test_any_doubt_about_from_leaves_the_sender_empty(headers: list[str], doubt: str) -> None:
    reading = mail(*headers)
    assert (reading.sender, reading.sender_doubt) == ("", doubt)
    assert not reading.aligned


def test_a_second_from_behind_thousands_of_headers_is_seen() -> None:
    headers = ["From: kari@hf.example", *["X-Fill: y"] * 2_500, "From: ond@x.example"]
    assert mail(*headers).sender_doubt == "several_from"


def test_reply_to_and_sender_say_nothing_about_who_wrote() -> None:
    reading = mail("From: ond@x.example", "Reply-To: kari@hf.example", "Sender: kari@hf.example")
    assert reading.sender == "ond@x.example"


def test_receivers_come_from_every_header_that_names_them() -> None:
    reading = mail(
        "From: kari@hf.example",
        'To: "Deling, KS" <Deling@KD.example>, b@x.example',
        "Cc: c@x.example",
        "Delivered-To: d@x.example",
        "X-Original-To: e@x.example",
        "Envelope-To: f@x.example",
        "Bcc: g@x.example",
    )
    assert reading.recipients == (
        "deling@kd.example", "b@x.example", "c@x.example", "d@x.example", "e@x.example",
        "f@x.example",
    )  # fmt: skip


RESULTS = [
    ("mx.hf.example; dmarc=pass header.from=hf.example", True),
    ("MX.HF.EXAMPLE; DMARC=PASS (p=none) header.from=HF.example", True),
    ("mx.hf.example 1; dmarc=pass", True),
    ("mx.hf.example; dkim=pass header.d=hf.example", True),
    ("mx.hf.example; dkim=pass header.i=@hf.example header.s=s1", True),
    ("mx.hf.example; dkim=pass (2048-bit; x) header.d=hf.example header.i=kari@hf.example", True),
    ("mx.hf.example; spf=pass smtp.mailfrom=hf.example;\n dkim=pass header.d=hf.example", True),
    ("mx.hf.example; dkim=fail header.d=hf.example; dkim=pass header.d=hf.example", True),
    ("mx.hf.example; dmarc=none; dkim=pass header.d=hf.example", True),
    ("mx.hf.example; spf=pass smtp.mailfrom=hf.example", False),
    ("mx.hf.example; dmarc=pass header.from=x.example", False),
    ("mx.hf.example; dmarc=fail header.from=hf.example; dkim=pass header.d=hf.example", False),
    ("mx.hf.example; dkim=pass header.d=x.example", False),
    ("mx.hf.example; dkim=pass header.d=example", False),
    ("mx.hf.example; dkim=pass header.d=x.example header.i=@hf.example", False),
    ("mx.hf.example; dkim=pass header.d=f.example", False),
    ("mx.hf.example; dkim=pass header.d=post.hf.example", False),
    ("mx.hf.example; dkim=pass", False),
    ("mx.hf.example; dkim=pass header.s=hf.example", False),
    ("mx.hf.example; none", False),
    ("mx.hf.example", False),
    ('"mx.hf.example"; dmarc=pass', False),
    ("mx.hf.example (ours); dmarc=pass", False),
    ("(ours) mx.hf.example; dmarc=pass", False),
    ("mx.hf.exam\u200bple; dmarc=pass", False),
    ("\ufeffmx.hf.example; dmarc=pass", False),
    ("m\uff58.hf.example; dmarc=pass", False),
    ("=?utf-8?q?mx=2Ehf=2Eexample?=; dmarc=pass", False),
    ("mx.hf.example 1 2; dmarc=pass", False),
    ("mx.hf.example.; dmarc=pass", False),
    ("mx.hf.example (; dmarc=pass)", False),
    ('mx.hf.example; x="; dmarc=pass header.from=hf.example"', False),
    ("mx.x.example; dmarc=pass header.from=hf.example", False),
    ("mx.hf.example.x.example; dmarc=pass", False),
    ("dmarc=pass header.from=hf.example", False),
    ("spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=hf.example; dmarc=pass", False),
    ("; dmarc=pass", False),
    ("", False),
    ("mx.hf.example; dkim=pass header.d=hf.example; " + "x" * 9_000, False),
]


@pytest.mark.parametrize(("results", "expected"), RESULTS)
def test_only_a_trusted_servers_pass_for_the_domain_of_from_counts(
    results: str, expected: bool
) -> None:
    headers = ("Authentication-Results: " + results, "From: Kari <kari@hf.example>")
    assert mail(*headers).aligned is expected


def test_an_organisation_may_sign_for_what_lies_below_it() -> None:
    results = "Authentication-Results: mx.hf.example; dkim=pass header.d=hf.example"
    assert mail(results, "From: kari@post.hf.example").aligned


def test_only_the_top_most_results_count() -> None:
    ours = "Authentication-Results: mx.hf.example; dmarc=fail header.from=hf.example"
    forged = "Authentication-Results: mx.hf.example; dmarc=pass header.from=hf.example"
    other = "Authentication-Results: mx.x.example; dmarc=none"
    who = "From: kari@hf.example"
    assert not mail(ours, forged, who).aligned
    assert not mail(other, forged, who).aligned
    assert mail(forged, ours, who).aligned
    assert not mail("ARC-" + forged, who).aligned


def test_without_trusted_servers_nothing_is_aligned() -> None:
    results = "Authentication-Results: mx.hf.example; dmarc=pass"
    assert not mail(results, "From: kari@hf.example", rules=IntakeRules()).aligned


OURS = "Authentication-Results: mx.hf.example; "
PASSED = f"{OURS}dmarc=pass header.from=hf.example"
WHO = "From: kari@hf.example"
INNER = "Received: from mx.hf.example (by mx.x.example) by inner.hf.example with LMTP; Mon"
BY_US = "Received: from helo (helo [192.0.2.1]) by MX.hf.example (Postfix) with ESMTPS id 1; Mon"
BY_OTHERS = "Received: from a by mx.x.example; Mon"


@pytest.mark.parametrize(
    ("above", "counts"),
    [
        ([], True),
        ([BY_US], True),
        ([BY_US, BY_US], True),
        ([INNER], False),
        ([BY_OTHERS], False),
        ([BY_US, BY_OTHERS], False),
        (["Received: from mx.hf.example; Mon"], False),
        (["Received: (by mx.hf.example) from a; Mon"], False),
        (["Received: from a; by mx.hf.example"], False),
        (["Received: from a by mx.hf.example.x.example; Mon"], False),
    ],
)
def test_results_below_somebody_elses_received_came_with_the_mail(
    above: list[str], counts: bool
) -> None:
    assert mail(*above, PASSED, WHO).aligned is counts


def test_the_hosts_that_mail_passes_inside_can_be_named() -> None:
    rules = IntakeRules(
        trusted_servers=("mx.hf.example",), own_hosts=("inner.hf.example", "mx.hf.example")
    )
    assert mail(INNER, PASSED, BY_US, WHO, rules=rules).aligned
    assert not mail(INNER, BY_OTHERS, PASSED, WHO, rules=rules).aligned


REFUTING = [
    ([f"{OURS}dmarc=fail header.from=hf.example"], True),
    ([f"{OURS}spf=fail smtp.mailfrom=x.example; dmarc=fail (p=none) header.from=hf.example"], True),
    ([f"{OURS}dkim=pass header.d=hf.example; dmarc=fail header.from=hf.example"], True),
    ([f"{OURS}dkim=pass header.d=hf.example", f"{OURS}dmarc=fail header.from=hf.example"], True),
    ([BY_US, f"{OURS}dmarc=fail"], True),
    ([f"{OURS}dmarc=fail; x={'y' * 9_000}"], True),
    ([f"{OURS}x={'y' * 9_000}; dmarc=fail"], True),
    ([f"{OURS}dmarc=none header.from=hf.example"], False),
    ([f"{OURS}dmarc=temperror header.from=hf.example"], False),
    ([f"{OURS}dmarc=permerror header.from=hf.example"], False),
    ([f"{OURS}spf=fail smtp.mailfrom=hf.example; dkim=fail header.d=hf.example"], False),
    ([PASSED, f"{OURS}dmarc=fail header.from=hf.example"], False),
    (["Authentication-Results: mx.x.example; dmarc=fail header.from=hf.example"], False),
    ([BY_OTHERS, f"{OURS}dmarc=fail header.from=hf.example"], False),
    (["Authentication-Results: mx.hf.example (our; milter (2)); dmarc=fail"], True),
    (['Authentication-Results: "MX.hf.example" 1; dmarc=fail header.from=hf.example'], True),
    (["Authentication-Results: mx.hf.exa\u200bmple; dmarc=fail"], True),
    (["Authentication-Results: (x) mx.hf.example (y); dkim=pass", f"{OURS}dmarc=fail"], True),
    ([PASSED, "Authentication-Results: mx.hf.example (x); dmarc=fail"], True),
    (["Authentication-Results: mx.hf.example (x); dmarc=pass"], False),
    ([BY_OTHERS, "Authentication-Results: mx.hf.example (x); dmarc=fail"], False),
    (["Authentication-Results: mx.x.example (mx.hf.example); dmarc=fail"], False),
]


@pytest.mark.parametrize(("headers", "expected"), REFUTING)
def test_a_trusted_server_that_reports_failure_refutes_the_sender(
    headers: list[str], expected: bool
) -> None:
    reading = mail(*headers, WHO)
    assert reading.refuted is expected
    assert not (reading.refuted and reading.aligned)
