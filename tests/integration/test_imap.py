"""Mail fetched by IMAP from a real server: emptied safely, or read beside people unnoticed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from threading import Semaphore
from time import monotonic
from typing import Any

import pytest
from msgspec.structs import replace

from engine.errors import MailboxError
from engine.mailbox import watch as watch_module
from engine.mailbox.imap import ImapMailbox
from engine.mailbox.watch import Watch
from engine.ports import Mailbox
from engine.service import receive
from engine.service.collect import collect
from engine.service.site import Site
from engine.store.mail_in import inbox
from engine.store.mail_in.inbox import MailRow
from tests.acceptance.site import run
from tests.integration import dovecot
from tests.integration.dovecot import PASSWORD, USER, Post
from tests.integration.office import OWNER, PLATFORM, SUBJECT, Office, form, new_office


@pytest.fixture(scope="module")
def running() -> Iterator[Post]:
    with dovecot.server(dovecot.program_or_skip()) as post:
        yield post


@pytest.fixture
def post(running: Post) -> Post:
    running.empty()
    return running


@pytest.fixture
def office(tmp_path: Path, post: Post) -> Office:
    return reading(new_office(tmp_path / "site"), post)


@pytest.fixture
def beside(tmp_path: Path, post: Post) -> Office:
    return reading(new_office(tmp_path / "site", mail__mode="beside"), post, beside=True)


def reading(office: Office, post: Post, **changes: object) -> Office:
    def mailboxes() -> Sequence[Mailbox]:
        return (post.mailbox(**changes),)

    office.site = replace(office.site, mailboxes=mailboxes)
    return office


def verdicts(office: Office) -> list[str]:
    found = collect(office.site, office.at)
    assert found.faults == []
    return [outcome.verdict for outcome in found.outcomes]


def stored(office: Office) -> list[tuple[MailRow, bytes | None]]:
    with office.site.database.reading() as tx:
        return [(row, inbox.raw_of(tx, row.id)) for row in inbox.listed(tx)]


def stranger(office: Office, body: str = "Kjøp!") -> bytes:
    return office.raw("noen@fremmed.example", "Tilbud", body, aligned=False)


def test_our_own_mailbox_is_emptied_into_two_folders(office: Office, post: Post) -> None:
    raw = office.raw(OWNER, SUBJECT, form())
    post.deliver(raw)
    post.deliver(stranger(office))

    assert verdicts(office) == ["opened", "unknown_sender"]
    assert next(kept for _, kept in stored(office)) == raw.replace(b"\r\n", b"\n").replace(
        b"\n", b"\r\n"
    )
    assert [len(post.listed(each)) for each in ("INBOX", "Behandlet", "Avvist")] == [0, 1, 1]
    # Nobody has read it, and the folder shows that.
    assert post.listed("Behandlet")[0][1] == ()
    assert verdicts(office) == []


def test_what_was_stored_before_a_crash_is_neither_lost_nor_stored_twice(
    office: Office, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.deliver(office.raw(OWNER, SUBJECT, form()))

    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(receive, "handle", crash)
        with pytest.raises(KeyboardInterrupt):
            collect(office.site, office.at)
    assert [row.verdict for row, _ in stored(office)] == [None]
    assert len(post.listed()) == 1

    with monkeypatch.context() as patch:
        patch.setattr(ImapMailbox, "judged", crash)
        with pytest.raises(KeyboardInterrupt):
            collect(office.site, office.at)
    assert [row.verdict for row, _ in stored(office)] == ["opened"]
    assert len(post.listed()) == 1

    assert verdicts(office) == []
    assert len(stored(office)) == 1
    assert (len(post.listed()), len(post.listed("Behandlet"))) == (0, 1)


def test_what_is_only_taken_waits_for_its_verdict_in_the_store_and_in_the_mailbox(
    office: Office, post: Post
) -> None:
    post.deliver(office.raw(OWNER, SUBJECT, form()))
    for _ in range(4):
        found = collect(office.site, office.at, judging=False)
        assert (found.outcomes, found.faults) == ([], [])
    assert [row.verdict for row, _ in stored(office)] == [None]
    assert len(post.listed()) == 1

    assert verdicts(office) == ["opened"]
    assert (len(post.listed()), len(post.listed("Behandlet"))) == (0, 1)


def test_a_mailbox_beside_people_is_not_read_for_the_first_time_by_a_wrong_clock(
    beside: Office, post: Post
) -> None:
    post.deliver(beside.raw(OWNER, SUBJECT, form()))
    ahead = beside.at + timedelta(days=366)
    assert collect(beside.site, ahead, judging=False).faults == []
    assert stored(beside) == []

    assert verdicts(beside) == ["opened"]
    post.deliver(stranger(beside))
    collect(beside.site, ahead, judging=False)
    assert [row.verdict for row, _ in stored(beside)] == ["opened", None]


def test_a_message_that_cannot_be_judged_stays_and_the_next_one_goes_on(
    office: Office, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.deliver(stranger(office, "1"))
    post.deliver(stranger(office, "2"))
    real = receive.handle

    def fails_on_the_first(site: Site, mail: int, *more: Any) -> receive.MailOutcome:
        if mail == 1:
            raise RuntimeError("broken")
        return real(site, mail, *more)

    with monkeypatch.context() as patch:
        patch.setattr(receive, "handle", fails_on_the_first)
        found = collect(office.site, office.at)

    assert found.faults == ["mail 1: RuntimeError: broken"]
    assert (len(found.outcomes), len(post.listed()), len(post.listed("Avvist"))) == (1, 1, 1)
    assert verdicts(office) == ["unknown_sender"]


def test_the_same_number_in_a_new_numbering_is_another_message(office: Office, post: Post) -> None:
    post.deliver(stranger(office, "1"))
    verdicts(office)
    post.empty()
    post.deliver(stranger(office, "2"))

    assert verdicts(office) == ["unknown_sender"]
    sources = [row.source for row, _ in stored(office)]
    assert [source.split(";")[2] for source in sources] == ["1", "1"]
    assert sources[0] != sources[1]


def test_a_message_put_back_by_hand_is_told_to_be_repeated(office: Office, post: Post) -> None:
    raw = office.raw(OWNER, SUBJECT, form())
    post.deliver(raw)
    verdicts(office)
    post.deliver(raw)

    assert verdicts(office) == ["repeated"]


def test_a_huge_message_is_not_fetched_whole(tmp_path: Path, post: Post) -> None:
    office = reading(new_office(tmp_path / "site"), post, largest=10_000)
    office.site = replace(office.site, intake=replace(office.site.intake, max_bytes=10_000))
    post.deliver(office.raw(OWNER, SUBJECT, form() + "æ" * 50_000))

    assert verdicts(office) == ["oversize"]
    ((_, raw),) = stored(office)
    assert raw is not None
    assert len(raw) == 10_001


def test_a_server_that_is_away_or_says_no_stops_nothing(tmp_path: Path, post: Post) -> None:
    office = reading(new_office(tmp_path / "site"), post, user="noen@annen.example")

    found = collect(office.site, office.at)

    assert found.outcomes == []
    assert len(found.faults) == 1
    with pytest.raises(MailboxError, match="imap:"), post.mailbox(port=1):
        pass


def test_beside_people_nothing_is_moved_or_marked_and_only_ours_is_kept(
    beside: Office, post: Post
) -> None:
    beside.at = beside.site.clock.now()
    for raw in (stranger(beside), beside.raw(OWNER, SUBJECT, form()), stranger(beside, "Lunsj?")):
        post.deliver(raw)
    before = post.listed()

    found = collect(beside.site, beside.at)

    assert [outcome.verdict for outcome in found.outcomes][::2] == ["not_ours", "not_ours"]
    assert post.listed() == before == [(1, ()), (2, ()), (3, ())]
    (lost, none), (ours, raw), _ = stored(beside)
    assert (lost.sender, lost.subject, lost.message_id, none) == ("", "", "", None)
    assert len(lost.sha256) == 64
    assert (ours.sender, raw is None) == (OWNER, False)
    assert collect(beside.site, beside.at).outcomes == []


def test_beside_people_new_numbers_bring_nothing_twice(beside: Office, post: Post) -> None:
    beside.at = beside.site.clock.now()
    mails = [stranger(beside, "1"), beside.raw(OWNER, SUBJECT, form())]
    for raw in mails:
        post.deliver(raw)
    collect(beside.site, beside.at)
    post.empty()
    for raw in (*mails, stranger(beside, "3")):
        post.deliver(raw)

    assert [each.verdict for each in collect(beside.site, beside.at).outcomes] == ["not_ours"]
    assert len(stored(beside)) == 3


def test_old_mail_in_a_mailbox_that_is_newly_read_is_left_alone(tmp_path: Path, post: Post) -> None:
    office = reading(
        new_office(tmp_path / "site", mail__mode="beside", imap__look_back_days="0"),
        post,
        beside=True,
    )
    now = office.site.clock.now()
    post.deliver(office.raw(OWNER, SUBJECT, form()))
    later = now.replace(year=now.year + 1)

    assert collect(office.site, later).outcomes == []
    post.deliver(stranger(office))
    assert len(collect(office.site, later).outcomes) == 1


def test_a_reply_to_our_letter_is_ours_beside_people_too(beside: Office, post: Post) -> None:
    beside.open()
    letter = beside.last(PLATFORM)
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    beside.at = max(beside.site.clock.now(), beside.at)
    post.deliver(beside.raw(PLATFORM, "Svar", "Ser på det i morgen.", headers=headers))

    (outcome,) = collect(beside.site, beside.at).outcomes

    assert outcome.verdict not in ("not_ours", "unreadable")
    assert outcome.request


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_without_the_security_asked_for_gets_no_password(
    post: Post, security: str
) -> None:
    with pytest.raises(MailboxError), post.mailbox(security=security):
        pass


def test_new_mail_is_told_of_while_it_is_waited_for(post: Post) -> None:
    with post.mailbox() as mailbox:
        assert not mailbox.wait(0.2)
        post.deliver(b"From: a@b.example\r\n\r\nHei\r\n")
        assert mailbox.wait(10)
        assert not mailbox.wait(0.2)


def test_a_watch_wakes_whoever_judges_and_stops_at_once(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What comes in the moment before a server listens, it may not tell of: polling finds it.
    monkeypatch.setattr(watch_module, "LONGEST", 2.0)
    woken = Semaphore(0)
    watch = Watch(post.mailbox, woken.release)
    watch.start()
    assert woken.acquire(timeout=10)
    post.deliver(b"From: a@b.example\r\n\r\nHei\r\n")
    assert woken.acquire(timeout=10)

    started = monotonic()
    watch.stop()
    assert monotonic() - started < 5


def test_where_a_mailbox_cannot_be_watched_it_is_asked_again_by_the_clock(post: Post) -> None:
    woken = Semaphore(0)
    watch = Watch(lambda: post.mailbox(user="noen@annen.example"), woken.release)
    watch.start()
    assert woken.acquire(timeout=30)
    watch.stop()


def test_tick_empties_the_mailbox_that_the_settings_name(
    tmp_path: Path, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KURSDELING_IMAP_PASSWORD", PASSWORD)
    settings = {"host": "127.0.0.1", "port": str(post.port), "security": "none", "user": USER}
    office = new_office(tmp_path / "site", **{f"imap__{k}": text for k, text in settings.items()})
    post.deliver(office.raw(OWNER, SUBJECT, form()))

    ran = run("--site", str(office.site.folder), "--json", "--at", f"{office.at:%FT%TZ}", "tick")

    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0]["mail"] == {"opened": 1}
    assert len(post.listed("Behandlet")) == 1
