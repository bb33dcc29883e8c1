"""Random acts and days on a loan from KS Læring, against a small model written by hand.

Both must agree on the state, the label, the share, and on who is waited for.
"""

from __future__ import annotations

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from engine.calendar import Calendar, add, end_of_day, oslo_day
from engine.definition.types import Span
from engine.errors import RefusedError
from engine.service import commands
from engine.service.show import one
from engine.service.sweep import sweep
from engine.store import queries, register
from tests.integration.office import AT, EXPERTS, LIAISON, PLATFORM, Office, new_office
from tests.integration.office import OWNER as BORROWER
from tests.unit.cases import EXCEPTION, LOAN

OWNER = "kurs@kongsvinger.example"
KONGSVINGER = "3401"
PEOPLE = {
    "borrower": BORROWER,
    "experts": EXPERTS,
    "liaison": LIAISON,
    "platform": PLATFORM,
    "owner": OWNER,
}
DUTIES = {
    "borrower": ("si", "elearning"),
    "experts": ("si", "subject_experts"),
    "liaison": ("si", "cooperation_unit"),
    "platform": ("ks-laering", "ks_laering"),
    "owner": (KONGSVINGER, "municipality"),
}
COURSE = {name: LOAN[name] for name in ("full_name", "owner")}
LINK = {"link": LOAN["link"]}
LAST = AT + timedelta(days=270)
"""Later the agreement would be over."""
LAPSE = Span(60, "days")
WAIT_FOR_OPINIONS = Span(10, "working days")
MOVES = {
    ("submitted", "acknowledge", "platform"): "received",
    ("accepted", "lay_link", "borrower"): "linked",
    ("linked", "lay_link", "borrower"): "linked",
    ("linked", "confirm_label", "borrower"): "shared",
    ("incomplete", "resubmit", "borrower"): "submitted",
    ("incomplete", "fill_in", "borrower"): "submitted",
    ("shared", "end_share", "owner"): "ending",
    ("shared", "stop_borrowing", "borrower"): "ending",
}
AT_THE_PLATFORM = {"request_changes": "incomplete", "reject": "rejected"}
WITHDRAWABLE = (
    "draft", "consulting", "submitted", "received", "incomplete", "accepted", "linked",
)  # fmt: skip
EVENTS = (
    "fill_in", "consult", "give_opinion", "submit", "acknowledge", "state_licence",
    "request_changes", "resubmit", "accept", "reject", "lay_link", "confirm_label", "withdraw",
    "end_share", "stop_borrowing", "undo_ending", "confirm_ending", "end_date_reached", "give_up",
)  # fmt: skip
ROAD = (
    ("fill_in", "borrower"),
    ("give_opinion", "liaison"),
    ("give_opinion", "experts"),
    ("acknowledge", "platform"),
    ("state_licence", "owner"),
    ("accept", "platform"),
    ("lay_link", "borrower"),
    ("confirm_label", "borrower"),
    ("end_share", "owner"),
)
"""From the question to the end, when all goes well."""
LAST_WAYS_OUT = ("withdraw", "reject")
DONE = ("ended", "rejected", "withdrawn")
WAITED_FOR = {
    **dict.fromkeys(("draft", "incomplete", "accepted", "linked"), ("borrower",)),
    **dict.fromkeys(("submitted", "received"), ("platform",)),
}
Details = tuple[bool, int]
"""Whether the text goes further (a reason, a consent), and how many days ahead the end is."""
DETAILS = st.tuples(st.booleans(), st.integers(0, 20))


class Model:
    """What a careful person with the routine on paper would say."""

    def __init__(self, calendar: Calendar, *, complete: bool) -> None:
        self.calendar = calendar
        self.state = "consulting" if complete else "draft"
        self.since = AT
        self.opinions: frozenset[str] = frozenset()
        self.reason = False
        self.licence = False
        self.ended_by = ""
        self.ends_on = date.min
        self.confirmed = False

    def act(self, event: str, role: str, details: Details, at: datetime) -> str | None:
        """The state after the event, or None when it is not allowed; nothing is changed."""
        if (event, role) == ("withdraw", "borrower") and self.state in WITHDRAWABLE:
            return "withdrawn"
        if self.state in ("draft", "consulting"):
            return self._while_asking(event, role, details, at)
        if self.state in ("submitted", "received"):
            found = self._while_judged(event, role, details)
            return found or MOVES.get((self.state, event, role))
        if self.state == "ending":
            return self._while_ending(event, role, oslo_day(at))
        return MOVES.get((self.state, event, role))

    def over(self, span: Span, at: datetime) -> bool:
        """Whether the state has lasted for `span`, by the clock and the calendar of Oslo."""
        return at >= add(self.calendar, self.since, span)

    def _while_asking(self, event: str, role: str, details: Details, at: datetime) -> str | None:
        opinions, reason = self.opinions, self.reason
        if event == "fill_in" and role == "borrower":
            if self.state == "draft":
                return "consulting"
            reason = reason or details[0]
        elif self.state == "draft":
            return None
        elif event == "give_opinion" and role in ("experts", "liaison"):
            opinions |= {role}
        elif (event, role) != ("submit", "borrower"):
            return None
        if len(opinions) == len(("experts", "liaison")) or (
            reason and self.over(WAIT_FOR_OPINIONS, at)
        ):
            return "submitted"
        return None if event == "submit" else "consulting"

    def _while_judged(self, event: str, role: str, details: Details) -> str | None:
        if event == "state_licence" and role in ("platform", "owner"):
            return self.state
        if role != "platform":
            return None
        if event == "accept":
            return "accepted" if self.licence or details[0] else None
        return AT_THE_PLATFORM.get(event)

    def _while_ending(self, event: str, role: str, today: date) -> str | None:
        if role not in ("owner", "borrower"):
            return None
        if event == "undo_ending" and role == self.ended_by and today <= self.ends_on:
            return "shared"
        return "ending" if event == "confirm_ending" and role != self.ended_by else None

    def done(self, event: str, role: str, state: str, details: Details, at: datetime) -> None:
        """Remember what the event changed."""
        further, days = details
        if event == "give_opinion":
            self.opinions |= {role}
        self.reason |= event == "fill_in" and further
        self.licence |= event == "state_licence"
        self.confirmed |= event == "confirm_ending"
        if event in ("end_share", "stop_borrowing"):
            self.ended_by, self.confirmed = role, False
            self.ends_on = oslo_day(at) + timedelta(days=days)
        if state != self.state:
            self.since = at
        self.state = state

    def waited_for(self) -> list[tuple[str, str]]:
        """(party, duty) of everybody who is waited for."""
        roles: tuple[str, ...] = WAITED_FOR.get(self.state, ())
        if self.state == "consulting":
            roles = tuple(role for role in ("experts", "liaison") if role not in self.opinions)
        if self.state == "ending" and not self.confirmed:
            roles = ("borrower",) if self.ended_by == "owner" else ("owner",)
        return [DUTIES[role] for role in roles]


