"""What a careful person with the routine on paper would say of a loan from KS Læring."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from engine.calendar import Calendar, add, oslo_day
from engine.definition.types import Span
from tests.integration.office import AGREEMENT_ENDS, AT

KONGSVINGER = "3401"
DUTIES = {
    "borrower": ("si", "elearning"),
    "experts": ("si", "subject_experts"),
    "liaison": ("si", "cooperation_unit"),
    "platform": ("ks-laering", "ks_laering"),
    "owner": (KONGSVINGER, "municipality"),
}
LAPSE = Span(60, "days")
WAIT_FOR_OPINIONS = Span(10, "working days")
MOVES = {
    ("submitted", "acknowledge", "platform"): "received",
    ("conditional", "accept_condition", "borrower"): "accepted",
    ("accepted", "lay_link", "borrower"): "linked",
    ("linked", "lay_link", "borrower"): "linked",
    ("linked", "confirm_label", "borrower"): "shared",
    ("incomplete", "resubmit", "borrower"): "submitted",
    ("incomplete", "fill_in", "borrower"): "submitted",
    ("shared", "end_share", "owner"): "ending",
    ("shared", "stop_borrowing", "borrower"): "ending",
}
SENDING = ("submit", "submit_with_opinions")
AT_THE_PLATFORM = {"request_changes": "incomplete", "reject": "rejected"}
WITHDRAWABLE = (
    "draft", "consulting", "submitted", "received", "incomplete", "conditional", "accepted",
    "linked",
)  # fmt: skip
WAITED_FOR = {
    **dict.fromkeys(("draft", "incomplete", "conditional", "accepted", "linked"), ("borrower",)),
    **dict.fromkeys(("submitted", "received"), ("platform",)),
}
Details = tuple[bool, int]
"""Whether the text goes further (a reason, a consent, an opinion), and how many days ahead the end
is.
"""


class Model:
    """What a careful person with the routine on paper would say."""

    def __init__(self, calendar: Calendar, *, complete: bool) -> None:
        self.calendar = calendar
        self.state = "consulting" if complete else "draft"
        self.since = AT
        self.opinions: frozenset[str] = frozenset()
        self.to_read = False
        self.came_from = ""
        self.condition: str | None = None
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
        if (event, role, self.state) == ("decline_condition", "borrower", "conditional"):
            return self.came_from
        if self.state == "ending":
            return self._while_ending(event, role, oslo_day(at))
        return MOVES.get((self.state, event, role))

    def over(self, span: Span, at: datetime) -> bool:
        """Whether the state has lasted for `span`, by the clock and the calendar of Oslo."""
        return at >= add(self.calendar, self.since, span)

    def lapses(self, at: datetime) -> bool:
        """Whether the opener has been silent for so long that the request is closed; while no
        agreement is in force, nothing closes what only waits to be sent.
        """
        decides = self.state == "consulting" and self.waited_for() == [DUTIES["borrower"]]
        may = self.state in ("draft", "incomplete") or (decides and oslo_day(at) < AGREEMENT_ENDS)
        return may and self.over(LAPSE, at)

    def _while_asking(self, event: str, role: str, details: Details, at: datetime) -> str | None:
        opinions, reason, to_read = self.opinions, self.reason, self.to_read
        covered = oslo_day(at) < AGREEMENT_ENDS
        if event == "fill_in" and role == "borrower":
            if self.state == "draft":
                return "consulting" if covered else "draft"
            reason = reason or details[0]
        elif self.state == "draft":
            return None
        elif event == "give_opinion" and role in ("experts", "liaison"):
            opinions |= {role}
            to_read = to_read or details[0]
        elif event not in SENDING or role != "borrower" or (not to_read and event == SENDING[1]):
            return None
        enough = len(opinions) == len(("experts", "liaison"))
        enough = enough or (reason and self.over(WAIT_FOR_OPINIONS, at))
        # What somebody has said, only the borrower's own word takes on.
        if covered and enough and (event in SENDING or not to_read):
            return "submitted"
        return None if event in SENDING else "consulting"

    def _while_judged(self, event: str, role: str, details: Details) -> str | None:
        if event == "state_licence" and role in ("platform", "owner"):
            return self.state
        if role != "platform":
            return None
        if event == "accept":
            return "accepted" if self.licence or details[0] else None
        if event == "accept_on_condition":
            return "conditional" if self.licence else None
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
        asked = self.waited_for()
        if event == "give_opinion":
            self.opinions |= {role}
            self.to_read |= further
        self.reason |= event == "fill_in" and further
        self.licence |= event == "state_licence"
        self.confirmed |= event == "confirm_ending"
        if event in ("end_share", "stop_borrowing"):
            self.ended_by, self.confirmed = role, False
            self.ends_on = oslo_day(at) + timedelta(days=days)
        if event == "accept_on_condition":
            self.came_from, self.condition = self.state, "En grunn."
        if event in ("accept", "decline_condition"):
            self.condition = None
        moved, self.state = state != self.state, state
        answered = state == "consulting" and self.waited_for() == [DUTIES["borrower"]] != asked
        if moved or answered:
            self.since = at

    def waited_for(self) -> list[tuple[str, str]]:
        """(party, duty) of everybody who is waited for."""
        roles: tuple[str, ...] = WAITED_FOR.get(self.state, ())
        if self.state == "consulting":
            asked = tuple(role for role in ("experts", "liaison") if role not in self.opinions)
            roles = asked or ("borrower",)
        if self.state == "ending" and not self.confirmed:
            roles = ("borrower",) if self.ended_by == "owner" else ("owner",)
        return [DUTIES[role] for role in roles]
