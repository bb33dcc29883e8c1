"""Access tokens asked for over HTTP: shared, renewed in time, and never asked for in the clear."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from engine.app.tokens import TokenAccess, TokenSource, token_source
from engine.errors import SettingsError, TokenError
from engine.model import Secret
from tests.integration.token_server import TokenServer, token_server

SECRET = "not a real one"


@pytest.fixture
def server() -> Iterator[TokenServer]:
    with token_server() as found:
        yield found


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def source(server: TokenServer, clock: Clock) -> TokenSource:
    return TokenSource(access(server.url), clock)


def access(url: str) -> TokenAccess:
    return TokenAccess(
        url=url, client_id="kd", secret=Secret(SECRET), scope="https://post.example/.default"
    )


def test_the_endpoint_is_asked_as_the_standard_says(
    server: TokenServer, source: TokenSource
) -> None:
    assert source() == "token-1"
    assert server.asked == [
        {
            "grant_type": "client_credentials",
            "client_id": "kd",
            "client_secret": SECRET,
            "scope": "https://post.example/.default",
        }
    ]


@pytest.mark.parametrize(("lasts", "renewed_after"), [(3600, 3300), ("3600", 3300), (100, 80)])
def test_a_token_is_shared_and_renewed_before_it_ends(
    server: TokenServer, source: TokenSource, clock: Clock, lasts: object, renewed_after: float
) -> None:
    server.lasts = lasts
    source()
    clock.now += renewed_after - 1
    assert source() == "token-1"
    clock.now += 2
    assert source() == "token-2"


@pytest.mark.parametrize("lasts", [None, "soon", -1, 0, "nan", "inf"])
def test_a_token_of_unknown_length_is_not_used_for_long(
    server: TokenServer, source: TokenSource, clock: Clock, lasts: object
) -> None:
    server.lasts = lasts
    source()
    clock.now += 300
    assert source() == "token-2"


def test_while_the_endpoint_is_down_a_token_is_used_to_its_end_and_no_longer(
    server: TokenServer, source: TokenSource, clock: Clock
) -> None:
    source()
    server.answers = [(503, b"nede"), (503, b"nede")]
    clock.now += 3599
    assert source() == "token-1"
    clock.now += 1
    with pytest.raises(TokenError, match="503"):
        source()
    assert source() == "token-4"


def test_a_token_that_a_server_refused_is_not_offered_again(source: TokenSource) -> None:
    source()
    source.forget()
    assert source() == "token-2"


def test_many_threads_ask_once(server: TokenServer, source: TokenSource) -> None:
    server.slow = 0.1
    with ThreadPoolExecutor(8) as threads:
        assert {each.result() for each in [threads.submit(source) for _ in range(8)]} == {"token-1"}
    assert len(server.asked) == 1


def test_every_pass_of_the_program_shares_the_source_of_one_access(server: TokenServer) -> None:
    assert token_source(access(server.url)) is token_source(access(server.url))
    assert token_source(access(server.url + "2")) is not token_source(access(server.url))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            (401, {"error": "invalid_client", "error_description": "Secret\n expired"}),
            r"401 invalid_client Secret expired",
        ),
        ((400, b"\xff\xfe"), "400 Bad Request"),
        ((200, b"<html>"), "no access token"),
        ((200, b"[" * 60_000), "no access token"),
        ((200, {"access_token": ""}), "no access token"),
        ((200, {"access_token": ["a"]}), "no access token"),
        ((200, {"access_token": "a\x01auth=Bearer b"}), "no access token"),
        ((200, {"access_token": "a", "token_type": "mac"}), "'mac' cannot be used"),
        ((302, b""), "302"),
        ((307, b""), "307"),
    ],
)
def test_whatever_else_is_answered_says_why_there_is_no_token(
    server: TokenServer, source: TokenSource, answer: tuple[int, object], said: str
) -> None:
    server.answers = [answer]
    with pytest.raises(TokenError, match=said) as raised:
        source()
    assert str(raised.value).startswith("no token from 127.0.0.1: ")
    assert SECRET not in str(raised.value)
    assert len(server.asked) == 1


def test_an_endpoint_that_hangs_or_is_away_is_given_up(server: TokenServer) -> None:
    server.slow = 0.5
    with pytest.raises(TokenError, match="timed out"):
        TokenSource(access(server.url), timeout=0.1)()
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
        with pytest.raises(TokenError, match="refused"):
            TokenSource(access(url))()


@pytest.mark.parametrize(
    "url", ["http://login.hf.example/token", "ftp://a.example", "", "https://"]
)
def test_a_secret_never_crosses_a_network_in_the_clear(url: str) -> None:
    with pytest.raises(SettingsError, match="token_url"):
        TokenSource(access(url))
    assert SECRET not in repr(access(url))
