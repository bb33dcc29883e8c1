"""Letters only over a line that is secured, to a server that is vouched for; several at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.app.tokens import TokenAccess, TokenSource
from engine.errors import SettingsError
from engine.model import Secret
from engine.ports import Delivery
from notifiers.smtp import SmtpNotifier, SmtpSettings
from tests.integration import certificates, smtp_server
from tests.integration.certificates import Certificate
from tests.integration.smtp_server import MailServer
from tests.integration.token_server import TokenServer, token_server

SECRET = "not a real one"
CONTENT = b"From: deling@site.example\r\nSubject: x\r\n\r\nHei\r\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("certificates")


@pytest.fixture(scope="module")
def authority(folder: Path) -> Certificate:
    return certificates.self_signed(folder, "authority")


@pytest.fixture(scope="module")
def ours(folder: Path, authority: Certificate) -> Certificate:
    return certificates.signed(folder, "localhost", authority)


def send(port: int, number: int = 1, **changes: Any) -> list[Delivery]:
    """What became of so many letters."""
    settings: dict[str, Any] = {
        "host": "localhost",
        "port": port,
        "security": "starttls",
        "timeout": 3.0,
        "connections": 1,
        "sender": "deling@site.example",
        **changes,
    }
    messages = [(each, f"r{each}@hf.example", CONTENT) for each in range(number)]
    groups = SmtpNotifier(SmtpSettings(**settings)).send(messages)
    return [outcome for _, outcome in sorted(each for group in groups for each in group)]


@pytest.fixture
def server() -> MailServer:
    return MailServer()


def starting_tls(server: MailServer, certificate: Certificate) -> Any:
    """The port of a server that wants STARTTLS first."""
    context = smtp_server.tls(certificate)
    return smtp_server.listening(server, tls_context=context, require_starttls=True)


def test_letters_leave_by_starttls_to_a_server_that_the_own_authority_vouches_for(
    server: MailServer, authority: Certificate, ours: Certificate
) -> None:
    with starting_tls(server, ours) as port:
        (found,) = send(port, ca=str(authority.certificate))
    assert (found.state, len(server.taken)) == ("sent", 1)


def test_letters_leave_by_tls_from_the_first_byte(
    server: MailServer, authority: Certificate, ours: Certificate
) -> None:
    with smtp_server.listening(server, ssl_context=smtp_server.tls(ours)) as port:
        (found,) = send(port, security="tls", ca=str(authority.certificate))
    assert (found.state, len(server.taken)) == ("sent", 1)


def test_a_certificate_that_nobody_vouches_for_gets_nothing(
    server: MailServer, ours: Certificate
) -> None:
    with starting_tls(server, ours) as port:
        (found,) = send(port)
    assert (found.state, found.reached, server.heard) == ("retry", False, [])
    assert "certificate verify failed" in found.text.lower()


def test_a_certificate_of_another_host_gets_nothing(
    server: MailServer, folder: Path, authority: Certificate
) -> None:
    wrong = certificates.signed(folder, "other.example", authority)
    with starting_tls(server, wrong) as port:
        (found,) = send(port, ca=str(authority.certificate))
    assert (found.state, found.reached, server.heard) == ("retry", False, [])


def test_a_server_that_offers_no_starttls_gets_nothing(
    server: MailServer, authority: Certificate
) -> None:
    with smtp_server.listening(server) as port:
        (found,) = send(port, ca=str(authority.certificate))
    assert (found.state, found.reached, server.heard) == ("retry", False, [])


def test_a_file_of_certificates_that_holds_none_is_a_settings_error(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing", encoding="ascii")
    with pytest.raises(SettingsError, match=r"smtp\.ca"):
        send(25, ca=str(tmp_path / "ca.pem"))


@pytest.fixture
def tokens() -> Iterator[TokenServer]:
    with token_server() as found:
        yield found


def test_an_access_token_logs_in_and_one_that_is_refused_is_asked_for_anew(
    server: MailServer, tokens: TokenServer, authority: Certificate, ours: Certificate
) -> None:
    bearer = {"token_type": "Bearer", "expires_in": 3600}
    tokens.answers = [(200, bearer | {"access_token": text}) for text in ("stale", "good")]
    source = TokenSource(TokenAccess(url=tokens.url, client_id="kd", secret=Secret(SECRET)))
    sure = {"ca": str(authority.certificate), "user": "deling@site.example", "token": source}
    with starting_tls(server, ours) as port:
        (first,) = send(port, **sure)
        (second,) = send(port, **sure)
        (third,) = send(port, **sure)
    assert [first.state, second.state, third.state] == ["retry", "sent", "sent"]
    assert (first.reached, len(server.taken), len(tokens.asked)) == (False, 2, 2)
    assert server.logins[-1] == "user=deling@site.example\x01auth=Bearer good\x01\x01"


def test_no_token_means_that_letters_wait(
    server: MailServer, tokens: TokenServer, authority: Certificate, ours: Certificate
) -> None:
    tokens.answers = [(401, {"error": "invalid_client"})]
    source = TokenSource(TokenAccess(url=tokens.url, client_id="kd", secret=Secret(SECRET)))
    sure = {"ca": str(authority.certificate), "user": "deling@site.example", "token": source}
    with starting_tls(server, ours) as port:
        (found,) = send(port, **sure)
    assert (found.state, found.reached) == ("retry", False)
    assert "invalid_client" in found.text


def test_several_connections_carry_letters_at_once_and_each_carries_many(
    server: MailServer,
) -> None:
    with smtp_server.listening(server) as port:
        found = send(port, 40, host="127.0.0.1", security="none", connections=4)
    assert [each.state for each in found] == ["sent"] * 40
    assert server.connections == 4
    assert min(server.carried().values()) > 1


def test_a_server_that_allows_fewer_connections_gets_all_letters_over_those(
    server: MailServer,
) -> None:
    server.most = 2
    with smtp_server.listening(server) as port:
        found = send(port, 20, host="127.0.0.1", security="none", connections=4)
    assert [each.state for each in found] == ["sent"] * 20
    assert len(server.carried()) == 2


def test_a_connection_is_left_after_a_hundred_letters(server: MailServer) -> None:
    with smtp_server.listening(server) as port:
        found = send(port, 101, host="127.0.0.1", security="none")
    assert {each.state for each in found} == {"sent"}
    assert sorted(server.carried().values()) == [1, 100]
