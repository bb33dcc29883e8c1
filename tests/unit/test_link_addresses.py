"""Where a link may lead: the public web alone, whatever way the address is written."""

from __future__ import annotations

import pytest

from engine.linkcheck.addresses import is_public
from engine.linkcheck.answers import UnansweredError, meaning
from engine.linkcheck.target import redirected, target

WEB = frozenset({80, 443})


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "193.157.108.1", "2001:700:100::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_an_address_of_the_public_internet_is_asked(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",  # noqa: S104 – nothing listens there: it is judged
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",  # where clouds keep their secrets
        "100.64.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:c0a8:101::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "2001:700::1%eth0",
        "fec0::1",
        "ff02::1",
        "2130706433",
        "0x7f000001",
        "127.1",
        "localhost",
        "",
    ],
)
def test_no_other_address_is_asked(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://kurs.example/", "link_scheme"),
        ("file:///etc/passwd", "link_scheme"),
        ("gopher://kurs.example:80/", "link_scheme"),
        ("//kurs.example/", "link_scheme"),
        ("https://meg:hemmelig@kurs.example/", "link_user"),
        ("https://meg@kurs.example/", "link_user"),
        ("https://@kurs.example/", "link_user"),
        ("https://kurs.example:22/", "link_port"),
        ("https://kurs.example:8443/", "link_port"),
        ("http://kurs.example:0/", "link_port"),
        ("https://kurs.example:99999/", "link_unreadable"),
        ("https://kurs.example:x/", "link_unreadable"),
        ("https:///kurs", "link_unreadable"),
        ("https://[::1/", "link_unreadable"),
        ("https://kurs .example/", "link_unreadable"),
        (f"https://{'å' * 70}.example/", "link_unreadable"),
    ],
)
def test_what_is_no_plain_address_of_the_web_is_not_asked(url: str, why: str) -> None:
    with pytest.raises(UnansweredError) as caught:
        target(url, WEB)
    assert (caught.value.answer.state, caught.value.answer.why) == ("unknown", why)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://kurs.example", "GET / HTTP/1.1\r\nHost: kurs.example\r\n"),
        ("http://KURS.example/a?b=c#d", "GET /a?b=c HTTP/1.1\r\nHost: kurs.example\r\n"),
        ("https://kurs.example:80/", "GET / HTTP/1.1\r\nHost: kurs.example:80\r\n"),
        ("https://blåbær.example/øl og mat", "GET /%C3%B8l%20og%20mat HTTP/1.1\r\nHost: xn--bl"),
        ("https://[2001:700::1]/", "GET / HTTP/1.1\r\nHost: [2001:700::1]\r\n"),
        ("https://kurs.example/a\r\nX: y", "GET /aX:%20y HTTP/1.1\r\nHost: kurs.example\r\n"),
        ("https://kurs.example/%0d%0aX", "GET /%0d%0aX HTTP/1.1\r\nHost: kurs.example\r\n"),
    ],
)
def test_the_request_names_the_program_and_holds_nothing_that_a_link_smuggles_in(
    url: str, asked: str
) -> None:
    request = target(url, WEB).request().decode("ascii")
    assert request.startswith(asked)
    assert "\r\nUser-Agent: Kursdeling (" in request
    assert request.count("\r\n") == 7


def test_a_redirection_is_read_from_where_it_stands() -> None:
    here = target("https://kurs.example/a/b?c", WEB)
    assert redirected(here, "/d") == "https://kurs.example/d"
    assert redirected(here, " d ") == "https://kurs.example/a/d"
    assert redirected(here, "//annet.example") == "https://annet.example"
    with pytest.raises(UnansweredError):
        redirected(here, "https://[::1/")


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, "alive"),
        (204, "alive"),
        (304, "alive"),
        (401, "alive"),
        (403, "alive"),
        (405, "alive"),
        (404, "failing"),
        (410, "failing"),
        (451, "failing"),
        (500, "failing"),
        (503, "failing"),
        (429, "unknown"),
    ],
)
def test_a_page_that_wants_a_login_is_there_and_one_that_is_gone_is_not(
    status: int, state: str
) -> None:
    assert meaning(status).state == state
