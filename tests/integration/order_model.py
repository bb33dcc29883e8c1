"""What a careful person with the routine on paper would say of an order."""

from __future__ import annotations

from datetime import date, timedelta

from tests.integration.office import AGREEMENT_ENDS, OWNER

LILLEHAMMER = "3405"
TRUSTS = {"si": OWNER, "ahus": "elaering@ahus.example"}
PARTS = ("fagavdeling", "forfatter", "tredjeparter")
WITHDRAWABLE = (
    "ordered", "received", "seeking_permission", "permitted", "sent_to_ks", "incomplete",
    "conditional", "accepted",
)  # fmt: skip
MOVES = {
    ("received", "seek_permission", "owner"): "seeking_permission",
    ("received", "refuse", "owner"): "refused",
    ("seeking_permission", "refuse", "owner"): "refused",
    ("sent_to_ks", "request_changes", "platform"): "incomplete",
    ("incomplete", "resubmit", "owner"): "sent_to_ks",
    ("sent_to_ks", "accept", "platform"): "accepted",
    ("sent_to_ks", "accept_on_condition", "platform"): "conditional",
    ("conditional", "accept_condition", "owner"): "accepted",
    ("conditional", "decline_condition", "owner"): "sent_to_ks",
    ("conditional", "give_link", "platform"): "conditional",
    ("sent_to_ks", "give_link", "platform"): "sent_to_ks",
    ("accepted", "give_link", "platform"): "accepted",
    ("shared", "correct_link", "platform"): "shared",
    ("accepted", "confirm_label", "owner"): "shared",
    ("shared", "end_share", "owner"): "ending",
    ("shared", "stop_borrowing", "platform"): "ending",
}
WAITED_FOR = {
    "ordered": ("platform",),
    "sent_to_ks": ("platform",),
    **dict.fromkeys(
        ("received", "seeking_permission", "permitted", "incomplete", "conditional", "accepted"),
        ("owner",),
    ),
}
Details = tuple[str, tuple[str, ...], int]
"""The trust that is named, the parts of the permission, and how many days ahead the end is."""


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
        self.condition: str | None = None

    def role(self, who: str) -> str:
        """What somebody is in the order; the other trust is nobody."""
        if who in TRUSTS:
            return "owner" if who == self.owner else ""
        return who

    def act(self, event: str, who: str, details: Details, today: date) -> str | None:
        """The state after the event, or None when it is not allowed; nothing is changed."""
        role = self.role(who)
        if self.state == "ordered":
            return self._while_ordered(event, role, details[0], today)
        if self.state == "ending":
            return self._while_ending(event, role, today)
        if (event, role) == ("withdraw", "requester") and self.state in WITHDRAWABLE:
            return "withdrawn"
        if role == "owner" and event in ("wrong_owner", "grant", "fill_in"):
            return self._by_the_owner(event, details, today)
        return MOVES.get((self.state, event, role))

    def _while_ordered(self, event: str, role: str, named: str, today: date) -> str | None:
        if (event, role) == ("withdraw", "requester"):
            return "withdrawn"
        may_name = event == "name_owner" and role in ("requester", "platform") and not self.owner
        if named and (may_name or (event, role) == ("correct_order", "requester")):
            return _registered(today)
        if (event, role) == ("wrong_owner", "owner") and named != self.owner:
            return _registered(today) if named else "ordered"
        return None

    def _while_ending(self, event: str, role: str, today: date) -> str | None:
        if role not in ("owner", "platform"):
            return None
        if event == "undo_ending" and role == self.ended_by and today <= self.ends_on:
            return "shared"
        return "ending" if event == "confirm_ending" and role != self.ended_by else None

    def _by_the_owner(self, event: str, details: Details, today: date) -> str | None:
        named, parts, _ = details
        if event == "wrong_owner":
            if self.state != "received" or named == self.owner:
                return None
            return _registered(today) if named else "ordered"
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
        if event == "accept_on_condition":
            self.condition = "En grunn."
        if event in ("accept", "decline_condition"):
            self.condition = None
        if event in ("end_share", "stop_borrowing"):
            self.ended_by, self.confirmed = self.role(who), False
            self.ends_on = today + timedelta(days=days)
        self.state = state

    def waited_for(self) -> list[tuple[str, str]]:
        """(party, duty) of everybody who is waited for."""
        roles: tuple[str, ...] = WAITED_FOR.get(self.state, ())
        if self.state == "ordered" and self.owner:
            roles = ("requester",)
        if self.state == "ending" and not self.confirmed:
            roles = ("platform",) if self.ended_by == "owner" else ("owner",)
        named = {
            "owner": (self.owner, "elearning"),
            "platform": ("ks-laering", "ks_laering"),
            "requester": (LILLEHAMMER, "municipality"),
        }
        return [named[role] for role in roles]


def _registered(today: date) -> str:
    """Where an order stands whose owner is known: it goes on while there is an agreement."""
    return "received" if today < AGREEMENT_ENDS else "ordered"
