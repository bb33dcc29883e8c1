"""One mail on its way from station to station, and what it came to, before it is written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Protocol

from msgspec import Struct

from engine.intake.reading import Reading
from engine.model import Actor, Cause, Contact, Language, LetterDraft, Plan, Proof, Reason
from engine.plan.variables import EMPTY
from engine.service.mail.transcript import Answer
from engine.service.site import Site
from engine.store.contacts.register import all_parties
from engine.store.database import Transaction
from engine.store.mail_in.inbox import MailRow
from engine.store.mail_out.letters import LetterRow
from engine.wording.names import DUTY_NAMES

REFUTED: Final = "refuted_sender"
"""The reason code for mail whose sender our own server says did not write it."""


class MailOutcome(Struct, frozen=True, kw_only=True):
    """One message and what became of it."""

    mail: int
    message_id: str
    verdict: str
    request: str
    events: tuple[tuple[str, str | None, str], ...]
    reasons: tuple[Reason, ...]

    @property
    def understood(self) -> str | None:
        """The event that is asked about; None where nothing is."""
        asked = (each for each in self.reasons if each.code == "understood_as")
        return next((each.values.get("meant") for each in asked), None)


def outcome_of(row: MailRow) -> MailOutcome:
    """What the stored message came to."""
    return MailOutcome(
        mail=row.id,
        message_id=row.message_id,
        verdict=row.verdict or "",
        request=row.request,
        events=tuple((each["event"], each["from"], each["to"]) for each in row.events),
        reasons=tuple(Reason(each["code"], each["values"]) for each in row.reasons),
    )


class Judge(Protocol):
    """Judges a stored mail and writes what it comes to, as `receive.judge` does."""

    def __call__(
        self,
        site: Site,
        tx: Transaction,
        mail: int,
        reading: Reading,
        at: datetime,
        *,
        attempt: int,
    ) -> MailOutcome: ...


class Incoming(Struct, frozen=True, kw_only=True):
    """One stored mail on its way to a verdict, with what the stations have found out until now."""

    site: Site
    tx: Transaction
    inbox: int
    reading: Reading
    at: datetime
    judge: Judge
    """How a mail that a coordinator takes up again in this one is judged."""
    contacts: tuple[Contact, ...] = ()
    """The duties that the sender's address holds today."""
    on_behalf: tuple[Contact, ...] = ()
    """The contacts of whoever is meant, where the sender forwards what they have written."""
    proof: Proof = Proof.NONE
    letter: LetterRow | None = None
    """Our letter that the mail answers, where that still counts for something."""
    number: str = ""
    """The request that the mail is about; empty where it is about none, or opens one."""
    answers_own: bool = False
    """Whether the sender is proved by answering `letter`, which went to them."""
    attempt: int = 0
    """How often a coordinator had it in hand before; its answers are then new letters."""
    sure: bool = False
    """Whether the sender has been asked about a course of like name, and means their own."""
    beside: Judged | None = None
    """What of the mail did not wait for the rest of it, and has come to this already."""
    part: str = ""
    """Which part of the mail, where it is about several requests."""

    @property
    def actor(self) -> Actor:
        """The sender, as who acts."""
        return Actor(name=self.reading.sender, contacts=self.contacts)

    @property
    def cause(self) -> Cause:
        """The mail, as what brings its events and letters about."""
        return Cause("mail", str(self.inbox))

    @property
    def cause_key(self) -> str:
        """The stem of the idempotency keys of everything that this mail brings about."""
        return f"mail:{self.inbox}:{self.part}" if self.part else f"mail:{self.inbox}"

    @property
    def answer_key(self) -> str:
        """The stem of the seeds of the letters that answer the mail."""
        again = f":again:{self.attempt}" if self.attempt else ""
        return f"{self.cause_key}{again}:answer"


class Wish(Struct, frozen=True):
    """One thing that the writer asks for: an event with its note and fields."""

    word: str
    """The command; empty for corrections of the form."""
    event: str
    note: str = ""
    values: Mapping[str, str] | None = None
    beside: str = ""
    """What was said beside it, where it stood in another mail than the JA to it."""
    implied: bool = False
    """Whether only the next wish brings it about, so that nobody is told of it alone."""


class Judged(Struct, frozen=True, kw_only=True):
    """A verdict with everything to be written beside it."""

    verdict: str
    number: str = ""
    """The request that the mail is about; empty where it is about none, or opens one."""
    plans: tuple[Plan, ...] = ()
    letters: tuple[LetterDraft, ...] = ()
    """Letters that no plan causes: questions and receipts."""
    answer: Answer | None = None
    """The transcript for the sender, to be written once the request has its number."""
    events: tuple[tuple[str, str | None, str], ...] = ()
    """What has been carried out already: each event with the states that it led from and to."""
    reasons: tuple[Reason, ...] = ()
    parts: Sequence[tuple[str, Judged]] = ()
    """(request, what the mail came to for it), where each is answered by a letter of its own."""


def plain_letter(
    incoming: Incoming, template: str, language: Language, texts: Mapping[str, Any] | None = None
) -> LetterDraft:
    """A letter to the sender that belongs to no event."""
    contact = incoming.contacts[0] if incoming.contacts else None
    # An area calls its two bodies what it wants.
    bodies = (texts or {}).get("extra", {}).get("bodies", {})
    duty = (
        {
            "receiver_duty": bodies.get(contact.duty) or DUTY_NAMES[contact.duty][language],
            "receiver_name": contact.name,
        }
        if contact
        else {}
    )
    return LetterDraft(
        role=contact.duty if contact else "",
        party=contact.party if contact else None,
        receiver=incoming.reading.sender,
        template=template,
        language=language,
        variables={**EMPTY, **duty, **(texts or {})},
        at_once=True,
    )


def language_of(incoming: Incoming) -> Language:
    """The written standard to answer the sender in."""
    contact = incoming.contacts[0] if incoming.contacts else None
    if contact is None:
        return incoming.site.neutral_language
    if contact.language is not None:
        return contact.language
    standards: Mapping[str, Language] = {"nb": "nb", "nn": "nn"}
    party = all_parties(incoming.tx)[contact.party]
    return standards.get(party.written_standard, incoming.site.neutral_language)
