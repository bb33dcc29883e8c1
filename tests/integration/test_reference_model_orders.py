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
from engine.errors import RefusedError
from engine.service import commands
from engine.service.show import one
from engine.service.sweep import sweep
from engine.store import queries, register
from tests.integration.office import AT, EXPERTS, OWNER, PLATFORM, Office, new_office
from tests.unit.cases import FORM

REQUESTER = "kurs@lillehammer.example"
LILLEHAMMER = "3405"
TRUSTS = {"si": OWNER, "ahus": "elaering@ahus.example"}
PEOPLE = {"requester": REQUESTER, "platform": PLATFORM, "experts": EXPERTS, **TRUSTS}
PRODUCERS = {
    "si": "Testperson Alfa, fagsykepleier, Ortopedisk avdeling, Sykehuset Innlandet",
    "ahus": "Testperson Beta, fysioterapeut, Ortopedisk avdeling, Akershus universitetssykehus",
}
"""Whoever made the course works at the trust that owns it (R42)."""
PARTS = ("fagavdeling", "forfatter", "tredjeparter")
LAST = AT + timedelta(days=170)
"""Later the course of the form would have begun, and then the agreement would be over."""
LINK = "https://kslaring.example/kurs/1"
DONE = ("ended", "refused", "withdrawn")
WITHDRAWABLE = (
    "ordered", "received", "seeking_permission", "permitted", "sent_to_ks", "incomplete",
    "accepted",
)  # fmt: skip
MOVES = {
    ("received", "seek_permission", "owner"): "seeking_permission",
    ("received", "refuse", "owner"): "refused",
    ("seeking_permission", "refuse", "owner"): "refused",
    ("sent_to_ks", "request_changes", "platform"): "incomplete",
    ("incomplete", "resubmit", "owner"): "sent_to_ks",
    ("sent_to_ks", "accept", "platform"): "accepted",
    ("sent_to_ks", "give_link", "platform"): "sent_to_ks",
    ("accepted", "give_link", "platform"): "accepted",
    ("shared", "correct_link", "platform"): "shared",
    ("accepted", "confirm_label", "owner"): "shared",
    ("shared", "end_share", "owner"): "ending",
    ("shared", "stop_borrowing", "platform"): "ending",
}
EVENTS = (
    "correct_order", "name_owner", "register", "wrong_owner", "fill_in", "seek_permission", "grant",
    "permit", "refuse", "submit", "request_changes", "resubmit", "accept", "give_link",
    "correct_link", "confirm_label", "withdraw", "end_share", "stop_borrowing", "undo_ending",
    "confirm_ending", "end_date_reached",
)  # fmt: skip
LAST_WAYS_OUT = ("withdraw", "refuse")
WAITED_FOR = {
    "ordered": ("platform",),
    "sent_to_ks": ("platform",),
    **dict.fromkeys(
        ("received", "seeking_permission", "permitted", "incomplete", "accepted"), ("owner",)
    ),
}
Details = tuple[str, tuple[str, ...], int]
"""The trust that is named, the parts of the permission, and how many days ahead the end is."""
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


class Model:
    """What a careful person with the routine on paper would say."""

    def __init__(self, owner: str) -> None:
        self.state = "received" if owner else "ordered"
        self.owner = owner
        self.given: frozenset[str] = frozenset()
        self.filled_for = ""
        self.ended_by = ""
        self.ends_on = date.min
        self.confirmed = False

    def role(self, who: str) -> str:
        """What somebody is in the order; the other trust is nobody."""
        if who in TRUSTS:
            return "owner" if who == self.owner else ""
        return who

    def act(self, event: str, who: str, details: Details, today: date) -> str | None:
        """The state after the event, or None when it is not allowed; nothing is changed."""
        role = self.role(who)
        if self.state == "ordered":
            return self._while_ordered(event, role, details[0])
        if self.state == "ending":
            return self._while_ending(event, role, today)
        if (event, role) == ("withdraw", "requester") and self.state in WITHDRAWABLE:
            return "withdrawn"
        if role == "owner" and event in ("wrong_owner", "grant", "fill_in"):
            return self._by_the_owner(event, details)
        return MOVES.get((self.state, event, role))

    def _while_ordered(self, event: str, role: str, named: str) -> str | None:
        if (event, role) == ("withdraw", "requester"):
            return "withdrawn"
        may_name = event == "name_owner" and role in ("requester", "platform")
        if named and (may_name or (event, role) == ("correct_order", "requester")):
            return "received"
        return None

    def _while_ending(self, event: str, role: str, today: date) -> str | None:
        if role not in ("owner", "platform"):
            return None
        if event == "undo_ending" and role == self.ended_by and today <= self.ends_on:
            return "shared"
        return "ending" if event == "confirm_ending" and role != self.ended_by else None

    def _by_the_owner(self, event: str, details: Details) -> str | None:
        named, parts, _ = details
        if event == "wrong_owner":
            if self.state != "received" or named == self.owner:
                return None
            return "received" if named else "ordered"
        if event == "grant":
            if self.state not in ("received", "seeking_permission"):
                return None
            if self.given.union(parts or PARTS) != set(PARTS):
                return "seeking_permission"
            return "sent_to_ks" if self.filled_for == self.owner else "permitted"
        onwards = {"permitted": "sent_to_ks", "incomplete": "sent_to_ks"}
        same = {"received": "received", "seeking_permission": "seeking_permission"}
        return {**onwards, **same}.get(self.state)

    def done(self, event: str, who: str, state: str, details: Details, today: date) -> None:
        """Remember what the event changed."""
        named, parts, days = details
        if event in ("name_owner", "correct_order", "wrong_owner"):
            self.owner = named
        self.given |= frozenset(parts or PARTS) if event == "grant" else frozenset()
        if event == "fill_in":
            self.filled_for = self.owner
        self.confirmed |= event == "confirm_ending"
        if event in ("end_share", "stop_borrowing"):
            self.ended_by, self.confirmed = self.role(who), False
            self.ends_on = today + timedelta(days=days)
        self.state = state

    def waited_for(self) -> list[tuple[str, str]]:
        """(party, duty) of everybody who is waited for."""
        roles: tuple[str, ...] = WAITED_FOR.get(self.state, ())
        if self.state == "ending" and not self.confirmed:
            roles = ("platform",) if self.ended_by == "owner" else ("owner",)
        named = {"owner": (self.owner, "elearning"), "platform": ("ks-laering", "ks_laering")}
        return [named[role] for role in roles]


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
        at, today = self.office.at, oslo_day(self.office.at)
        expected = self.model.act(event, who, details, today)
        note, values = _said(event, who, details, today)
        refused = None
        try:
            commands.fire(
                self.office.site,
                self.number,
                event,
                email=PEOPLE[who],
                at=at,
                note=note,
                values=values,
            )
        except RefusedError as error:
            refused = error
        assert (refused is None) == (expected is not None), (event, who, details, refused)
        if expected is not None:
            self.model.done(event, who, expected, details, today)

    @precondition(lambda self: self.model.state not in DONE)
    @rule(days=st.integers(1, 40))
    def wait(self, days: int) -> None:
        if self.office.at + timedelta(days=days) > LAST:
            return
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
    max_examples=30,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestOrdering = Ordering.TestCase
