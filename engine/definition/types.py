"""A workflow definition as frozen values; `read.workflow` makes one from a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from engine.definition.keys import BY_TIME
from engine.model import Language, Proof, Side

Titles = Mapping[Language, str]
Words = Mapping[Language, tuple[str, ...]]
Unit = Literal["hours", "working days", "days", "weeks", "months", "years"]
RELATIONS = ("owner", "borrower", "requester")
"""What a party can be to a request."""
NOBODY = "nobody"
"""What `waits_for` says in a state that rests, and `instead` of a letter that may be left out."""
TIME = BY_TIME
"""The pseudo-role in `by` of events that only a timer fires."""


class Mark(Struct, frozen=True):
    """Where something stands in its file, counted from 1."""

    line: int
    column: int


class Span(Struct, frozen=True):
    """A length of time as the file says it: `5 working days`, `2 months`."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        unit = self.unit.removesuffix("s") if self.amount == 1 else self.unit
        return f"{self.amount} {unit}"


class DayRule(Struct, frozen=True, kw_only=True):
    """A day of the year that a request is about: a date, or the first working day from another."""

    month: int = 0
    day: int = 0
    years: int = 0
    """-1 for the year before the one that the request is about, 1 for the year after it."""
    working_from: str = ""
    """The day from which the first working day is meant; empty for a date."""
    text: str
    """As the file says it: `30 November of the year before`."""


class Role(Struct, frozen=True, kw_only=True):
    """Who takes part, and how each is found in the register."""

    name: str
    side: Side
    duty: str
    of: str | None = None
    """The request's relation whose party holds the duty: owner, borrower or requester."""
    party: str | None = None
    """A fixed party, where the role is not tied to a relation."""
    also: tuple[str, ...] = ()
    """Further duties whose holders count as well, after those of `duty`."""
    instead: tuple[str, ...] = ()
    """Who is written to where nobody holds this role: the first of these roles that somebody does;
    `nobody` where the letter can then be left unwritten.
    """
    mark: Mark

    @property
    def duties(self) -> tuple[str, ...]:
        """Every duty by which somebody may hold the role, the usual one first."""
        return (self.duty, *self.also)


class State(Struct, frozen=True, kw_only=True):
    """One state: who is waited for, which label the course bears, and whether it is the end."""

    name: str
    titles: Titles
    waits_for: tuple[str, ...]
    """Role names; empty where nobody is waited for."""
    owes: str | None
    """The event by which each waited-for role has done its part."""
    then: str | None
    """The role that is waited for once all of them have."""
    label: str | None
    final: bool
    mark: Mark


class LetterOrder(Struct, frozen=True, kw_only=True):
    """A letter that an event causes: to every holder of a role, if a named condition holds."""

    to: str
    template: str
    condition: str | None
    mark: Mark


class Keep(Struct, frozen=True, kw_only=True):
    """What an event keeps: course information, an opinion, a confirmation, a day, and so on;
    `settled` lets go what was kept.
    """

    name: str
    kind: Literal[
        "form", "opinion", "confirmed", "day", "text", "link", "party", "parts",
        "delivery", "reading", "voiding", "rollup", "settled", "opinions_passed_on",
    ]  # fmt: skip
    within: Span | None = None
    """For a day: at the latest so far ahead."""
    titles: Titles = field(default_factory=dict)
    """For a day: what people call it, in the definite form."""
    says: Words = field(default_factory=dict)
    """For a text: the mail words behind which it stands; the event's other words bring none."""
    optional: bool = False
    """For a text, a link or a party: whether the event also happens without one."""
    parts: Mapping[str, Words] = field(default_factory=dict)
    """For parts: what each is called, its usual name first; a word that names none means all."""


class Follows(Struct, frozen=True, kw_only=True):
    """What makes an event happen by itself: a request of another routine, or the network's end."""

    workflow: str
    """The other routine, of the same area and year; `network` for the network itself."""
    state: str
    """The state that it has come to; `closed` for a network."""
    years: int = 0
    """1 where the other request is about the year after."""


