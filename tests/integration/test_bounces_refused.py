"""Letters that a server refuses at once: the same as if they had come back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.ports import Delivery, Message
from engine.service.deliver import deliver
from engine.service.mail.bounces import undeliverable
from engine.service.requests.why import why
from engine.store.mail_out.letters import LetterRow
from tests.integration.bounced import off, returned, templates
from tests.integration.office import COORDINATOR, PLATFORM, Office, new_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def refuse(office: Office, letter: LetterRow, code: int, text: str) -> None:
    with office.site.database.transaction() as tx:
        undeliverable(tx, office.site, letter, (code, text), office.at)
    deliver(office.site, office.at)


def test_what_the_server_refuses_at_once_counts_the_same(office: Office) -> None:
    number = office.open()
    letter = office.last(PLATFORM)
    refuse(office, letter, 550, "5.1.1 No such user")
    refuse(office, letter, 550, "5.1.1 No such user")
    assert off(office) == {PLATFORM}
    assert templates(office, COORDINATOR) == ["undelivered"]
    assert office.last(COORDINATOR).request == number


class Refusing:
    """A server that knows none of the receivers."""

    def send(self, messages: Iterable[Message]) -> Iterator[Sequence[tuple[int, Delivery]]]:
        for letter, _, _ in messages:
            yield [(letter, Delivery(state="dead", code=550, text="5.1.1 No such user"))]


def test_a_letter_that_dies_on_its_way_is_known_in_the_same_pass(office: Office) -> None:
    accepting, office.site = office.site, replace(office.site, notifier=Refusing)
    number = office.open()
    assert {row.state for row in office.letters(PLATFORM)} == {"dead"}
    assert PLATFORM in off(office)
    office.site = accepting
    deliver(office.site, office.at)
    assert "undelivered" in templates(office, COORDINATOR)
    assert "kom ikke fram" in why(office.site, number, office.at, "nb").because[-1]


@pytest.mark.parametrize(
    ("code", "text", "told"),
    [
        (554, "5.7.1 Blocked as spam", ["undelivered"]),
        (451, "given up after 5 days: 4.3.0 Try later", ["undelivered"]),
        (0, "given up after 5 days: no connection", []),
    ],
)
def test_a_refusal_that_is_not_about_the_address_suspends_nobody(
    office: Office, code: int, text: str, told: list[str]
) -> None:
    office.open()
    refuse(office, office.last(PLATFORM), code, text)
    assert off(office) == set()
    assert templates(office, COORDINATOR) == told


def test_a_trial_in_which_all_letters_go_to_one_address_suspends_nobody(tmp_path: Path) -> None:
    office = new_office(tmp_path / "trial", letters__everything_to="trial@ks.example")
    office.open()
    returned(office, office.last(PLATFORM))
    assert off(office) == set()
    assert templates(office, COORDINATOR) == []
