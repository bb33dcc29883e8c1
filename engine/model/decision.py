"""What a decision reads and what it gives: facts, reasons, plans and refusals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from msgspec import Struct, field

from engine.model.register import Agreement, Contact, Language, Party
from engine.model.request import Act, Course, Request, Share


class Problem(Struct, frozen=True, kw_only=True):
    """One fault in a workflow file: where it stands, which rule it breaks, and how to mend it."""

    file: str
    line: int
    column: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message} [{self.rule}]"


class Reason(Struct, frozen=True):
    """Why something is not allowed, or what is wrong: a code and its data, worded per language
    later.

    `values["field"]` names the course-information field that a fault is about, where there is one.
    """

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


class SharedCourse(Struct, frozen=True, kw_only=True):
    """An active share, told by its course: what an order may already be answered with."""

    request: str
    """The number of the request that brought the share about."""
    full_name: str
    short_name: str
    link: str
    owner: str
    borrower: str


class KnownCourse(Struct, frozen=True, kw_only=True):
    """A course that some request has been about, shared or not."""

    request: str
    """The number of the last request about it."""
    full_name: str
    short_name: str
    owner: str
    since: datetime | None
    """When the oldest of its active shares began; None where it is not shared."""


class Facts(Struct, frozen=True, kw_only=True):
    """What the store read for one decision, under the lock; empty where no guard asked."""

    parties: Mapping[str, Party] = field(default_factory=dict)
    """Every party of the register, by id."""
    contacts: tuple[Contact, ...] = ()
    """Contacts active on the day, of the request's parties and of the fixed ones, and
    coordinators.
    """
    away: frozenset[str] = frozenset()
    """The addresses that nobody reads on the day; chasers go to another holder, if there is one."""
    provisional: frozenset[int] = frozenset()
    """The contacts whom nobody but a mail has named yet: asked where the form names them."""
    suspended: frozenset[str] = frozenset()
    """The addresses that letters have not reached; no letter goes there until they work again."""
    neutral_language: Language = "nb"
    """What a party that is neutral about its written standard is written to in."""
    agreement: Agreement | None = None
    course: Course | None = None
    short_name_taken_by: str | None = None
    """The number of another request whose course holds the short name that this one wants."""
    shares: tuple[Share, ...] = ()
    """The active shares of the course."""
    same_course: tuple[SharedCourse, ...] = ()
    """The active shares of every course with the full name or the short name of the form."""
    similar: tuple[KnownCourse, ...] = ()
    """Courses that the form's full name or short name may mean, the likest first."""
    history: tuple[tuple[str, str | None, str], ...] = ()
    """(event, from, to), oldest first; read only when a condition or a repeat asks for it."""

    priority_areas: tuple[str, ...] = ()
    """What SU has decided that the year's plans shall be about; empty where it decided nothing."""
    bodies: Mapping[str, str] = field(default_factory=dict)
    """What the area's bodies are called there: `fousam` and `su`."""
    rollup: Mapping[str, Any] = field(default_factory=dict)
    """The year's reports rolled up, as `domain.networks.rollup` makes them plain; empty
    where no guard asked.
    """
    earlier: Mapping[str, Any] = field(default_factory=dict)
    """What the plan kept that a network's form is filled in from; empty where there is none."""

    def holders(self, party: str | None, duty: str) -> tuple[Contact, ...]:
        """The active holders of `duty` at `party`; nobody for an unknown party."""
        return tuple(c for c in self.contacts if c.party == party and c.duty == duty)


class Situation(Struct, frozen=True, kw_only=True):
    """Everything that a guard may look at."""

    request: Request
    facts: Facts
    act: Act
    at: datetime
    today: date
    """The day of `at` in Oslo."""
    passed: frozenset[str] = frozenset()
    """The letters and events of the present state's timers whose instant has come by `at`."""


class LetterDraft(Struct, frozen=True, kw_only=True):
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
    told: bool = False
    """Whether it asks its receiver for nothing, so that it may leave with others of the day."""


class TimerDraft(Struct, frozen=True, kw_only=True):
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
    occurrence: int = 0
    """How often it has acted before it is armed, under another version of the routine."""

    @property
    def status(self) -> Literal["armed", "done"]:
        """Whether there is anything left for it to do."""
        spent = not self.every or 0 < self.at_most <= self.occurrence
        return "done" if self.occurrence and spent else "armed"


class CourseChange(Struct, frozen=True, kw_only=True):
    """The course as it shall stand after the plan."""

    owner: str
    short_name: str
    full_name: str
    claimed: bool
    licence: str
    link: str
    information: Mapping[str, str]


class Plan(Struct, frozen=True, kw_only=True):
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
    beside: tuple[TimerDraft, ...] = ()
    """Timers to arm beside those that stand then."""
    letters: tuple[LetterDraft, ...] = ()
    read: Mapping[str, Any] = field(default_factory=dict)
    """The facts that the event's guards read, plain; kept beside the event."""
    cancels: tuple[int, ...] = ()
    """The ids of letters that must not leave any more."""
    told_at: datetime | None = None
    """When its letters are written, where that is before `at`."""


class Refusal(Struct, frozen=True, kw_only=True):
    """The act is not allowed; `reasons` holds every one of them."""

    act: Act
    reasons: tuple[Reason, ...]
    already_done: bool = False
    """The same role's same event has happened already, and nothing has come back since."""