class Borrowing(RuleBasedStateMachine):
    """One loan, opened with its link or without, and whatever may come."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.office: Office = new_office(Path(self.folder.name) / "site")
        with self.office.site.database.transaction() as tx:
            register.add_contact(
                tx,
                party_id=KONGSVINGER,
                duty="municipality",
                email=OWNER,
                valid_from=date(2016, 1, 1),
            )
        self.model = Model(self.office.site.rules.calendar, complete=False)
        self.number = ""

    def teardown(self) -> None:
        self.office.site.database.close()
        self.folder.cleanup()

    @initialize(complete=st.booleans(), far=st.integers(0, len(ROAD)))
    def ask(self, complete: bool, far: int) -> None:
        """Ask for the course, and go some way along the road at once."""
        values = {**COURSE, **(LINK if complete else {})}
        self.number = commands.open_by_command(
            self.office.site, "hf_shares_from_ks", email=BORROWER, at=self.office.at, values=values
        ).number
        self.model = Model(self.office.site.rules.calendar, complete=complete)
        for event, role in ROAD[:far]:
            self.fire(event, role, (False, 0))

    @rule(data=st.data(), role=st.sampled_from(sorted(PEOPLE)), details=DETAILS)
    def try_anything(self, data: st.DataObject, role: str, details: Details) -> None:
        """By anybody, and most often something that the state knows of."""
        here = one(self.office.site, self.number).routine.table.events(self.model.state)
        self.fire(data.draw(st.sampled_from([*here * 5, *EVENTS])), role, details)

    @rule(data=st.data(), details=DETAILS)
    def go_on(self, data: st.DataObject, details: Details) -> None:
        """Something that the model allows, so that long ways are walked too."""
        allowed = [
            (event, role)
            for event in EVENTS
            if event not in LAST_WAYS_OUT
            for role in PEOPLE
            if self.model.act(event, role, details, self.office.at)
        ]
        if allowed:
            self.fire(*data.draw(st.sampled_from(allowed)), details)

    def fire(self, event: str, role: str, details: Details) -> None:
        at = self.office.at
        expected = self.model.act(event, role, details, at)
        note, values = _said(event, details, oslo_day(at))
        refused = None
        try:
            commands.fire(
                self.office.site,
                self.number,
                event,
                email=PEOPLE[role],
                at=at,
                note=note,
                values=values,
            )
        except RefusedError as error:
            refused = error
        assert (refused is None) == (expected is not None), (event, role, details, refused)
        if expected is not None:
            self.model.done(event, role, expected, details, at)

    @precondition(lambda self: self.model.state not in DONE)
    @rule(days=st.integers(1, 40))
    def wait(self, days: int) -> None:
        if self.office.at + timedelta(days=days) > LAST:
            return
        self.office.later(days=days)
        sweep(self.office.site, self.office.at)
        model, at = self.model, self.office.at
        if model.state in ("draft", "incomplete") and model.over(LAPSE, at):
            model.state = "withdrawn"
        if model.state == "ending" and at >= end_of_day(model.ends_on):
            model.state = "ended"

    @invariant()
    def both_agree(self) -> None:
        view, model = one(self.office.site, self.number), self.model
        assert view.request.state == model.state
        assert [(owed.party, owed.duty) for owed in view.owed] == model.waited_for()
        shared = model.state in ("shared", "ending")
        assert list(view.labels) == (["delt fra KS"] if shared else [])
        with self.office.site.database.reading() as tx:
            rows = [(row.request, row.owner, row.borrower) for row in queries.catalogue(tx)]
        assert rows == ([(self.number, KONGSVINGER, "si")] if shared else [])


def _said(event: str, details: Details, today: date) -> tuple[str, dict[str, str]]:
    """(the text, the values) that go with the event."""
    further, days = details
    day = {"ends_on": (today + timedelta(days=days)).isoformat()}
    said: dict[str, tuple[str, dict[str, str]]] = {
        "fill_in": ("", {**LINK, **(EXCEPTION if further else {})}),
        "accept": ("Kurseieren samtykker." if further else "", {}),
        "state_licence": ("CC BY 4.0", {}),
        "lay_link": (LOAN["link"] if further else "", {}),
        "end_share": ("", day),
        "stop_borrowing": ("", day),
    }
    return said.get(event, ("En grunn.", {}))


Borrowing.TestCase.settings = settings(
    max_examples=30,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestBorrowing = Borrowing.TestCase
