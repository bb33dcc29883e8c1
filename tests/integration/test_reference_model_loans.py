"""Random acts and days on a loan from KS Læring, against a small model written by hand.

Both must agree on the state, the label, the share, and on who is waited for.
"""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from engine.calendar import end_of_day, oslo_day
from engine.service.acts import commands
from engine.service.requests.show import one
from engine.service.time.sweep import sweep
from engine.store.cases import queries
from engine.store.contacts import register
from tests.integration.loan_model import KONGSVINGER, Details, Model
from tests.integration.office import (
    EXPERTS,
    LIAISON,
    PAST_THE_AGREEMENT,
    PLATFORM,
    Office,
    new_office,
)
from tests.integration.office import OWNER as BORROWER
from tests.soak import rounds
from tests.unit.cases import EXCEPTION, LOAN

OWNER = "kurs@kongsvinger.example"
PEOPLE = {
    "borrower": BORROWER,
    "experts": EXPERTS,
    "liaison": LIAISON,
    "platform": PLATFORM,
    "owner": OWNER,
}
COURSE = {name: LOAN[name] for name in ("full_name", "owner")}
LINK = {"link": LOAN["link"]}
EVENTS = (
    "fill_in", "consult", "give_opinion", "submit", "acknowledge", "state_licence",
    "request_changes", "resubmit", "accept", "reject", "lay_link", "confirm_label", "withdraw",
    "end_share", "stop_borrowing", "undo_ending", "confirm_ending", "end_date_reached", "give_up",
    "submit_with_opinions", "accept_on_condition", "accept_condition", "decline_condition",
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
DETAILS = st.tuples(st.booleans(), st.integers(0, 20))


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
        refused = self.office.fire(self.number, event, PEOPLE[role], note=note, **values)
        assert (refused is None) == (expected is not None), (event, role, details, refused)
        if expected is not None:
            self.model.done(event, role, expected, details, at)

    @precondition(lambda self: self.model.state not in DONE)
    @rule(days=st.one_of(st.integers(1, 40), st.just(PAST_THE_AGREEMENT)))
    def wait(self, days: int) -> None:
        self.office.later(days=days)
        sweep(self.office.site, self.office.at)
        model, at = self.model, self.office.at
        if model.lapses(at):
            model.state = "withdrawn"
        if model.state == "ending" and at >= end_of_day(model.ends_on):
            model.state = "ended"

    @invariant()
    def both_agree(self) -> None:
        view, model = one(self.office.site, self.number), self.model
        assert view.request.state == model.state
        assert [(owed.party, owed.duty) for owed in view.owed] == model.waited_for()
        assert view.document()["condition"] == model.condition
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
        "give_opinion": ("Kapittel 3 er utdatert." if further else "", {}),
        "accept": ("Kurseieren samtykker." if further else "", {}),
        "state_licence": ("CC BY 4.0", {}),
        "lay_link": (LOAN["link"] if further else "", {}),
        "end_share": ("", day),
        "stop_borrowing": ("", day),
    }
    return said.get(event, ("En grunn.", {}))


Borrowing.TestCase.settings = settings(
    max_examples=rounds(12, 300),
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestBorrowing = Borrowing.TestCase
