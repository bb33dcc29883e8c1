"""A mailbox in trouble: what cannot be done now is done next time, and nothing twice."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Semaphore

import pytest
from imapclient import IMAPClient

from engine.app import open_site
from engine.mailbox import watch
from engine.mailbox.imap import ImapMailbox
from engine.service.collect import collect
from engine.store import sqlite
from tests.integration import dovecot
from tests.integration.dovecot import PASSWORD, USER, Post
from tests.integration.office import OWNER, SUBJECT, Office, form, new_office


@pytest.fixture(scope="module")
def running() -> Iterator[Post]:
    with dovecot.server(dovecot.program_or_skip()) as post:
        yield post


@pytest.fixture
def post(running: Post) -> Post:
    running.empty()
    return running


@pytest.fixture
def office(tmp_path: Path, post: Post, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("KURSDELING_IMAP_PASSWORD", PASSWORD)
    settings = {"host": "127.0.0.1", "port": str(post.port), "security": "none", "user": USER}
    return new_office(tmp_path / "site", **{f"imap__{k}": text for k, text in settings.items()})


@pytest.mark.parametrize("lacking", [{"MOVE"}, {"MOVE", "UIDPLUS"}])
def test_a_server_that_cannot_move_copies_and_marks_and_nothing_comes_again(
    office: Office, post: Post, monkeypatch: pytest.MonkeyPatch, lacking: set[str]
) -> None:
    real = IMAPClient.has_capability
    monkeypatch.setattr(
        IMAPClient,
        "has_capability",
        lambda self, name: name not in lacking and real(self, name),
    )
    post.deliver(office.raw(OWNER, SUBJECT, form()))

    outcomes = collect(office.site, office.at).outcomes

    assert [outcome.verdict for outcome in outcomes] == ["opened"]
    assert len(post.listed("Behandlet")) == 1
    assert [flags for _, flags in post.listed()] == ([(b"\\Deleted",)] if len(lacking) > 1 else [])
    assert collect(office.site, office.at).outcomes == []


def test_while_the_database_is_locked_a_mail_stays_in_the_mailbox(
    office: Office, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)
    post.deliver(office.raw(OWNER, SUBJECT, form()))
    site = open_site(office.site.folder)
    with closing(sqlite3.connect(office.site.folder / "kursdeling.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        found = collect(site, office.at)
    assert (found.outcomes, len(found.faults), len(post.listed())) == ([], 1, 1)

    assert [each.verdict for each in collect(site, office.at).outcomes] == ["opened"]
    assert len(post.listed()) == 0
    site.database.close()


def test_a_server_that_goes_away_in_the_middle_has_the_rest_fetched_next_time(
    office: Office, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(3):
        post.deliver(office.raw("noen@fremmed.example", f"Tilbud {n}", "Kjøp!", aligned=False))
    real = ImapMailbox.judged

    def last_words(self: ImapMailbox, source: str, verdict: str) -> None:
        real(self, source, verdict)
        hang_up(self)

    with monkeypatch.context() as patch:
        patch.setattr(ImapMailbox, "judged", last_words)
        found = collect(office.site, office.at)
    assert (len(found.outcomes), len(found.faults), len(post.listed())) == (1, 1, 2)

    found = collect(office.site, office.at)
    assert (len(found.outcomes), found.faults, len(post.listed("Avvist"))) == (2, [], 3)


def test_a_watch_comes_back_when_the_server_does(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "AGAIN", 0.2)
    woken = Semaphore(0)
    opened: list[ImapMailbox] = []

    def mailbox() -> ImapMailbox:
        # Away for once: nobody listens at the first port.
        opened.append(post.mailbox(**({} if opened else {"port": 1})))
        return opened[-1]

    watching = watch.Watch(mailbox, woken.release)
    watching.start()
    try:
        assert woken.acquire(timeout=10)
        assert woken.acquire(timeout=10)
        hang_up(opened[-1])
        assert woken.acquire(timeout=20)
        assert woken.acquire(timeout=20)
    finally:
        watching.stop()
    assert len(opened) == 3


def hang_up(mailbox: ImapMailbox) -> None:
    """Break the connection, as a server does that is stopped."""
    mailbox._client.socket().shutdown(socket.SHUT_RDWR)  # noqa: SLF001 – the line to the server


@pytest.mark.parametrize("fault", [ValueError("odd"), KeyError(b"UIDVALIDITY"), OSError("gone")])
def test_an_answer_that_follows_no_standard_is_a_fault_of_the_mailbox_and_of_nothing_else(
    office: Office, post: Post, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def odd(*_: object, **__: object) -> None:
        raise fault

    post.deliver(office.raw(OWNER, SUBJECT, form()))
    for name in ("select_folder", "search", "fetch", "move"):
        with monkeypatch.context() as patch:
            patch.setattr(IMAPClient, name, odd)
            assert len(collect(office.site, office.at).faults) == 1
    # Only the move was left to do.
    assert collect(office.site, office.at).faults == []
    assert len(post.listed("Behandlet")) == 1
