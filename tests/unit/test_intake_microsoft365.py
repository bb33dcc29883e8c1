"""Microsoft 365 vouches in a form of its own, without naming a server (RFC 8601 wants one)."""

from __future__ import annotations

import pytest

from engine.intake import IntakeRules, Reading, read

RULES = IntakeRules(microsoft365=True, tenant_domains=("ks.example",))
PASSED = (
    "Authentication-Results: spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom=hf.example;"
    " dkim=pass (signature was verified)\r\n header.d=hf.example;dmarc=pass action=none\r\n"
    " header.from=hf.example;compauth=pass reason=100"
)
OLDER = (
    "Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=hf.example;"
    " ks.example; dkim=pass header.d=hf.example;ks.example; dmarc=pass action=none"
    " header.from=hf.example;"
)
INSIDE = "X-MS-Exchange-Organization-AuthAs: Internal"
OUTSIDE = "X-MS-Exchange-Organization-AuthAs: Anonymous"
WHO = "From: Kari <kari@hf.example>"
COLLEAGUE = "From: kari@ks.example"


def mail(*headers: str, rules: IntakeRules = RULES) -> Reading:
    return read(("\r\n".join(headers) + "\r\nSubject: a\r\n\r\nHei\r\n").encode(), rules)


@pytest.mark.parametrize("results", [PASSED, OLDER], ids=["now", "before"])
def test_its_results_count_where_the_mailbox_lies_there(results: str) -> None:
    assert mail(results, WHO).aligned
    assert mail(OUTSIDE, results, WHO).aligned
    assert not mail(results, WHO, rules=IntakeRules()).aligned
    assert not mail(results, WHO, rules=IntakeRules(trusted_servers=("spf=pass",))).aligned


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("dmarc=pass", "dmarc=fail"),
        ("dmarc=pass", "dmarc=bestguesspass"),
        ("dmarc=pass", "dmarc=none"),
        ("dmarc=pass", "dmarc=temperror"),
        ("header.from=hf.example", "header.from=x.example"),
        ("header.from=hf.example", ""),
        ("header.from=hf.example", "header.from=x.hf.example"),
        ("dmarc=pass", "dmarc=fail header.from=hf.example;dmarc=pass"),
        ("spf=pass", "mx.x.example; spf=pass"),
        ("(sender IP is 192.0.2.1)", "(sender IP is 192.0.2.1"),
        ("compauth", "x" * 9_000 + "=a;compauth"),
    ],
)
def test_anything_but_a_pass_for_the_domain_of_from_counts_for_nothing(old: str, new: str) -> None:
    assert not mail(PASSED.replace(old, new), WHO).aligned


def test_only_its_top_most_results_count() -> None:
    failed = PASSED.replace("dmarc=pass", "dmarc=fail")

    assert not mail(failed, PASSED, WHO).aligned
    assert mail(PASSED, failed, WHO).aligned
    assert not mail("Authentication-Results: mx.x.example; none", PASSED, WHO).aligned


def test_mail_from_inside_counts_for_the_tenants_own_domains_only() -> None:
    assert mail(INSIDE, COLLEAGUE).aligned
    assert not mail(INSIDE, WHO).aligned
    assert not mail(INSIDE, COLLEAGUE, rules=IntakeRules(microsoft365=True)).aligned
    assert not mail(INSIDE, COLLEAGUE, rules=IntakeRules(tenant_domains=("ks.example",))).aligned
    assert not mail(OUTSIDE, COLLEAGUE).aligned


def test_a_mark_that_is_there_twice_or_says_something_else_is_no_mark() -> None:
    assert not mail(INSIDE, INSIDE, COLLEAGUE).aligned
    assert not mail(OUTSIDE, INSIDE, COLLEAGUE).aligned
    assert not mail(INSIDE + "ly", COLLEAGUE).aligned


def test_results_written_by_somebody_inside_say_nothing() -> None:
    assert not mail(INSIDE, PASSED, WHO).aligned
