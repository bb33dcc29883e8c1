"""The frozen values that every part of the engine speaks in; nothing here reads or writes anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from typing import Any, Literal

Language = Literal["nb", "nn", "en"]
LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")
Side = Literal["trust", "municipal"]
PLATFORM = "ks-laering"
"""The party id of KS Læring: the platform on which a short name is unique."""


class Proof(IntEnum):
    """How surely we know who acts; a higher proof includes the lower ones."""

    NONE = 0
    REPLY = 1
    """Our signed Message-ID or subject token is answered, and From is that letter's receiver."""
    ALIGNED = 2
    """A DMARC or DKIM pass was reported by a configured server of the site's own."""
    SITE = 3
    """Access to the site itself: a command, a timer, or the engine's own follow-up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault in a workflow file: where it stands, which rule it breaks, and how to mend it."""

    file: str
    line: int
    column: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message} [{self.rule}]"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is not allowed, or what is wrong: a code and its data, worded per language later.

    `values["field"]` names the course-information field that a fault is about, where there is one.
    """

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An organisation on exactly one side of the sharing (R1)."""

    id: str
    kind: str
    side: Side
    name: str
    written_standard: str
    """`nb`, `nn` or `neutral` (språkvedtaksforskrifta)."""
    organisation_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One holder of one duty at one party, valid from a day up to and including another."""

    id: int
    party: str
    duty: str
    email: str
    name: str = ""
    valid_from: date
    valid_until: date | None = None
    aliases: tuple[str, ...] = ()
    language: Language | None = None
    """The holder's own choice of written standard; goes before the party's."""

    def has_address(self, address: str) -> bool:
        """Whether `address` (bare, lower case) is this contact's own or an alias of it."""
        return address == self.email or address in self.aliases


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: an address with the duties it holds, or the engine itself (`system`, `time`)."""

    name: str
    """The bare lower-case address, or `system` or `time`."""
    contacts: tuple[Contact, ...] = ()

    @property
    def parties(self) -> frozenset[str]:
        """The ids of the parties for which this actor holds a duty."""
        return frozenset(contact.party for contact in self.contacts)


SYSTEM = Actor(name="system")
TIME = Actor(name="time")


@dataclass(frozen=True, slots=True)
class Cause:
    """What brought an act about: a stored mail's id, a command's key, or a timer's id."""

    kind: Literal["mail", "command", "timer"]
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Somebody wants an event to happen: what, who, how surely it is them, and what they said with it."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The pilot agreement for a half-open period (R4): `to` is the first day that it no longer covers."""

    id: int
    since: date
    to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course and the information that goes with it; `claimed` while its short name is held at the platform."""

    id: int
    owner: str
    short_name: str
    full_name: str
    claimed: bool
    licence: str
    link: str
    information: Mapping[str, str]
    """Every valid point of the course information by field name (R34–R44)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One active loan of a course: the lender still owns it (R6)."""

    id: int
    course: int
    direction: Literal["to_ks", "from_ks"]
    lender: str
    borrower: str
    since: datetime
    request: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
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
    form: Mapping[str, str] = field(default_factory=dict)
    """The fields as people wrote them, faulty ones included; later corrections replace earlier values."""
    kept: Mapping[str, Any] = field(default_factory=dict)
    """What events keep: `opinions` by role, `ends_on`, `ended_by`, `confirmed`, …"""
    done: tuple[str, ...] = ()
    """`role:event` for each event that a role has done since the present state was entered."""
    seq: int = 0
    head: str = ""
    """The hash of the last history row."""

    def party_of(self, relation: str) -> str | None:
        """The id of the party that stands in `relation` (owner, borrower, requester) to the request."""
        return {"owner": self.owner, "borrower": self.borrower, "requester": self.requester}[relation]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the store read for one decision, under the lock; empty where no guard asked."""

    parties: Mapping[str, Party] = field(default_factory=dict)
    """Every party of the register, by id."""
    contacts: tuple[Contact, ...] = ()
    """Contacts active on the day, of the request's parties and of the fixed ones, and coordinators."""
    neutral_language: Language = "nb"
    """What a party that is neutral about its written standard is written to in."""
    agreement: Agreement | None = None
    course: Course | None = None
    short_name_taken_by: str | None = None
    """The number of another request whose course holds the short name that this one wants."""
    shares: tuple[Share, ...] = ()
    """The active shares of the course."""
    history: tuple[tuple[str, str | None, str], ...] = ()
    """(event, from, to), oldest first; read only when a condition or a repeat asks for it."""

    def holders(self, party: str | None, duty: str) -> tuple[Contact, ...]:
        """The active holders of `duty` at `party`; nobody for an unknown party."""
        return tuple(c for c in self.contacts if c.party == party and c.duty == duty)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything that a guard may look at."""

    request: Request
    facts: Facts
    act: Act
    at: datetime
    today: date
    """The day of `at` in Oslo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDraft:
    """A letter to write: one receiver, one template, the variables that the text uses."""

    role: str
    party: str | None
    receiver: str
    """The bare address; empty when nobody holds the duty and no coordinator exists."""
    template: str
    language: Language
    variables: Mapping[str, Any]
    at_once: bool = False
    """Whether the letter leaves without waiting for the undo window (it goes to whoever acted)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerDraft:
    """A timer to arm: what it does, when, and the rule that the instant came from."""

    position: int
    action: Literal["remind", "send", "escalate", "fire"]
    target: str
    """The event to fire or the template to send; empty for a reminder or an escalation."""
    roles: tuple[str, ...]
    due_at: datetime
    every: str
    at_most: int
    rule: str
    """Where the instant comes from, as the file says it: `after 5 working days`."""
    calendar: str
    """Name and version of the calendar that the instant was computed with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseChange:
    """The course as it shall stand after the plan."""

    owner: str
    short_name: str
    full_name: str
    claimed: bool
    licence: str
    link: str
    information: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One event that will happen, with everything that follows from it; `apply` writes it whole."""

    act: Act
    at: datetime
    before: Request | None
    """The request that was read; None when the plan opens it."""
    after: Request
    role: str
    """The role in which the actor acted: a role's name, `system` or `time`."""
    course: CourseChange | None = None
    share: Literal["start", "end"] | None = None
    direction: Literal["to_ks", "from_ks"] | None = None
    timers: tuple[TimerDraft, ...] | None = None
    """Timers to arm in place of the present ones; None leaves them as they are."""
    letters: tuple[LetterDraft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The act is not allowed; `reasons` holds every one of them."""

    act: Act
    reasons: tuple[Reason, ...]
    already_done: bool = False
    """The same role's same event has happened already, and nothing has come back since."""
