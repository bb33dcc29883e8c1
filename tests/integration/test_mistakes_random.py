"""Random acts, regrets and corrections: what stands is what the last one left standing.

A course bears «delt til KS Læring» exactly while a share from the trust to KS Læring is active.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from engine.model import Request
from engine.service.acts import commands
from engine.service.deliver import deliver
from engine.service.requests import mending
from engine.service.requests.show import one, request_document
from engine.service.upkeep.verifying import verified
from engine.store.cases import queries, timers
from engine.store.cases.requests import load_request
from tests.integration.office import AT, OWNER, PLATFORM, Office, new_office, refusal
from tests.soak import rounds
from tests.unit.cases import EXCEPTION, FORM

WHO = {"owner": OWNER, "platform": PLATFORM, "borrower": PLATFORM}
LABEL = "delt til KS Læring"
SHARED = ("shared", "ending")
FINAL = ("ended", "rejected", "withdrawn")
EVENTS = (
    "acknowledge", "request_changes", "accept", "reject", "confirm_label", "withdraw", "resubmit",
    "end_share", "stop_borrowing", "undo_ending", "confirm_ending", "fill_in",
)  # fmt: skip
STATES = ("draft", "submitted", "received", "accepted", "shared", "ending", *FINAL)
Standing = tuple[Any, ...]


@dataclass
class Last:
    """The last act, as somebody who looks at the outbox would know it."""

    who: str
    before: Standing
    letters: set[int]


class Mending(RuleBasedStateMachine):
    """One request whose first letters have left, and a window of a quarter of an hour."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.office: Office = new_office(
            Path(self.folder.name) / "site", letters__undo_minutes="15"
        )
        self.number = commands.open_by_command(
            self.office.site, "hf_to_ks", email=OWNER, at=AT, values={**FORM, **EXCEPTION}
        ).number
        self.last: Last | None = None
        self.let_pass(20)

    def teardown(self) -> None:
        self.office.site.database.close()
        self.folder.cleanup()

    def request(self) -> Request:
        with self.office.site.database.reading() as tx:
            request = load_request(tx, self.number)
        assert request is not None
        return request

    def standing(self) -> Standing:
        """All of the request that an undo must bring back."""
        request = self.request()
        with self.office.site.database.reading() as tx:
            armed = [(t.action, t.target, t.due_at) for t in timers.armed(tx, self.number)]
            course = queries.case(tx, self.number).course
        assert course is not None
        return (
            request.state, request.since, request.due_at, request.form, request.kept,
            request.done, sorted(armed), course.claimed,
        )  # fmt: skip

    @rule(minutes=st.integers(1, 20))
    def let_pass(self, minutes: int) -> None:
        self.office.later(minutes=minutes)
        deliver(self.office.site, self.office.at)

    @rule(event=st.sampled_from(EVENTS), who=st.sampled_from([OWNER, PLATFORM]))
    def try_anything(self, event: str, who: str) -> None:
        self.act(event, who)

    @rule(data=st.data())
    def go_on(self, data: st.DataObject) -> None:
        """Something that is possible, so that long ways are walked too."""
        possible = request_document(self.office.site, self.number, self.office.at)["allowed"]
        ways = [(each["event"], WHO[each["by"]]) for each in possible if each["by"] in WHO]
        if ways:
            self.act(*data.draw(st.sampled_from(ways)))

    def act(self, event: str, who: str) -> None:
        self.office.later(seconds=1)
        before, written = self.standing(), {row.id for row in self.office.letters()}
        values = {"time_needed": "60 min"} if event == "fill_in" else {"ends_on": "2026-12-01"}
        refused = self.office.fire(self.number, event, who, note="En grunn.", **values)
        if refused is not None:
            return
        self.last = Last(who, before, {row.id for row in self.office.letters()} - written)

    @rule(own=st.sampled_from([True, True, True, False]))
    def regret(self, own: bool) -> None:
        last = PLATFORM if self.last is None else self.last.who
        who = last if own else {OWNER: PLATFORM, PLATFORM: OWNER}[last]
        expected = self.last is not None and self.last.who == who and self.can_be_stopped()
        site, at = self.office.site, self.office.at
        refused = refusal(lambda: mending.undo(site, self.number, email=who, at=at))
        assert (refused is None) == expected, refused
        if refused is not None or self.last is None:
            return
        assert self.standing() == self.last.before
        assert {row.state for row in self.letters()} <= {"cancelled", "sent"}
        self.last = None

    def letters(self) -> list[Any]:
        """The letters of the last act."""
        ids = set() if self.last is None else self.last.letters
        return [row for row in self.office.letters() if row.id in ids]

    def can_be_stopped(self) -> bool:
        to_others = {row.state for row in self.letters() if not row.at_once}
        return to_others == {"waiting"}

    @rule(state=st.sampled_from(STATES), seldom=st.integers(0, 3))
    def correct(self, state: str, seldom: int) -> None:
        if seldom:
            return
        was, kept = self.request().state, self.request().kept
        possible = state != was and (state != "ending" or "ends_on" in kept)
        site, at = self.office.site, self.office.at
        refused = refusal(lambda: mending.correct(site, self.number, state, reason="Feil.", at=at))
        assert (refused is None) == possible, refused
        if refused is not None:
            return
        assert self.request().state == state
        self.last = None

    @rule()
    def reopen(self) -> None:
        was = self.request().state
        site, at = self.office.site, self.office.at
        refused = refusal(lambda: mending.reopen(site, self.number, reason="Feil.", at=at))
        assert (refused is None) == (was in FINAL), refused
        if refused is not None:
            return
        assert self.request().state not in FINAL
        self.last = None

    @invariant()
    def the_label_stands_exactly_while_the_share_is_active(self) -> None:
        state = self.request().state
        labels = list(one(self.office.site, self.number).labels)
        with self.office.site.database.reading() as tx:
            shares = [(row.request, row.direction) for row in queries.catalogue(tx)]
        assert labels == ([LABEL] if state in SHARED else [])
        assert shares == ([(self.number, "to_ks")] if state in SHARED else [])

    @invariant()
    def what_is_stored_hangs_together(self) -> None:
        found = verified(self.office.site)
        assert found.ok, found.broken


TestMending = Mending.TestCase
TestMending.settings = settings(
    max_examples=rounds(6, 150),
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
