"""A mailbox reached safely: the server's certificate is checked, and access tokens log in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.settings import Settings
from engine.app.mailboxes import mailboxes
from engine.app.tokens import TokenAccess, TokenSource
from engine.errors import MailboxError, SettingsError, TokenError
from engine.mailbox.imap import ImapAccess, ImapMailbox
from engine.model import Secret
from tests.integration import dovecot
from tests.integration.dovecot import PASSWORD, USER, Post
from tests.integration.office import new_office
from tests.integration.token_server import TokenServer, token_server

RAW = b"From: a@b.example\r\nSubject: Hei\r\n\r\nHei\r\n"
SECRET = "not a real one"
SINCE = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def tokens() -> Iterator[TokenServer]:
    with token_server() as found:
        yield found


@pytest.fixture(scope="module")
def running(tokens: TokenServer) -> Iterator[Post]:
    with dovecot.server(dovecot.program_or_skip(), tokens.url) as post:
        yield post


@pytest.fixture
def post(running: Post) -> Post:
    running.empty()
    running.deliver(RAW)
    return running


def source(tokens: TokenServer) -> TokenSource:
    return TokenSource(TokenAccess(url=tokens.url, client_id="kd", secret=Secret(SECRET)))


def sure(post: Post, security: str = "tls", **changes: object) -> dict[str, object]:
    """How a careful site reaches the server, but for `changes`."""
    port = post.tls_port if security == "tls" else post.port
    known = {"host": "localhost", "port": port, "security": security, "ca": post.authority}
    return known | changes


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_server_that_our_authority_vouches_for_is_read(post: Post, security: str) -> None:
    with post.mailbox(**sure(post, security)) as mailbox:
        assert [each.raw for each in mailbox.messages(None, SINCE)] == [RAW]


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize(
    "change",
    [{"host": "127.0.0.1"}, {"host": "127.0.0.2"}, {"ca": ""}],
    ids=["another host's certificate", "a certificate of its own", "an unknown authority"],
)
def test_a_server_that_is_not_vouched_for_gets_no_password(
    post: Post, monkeypatch: pytest.MonkeyPatch, security: str, change: dict[str, object]
) -> None:
    told: list[str] = []
    monkeypatch.setattr("imapclient.IMAPClient.login", lambda *_: told.append("password"))
    with (
        pytest.raises(MailboxError, match="CERTIFICATE_VERIFY_FAILED"),
        post.mailbox(**sure(post, security, **change)),
    ):
        pass
    assert told == []


def test_a_token_logs_in_and_no_password_is_needed(post: Post, tokens: TokenServer) -> None:
    with post.mailbox(**sure(post, password="", token=source(tokens))) as mailbox:
        assert [each.raw for each in mailbox.messages(None, SINCE)] == [RAW]


def test_a_token_that_the_server_refuses_is_asked_for_anew_next_time(
    post: Post, tokens: TokenServer
) -> None:
    found = source(tokens)
    tokens.valid.discard(found())
    with pytest.raises(MailboxError, match="imap:"), post.mailbox(**sure(post, token=found)):
        pass
    with post.mailbox(**sure(post, token=found)) as mailbox:
        assert mailbox.mark.last == 1


def test_somebody_elses_token_opens_nothing(post: Post, tokens: TokenServer) -> None:
    found = source(tokens)
    with (
        pytest.raises(MailboxError, match="imap:"),
        post.mailbox(**sure(post, token=found, user="noen@annen.example")),
    ):
        pass


def test_without_a_token_the_mailbox_is_tried_again_later(post: Post, tokens: TokenServer) -> None:
    tokens.answers = [(503, b"")]
    with pytest.raises(TokenError), post.mailbox(**sure(post, token=source(tokens))):
        pass


def test_the_settings_name_authority_and_endpoint(
    tmp_path: Path, post: Post, tokens: TokenServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KURSDELING_IMAP_SECRET", SECRET)
    wanted = {
        "host": "localhost", "port": str(post.tls_port), "user": USER, "ca": post.authority,
        "token_url": tokens.url, "client_id": "kd", "scope": "post",
    }  # fmt: skip
    folder = tmp_path / "site"
    new_office(folder, **{f"imap__{name}": text for name, text in wanted.items()})

    (mailbox,) = mailboxes(Settings.load(folder))

    with mailbox:
        assert [each.raw for each in mailbox.messages(None, SINCE)] == [RAW]
    assert tokens.asked[-1]["client_secret"] == SECRET


def test_a_password_never_crosses_a_network_in_the_clear() -> None:
    access = ImapAccess(
        host="imap.hf.example",
        port=143,
        security="none",
        user="u",
        password=Secret(PASSWORD),
        largest=1,
    )
    with pytest.raises(SettingsError, match=r"imap\.security"):
        ImapMailbox(access)
    assert PASSWORD not in repr(access)
