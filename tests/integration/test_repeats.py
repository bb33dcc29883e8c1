"""The same mail by two routes counts once, whoever takes it, and in whichever order."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from engine.app import open_site
from engine.service import receive
from engine.store.mail_in import arrivals
from tests.integration.office import OWNER, PLATFORM, SUBJECT, Office, form, new_office

BY_ANOTHER_ROUTE = (
    b"Received: from mx2.ks.example by mx.kursdeling.example; Mon, 7 Sep 2026 08:00\r\n"
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


@pytest.fixture
def shared(tmp_path: Path, url: str) -> Iterator[Office]:
    """The same office, once on SQLite and once on PostgreSQL."""
    office = new_office(tmp_path / "site", database=url)
    yield office
    office.site.database.close()


def stored(office: Office, raw: bytes) -> int:
    return receive.take(office.site, raw, "test", office.at)


def judged(office: Office, mail: int) -> str:
    return receive.handle(office.site, mail, office.at).verdict


def test_two_workers_that_take_the_same_mail_at_the_same_moment_judge_it_once(
    shared: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = threading.Barrier(2)
    real = arrivals.claim_of

    def both_have_looked(*arguments: object) -> arrivals.Claim | None:
        found = real(*arguments)  # type: ignore[arg-type]  # passed on as given
        # SQLite lets one writer in at a time: there the other cannot come this far.
        with suppress(threading.BrokenBarrierError):
            together.wait(timeout=0.5)
        return found

    raw = shared.raw(OWNER, SUBJECT, form())
    mails = [stored(shared, raw), stored(shared, BY_ANOTHER_ROUTE + raw)]
    monkeypatch.setattr(arrivals, "claim_of", both_have_looked)

    def work(mail: int) -> str:
        site = open_site(shared.site.folder)
        try:
            return receive.handle(site, mail, shared.at).verdict
        finally:
            site.database.close()

    with ThreadPoolExecutor(2) as workers:
        verdicts = list(workers.map(work, mails))

    assert sorted(verdicts) == ["opened", "repeated"]
    assert len(shared.letters(PLATFORM)) == 1


def test_a_copy_that_is_judged_before_the_mail_that_came_first_counts_once_too(
    office: Office,
) -> None:
    raw = office.raw(OWNER, SUBJECT, form())
    first, second = stored(office, raw), stored(office, BY_ANOTHER_ROUTE + raw)

    assert judged(office, second) == "opened"
    assert judged(office, first) == "repeated"
    assert len(office.letters(PLATFORM)) == 1


def test_the_same_message_id_with_other_content_is_unclear_and_its_copy_repeated(
    office: Office,
) -> None:
    office.open()
    raw = office.raw(PLATFORM, f"SV: {office.last(PLATFORM).subject}", "MOTTATT")
    assert office.take(raw).verdict == "fired"
    other = raw.replace(b"MOTTATT", "AVSLÅTT: nei".encode())
    assert [office.take(each).verdict for each in (other, raw, other)] == [
        "unclear",
        "repeated",
        "repeated",
    ]


def test_a_copy_that_brings_the_proof_that_the_first_one_lacked_is_judged(office: Office) -> None:
    number = office.open()
    before = len(office.events(number))
    subject = f"SV: [{number}.00000000]"
    bare = office.raw(PLATFORM, subject, "MOTTATT", aligned=False)
    proved = office.raw(PLATFORM, subject, "MOTTATT").replace(b"<m3@", b"<m2@")
    assert [office.take(bare).verdict for _ in range(2)] == ["unproved_sender", "repeated"]

    assert office.take(proved).verdict == "fired"
    assert [office.take(each).verdict for each in (proved, bare)] == ["repeated", "repeated"]
    assert len(office.events(number)) == before + 1


def test_mail_without_a_message_id_is_like_no_other(office: Office) -> None:
    raw = b"From: <a@fremmed.example>\r\nTo: <kursdeling@kursdeling.example>\r\n\r\nHei\r\n"
    assert {office.take(raw).verdict for _ in range(2)} == {"unknown_sender"}
