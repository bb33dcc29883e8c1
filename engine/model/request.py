"""What people do and what it is about: acts, requests, courses and shares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct, field

from engine.model.register import Contact, Proof


class Actor(Struct, frozen=True, kw_only=True):
    """Who acts: an address with the duties it holds, or the engine itself (`system`, `time`)."""

    name: str
    """The bare lower-case address, or `system` or `time`."""
    contacts: tuple[Contact, ...] = ()
    """The duties by which they act: those of whoever they act for, where that is another."""
    acts_for: str = ""
    """The address of whoever it is done for; empty where somebody acts for themselves."""

    @property
    def address(self) -> str:
        """Whose act it counts as."""
        return self.acts_for or self.name

    @property
    def parties(self) -> frozenset[str]:
        """The ids of the parties for which this actor holds a duty."""
        return frozenset(contact.party for contact in self.contacts)


SYSTEM = Actor(name="system")
TIME = Actor(name="time")
UNDO = "undo"
"""The name in history of taking back one's own last act."""
WRONG_PERSON = "wrong_person"
"""The name in history of an address that says that it is not theirs to answer."""
MIGRATE = "migrate"
MIGRATE_BACK = "migrate_back"
"""The names in history of another version of the routine taking over, and of undoing that."""


class Cause(Struct, frozen=True):
    """What brought an act about: a stored mail's id, a command's key, or a timer's id."""

    kind: Literal["mail", "command", "timer"]
    ref: str


class Act(Struct, frozen=True, kw_only=True):
    """Somebody wants an event to happen: what, who, how surely it is them, and what they said with
    it.
    """

    event: str
    actor: Actor
    proof: Proof
    cause: Cause
    key: str
    """The idempotency key; a second act with the same key returns the recorded outcome."""
    note: str = ""
    """The text after the command word: a reason, an opinion."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Fields that came with the act, raw as written: course information, `ends_on`, `link`."""
    beside: str = ""
    """What the writer said beside the command: no rule reads it; it is kept with the event."""

    @property
    def told(self) -> str:
        """Everything that was said with the act, as history keeps it."""
        return "\n\n".join(text for text in (self.note, self.beside) if text)


class Course(Struct, frozen=True, kw_only=True):
    """A course and the information that goes with it; `claimed` while its short name is held at
    the platform.
    """

    id: int
    owner: str
    short_name: str
    full_name: str
    claimed: bool
    licence: str
    link: str
    information: Mapping[str, str]
    """Every valid point of the course information by field name (R34–R44)."""


class Share(Struct, frozen=True, kw_only=True):
    """One active loan of a course: the lender still owns it (R6)."""

    id: int
    course: int
    direction: Literal["to_ks", "from_ks"]
    lender: str
    borrower: str
    since: datetime
    request: str


class LastAct(Struct, frozen=True, kw_only=True):
    """What somebody may take back: who did it, and how the request stood before it."""

    cause: Cause
    """Of the act, of what followed from it at once, and of their letters."""
    contacts: tuple[int, ...]
    """The duties (contacts' ids) of the one who acted."""
    state: str
    """Empty when the act opened the request."""
    since: datetime
    owner: str | None
    borrower: str | None
    requester: str | None
    due_at: datetime | None
    form: Mapping[str, str]
    kept: Mapping[str, Any]
    done: tuple[str, ...]
    until: datetime | None = None
    """Until when whoever it was done for may take it back, though others have been told."""


class Request(Struct, frozen=True, kw_only=True):
    """One request as it stands. `number` is empty until the request is stored."""

    id: int
    number: str
    workflow: str
    version: int
    state: str
    since: datetime
    """When the present state was entered."""
    owner: str | None
    borrower: str | None
    requester: str | None
    course: int | None
    opened_at: datetime
    changed_at: datetime
    """The `at` of the last event; an act before it is refused."""
    due_at: datetime | None = None
    """When the present wait becomes late, by the state's first timer."""
    escalated_at: datetime | None = None
    """When the present wait was taken to the coordinators; None when it was not."""
    form: Mapping[str, str] = field(default_factory=dict)
    """The fields as people wrote them, faulty ones included; later corrections replace earlier
    values.
    """
    kept: Mapping[str, Any] = field(default_factory=dict)
    """What events keep: `opinions` by role, `ends_on`, `ended_by`, `confirmed`, …"""
    done: tuple[str, ...] = ()
    """`role:event` for each event that a role has done since the present state was entered."""
    seq: int = 0
    head: str = ""
    """The hash of the last history row."""
    last_act: LastAct | None = None
    """A person's last act, while nothing has happened since."""

    def party_of(self, relation: str) -> str | None:
        """The id of the party that stands in `relation` (owner, borrower, requester) to the
        request.
        """
        return {"owner": self.owner, "borrower": self.borrower, "requester": self.requester}[
            relation
        ]
