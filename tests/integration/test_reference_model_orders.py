"""Random acts and days on an order, against a small model of the routine written by hand.

Both must agree on the state, the owner, the label, the share, and on who is waited for.
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
from tests.integration.office import (
    EXPERTS,
    PAST_THE_AGREEMENT,
    PLATFORM,
    REQUESTER,
    Office,
    new_office,
)
from tests.integration.order_model import LILLEHAMMER, PARTS, TRUSTS, Details, Model
from tests.soak import rounds
from tests.unit.cases import FORM

PEOPLE = {"requester": REQUESTER, "platform": PLATFORM, "experts": EXPERTS, **TRUSTS}
PRODUCERS = {
    "si": "Testperson Alfa, fagsykepleier, Ortopedisk avdeling, Sykehuset Innlandet",
    "ahus": "Testperson Beta, fysioterapeut, Ortopedisk avdeling, Akershus universitetssykehus",
}
"""Whoever made the course works at the trust that owns it (R42)."""
LINK = "https://kslaring.example/kurs/1"
DONE = ("ended", "refused", "withdrawn")
EVENTS = (
    "correct_order", "name_owner", "register", "wrong_owner", "fill_in", "seek_permission", "grant",
    "permit", "refuse", "submit", "request_changes", "resubmit", "accept", "give_link",
    "correct_link", "confirm_label", "withdraw", "end_share", "stop_borrowing", "undo_ending",
    "confirm_ending", "end_date_reached", "accept_on_condition", "accept_condition",
    "decline_condition",
)  # fmt: skip
LAST_WAYS_OUT = ("withdraw", "refuse")
DETAILS = st.tuples(
    st.sampled_from(["", "si", "ahus"]),
    st.sampled_from([(), PARTS[:1], PARTS[1:]]),
    st.integers(0, 20),
)

ROAD: tuple[tuple[str, str, Details], ...] = (
    ("name_owner", "platform", ("si", (), 0)),
    ("grant", "owner", ("", PARTS[:1], 0)),
    ("grant", "owner", ("", PARTS[1:], 0)),
    ("fill_in", "owner", ("", (), 0)),
    ("accept", "platform", ("", (), 0)),
    ("confirm_label", "owner", ("", (), 0)),
    ("end_share", "owner", ("", (), 0)),
)
"""From the order to the end, when all goes well."""


class Ordering(RuleBasedStateMachine):
    """One order, with or without an owner, and whatever may come."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.office: Office = new_office(Path(self.folder.name) / "site")
        with self.office.site.database.transaction() as tx:
            register.add_contact(
                tx,
                party_id=LILLEHAMMER,
                duty="municipality",
                email=REQUESTER,
                valid_from=date(2016, 1, 1),
            )
        self.model = Model("")
        self.number = ""

    def teardown(self) -> None:
        self.office.site.database.close()
        self.folder.cleanup()

    @initialize(owner=st.sampled_from(["", *TRUSTS]), far=st.integers(0, len(ROAD)))
    def order(self, owner: str, far: int) -> None:
        """Order the course, and go some way along the road at once."""
        values = {"full_name": FORM["full_name"], **({"owner": owner} if owner else {})}
        self.number = commands.open_by_command(
            self.office.site, "ks_orders_from_hf", email=REQUESTER, at=self.office.at, values=values
        ).number
        self.model = Model(owner)
        for event, role, details in ROAD[:far]:
            self.fire(event, self.model.owner if role == "owner" else role, details)

    @rule(data=st.data(), who=st.sampled_from(sorted(PEOPLE)), details=DETAILS)
    def try_anything(self, data: st.DataObject, who: str, details: Details) -> None:
        """By anybody, and most often something that the state knows of."""
        here = one(self.office.site, self.number).routine.table.events(self.model.state)
        self.fire(data.draw(st.sampled_from([*here * 5, *EVENTS])), who, details)

    @rule(data=st.data(), details=DETAILS)
    def go_on(self, data: st.DataObject, details: Details) -> None:
        """Something that the model allows, so that long ways are walked too."""
        today = oslo_day(self.office.at)
        allowed = [
            (event, who)
            for event in EVENTS
            if event not in LAST_WAYS_OUT
            for who in PEOPLE
            if self.model.act(event, who, details, today)
        ]
        if allowed:
            self.fire(*data.draw(st.sampled_from(allowed)), details)

    def fire(self, event: str, who: str, details: Details) -> None:
        today = oslo_day(self.office.at)
        expected = self.model.act(event, who, details, today)
        note, values = _said(event, who, details, today)
        refused = self.office.fire(self.number, event, PEOPLE[who], note=note, **values)
        assert (refused is None) == (expected is not None), (event, who, details, refused)
        if expected is not None:
            self.model.done(event, who, expected, details, today)

    @precondition(lambda self: self.model.state not in DONE)
    @rule(days=st.one_of(st.integers(1, 40), st.just(PAST_THE_AGREEMENT)))
    def wait(self, days: int) -> None:
        self.office.later(days=days)
        sweep(self.office.site, self.office.at)
        model = self.model
        if model.state == "ending" and self.office.at >= end_of_day(model.ends_on):
            model.state = "ended"

    @invariant()
    def both_agree(self) -> None:
        view, model = one(self.office.site, self.number), self.model
        assert view.request.state == model.state
        assert view.request.owner == (model.owner or None)
        assert [(owed.party, owed.duty) for owed in view.owed] == model.waited_for()
        assert view.document()["condition"] == model.condition
        shared = model.state in ("shared", "ending")
        assert list(view.labels) == (["delt til KS Læring"] if shared else [])
        with self.office.site.database.reading() as tx:
            rows = [(row.request, row.owner, row.borrower) for row in queries.catalogue(tx)]
        assert rows == ([(self.number, model.owner, "ks-laering")] if shared else [])


def _said(event: str, who: str, details: Details, today: date) -> tuple[str, dict[str, str]]:
    """(the text, the values) that go with the event."""
    named, parts, days = details
    if event == "grant":
        return ", ".join(parts), {}
    if event in ("name_owner", "wrong_owner"):
        return named, {}
    if event in ("give_link", "correct_link"):
        return LINK, {}
    values = {
        "correct_order": {"owner": named} if named else {},
        "fill_in": {**FORM, "produced_by": PRODUCERS.get(who, "")},
        "end_share": {"ends_on": (today + timedelta(days=days)).isoformat()},
        "stop_borrowing": {"ends_on": (today + timedelta(days=days)).isoformat()},
    }
    return "En grunn.", values.get(event, {})


Ordering.TestCase.settings = settings(
    max_examples=rounds(12, 300),
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestOrdering = Ordering.TestCase
