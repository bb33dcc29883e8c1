"""Killed anywhere between fetching, storing, judging and moving, mail is not lost or doubled."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from imapclient import IMAPClient

from engine.service.collect import collect
from engine.store import inbox
from tests.acceptance.site import PROGRAM
from tests.integration import dovecot
from tests.integration.dovecot import PASSWORD, USER, Post
from tests.integration.office import OWNER, SUBJECT, Office, form, new_office

MAILS = 6


@pytest.fixture
def post() -> Iterator[Post]:
    with dovecot.server(dovecot.program_or_skip()) as post:
        yield post


@pytest.fixture
def office(tmp_path: Path, post: Post, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("KURSDELING_IMAP_PASSWORD", PASSWORD)
    settings = {"host": "127.0.0.1", "port": str(post.port), "security": "none", "user": USER}
    return new_office(tmp_path / "site", **{f"imap__{k}": text for k, text in settings.items()})


def openings(office: Office) -> list[bytes]:
    """Mails that open a request each."""
    return [
        office.raw(
            OWNER,
            SUBJECT,
            form(Kursets_kortnavn=f"SI-K{n}", Fullt_navn_på_kurset=f"Kurs nummer {n}"),
        )
        for n in range(MAILS)
    ]


def killed_after(office: Office, seconds: float) -> None:
    """One `tick`, killed unless it has ended by then."""
    words = ["--site", str(office.site.folder), "--at", f"{office.at:%FT%TZ}", "tick"]
    with subprocess.Popen(
        [PROGRAM, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()


def test_every_mail_is_stored_once_and_opens_once_however_often_we_are_killed(
    office: Office, post: Post
) -> None:
    for raw in openings(office):
        post.deliver(raw)
    chance = Random(3)  # noqa: S311 – when to kill is no secret

    for _ in range(40):
        killed_after(office, chance.uniform(0.6, 1.6))
        if not post.listed():
            break
    collect(office.site, office.at)

    with office.site.database.reading() as tx:
        rows = inbox.listed(tx)
    assert Counter(row.verdict for row in rows) == {"opened": MAILS}
    assert len({row.request for row in rows}) == MAILS
    assert (len(post.listed()), len(post.listed("Behandlet"))) == (0, MAILS)


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
    post.deliver(openings(office)[0])

    outcomes = collect(office.site, office.at).outcomes

    assert [outcome.verdict for outcome in outcomes] == ["opened"]
    assert len(post.listed("Behandlet")) == 1
    assert [flags for _, flags in post.listed()] == ([(b"\\Deleted",)] if len(lacking) > 1 else [])
    assert collect(office.site, office.at).outcomes == []
