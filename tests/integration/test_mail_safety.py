"""Stopped between any two steps, a mail is with the mail server or stored; never nowhere, never
twice.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration import dovecot, stepping
from tests.integration.dovecot import PASSWORD, USER, Post
from tests.integration.office import OWNER, SUBJECT, Office, form, new_office
from tests.soak import SOAK

ROOT = Path(__file__).parents[2]
STRIDE = "1" if SOAK else "6"
LETTERS = 2
"""What one complete mail causes: a receipt, and the letter to KS Læring."""


def stepped(way: str, office: Office, how: str, *more: str | Path) -> list[dict[str, Any]]:
    """What each stop came to."""
    words = [way, str(office.site.folder), f"{office.at:%FT%TZ}", how, STRIDE, *map(str, more)]
    done = subprocess.run(
        [sys.executable, stepping.__file__, *words],
        check=True,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def opening(office: Office, n: int) -> bytes:
    name = f"Kurs nummer {n}"
    return office.raw(OWNER, SUBJECT, form(Kursets_kortnavn=f"SI-K{n}", Fullt_navn_på_kurset=name))


@pytest.mark.parametrize("how", ["kill", "full"])
def test_a_mail_on_standard_input_is_stored_or_delivered_again(tmp_path: Path, how: str) -> None:
    office = new_office(tmp_path / "site")
    office.site.database.close()
    (tmp_path / "mail.eml").write_bytes(opening(office, 1))

    found = stepped("stdin", office, how, tmp_path / "mail.eml")

    assert len(found) > 6
    first = [each["codes"][0] for each in found]
    # A full disk is told as 75; once the mail is stored, as success, whatever comes after.
    assert set(first) == ({-9} if how == "kill" else {75, 0})
    assert first == sorted(first, reverse=True)
    for each in found:
        assert set(each["codes"][1:]) <= {0}, each
        assert each["verdicts"].pop("opened") == 1, each
        assert each["verdicts"] in ({}, {"repeated": 1}), each
        assert (each["requests"], each["letters"]) == (1, LETTERS), each


@pytest.fixture
def post() -> Iterator[Post]:
    with dovecot.server(dovecot.program_or_skip()) as post:
        yield post


@pytest.mark.parametrize("how", ["kill", "full"] if SOAK else ["kill"])
def test_a_mail_in_a_mailbox_is_left_there_until_it_is_judged(
    tmp_path: Path, post: Post, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setenv("KURSDELING_IMAP_PASSWORD", PASSWORD)
    settings = {"host": "127.0.0.1", "port": str(post.port), "security": "none", "user": USER}
    office = new_office(tmp_path / "site", **{f"imap__{k}": text for k, text in settings.items()})
    office.site.database.close()
    post.deliver(office.raw("noen@fremmed.example", "Tilbud", "Kjøp!", aligned=False))
    (tmp_path / "mails").mkdir()
    for n in range(200):
        (tmp_path / "mails" / f"{n}.eml").write_bytes(opening(office, n))

    found = stepped("imap", office, how, post.box / "new", tmp_path / "mails")

    assert len(found) > 6
    taken = len(found) + 1
    last = found[-1]
    assert last["verdicts"] == {"opened": taken, "unknown_sender": 1}
    assert (last["requests"], last["letters"]) == (taken, taken * LETTERS)
    assert {each["codes"][0] for each in found} == ({-9} if how == "kill" else {0, 1})
    assert {each["codes"][1] for each in found} == {0}
    assert [len(post.listed(name)) for name in ("INBOX", "Behandlet", "Avvist")] == [0, taken, 1]