class Event(Struct, frozen=True, kw_only=True):
    """One event: from where to where, by whom, under which guards, and what it causes."""

    name: str
    sources: tuple[str, ...]
    to: str | None
    """The state to move to; None stays in the present one (`to: same`)."""
    back: tuple[str, ...] = ()
    """For `to: back`: the states from which a request comes into the present one. It goes back to
    its own of them, and to the first, which is `to`, where a coordinator has put it here.
    """
    by: tuple[str, ...]
    """Role names, or `time` alone."""
    when: tuple[str, ...]
    needs: tuple[str, ...]
    """`reason` asks for a text after the mail word."""
    asks: Titles = field(default_factory=dict)
    """What a letter says should stand after the mail word; where nothing stands here, «grunn»."""
    keeps: tuple[Keep, ...]
    says: Words
    letters: tuple[LetterOrder, ...]
    proof: Proof
    phrases: Words = field(default_factory=dict)
    """People's own words that may mean the event; they never move it, but it is suggested."""
    follows: Follows | None = None
    """What makes it happen, for an event by time that no timer fires."""
    mark: Mark
    marks: Mapping[str, Mark] = field(default_factory=dict)
    """Where each key of the event stands, for messages about it."""

    @property
    def words(self) -> frozenset[str]:
        """Its mail words in every language."""
        said = (self.says, *(keep.says for keep in self.keeps))
        return frozenset(word for each in said for words in each.values() for word in words)

    def target(self, state: str) -> str:
        """The state in which a request in `state` stands after the event."""
        return state if self.to is None else self.to

    def targets(self, state: str) -> tuple[str, ...]:
        """Every state in which a request in `state` may stand after the event."""
        return self.back or (self.target(state),)


class Timer(Struct, frozen=True, kw_only=True):
    """A rule of time for one state: what happens, when it is due, to whom, how often."""

    action: Literal["remind", "send", "escalate", "fire"]
    target: str
    """The event to fire or the template to send; empty for the others."""
    roles: tuple[str, ...]
    after: Span | None
    """Counted from the entry into the state."""
    before: Span | None
    """Counted back from `of`, or from the instant of the timer that this one warns of."""
    of: str | None
    """The kept day that the instant is tied to: its end for `at: end of DAY`."""
    every: Span | None
    at_most: int
    """How often a repeating timer acts at the most; 0 means without limit, 1 is the default."""
    warns_of: int | None
    """The position in the state's list of the `fire` timer that this one warns of."""
    answered: bool = False
    """Whether it counts for whoever is waited for once all who are asked have answered."""
    morning: bool = False
    """Whether it acts in the morning of its day, where it is tied to one, and not at 24.00."""
    rule: str
    """The rule in the file's own words: `after 5 working days`."""
    mark: Mark


class Opening(Struct, frozen=True, kw_only=True):
    """What a mail or a command needs to open a request, or when time opens one each year."""

    by: str
    """A role's name, or `time`."""
    proof: Proof
    subject: Words
    form: str
    state: str
    parties: Mapping[str, str]
    """Relation (owner, borrower, requester) to `sender`, `form` or a fixed party's id."""
    when: tuple[str, ...] = ()
    """The guards without which nothing is opened."""
    letters: tuple[LetterOrder, ...] = ()
    """What is written because a request was opened, whatever follows."""
    forwarded: Keep | None = None
    """The day by which whoever is meant must stand by what others forward; None where a mail that
    is forwarded opens nothing.
    """
    each: Literal["", "network", "area"] = ""
    """For what time opens a request each year."""
    day: DayRule | None = None
    """The day on which time opens them."""
    days: Mapping[str, DayRule] = field(default_factory=dict)
    """The days that a request opened by time keeps from the beginning."""
    mark: Mark

    @property
    def by_time(self) -> bool:
        """Whether time opens such requests, and no mail."""
        return self.by == TIME


class Workflow(Struct, frozen=True, kw_only=True):
    """One routine in one version, as its file says it."""

    name: str
    version: int
    titles: Titles
    source: str
    opens_with: Opening
    on_open: tuple[str, ...]
    roles: Mapping[str, Role]
    states: Mapping[str, State]
    events: Mapping[str, Event]
    timers: Mapping[str, tuple[Timer, ...]]
    """By state; a `warn` of the file stands as a timer of its own, after what it warns of."""
    file: str
    text: str
    sha256: str

    @property
    def words(self) -> frozenset[str]:
        """Every mail word of its events, in every language."""
        return frozenset[str]().union(*(event.words for event in self.events.values()))
