"""From the outbox to a real mail server that misbehaves: every letter ends where it should."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from engine.service import receive
from engine.service.deliver import deliver
from engine.store.mail_out import letters
from tests.integration import smtp_server
from tests.integration.office import AT, OWNER, SUBJECT, Office, form, new_office
from tests.integration.smtp_server import MailServer


@pytest.fixture
def server() -> MailServer:
    return MailServer()


@pytest.fixture
def port(server: MailServer) -> Iterator[int]:
    with smtp_server.listening(server) as port:
        yield port


def office_at(port: int, folder: Path, number: int = 2, **settings: str) -> Office:
    """An office whose letters go to the server at `port`; an even number of them waits."""
    smtp = {
        "letters__transport": "smtp",
        "smtp__host": "127.0.0.1",
        "smtp__port": str(port),
        "smtp__timeout": "1",
        "smtp__connections": "1",
    }
    office = new_office(folder / "site", **(smtp | settings))
    for each in range(number // 2):
        raw = office.raw(OWNER, SUBJECT, form(Kursets_kortnavn=f"SI-FALL{each}"))
        receive.handle(office.site, receive.take(office.site, raw, "test", AT), AT)
    assert [row.state for row in office.letters()] == ["waiting"] * number
    return office


def message_ids(contents: list[bytes]) -> list[str]:
    return [message_from_bytes(content)["Message-ID"] for content in contents]


def states(office: Office) -> list[str]:
    return [row.state for row in office.letters()]


def test_every_letter_that_is_taken_is_sent_once(
    server: MailServer, port: int, tmp_path: Path
) -> None:
    office = office_at(port, tmp_path, 6, smtp__connections="3")
    assert deliver(office.site, AT) == {"sent": 6}
    assert deliver(office.site, AT + timedelta(days=1)) == {}
    assert sorted(message_ids(server.heard)) == sorted(row.message_id for row in office.letters())
    assert server.connections == 3


def test_a_letter_put_off_by_the_server_goes_later_with_the_same_bytes(
    server: MailServer, port: int, tmp_path: Path
) -> None:
    office = office_at(port, tmp_path)
    server.answers = ["451 4.7.1 Greylisted"]
    assert deliver(office.site, AT) == {"retry": 1, "sent": 1}
    put_off = office.letters()[0]
    assert (put_off.state, put_off.code, put_off.error) == ("retry", 451, "4.7.1 Greylisted")
    assert put_off.not_before == AT + timedelta(minutes=5)
    assert deliver(office.site, AT + timedelta(minutes=4)) == {}
    assert deliver(office.site, AT + timedelta(minutes=5)) == {"sent": 1}
    assert server.heard[0] == server.heard[2]


def test_a_letter_refused_for_good_is_dead_and_the_others_go_on(
    server: MailServer, port: int, tmp_path: Path
) -> None:
    office = office_at(port, tmp_path, 4)
    server.answers = ["554 5.7.1 Never"]
    deliver(office.site, AT)
    assert states(office)[:4] == ["dead", "sent", "sent", "sent"]
    dead = office.letters()[0]
    assert (dead.state, dead.code, dead.error) == ("dead", 554, "5.7.1 Never")


@pytest.mark.parametrize("refused", [("gone", "dead", 550), ("full", "retry", 452)])
def test_one_of_two_receivers_refused_stops_only_that_letter(
    server: MailServer, port: int, tmp_path: Path, refused: tuple[str, str, int]
) -> None:
    name, state, code = refused
    office = office_at(port, tmp_path)
    with office.site.database.transaction() as tx:
        tx.define([f"UPDATE letter SET receiver = '{name}@hf.example' WHERE id = 1"])  # noqa: S608 – our own two names
    deliver(office.site, AT)
    first, second = office.letters()[:2]
    assert (first.state, first.code, second.state) == (state, code, "sent")
    assert server.taken[0].receivers == (second.receiver,)
    assert first.message_id not in message_ids(server.heard)


def test_a_line_lost_before_the_answer_costs_a_second_copy_with_the_same_message_id(
    server: MailServer, port: int, tmp_path: Path
) -> None:
    office = office_at(port, tmp_path)
    server.answers = ["lose"]
    assert deliver(office.site, AT) == {"retry": 1, "sent": 1}
    assert deliver(office.site, AT + timedelta(hours=1)) == {"sent": 1}
    assert server.heard[0] == server.heard[2]
    assert message_ids(server.heard)[0] == office.letters()[0].message_id


def test_a_line_lost_after_the_answer_costs_nothing(
    server: MailServer, port: int, tmp_path: Path
) -> None:
    office = office_at(port, tmp_path)
    server.answers = ["take and hang up"]
    assert deliver(office.site, AT) == {"sent": 2}
    assert len(server.heard) == 2
    assert server.connections == 2


def test_a_server_that_ends_a_line_between_two_letters_costs_no_attempt(
    server: MailServer, port: int, tmp_path: Path
) -> None:
    office = office_at(port, tmp_path, 4)
    server.sender_answers = ["250 OK", "421 4.7.0 Enough for one line", "250 OK", "hang up"]
    assert deliver(office.site, AT) == {"sent": 4}
    assert (server.connections, len(server.heard)) == (3, 4)
    assert {row.tries for row in office.letters()} == {1}


def test_a_server_that_hangs_is_given_up_and_tried_again(
    server: MailServer, port: int, tmp_path: Path
) -> None:
    office = office_at(port, tmp_path)
    server.answers = ["hang"]
    assert deliver(office.site, AT) == {"retry": 1, "sent": 1}
    assert "imed out" in office.letters()[0].error
    assert deliver(office.site, AT + timedelta(hours=1)) == {"sent": 1}
    assert server.heard[0] == server.heard[2]


def test_a_server_that_is_down_for_two_days_costs_nothing_but_time(
    server: MailServer, tmp_path: Path
) -> None:
    port = smtp_server.free_port()
    office = office_at(port, tmp_path)
    at = AT
    while at < AT + timedelta(days=2):
        deliver(office.site, at)
        assert set(states(office)) == {"retry"}
        at += timedelta(minutes=30)
    with smtp_server.listening(server, port):
        assert deliver(office.site, at + timedelta(hours=6)) == {"sent": 2}
    assert sorted(message_ids(server.heard)) == sorted(row.message_id for row in office.letters())


def test_a_server_that_is_down_is_asked_once_in_a_pass_and_no_letter_is_forgotten(
    tmp_path: Path,
) -> None:
    office = office_at(smtp_server.free_port(), tmp_path, 6, smtp__connections="2")
    assert deliver(office.site, AT) == {"retry": 6}
    assert {(row.code, row.tries) for row in office.letters()} == {(0, 1)}
    assert all("no connection to the mail server" in row.error for row in office.letters())


def test_a_letter_is_given_up_five_days_after_its_first_failure_however_old_it_is(
    tmp_path: Path,
) -> None:
    office = office_at(smtp_server.free_port(), tmp_path)
    begins = AT + timedelta(days=30)  # it was held for a month
    assert deliver(office.site, begins) == {"retry": 2}
    assert deliver(office.site, begins + timedelta(days=4, hours=23)) == {"retry": 2}
    assert deliver(office.site, begins + timedelta(days=5, hours=6)) == {"dead": 2}
    assert office.letters()[0].error.startswith("given up after 5 days: no connection")


def test_a_dead_letter_that_is_tried_again_has_five_new_days(
    server: MailServer, port: int, tmp_path: Path
) -> None:
    office = office_at(port, tmp_path)
    late = AT + timedelta(days=6)
    server.answers = ["451 4.3.0 Later"] * 100
    deliver(office.site, AT)
    deliver(office.site, late)
    assert states(office)[:2] == ["dead", "dead"]
    with office.site.database.transaction() as tx:
        letters.retry(tx, 1, late)
    deliver(office.site, late)
    deliver(office.site, late + timedelta(days=4))
    assert states(office)[:2] == ["retry", "dead"]
    server.answers.clear()
    deliver(office.site, late + timedelta(days=4, hours=12))
    assert states(office)[:2] == ["sent", "dead"]


def test_a_letter_that_cannot_be_written_is_dead_and_the_others_go(
    server: MailServer, port: int, tmp_path: Path
) -> None:
    office = office_at(port, tmp_path)
    with office.site.database.transaction() as tx:
        tx.define(["UPDATE letter SET template = 'no_such_letter' WHERE id = 1"])
    assert deliver(office.site, AT) == {"dead": 1, "sent": 1}
    assert "no_such_letter" in office.letters()[0].error
