"""Random acts, mails and days, against a small model of the routine that was written by hand.

Both must agree on the state, the label, the share, and on who is waited for.
"""

from __future__ import annotations

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from engine.calendar import add, end_of_day, oslo_day
from engine.definition.types import Span
from engine.service.acts import commands
from engine.service.requests.show import one
from engine.service.time.sweep import sweep
from engine.store.cases import queries
from tests.integration.office import (
    AGREEMENT_ENDS,
    AT,
    EXPERTS,
    LIAISON,
    OWNER,
    PAST_THE_AGREEMENT,
    PLATFORM,
    Office,
    new_office,
)
from tests.soak import rounds
from tests.unit.cases import FORM

PEOPLE = {"owner": OWNER, "experts": EXPERTS, "liaison": LIAISON, "platform": PLATFORM}
LAPSE = Span(60, "days")
WAITED_FOR = {
    "draft": ["elearning"],
    "submitted": ["ks_laering"],
    "received": ["ks_laering"],
    "incomplete": ["elearning"],
    "conditional": ["elearning"],
    "accepted": ["elearning"],
    "shared": [],
    "ended": [],
    "rejected": [],
    "withdrawn": [],
}
MOVES = {
    ("submitted", "acknowledge", "platform"): "received",
    ("submitted", "request_changes", "platform"): "incomplete",
    ("received", "request_changes", "platform"): "incomplete",
    ("submitted", "accept", "platform"): "accepted",
    ("received", "accept", "platform"): "accepted",
    ("submitted", "accept_on_condition", "platform"): "conditional",
    ("received", "accept_on_condition", "platform"): "conditional",
    ("conditional", "accept_condition", "owner"): "accepted",
    ("submitted", "reject", "platform"): "rejected",
    ("received", "reject", "platform"): "rejected",
    ("accepted", "confirm_label", "owner"): "shared",
    ("incomplete", "resubmit", "owner"): "submitted",
    ("shared", "end_share", "owner"): "ending",
    ("shared", "stop_borrowing", "platform"): "ending",
}
WITHDRAWABLE = (
    "draft", "consulting", "submitted", "received", "incomplete", "conditional", "accepted",
)  # fmt: skip


EVENTS = (
    "acknowledge", "request_changes", "accept", "reject", "confirm_label", "withdraw",
    "give_opinion", "no_remarks", "resubmit", "end_share", "stop_borrowing", "undo_ending",
    "confirm_ending", "give_up", "end_date_reached", "submit", "submit_with_opinions",
    "accept_on_condition", "accept_condition", "decline_condition",
)  # fmt: skip
WORDS = {
    "acknowledge": "MOTTATT",
    "request_changes": "MANGLER: En grunn.",
    "accept": "GODTATT",
    "reject": "AVSLÅTT: En grunn.",
    "confirm_label": "MERKET",
    "withdraw": "TREKK",
    "give_opinion": "UTTALELSE: Et godt kurs.",
    "no_remarks": "INGEN MERKNADER",
    "submit": "SEND",
    "submit_with_opinions": "SEND MED UTTALELSER",
    "accept_on_condition": "GODTATT PÅ VILKÅR: En grunn.",
    "accept_condition": "GODTAR VILKÅRET",
    "decline_condition": "AVVISER VILKÅRET: En grunn.",
    "end_share": "AVSLUTT {day}",
    "stop_borrowing": "IKKE I BRUK {day}",
    "confirm_ending": "BEKREFT",
}
"""The events that a mail word makes happen in one state only, or from everyone alike."""
LAST_WAYS_OUT = ("withdraw", "reject")
OPINIONS = ("give_opinion", "no_remarks")
"""Two ways to do one event: with text, which the owner must read, and without."""


class Model:
    """What a careful person with the routine on paper would say."""

    def __init__(self) -> None:
        self.state = "consulting"
        self.since = AT
        self.opinions: set[str] = set()
        self.to_read = False
        self.came_from = ""
        self.condition: str | None = None
        self.ended_by = ""
        self.ends_on = date.min
        self.confirmed: set[str] = set()

    def act(self, event: str, role: str, today: date) -> str | None:
        """The state after the event, or None when it is not allowed; nothing is changed."""
        if role == "owner" and (found := self._by_owner(event, today)):
            return found
        if event in OPINIONS and self.state == "consulting" and role in ("experts", "liaison"):
            to_read = self.to_read or event == "give_opinion"
            onwards = None if to_read else self._onwards(self.opinions | {role}, today)
            return onwards or "consulting"
        if self.state == "ending" and role in ("owner", "platform"):
            if event == "undo_ending" and role == self.ended_by and today <= self.ends_on:
                return "shared"
            if event == "confirm_ending" and role != self.ended_by:
                return "ending"
        return MOVES.get((self.state, event, role))

    def _by_owner(self, event: str, today: date) -> str | None:
        if event == "withdraw" and self.state in WITHDRAWABLE:
            return "withdrawn"
        if event == "submit" or (event == "submit_with_opinions" and self.to_read):
            return self._onwards(self.opinions, today) if self.state == "consulting" else None
        declines = (event, self.state) == ("decline_condition", "conditional")
        return self.came_from if declines else None

    def _onwards(self, opinions: set[str], today: date) -> str | None:
        """What both opinions lead to while there is an agreement to share under."""
        return "submitted" if len(opinions) == 2 and today < AGREEMENT_ENDS else None

    def done(self, event: str, role: str, state: str, ends_on: date) -> None:
        """Remember what the event changed."""
        if event in OPINIONS:
            self.opinions.add(role)
            self.to_read |= event == "give_opinion"
        if event == "confirm_ending":
            self.confirmed.add(role)
        if state == "ending" and self.state != "ending":
            self.ended_by, self.confirmed = role, set()
            self.ends_on = ends_on
        if event == "accept_on_condition":
            self.came_from, self.condition = self.state, "En grunn."
        if event in ("accept", "decline_condition"):
            self.condition = None
        self.state = state

    def waited_for(self) -> list[str]:
        """The duties that are waited for."""
        if self.state == "consulting":
            owing = {"experts": "subject_experts", "liaison": "cooperation_unit"}
            asked = [duty for role, duty in owing.items() if role not in self.opinions]
            return asked or ["elearning"]
        if self.state == "ending":
            owing = {"owner": "elearning", "platform": "ks_laering"}
            return [
                duty
                for role, duty in owing.items()
                if role != self.ended_by and role not in self.confirmed
            ]
        return WAITED_FOR[self.state]


