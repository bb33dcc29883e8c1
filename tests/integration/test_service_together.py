"""Two at once, killed in the middle, asked twice: nothing is lost and nothing happens twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.app import open_site
from engine.errors import NotFoundError, RefusedError
from engine.ports import Delivery, Message
from engine.service import receive
from engine.service.acts import commands
from engine.service.deliver import deliver
from engine.service.time.sweep import sweep
from tests.integration.office import (
    AT,
    OWNER,
    PLATFORM,
    SUBJECT,
    Office,
    form,
    new_office,
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def test_of_two_that_claim_a_short_name_at_once_one_wins(office: Office) -> None:
    raws = [office.raw(OWNER, f"{SUBJECT} {n}", form()) for n in range(2)]

    def arrive(raw: bytes) -> list[str]:
        site = open_site(office.site.folder)
        outcome = receive.handle(site, receive.take(site, raw, "test", AT), AT)
        site.database.close()
        return [outcome.events[-1][2], *(reason.code for reason in outcome.reasons)]

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(arrive, raws))
    assert outcomes == [["draft", "short_name_taken"], ["submitted"]]


def test_a_short_name_is_free_again_when_its_request_has_ended(office: Office) -> None:
    first = office.open()
    office.reply(OWNER, "TREKK")
    assert office.state(first) == "withdrawn"
    assert office.state(office.open()) == "submitted"


def test_a_command_with_the_same_key_happens_once(office: Office) -> None:
    number = office.open()
    done = [
        commands.fire(office.site, number, "acknowledge", email=PLATFORM, at=AT, key="k1")
        for _ in range(2)
    ]
    assert [each.repeated for each in done] == [False, True]
    assert done[0].events == done[1].events
    assert office.events(number).count("acknowledge") == 1


def test_a_dry_run_tells_and_changes_nothing(office: Office) -> None:
    number = office.open()
    told = commands.fire(office.site, number, "accept", email=PLATFORM, at=AT, dry_run=True)
    assert told.events == (("accept", "submitted", "accepted"),)
    # The one who is asked next, and the one in whose name it was done (contract 5.5).
    assert told.letters == 2
    assert office.state(number) == "submitted"


def test_a_command_before_the_last_event_is_refused(office: Office) -> None:
    number = office.open()
    early = AT - timedelta(hours=1)
    with pytest.raises(RefusedError) as refused:
        commands.fire(office.site, number, "accept", email=PLATFORM, at=early)
    assert [reason.code for reason in refused.value.reasons] == ["clock_behind"]


def test_every_reason_is_given_at_once(office: Office) -> None:
    number = office.open()
    with pytest.raises(RefusedError) as refused:
        commands.fire(office.site, number, "reject", email=OWNER, at=AT - timedelta(hours=1))
    codes = {reason.code for reason in refused.value.reasons}
    assert codes == {"clock_behind", "not_your_role", "reason_missing"}


def test_what_does_not_exist_is_said_so(office: Office) -> None:
    with pytest.raises(NotFoundError):
        commands.fire(office.site, "KD-2026-9999", "accept", email=PLATFORM, at=AT)
    with pytest.raises(RefusedError):
        commands.open_by_command(office.site, "hf_to_ks", email="x@y.example", at=AT, values={})


class KilledError(Exception):
    """The process is gone."""


class DyingNotifier:
    """Takes the first letter and dies."""

    def __init__(self) -> None:
        self.taken: list[tuple[int, bytes]] = []

    def send(self, messages: Iterable[Message]) -> Iterator[list[tuple[int, Delivery]]]:
        for letter, _, raw in messages:
            self.taken.append((letter, raw))
            if len(self.taken) == 1:
                raise KilledError
            yield [(letter, Delivery(state="sent", code=250, text=""))]


def test_letters_of_a_killed_worker_go_again_with_the_same_bytes(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__mode="live")
    receive.handle(
        office.site,
        receive.take(office.site, office.raw(OWNER, SUBJECT, form()), "test", AT),
        AT,
    )
    dying = DyingNotifier()
    with pytest.raises(KilledError):
        deliver(replace(office.site, notifier=lambda: dying), AT)
    # Only of the first letter may anybody have heard; the other one waits as before.
    assert [row.state for row in office.letters()] == ["sending", "waiting"]
    assert not deliver(office.site, AT - timedelta(minutes=1))
    assert deliver(replace(office.site, notifier=lambda: dying), AT + timedelta(hours=1)) == {
        "sent": 2
    }
    sent = dict(dying.taken[1:])
    letter, raw = dying.taken[0]
    assert sent[letter] == raw


def test_a_worker_told_to_stop_gives_back_what_it_has_not_sent(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__mode="live")
    for n in range(3):
        raw = office.raw(OWNER, SUBJECT, form(Kursets_kortnavn=f"SI-FALL{n}"))
        receive.handle(office.site, receive.take(office.site, raw, "test", AT), AT)
    answers = iter([True, True, True, False])
    assert deliver(office.site, AT, lambda: next(answers, False)) == {"sent": 2}
    states = [row.state for row in office.letters()]
    assert sorted(states) == ["sent"] * 2 + ["waiting"] * 4
    assert {row.tries for row in office.letters() if row.state == "waiting"} == {0}
    assert deliver(office.site, AT) == {"sent": 4}


class RefusingNotifier:
    """A server that takes nothing now."""

    def send(self, messages: Iterable[Message]) -> Iterator[list[tuple[int, Delivery]]]:
        for letter, _, _ in messages:
            yield [(letter, Delivery(state="retry", code=451, text="try later"))]


def test_a_letter_is_tried_for_five_days_and_then_given_up(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    raw = office.raw(OWNER, SUBJECT, form())
    receive.handle(office.site, receive.take(office.site, raw, "test", AT), AT)
    site = replace(office.site, notifier=RefusingNotifier)
    at = AT
    while at < AT + timedelta(days=6):
        deliver(site, at)
        at += timedelta(hours=1)
    # What is written because of that, to a coordinator, has five days of its own.
    first = [row for row in office.letters() if row.written_at == AT]
    assert [row.state for row in first] == ["dead", "dead"]
    assert all(15 < row.tries < 40 for row in first)


def test_letters_of_a_new_site_are_held_until_they_are_released(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__mode="hold")
    office.open()
    assert {row.state for row in office.letters()} == {"held"}
    assert office.last(PLATFORM).message_id
    assert office.reply(PLATFORM, "MOTTATT").verdict == "fired"


def test_an_outage_costs_one_reminder(office: Office) -> None:
    office.open()
    office.later(days=25)
    swept = sweep(office.site, office.at)
    assert swept.reminded == 1
    assert [row.template for row in office.letters(PLATFORM)] == ["request_submitted", "remind"]
    assert sweep(office.site, office.at).due == 0
