"""Asking a real server for a page: what each answer says of the link, and what is never asked.

Loopback counts as public here, by a rule that no setting of a site can bring about.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.app.assembling import _ask
from engine.linkcheck.asking import Web, ask, places
from engine.ports import LinkAnswer
from tests.integration.certificates import self_signed, signed
from tests.integration.link_server import Server, serving

LIMIT = 1.0


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def web(server: Server, **more: object) -> Web:
    given = {"allowed": "127.0.0.1".__eq__, "ports": frozenset({server.port}), "limit": LIMIT}
    return Web(**(given | more))  # type: ignore[arg-type]  # the fields of Web, by name


def told(server: Server, path: str) -> tuple[str, str, str]:
    answer = ask(server.url(path), web(server))
    return answer.state, answer.why, answer.detail


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", ("alive", "link_answered", "200")),
        ("/early", ("alive", "link_answered", "200")),
        ("/401", ("alive", "link_closed", "401")),
        ("/404", ("failing", "link_status", "404")),
        ("/500", ("failing", "link_status", "500")),
        ("/429", ("unknown", "link_busy", "429")),
        ("/to//200", ("alive", "link_answered", "200")),
        ("/to//to//404", ("failing", "link_status", "404")),
        ("/nowhere", ("alive", "link_answered", "302")),
        ("/garbled", ("failing", "link_garbled", "127.0.0.1")),
        ("/empty", ("failing", "link_garbled", "127.0.0.1")),
    ],
)
def test_what_a_server_answers_is_what_the_link_is_worth(
    path: str, expected: tuple[str, str, str], server: Server
) -> None:
    assert told(server, path) == expected


def test_a_round_of_redirections_ends_after_five(server: Server) -> None:
    before = len(server.asked)
    assert told(server, "/round/x") == ("unknown", "link_round", "5")
    assert len(server.asked) - before == 6


@pytest.mark.parametrize("path", ["/hang", "/drip"])
def test_a_server_that_takes_its_time_is_left_when_the_time_is_over(
    path: str, server: Server
) -> None:
    begun = time.monotonic()
    assert told(server, path)[:2] == ("failing", "link_silent")
    assert time.monotonic() - begun < LIMIT + 1


@pytest.mark.parametrize(
    ("path", "why"), [("/endless", "link_answered"), ("/fields", "link_garbled")]
)
def test_no_more_is_read_than_the_head_of_an_answer(path: str, why: str, server: Server) -> None:
    server.written = 0
    assert told(server, path)[1] == why
    # What the machine's own buffers took in is no matter of ours.
    assert server.written < 20_000_000


def test_the_server_is_told_who_asks(server: Server) -> None:
    told(server, "/")
    assert "User-Agent: Kursdeling (" in server.heads[-1]
    assert f"Host: 127.0.0.1:{server.port}\r\n" in server.heads[-1]
    assert server.heads[-1].startswith("GET / HTTP/1.1\r\n")


def test_a_port_where_nobody_listens_takes_no_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    answer = ask(f"http://127.0.0.1:{port}/", web(Server(port)))
    assert answer == LinkAnswer(state="failing", why="link_unreached", detail="127.0.0.1")


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.2:{port}/",
        "http://localhost.localdomain:{port}/",
        "http://[::1]:{port}/",
        "http://2130706434:{port}/",
        "http://0.0.0.0:{port}/",
        "http://169.254.169.254:{port}/latest/meta-data/",
        "http://127.0.0.1:1/",
        "https://meg:x@127.0.0.1:{port}/",
        "file:///etc/passwd",
        "//10.0.0.1:{port}/",
    ],
)
def test_a_redirection_into_somebodys_walls_is_not_followed(location: str, server: Server) -> None:
    names = {"localhost.localdomain": "127.0.0.3"}
    before = len(server.asked)
    answer = ask(
        server.url("/to/" + location.format(port=server.port)),
        web(server, places=lambda host, port: places(names.get(host, host), port)),
    )
    assert answer.state == "unknown"
    assert answer.why in {"link_inside", "link_port", "link_user", "link_scheme"}
    assert len(server.asked) - before == 1


def test_a_site_itself_asks_nothing_on_this_machine_or_near_it(server: Server) -> None:
    before = len(server.asked)
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "0.0.0.0", "[::1]",  # noqa: S104 – it is asked, in vain
                 "[::ffff:127.0.0.1]", "10.0.0.1", "169.254.169.254"):  # fmt: skip
        assert _ask(f"http://{host}/").why == "link_inside", host
    assert _ask(server.url("/")).why == "link_port"
    assert len(server.asked) == before


def test_one_address_within_walls_is_enough_not_to_ask_at_all(server: Server) -> None:
    two = (*places("127.0.0.1", server.port), *places("10.0.0.1", server.port))
    assert ask(server.url("/"), web(server, places=lambda *_: two)).why == "link_inside"


def test_a_name_is_looked_up_once_and_what_was_judged_is_what_is_connected_to(
    server: Server,
) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> object:
        asked.append(host)
        return places("127.0.0.1" if len(asked) == 1 else "10.0.0.1", port)

    answer = ask(server.url("/", host="kurs.example"), web(server, places=rebinding))
    assert (answer.state, asked) == ("alive", ["kurs.example"])
    assert f"Host: kurs.example:{server.port}\r\n" in server.heads[-1]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (socket.EAI_NONAME, ("failing", "link_no_host")),
        (socket.EAI_AGAIN, ("unknown", "link_no_answer_on_name")),
    ],
)
def test_a_name_that_is_not_there_is_dead_and_one_that_nobody_can_look_up_is_not(
    number: int, expected: tuple[str, str], server: Server
) -> None:
    def lookup(*_: object) -> object:
        raise socket.gaierror(number, "as the resolver says")

    answer = ask(server.url("/", host="kurs.example"), web(server, places=lookup))
    assert (answer.state, answer.why) == expected


def test_the_next_address_is_tried_where_the_first_takes_nothing(server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        closed = listening.getsockname()[1]
    two = (*places("127.0.0.1", closed), *places("127.0.0.1", server.port))
    assert ask(server.url("/"), web(server, places=lambda *_: two)).state == "alive"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("certificates")


@pytest.mark.parametrize(
    ("name", "own_authority", "why"),
    [
        ("kurs.example", True, "link_answered"),
        ("annet.example", True, "link_certificate"),
        ("kurs.example", False, "link_certificate"),
    ],
)
def test_a_certificate_must_be_for_the_host_and_vouched_for(
    name: str, own_authority: bool, why: str, folder: Path
) -> None:
    authority = self_signed(folder, "authority.example")
    made = signed(folder, name, authority)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(made.certificate, made.key)

    def trust() -> ssl.SSLContext:
        return ssl.create_default_context(
            cafile=str(authority.certificate) if own_authority else None
        )

    with serving(tls) as server:
        here = places("127.0.0.1", server.port)
        answer = ask(
            server.url("/", "https", "kurs.example"),
            web(server, places=lambda *_: here, trust=trust),
        )
    assert answer.why == why
    assert server.asked == (["/"] if why == "link_answered" else [])


def test_a_server_that_speaks_no_tls_answers_what_nobody_understands(server: Server) -> None:
    answer = ask(server.url("/", "https"), web(server))
    assert answer.why in {"link_garbled", "link_silent"}
    assert answer.state == "failing"