class Sharing(RuleBasedStateMachine):
    """One request, opened complete but for its opinions, and whatever may come."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.office: Office = new_office(Path(self.folder.name) / "site")
        self.model = Model()
        done = commands.open_by_command(
            self.office.site, "hf_to_ks", email=OWNER, at=AT, values=FORM
        )
        self.number = done.number

    def teardown(self) -> None:
        self.office.site.database.close()
        self.folder.cleanup()

    @rule(event=st.sampled_from(EVENTS), role=st.sampled_from(sorted(PEOPLE)), mail=st.booleans())
    def try_anything(self, event: str, role: str, mail: bool) -> None:
        self.act(event, role, 5, mail=mail)

    @rule(data=st.data(), days_ahead=st.integers(0, 20), mail=st.booleans())
    def go_on(self, data: st.DataObject, days_ahead: int, mail: bool) -> None:
        """Something that the model allows, so that long ways are walked too."""
        today = oslo_day(self.office.at)
        allowed = [
            (event, role)
            for event in EVENTS
            if event not in LAST_WAYS_OUT
            for role in PEOPLE
            if self.model.act(event, role, today)
        ]
        if allowed:
            self.act(*data.draw(st.sampled_from(allowed)), days_ahead, mail=mail)

    def act(self, event: str, role: str, days_ahead: int, *, mail: bool) -> None:
        at, today = self.office.at, oslo_day(self.office.at)
        expected, before = self.model.act(event, role, today), self.model.state
        ends_on = today + timedelta(days=days_ahead)
        happened = (
            self.write(WORDS[event], role, ends_on)
            if mail and event in WORDS
            else self.fire(event, role, ends_on)
        )
        assert happened == (expected is not None)
        if expected is not None:
            asked = self.model.waited_for()
            self.model.done(event, role, expected, ends_on)
            # Whoever is waited for next has as long as if the state began now.
            if self.model.waited_for() != asked or expected != before:
                self.model.since = at

    def write(self, word: str, role: str, ends_on: date) -> bool:
        """Whether a mail with the word moved the request."""
        body = word.format(day=f"{ends_on:%d.%m.%Y}")
        return self.office.mail(PEOPLE[role], f"Om {self.number}", body).verdict == "fired"

    def fire(self, event: str, role: str, ends_on: date) -> bool:
        """Whether a command moved the request."""
        note = "" if event == "no_remarks" else "En grunn."
        name = "give_opinion" if event == "no_remarks" else event
        refused = self.office.fire(
            self.number, name, PEOPLE[role], note=note, ends_on=ends_on.isoformat()
        )
        return refused is None

    @precondition(lambda self: self.model.state not in ("ended", "rejected", "withdrawn"))
    @rule(days=st.one_of(st.integers(1, 40), st.just(PAST_THE_AGREEMENT)))
    def wait(self, days: int) -> None:
        self.office.later(days=days)
        sweep(self.office.site, self.office.at)
        model, at = self.model, self.office.at
        may_lapse = model.state in ("draft", "incomplete") or (
            # While no agreement is in force, nothing closes.
            model.state == "consulting"
            and len(model.opinions) == 2
            and oslo_day(at) < AGREEMENT_ENDS
        )
        if may_lapse and at >= self.lapse():
            model.state = "withdrawn"
        if model.state == "ending" and at >= end_of_day(model.ends_on):
            model.state = "ended"

    def lapse(self) -> datetime:
        """When the wait is over, by the clock of Oslo: a day there can have 23 or 25 hours."""
        return add(self.office.site.rules.calendar, self.model.since, LAPSE)

    @invariant()
    def both_agree(self) -> None:
        view = one(self.office.site, self.number)
        assert view.request.state == self.model.state
        assert [owed.duty for owed in view.owed] == self.model.waited_for()
        assert view.document()["condition"] == self.model.condition
        shared = self.model.state in ("shared", "ending")
        assert list(view.labels) == (["delt til KS Læring"] if shared else [])
        with self.office.site.database.reading() as tx:
            assert len(queries.catalogue(tx)) == int(shared)


Sharing.TestCase.settings = settings(
    max_examples=rounds(8, 300),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestSharing = Sharing.TestCase
