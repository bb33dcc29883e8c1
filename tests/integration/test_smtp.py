"""Letters over real SMTP, to a server on loopback that answers as it is told."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from engine.errors import SettingsError
from engine.model import Secret
from engine.ports import Delivery
from notifiers.smtp import SmtpNotifier, SmtpSettings
from tests.integration import smtp_server
from tests.integration.smtp_server import MailServer
from tests.unit.letter_cases import envelope, letters

PASSWORD = "not a real one"
CONTENT = letters().render(envelope("label_wanted"))


@pytest.fixture
def receiver() -> MailServer:
    return MailServer()


@pytest.fixture
def port(receiver: MailServer) -> Iterator[int]:
    """The port of a running server that answers as `receiver` does."""
    with smtp_server.listening(receiver) as number:
        yield number


def notifier(port: int, **changes: Any) -> SmtpNotifier:
    settings: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "timeout": 5.0,
        "connections": 1,
        "sender": "Kursdeling <deling@site.example>",
        **changes,
    }
    return SmtpNotifier(SmtpSettings(**settings))


def send(port: int, *receivers: str, **changes: Any) -> list[tuple[int, str, int]]:
    """(letter, state, code) of a letter to each of `receivers`."""
    messages = [(number, who, CONTENT) for number, who in enumerate(receivers, 1)]
    groups = notifier(port, **changes).send(messages)
    found = [outcome for group in groups for outcome in group]
    return sorted((letter, outcome.state, outcome.code) for letter, outcome in found)


def test_each_letter_has_an_envelope_of_its_own_on_one_connection(
    receiver: MailServer, port: int
) -> None:
    assert send(port, "a@hf.example", "b@hf.example") == [(1, "sent", 250), (2, "sent", 250)]
    assert [(each.sender, each.receivers, each.content) for each in receiver.taken] == [
        ("deling@site.example", ("a@hf.example",), CONTENT),
        ("deling@site.example", ("b@hf.example",), CONTENT),
    ]
    assert receiver.connections == 1


def test_an_outcome_is_known_before_the_next_letter_is_fetched(
    receiver: MailServer, port: int
) -> None:
    fetched: list[int] = []

    def messages() -> Iterator[tuple[int, str, bytes]]:
        for number in (1, 2):
            fetched.append(number)
            yield number, "a@hf.example", CONTENT

    outcomes = iter(notifier(port).send(messages()))
    assert next(outcomes) == [(1, Delivery(state="sent", code=250, text="2.0.0 Taken"))]
    assert fetched == [1]
    assert len(receiver.taken) == 1
    assert [letter for group in outcomes for letter, _ in group] == [2]


def test_a_batch_that_is_given_up_closes_its_connection(receiver: MailServer, port: int) -> None:
    messages = [(number, "a@hf.example", CONTENT) for number in (1, 2, 3)]
    outcomes = notifier(port).send(messages)
    next(outcomes)
    outcomes.close()
    assert len(receiver.taken) == 1


def test_a_refused_receiver_is_dead_or_tried_again_by_its_code_and_the_others_go_on(
    receiver: MailServer, port: int
) -> None:
    assert send(port, "full@hf.example", "gone@hf.example", "a@hf.example") == [
        (1, "retry", 452),
        (2, "dead", 550),
        (3, "sent", 250),
    ]
    assert [each.receivers for each in receiver.taken] == [("a@hf.example",)]
    assert receiver.connections == 3


def test_refused_content_is_dead_or_tried_again_by_its_code(
    receiver: MailServer, port: int
) -> None:
    receiver.answers = ["451 4.3.0 Later", "554 5.7.1 Never", "250 Taken"]
    found = send(port, "a@hf.example", "b@hf.example", "c@hf.example")
    assert found == [(1, "retry", 451), (2, "dead", 554), (3, "sent", 250)]


def test_a_lost_connection_is_tried_again_and_the_next_letter_opens_a_new_one(
    receiver: MailServer, port: int
) -> None:
    receiver.answers = ["lose"]
    assert send(port, "a@hf.example", "b@hf.example") == [(1, "retry", 0), (2, "sent", 250)]
    assert receiver.connections == 2


def test_a_refused_sender_holds_letters_back_but_one_too_large_is_dead(
    receiver: MailServer, port: int
) -> None:
    receiver.sender_answers = ["550 5.7.60 You may not send as this"]
    assert send(port, "a@hf.example") == [(1, "retry", 550)]
    receiver.sender_answers = ["552 5.3.4 Too large"]
    assert send(port, "a@hf.example") == [(1, "dead", 552)]


def test_an_address_that_smtp_cannot_carry_is_dead(receiver: MailServer, port: int) -> None:
    found = send(port, "å@hf.example", "a@hf.example\r\nDATA", "b@x.example, c@x.example")
    assert found == [(1, "dead", 0), (2, "dead", 0), (3, "dead", 0)]
    assert receiver.taken == []


def test_a_domain_with_norwegian_letters_is_reached(receiver: MailServer, port: int) -> None:
    assert send(port, "a@ås.example") == [(1, "sent", 250)]
    assert receiver.taken[0].receivers == ("a@xn--s-1fa.example",)


def test_a_server_that_is_down_puts_every_letter_off(unused: int) -> None:
    groups = notifier(unused).send([(n, "a@hf.example", CONTENT) for n in (1, 2, 3)])
    found = [outcome for group in groups for outcome in group]
    assert [(letter, outcome.state) for letter, outcome in found] == [
        (1, "retry"),
        (2, "retry"),
        (3, "retry"),
    ]
    assert "no connection to the mail server" in found[0][1].text


@pytest.fixture
def unused() -> int:
    """A port on which nobody listens."""
    return smtp_server.free_port()


def test_a_server_without_the_security_asked_for_gets_nothing(
    receiver: MailServer, port: int
) -> None:
    assert send(port, "a@hf.example", security="starttls") == [(1, "retry", 0)]
    assert send(port, "a@hf.example", security="tls", timeout=2.0) == [(1, "retry", 0)]
    assert send(port, "a@hf.example", user="deling", password=PASSWORD) == [(1, "retry", 0)]
    assert receiver.taken == []


def test_a_server_that_never_greets_is_given_up_after_the_timeout() -> None:
    with closing(socket.socket()) as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = int(silent.getsockname()[1])
        assert send(port, "a@hf.example", "b@hf.example", timeout=0.3) == [
            (1, "retry", 0),
            (2, "retry", 0),
        ]


def test_no_letters_need_no_server(unused: int) -> None:
    assert send(unused) == []


@pytest.mark.parametrize("host", ["mail.hf.example", "192.0.2.1", "localhost.hf.example", ""])
def test_letters_never_cross_a_network_in_the_clear(host: str) -> None:
    with pytest.raises(SettingsError, match=r"smtp\.security"):
        notifier(25, host=host)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "::1"])
def test_this_machine_needs_no_security(host: str) -> None:
    notifier(25, host=host)


def test_other_machines_are_reached_with_security() -> None:
    for security in ("starttls", "tls"):
        notifier(25, host="mail.hf.example", security=security)


def test_a_sender_without_an_address_is_a_settings_error() -> None:
    with pytest.raises(SettingsError, match="mail address"):
        notifier(25, sender="Kursdeling")


def test_the_password_is_not_shown() -> None:
    settings = SmtpSettings(
        host="x", port=1, security="tls", user="u", password=Secret(PASSWORD), sender="a@b.example"
    )
    assert PASSWORD not in repr(settings)
